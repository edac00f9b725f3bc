using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>A monthly round: owners are asked for their lines, chased, and the whole is signed off.</summary>
public sealed record Round : ProgrammeRecord
{
    [Field("Period", Required = true, InList = true)]
    public PartialDate? Period { get; init; }

    [Field("Due", Required = true, InList = true)]
    public DateOnly? Due { get; init; }

    [Field("Chased")]
    public IReadOnlyList<Chase> Chased { get; init; } = [];

    [Field("Signed off by", InList = true)]
    public string? SignedOffBy { get; init; }

    [Field("Signed off on", InList = true)]
    public DateOnly? SignedOffOn { get; init; }

    [Field("Lines without a report at sign-off", RefersTo = "*", Hint = "References of the records, one a line")]
    public IReadOnlyList<string> Missing { get; init; } = [];

    [Field("Asked of nobody at sign-off", RefersTo = "*", Hint = "References of the records that no owner could be asked for, one a line")]
    public IReadOnlyList<string> NotAsked { get; init; } = [];
}

/// <summary>That an owner was chased.</summary>
public sealed record Chase : RecordRow
{
    [Field("Owner", RefersTo = "post", Required = true)]
    public string Owner { get; init; } = "";

    [Field("On", Required = true)]
    public DateOnly? On { get; init; }
}

/// <summary>An owner's line of a round: confirmed as it stands, or changed, with what is to be said of it.</summary>
public sealed record RoundLine : ProgrammeRecord
{
    [Field("Round", RefersTo = "round", Required = true, InList = true)]
    public string Round { get; init; } = "";

    [Field("About", RefersTo = "*", Required = true, InList = true)]
    public string About { get; init; } = "";

    [Field("Nothing changed", InList = true)]
    public bool Unchanged { get; init; }

    [Field("What to say", Lines = 3)]
    public string? Says { get; init; }
}
