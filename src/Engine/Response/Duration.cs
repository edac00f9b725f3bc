using System;
using System.Runtime.CompilerServices;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>The shape of a distribution of time.</summary>
public enum DurationKind : byte
{
    /// <summary>Takes no time.</summary>
    None,

    /// <summary>Always the mean.</summary>
    Deterministic,

    /// <summary>Exponential.</summary>
    Exponential,

    /// <summary>Lognormal, given by its mean and the standard deviation of its logarithm.</summary>
    Lognormal,
}

/// <summary>A distribution of time in seconds, sampled by inversion of one uniform number and rounded to whole seconds.</summary>
public readonly struct Duration
{
    private const double Longest = 1 << 24;
    private readonly DurationKind _kind;
    private readonly double _first;
    private readonly double _sigma;

    private Duration(DurationKind kind, double first, double sigma)
    {
        _kind = kind;
        _first = first;
        _sigma = sigma;
    }

    /// <summary>Takes no time.</summary>
    public static Duration None => default;

    /// <summary>Whether it always takes no time.</summary>
    public bool IsNone => _kind == DurationKind.None;

    /// <summary>Always the same, in seconds.</summary>
    public static Duration Deterministic(double seconds) => seconds > 0 ? new(DurationKind.Deterministic, seconds, 0) : default;

    /// <summary>Exponential with a mean in seconds.</summary>
    public static Duration Exponential(double mean) => mean > 0 ? new(DurationKind.Exponential, mean, 0) : default;

    /// <summary>Lognormal with a mean in seconds: the logarithm has mean ln(mean) − σ²/2 and standard deviation σ.</summary>
    public static Duration Lognormal(double mean, double logSigma) =>
        mean > 0 ? new(DurationKind.Lognormal, Elementary.Log(mean) - (0.5 * logSigma * logSigma), logSigma) : default;

    /// <summary>The whole seconds drawn for one purpose; at most 2^24 (194 days).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sample(RandomStream stream, int purpose)
    {
        double seconds;
        switch (_kind)
        {
            case DurationKind.Exponential: seconds = _first * stream.Exponential(purpose); break;
            case DurationKind.Lognormal: seconds = Elementary.Exp(_first + (_sigma * stream.Normal(purpose))); break;
            case DurationKind.Deterministic: seconds = _first; break;
            default: return 0;
        }

        return (int)(Math.Min(seconds, Longest) + 0.5);
    }
}
