using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading;

namespace Pathfinder.Engine.Grouping;

/// <summary>The most that a compilation may take before it gives up, so that it never runs out of memory or patience.</summary>
/// <param name="States">Different states looked at, dead ends included (about 60 bytes each).</param>
/// <param name="Arcs">Arcs kept (8 bytes each).</param>
/// <param name="Steps">Candidate groups tried; about 10 million a second.</param>
public sealed record CompileLimits(int States = 1_000_000, int Arcs = 16_000_000, long Steps = 600_000_000);

/// <summary>What a compilation found, or how far it came.</summary>
/// <param name="Plans">The plans; null when a limit was reached.</param>
/// <param name="Width">The frontier's width under the relabelling.</param>
/// <param name="States">States looked at.</param>
/// <param name="Arcs">Arcs kept.</param>
/// <param name="Exceeded">The limit that was reached: "states", "arcs", "steps" or "count" (2^128 plans or more); null when none was.</param>
public sealed record CompileResult(PlanGraph? Plans, int Width, int States, int Arcs, string? Exceeded);

/// <summary>Compiles a graph and its rules into the graph of all plans.</summary>
public static class PlanGraphCompiler
{
    /// <summary>
    /// Compiles. The plans may be empty when the rules leave none. Throws <see cref="ArgumentException"/> when the rules name units
    /// that are not there, and <see cref="OperationCanceledException"/> on cancel.
    /// </summary>
    public static CompileResult Compile(UnitGraph units, GroupingRules rules, CompileLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(rules);
        return new Compilation(units, rules, limits ?? new CompileLimits(), cancel).Run();
    }

    private sealed class LimitReachedException(string limit) : Exception(limit);

    private sealed class Compilation
    {
        private const int DeadEnd = -1;

        private readonly UnitGraph _units;
        private readonly GroupingRules _rules;
        private readonly CompileLimits _limits;
        private readonly CancellationToken _cancel;
        private readonly Relabelling _labels;
        private readonly UnitGraph _graph;
        private readonly int _maxSize;
        private readonly Dictionary<(ulong Covered, int Left), int> _states = [];
        private readonly Dictionary<ulong, int> _groupNumbers = [];
        private readonly List<ulong> _groups = [];
        private readonly List<int> _starts = [0, 0];
        private readonly List<int> _arcGroups = [];
        private readonly List<int> _arcChildren = [];
        private readonly Stack<List<ulong>> _spare = new();
        private readonly List<(int Group, int Child)> _pending = [];
        private readonly Dictionary<ulong, bool> _allowed = [];
        private readonly bool _anyAllowed;
        private long _steps;

        public Compilation(UnitGraph units, GroupingRules rules, CompileLimits limits, CancellationToken cancel)
        {
            (_units, _rules, _limits, _cancel) = (units, rules, limits, cancel);
            _labels = Relabelling.Of(units);
            _graph = _labels.Apply(units);
            _maxSize = Math.Min(rules.MaxSize, units.Count);
            _anyAllowed = rules.Allows is null && rules.Locked.Count + rules.Together.Count + rules.Apart.Count + rules.Forbidden.Count == 0;
            if (rules.MinSize < 1 || _maxSize < rules.MinSize)
            {
                throw new ArgumentException("Sizes are at least 1, and the largest is not below the smallest.", nameof(rules));
            }

            CheckMasks(rules.Locked);
            CheckMasks(rules.Together);
            CheckMasks(rules.Apart);
            CheckMasks(rules.Forbidden);
        }

        public CompileResult Run()
        {
            try
            {
                var roots = new int[_units.Count + 1];
                Array.Fill(roots, DeadEnd);
                var most = Math.Min(_rules.MaxGroups, _units.Count);
                for (var k = Math.Max(1, _rules.MinGroups); k <= most; k++)
                {
                    roots[k] = Visit(0, k);
                }

                var plans = new PlanGraph(_units, _labels.Width, _groups.ToArray(), _starts.ToArray(), _arcGroups.ToArray(), _arcChildren.ToArray(), roots);
                return new CompileResult(plans, _labels.Width, _states.Count, _arcGroups.Count, null);
            }
            catch (LimitReachedException limit)
            {
                return new CompileResult(null, _labels.Width, _states.Count, _arcGroups.Count, limit.Message);
            }
            catch (OverflowException)
            {
                return new CompileResult(null, _labels.Width, _states.Count, _arcGroups.Count, "count");
            }
        }

        private void CheckMasks(IReadOnlyList<ulong> sets)
        {
            foreach (var set in sets)
            {
                if ((set & ~_units.All) != 0)
                {
                    throw new ArgumentException("A rule names a unit that is not in the graph.");
                }
            }
        }

        private int Visit(ulong covered, int left)
        {
            var rest = _graph.All & ~covered;
            if (rest == 0)
            {
                return left == 0 ? 0 : DeadEnd;
            }

            if (_states.TryGetValue((covered, left), out var known))
            {
                return known;
            }

            if (_states.Count >= _limits.States)
            {
                throw new LimitReachedException("states");
            }

            _cancel.ThrowIfCancellationRequested();
            var node = CanSplit(rest, left) ? Expand(covered, rest, left) : DeadEnd;
            _states[(covered, left)] = node;
            return node;
        }

