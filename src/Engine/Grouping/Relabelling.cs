using System.Numerics;

namespace Pathfinder.Engine.Grouping;

/// <summary>
/// A breadth-first order of the units. Plans are built by always covering the lowest uncovered unit, so the fewer covered units
/// touch uncovered ones at any moment, the fewer different states there are; of all starts the one with the narrowest frontier is taken.
/// </summary>
internal sealed class Relabelling
{
    private Relabelling(int[] order, int width)
    {
        Order = order;
        Width = width;
    }

    /// <summary>The user's unit at each new position.</summary>
    public int[] Order { get; }

    /// <summary>The largest number of covered units that touch uncovered ones when units are covered in this order.</summary>
    public int Width { get; }

    public static Relabelling Of(UnitGraph graph)
    {
        Relabelling? best = null;
        var bestTotal = 0;
        for (var start = 0; start < graph.Count; start++)
        {
            var order = BreadthFirst(graph, start);
            var (width, total) = Frontier(graph, order);
            if (best is null || width < best.Width || (width == best.Width && total < bestTotal))
            {
                best = new Relabelling(order, width);
                bestTotal = total;
            }
        }

        return best!;
    }

    /// <summary>A set of the user's units from a set of new positions.</summary>
    public ulong ToUnits(ulong positions)
    {
        ulong units = 0;
        for (; positions != 0; positions &= positions - 1)
        {
            units |= 1UL << Order[BitOperations.TrailingZeroCount(positions)];
        }

        return units;
    }

    /// <summary>The same graph by new positions.</summary>
    public UnitGraph Apply(UnitGraph graph)
    {
        var position = new int[graph.Count];
        for (var i = 0; i < Order.Length; i++)
        {
            position[Order[i]] = i;
        }

        var borders = new Border[graph.Borders.Length];
        for (var i = 0; i < borders.Length; i++)
        {
            var border = graph.Borders[i];
            borders[i] = new Border(position[border.A], position[border.B], border.Km);
        }

        return new UnitGraph(graph.Count, borders);
    }

    private static int[] BreadthFirst(UnitGraph graph, int start)
    {
        var order = new int[graph.Count];
        var (head, tail) = (0, 0);
        var seen = 0UL;
        while (tail < graph.Count)
        {
            if (head == tail)
            {
                var next = tail == 0 ? start : BitOperations.TrailingZeroCount(graph.All & ~seen);
                seen |= 1UL << next;
                order[tail++] = next;
            }

            var unit = order[head++];
            for (var fresh = graph.NeighboursOf(unit) & ~seen; fresh != 0; fresh &= fresh - 1)
            {
                var next = BitOperations.TrailingZeroCount(fresh);
                seen |= 1UL << next;
                order[tail++] = next;
            }
        }

        return order;
    }

    private static (int Width, int Total) Frontier(UnitGraph graph, int[] order)
    {
        var (width, total, covered) = (0, 0, 0UL);
        foreach (var unit in order)
        {
            covered |= 1UL << unit;
            var touching = 0;
            for (var rest = covered; rest != 0; rest &= rest - 1)
            {
                if ((graph.NeighboursOf(BitOperations.TrailingZeroCount(rest)) & ~covered) != 0)
                {
                    touching++;
                }
            }

            width = width > touching ? width : touching;
            total += touching;
        }

        return (width, total);
    }
}
