using System;
using System.Threading;

namespace Pathfinder.Engine.Siting;

/// <summary>
/// Chooses p columns so that the sum over rows of the least cost among them is least: the p-median problem, and with costs 0 or
/// weight also maximal covering. Bounds by Lagrangean relaxation of "each row has one column" with a subgradient (Narula, Ogbu and
/// Samuelsson 1977; Beasley 1985), upper bounds by interchange (Teitz and Bart 1968, as Whitaker 1983), columns fixed by their
/// reduced cost, then depth-first branching on a column.
/// </summary>
internal sealed class MedianTree
{
    private const sbyte Free = 0;
    private const sbyte Open = 1;
    private const sbyte Closed = -1;
    private const int RootIterations = 1_500;
    private const int NodeIterations = 120;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _p;
    private readonly double[] _cost;
    private readonly int[] _order;
    private readonly double[] _sorted;
    private readonly double _step;
    private readonly double _enough;
    private readonly bool _onlyEnough;
    private readonly int _mostIterations;
    private readonly CancellationToken _cancel;
    private readonly double[] _reduced;
    private readonly int[] _ranked;
    private readonly bool[] _chosen;
    private int[] _best = [];
    private int _iterations;
    private bool _stopped;

    /// <summary>
    /// Takes costs by row, then column. The search ends as soon as a choice costs at most <paramref name="enough"/>; where
    /// <paramref name="onlyEnough"/>, also as soon as it is certain that none does.
    /// </summary>
    public MedianTree(double[] cost, int rows, int p, double enough, bool onlyEnough, SitingLimits limits, CancellationToken cancel)
    {
        (_cost, _rows, _columns, _p, _enough, _onlyEnough, _cancel) = (cost, rows, cost.Length / rows, p, enough, onlyEnough, cancel);
        _mostIterations = limits.Iterations;
        _order = new int[cost.Length];
        _sorted = new double[cost.Length];
        _reduced = new double[_columns];
        _ranked = new int[_columns];
        _chosen = new bool[_columns];
        for (var row = 0; row < rows; row++)
        {
            var order = _order.AsSpan(row * _columns, _columns);
            var sorted = _sorted.AsSpan(row * _columns, _columns);
            cost.AsSpan(row * _columns, _columns).CopyTo(sorted);
            for (var column = 0; column < _columns; column++)
            {
                order[column] = column;
            }

            sorted.Sort(order);
        }

        _step = AllWhole(cost) ? 1 : 0;
    }

    /// <summary>The least cost found.</summary>
    public double Upper { get; private set; } = double.PositiveInfinity;

    /// <summary>What no choice can cost less than.</summary>
    public double Lower { get; private set; } = double.NegativeInfinity;

    /// <summary>Nodes of the tree.</summary>
    public int Nodes { get; private set; }

    /// <summary>The columns of the least cost, rising.</summary>
    public int[] Best => _best;

    /// <summary>Whether the whole tree was searched.</summary>
    public bool Finished => !_stopped;

    public void Run()
    {
        Interchange(Greedy());
        var status = new sbyte[_columns];
        var multipliers = new double[_rows];
        for (var row = 0; row < _rows; row++)
        {
            multipliers[row] = Math.Min(_sorted[(row * _columns) + Math.Min(_columns - 1, Math.Max(1, _columns / _p / 2))], LeastCost(row, _best) + _step);
        }

        Visit(status, multipliers, isRoot: true);
        Lower = _stopped ? Math.Min(Lower, Upper) : Upper;
    }

    private bool IsBeaten(double bound) => Upper <= _enough || (_onlyEnough && bound > _enough + 1e-6) || bound > Upper - (_step > 0 ? _step - 1e-6 : 1e-9 * Math.Max(1, Math.Abs(Upper)));

    private void Visit(sbyte[] status, double[] start, bool isRoot)
    {
        _cancel.ThrowIfCancellationRequested();
        Nodes++;
        var multipliers = (double[])start.Clone();
        var bestMultipliers = (double[])start.Clone();
        var bound = Bound(status, multipliers, bestMultipliers, isRoot ? RootIterations : NodeIterations);
        if (isRoot)
        {
            Lower = _step > 0 ? Math.Ceiling(bound - 1e-6) : bound;
        }

        if (IsBeaten(bound) || _stopped)
        {
            return;
        }

        var fixedStatus = (sbyte[])status.Clone();
        if (!Fix(fixedStatus, bestMultipliers))
        {
            return;
        }

        var branch = BranchColumn(fixedStatus);
        if (branch < 0)
        {
            return;
        }

        fixedStatus[branch] = Open;
        Visit(fixedStatus, bestMultipliers, isRoot: false);
        if (_stopped || IsBeaten(bound))
        {
            return;
        }

        fixedStatus[branch] = Closed;
        Visit(fixedStatus, bestMultipliers, isRoot: false);
    }

