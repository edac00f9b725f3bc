using System;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Geography;

/// <summary>
/// Road distances between zones, stored by destination, so that asking how far many units are from one incident stays in one
/// row of the cache. Sixteen bits a distance, in steps of one metre, or of 2, 4, 8… metres where the force is larger than 65 km.
/// </summary>
public sealed class DistanceMatrix
{
    /// <summary>Mean distance between two random points of a square of side 1 (Mathai 1999): what a journey inside one zone is given.</summary>
    public const double MeanInUnitSquare = 0.5214054331647207;

    private readonly ushort[] _byDestination;

    /// <summary>
    /// Takes metres row-major, row = from, and the zones' areas. A diagonal of zero is replaced by the mean distance inside a
    /// square of the zone's area. Throws <see cref="ArgumentException"/> when sizes disagree or a distance is negative.
    /// </summary>
    public DistanceMatrix(ReadOnlySpan<double> metres, ReadOnlySpan<double> areaKm2)
    {
        Zones = areaKm2.Length;
        if (metres.Length != Zones * Zones)
        {
            throw new ArgumentException("The matrix must have a row and a column for every zone.", nameof(metres));
        }

        double largest = 0;
        foreach (var m in metres)
        {
            largest = m >= 0 ? Math.Max(largest, m) : throw new ArgumentException("A distance is negative or not a number.", nameof(metres));
        }

        var step = 1;
        while (largest > 65_000.0 * step)
        {
            step *= 2;
        }

        MetresPerStep = step;
        _byDestination = new ushort[metres.Length];
        IsZero = true;
        for (var from = 0; from < Zones; from++)
        {
            for (var to = 0; to < Zones; to++)
            {
                var value = metres[(from * Zones) + to];
                if (from == to && value == 0)
                {
                    value = MeanInUnitSquare * 1000 * Math.Sqrt(areaKm2[from]);
                }

                _byDestination[(to * Zones) + from] = (ushort)((value / step) + 0.5);
                IsZero &= value == 0;
            }
        }
    }

    /// <summary>How many zones.</summary>
    public int Zones { get; }

    /// <summary>Whether every distance is 0.</summary>
    public bool IsZero { get; }

    /// <summary>Metres in one step of <see cref="To"/>.</summary>
    public int MetresPerStep { get; }

    /// <summary>Distances in steps from every zone to one destination.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<ushort> To(int zone) => new(_byDestination, zone * Zones, Zones);

    /// <summary>Metres between two zones.</summary>
    public double Metres(int from, int to) => (double)_byDestination[(to * Zones) + from] * MetresPerStep;

    /// <summary>For every zone the nearest zone of a set, by distance and then by index; itself when it belongs to the set.</summary>
    public int[] NearestOf(ReadOnlySpan<bool> members)
    {
        var nearest = new int[Zones];
        for (var from = 0; from < Zones; from++)
        {
            nearest[from] = from;
            if (members[from])
            {
                continue;
            }

            var best = int.MaxValue;
            for (var to = 0; to < Zones; to++)
            {
                var d = members[to] ? _byDestination[(to * Zones) + from] : int.MaxValue;
                if (d < best)
                {
                    best = d;
                    nearest[from] = to;
                }
            }
        }

        return nearest;
    }
}
