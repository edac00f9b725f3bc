using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>
/// One round of a portfolio's returns: a line a project, as imported. One record holds a round, so that thousands of lines cost no more than
/// a table; each line is read through Platform/Portfolios.
/// </summary>
public sealed record PortfolioReturn : ProgrammeRecord
{
    [Field("Portfolio", Required = true, InList = true)]
    public string Portfolio { get; init; } = "";

    [Field("Round", Required = true, InList = true, Hint = "The year of the return")]
    public int Round { get; init; }

    [Field("Ratings of its scale", InList = true, Hint = "From the best to the worst, one a line")]
    public IReadOnlyList<string> Scale { get; init; } = [];

    [Field("Unit of money")]
    public string? Unit { get; init; }

    [Field("Lines", InList = true)]
    public int Count { get; init; }

    [Field("Where it comes from, and under which licence")]
    public string? Origin { get; init; }

    [Field("Names of one department", Hint = "A department a line: its name, an equals sign, the other names it had")]
    public IReadOnlyList<string> Departments { get; init; } = [];

    [Field("Fingerprint of the lines", Hint = "SHA-256; it changes with any value")]
    public string? Fingerprint { get; init; }

    /// <summary>The lines as CSV without a heading: id, name, department, category, rating, start, end, budget, forecast, cost, benefits.</summary>
    public string Values { get; init; } = "";
}

/// <summary>What somebody decided on a proposed match.</summary>
public enum MatchState
{
    /// <summary>Proposed by the product; nobody decided.</summary>
    Proposed,

    /// <summary>It is the same project.</summary>
    Confirmed,

    /// <summary>It is another project.</summary>
    Refused,
}

/// <summary>A line of a return without an id, and the project it is held to be, as somebody decided. Taken back, it is proposed again.</summary>
public sealed record PortfolioMatch : ProgrammeRecord
{
    [Field("Portfolio", Required = true, InList = true)]
    public string Portfolio { get; init; } = "";

    [Field("Round", Required = true, InList = true)]
    public int Round { get; init; }

    [Field("Name in the return", Required = true, InList = true)]
    public string Name { get; init; } = "";

    [Field("Department in the return", InList = true)]
    public string? Department { get; init; }

    [Field("Project", Required = true, InList = true, Hint = "The id, or the key, of the project it is")]
    public string Project { get; init; } = "";

    [Field("State", InList = true)]
    public MatchState State { get; init; }
}
