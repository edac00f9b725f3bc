using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>Says why no plan keeps all terms, and the least relaxation of each kind that helps.</summary>
internal static class Feasibility
{
    /// <summary>Contradictions that show without any search.</summary>
    public static List<Problem> Check(GroupingInput input, PlanTerms terms, GroupingRequest request)
    {
        var problems = new List<Problem>();
        CheckParts(input, request, problems);
        CheckSizes(input, terms, problems);
        CheckRules(input, terms, request.LockFile is { } file ? Path.GetFileName(file) : null, problems);
        return problems;
    }

    /// <summary>What to say when the terms leave no plan: each single relaxation that would help, tried out.</summary>
    public static Problem NoPlan(GroupingInput input, PlanTerms terms, CancellationToken cancel)
    {
        var limits = new CompileLimits(States: 300_000, Arcs: 3_000_000, Steps: 50_000_000);
        bool Helps(PlanTerms relaxed) => Compilation.Run(input, relaxed, limits, cancel).Plans.Count > 0;

        var helps = new List<string>();
        foreach (var rule in terms.Rules)
        {
            if (Helps(terms with { Rules = [.. terms.Rules.Where(other => other != rule)] }))
            {
                helps.Add($"drop \"{rule.Text}\"");
            }
        }

        for (var i = 0; i < terms.Within.Count; i++)
        {
            var others = terms.Within.Where((_, other) => other != i).ToList();
            var least = LeastDeviation(input, terms with { Within = others }, terms.Within[i].Column, limits, cancel);
            if (least is { } share)
            {
                helps.Add(string.Create(CultureInfo.InvariantCulture, $"--within {terms.Within[i].Column}={Math.Ceiling(share * 1e4) / 1e4}"));
            }
        }

        if (terms.Within.Count > 1 && terms.Within.All(bound => bound.Share > 0) && LeastFactor(input, terms, limits, cancel) is { } factor)
        {
            helps.Add("--within " + string.Join(' ', terms.Within.Select(bound => string.Create(CultureInfo.InvariantCulture, $"{bound.Column}={Math.Ceiling(bound.Share * factor * 1e4) / 1e4}"))));
        }

        for (var max = terms.MaxSize + 1; max <= Math.Min(terms.MaxSize + 4, input.Ids.Count); max++)
        {
            if (Helps(terms with { MaxSize = max }))
            {
                helps.Add($"--max {max}");
                break;
            }
        }

        for (var min = terms.MinSize - 1; min >= 1; min--)
        {
            if (Helps(terms with { MinSize = min }))
            {
                helps.Add($"--min {min}");
                break;
            }
        }

        var otherCounts = Compilation.Run(input, terms with { MinGroups = 1, MaxGroups = input.Ids.Count }, limits, cancel).Plans.Keys;
        if (otherCounts.Count > 0)
        {
            helps.Add("--groups " + string.Join(" or ", otherCounts));
        }

        foreach (var (kind, borders) in input.KindsOff)
        {
            if (Helps(terms with { Graph = new UnitGraph(input.Ids.Count, [.. terms.Graph.Borders.ToArray(), .. borders]) }))
            {
                helps.Add($"also use borders of kind {kind}");
            }
        }

        var groups = terms.MinGroups == terms.MaxGroups ? $"{terms.MinGroups} groups" : $"{terms.MinGroups} to {terms.MaxGroups} groups";
        var found = $"{input.Ids.Count} units into {groups} of {terms.MinSize} to {terms.MaxSize}, {terms.Rules.Count} rules"
            + string.Concat(terms.Within.Select(w => string.Create(CultureInfo.InvariantCulture, $", {w.Column} within {w.Share:0.####%}")));
        return new Problem("No plan keeps all of this", Found: found,
            Accepted: helps.Count > 0 ? "any one of: " + string.Join("; ", helps) : "no single relaxation helps; relax two or more of sizes, number of groups and rules");
    }

    // By what factor all bounds on deviations must be widened together.
    private static double? LeastFactor(GroupingInput input, PlanTerms terms, CompileLimits limits, CancellationToken cancel)
    {
        double? least = null;
        foreach (var (k, plans) in Compilation.Run(input, terms with { Within = [] }, limits, cancel).Plans)
        {
            var factors = new double[plans.Groups.Length];
            foreach (var (column, share) in terms.Within)
            {
                var deviations = GroupMeasures.Deviations(plans.Groups, input.Columns[column], k);
                for (var i = 0; i < factors.Length; i++)
                {
                    factors[i] = Math.Max(factors[i], deviations[i] / share);
                }
            }

            var criterion = Criterion.Worst("factor", factors);
            var value = criterion.ValueOf(Optimum.LeastByGroupCount(plans, criterion)[k]!.Value);
            least = least is null || value < least ? value : least;
        }

        return least;
    }

    private static double? LeastDeviation(GroupingInput input, PlanTerms terms, string column, CompileLimits limits, CancellationToken cancel)
    {
        double? least = null;
        foreach (var (k, plans) in Compilation.Run(input, terms, limits, cancel).Plans)
        {
            var criterion = Criterion.Worst(column, GroupMeasures.Deviations(plans.Groups, input.Columns[column], k));
            var value = criterion.ValueOf(Optimum.LeastByGroupCount(plans, criterion)[k]!.Value);
            least = least is null || value < least ? value : least;
        }

        return least;
    }

