namespace Pathfinder.Analysis.Effects;

/// <summary>What is left of an effect when trends may have parted by up to M times as much as they did before.</summary>
/// <param name="M">Relative size of the violation allowed.</param>
/// <param name="Lower">Lowest average effect compatible with it, sampling error included where it is known.</param>
/// <param name="Upper">Highest.</param>
public sealed record SensitivityBound(double M, double Lower, double Upper);

/// <summary>Sensitivity of an effect to trends that were not parallel.</summary>
/// <param name="LargestStepBefore">Largest change of the gap between neighbouring times before treatment.</param>
/// <param name="Bounds">Bounds at each M asked for.</param>
/// <param name="Breakdown">The M at which zero enters the bounds; 0 when it is inside from the start, infinite when trends never parted before.</param>
public sealed record TrendSensitivityResult(double LargestStepBefore, IReadOnlyList<SensitivityBound> Bounds, double Breakdown);

/// <summary>
/// Relative magnitudes after Rambachan and Roth (2023, Review of Economic Studies 90(5)): from one time to the next after
/// treatment the gap may drift by at most M times its largest step before. The bounds are the identified set widened by the
/// 95% interval of the effect; their own hybrid intervals, which also allow for error in the largest step, are not computed.
/// </summary>
public static class TrendSensitivity
{
    /// <summary>Bounds of the average effect over the times after treatment. Throws <see cref="ArgumentException"/> with fewer than two times before or none after.</summary>
    /// <param name="gapsBefore">Treated less comparison at the times before treatment, in order; an event study's effects, its reference included as 0.</param>
    /// <param name="effect">The average effect over the times after.</param>
    /// <param name="timesAfter">How many times after treatment.</param>
    /// <param name="sizes">The M to bound at.</param>
    public static TrendSensitivityResult Bound(IReadOnlyList<double> gapsBefore, EffectEstimate effect, int timesAfter, IReadOnlyList<double> sizes)
    {
        if (gapsBefore.Count < 2 || timesAfter < 1)
        {
            throw new ArgumentException("Sensitivity to trends needs two times before treatment and one after.", nameof(gapsBefore));
        }

        var step = 0.0;
        for (var t = 1; t < gapsBefore.Count; t++)
        {
            step = Math.Max(step, Math.Abs(gapsBefore[t] - gapsBefore[t - 1]));
        }

        // After h times the gap may have drifted by h steps; their mean over 1..H is (H + 1) / 2 steps.
        var drift = step * (timesAfter + 1) / 2;
        var lower = effect.Lower ?? effect.Estimate;
        var upper = effect.Upper ?? effect.Estimate;
        var nearest = lower > 0 ? lower : upper < 0 ? -upper : 0;
        var breakdown = nearest == 0 ? 0 : drift > 0 ? nearest / drift : double.PositiveInfinity;
        return new TrendSensitivityResult(step, [.. sizes.Select(m => new SensitivityBound(m, lower - (m * drift), upper + (m * drift)))], breakdown);
    }
}
