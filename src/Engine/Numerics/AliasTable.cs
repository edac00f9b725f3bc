using System;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Numerics;

/// <summary>
/// Draws a cell in proportion to its weight in constant time (Walker 1977; construction of Vose 1991).
/// </summary>
public sealed class AliasTable
{
    // Threshold in the upper half, alias in the lower: a draw reads one place in memory.
    private readonly ulong[] _cells;

    /// <summary>Builds the table. At least one weight must be above zero and none below: otherwise <see cref="ArgumentException"/>.</summary>
    public AliasTable(ReadOnlySpan<double> weights)
    {
        var n = weights.Length;
        double total = 0;
        for (var i = 0; i < n; i++)
        {
            if (!(weights[i] >= 0))
            {
                throw new ArgumentException("A weight is negative or not a number.", nameof(weights));
            }

            total += weights[i];
        }

        if (!(total > 0))
        {
            throw new ArgumentException("No weight is above zero.", nameof(weights));
        }

        _cells = new ulong[n];
        var scaled = new double[n];
        var small = new int[n];
        var large = new int[n];
        int smalls = 0, larges = 0;
        for (var i = 0; i < n; i++)
        {
            scaled[i] = weights[i] * n / total;
            if (scaled[i] < 1)
            {
                small[smalls++] = i;
            }
            else
            {
                large[larges++] = i;
            }
        }

        while (smalls > 0 && larges > 0)
        {
            var s = small[--smalls];
            var l = large[larges - 1];
            Set(s, scaled[s], l);
            scaled[l] -= 1 - scaled[s];
            if (scaled[l] < 1)
            {
                larges--;
                small[smalls++] = l;
            }
        }

        while (larges > 0)
        {
            var l = large[--larges];
            Set(l, 1, l);
        }

        while (smalls > 0)
        {
            var s = small[--smalls];
            Set(s, 1, s);
        }
    }

    /// <summary>The cell that 64 random bits choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Pick(ulong bits)
    {
        var cell = (int)(((bits >> 32) * (ulong)_cells.Length) >> 32);
        var entry = _cells[cell];
        return (uint)bits < (uint)(entry >> 32) ? cell : (int)(uint)entry;
    }

    private void Set(int cell, double share, int alias)
    {
        var threshold = share >= 1 ? uint.MaxValue : (uint)(share * 4294967296.0);
        _cells[cell] = ((ulong)threshold << 32) | (uint)alias;
    }
}
