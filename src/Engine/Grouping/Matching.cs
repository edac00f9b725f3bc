using System;
using System.Collections.Generic;
using System.Numerics;

namespace Pathfinder.Engine.Grouping;

/// <summary>Matches the groups of two plans so that they overlap most.</summary>
public static class Matching
{
    /// <summary>For each group of the first plan, the matched group of the second, or -1. Kuhn's method with potentials (Jonker and Volgenant 1987), cubic in the number of groups.</summary>
    public static int[] MostOverlap(IReadOnlyList<ulong> a, IReadOnlyList<ulong> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var n = Math.Max(a.Count, b.Count);
        var (rowPotential, columnPotential) = (new int[n + 1], new int[n + 1]);
        var (rowOf, way) = (new int[n + 1], new int[n + 1]);
        for (var row = 1; row <= n; row++)
        {
            rowOf[0] = row;
            var column = 0;
            var slack = new int[n + 1];
            Array.Fill(slack, int.MaxValue);
            var used = new bool[n + 1];
            do
            {
                used[column] = true;
                var (least, next) = (int.MaxValue, 0);
                for (var j = 1; j <= n; j++)
                {
                    if (used[j])
                    {
                        continue;
                    }

                    var reduced = Cost(a, b, rowOf[column] - 1, j - 1) - rowPotential[rowOf[column]] - columnPotential[j];
                    if (reduced < slack[j])
                    {
                        (slack[j], way[j]) = (reduced, column);
                    }

                    if (slack[j] < least)
                    {
                        (least, next) = (slack[j], j);
                    }
                }

                for (var j = 0; j <= n; j++)
                {
                    if (used[j])
                    {
                        rowPotential[rowOf[j]] += least;
                        columnPotential[j] -= least;
                    }
                    else
                    {
                        slack[j] -= least;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            for (; column != 0; column = way[column])
            {
                rowOf[column] = rowOf[way[column]];
            }
        }

        var match = new int[a.Count];
        for (var j = 1; j <= n; j++)
        {
            if (rowOf[j] <= a.Count)
            {
                match[rowOf[j] - 1] = j <= b.Count ? j - 1 : -1;
            }
        }

        return match;
    }

    private static int Cost(IReadOnlyList<ulong> a, IReadOnlyList<ulong> b, int row, int column) =>
        row < a.Count && column < b.Count ? -BitOperations.PopCount(a[row] & b[column]) : 0;
}