    private double Bound(sbyte[] status, double[] multipliers, double[] bestMultipliers, int iterations)
    {
        var best = double.NegativeInfinity;
        var isRoot = iterations == RootIterations;
        var (theta, stale) = (isRoot ? 2.0 : 0.5, 0);
        var slack = new int[_rows];
        var patience = isRoot ? 25 : 8;
        for (var i = 0; i < iterations; i++)
        {
            var value = Relax(status, multipliers);
            if (value > best)
            {
                best = value;
                multipliers.CopyTo(bestMultipliers, 0);
                stale = 0;
            }
            else if (++stale >= patience)
            {
                (theta, stale) = (theta / 2, 0);
            }

            Offer();
            if (IsBeaten(best) || theta < 0.002)
            {
                break;
            }

            if (++_iterations > _mostIterations)
            {
                _stopped = true;
                break;
            }

            var norm = Slack(multipliers, slack);
            if (norm == 0)
            {
                break;
            }

            var step = theta * Math.Max((1.02 * Upper) - value, 1e-3 * Math.Abs(Upper)) / norm;
            for (var row = 0; row < _rows; row++)
            {
                multipliers[row] = Math.Max(0, multipliers[row] + (step * slack[row]));
            }
        }

        Relax(status, bestMultipliers);
        return best;
    }

    // For given multipliers a column is worth the sum of what it saves on rows it serves below their multiplier; the p best columns are taken.
    private double Relax(sbyte[] status, double[] multipliers)
    {
        Array.Clear(_reduced);
        var value = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var multiplier = multipliers[row];
            value += multiplier;
            for (var at = row * _columns; at < (row + 1) * _columns && _sorted[at] < multiplier; at++)
            {
                _reduced[_order[at]] += _sorted[at] - multiplier;
            }
        }

        var (open, free) = (0, 0);
        for (var column = 0; column < _columns; column++)
        {
            _chosen[column] = status[column] == Open;
            if (status[column] == Open)
            {
                value += _reduced[column];
                open++;
            }
            else if (status[column] == Free)
            {
                _ranked[free++] = column;
            }
        }

        var ranked = _ranked.AsSpan(0, free);
        ranked.Sort((a, b) =>
        {
            var order = _reduced[a].CompareTo(_reduced[b]);
            return order != 0 ? order : a.CompareTo(b);
        });
        for (var i = 0; i < _p - open; i++)
        {
            if (i >= free)
            {
                return double.PositiveInfinity;
            }

            value += _reduced[ranked[i]];
            _chosen[ranked[i]] = true;
        }

