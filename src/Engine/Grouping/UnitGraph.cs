using System;
using System.Collections.Generic;
using System.Numerics;

namespace Pathfinder.Engine.Grouping;

/// <summary>A border between two units, by index.</summary>
/// <param name="A">One unit.</param>
/// <param name="B">The other unit.</param>
/// <param name="Km">The border's length in kilometres; 0 for a crossing or where none is known.</param>
public readonly record struct Border(int A, int B, double Km);

/// <summary>
/// Up to 64 units (boroughs, wards, anything) and which of them touch. A set of units is a bit mask: bit i is unit i.
/// </summary>
public sealed class UnitGraph
{
    /// <summary>The most units that a bit mask holds.</summary>
    public const int MostUnits = 64;

    private readonly ulong[] _neighbours;
    private readonly Border[] _borders;

    /// <summary>Builds the graph. Throws <see cref="ArgumentException"/> for more than 64 units, an index out of range or a unit that touches itself.</summary>
    public UnitGraph(int count, IReadOnlyList<Border> borders)
    {
        ArgumentNullException.ThrowIfNull(borders);
        if (count is < 1 or > MostUnits)
        {
            throw new ArgumentException("A graph has 1 to 64 units.", nameof(count));
        }

        Count = count;
        _neighbours = new ulong[count];
        _borders = new Border[borders.Count];
        for (var i = 0; i < borders.Count; i++)
        {
            var border = borders[i];
            if (border.A == border.B || (uint)border.A >= (uint)count || (uint)border.B >= (uint)count)
            {
                throw new ArgumentException("A border joins two different units of the graph.", nameof(borders));
            }

            _borders[i] = border;
            _neighbours[border.A] |= 1UL << border.B;
            _neighbours[border.B] |= 1UL << border.A;
        }
    }

    /// <summary>How many units there are.</summary>
    public int Count { get; }

    /// <summary>Every unit.</summary>
    public ulong All => Count == MostUnits ? ulong.MaxValue : (1UL << Count) - 1;

    /// <summary>The borders as they were given.</summary>
    public ReadOnlySpan<Border> Borders => _borders;

    /// <summary>The units that touch a unit.</summary>
    public ulong NeighboursOf(int unit) => _neighbours[unit];

    /// <summary>The units within <paramref name="inside"/> that can be reached from <paramref name="start"/> without leaving it, the start included.</summary>
    public ulong Reach(ulong start, ulong inside)
    {
        var reached = start & inside;
        var fresh = reached;
        while (fresh != 0)
        {
            ulong touched = 0;
            for (; fresh != 0; fresh &= fresh - 1)
            {
                touched |= _neighbours[BitOperations.TrailingZeroCount(fresh)];
            }

            fresh = touched & inside & ~reached;
            reached |= fresh;
        }

        return reached;
    }

    /// <summary>Whether a set of units hangs together; the empty set does.</summary>
    public bool IsConnected(ulong units) => units == 0 || Reach(units & (~units + 1), units) == units;

    /// <summary>The connected parts of a set of units, by lowest unit.</summary>
    public IReadOnlyList<ulong> Parts(ulong units)
    {
        var parts = new List<ulong>();
        while (units != 0)
        {
            var part = Reach(units & (~units + 1), units);
            parts.Add(part);
            units &= ~part;
        }

        return parts;
    }
}
