namespace Pathfinder.Analysis.Effects;

/// <summary>
/// Ordinary least squares by Householder reflections (Golub and Van Loan, Matrix Computations, section 5.3). A column that is
/// a combination of those before it is dropped, as R's <c>lm</c> does.
/// </summary>
public sealed class LeastSquares
{
    private const double CollinearityTolerance = 1e-7;

    private LeastSquares(double[] coefficients, double[] residuals, int[] kept, double[,] inverse)
    {
        Coefficients = coefficients;
        Residuals = residuals;
        Kept = kept;
        CrossProductInverse = inverse;
    }

    /// <summary>One coefficient a column; not a number for a dropped column.</summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Outcome minus fit, one a row.</summary>
    public IReadOnlyList<double> Residuals { get; }

    /// <summary>Indices of the columns that were kept.</summary>
    public IReadOnlyList<int> Kept { get; }

    /// <summary>(X'X)⁻¹ over the kept columns, in their order.</summary>
    public double[,] CrossProductInverse { get; }

    /// <summary>Sum of squared residuals.</summary>
    public double ResidualSumOfSquares => Residuals.Sum(residual => residual * residual);

    /// <summary>Residual variance with N − K degrees of freedom.</summary>
    public double ResidualVariance => ResidualSumOfSquares / (Residuals.Count - Kept.Count);

    /// <summary>Classical standard error of the coefficient of a column; not a number for a dropped column.</summary>
    public double StandardError(int column)
    {
        var place = IndexOfKept(column);
        return place < 0 ? double.NaN : Math.Sqrt(ResidualVariance * CrossProductInverse[place, place]);
    }

    /// <summary>Place of a column among the kept ones; −1 for a dropped column.</summary>
    public int IndexOfKept(int column)
    {
        for (var i = 0; i < Kept.Count; i++)
        {
            if (Kept[i] == column)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Fits an outcome on columns.</summary>
    /// <param name="columns">The regressors, each as long as the outcome; an intercept is a column of ones.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="scales">The length each column had before effects were taken out of it, to judge what is left of it; its own length when null.</param>
    /// <exception cref="ArgumentException">A column is not as long as the outcome.</exception>
    public static LeastSquares Fit(IReadOnlyList<double[]> columns, double[] outcome, IReadOnlyList<double>? scales = null)
    {
        var rows = outcome.Length;
        var work = new List<double[]>(columns.Count);
        var heads = new List<double>(columns.Count);
        var kept = new List<int>(columns.Count);
        for (var j = 0; j < columns.Count; j++)
        {
            if (columns[j].Length != rows)
            {
                throw new ArgumentException($"Column {j} has {columns[j].Length} rows, the outcome {rows}.", nameof(columns));
            }

            var column = (double[])columns[j].Clone();
            var scale = scales?[j] ?? Norm(column, 0);
            for (var done = 0; done < work.Count; done++)
            {
                Reflect(work[done], done, column);
            }

            var norm = work.Count < rows ? Norm(column, work.Count) : 0;
            if (norm <= CollinearityTolerance * scale)
            {
                continue;
            }

            var pivot = work.Count;
            var head = column[pivot] > 0 ? -norm : norm;
            column[pivot] -= head;
            work.Add(column);
            heads.Add(head);
            kept.Add(j);
        }

        var rotated = (double[])outcome.Clone();
        for (var done = 0; done < work.Count; done++)
        {
            Reflect(work[done], done, rotated);
        }

        var rank = kept.Count;
        var inverseR = InverseOfTriangle(work, heads);
        var coefficients = new double[columns.Count];
        Array.Fill(coefficients, double.NaN);
        for (var i = 0; i < rank; i++)
        {
            coefficients[kept[i]] = 0;
        }

        for (var i = rank - 1; i >= 0; i--)
        {
            var sum = rotated[i];
            for (var j = i + 1; j < rank; j++)
            {
                sum -= work[j][i] * coefficients[kept[j]];
            }

            coefficients[kept[i]] = sum / heads[i];
        }

        var residuals = (double[])outcome.Clone();
        foreach (var j in kept)
        {
            for (var row = 0; row < rows; row++)
            {
                residuals[row] -= columns[j][row] * coefficients[j];
            }
        }

        var inverse = new double[rank, rank];
        for (var i = 0; i < rank; i++)
        {
            for (var j = 0; j < rank; j++)
            {
                for (var k = Math.Max(i, j); k < rank; k++)
                {
                    inverse[i, j] += inverseR[i, k] * inverseR[j, k];
                }
            }
        }

        return new LeastSquares(coefficients, residuals, [.. kept], inverse);
    }

    // The part of a worked column above its pivot is R; from the pivot down it is the reflector.
    private static void Reflect(double[] reflector, int pivot, double[] target)
    {
        double dot = 0, length = 0;
        for (var i = pivot; i < target.Length; i++)
        {
            dot += reflector[i] * target[i];
            length += reflector[i] * reflector[i];
        }

        var factor = 2 * dot / length;
        for (var i = pivot; i < target.Length; i++)
        {
            target[i] -= factor * reflector[i];
        }
    }

    private static double Norm(double[] column, int from)
    {
        var sum = 0.0;
        for (var i = from; i < column.Length; i++)
        {
            sum += column[i] * column[i];
        }

        return Math.Sqrt(sum);
    }

    private static double[,] InverseOfTriangle(List<double[]> work, List<double> heads)
    {
        var rank = heads.Count;
        var inverse = new double[rank, rank];
        for (var j = 0; j < rank; j++)
        {
            inverse[j, j] = 1 / heads[j];
            for (var i = j - 1; i >= 0; i--)
            {
                var sum = 0.0;
                for (var k = i + 1; k <= j; k++)
                {
                    sum += work[k][i] * inverse[k, j];
                }

                inverse[i, j] = -sum / heads[i];
            }
        }

        return inverse;
    }
}