        return value;
    }

    private double Slack(double[] multipliers, int[] slack)
    {
        var norm = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var served = 0;
            for (var at = row * _columns; at < (row + 1) * _columns && _sorted[at] < multipliers[row]; at++)
            {
                served += _chosen[_order[at]] ? 1 : 0;
            }

            slack[row] = 1 - served;
            norm += slack[row] * slack[row];
        }

        return norm;
    }

    // After Relax with the best multipliers: a column whose forced change would lift the bound above the best cost cannot change.
    private bool Fix(sbyte[] status, double[] multipliers)
    {
        var value = Relax(status, multipliers);
        var open = 0;
        var free = 0;
        for (var column = 0; column < _columns; column++)
        {
            open += status[column] == Open ? 1 : 0;
            free += status[column] == Free ? 1 : 0;
        }

        var wanted = _p - open;
        if (wanted <= 0 || wanted > free)
        {
            return wanted == 0 && free >= 0 && CompleteFrom(status);
        }

        var last = _reduced[_ranked[wanted - 1]];
        var next = wanted < free ? _reduced[_ranked[wanted]] : double.PositiveInfinity;
        for (var i = 0; i < free; i++)
        {
            var column = _ranked[i];
            if (i < wanted && IsBeaten(value - _reduced[column] + next))
            {
                status[column] = Open;
            }
            else if (i >= wanted && IsBeaten(value - last + _reduced[column]))
            {
                status[column] = Closed;
            }
        }

        return true;
    }

    private bool CompleteFrom(sbyte[] status)
    {
        for (var column = 0; column < _columns; column++)
        {
            _chosen[column] = status[column] == Open;
        }

        Offer();
        return false;
    }

    private int BranchColumn(sbyte[] status)
    {
        var (branch, open, free) = (-1, 0, 0);
        for (var column = 0; column < _columns; column++)
        {
            open += status[column] == Open ? 1 : 0;
            free += status[column] == Free ? 1 : 0;
            if (status[column] == Free && (branch < 0 || _reduced[column] < _reduced[branch]))
            {
                branch = column;
            }
        }

        if (open == _p || open + free <= _p)
        {
            for (var column = 0; column < _columns; column++)
            {
                _chosen[column] = status[column] == Open || (open < _p && status[column] == Free);
            }

            Offer();
            return -1;
        }

        return branch;
    }

    private void Offer()
    {
        var cost = 0.0;
        for (var row = 0; row < _rows && cost < Upper; row++)
        {
            for (var at = row * _columns; at < (row + 1) * _columns; at++)
            {
                if (_chosen[_order[at]])
                {
                    cost += _sorted[at];
                    break;
                }
            }
        }

        if (cost < Upper)
        {
            var columns = new int[_p];
            var at = 0;
            for (var column = 0; column < _columns && at < _p; column++)
            {
                if (_chosen[column])
                {
                    columns[at++] = column;
                }
            }

            if (at == _p)
            {
                Interchange(columns);
            }
        }
    }

    private int[] Greedy()
    {
        var open = new int[_p];
        var nearest = new double[_rows];
        Array.Fill(nearest, double.PositiveInfinity);
        var used = new bool[_columns];
        for (var k = 0; k < _p; k++)
        {
            var (best, bestCost) = (-1, double.PositiveInfinity);
            for (var column = 0; column < _columns; column++)
            {
                var cost = 0.0;
                for (var row = 0; row < _rows && !used[column]; row++)
                {
                    cost += Math.Min(nearest[row], _cost[(row * _columns) + column]);
                }

                if (!used[column] && (best < 0 || cost < bestCost))
                {
                    (best, bestCost) = (column, cost);
                }
            }

            open[k] = best;
            used[best] = true;
            for (var row = 0; row < _rows; row++)
            {
                nearest[row] = Math.Min(nearest[row], _cost[(row * _columns) + best]);
            }
        }

        return open;
    }

    // Swaps an open column for a closed one as long as that helps; the gain of each pair follows from each row's nearest and second open column.
    private void Interchange(int[] columns)
    {
        var open = (int[])columns.Clone();
        var isOpen = new bool[_columns];
        foreach (var column in open)
        {
            isOpen[column] = true;
        }

        var (first, second, firstAt) = (new double[_rows], new double[_rows], new int[_rows]);
        var loss = new double[_p];
        for (var improved = true; improved;)
        {
            improved = false;
            Nearest(open, first, second, firstAt);
            var (bestChange, bestIn, bestOut) = (-1e-9, -1, -1);
            for (var candidate = 0; candidate < _columns; candidate++)
            {
                if (isOpen[candidate])
                {
                    continue;
                }

                Array.Clear(loss);
                var gain = 0.0;
                for (var row = 0; row < _rows; row++)
                {
                    var cost = _cost[(row * _columns) + candidate];
                    if (cost < first[row])
                    {
                        gain += first[row] - cost;
                    }
                    else
                    {
                        loss[firstAt[row]] += Math.Min(cost, second[row]) - first[row];
                    }
                }

                for (var k = 0; k < _p; k++)
                {
                    if (loss[k] - gain < bestChange)
                    {
                        (bestChange, bestIn, bestOut) = (loss[k] - gain, candidate, k);
                    }
                }
            }

            if (bestIn >= 0)
            {
                isOpen[open[bestOut]] = false;
                isOpen[bestIn] = true;
                open[bestOut] = bestIn;
                improved = true;
            }
        }

        var total = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            total += LeastCost(row, open);
        }

        if (total < Upper)
        {
            Upper = total;
            Array.Sort(open);
            _best = open;
        }
    }

    private void Nearest(int[] open, double[] first, double[] second, int[] firstAt)
    {
        for (var row = 0; row < _rows; row++)
        {
            (first[row], second[row], firstAt[row]) = (double.PositiveInfinity, double.PositiveInfinity, 0);
            for (var k = 0; k < open.Length; k++)
            {
                var cost = _cost[(row * _columns) + open[k]];
                if (cost < first[row])
                {
                    (second[row], first[row], firstAt[row]) = (first[row], cost, k);
                }
                else if (cost < second[row])
                {
                    second[row] = cost;
                }
            }
        }
    }

    private double LeastCost(int row, int[] open)
    {
        var least = double.PositiveInfinity;
        foreach (var column in open)
        {
            least = Math.Min(least, _cost[(row * _columns) + column]);
        }

        return least;
    }

    private static bool AllWhole(double[] cost)
    {
        foreach (var value in cost)
        {
            if (value != Math.Floor(value) || value > 1e12)
            {
                return false;
            }
        }

        return true;
    }
}
