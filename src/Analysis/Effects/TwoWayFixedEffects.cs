namespace Pathfinder.Analysis.Effects;

/// <summary>A regressor over a panel, by unit and time.</summary>
internal sealed record Regressor(string Name, Func<int, int, double> At);

/// <summary>
/// Least squares with unit and time effects. On a balanced panel both are taken out exactly by subtracting unit and time
/// means (Frisch–Waugh–Lovell); otherwise units by their means and times by indicator columns, which is exact too.
/// Covariance is robust to dependence within units (Liang and Zeger 1986) with the factor G/(G − 1) · (N − 1)/(N − K), where K
/// counts regressors and time effects but not unit effects, because they are nested in the clusters (as fixest does).
/// </summary>
internal sealed class TwoWayFixedEffects
{
    private readonly LeastSquares _fit;
    private readonly double[,] _covariance;

    private TwoWayFixedEffects(LeastSquares fit, double[,] covariance, int observations, int clusters)
    {
        _fit = fit;
        _covariance = covariance;
        Observations = observations;
        Clusters = clusters;
    }

    public int Observations { get; }

    public int Clusters { get; }

    public double Coefficient(int regressor) => _fit.Coefficients[regressor];

    /// <summary>Whether a regressor varies beyond unit and time effects and the regressors before it.</summary>
    public bool Identified(int regressor) => _fit.IndexOfKept(regressor) >= 0;

    public EffectEstimate Estimate(int regressor)
    {
        var place = _fit.IndexOfKept(regressor);
        return Clusters < 2
            ? new EffectEstimate(Coefficient(regressor))
            : EffectEstimate.Student(Coefficient(regressor), Math.Sqrt(_covariance[place, place]), Clusters - 1);
    }

    /// <summary>Covariance of two regressors.</summary>
    public double Covariance(int a, int b) => _covariance[_fit.IndexOfKept(a), _fit.IndexOfKept(b)];

    public static TwoWayFixedEffects Fit(Panel panel, IReadOnlyList<Regressor> regressors, Func<int, int, bool>? use = null)
    {
        var rows = new List<(int Unit, int Time)>();
        for (var unit = 0; unit < panel.Units.Count; unit++)
        {
            for (var time = 0; time < panel.Times.Count; time++)
            {
                if (double.IsFinite(panel.Outcome[unit, time]) && (use?.Invoke(unit, time) ?? true) && regressors.All(r => double.IsFinite(r.At(unit, time))))
                {
                    rows.Add((unit, time));
                }
            }
        }

        var balanced = rows.Count == panel.Units.Count * panel.Times.Count;
        var outcome = rows.Select(row => panel.Outcome[row.Unit, row.Time]).ToArray();
        var columns = regressors.Select(r => rows.Select(row => r.At(row.Unit, row.Time)).ToArray()).ToList();
        if (!balanced)
        {
            var seen = rows.Select(row => row.Time).Distinct().Order().ToList();
            columns.AddRange(seen.Skip(1).Select(time => rows.Select(row => row.Time == time ? 1.0 : 0.0).ToArray()));
        }

        var scales = columns.Select(column => Math.Sqrt(column.Sum(x => x * x))).ToArray();
        foreach (var column in columns.Append(outcome))
        {
            SubtractMeans(column, rows, row => row.Unit, panel.Units.Count);
            if (balanced)
            {
                SubtractMeans(column, rows, row => row.Time, panel.Times.Count);
            }
        }

        var fit = LeastSquares.Fit(columns, outcome, scales);
        var times = rows.Select(row => row.Time).Distinct().Count();
        var k = fit.Kept.Count(j => j < regressors.Count) + times;
        var clusters = rows.Select(row => row.Unit).Distinct().Count();
        var covariance = Clustered(fit, columns, rows, panel.Units.Count);
        var factor = clusters / (clusters - 1.0) * (rows.Count - 1.0) / (rows.Count - k);
        for (var i = 0; i < covariance.GetLength(0); i++)
        {
            for (var j = 0; j < covariance.GetLength(1); j++)
            {
                covariance[i, j] *= factor;
            }
        }

        return new TwoWayFixedEffects(fit, covariance, rows.Count, clusters);
    }

    private static void SubtractMeans(double[] column, List<(int Unit, int Time)> rows, Func<(int Unit, int Time), int> group, int groups)
    {
        var sums = new double[groups];
        var counts = new int[groups];
        for (var i = 0; i < column.Length; i++)
        {
            sums[group(rows[i])] += column[i];
            counts[group(rows[i])]++;
        }

        for (var i = 0; i < column.Length; i++)
        {
            column[i] -= sums[group(rows[i])] / counts[group(rows[i])];
        }
    }

    private static double[,] Clustered(LeastSquares fit, List<double[]> columns, List<(int Unit, int Time)> rows, int units)
    {
        var rank = fit.Kept.Count;
        var scores = new double[units, rank];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var j = 0; j < rank; j++)
            {
                scores[rows[row].Unit, j] += columns[fit.Kept[j]][row] * fit.Residuals[row];
            }
        }

        var meat = new double[rank, rank];
        for (var unit = 0; unit < units; unit++)
        {
            for (var i = 0; i < rank; i++)
            {
                for (var j = 0; j < rank; j++)
                {
                    meat[i, j] += scores[unit, i] * scores[unit, j];
                }
            }
        }

        return Sandwich(fit.CrossProductInverse, meat);
    }

    /// <summary>B M B for a symmetric bread B.</summary>
    internal static double[,] Sandwich(double[,] bread, double[,] meat)
    {
        var half = Multiply(bread, meat);
        return Multiply(half, bread);
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        var product = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < b.GetLength(1); j++)
            {
                for (var k = 0; k < b.GetLength(0); k++)
                {
                    product[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return product;
    }
}
