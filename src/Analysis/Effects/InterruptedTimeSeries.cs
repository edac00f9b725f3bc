namespace Pathfinder.Analysis.Effects;

/// <summary>One series with an interruption, at equally spaced times.</summary>
/// <param name="Outcome">Values or counts in order of time; not a number where missing or in a transition window.</param>
/// <param name="Interruption">Index of the first time after the interruption.</param>
/// <param name="Exposure">What counts are out of (population, calls), one a time; null for none.</param>
public sealed record InterruptedSeries(IReadOnlyList<double> Outcome, int Interruption, IReadOnlyList<double>? Exposure = null);

/// <summary>What is fitted to an interrupted series.</summary>
/// <param name="SlopeChange">Whether the trend may change, beside the level.</param>
/// <param name="Harmonics">Pairs of sine and cosine for the season; 0 for none.</param>
/// <param name="Period">Times in a season.</param>
/// <param name="FirstSeason">Place of the first time in its season, from 1 (the month of the year).</param>
public sealed record InterruptionModel(bool SlopeChange = true, int Harmonics = 0, int Period = 12, int FirstSeason = 1);

/// <summary>Answer of an interrupted time series.</summary>
/// <param name="Level">Change of level at the interruption: in the unit of the outcome, or on the log scale for counts.</param>
/// <param name="Slope">Change of trend per time; null when it was not fitted.</param>
/// <param name="Coefficients">Every coefficient by name.</param>
/// <param name="Lag">Lag of the Newey–West covariance; null for counts.</param>
/// <param name="Dispersion">Dispersion of counts; null for a linear model.</param>
/// <param name="RateRatio">exp(level) with its interval for counts; null for a linear model.</param>
/// <param name="Fitted">Fit at every time, missing ones included; per exposure where there is one.</param>
/// <param name="Counterfactual">The same without the interruption.</param>
public sealed record InterruptionResult(
    EffectEstimate Level,
    EffectEstimate? Slope,
    IReadOnlyList<NamedEstimate> Coefficients,
    int? Lag,
    double? Dispersion,
    EffectEstimate? RateRatio,
    IReadOnlyList<double> Fitted,
    IReadOnlyList<double> Counterfactual);

/// <summary>
/// Segmented regression of one interrupted series (Bernal, Cummins and Gasparrini 2017, International Journal of Epidemiology
/// 46(1)): level, trend, change of level and of trend, season by harmonics.
/// </summary>
public static class InterruptedTimeSeries
{
    /// <summary>The lag ⌊4 (T/100)^(2/9)⌋ of Newey and West (1994).</summary>
    public static int AutomaticLag(int points) => (int)Math.Floor(4 * Math.Pow(points / 100.0, 2 / 9.0));

    /// <summary>
    /// Least squares with Newey–West covariance (1987; Bartlett weights 1 − l/(L + 1)). Throws
    /// <see cref="ArgumentException"/> when a coefficient cannot be told from the others.
    /// </summary>
    /// <param name="series">The series; with exposure, the outcome is divided by it.</param>
    /// <param name="model">What is fitted.</param>
    /// <param name="lag">L; <see cref="AutomaticLag"/> when null.</param>
    /// <param name="smallSample">Whether the covariance is multiplied by N/(N − K).</param>
    public static InterruptionResult Linear(InterruptedSeries series, InterruptionModel model, int? lag = null, bool smallSample = true)
    {
        var rows = Rows(series);
        var design = Design(series, model);
        var columns = design.ConvertAll(column => Array.ConvertAll(rows, row => column.Values[row]));
        var outcome = Array.ConvertAll(rows, row => series.Outcome[row] / (series.Exposure?[row] ?? 1));
        var fit = LeastSquares.Fit(columns, outcome);
        RequireIdentified(design, fit.Kept.Count);
        var used = lag ?? AutomaticLag(rows.Length);
        var covariance = NeweyWest(fit, columns, rows, used, smallSample);
        var degrees = rows.Length - design.Count;
        var estimates = design.Select((column, j) => new NamedEstimate(column.Name, EffectEstimate.Student(fit.Coefficients[j], Math.Sqrt(covariance[j, j]), degrees))).ToList();
        var (fitted, without) = Lines(design, fit.Coefficients, x => x);
        return new InterruptionResult(estimates[2].Estimate, model.SlopeChange ? estimates[3].Estimate : null, estimates, used, null, null, fitted, without);
    }