        private int Expand(ulong covered, ulong rest, int left)
        {
            var first = _pending.Count;
            var candidates = _spare.Count > 0 ? _spare.Pop() : [];
            if (left == 1)
            {
                if (Allows(rest))
                {
                    candidates.Add(rest);
                }
            }
            else
            {
                var lowest = rest & (~rest + 1);
                ListGroups(lowest, 0, rest, left, candidates);
            }

            foreach (var candidate in candidates)
            {
                var child = Visit(covered | candidate, left - 1);
                if (child != DeadEnd)
                {
                    _pending.Add((NumberOf(candidate), child));
                }
            }

            candidates.Clear();
            _spare.Push(candidates);
            if (_pending.Count == first)
            {
                return DeadEnd;
            }

            if (_arcGroups.Count + _pending.Count - first > _limits.Arcs)
            {
                throw new LimitReachedException("arcs");
            }

            for (var i = first; i < _pending.Count; i++)
            {
                _arcGroups.Add(_pending[i].Group);
                _arcChildren.Add(_pending[i].Child);
            }

            _pending.RemoveRange(first, _pending.Count - first);
            _starts.Add(_arcGroups.Count);
            return _starts.Count - 2;
        }

        // Each connected set that grows from the start is listed once: a unit passed over at one step stays out below it.
        private void ListGroups(ulong group, ulong passedOver, ulong rest, int left, List<ulong> found)
        {
            if (++_steps > _limits.Steps)
            {
                throw new LimitReachedException("steps");
            }

            if ((_steps & 0xFFFFF) == 0)
            {
                _cancel.ThrowIfCancellationRequested();
            }

            var size = BitOperations.PopCount(group);
            if (size >= _rules.MinSize && CanSplit(rest & ~group, left - 1) && Allows(group))
            {
                found.Add(group);
            }

            if (size >= _maxSize)
            {
                return;
            }

            ulong frontier = 0;
            for (var members = group; members != 0; members &= members - 1)
            {
                frontier |= _graph.NeighboursOf(BitOperations.TrailingZeroCount(members));
            }

            for (frontier &= rest & ~group & ~passedOver; frontier != 0; frontier &= frontier - 1)
            {
                var unit = frontier & (~frontier + 1);
                if (!CutsOffTooMany(rest & ~(group | unit), passedOver, left - 1))
                {
                    ListGroups(group | unit, passedOver, rest, left, found);
                }

                passedOver |= unit;
            }
        }

        // Units passed over in different parts of what is left can never meet again, so each such part needs a group of its own.
        private bool CutsOffTooMany(ulong outside, ulong passedOver, int left)
        {
            if (_maxSize <= 6)
            {
                return false;
            }

            var parts = 0;
            while (passedOver != 0)
            {
                passedOver &= ~_graph.Reach(passedOver & (~passedOver + 1), outside);
                if (++parts > left)
                {
                    return true;
                }
            }

            return false;
        }

        // Necessary, by sizes alone: every connected part must be divisible into groups, and together into exactly as many as are left.
        private bool CanSplit(ulong rest, int left)
        {
            var (fewest, most) = (0, 0);
            while (rest != 0)
            {
                var part = _graph.Reach(rest & (~rest + 1), rest);
                rest &= ~part;
                var size = BitOperations.PopCount(part);
                var (low, high) = ((size + _maxSize - 1) / _maxSize, size / _rules.MinSize);
                if (low > high)
                {
                    return false;
                }

                fewest += low;
                most += high;
                if (fewest > left)
                {
                    return false;
                }
            }

            return fewest <= left && left <= most;
        }

        private int NumberOf(ulong positions)
        {
            if (!_groupNumbers.TryGetValue(positions, out var number))
            {
                number = _groups.Count;
                _groupNumbers.Add(positions, number);
                _groups.Add(_labels.ToUnits(positions));
            }

            return number;
        }

        private bool Allows(ulong positions)
        {
            if (_anyAllowed)
            {
                return true;
            }

            if (!_allowed.TryGetValue(positions, out var allowed))
            {
                allowed = KeepsRules(_labels.ToUnits(positions));
                _allowed.Add(positions, allowed);
            }

            return allowed;
        }

        private bool KeepsRules(ulong group)
        {
            foreach (var locked in _rules.Locked)
            {
                if ((group & locked) != 0 && group != locked)
                {
                    return false;
                }
            }

            foreach (var together in _rules.Together)
            {
                if ((group & together) != 0 && (group & together) != together)
                {
                    return false;
                }
            }

            foreach (var apart in _rules.Apart)
            {
                if (BitOperations.PopCount(group & apart) > 1)
                {
                    return false;
                }
            }

            foreach (var forbidden in _rules.Forbidden)
            {
                if (group == forbidden)
                {
                    return false;
                }
            }

            return _rules.Allows is null || _rules.Allows(group);
        }
    }
}
