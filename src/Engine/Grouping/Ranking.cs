using System;
using System.Collections.Generic;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>Where a plan stands among all plans by one criterion.</summary>
/// <param name="Better">Plans that are strictly better.</param>
/// <param name="Equal">Plans that are equal, itself included.</param>
/// <param name="All">All plans.</param>
public readonly record struct Standing(UInt128 Better, UInt128 Equal, UInt128 All)
{
    /// <summary>Plans that are strictly worse.</summary>
    public UInt128 Worse => All - Better - Equal;
}

/// <summary>Exact ranks of a plan among all plans of one number of groups.</summary>
public static class Ranking
{
    /// <summary>The standing of a plan (numbers of its groups, which need not be a path of the graph) by one criterion.</summary>
    public static Standing Of(PlanGraph plans, Criterion criterion, ReadOnlySpan<int> plan, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criterion);
        var groups = plan.ToArray();
        if (criterion.Kind == CriterionKind.Balanced)
        {
            var better = UInt128.Zero;
            foreach (var case_ in BetterBalanced(plans, criterion, groups))
            {
                better += new BoundedSearch(case_.Plans, case_.Bounds, countOnly: true, cancel).Count();
            }

            var same = EquallyBalanced(plans, criterion, groups);
            return new Standing(better, new BoundedSearch(same.Plans, same.Bounds, countOnly: true, cancel).Count(), plans.Count);
        }