    /// <summary>Poisson or quasi-Poisson regression with exposure as offset and normal intervals. Throws as <see cref="Linear"/> does.</summary>
    public static InterruptionResult Counts(InterruptedSeries series, InterruptionModel model, bool quasi = true)
    {
        var rows = Rows(series);
        var design = Design(series, model);
        var columns = design.ConvertAll(column => Array.ConvertAll(rows, row => column.Values[row]));
        var offset = series.Exposure is null ? null : Array.ConvertAll(rows, row => Math.Log(series.Exposure[row]));
        var fit = PoissonRegression.Fit(columns, Array.ConvertAll(rows, row => series.Outcome[row]), offset, quasi);
        RequireIdentified(design, fit.Coefficients.Count(c => !double.IsNaN(c)));
        var estimates = design.Select((column, j) => new NamedEstimate(column.Name, EffectEstimate.Normal(fit.Coefficients[j], fit.StandardErrors[j]))).ToList();
        var level = estimates[2].Estimate;
        var ratio = new EffectEstimate(Math.Exp(level.Estimate), null, level.Lower is { } lower ? Math.Exp(lower) : null, level.Upper is { } upper ? Math.Exp(upper) : null, level.P);
        var (fitted, without) = Lines(design, fit.Coefficients, Math.Exp);
        return new InterruptionResult(level, model.SlopeChange ? estimates[3].Estimate : null, estimates, null, fit.Dispersion, ratio, fitted, without);
    }

    // Time runs from 1; the trend after is 0 at the last time before, so that the level is read at the interruption.
    private static List<(string Name, double[] Values)> Design(InterruptedSeries series, InterruptionModel model)
    {
        var all = Enumerable.Range(0, series.Outcome.Count).ToArray();
        var design = new List<(string, double[])>
        {
            ("intercept", Array.ConvertAll(all, _ => 1.0)),
            ("trend", Array.ConvertAll(all, t => t + 1.0)),
            ("level change", Array.ConvertAll(all, t => t >= series.Interruption ? 1.0 : 0.0)),
        };
        if (model.SlopeChange)
        {
            design.Add(("trend change", Array.ConvertAll(all, t => Math.Max(0.0, t - series.Interruption + 1))));
        }

        for (var pair = 1; pair <= model.Harmonics; pair++)
        {
            var angle = 2 * Math.PI * pair / model.Period;
            design.Add(($"sine {pair}", Array.ConvertAll(all, t => Math.Sin(angle * (t + model.FirstSeason)))));
            design.Add(($"cosine {pair}", Array.ConvertAll(all, t => Math.Cos(angle * (t + model.FirstSeason)))));
        }

        return design;
    }

    private static int[] Rows(InterruptedSeries series) => [.. Enumerable.Range(0, series.Outcome.Count).Where(t => double.IsFinite(series.Outcome[t]))];

    private static void RequireIdentified(List<(string Name, double[] Values)> design, int kept)
    {
        if (kept < design.Count)
        {
            throw new ArgumentException("The series is too short before or after the interruption to tell level, trend and season apart.", nameof(design));
        }
    }

    private static double[,] NeweyWest(LeastSquares fit, List<double[]> columns, int[] rows, int lag, bool smallSample)
    {
        var n = rows.Length;
        var k = columns.Count;
        var meat = new double[k, k];
        for (var a = 0; a < n; a++)
        {
            for (var b = a; b < n && rows[b] - rows[a] <= lag; b++)
            {
                var weight = (1 - ((rows[b] - rows[a]) / (lag + 1.0))) * fit.Residuals[a] * fit.Residuals[b];
                for (var i = 0; i < k; i++)
                {
                    for (var j = 0; j < k; j++)
                    {
                        meat[i, j] += weight * (a == b
                            ? columns[i][a] * columns[j][a]
                            : (columns[i][a] * columns[j][b]) + (columns[i][b] * columns[j][a]));
                    }
                }
            }
        }

        var covariance = TwoWayFixedEffects.Sandwich(fit.CrossProductInverse, meat);
        var factor = smallSample ? n / (double)(n - k) : 1;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                covariance[i, j] *= factor;
            }
        }

        return covariance;
    }

    private static (double[] Fitted, double[] Without) Lines(List<(string Name, double[] Values)> design, IReadOnlyList<double> coefficients, Func<double, double> link)
    {
        var length = design[0].Values.Length;
        var fitted = new double[length];
        var without = new double[length];
        for (var t = 0; t < length; t++)
        {
            for (var j = 0; j < design.Count; j++)
            {
                var part = coefficients[j] * design[j].Values[t];
                fitted[t] += part;
                without[t] += design[j].Name is "level change" or "trend change" ? 0 : part;
            }

            fitted[t] = link(fitted[t]);
            without[t] = link(without[t]);
        }

        return (fitted, without);
    }
}
