using System;
using System.Collections.Generic;
using System.Threading;

namespace Pathfinder.Engine.Siting;

/// <summary>
/// Maximal expected covering (Daskin 1983): p units over sites, several allowed at one, so that the expected weight that finds a free
/// unit within a radius is most. What one more unit adds never grows (the objective is submodular), so from any partial choice the
/// largest additions, one for each unit left, bound what can still be gained; greedy and interchange give the first choice.
/// </summary>
public static class ExpectedCovering
{
    /// <summary>Solves for <paramref name="p"/> units, each busy with probability <paramref name="busy"/> (0 to below 1).</summary>
    public static SitingSolution Best(SitingModel model, int p, double radius, double busy, SitingLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        if (!(busy >= 0 && busy < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(busy));
        }

        return new Search(model, p, radius, busy, limits ?? new SitingLimits(), cancel).Run();
    }

    private sealed class Search
    {
        private const int RelaxationSteps = 1_500;

        private readonly SitingModel _model;
        private readonly int _p;
        private readonly double _radius;
        private readonly double _busy;
        private readonly CancellationToken _cancel;
        private readonly long _mostNodes;
        private readonly int[][] _covers;
        private readonly double[][] _uncovered;
        private readonly int[] _units;
        private int[] _best = [];
        private double _bestValue = double.NegativeInfinity;
        private double _rootBound = double.PositiveInfinity;
        private long _nodes;
        private bool _stopped;

        public Search(SitingModel model, int p, double radius, double busy, SitingLimits limits, CancellationToken cancel)
        {
            (_model, _p, _radius, _busy, _cancel) = (model, p, radius, busy, cancel);
            _mostNodes = limits.Iterations * 3L;
            _units = new int[p];
            _uncovered = new double[p + 1][];
            for (var depth = 0; depth <= p; depth++)
            {
                _uncovered[depth] = model.Weights.ToArray();
            }

            _covers = new int[model.SiteCount][];
            for (var site = 0; site < model.SiteCount; site++)
            {
                var demands = new List<int>();
                for (var demand = 0; demand < model.DemandCount; demand++)
                {
                    if (model.DistancesFrom(demand)[site] <= radius)
                    {
                        demands.Add(demand);
                    }
                }

                _covers[site] = demands.ToArray();
            }
        }

        public SitingSolution Run()
        {
            Interchange(Greedy());
            var sites = new int[_model.SiteCount];
            for (var site = 0; site < sites.Length; site++)
            {
                sites[site] = site;
            }

            var relaxed = RelaxedBound();
            if (relaxed > _bestValue * (1 + 1e-9))
            {
                Place(0, 0, sites);
            }

            _rootBound = Math.Min(_rootBound, relaxed);
            Array.Sort(_best);
            var value = _model.ExpectedCovered(_best, _radius, _busy);
            return new SitingSolution(_best, value, _stopped ? Math.Max(_rootBound, value) : value, !_stopped, _stopped ? "search with bound" : "branch and bound", _nodes);
        }

        // Sites are tried by what they add now; a later unit goes to the same site or to one after it, so that each choice is met once.
        private void Place(int depth, double value, int[] sites)
        {
            if (depth == _p)
            {
                Keep(value);
                return;
            }

            if (++_nodes > _mostNodes)
            {
                _stopped = true;
                return;
            }

            _cancel.ThrowIfCancellationRequested();
            var order = (int[])sites.Clone();
            var adds = new double[order.Length];
            for (var i = 0; i < order.Length; i++)
            {
                adds[i] = -Added(depth, order[i]);
            }

            Array.Sort(adds, order);
            for (var i = 0; i < order.Length && !_stopped; i++)
            {
                var bound = value + MostAdded(adds.AsSpan(i), _p - depth);
                _rootBound = depth == 0 && i == 0 ? bound : _rootBound;
                if (bound <= _bestValue + (1e-12 * Math.Abs(_bestValue)))
                {
                    return;
                }

                _units[depth] = order[i];
                _uncovered[depth].CopyTo(_uncovered[depth + 1], 0);
                foreach (var demand in _covers[order[i]])
                {
                    _uncovered[depth + 1][demand] *= _busy;
                }

                Place(depth + 1, value - adds[i], order[i..]);
            }
        }

        // Additions shrink as units are placed, and by the factor "busy" with each further unit at the same site.
        private double MostAdded(ReadOnlySpan<double> negativeAdds, int units)
        {
            var next = new double[Math.Min(units, negativeAdds.Length)];
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = -negativeAdds[i];
            }

