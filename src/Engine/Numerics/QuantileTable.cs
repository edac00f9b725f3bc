using System;
using System.Runtime.CompilerServices;

namespace Pathfinder.Engine.Numerics;

/// <summary>
/// Draws by inversion at the price of one look-up: the quantile function at 1,024 equal steps of probability, with straight
/// lines between, and the function itself in the outer 64ths, where it bends. What the lines add to the mean is below 1 in
/// 100,000 for the exponential, and for the lognormal with a log-sigma up to 1.
/// </summary>
public sealed class QuantileTable
{
    private const int Steps = 1024;
    private const int Outer = Steps / 64;
    private readonly float[] _at = new float[Steps + 1];
    private readonly Shape _shape;
    private readonly double _parameter;

    private QuantileTable(Shape shape, double parameter)
    {
        _shape = shape;
        _parameter = parameter;
        for (var i = Outer; i <= Steps - Outer; i++)
        {
            _at[i] = (float)Exact((double)i / Steps);
        }
    }

    /// <summary>The exponential of mean 1, large where the probability is small.</summary>
    public static QuantileTable Exponential { get; } = new(Shape.Exponential, 0);

    /// <summary>exp(σ Z) with Z standard normal: of median 1.</summary>
    public static QuantileTable Lognormal(double sigma) => new(Shape.Lognormal, sigma);

    /// <summary>
    /// A mixture of two exponentials of mean 1 in all, each with half of the mean (balanced means), whose squared coefficient
    /// of variation is given, 1 or more; large where the probability is small.
    /// </summary>
    public static QuantileTable Hyperexponential(double squaredVariation) =>
        new(Shape.Hyperexponential, (1 + Math.Sqrt((squaredVariation - 1) / (squaredVariation + 1))) / 2);

    /// <summary>The value that 64 random bits choose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Draw(ulong bits)
    {
        var step = (int)(bits >> 54);
        if ((uint)(step - Outer) >= Steps - (2 * Outer))
        {
            return DrawOuter(bits);
        }

        double from = _at[step];
        return from + ((_at[step + 1] - from) * ((uint)(bits >> 22) * (1.0 / 4294967296.0)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double DrawOuter(ulong bits) => Exact(RandomStream.ToUniform(bits));

    private double Exact(double u) => _shape switch
    {
        Shape.Lognormal => Elementary.Exp(_parameter * Elementary.NormalQuantile(u)),
        Shape.Hyperexponential => Survivor(u, _parameter),
        _ => -Elementary.Log(u),
    };

    // Where p exp(−2p x) + q exp(−2q x) falls to u, by halving: it lies between the quantiles of the two.
    private static double Survivor(double u, double p)
    {
        var q = 1 - p;
        var log = -Elementary.Log(u);
        double low = log / (2 * p), high = log / (2 * q);
        for (var i = 0; i < 60 && high - low > 1e-9 * high; i++)
        {
            var x = (low + high) / 2;
            if ((p * Elementary.Exp(-2 * p * x)) + (q * Elementary.Exp(-2 * q * x)) > u)
            {
                low = x;
            }
            else
            {
                high = x;
            }
        }

        return (low + high) / 2;
    }

    private enum Shape
    {
        Exponential,
        Lognormal,
        Hyperexponential,
    }
}