    private static void CheckParts(GroupingInput input, GroupingRequest request, List<Problem> problems)
    {
        var parts = input.Graph.Parts(input.Graph.All);
        if (parts.Count == 1 || request.AllowDisconnected)
        {
            return;
        }

        var smallest = parts.OrderBy(BitOperations.PopCount).Take(parts.Count - 1);
        var joins = input.KindsOff.Where(off => new UnitGraph(input.Ids.Count, [.. input.Graph.Borders.ToArray(), .. off.Borders]).IsConnected(input.Graph.All)).Select(off => $"also use kind {off.Kind}").ToList();
        problems.Add(new Problem($"The graph falls into {parts.Count} parts", Path.GetFileName(request.GraphFile), Field: "a,b",
            Found: "cut off: " + string.Join(" | ", smallest.Select(input.ListNames)),
            Accepted: "a connected graph; " + (joins.Count > 0 ? string.Join(" or ", joins) + "; " : "") + "or --allow-disconnected to group each part by itself"));
    }

    private static void CheckSizes(GroupingInput input, PlanTerms terms, List<Problem> problems)
    {
        var n = input.Ids.Count;
        if (terms.MinSize > n)
        {
            problems.Add(new Problem("The smallest group is larger than the whole", Field: "--min", Found: $"{terms.MinSize}", Accepted: $"1 to {n}"));
        }
        else if ((long)terms.MinGroups * terms.MinSize > n)
        {
            problems.Add(new Problem("There are too few units for so many groups of this size", Field: "--groups", Found: $"{terms.MinGroups} groups of at least {terms.MinSize} need {terms.MinGroups * terms.MinSize} units; there are {n}",
                Accepted: $"at most {n / terms.MinSize} groups, or --min {Math.Max(1, n / terms.MinGroups)}"));
        }
        else if ((long)terms.MaxGroups * terms.MaxSize < n)
        {
            problems.Add(new Problem("There are too many units for so few groups of this size", Field: "--groups", Found: $"{terms.MaxGroups} groups of at most {terms.MaxSize} hold {terms.MaxGroups * terms.MaxSize} units; there are {n}",
                Accepted: $"at least {(n + terms.MaxSize - 1) / terms.MaxSize} groups, or --max {(n + terms.MaxGroups - 1) / terms.MaxGroups}"));
        }
    }

    private static void CheckRules(GroupingInput input, PlanTerms terms, string? file, List<Problem> problems)
    {
        foreach (var rule in terms.Rules.Where(rule => string.Equals(rule.Kind, "group", StringComparison.Ordinal)))
        {
            var size = BitOperations.PopCount(rule.Units);
            if (size < terms.MinSize || size > terms.MaxSize)
            {
                problems.Add(new Problem("A kept group has a size that is not allowed", file, Field: "units", Found: $"{rule.Text} ({size} units)", Accepted: $"{terms.MinSize} to {terms.MaxSize} units; or --min {Math.Min(size, terms.MinSize)} --max {Math.Max(size, terms.MaxSize)}"));
            }

            if (!terms.Graph.IsConnected(rule.Units))
            {
                problems.Add(new Problem("A kept group does not hang together: " + CutOff(input, terms.Graph, rule.Units), file, Field: "units", Found: rule.Text, Accepted: "a connected group, or further kinds of border"));
            }
        }

        for (var i = 0; i < terms.Rules.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Contradict(terms.Rules[i], terms.Rules[j]) is { } why)
                {
                    problems.Add(new Problem("Two rules contradict each other", file, Field: "units", Found: $"\"{terms.Rules[j].Text}\" and \"{terms.Rules[i].Text}\"", Accepted: why));
                }
            }
        }
    }

    /// <summary>Which units of a set are cut off from its largest part, in words.</summary>
    public static string CutOff(GroupingInput input, UnitGraph graph, ulong units)
    {
        var parts = graph.Parts(units).OrderByDescending(BitOperations.PopCount).Skip(1).Select(input.ListNames).ToList();
        return string.Join(", ", parts) + (parts.Count == 1 && !parts[0].Contains(',', StringComparison.Ordinal) ? " is" : " are") + " cut off";
    }

    private static string? Contradict(NamedRule one, NamedRule other)
    {
        var (a, b) = (one, other);
        if (string.Equals(b.Kind, "group", StringComparison.Ordinal))
        {
            (a, b) = (b, a);
        }

        return (a.Kind, b.Kind) switch
        {
            ("group", "group") when a.Units != b.Units && (a.Units & b.Units) != 0 => "kept groups without a unit in common",
            ("group", "join") when (a.Units & b.Units) != 0 && (b.Units & ~a.Units) != 0 => "units that are joined lie in one kept group or outside all",
            ("group", "part") when BitOperations.PopCount(a.Units & b.Units) > 1 => "units that are parted lie in different groups",
            ("group", "forbid") when a.Units == b.Units => "a group is either kept or forbidden",
            ("join", "part") or ("part", "join") when BitOperations.PopCount(a.Units & b.Units) > 1 => "units are either joined or parted",
            _ => null,
        };
    }
}