            var sum = 0.0;
            for (var unit = 0; unit < units; unit++)
            {
                var largest = 0;
                for (var i = 1; i < next.Length; i++)
                {
                    largest = next[i] > next[largest] ? i : largest;
                }

                sum += next[largest];
                next[largest] *= _busy;
            }

            return sum;
        }

        // Lagrangean relaxation of "units counted at a demand are units placed within its radius", minimised by a subgradient: the demands
        // then choose their counts one by one, and all units go to the site with the largest sum of multipliers.
        private double RelaxedBound()
        {
            var weights = _model.Weights;
            var multipliers = new double[weights.Length];
            for (var demand = 0; demand < multipliers.Length; demand++)
            {
                multipliers[demand] = weights[demand] * (1 - _busy) * 0.5;
            }

            var (least, theta, stale) = (double.PositiveInfinity, 1.0, 0);
            var placed = new double[multipliers.Length];
            for (var step = 0; step < RelaxationSteps && theta > 1e-4; step++)
            {
                _cancel.ThrowIfCancellationRequested();
                var (best, most) = (0, -1.0);
                for (var site = 0; site < _covers.Length; site++)
                {
                    var sum = 0.0;
                    foreach (var demand in _covers[site])
                    {
                        sum += multipliers[demand];
                    }

                    (best, most) = sum > most ? (site, sum) : (best, most);
                }

                // The direction remembers earlier steps, because a single site is a poor picture of where units should go.
                var bound = _p * most;
                for (var demand = 0; demand < placed.Length; demand++)
                {
                    placed[demand] *= 0.9;
                }

                foreach (var demand in _covers[best])
                {
                    placed[demand] += 0.1 * _p;
                }

                var norm = 0.0;
                var direction = new double[multipliers.Length];
                for (var demand = 0; demand < multipliers.Length; demand++)
                {
                    var (count, value, gain) = (0, 0.0, weights[demand] * (1 - _busy));
                    while (count < _p && gain > multipliers[demand])
                    {
                        value += gain - multipliers[demand];
                        gain *= _busy;
                        count++;
                    }

                    bound += value;
                    direction[demand] = count - placed[demand];
                    norm += direction[demand] * direction[demand];
                }

                if (bound < least)
                {
                    (least, stale) = (bound, 0);
                }
                else if (++stale >= 20)
                {
                    (theta, stale) = (theta / 2, 0);
                }

                var length = norm > 0 ? theta * (bound - _bestValue) / norm : 0;
                for (var demand = 0; demand < multipliers.Length; demand++)
                {
                    multipliers[demand] = Math.Max(0, multipliers[demand] + (length * direction[demand]));
                }
            }

            return least;
        }

        private double Added(int depth, int site)
        {
            var sum = 0.0;
            foreach (var demand in _covers[site])
            {
                sum += _uncovered[depth][demand];
            }

            return sum * (1 - _busy);
        }

        private void Keep(double value)
        {
            if (value > _bestValue)
            {
                (_best, _bestValue) = ((int[])_units.Clone(), value);
            }
        }

        private int[] Greedy()
        {
            var units = new int[_p];
            for (var unit = 0; unit < _p; unit++)
            {
                var best = 0;
                for (var site = 1; site < _model.SiteCount; site++)
                {
                    best = Added(0, site) > Added(0, best) ? site : best;
                }

                units[unit] = best;
                foreach (var demand in _covers[best])
                {
                    _uncovered[0][demand] *= _busy;
                }
            }

            _model.Weights.CopyTo(_uncovered[0]);
            return units;
        }

        private void Interchange(int[] units)
        {
            var value = _model.ExpectedCovered(units, _radius, _busy);
            for (var improved = true; improved;)
            {
                improved = false;
                for (var unit = 0; unit < _p; unit++)
                {
                    for (var site = 0; site < _model.SiteCount; site++)
                    {
                        var before = units[unit];
                        units[unit] = site;
                        var changed = _model.ExpectedCovered(units, _radius, _busy);
                        if (changed > value * (1 + 1e-12))
                        {
                            (value, improved) = (changed, true);
                        }
                        else
                        {
                            units[unit] = before;
                        }
                    }
                }

                _cancel.ThrowIfCancellationRequested();
            }

            (_best, _bestValue) = (units, value);
        }
    }
}
