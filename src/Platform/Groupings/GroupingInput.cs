using Pathfinder.Engine.Grouping;

namespace Pathfinder.Platform.Groupings;

/// <summary>One rule of a plan, as it was written and as a set of units.</summary>
/// <param name="Kind">group, join, part or forbid.</param>
/// <param name="Units">The set.</param>
/// <param name="Text">How it reads: "keep E1 E2 as a group".</param>
internal sealed record NamedRule(string Kind, ulong Units, string Text);

/// <summary>A plan as it was given.</summary>
/// <param name="Names">The groups' names.</param>
/// <param name="Groups">Their units, in the same order.</param>
internal sealed record NamedPlan(IReadOnlyList<string> Names, IReadOnlyList<ulong> Groups);

/// <summary>Everything a grouping is computed from, read and checked. Units are numbered in the order of their ids.</summary>
internal sealed class GroupingInput
{
    public required IReadOnlyList<string> Ids { get; init; }

    public required IReadOnlyList<string> Names { get; init; }

    public required UnitGraph Graph { get; init; }

    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The kinds that stand in the file but are off.</summary>
    public required IReadOnlyList<(string Kind, List<Border> Borders)> KindsOff { get; init; }

    public required bool HasLengths { get; init; }

    /// <summary>Numeric columns by name.</summary>
    public required IReadOnlyDictionary<string, double[]> Columns { get; init; }

    public required string? MeasuresFile { get; init; }

    /// <summary>The line of each unit in the file of measures; 0 without one.</summary>
    public required IReadOnlyList<int> MeasureLines { get; init; }

    public required IReadOnlyList<NamedRule> Rules { get; init; }

    public required IReadOnlyList<Tie> Ties { get; init; }

    /// <summary>Values of whole groups by column, then by set of units.</summary>
    public required IReadOnlyDictionary<string, Dictionary<ulong, double>> GroupValues { get; init; }

    public NamedPlan? Plan { get; init; }

    public string List(ulong units) => string.Join(' ', Split(units).Select(unit => Ids[unit]));

    public string ListNames(ulong units) => string.Join(", ", Split(units).Select(unit => Names[unit]));

    public IEnumerable<int> Split(ulong units)
    {
        for (var unit = 0; unit < Ids.Count; unit++)
        {
            if ((units >> unit & 1) != 0)
            {
                yield return unit;
            }
        }
    }
}
