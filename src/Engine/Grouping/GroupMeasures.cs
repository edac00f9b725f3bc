using System;
using System.Collections.Generic;
using System.Numerics;

namespace Pathfinder.Engine.Grouping;

/// <summary>A tie between two units, such as a service their councils share.</summary>
/// <param name="A">One unit.</param>
/// <param name="B">The other unit.</param>
/// <param name="Weight">How much it matters to keep it.</param>
public readonly record struct Tie(int A, int B, double Weight);

/// <summary>One value for each group, from columns by unit. Formulas in docs/methods/exact-grouping.md.</summary>
public static class GroupMeasures
{
    /// <summary>The sum of a column over each group.</summary>
    public static double[] Sums(ReadOnlySpan<ulong> groups, ReadOnlySpan<double> column)
    {
        var sums = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            for (var units = groups[i]; units != 0; units &= units - 1)
            {
                sums[i] += column[BitOperations.TrailingZeroCount(units)];
            }
        }

        return sums;
    }

    /// <summary>The share by which each group's sum differs from the mean of <paramref name="groupCount"/> groups: |sum - mean| / mean. Throws <see cref="ArgumentException"/> where the column sums to nothing.</summary>
    public static double[] Deviations(ReadOnlySpan<ulong> groups, ReadOnlySpan<double> column, int groupCount)
    {
        var total = 0.0;
        foreach (var value in column)
        {
            total += value;
        }

        if (!(total > 0))
        {
            throw new ArgumentException("A column must have a positive sum to be balanced.", nameof(column));
        }

        var mean = total / groupCount;
        var values = Sums(groups, column);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - mean) / mean;
        }

        return values;
    }

    /// <summary>The largest straight distance between the centroids of two units of each group; 0 for a single unit. In the unit of the coordinates.</summary>
    public static double[] Diameters(ReadOnlySpan<ulong> groups, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var values = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            var largest = 0.0;
            for (var first = groups[i]; first != 0; first &= first - 1)
            {
                var a = BitOperations.TrailingZeroCount(first);
                for (var second = first & (first - 1); second != 0; second &= second - 1)
                {
                    var b = BitOperations.TrailingZeroCount(second);
                    var (dx, dy) = (x[a] - x[b], y[a] - y[b]);
                    largest = Math.Max(largest, (dx * dx) + (dy * dy));
                }
            }

            values[i] = Math.Sqrt(largest);
        }

        return values;
    }

    /// <summary>Kilometres of border between units of the same group.</summary>
    public static double[] InternalBorders(ReadOnlySpan<ulong> groups, UnitGraph graph) => BorderKm(groups, graph, static (a, b) => a && b);

    /// <summary>Kilometres of border between units of the group and other units; a plan's total counts each such border from both sides.</summary>
    public static double[] ExternalBorders(ReadOnlySpan<ulong> groups, UnitGraph graph) => BorderKm(groups, graph, static (a, b) => a != b);

    /// <summary>The sum over a group's units of weight times squared distance to the group's weighted centroid.</summary>
    public static double[] Inertias(ReadOnlySpan<ulong> groups, ReadOnlySpan<double> weight, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var values = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            var (total, sumX, sumY) = (0.0, 0.0, 0.0);
            for (var units = groups[i]; units != 0; units &= units - 1)
            {
                var unit = BitOperations.TrailingZeroCount(units);
                total += weight[unit];
                sumX += weight[unit] * x[unit];
                sumY += weight[unit] * y[unit];
            }

            for (var units = groups[i]; units != 0 && total > 0; units &= units - 1)
            {
                var unit = BitOperations.TrailingZeroCount(units);
                var (dx, dy) = (x[unit] - (sumX / total), y[unit] - (sumY / total));
                values[i] += weight[unit] * ((dx * dx) + (dy * dy));
            }
        }

        return values;
    }

    /// <summary>The weight of the ties both of whose ends are in the group.</summary>
    public static double[] TiesKept(ReadOnlySpan<ulong> groups, IReadOnlyList<Tie> ties)
    {
        ArgumentNullException.ThrowIfNull(ties);
        var values = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var tie in ties)
            {
                var both = (1UL << tie.A) | (1UL << tie.B);
                values[i] += (groups[i] & both) == both ? tie.Weight : 0;
            }
        }

        return values;
    }

    private static double[] BorderKm(ReadOnlySpan<ulong> groups, UnitGraph graph, Func<bool, bool, bool> counts)
    {
        var values = new double[groups.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var border in graph.Borders)
            {
                var (a, b) = ((groups[i] >> border.A & 1) != 0, (groups[i] >> border.B & 1) != 0);
                values[i] += counts(a, b) ? border.Km : 0;
            }
        }

        return values;
    }
}
