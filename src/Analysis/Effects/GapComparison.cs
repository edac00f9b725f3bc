namespace Pathfinder.Analysis.Effects;

/// <summary>A comparison of the gap between one area and its comparator, before and after.</summary>
/// <param name="Effect">Mean gap after less mean gap before, with Student's t on n − 2 degrees of freedom.</param>
/// <param name="Sigma">Standard deviation of the gap about its two means, N − 2.</param>
/// <param name="Autocorrelation">Lag 1 autocorrelation within the two stretches; never below 0, so that it only widens.</param>
/// <param name="Degrees">Degrees of freedom.</param>
public sealed record GapComparisonResult(EffectEstimate Effect, double Sigma, double Autocorrelation, int Degrees);

/// <summary>
/// One area and one comparator give no error across units; how the gap moves from time to time gives one along time. The standard
/// error is σ √(1/m_before + 1/m_after) √((1 + ρ)/(1 − ρ)), the same formula that <c>DetectableEffect</c> plans with. It rests on the
/// gap having gone on about one level but for the change, and covers only chance from time to time, not another shock at the date.
/// </summary>
public static class GapComparison
{
    /// <summary>Largest autocorrelation allowed for; above it so few times say nothing.</summary>
    public const double MostAutocorrelation = 0.9;

    /// <summary>The comparison. Throws <see cref="ArgumentException"/> with fewer than two times before, none after or fewer than four in all.</summary>
    /// <param name="before">Area less comparator at the times before, in order.</param>
    /// <param name="after">The same after.</param>
    public static GapComparisonResult Estimate(IReadOnlyList<double> before, IReadOnlyList<double> after)
    {
        if (before.Count < 2 || after.Count < 1 || before.Count + after.Count < 4)
        {
            throw new ArgumentException("An interval along time needs two times before, one after and four in all.", nameof(before));
        }

        double squares = 0, products = 0;
        foreach (var stretch in new[] { before, after })
        {
            var mean = stretch.Average();
            for (var t = 0; t < stretch.Count; t++)
            {
                squares += (stretch[t] - mean) * (stretch[t] - mean);
                products += t == 0 ? 0 : (stretch[t] - mean) * (stretch[t - 1] - mean);
            }
        }

        var degrees = before.Count + after.Count - 2;
        var sigma = Math.Sqrt(squares / degrees);
        var rho = squares == 0 ? 0 : Math.Clamp(products / squares, 0, MostAutocorrelation);
        var se = sigma * Math.Sqrt((1.0 / before.Count) + (1.0 / after.Count)) * Math.Sqrt((1 + rho) / (1 - rho));
        return new GapComparisonResult(EffectEstimate.Student(after.Average() - before.Average(), se, degrees), sigma, rho, degrees);
    }
}
