using System;
using System.Collections.Generic;
using System.Threading;

namespace Pathfinder.Engine.Siting;

/// <summary>
/// The classic models of where to open sites. Few choices are all tried; otherwise branch and bound, which states a bound and a gap
/// when it is stopped by its limits. Formulas and sources in docs/methods/siting.md.
/// </summary>
public static class SiteSelection
{
    /// <summary>p-median (Hakimi 1964): the <paramref name="p"/> sites with the least sum of weight times distance. Every demand needs a distance to every site.</summary>
    public static SitingSolution Median(SitingModel model, int p, SitingLimits? limits = null, CancellationToken cancel = default)
    {
        Check(model, p);
        var cost = new double[model.DemandCount * model.SiteCount];
        for (var demand = 0; demand < model.DemandCount; demand++)
        {
            for (var site = 0; site < model.SiteCount; site++)
            {
                cost[(demand * model.SiteCount) + site] = model.Weights[demand] == 0 ? 0 : model.Weights[demand] * model.DistancesFrom(demand)[site];
            }
        }

        var chosen = Cheapest(cost, model, p, limits ?? new SitingLimits(), double.NegativeInfinity, onlyEnough: false, cancel);
        var value = model.WeightedDistance(chosen.Open);
        return chosen with { Value = value, Bound = chosen.Proven ? value : chosen.Bound };
    }

    /// <summary>Maximal covering (Church and ReVelle 1974): the <paramref name="p"/> sites with the most weight within a radius.</summary>
    public static SitingSolution MaximalCovering(SitingModel model, int p, double radius, SitingLimits? limits = null, CancellationToken cancel = default)
    {
        Check(model, p);
        var chosen = Cheapest(CoverCosts(model, radius, model.Weights), model, p, limits ?? new SitingLimits(), 0, onlyEnough: false, cancel);
        var all = 0.0;
        foreach (var weight in model.Weights)
        {
            all += weight;
        }

        var value = model.Covered(chosen.Open, radius);
        return chosen with { Value = value, Bound = chosen.Proven ? value : all - chosen.Bound };
    }

    /// <summary>p-centre (Hakimi 1964): the <paramref name="p"/> sites with the least largest distance, by bisection over the distances that occur (Minieka 1970).</summary>
    public static SitingSolution Centre(SitingModel model, int p, SitingLimits? limits = null, CancellationToken cancel = default)
    {
        Check(model, p);
        var radii = new SortedSet<double>();
        for (var demand = 0; demand < model.DemandCount; demand++)
        {
            foreach (var distance in model.DistancesFrom(demand))
            {
                if (double.IsFinite(distance))
                {
                    radii.Add(distance);
                }
            }
        }

        var levels = new double[radii.Count];
        radii.CopyTo(levels);
        var (low, high, nodes) = (0, levels.Length - 1, 0L);
        var (proven, method) = (true, "enumeration");
        var bound = 0.0;
        int[]? best = null;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var cover = CoverWith(model, p, levels[middle], limits ?? new SitingLimits(), cancel);
            nodes += cover.Nodes;
            method = cover.Method == "enumeration" ? method : "branch and bound";
            if (cover.Value == 0)
            {
                best = cover.Open;
                high = Array.BinarySearch(levels, model.LargestDistance(best)) - 1;
            }
            else
            {
                if (cover.Proven)
                {
                    bound = middle + 1 < levels.Length ? levels[middle + 1] : levels[middle];
                }

                proven &= cover.Proven;
                low = middle + 1;
            }
        }

        if (best is null)
        {
            best = CoverWith(model, p, double.MaxValue, limits ?? new SitingLimits(), cancel).Open;
        }

        var value = model.LargestDistance(best);
        return new SitingSolution(best, value, proven ? value : bound, proven, proven ? method : "search with bound", nodes);
    }

    /// <summary>
    /// Set covering (Toregas and others 1971): the fewest sites that leave no demand beyond a radius; null where even all sites do.
    /// The value is the number of sites.
    /// </summary>
    public static SitingSolution? SetCovering(SitingModel model, double radius, SitingLimits? limits = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var all = new int[model.SiteCount];
        for (var site = 0; site < all.Length; site++)
        {
            all[site] = site;
        }

        if (model.LargestDistance(all) > radius)
        {
            return null;
        }

        SitingSolution? best = null;
        var (low, high, nodes, proven) = (1, model.SiteCount, 0L, true);
        while (low <= high)
        {
            var p = best is null ? Math.Min(high, GreedyCover(model, radius)) : high;
            var cover = CoverWith(model, p, radius, limits ?? new SitingLimits(), cancel);
            nodes += cover.Nodes;
            if (cover.Value == 0)
            {
                best = cover;
                high = p - 1;
            }
            else
            {
                proven &= cover.Proven;
                low = p + 1;
            }
        }

        var count = best!.Open.Length;
        var bound = count;
        for (var proof = proven; !proof && bound > 1;)
        {
            bound--;
            proof = CoverWith(model, bound, radius, limits ?? new SitingLimits(), cancel) is { Proven: true, Value: > 0 };
            bound += proof ? 1 : 0;
        }

        return best with { Value = count, Bound = bound, Proven = proven, Nodes = nodes, Method = proven ? best.Method : "search with bound" };
    }

    private static int GreedyCover(SitingModel model, double radius)
    {
        var left = new HashSet<int>();
        for (var demand = 0; demand < model.DemandCount; demand++)
        {
            left.Add(demand);
        }

        var count = 0;
        for (; left.Count > 0; count++)
        {
            var (best, most) = (0, -1);
            for (var site = 0; site < model.SiteCount; site++)
            {
                var covers = 0;
                foreach (var demand in left)
                {
                    covers += model.DistancesFrom(demand)[site] <= radius ? 1 : 0;
                }

                (best, most) = covers > most ? (site, covers) : (best, most);
            }

            var chosen = best;
            left.RemoveWhere(demand => model.DistancesFrom(demand)[chosen] <= radius);
        }

        return count;
    }

    // Whether p sites can leave no demand uncovered: 0 if so, and otherwise some larger number.
    private static SitingSolution CoverWith(SitingModel model, int p, double radius, SitingLimits limits, CancellationToken cancel)
    {
        var ones = new double[model.DemandCount];
        Array.Fill(ones, 1);
        return Cheapest(CoverCosts(model, radius, ones), model, p, limits, 0, onlyEnough: true, cancel);
    }

    private static double[] CoverCosts(SitingModel model, double radius, ReadOnlySpan<double> weights)
    {
        var cost = new double[model.DemandCount * model.SiteCount];
        for (var demand = 0; demand < model.DemandCount; demand++)
        {
            var distances = model.DistancesFrom(demand);
            for (var site = 0; site < model.SiteCount; site++)
            {
                cost[(demand * model.SiteCount) + site] = distances[site] <= radius ? 0 : weights[demand];
            }
        }

        return cost;
    }

    private static SitingSolution Cheapest(double[] cost, SitingModel model, int p, SitingLimits limits, double enough, bool onlyEnough, CancellationToken cancel)
    {
        if (Choices.Count(model.SiteCount, p) <= limits.Enumerated)
        {
            return Choices.Cheapest(cost, model.DemandCount, p, enough, cancel);
        }

        var tree = new MedianTree(cost, model.DemandCount, p, enough, onlyEnough, limits, cancel);
        tree.Run();
        return new SitingSolution(tree.Best, tree.Upper, tree.Lower, tree.Finished, tree.Finished ? "branch and bound" : "search with bound", tree.Nodes);
    }

    private static void Check(SitingModel model, int p)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, model.SiteCount);
    }
}
