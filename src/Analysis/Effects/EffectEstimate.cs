using MathNet.Numerics.Distributions;

namespace Pathfinder.Analysis.Effects;

/// <summary>An estimate with its uncertainty, in the unit of the outcome; what cannot be had honestly is null.</summary>
/// <param name="Estimate">The point estimate.</param>
/// <param name="Se">Its standard error.</param>
/// <param name="Lower">Lower end of the 95% interval.</param>
/// <param name="Upper">Upper end of the 95% interval.</param>
/// <param name="P">Two-sided p value of no effect.</param>
public sealed record EffectEstimate(double Estimate, double? Se = null, double? Lower = null, double? Upper = null, double? P = null)
{
    /// <summary>With a normal reference distribution.</summary>
    public static EffectEstimate Normal(double estimate, double se) => With(estimate, se, x => Distributions.NormalTail(x), Distributions.Z975);

    /// <summary>With Student's t on the given degrees of freedom; without interval when there are none.</summary>
    public static EffectEstimate Student(double estimate, double se, double degrees) =>
        degrees > 0 ? With(estimate, se, x => StudentT.CDF(0, 1, degrees, -x), StudentT.InvCDF(0, 1, degrees, 0.975)) : new EffectEstimate(estimate, se);

    private static EffectEstimate With(double estimate, double se, Func<double, double> tail, double quantile) =>
        se > 0 && double.IsFinite(se)
            ? new EffectEstimate(estimate, se, estimate - (quantile * se), estimate + (quantile * se), Math.Min(1, 2 * tail(Math.Abs(estimate / se))))
            : new EffectEstimate(estimate);
}

/// <summary>Tails and quantiles used all over the room.</summary>
internal static class Distributions
{
    public const double Z975 = 1.959963984540054;

    /// <summary>P(Z &gt; x).</summary>
    public static double NormalTail(double x) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(x / Math.Sqrt(2));

    /// <summary>P(χ²(k) &gt; x).</summary>
    public static double ChiSquaredTail(double x, int degrees) => MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(degrees / 2.0, x / 2);
}
