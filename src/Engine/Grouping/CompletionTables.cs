using System;
using System.Collections.Generic;

namespace Pathfinder.Engine.Grouping;

/// <summary>
/// For the nodes near the end of a plan graph, the scores of every completion written out, one array a criterion. A scan then
/// walks only the few thousand beginnings of plans and runs through these arrays, which the processor can read ahead.
/// </summary>
internal sealed class CompletionTables
{
    private readonly PlanGraph _plans;
    private readonly Criterion[] _criteria;
    private readonly int[] _starts;
    private readonly long[][] _values;

    /// <summary>Fills tables for the nodes with fewest completions, as long as all tables together hold at most this many entries.</summary>
    public CompletionTables(PlanGraph plans, Criterion[] criteria, int entries)
    {
        _plans = plans;
        _criteria = criteria;
        var most = LargestThatFits(plans, entries);
        _starts = new int[plans.NodeCount];
        Array.Fill(_starts, -1);
        _starts[0] = 0;
        var size = 1;
        for (var node = 1; node < plans.NodeCount; node++)
        {
            if (plans.CountFrom(node) <= most)
            {
                _starts[node] = size;
                size += (int)plans.CountFrom(node);
            }
        }

        _values = new long[criteria.Length][];
        for (var i = 0; i < criteria.Length; i++)
        {
            _values[i] = Fill(criteria[i], size);
        }
    }

    /// <summary>Whether the completions of a node are written out.</summary>
    public bool Holds(int node) => _starts[node] >= 0;

    /// <summary>The scores of a node's completions by one criterion.</summary>
    public ReadOnlySpan<long> Of(int criterion, int node) => _values[criterion].AsSpan(_starts[node], (int)_plans.CountFrom(node));

    /// <summary>Sorts each node's scores, which makes counting below a bound a binary search. For a single criterion only.</summary>
    public void SortEachNode()
    {
        for (var node = 1; node < _starts.Length; node++)
        {
            if (_starts[node] >= 0)
            {
                Array.Sort(_values[0], _starts[node], (int)_plans.CountFrom(node));
            }
        }
    }

    /// <summary>How many of a node's completions score less than this and how many at most this, by the first criterion. Sorted tables are assumed.</summary>
    public (long Below, long AtMost) CountBelowAndAtMost(int node, long most)
    {
        var sorted = Of(0, node);
        var atMost = CountAtMost(sorted, most);
        return (atMost == 0 || sorted[atMost - 1] < most ? atMost : CountAtMost(sorted, most - 1), atMost);
    }

    /// <summary>How many of a node's completions keep all totals within their bounds, given what was summed before. Sorted tables are assumed for one criterion.</summary>
    public long CountWithin(int node, long[] so, long[] bounds)
    {
        if (_criteria.Length == 1)
        {
            return CountAtMost(Of(0, node), bounds[0] - so[0]);
        }

        var count = (int)_plans.CountFrom(node);
        var start = _starts[node];
        var within = 0L;
        for (var entry = start; entry < start + count; entry++)
        {
            var all = true;
            for (var i = 0; all && i < bounds.Length; i++)
            {
                all = so[i] + _values[i][entry] <= bounds[i];
            }

            within += all ? 1 : 0;
        }

        return within;
    }

    private static int CountAtMost(ReadOnlySpan<long> sorted, long most)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= most)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static UInt128 LargestThatFits(PlanGraph plans, int entries)
    {
        var counts = new List<UInt128>(plans.NodeCount);
        for (var node = 1; node < plans.NodeCount; node++)
        {
            counts.Add(plans.CountFrom(node));
        }

        counts.Sort();
        var (fits, sum, at) = (UInt128.Zero, UInt128.Zero, 0);
        while (at < counts.Count)
        {
            var level = counts[at];
            while (at < counts.Count && counts[at] == level)
            {
                sum += level;
                at++;
            }

            if (sum > (UInt128)entries)
            {
                break;
            }

            fits = level;
        }

        return fits;
    }

    private long[] Fill(Criterion criterion, int size)
    {
        var values = new long[size];
        values[0] = criterion.Nothing;
        for (var node = 1; node < _starts.Length; node++)
        {
            var at = _starts[node];
            for (var arc = _plans.FirstArc(node); _starts[node] >= 0 && arc < _plans.FirstArc(node + 1); arc++)
            {
                var score = criterion.Scores[_plans.GroupOf(arc)];
                var child = _plans.ChildOf(arc);
                var (start, count) = (_starts[child], (int)_plans.CountFrom(child));
                for (var entry = start; entry < start + count; entry++)
                {
                    values[at++] = criterion.Combine(values[entry], score);
                }
            }
        }

        return values;
    }
}
