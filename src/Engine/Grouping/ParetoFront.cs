using System;
using System.Collections.Generic;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>A plan that no other plan beats.</summary>
/// <param name="Groups">The numbers of its groups.</param>
/// <param name="Scores">Its score by each criterion, less being better.</param>
public sealed record ParetoPlan(int[] Groups, long[] Scores);

/// <summary>
/// The exact Pareto front: for every combination of scores that no plan beats on one criterion without losing on another, one plan.
/// Totals and worst groups keep dominance when a group is added, so each node needs only its own undominated completions.
/// </summary>
public static class ParetoFront
{
    /// <summary>
    /// The front over totals and worst-group criteria, ordered by scores; null when more than <paramref name="mostLabels"/> undominated
    /// completions would have to be kept. Throws <see cref="ArgumentException"/> for a balanced criterion.
    /// </summary>
    public static IReadOnlyList<ParetoPlan>? Of(PlanGraph plans, IReadOnlyList<Criterion> criteria, int mostLabels = 20_000_000, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criteria);
        foreach (var criterion in criteria)
        {
            if (criterion.Kind == CriterionKind.Balanced)
            {
                throw new ArgumentException("A front compares numbers: take the worst group instead of the sorted vector.", nameof(criteria));
            }
        }

        if (plans.IsEmpty)
        {
            return [];
        }

        var labels = new Labels[plans.NodeCount];
        var nothing = new long[criteria.Count];
        for (var i = 0; i < nothing.Length; i++)
        {
            nothing[i] = criteria[i].Nothing;
        }

        labels[0] = new Labels(nothing, [-1], [-1]);
        var kept = 0L;
        for (var node = 1; node < labels.Length; node++)
        {
            labels[node] = Undominated(plans, criteria, labels, node, cancel);
            kept += labels[node].Arcs.Length;
            if (kept > mostLabels)
            {
                return null;
            }

            progress?.Report((double)node / labels.Length);
        }

        return Trace(plans, labels, criteria.Count);
    }

    private static Labels Undominated(PlanGraph plans, IReadOnlyList<Criterion> criteria, Labels[] labels, int node, CancellationToken cancel)
    {
        var width = criteria.Count;
        var scores = new List<long[]>();
        var from = new List<(int Arc, int Rank)>();
        for (var arc = plans.FirstArc(node); arc < plans.FirstArc(node + 1); arc++)
        {
            var child = labels[plans.ChildOf(arc)];
            for (var rank = 0; rank < child.Arcs.Length; rank++)
            {
                var score = new long[width];
                for (var i = 0; i < width; i++)
                {
                    score[i] = criteria[i].Combine(child.Scores[(rank * width) + i], criteria[i].Scores[plans.GroupOf(arc)]);
                }

                scores.Add(score);
                from.Add((arc, rank));
            }
        }

        cancel.ThrowIfCancellationRequested();
        var order = new int[scores.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
        {
            var first = scores[a].AsSpan().SequenceCompareTo(scores[b]);
            return first != 0 ? first : a.CompareTo(b);
        });
        var archive = new Archive(width);
        var keptOrder = new List<int>();
        foreach (var candidate in order)
        {
            if (!archive.Dominates(scores[candidate]))
            {
                archive.Add(scores[candidate]);
                keptOrder.Add(candidate);
            }

            if ((keptOrder.Count & 0x3FF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        var (arcs, ranks) = (new int[keptOrder.Count], new int[keptOrder.Count]);
        for (var i = 0; i < arcs.Length; i++)
        {
            (arcs[i], ranks[i]) = from[keptOrder[i]];
        }

        return new Labels(archive.ToArray(), arcs, ranks);
    }

    private static List<ParetoPlan> Trace(PlanGraph plans, Labels[] labels, int width)
    {
        var root = labels[plans.Root];
        var front = new List<ParetoPlan>();
        for (var first = 0; first < root.Arcs.Length; first++)
        {
            var groups = new List<int>();
            var (node, rank) = (plans.Root, first);
            while (node != 0)
            {
                var arc = labels[node].Arcs[rank];
                groups.Add(plans.GroupOf(arc));
                (node, rank) = (plans.ChildOf(arc), labels[node].Ranks[rank]);
            }

            front.Add(new ParetoPlan(groups.ToArray(), root.Scores.AsSpan(first * width, width).ToArray()));
        }

        return front;
    }

    private readonly record struct Labels(long[] Scores, int[] Arcs, int[] Ranks);

    // Candidates come in lexicographic order, so whatever dominates one is already here; the last dominator is asked first, because neighbours fall to the same one.
    private sealed class Archive(int width)
    {
        private readonly List<long> _scores = [];
        private int _last;

        public bool Dominates(long[] candidate)
        {
            var scores = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_scores);
            if (scores.Length > 0 && AtLeastAsGood(scores.Slice(_last, width), candidate))
            {
                return true;
            }

            for (var at = 0; at < scores.Length; at += width)
            {
                if (AtLeastAsGood(scores.Slice(at, width), candidate))
                {
                    _last = at;
                    return true;
                }
            }

            return false;
        }

        public void Add(long[] candidate) => _scores.AddRange(candidate);

        public long[] ToArray() => _scores.ToArray();

        private static bool AtLeastAsGood(ReadOnlySpan<long> a, long[] b)
        {
            for (var i = a.Length - 1; i >= 0; i--)
            {
                if (a[i] > b[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
