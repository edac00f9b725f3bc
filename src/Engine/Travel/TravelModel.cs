using System;
using System.Runtime.CompilerServices;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Travel;

/// <summary>
/// Seconds of a journey = (intercept(grade) + metres × slope(grade, density of the destination) × factor(grade, hour of day))
/// × exp(σ Z), with Z standard normal for each incident and unit.
/// </summary>
public sealed class TravelModel
{
    private readonly double[] _intercept;
    private readonly double[] _slope;
    private readonly double[] _hourFactor;
    private readonly int _densities;
    private readonly byte[] _zoneDensity;
    private readonly double _sigma;

    /// <summary>
    /// Builds the model: intercepts in seconds by grade, slopes in seconds a metre [grade × densities + density], factors
    /// [grade × 24 + hour], the density of each zone, and σ. Throws <see cref="ArgumentException"/> when sizes disagree.
    /// </summary>
    public TravelModel(double[] intercept, double[] slope, double[] hourFactor, int densities, byte[] zoneDensity, double sigma)
    {
        if (slope.Length != intercept.Length * densities || hourFactor.Length != intercept.Length * 24)
        {
            throw new ArgumentException("Every grade needs a slope for each density and a factor for each hour.", nameof(slope));
        }

        _intercept = intercept;
        _slope = slope;
        _hourFactor = hourFactor;
        _densities = densities;
        _zoneDensity = zoneDensity;
        _sigma = sigma;
    }

    /// <summary>Whole seconds of one journey of one unit to one incident; the residual is read from the stream's purpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Seconds(int grade, double metres, int zone, int hourOfDay, RandomStream stream, int purpose)
    {
        var seconds = Expected(grade, metres, zone, hourOfDay);
        if (_sigma > 0 && seconds > 0)
        {
            seconds *= Elementary.Exp(_sigma * stream.Normal(purpose));
        }

        return (int)(seconds + 0.5);
    }

    /// <summary>Whole seconds of an unhurried journey (the last grade's speed, no turn-out, no residual).</summary>
    public int SecondsUnhurried(double metres, int zone, int hourOfDay)
    {
        var grade = _intercept.Length - 1;
        return (int)(Expected(grade, metres, zone, hourOfDay) - _intercept[grade] + 0.5);
    }

    private double Expected(int grade, double metres, int zone, int hourOfDay) =>
        _intercept[grade] + (metres * _slope[(grade * _densities) + _zoneDensity[zone]] * _hourFactor[(grade * 24) + hourOfDay]);
}
