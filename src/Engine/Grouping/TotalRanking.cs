using System;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>
/// Ranks many plans by one total, exactly, for somebody who tries plan after plan and wants each answer at once. Where few different totals
/// occur (whole officers, weights of ties), all plans are counted by total once. Otherwise the completions of the nodes near the end are
/// written out and sorted once, and each rank walks only the beginnings of plans.
/// </summary>
public sealed class TotalRanking
{
    // Counts held at once while plans are counted by total.
    private const long MostCounts = 12_000_000;

    private readonly PlanGraph _plans;
    private readonly Criterion _criterion;
    private readonly long[] _least;
    private readonly long[] _most;
    private readonly CompletionTables? _tables;

    // Plans with a total of at most least + i steps, by i.
    private readonly UInt128[]? _atMost;
    private readonly long _step;

    /// <summary>Prepares ranks among the plans of one number of groups. Throws <see cref="ArgumentException"/> unless the criterion is a total.</summary>
    public TotalRanking(PlanGraph plans, Criterion criterion)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criterion);
        if (criterion.Kind != CriterionKind.Total)
        {
            throw new ArgumentException("Only totals need this: worst groups are ranked by deleting arcs.", nameof(criterion));
        }

        (_plans, _criterion) = (plans, criterion);
        _least = Optimum.LeastFrom(plans, criterion);
        _most = Optimum.MostFrom(plans, criterion);
        _step = StepOf(criterion.Scores);
        var counts = 0L;
        for (var node = 0; node < plans.NodeCount && counts <= MostCounts; node++)
        {
            counts += ((_most[node] - _least[node]) / _step) + 1;
        }

        if (counts <= MostCounts)
        {
            _atMost = CountByTotal();
        }
        else
        {
            _tables = new CompletionTables(plans, [criterion], plans.NodeCount > 4_000 ? 1 << 22 : 1 << 18);
            _tables.SortEachNode();
        }
    }

    /// <summary>The standing of a plan by the values of its groups, which need not be groups of the graph.</summary>
    public Standing Of(ReadOnlySpan<double> groupValues, CancellationToken cancel = default)
    {
        var score = 0L;
        foreach (var value in groupValues)
        {
            score += _criterion.ScoreOfTotal(value);
        }

        var (below, atMost) = _atMost is null ? CountFrom(_plans.Root, score, cancel) : (CountedAtMost(score - 1), CountedAtMost(score));
        return new Standing(below, atMost - below, _plans.Count);
    }

    private UInt128 CountedAtMost(long score)
    {
        var least = _least[_plans.Root];
        return score < least ? UInt128.Zero : _atMost![Math.Min((score - least) / _step, _atMost.Length - 1)];
    }

    // Both counts in one walk: most beginnings lead to the same answer for either.
    private (UInt128 Below, UInt128 AtMost) CountFrom(int node, long left, CancellationToken cancel)
    {
        if (_least[node] > left)
        {
            return (UInt128.Zero, UInt128.Zero);
        }

        if (_most[node] < left)
        {
            return (_plans.CountFrom(node), _plans.CountFrom(node));
        }

        if (_tables!.Holds(node))
        {
            var (lower, upper) = _tables.CountBelowAndAtMost(node, left);
            return ((UInt128)lower, (UInt128)upper);
        }

        cancel.ThrowIfCancellationRequested();
        var (below, atMost) = (UInt128.Zero, UInt128.Zero);
        for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
        {
            var more = CountFrom(_plans.ChildOf(arc), left - _criterion.Scores[_plans.GroupOf(arc)], cancel);
            below += more.Below;
            atMost += more.AtMost;
        }

        return (below, atMost);
    }

    private UInt128[] CountByTotal()
    {
        var counts = new UInt128[_plans.NodeCount][];
        counts[0] = [UInt128.One];
        for (var node = 1; node <= _plans.Root; node++)
        {
            var own = counts[node] = new UInt128[((_most[node] - _least[node]) / _step) + 1];
            for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
            {
                var child = _plans.ChildOf(arc);
                var shift = (_least[child] + _criterion.Scores[_plans.GroupOf(arc)] - _least[node]) / _step;
                var from = counts[child];
                for (var i = 0; i < from.Length; i++)
                {
                    own[shift + i] += from[i];
                }
            }
        }

        var atMost = counts[_plans.Root];
        for (var i = 1; i < atMost.Length; i++)
        {
            atMost[i] += atMost[i - 1];
        }

        return atMost;
    }

    // All plans have as many groups, so that their totals differ by multiples of what the groups' scores differ by.
    private static long StepOf(ReadOnlySpan<long> scores)
    {
        var step = 0L;
        foreach (var score in scores)
        {
            var (a, b) = (step, Math.Abs(score - scores[0]));
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            step = a;
        }

        return Math.Max(1, step);
    }
}
