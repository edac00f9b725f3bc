namespace Pathfinder.Analysis.Power;

/// <summary>The noise of a series before a pilot: what a minimum detectable effect is computed from.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Sigma">Its standard deviation (N − 1).</param>
/// <param name="Autocorrelation">Its lag 1 autocorrelation r₁ = Σ(yₜ − ȳ)(yₜ₋₁ − ȳ) / Σ(yₜ − ȳ)²; 0 for a constant series.</param>
public sealed record SeriesNoise(double Mean, double Sigma, double Autocorrelation)
{
    /// <summary>Measures a series, such as the gap between area and comparator. Throws <see cref="ArgumentException"/> for fewer than two values.</summary>
    public static SeriesNoise Of(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            throw new ArgumentException("The noise of a series needs two values.", nameof(values));
        }

        var mean = values.Average();
        double squares = 0, products = 0;
        for (var t = 0; t < values.Count; t++)
        {
            squares += (values[t] - mean) * (values[t] - mean);
            products += t == 0 ? 0 : (values[t] - mean) * (values[t - 1] - mean);
        }

        return new SeriesNoise(mean, Math.Sqrt(squares / (values.Count - 1)), squares == 0 ? 0 : products / squares);
    }
}
