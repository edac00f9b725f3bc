namespace Pathfinder.Platform.Groupings;

/// <summary>What to ask of all possible groupings of a graph. Files are CSV with a header; see docs/guides/grouping-and-siting.md.</summary>
public sealed record GroupingRequest
{
    /// <summary>The graph: columns a, b and optionally kind and border_km.</summary>
    public required string GraphFile { get; init; }

    /// <summary>Measures by unit: the first column is the id; numeric columns can be judged by.</summary>
    public string? MeasuresFile { get; init; }

    /// <summary>The kinds of border in use; null for all in the file.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Fewest groups; null for any.</summary>
    public int? MinGroups { get; init; }

    /// <summary>Most groups; null for any.</summary>
    public int? MaxGroups { get; init; }

    /// <summary>Fewest units in a group.</summary>
    public int MinSize { get; init; } = 1;

    /// <summary>Most units in a group; null for any.</summary>
    public int? MaxSize { get; init; }

    /// <summary>Rules: columns rule and units; or a list of groups to keep, with columns id and group.</summary>
    public string? LockFile { get; init; }

    /// <summary>Ties between units: columns a, b and optionally weight.</summary>
    public string? TiesFile { get; init; }

    /// <summary>Values of whole groups: first column the units separated by spaces, then numeric columns.</summary>
    public string? GroupValuesFile { get; init; }

    /// <summary>Largest deviations allowed, such as "population=0.1".</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>Objectives to optimise and rank by; the grammar is that of <see cref="ObjectiveParser"/>.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>How many of the best plans to list for each objective.</summary>
    public int Top { get; init; } = 1;

    /// <summary>A plan to rank: first column the id, second (or one called group) the group.</summary>
    public string? RankFile { get; init; }

    /// <summary>Whether to look for the smallest change that improves the ranked plan.</summary>
    public bool Improve { get; init; }

    /// <summary>Criteria of the Pareto front.</summary>
    public IReadOnlyList<string> Pareto { get; init; } = [];

    /// <summary>How many plans to draw at random.</summary>
    public int Sample { get; init; }

    /// <summary>The seed of the draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether to score every plan one by one.</summary>
    public bool Scan { get; init; }

    /// <summary>Whether to say what each rule costs.</summary>
    public bool RuleCosts { get; init; }

    /// <summary>Whether the graph may fall apart, each part being grouped by itself.</summary>
    public bool AllowDisconnected { get; init; }

    /// <summary>Whether only the number of plans is asked for.</summary>
    public bool CountOnly { get; init; }
}
