using System;
using System.Collections.Generic;

namespace Pathfinder.Engine.Grouping;

/// <summary>What every plan must keep. Sets of units are bit masks.</summary>
public sealed record GroupingRules
{
    /// <summary>Fewest units in a group.</summary>
    public int MinSize { get; init; } = 1;

    /// <summary>Most units in a group.</summary>
    public int MaxSize { get; init; } = UnitGraph.MostUnits;

    /// <summary>Fewest groups in a plan.</summary>
    public int MinGroups { get; init; } = 1;

    /// <summary>Most groups in a plan.</summary>
    public int MaxGroups { get; init; } = UnitGraph.MostUnits;

    /// <summary>Sets that must each be a group exactly as they stand.</summary>
    public IReadOnlyList<ulong> Locked { get; init; } = [];

    /// <summary>Sets whose units must share a group, with or without others.</summary>
    public IReadOnlyList<ulong> Together { get; init; } = [];

    /// <summary>Sets no two of whose units may share a group.</summary>
    public IReadOnlyList<ulong> Apart { get; init; } = [];

    /// <summary>Sets that may not be a group exactly as they stand.</summary>
    public IReadOnlyList<ulong> Forbidden { get; init; } = [];

    /// <summary>Decides about one group; null allows all. Used for bounds on a measure, such as population within 10%.</summary>
    public Func<ulong, bool>? Allows { get; init; }
}
