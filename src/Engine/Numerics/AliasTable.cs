using System;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Numerics;

/// <summary>
/// Draws a cell in proportion to its weight in constant time (Walker 1977; construction of Vose 1991).
/// </summary>
public sealed class AliasTable
{
    private readonly uint[] _threshold;
    private readonly int[] _alias;

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

        _threshold = new uint[n];
        _alias = new int[n];
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
        var cell = (int)(((bits >> 32) * (ulong)_alias.Length) >> 32);
        return (uint)bits < _threshold[cell] ? cell : _alias[cell];
    }

    private void Set(int cell, double share, int alias)
    {
        _threshold[cell] = share >= 1 ? uint.MaxValue : (uint)(share * 4294967296.0);
        _alias[cell] = alias;
    }
}
