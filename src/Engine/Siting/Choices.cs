using System;
using System.Threading;

namespace Pathfinder.Engine.Siting;

/// <summary>Tries every choice of p columns, carrying each row's least cost down the tree of choices.</summary>
internal static class Choices
{
    /// <summary>How many choices there are; at most 2^62.</summary>
    public static long Count(int columns, int p)
    {
        var count = UInt128.One;
        for (var i = 0; i < Math.Min(p, columns - p); i++)
        {
            count = count * (UInt128)(columns - i) / (UInt128)(i + 1);
            if (count > (UInt128)(1L << 62))
            {
                return 1L << 62;
            }
        }

        return (long)count;
    }

    public static SitingSolution Cheapest(double[] cost, int rows, int p, double enough, CancellationToken cancel)
    {
        var columns = cost.Length / rows;
        var byColumn = new double[columns][];
        for (var column = 0; column < columns; column++)
        {
            byColumn[column] = new double[rows];
            for (var row = 0; row < rows; row++)
            {
                byColumn[column][row] = cost[(row * columns) + column];
            }
        }

        var least = new double[p + 1][];
        for (var depth = 0; depth <= p; depth++)
        {
            least[depth] = new double[rows];
        }

        Array.Fill(least[0], double.PositiveInfinity);
        var choice = new int[p];
        var (best, bestCost, tried) = (Array.Empty<int>(), double.PositiveInfinity, 0L);

        void Choose(int depth, int from)
        {
            for (var column = from; column <= columns - (p - depth) && bestCost > enough; column++)
            {
                choice[depth] = column;
                var sum = 0.0;
                var (before, after, own) = (least[depth], least[depth + 1], byColumn[column]);
                for (var row = 0; row < rows; row++)
                {
                    after[row] = Math.Min(before[row], own[row]);
                    sum += after[row];
                }

                if (depth + 1 < p)
                {
                    cancel.ThrowIfCancellationRequested();
                    Choose(depth + 1, column + 1);
                }
                else
                {
                    tried++;
                    if (sum < bestCost || best.Length == 0)
                    {
                        (best, bestCost) = ((int[])choice.Clone(), sum);
                    }
                }
            }
        }

        Choose(0, 0);
        return new SitingSolution(best, bestCost, bestCost, true, "enumeration", tried);
    }
}
