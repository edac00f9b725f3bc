namespace Pathfinder.Analysis.Effects;

/// <summary>A log-linear model of counts.</summary>
/// <param name="Coefficients">Coefficients on the log scale; not a number for a dropped column.</param>
/// <param name="StandardErrors">Their errors, widened by √dispersion where asked.</param>
/// <param name="Dispersion">Pearson χ² / (N − K): 1 for counts that vary as Poisson counts do.</param>
/// <param name="Fitted">Expected counts.</param>
public sealed record PoissonFit(IReadOnlyList<double> Coefficients, IReadOnlyList<double> StandardErrors, double Dispersion, IReadOnlyList<double> Fitted);

/// <summary>Poisson and quasi-Poisson regression by iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear Models, section 2.5).</summary>
public static class PoissonRegression
{
    /// <summary>Fits log μ = offset + Xβ. Throws <see cref="ArgumentException"/> for negative counts, or when the fit does not converge.</summary>
    /// <param name="columns">The regressors.</param>
    /// <param name="counts">The counts.</param>
    /// <param name="offset">Logarithm of the exposure, one a row; zeros when null.</param>
    /// <param name="quasi">Whether errors are widened by √dispersion.</param>
    public static PoissonFit Fit(IReadOnlyList<double[]> columns, double[] counts, double[]? offset, bool quasi)
    {
        if (counts.Any(count => count < 0 || !double.IsFinite(count)))
        {
            throw new ArgumentException("Counts must be zero or more.", nameof(counts));
        }

        var n = counts.Length;
        var fitted = counts.Select(count => count + 0.1).ToArray();
        var linear = fitted.Select(mu => Math.Log(mu)).ToArray();
        var deviance = double.PositiveInfinity;
        for (var round = 0; round < 100; round++)
        {
            var weighted = columns.Select(column => Enumerable.Range(0, n).Select(row => column[row] * Math.Sqrt(fitted[row])).ToArray()).ToList();
            var working = new double[n];
            for (var row = 0; row < n; row++)
            {
                working[row] = (linear[row] - (offset?[row] ?? 0) + ((counts[row] - fitted[row]) / fitted[row])) * Math.Sqrt(fitted[row]);
            }

            var fit = LeastSquares.Fit(weighted, working);
            for (var row = 0; row < n; row++)
            {
                linear[row] = offset?[row] ?? 0;
                foreach (var j in fit.Kept)
                {
                    linear[row] += columns[j][row] * fit.Coefficients[j];
                }

                fitted[row] = Math.Exp(linear[row]);
            }

            var next = 2 * counts.Select((y, row) => (y > 0 ? y * Math.Log(y / fitted[row]) : 0) - (y - fitted[row])).Sum();
            if (Math.Abs(next - deviance) < 1e-12 * (Math.Abs(next) + 0.1))
            {
                var pearson = counts.Select((y, row) => (y - fitted[row]) * (y - fitted[row]) / fitted[row]).Sum();
                var dispersion = pearson / (n - fit.Kept.Count);
                var errors = columns.Select((_, j) => fit.IndexOfKept(j) is var place and >= 0
                    ? Math.Sqrt(fit.CrossProductInverse[place, place] * (quasi ? dispersion : 1))
                    : double.NaN).ToList();
                return new PoissonFit(fit.Coefficients, errors, dispersion, fitted);
            }

            deviance = next;
        }

        throw new ArgumentException("The Poisson regression did not converge.", nameof(counts));
    }
}
