using System;

namespace Pathfinder.Engine.Grouping;

/// <summary>Exact optima over all plans, by dynamic programming from the end of the plan graph.</summary>
public static class Optimum
{
    /// <summary>
    /// The plans that are best by a criterion, all of them. Applied again to its result it gives a lexicographic optimum.
    /// Takes plans of one number of groups; throws <see cref="InvalidOperationException"/> otherwise.
    /// </summary>
    public static PlanGraph Best(PlanGraph plans, Criterion criterion)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criterion);
        switch (criterion.Kind)
        {
            case CriterionKind.Worst:
                var best = LeastFrom(plans, criterion)[plans.Root];
                return plans.WhereGroups(group => criterion.Scores[group] <= best);
            case CriterionKind.Total:
                var least = LeastFrom(plans, criterion);
                return plans.WhereArcs((node, arc) => criterion.Scores[plans.GroupOf(arc)] + least[plans.ChildOf(arc)] == least[node]);
            default:
                return BestBalanced(Best(plans, criterion.AsWorst()), criterion);
        }
    }

    /// <summary>The best score of a plan with each number of groups, by number of groups; null where there is none. For totals and worst.</summary>
    public static long?[] LeastByGroupCount(PlanGraph plans, Criterion criterion)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var least = LeastFrom(plans, criterion);
        var result = new long?[plans.Units.Count + 1];
        foreach (var k in plans.GroupCounts)
        {
            result[k] = least[plans.FindRoot(k)];
        }

        return result;
    }

    /// <summary>The first plan in the order of the graph: the numbers of its groups. Throws <see cref="InvalidOperationException"/> when there is none or several numbers of groups.</summary>
    public static int[] AnyPlan(PlanGraph plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var groups = new int[plans.GroupCounts.Count == 1 ? plans.GroupCounts[0] : throw new InvalidOperationException("Choose one number of groups.")];
        var node = plans.Root;
        for (var i = 0; i < groups.Length; i++)
        {
            var arc = plans.FirstArc(node);
            groups[i] = plans.GroupOf(arc);
            node = plans.ChildOf(arc);
        }

        return groups;
    }

    /// <summary>The best score of completing a plan from each node, for totals and worst.</summary>
    internal static long[] LeastFrom(PlanGraph plans, Criterion criterion)
    {
        var scores = criterion.Scores;
        var least = new long[plans.NodeCount];
        least[0] = criterion.Nothing;
        for (var node = 1; node < least.Length; node++)
        {
            var best = long.MaxValue;
            for (var arc = plans.FirstArc(node); arc < plans.FirstArc(node + 1); arc++)
            {
                best = Math.Min(best, criterion.Combine(least[plans.ChildOf(arc)], scores[plans.GroupOf(arc)]));
            }

            least[node] = best;
        }

        return least;
    }

    /// <summary>The largest total of completing a plan from each node.</summary>
    internal static long[] MostFrom(PlanGraph plans, Criterion criterion)
    {
        var scores = criterion.Scores;
        var most = new long[plans.NodeCount];
        for (var node = 1; node < most.Length; node++)
        {
            var worst = long.MinValue;
            for (var arc = plans.FirstArc(node); arc < plans.FirstArc(node + 1); arc++)
            {
                worst = Math.Max(worst, most[plans.ChildOf(arc)] + scores[plans.GroupOf(arc)]);
            }

            most[node] = worst;
        }

        return most;
    }

    // Adding the same group to two sorted vectors keeps their order, so the best completion of a node never depends on what came before.
    private static PlanGraph BestBalanced(PlanGraph plans, Criterion criterion)
    {
        var best = new long[plans.NodeCount][];
        best[0] = [];
        for (var node = 1; node < best.Length; node++)
        {
            for (var arc = plans.FirstArc(node); arc < plans.FirstArc(node + 1); arc++)
            {
                var vector = SortedVectors.With(best[plans.ChildOf(arc)], criterion.Scores[plans.GroupOf(arc)]);
                if (best[node] is null || SortedVectors.Compare(vector, best[node]) < 0)
                {
                    best[node] = vector;
                }
            }
        }

        return plans.WhereArcs((node, arc) =>
            SortedVectors.Compare(SortedVectors.With(best[plans.ChildOf(arc)], criterion.Scores[plans.GroupOf(arc)]), best[node]) == 0);
    }
}
