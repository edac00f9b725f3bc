using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>A plan that improves on another by moving few units.</summary>
/// <param name="Groups">The numbers of its groups.</param>
/// <param name="Moved">The units that change group when groups are matched so that fewest do.</param>
public sealed record Improvement(int[] Groups, ulong Moved);

/// <summary>The smallest change that makes a plan better.</summary>
public static class NearestImprovement
{
    /// <summary>
    /// A plan that is at least as good as the given one by every criterion and better by at least one, with the fewest units moved;
    /// null when there is none. Among equally near ones the best by the first criterion, then the next, is taken.
    /// </summary>
    public static Improvement? Find(PlanGraph plans, IReadOnlyList<Criterion> criteria, int[] plan, IReadOnlyList<ulong> planGroups, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criteria);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(planGroups);
        var moves = Criterion.Total("moved", AtLeastMoved(plans.Groups, planGroups));
        var cases = Ranking.AtLeastAsGoodCases(plans, criteria, plan);
        Improvement? best = null;
        for (var limit = 1; limit < plans.Units.Count; limit++)
        {
            var bound = new Bound(moves, moves.ScoreOfTotal(limit));
            foreach (var (kept, bounds) in cases)
            {
                new BoundedSearch(kept, [.. bounds, bound], countOnly: false, cancel).Visit(groups =>
                {
                    if (Ranking.IsBetterBySome(criteria, groups, plan))
                    {
                        var moved = Moved(plans.PlanOf(groups), planGroups);
                        if (best is null || Precedes(criteria, groups, moved, best))
                        {
                            best = new Improvement(groups.AsSpan().ToArray(), moved);
                        }
                    }

                    return true;
                });
            }

            // Every plan that moves at most this many has been seen, because the bound never overstates.
            if (best is not null && BitOperations.PopCount(best.Moved) <= limit)
            {
                return best;
            }
        }

        return best;
    }

    /// <summary>The units that change group between two plans when new groups are matched to old ones so that fewest units change.</summary>
    public static ulong Moved(IReadOnlyList<ulong> plan, IReadOnlyList<ulong> old)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(old);
        ulong moved = 0;
        var match = Matching.MostOverlap(plan, old);
        for (var i = 0; i < plan.Count; i++)
        {
            moved |= match[i] < 0 ? plan[i] : plan[i] & ~old[match[i]];
        }

        return moved;
    }

    private static bool Precedes(IReadOnlyList<Criterion> criteria, int[] groups, ulong moved, Improvement best)
    {
        var order = BitOperations.PopCount(moved).CompareTo(BitOperations.PopCount(best.Moved));
        for (var i = 0; i < criteria.Count && order == 0; i++)
        {
            order = Ranking.Compare(criteria[i], groups, best.Groups);
        }

        return order < 0;
    }

    private static double[] AtLeastMoved(ReadOnlySpan<ulong> groups, IReadOnlyList<ulong> old)
    {
        var moved = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            var largest = 0;
            foreach (var before in old)
            {
                largest = Math.Max(largest, BitOperations.PopCount(groups[i] & before));
            }

            moved[i] = BitOperations.PopCount(groups[i]) - largest;
        }

        return moved;
    }
}
