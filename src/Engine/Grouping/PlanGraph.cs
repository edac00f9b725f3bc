using System;
using System.Collections.Generic;
using System.Numerics;

namespace Pathfinder.Engine.Grouping;

/// <summary>
/// Every plan that keeps the rules, as a directed acyclic graph: a node is a set of units already grouped and a number of groups
/// still to make, an arc is the group that holds the lowest ungrouped unit, and each path from a root to the end is one plan, once.
/// Nodes from which no plan can be completed are not kept. Children have lower numbers than their parents; node 0 is the end.
/// Source: frontier search over set partitions; see docs/methods/exact-grouping.md.
/// </summary>
public sealed class PlanGraph
{
    private readonly int[] _arcStart;
    private readonly int[] _arcGroup;
    private readonly int[] _arcChild;
    private readonly ulong[] _groups;
    private readonly UInt128[] _counts;
    private readonly int[] _roots;

    internal PlanGraph(UnitGraph units, int width, ulong[] groups, int[] arcStart, int[] arcGroup, int[] arcChild, int[] roots)
    {
        Units = units;
        Width = width;
        _groups = groups;
        _arcStart = arcStart;
        _arcGroup = arcGroup;
        _arcChild = arcChild;
        _roots = roots;
        _counts = new UInt128[arcStart.Length - 1];
        _counts[0] = UInt128.One;
        for (var node = 1; node < _counts.Length; node++)
        {
            var sum = UInt128.Zero;
            for (var arc = arcStart[node]; arc < arcStart[node + 1]; arc++)
            {
                sum = checked(sum + _counts[arcChild[arc]]);
            }

            _counts[node] = sum;
        }
    }

    /// <summary>The units that are grouped.</summary>
    public UnitGraph Units { get; }

    /// <summary>The width of the frontier under the relabelling in use: what the number of nodes grows with.</summary>
    public int Width { get; }

    /// <summary>The sets of units that can be a group of some plan; a group's number is its place here.</summary>
    public ReadOnlySpan<ulong> Groups => _groups;

    /// <summary>How many nodes there are, the end included.</summary>
    public int NodeCount => _counts.Length;

    /// <summary>How many arcs there are.</summary>
    public int ArcCount => _arcGroup.Length;

    /// <summary>The numbers of groups for which there is a plan, rising.</summary>
    public IReadOnlyList<int> GroupCounts
    {
        get
        {
            var present = new List<int>();
            for (var k = 0; k < _roots.Length; k++)
            {
                if (_roots[k] >= 0)
                {
                    present.Add(k);
                }
            }

            return present;
        }
    }

    /// <summary>Whether there is no plan at all.</summary>
    public bool IsEmpty => GroupCounts.Count == 0;

    /// <summary>The number of plans over all numbers of groups.</summary>
    public UInt128 Count
    {
        get
        {
            var sum = UInt128.Zero;
            foreach (var root in _roots)
            {
                sum = root < 0 ? sum : checked(sum + _counts[root]);
            }

            return sum;
        }
    }

    /// <summary>The only root. Throws <see cref="InvalidOperationException"/> when there are several or none: choose one by <see cref="WithGroups"/>.</summary>
    public int Root
    {
        get
        {
            var counts = GroupCounts;
            return counts.Count == 1 ? _roots[counts[0]] : throw new InvalidOperationException("The plans have several numbers of groups, or there are none.");
        }
    }

    /// <summary>The number of plans with exactly this many groups.</summary>
    public UInt128 CountWith(int groups) => FindRoot(groups) is var root and >= 0 ? _counts[root] : UInt128.Zero;

    /// <summary>The root of the plans with exactly this many groups, or -1.</summary>
    public int FindRoot(int groups) => (uint)groups < (uint)_roots.Length ? _roots[groups] : -1;

    /// <summary>The number of ways to complete a plan from a node.</summary>
    public UInt128 CountFrom(int node) => _counts[node];

    /// <summary>The first arc of a node; its last is before that of the next node.</summary>
    public int FirstArc(int node) => _arcStart[node];

    /// <summary>The group that an arc makes.</summary>
    public int GroupOf(int arc) => _arcGroup[arc];

    /// <summary>The node that an arc leads to.</summary>
    public int ChildOf(int arc) => _arcChild[arc];

