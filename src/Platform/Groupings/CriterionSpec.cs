using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>An objective: criteria of which a later one decides among the ties of those before it.</summary>
internal sealed record ObjectiveSpec(string Text, IReadOnlyList<CriterionSpec> Criteria);

/// <summary>A named measure of groups with its columns.</summary>
internal sealed record TermSpec(string Name, string[] Arguments)
{
    public bool MoreIsBetter => Name is "smallest" or "internal-border" or "ties";

    /// <summary>One value a group. A group without a value in the file of group values is a problem.</summary>
    public double[] Values(GroupingInput input, ulong[] groups, int groupCount, List<Problem> problems)
    {
        double[] Column(int argument) => input.Columns[Arguments[argument]];
        return Name switch
        {
            "deviation" or "balanced" => GroupMeasures.Deviations(groups, Column(0), groupCount),
            "largest" or "smallest" => GroupMeasures.Sums(groups, Column(0)),
            "diameter" => GroupMeasures.Diameters(groups, Column(0), Column(1)),
            "inertia" => GroupMeasures.Inertias(groups, Column(0), Column(1), Column(2)),
            "internal-border" => GroupMeasures.InternalBorders(groups, input.Graph),
            "external-border" => GroupMeasures.ExternalBorders(groups, input.Graph),
            "ties" => GroupMeasures.TiesKept(groups, input.Ties),
            _ => Given(input, groups, problems),
        };
    }

    private double[] Given(GroupingInput input, ulong[] groups, List<Problem> problems)
    {
        var byGroup = input.GroupValues[Arguments[0]];
        var values = new double[groups.Length];
        var missing = new List<ulong>();
        for (var i = 0; i < groups.Length; i++)
        {
            if (!byGroup.TryGetValue(groups[i], out values[i]))
            {
                missing.Add(groups[i]);
            }
        }

        if (missing.Count > 0)
        {
            problems.Add(new Problem($"{missing.Count} of {groups.Length} possible groups have no value", Field: Arguments[0], Found: input.List(missing[0]), Accepted: "a line for each possible group"));
        }

        return values;
    }
}

/// <summary>One criterion as it was written: a term, or a weighted sum of terms.</summary>
internal sealed record CriterionSpec(string Text, IReadOnlyList<(double Weight, TermSpec Term)> Terms, bool MoreIsBetter, bool IsSum)
{
    /// <summary>The criterion over these groups, in plans of so many groups.</summary>
    public Criterion Build(GroupingInput input, ulong[] groups, int groupCount, List<Problem> problems)
    {
        if (!IsSum)
        {
            var term = Terms[0].Term;
            var values = term.Values(input, groups, groupCount, problems);
            return term.Name switch
            {
                "balanced" => Criterion.Balanced(Text, values, MoreIsBetter),
                "deviation" or "largest" or "smallest" or "diameter" or "worst" => Criterion.Worst(Text, values, MoreIsBetter),
                _ => Criterion.Total(Text, values, MoreIsBetter),
            };
        }

        var sum = new double[groups.Length];
        foreach (var (weight, term) in Terms)
        {
            var values = term.Values(input, groups, groupCount, problems);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += (term.MoreIsBetter ? -weight : weight) * values[i];
            }
        }

        return Criterion.Total(Text, sum, MoreIsBetter);
    }
}
