using System;
using System.Collections.Generic;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>The most that a criterion's score may be.</summary>
/// <param name="Criterion">A total or a worst.</param>
/// <param name="Most">The largest score allowed.</param>
public readonly record struct Bound(Criterion Criterion, long Most);

/// <summary>
/// Walks the plans that stay within several bounds at once. Worst-group bounds delete arcs; totals are bounded from below and above
/// by what any completion adds, so that a branch is dropped as a whole, or counted as a whole, as soon as that is certain.
/// </summary>
internal sealed class BoundedSearch
{
    private const int TableEntries = 1 << 20;

    private readonly PlanGraph _plans;
    private readonly long[][] _scores;
    private readonly long[][] _least;
    private readonly long[][] _most;
    private readonly long[] _bounds;
    private readonly CompletionTables? _tables;
    private readonly CancellationToken _cancel;

    public BoundedSearch(PlanGraph plans, IReadOnlyList<Bound> bounds, bool countOnly, CancellationToken cancel)
    {
        _cancel = cancel;
        var totals = new List<Bound>();
        foreach (var bound in bounds)
        {
            if (bound.Criterion.Kind == CriterionKind.Total)
            {
                totals.Add(bound);
            }
        }

        _plans = plans.WhereGroups(group =>
        {
            foreach (var bound in bounds)
            {
                if (bound.Criterion.Kind != CriterionKind.Total && bound.Criterion.Scores[group] > bound.Most)
                {
                    return false;
                }
            }

            return true;
        });
        _bounds = new long[totals.Count];
        _scores = new long[totals.Count][];
        _least = new long[totals.Count][];
        _most = new long[totals.Count][];
        var criteria = new Criterion[totals.Count];
        for (var i = 0; i < totals.Count; i++)
        {
            criteria[i] = totals[i].Criterion;
            _bounds[i] = totals[i].Most;
            _scores[i] = criteria[i].Scores.ToArray();
            _least[i] = Optimum.LeastFrom(_plans, criteria[i]);
            _most[i] = Optimum.MostFrom(_plans, criteria[i]);
        }

        if (countOnly && totals.Count > 0 && !_plans.IsEmpty)
        {
            _tables = new CompletionTables(_plans, criteria, TableEntries / totals.Count);
            if (totals.Count == 1)
            {
                _tables.SortEachNode();
            }
        }
    }

    /// <summary>How many plans stay within all bounds.</summary>
    public UInt128 Count() => _plans.IsEmpty ? 0 : CountFrom(_plans.Root, new long[_bounds.Length]);

    /// <summary>Visits each plan within the bounds by the numbers of its groups, until the visitor answers false.</summary>
    public void Visit(Func<int[], bool> visitor)
    {
        if (!_plans.IsEmpty)
        {
            _ = VisitFrom(_plans.Root, new long[_bounds.Length], new int[_plans.GroupCounts[0]], 0, visitor);
        }
    }

    private UInt128 CountFrom(int node, long[] so)
    {
        var certain = true;
        for (var i = 0; i < _bounds.Length; i++)
        {
            if (so[i] + _least[i][node] > _bounds[i])
            {
                return UInt128.Zero;
            }

            certain &= so[i] + _most[i][node] <= _bounds[i];
        }

        if (certain)
        {
            return _plans.CountFrom(node);
        }

        if (_tables!.Holds(node))
        {
            return (UInt128)_tables.CountWithin(node, so, _bounds);
        }

        _cancel.ThrowIfCancellationRequested();
        var sum = UInt128.Zero;
        var next = new long[so.Length];
        for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
        {
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = so[i] + _scores[i][_plans.GroupOf(arc)];
            }

            sum += CountFrom(_plans.ChildOf(arc), next);
        }

        return sum;
    }

    private bool VisitFrom(int node, long[] so, int[] path, int depth, Func<int[], bool> visitor)
    {
        for (var i = 0; i < _bounds.Length; i++)
        {
            if (so[i] + _least[i][node] > _bounds[i])
            {
                return true;
            }
        }

        if (node == 0)
        {
            return visitor(path);
        }

        _cancel.ThrowIfCancellationRequested();
        var next = new long[so.Length];
        for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
        {
            path[depth] = _plans.GroupOf(arc);
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = so[i] + _scores[i][path[depth]];
            }

            if (!VisitFrom(_plans.ChildOf(arc), next, path, depth + 1, visitor))
            {
                return false;
            }
        }

        return true;
    }
}