    /// <summary>The plans with exactly this many groups alone; empty when there are none.</summary>
    public PlanGraph WithGroups(int groups)
    {
        var roots = new int[_roots.Length];
        Array.Fill(roots, -1);
        if (FindRoot(groups) >= 0)
        {
            roots[groups] = _roots[groups];
        }

        return Keep(roots, (_, _) => true);
    }

    /// <summary>The plans all of whose groups are kept.</summary>
    public PlanGraph WhereGroups(Func<int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return Keep(_roots, (_, arc) => keep(_arcGroup[arc]));
    }

    /// <summary>The plans whose paths use only the arcs that are kept, asked for by node and arc.</summary>
    public PlanGraph WhereArcs(Func<int, int, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return Keep(_roots, keep);
    }

    /// <summary>One plan: its groups as sets of units, by lowest unit.</summary>
    public ulong[] PlanOf(ReadOnlySpan<int> groups)
    {
        var plan = new ulong[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            plan[i] = _groups[groups[i]];
        }

        Array.Sort(plan, static (a, b) => BitOperations.TrailingZeroCount(a).CompareTo(BitOperations.TrailingZeroCount(b)));
        return plan;
    }

    /// <summary>The numbers of a plan's groups in the order of the graph's arcs, or null when the plan is not among these plans.</summary>
    public int[]? FindPlan(IReadOnlyList<ulong> plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var node = FindRoot(plan.Count);
        if (node < 0)
        {
            return null;
        }

        var wanted = new HashSet<ulong>(plan);
        var path = new int[plan.Count];
        for (var depth = 0; node != 0; depth++)
        {
            var next = -1;
            for (var arc = _arcStart[node]; arc < _arcStart[node + 1] && next < 0; arc++)
            {
                next = wanted.Contains(_groups[_arcGroup[arc]]) ? arc : -1;
            }

            if (next < 0)
            {
                return null;
            }

            path[depth] = _arcGroup[next];
            node = _arcChild[next];
        }

        return path;
    }

    /// <summary>For each group, the number of plans that hold it.</summary>
    public UInt128[] PlansByGroup()
    {
        var prefixes = new UInt128[NodeCount];
        foreach (var root in _roots)
        {
            if (root >= 0)
            {
                prefixes[root]++;
            }
        }

        var plans = new UInt128[_groups.Length];
        for (var node = NodeCount - 1; node > 0; node--)
        {
            for (var arc = _arcStart[node]; arc < _arcStart[node + 1]; arc++)
            {
                plans[_arcGroup[arc]] += prefixes[node] * _counts[_arcChild[arc]];
                prefixes[_arcChild[arc]] += prefixes[node];
            }
        }

        return plans;
    }

    private PlanGraph Keep(int[] roots, Func<int, int, bool> keep)
    {
        var reached = new bool[NodeCount];
        foreach (var root in roots)
        {
            if (root >= 0)
            {
                reached[root] = true;
            }
        }

        var kept = new bool[ArcCount];
        for (var node = NodeCount - 1; node > 0; node--)
        {
            for (var arc = _arcStart[node]; reached[node] && arc < _arcStart[node + 1]; arc++)
            {
                if (keep(node, arc))
                {
                    kept[arc] = true;
                    reached[_arcChild[arc]] = true;
                }
            }
        }

        var renamed = new int[NodeCount];
        Array.Fill(renamed, -1);
        renamed[0] = 0;
        var starts = new List<int>(NodeCount + 1) { 0, 0 };
        var arcGroups = new List<int>();
        var arcChildren = new List<int>();
        for (var node = 1; node < NodeCount; node++)
        {
            for (var arc = _arcStart[node]; reached[node] && arc < _arcStart[node + 1]; arc++)
            {
                if (kept[arc] && renamed[_arcChild[arc]] >= 0)
                {
                    arcGroups.Add(_arcGroup[arc]);
                    arcChildren.Add(renamed[_arcChild[arc]]);
                }
            }

            if (arcGroups.Count > starts[^1])
            {
                renamed[node] = starts.Count - 1;
                starts.Add(arcGroups.Count);
            }
        }

        var newRoots = new int[roots.Length];
        for (var k = 0; k < roots.Length; k++)
        {
            newRoots[k] = roots[k] < 0 ? -1 : renamed[roots[k]];
        }

        return new PlanGraph(Units, Width, _groups, starts.ToArray(), arcGroups.ToArray(), arcChildren.ToArray(), newRoots);
    }
}
