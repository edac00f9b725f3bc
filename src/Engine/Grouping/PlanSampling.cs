using System;

namespace Pathfinder.Engine.Grouping;

/// <summary>Plans drawn uniformly, every plan equally likely, the same seed giving the same plans.</summary>
public static class PlanSampling
{
    /// <summary>The numbers of the groups of one drawn plan. Draw <paramref name="index"/> does not depend on the other draws.</summary>
    public static int[] Draw(PlanGraph plans, ulong seed, int index)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var groups = new int[plans.GroupCounts.Count == 1 ? plans.GroupCounts[0] : throw new InvalidOperationException("Choose one number of groups.")];
        var node = plans.Root;
        var place = Below(plans.Count, seed, (ulong)index);
        for (var depth = 0; depth < groups.Length; depth++)
        {
            var arc = plans.FirstArc(node);
            while (place >= plans.CountFrom(plans.ChildOf(arc)))
            {
                place -= plans.CountFrom(plans.ChildOf(arc));
                arc++;
            }

            groups[depth] = plans.GroupOf(arc);
            node = plans.ChildOf(arc);
        }

        return groups;
    }

    // A number below the bound, each equally likely: draws beyond the last whole multiple of the bound are thrown away.
    private static UInt128 Below(UInt128 bound, ulong seed, ulong index)
    {
        var limit = UInt128.MaxValue - (((UInt128.MaxValue % bound) + 1) % bound);
        for (var attempt = 0UL; ; attempt++)
        {
            var key = Mixed(Mixed(seed) ^ (index * 0x9E3779B97F4A7C15UL)) + (attempt * 2);
            var draw = new UInt128(Mixed(key), Mixed(key + 1));
            if (draw <= limit)
            {
                return draw % bound;
            }
        }
    }

    // SplitMix64's finaliser (Steele, Lea and Flood 2014) over a counter.
    private static ulong Mixed(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
