using MathNet.Numerics.Distributions;

namespace Pathfinder.Analysis.Effects;

/// <summary>Whether an effect lies above a bound: non-inferiority where the bound is minus a margin, superiority where it is what must be exceeded.</summary>
public static class OneSidedTest
{
    /// <summary>
    /// The p of "the effect is at most the bound": P(T ≥ (estimate − bound)/se), T Student's on the degrees given, normal without. At or
    /// below 0.025 the whole two-sided 95% interval lies above the bound. Throws <see cref="ArgumentOutOfRangeException"/> unless se is above 0.
    /// </summary>
    public static double Above(double estimate, double bound, double se, int? degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(se);
        var distance = (estimate - bound) / se;
        return degrees is { } free ? StudentT.CDF(0, 1, free, -distance) : Distributions.NormalTail(distance);
    }
}
