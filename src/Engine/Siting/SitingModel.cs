using System;

namespace Pathfinder.Engine.Siting;

/// <summary>Demand, candidate sites and the distances between them.</summary>
public sealed class SitingModel
{
    private readonly double[] _weight;
    private readonly double[] _distance;

    /// <summary>
    /// Takes weights by demand (0 or more) and distances by demand, then site (0 or more; positive infinity where a site cannot serve).
    /// Throws <see cref="ArgumentException"/> when the lengths do not fit.
    /// </summary>
    public SitingModel(ReadOnlySpan<double> weight, ReadOnlySpan<double> distance)
    {
        if (weight.Length == 0 || distance.Length == 0 || distance.Length % weight.Length != 0)
        {
            throw new ArgumentException("Distances are needed from every demand to every site.", nameof(distance));
        }

        _weight = weight.ToArray();
        _distance = distance.ToArray();
        DemandCount = weight.Length;
        SiteCount = distance.Length / weight.Length;
    }

    /// <summary>How many places of demand there are.</summary>
    public int DemandCount { get; }

    /// <summary>How many candidate sites there are.</summary>
    public int SiteCount { get; }

    /// <summary>The weight of each demand.</summary>
    public ReadOnlySpan<double> Weights => _weight;

    /// <summary>The distances from a demand to each site.</summary>
    public ReadOnlySpan<double> DistancesFrom(int demand) => _distance.AsSpan(demand * SiteCount, SiteCount);

    /// <summary>The nearest of the open sites to a demand, the first of equals; -1 where none can serve.</summary>
    public int NearestOf(int demand, ReadOnlySpan<int> open)
    {
        var (nearest, least) = (-1, double.PositiveInfinity);
        var distances = DistancesFrom(demand);
        foreach (var site in open)
        {
            if (distances[site] < least)
            {
                (nearest, least) = (site, distances[site]);
            }
        }

        return nearest;
    }

    /// <summary>The sum over demand of weight times distance to the nearest open site.</summary>
    public double WeightedDistance(ReadOnlySpan<int> open)
    {
        var sum = 0.0;
        for (var demand = 0; demand < DemandCount; demand++)
        {
            var nearest = NearestOf(demand, open);
            sum += _weight[demand] == 0 ? 0 : nearest < 0 ? double.PositiveInfinity : _weight[demand] * DistancesFrom(demand)[nearest];
        }

        return sum;
    }

    /// <summary>The largest distance from a demand to its nearest open site.</summary>
    public double LargestDistance(ReadOnlySpan<int> open)
    {
        var largest = 0.0;
        for (var demand = 0; demand < DemandCount; demand++)
        {
            var nearest = NearestOf(demand, open);
            largest = Math.Max(largest, nearest < 0 ? double.PositiveInfinity : DistancesFrom(demand)[nearest]);
        }

        return largest;
    }

    /// <summary>The weight of demand with an open site within a radius.</summary>
    public double Covered(ReadOnlySpan<int> open, double radius)
    {
        var sum = 0.0;
        for (var demand = 0; demand < DemandCount; demand++)
        {
            sum += CoverCount(demand, open, radius) > 0 ? _weight[demand] : 0;
        }

        return sum;
    }

    /// <summary>
    /// The expected weight of demand that finds a free unit within a radius when each unit is busy with the same probability,
    /// independently (Daskin 1983): the sum of weight x (1 - busy^k), k units within the radius. A site may stand several times.
    /// </summary>
    public double ExpectedCovered(ReadOnlySpan<int> units, double radius, double busy)
    {
        var sum = 0.0;
        for (var demand = 0; demand < DemandCount; demand++)
        {
            var allBusy = 1.0;
            for (var k = CoverCount(demand, units, radius); k > 0; k--)
            {
                allBusy *= busy;
            }

            sum += _weight[demand] * (1 - allBusy);
        }

        return sum;
    }

    private int CoverCount(int demand, ReadOnlySpan<int> open, double radius)
    {
        var count = 0;
        var distances = DistancesFrom(demand);
        foreach (var site in open)
        {
            count += distances[site] <= radius ? 1 : 0;
        }

        return count;
    }
}
