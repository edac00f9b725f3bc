using System.Globalization;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>What a plan must keep, in the request's terms, so that one part can be relaxed at a time.</summary>
internal sealed record PlanTerms
{
    public required UnitGraph Graph { get; init; }

    public required int MinSize { get; init; }

    public required int MaxSize { get; init; }

    public required int MinGroups { get; init; }

    public required int MaxGroups { get; init; }

    public required IReadOnlyList<NamedRule> Rules { get; init; }

    /// <summary>Largest deviations allowed by column.</summary>
    public required IReadOnlyList<(string Column, double Share)> Within { get; init; }
}

/// <summary>Plan graphs by number of groups, or why there are none.</summary>
internal static class Compilation
{
    /// <summary>Compiles for each number of groups in the terms. Limits that are reached come back as the second value.</summary>
    public static (SortedDictionary<int, PlanGraph> Plans, CompileResult? Exceeded) Run(GroupingInput input, PlanTerms terms, CompileLimits limits, CancellationToken cancel)
    {
        var plans = new SortedDictionary<int, PlanGraph>();
        var rules = new GroupingRules
        {
            MinSize = terms.MinSize,
            MaxSize = terms.MaxSize,
            MinGroups = terms.MinGroups,
            MaxGroups = terms.MaxGroups,
            Locked = Sets(terms, "group"),
            Together = Sets(terms, "join"),
            Apart = Sets(terms, "part"),
            Forbidden = Sets(terms, "forbid"),
        };
        if (terms.Within.Count == 0)
        {
            var all = PlanGraphCompiler.Compile(terms.Graph, rules, limits, cancel);
            if (all.Plans is null)
            {
                return (plans, all);
            }

            foreach (var k in all.Plans.GroupCounts)
            {
                plans.Add(k, all.Plans.WithGroups(k));
            }

            return (plans, null);
        }

        // A deviation is from the mean of so many groups: what is allowed differs with their number.
        for (var k = terms.MinGroups; k <= terms.MaxGroups; k++)
        {
            var one = PlanGraphCompiler.Compile(terms.Graph, rules with { MinGroups = k, MaxGroups = k, Allows = group => IsWithin(input, terms, group, k) }, limits, cancel);
            if (one.Plans is null)
            {
                return (plans, one);
            }

            if (!one.Plans.IsEmpty)
            {
                plans.Add(k, one.Plans);
            }
        }

        return (plans, null);
    }

    /// <summary>What to say when the exact method cannot take a request, with what would fit.</summary>
    public static Problem TooLarge(GroupingInput input, PlanTerms terms, CompileResult exceeded, CancellationToken cancel)
    {
        var small = new CompileLimits(States: 200_000, Arcs: 2_000_000, Steps: 30_000_000);
        int? fits = null;
        var most = Math.Min(terms.MaxSize, input.Ids.Count);
        for (var max = terms.MinSize; max < most; max++)
        {
            var (plans, more) = Run(input, terms with { MaxSize = max, MinGroups = 1, MaxGroups = input.Ids.Count, Within = [] }, small, cancel);
            if (more is not null)
            {
                break;
            }

            fits = plans.Count > 0 ? max : fits;
        }

        var what = exceeded.Exceeded switch
        {
            "states" => $"more than {exceeded.States.ToString("N0", CultureInfo.InvariantCulture)} states",
            "arcs" => $"more than {exceeded.Arcs.ToString("N0", CultureInfo.InvariantCulture)} arcs",
            "count" => "2^128 plans or more",
            _ => "more groups than can be listed in reasonable time",
        };
        return new Problem("The exact method cannot take this request", Found: $"{input.Ids.Count} units, {exceeded.Width} across at the widest, groups of {terms.MinSize} to {most}: {what}",
            Accepted: "usually up to about 32 units or 10 across; " + (fits is { } size ? $"--max {size} fits; so may " : "") + "locking groups, joining units, or grouping a part of the area");
    }

    private static List<ulong> Sets(PlanTerms terms, string kind) => [.. terms.Rules.Where(rule => string.Equals(rule.Kind, kind, StringComparison.Ordinal)).Select(rule => rule.Units)];

    private static bool IsWithin(GroupingInput input, PlanTerms terms, ulong group, int groupCount)
    {
        ReadOnlySpan<ulong> one = [group];
        foreach (var (column, share) in terms.Within)
        {
            // A hair above the bound is the bound: shares such as 10% have no exact binary form.
            if (GroupMeasures.Deviations(one, input.Columns[column], groupCount)[0] > share + 1e-12)
            {
                return false;
            }
        }

        return true;
    }
}