        var score = criterion.ScoreOf(groups);
        var below = CountWithin(plans, [new Bound(criterion, score - 1)], cancel);
        return new Standing(below, CountWithin(plans, [new Bound(criterion, score)], cancel) - below, plans.Count);
    }

    /// <summary>How many plans are at least as good as a plan by every criterion, the plan itself included when it is one of them.</summary>
    public static UInt128 AtLeastAsGood(PlanGraph plans, IReadOnlyList<Criterion> criteria, ReadOnlySpan<int> plan, CancellationToken cancel = default)
    {
        var sum = UInt128.Zero;
        foreach (var (kept, bounds) in AtLeastAsGoodCases(plans, criteria, plan.ToArray()))
        {
            sum += new BoundedSearch(kept, bounds, countOnly: true, cancel).Count();
        }

        return sum;
    }

    /// <summary>Whether some plan is at least as good by every criterion and better by one: then the plan is not on the Pareto front.</summary>
    public static bool IsBeaten(PlanGraph plans, IReadOnlyList<Criterion> criteria, ReadOnlySpan<int> plan, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criteria);
        var groups = plan.ToArray();
        var beaten = false;
        foreach (var (kept, bounds) in AtLeastAsGoodCases(plans, criteria, groups))
        {
            new BoundedSearch(kept, bounds, countOnly: false, cancel).Visit(other => !(beaten = IsBetterBySome(criteria, other, groups)));
            if (beaten)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many plans stay within all bounds.</summary>
    public static UInt128 CountWithin(PlanGraph plans, IReadOnlyList<Bound> bounds, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(bounds);
        return new BoundedSearch(plans, bounds, countOnly: true, cancel).Count();
    }

    /// <summary>The plans at least as good by every criterion, as disjoint cases of a graph and bounds.</summary>
    internal static List<(PlanGraph Plans, List<Bound> Bounds)> AtLeastAsGoodCases(PlanGraph plans, IReadOnlyList<Criterion> criteria, int[] plan)
    {
        List<(PlanGraph Plans, List<Bound> Bounds)> cases = [(plans, [])];
        foreach (var criterion in criteria)
        {
            List<(PlanGraph Plans, List<Bound> Bounds)> next = [];
            foreach (var (kept, bounds) in cases)
            {
                if (criterion.Kind != CriterionKind.Balanced)
                {
                    next.Add((kept, [.. bounds, new Bound(criterion, criterion.ScoreOf(plan))]));
                    continue;
                }

                foreach (var (narrower, more) in BetterBalanced(kept, criterion, plan))
                {
                    next.Add((narrower, [.. bounds, .. more]));
                }

                var same = EquallyBalanced(kept, criterion, plan);
                next.Add((same.Plans, [.. bounds, .. same.Bounds]));
            }

            cases = next;
        }

        return cases;
    }

    internal static bool IsBetterBySome(IReadOnlyList<Criterion> criteria, int[] groups, int[] plan)
    {
        foreach (var criterion in criteria)
        {
            if (Compare(criterion, groups, plan) < 0)
            {
                return true;
            }
        }

        return false;
    }

    internal static int Compare(Criterion criterion, int[] a, int[] b) => criterion.Kind == CriterionKind.Balanced
        ? SortedVectors.Compare(criterion.SortedScoresOf(a), criterion.SortedScoresOf(b))
        : criterion.ScoreOf(a).CompareTo(criterion.ScoreOf(b));

    // A sorted vector is better when it agrees down to some value and then has fewer groups at that value, none above and anything below.
    private static IEnumerable<(PlanGraph Plans, List<Bound> Bounds)> BetterBalanced(PlanGraph plans, Criterion criterion, int[] plan)
    {
        var levels = Levels(criterion, plan);
        for (var i = 0; i < levels.Count; i++)
        {
            var (level, times) = levels[i];
            var bounds = new List<Bound>();
            for (var j = 0; j < i; j++)
            {
                AddExactly(bounds, criterion, levels[j].Level, levels[j].Times);
            }

            if (times > 1)
            {
                bounds.Add(AtMost(criterion, level, times - 1));
            }

            var kept = plans.WhereGroups(group => criterion.Scores[group] < level
                || (times > 1 && criterion.Scores[group] == level)
                || IsOneOf(levels, i, criterion.Scores[group]));
            if (!kept.IsEmpty)
            {
                yield return (kept, bounds);
            }
        }
    }

    private static (PlanGraph Plans, List<Bound> Bounds) EquallyBalanced(PlanGraph plans, Criterion criterion, int[] plan)
    {
        var levels = Levels(criterion, plan);
        var bounds = new List<Bound>();
        foreach (var (level, times) in levels)
        {
            AddExactly(bounds, criterion, level, times);
        }

        return (plans.WhereGroups(group => IsOneOf(levels, levels.Count, criterion.Scores[group])), bounds);
    }

    private static bool IsOneOf(List<(long Level, int Times)> levels, int first, long score)
    {
        for (var i = 0; i < first; i++)
        {
            if (levels[i].Level == score)
            {
                return true;
            }
        }

        return false;
    }

    private static List<(long Level, int Times)> Levels(Criterion criterion, int[] plan)
    {
        var levels = new List<(long Level, int Times)>();
        foreach (var score in criterion.SortedScoresOf(plan))
        {
            if (levels.Count > 0 && levels[^1].Level == score)
            {
                levels[^1] = (score, levels[^1].Times + 1);
            }
            else
            {
                levels.Add((score, 1));
            }
        }

        return levels;
    }

    private static void AddExactly(List<Bound> bounds, Criterion criterion, long level, int times)
    {
        bounds.Add(AtMost(criterion, level, times));
        var atLeast = CountAt(criterion, level, more: true);
        bounds.Add(new Bound(atLeast, atLeast.ScoreOfTotal(times)));
    }

    private static Bound AtMost(Criterion criterion, long level, int times)
    {
        var count = CountAt(criterion, level, more: false);
        return new Bound(count, count.ScoreOfTotal(times));
    }

    private static Criterion CountAt(Criterion criterion, long level, bool more)
    {
        var at = new double[criterion.Scores.Length];
        for (var i = 0; i < at.Length; i++)
        {
            at[i] = criterion.Scores[i] == level ? 1 : 0;
        }

        return Criterion.Total("count", at, more);
    }
}
