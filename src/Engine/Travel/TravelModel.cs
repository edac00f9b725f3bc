using System;
using System.Runtime.CompilerServices;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Travel;

/// <summary>
/// Seconds of a journey = (intercept(grade) + metres × slope(grade, density of the destination) × factor(grade, hour))
/// × exp(σ Z), with Z standard normal for each incident and unit.
/// </summary>
public sealed class TravelModel
{
    private readonly double[] _intercept;
    private readonly double[] _slope;
    private readonly double[] _hourFactor;
    private readonly int _hours;
    private readonly int _densities;
    private readonly byte[] _zoneDensity;
    private readonly QuantileTable? _residual;

    /// <summary>
    /// Builds the model: intercepts in seconds by grade, slopes in seconds a metre [grade × densities + density], factors
    /// [grade × hours + hour] for 24 hours of the day or 168 of the week, the density of each zone, and σ. Throws
    /// <see cref="ArgumentException"/> when sizes disagree.
    /// </summary>
    public TravelModel(double[] intercept, double[] slope, double[] hourFactor, int densities, byte[] zoneDensity, double sigma)
    {
        _hours = hourFactor.Length == intercept.Length * 168 ? 168 : 24;
        if (slope.Length != intercept.Length * densities || hourFactor.Length != intercept.Length * _hours)
        {
            throw new ArgumentException("Every grade needs a slope for each density and a factor for each hour.", nameof(slope));
        }

        _intercept = intercept;
        _slope = slope;
        _hourFactor = hourFactor;
        _densities = densities;
        _zoneDensity = zoneDensity;
        _residual = sigma > 0 ? QuantileTable.Lognormal(sigma) : null;
        IsNone = true;
        foreach (var seconds in intercept)
        {
            IsNone &= seconds == 0;
        }

        foreach (var seconds in slope)
        {
            IsNone &= seconds == 0;
        }
    }

    /// <summary>Whether no journey takes any time.</summary>
    public bool IsNone { get; }

    /// <summary>Whole seconds of one journey of one unit to one incident; the residual is read from the stream's purpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Seconds(int grade, double metres, int zone, int hourOfWeek, RandomStream stream, int purpose)
    {
        var seconds = Expected(grade, metres, zone, hourOfWeek);
        if (_residual is not null)
        {
            seconds *= _residual.Draw(stream.Bits(purpose));
        }

        return (int)(seconds + 0.5);
    }

    /// <summary>Whole seconds of an unhurried journey (the last grade's speed, no turn-out, no residual).</summary>
    public int SecondsUnhurried(double metres, int zone, int hourOfWeek)
    {
        var grade = _intercept.Length - 1;
        return (int)(Expected(grade, metres, zone, hourOfWeek) - _intercept[grade] + 0.5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Expected(int grade, double metres, int zone, int hourOfWeek) =>
        _intercept[grade] + (metres * _slope[(grade * _densities) + _zoneDensity[zone]] * _hourFactor[(grade * _hours) + (_hours == 24 ? hourOfWeek % 24 : hourOfWeek)]);
}
