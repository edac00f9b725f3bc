using System;

namespace Pathfinder.Engine.Staffing;

/// <summary>One grade of work on a command unit, in priority order: the first grade is served first.</summary>
public sealed class GradeLoad
{
    /// <summary>Hours in a week.</summary>
    public const int Hours = 168;

    private readonly double[] _perHour;
    private readonly double[] _travelShares;

    /// <summary>
    /// Takes incidents an hour for each of 168 hours of the week (0 = Monday 00:00), units an incident needs, minutes that each is
    /// held, and the distribution of minutes from a unit's despatch to its arrival: the share in each whole minute, summing to 1.
    /// Throws <see cref="ArgumentException"/> when a length or a sign is wrong.
    /// </summary>
    public GradeLoad(ReadOnlySpan<double> perHour, double units, double heldMinutes, ReadOnlySpan<double> travelShares)
    {
        if (perHour.Length != Hours)
        {
            throw new ArgumentException("A week has 168 hours.", nameof(perHour));
        }

        if (!(units > 0) || !(heldMinutes > 0) || travelShares.Length == 0)
        {
            throw new ArgumentException("Units, minutes and travel times are needed.", nameof(units));
        }

        (Units, HeldMinutes) = (units, heldMinutes);
        _perHour = perHour.ToArray();
        _travelShares = travelShares.ToArray();
    }

    /// <summary>Units that one incident needs, on average.</summary>
    public double Units { get; }

    /// <summary>Minutes that a unit is held by one incident, on average: travel, scene and what follows.</summary>
    public double HeldMinutes { get; }

    /// <summary>Incidents an hour by hour of the week.</summary>
    public ReadOnlySpan<double> PerHour => _perHour;

    /// <summary>Share of journeys that take so many whole minutes (rounded up), the last holding all longer ones.</summary>
    public ReadOnlySpan<double> TravelShares => _travelShares;
}

/// <summary>What a grade should reach.</summary>
/// <param name="Minutes">Minutes from being ready for despatch to arrival.</param>
/// <param name="Share">Share of incidents, 0 to below 1; 0 asks for nothing.</param>
public readonly record struct CrewTarget(double Minutes, double Share);
