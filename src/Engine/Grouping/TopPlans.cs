using System;
using System.Collections.Generic;

namespace Pathfinder.Engine.Grouping;

/// <summary>The best few plans, exactly and in order.</summary>
public static class TopPlans
{
    private readonly record struct Label(long[] Key, int Arc, int ChildRank);

    /// <summary>
    /// The <paramref name="most"/> best plans of one number of groups, best first, as numbers of groups. Worst-group criteria are
    /// ordered by their sorted vector, because ties are the rule for them; equal plans keep the order of the graph.
    /// </summary>
    public static IReadOnlyList<int[]> By(PlanGraph plans, Criterion criterion, int most)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (plans.IsEmpty)
        {
            return [];
        }

        var labels = new Label[plans.NodeCount][];
        labels[0] = [new Label(criterion.Kind == CriterionKind.Total ? [0] : [], -1, -1)];
        var candidates = new List<Label>();
        for (var node = 1; node < labels.Length; node++)
        {
            candidates.Clear();
            for (var arc = plans.FirstArc(node); arc < plans.FirstArc(node + 1); arc++)
            {
                var score = criterion.Scores[plans.GroupOf(arc)];
                var child = labels[plans.ChildOf(arc)];
                for (var rank = 0; rank < child.Length; rank++)
                {
                    var key = criterion.Kind == CriterionKind.Total ? [child[rank].Key[0] + score] : SortedVectors.With(child[rank].Key, score);
                    candidates.Add(new Label(key, arc, rank));
                }
            }

            candidates.Sort(static (a, b) =>
            {
                var order = SortedVectors.Compare(a.Key, b.Key);
                order = order != 0 ? order : a.Arc.CompareTo(b.Arc);
                return order != 0 ? order : a.ChildRank.CompareTo(b.ChildRank);
            });
            labels[node] = candidates.Count > most ? candidates[..most].ToArray() : candidates.ToArray();
        }

        var result = new List<int[]>();
        for (var rank = 0; rank < labels[plans.Root].Length; rank++)
        {
            result.Add(Trace(plans, labels, rank));
        }

        return result;
    }

    private static int[] Trace(PlanGraph plans, Label[][] labels, int rank)
    {
        var groups = new List<int>();
        for (var node = plans.Root; node != 0;)
        {
            var label = labels[node][rank];
            groups.Add(plans.GroupOf(label.Arc));
            (node, rank) = (plans.ChildOf(label.Arc), label.ChildRank);
        }

        return groups.ToArray();
    }
}
