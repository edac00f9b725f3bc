using System.Runtime.CompilerServices;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Response;

/// <summary>A distribution of time in seconds: a scale times a drawn number, rounded to whole seconds.</summary>
public readonly struct Duration
{
    private const double Longest = 1 << 24;
    private readonly double _scale;
    private readonly QuantileTable? _shape;

    private Duration(double scale, QuantileTable? shape)
    {
        _scale = scale;
        _shape = shape;
    }

    /// <summary>Takes no time.</summary>
    public static Duration None => default;

    /// <summary>Whether it always takes no time.</summary>
    public bool IsNone => _scale == 0;

    /// <summary>Always the same, in seconds.</summary>
    public static Duration Deterministic(double seconds) => seconds > 0 ? new(seconds, null) : default;

    /// <summary>Exponential with a mean in seconds.</summary>
    public static Duration Exponential(double mean) => mean > 0 ? new(mean, QuantileTable.Exponential) : default;

    /// <summary>
    /// Lognormal with a mean in seconds: the logarithm has mean ln(mean) − σ²/2 and standard deviation σ. Distributions of one
    /// σ may share its table.
    /// </summary>
    public static Duration Lognormal(double mean, double logSigma, QuantileTable? table = null) =>
        mean > 0 ? new(mean * Elementary.Exp(-0.5 * logSigma * logSigma), table ?? QuantileTable.Lognormal(logSigma)) : default;

    /// <summary>
    /// A mixture of two exponentials with a mean in seconds and a squared coefficient of variation of 1 or more.
    /// </summary>
    public static Duration Hyperexponential(double mean, double squaredVariation) =>
        mean > 0 ? new(mean, QuantileTable.Hyperexponential(squaredVariation)) : default;

    /// <summary>The whole seconds drawn for one purpose; at most 2^24 (194 days).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sample(RandomStream stream, int purpose) => Of(_shape is null ? 0 : stream.Bits(purpose));

    /// <summary>The whole seconds that 64 random bits choose; at most 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(ulong bits)
    {
        var seconds = _shape is null ? _scale : _scale * _shape.Draw(bits);
        return double.ConvertToIntegerNative<int>((seconds < Longest ? seconds : Longest) + 0.5);
    }
}
