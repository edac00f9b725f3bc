using System.Globalization;
using System.Numerics;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Groupings;

/// <summary>The plans of one number of groups with every criterion worked out for every possible group, and for those of a given plan.</summary>
internal sealed class PlanScores
{
    private readonly GroupingInput _input;
    private readonly Dictionary<ulong, int> _numberOf = [];
    private readonly List<(CriterionSpec Spec, Criterion Criterion)> _criteria = [];

    public PlanScores(GroupingInput input, PlanGraph plans, int groupCount, IReadOnlyList<CriterionSpec> specs, IReadOnlyList<ulong> given, List<Problem> problems)
    {
        (_input, Plans, GroupCount) = (input, plans, groupCount);
        var groups = plans.Groups.ToArray().ToList();
        foreach (var group in given)
        {
            // A given plan may break the rules and still be compared; its groups get numbers after those of the plan graph.
            if (!plans.Groups.Contains(group))
            {
                groups.Add(group);
            }
        }

        for (var i = 0; i < groups.Count; i++)
        {
            _numberOf[groups[i]] = i;
        }

        foreach (var spec in specs)
        {
            _criteria.Add((spec, spec.Build(input, [.. groups], groupCount, problems)));
        }
    }

    public PlanGraph Plans { get; }

    public int GroupCount { get; }

    public Criterion Of(CriterionSpec spec) => _criteria.Find(pair => string.Equals(pair.Spec.Text, spec.Text, StringComparison.Ordinal)).Criterion;

    public int[] Numbers(IReadOnlyList<ulong> groups) => [.. groups.Select(group => _numberOf[group])];

    public double BestValue(CriterionSpec spec)
    {
        var criterion = Of(spec);
        var best = Optimum.AnyPlan(Optimum.Best(Plans, criterion));
        return criterion.ValueOf(criterion.ScoreOf(best));
    }

    public PlanDocument Document(IReadOnlyList<ulong> plan, IReadOnlyList<string>? names = null)
    {
        var numbers = Numbers(plan);
        var groups = new List<GroupDocument>();
        foreach (var i in Enumerable.Range(0, plan.Count).OrderBy(i => BitOperations.TrailingZeroCount(plan[i])))
        {
            groups.Add(new GroupDocument(names?[i] ?? (groups.Count + 1).ToString(CultureInfo.InvariantCulture), [.. _input.Split(plan[i]).Select(unit => _input.Ids[unit])],
                [.. _criteria.Select(pair => new CriterionValue(pair.Spec.Text, pair.Criterion.ValueOf(pair.Criterion.Scores[numbers[i]])))]));
        }

        return new PlanDocument([.. _criteria.Select(pair => new CriterionValue(pair.Spec.Text, pair.Criterion.ValueOf(pair.Criterion.ScoreOf(numbers))))], groups);
    }
}
