namespace Pathfinder.Analysis.Effects;

/// <summary>
/// Weights on the simplex that minimise ‖Σ wⱼ aⱼ − b‖² + ρ‖w‖²: an exact quadratic programme by an active set, in the manner
/// of Lawson and Hanson's non-negative least squares (Solving Least Squares Problems, chapter 23), with the sum held at one by
/// elimination. Ends at a point that satisfies the optimality conditions, not at a number of iterations.
/// </summary>
public static class SimplexLeastSquares
{
    private const double Tolerance = 1e-12;

    /// <summary>Solves for the weights, one a column. Throws <see cref="ArgumentException"/> without columns.</summary>
    /// <param name="columns">The columns a, each as long as the target.</param>
    /// <param name="target">The target b.</param>
    /// <param name="ridge">ρ, at least 0.</param>
    /// <param name="intercept">Whether a free constant is fitted beside the weights: columns and target are centred.</param>
    public static double[] Solve(IReadOnlyList<double[]> columns, double[] target, double ridge, bool intercept)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("Weights need at least one column.", nameof(columns));
        }

        var a = intercept ? [.. columns.Select(Centred)] : columns;
        var b = intercept ? Centred(target) : target;
        var start = 0;
        for (var j = 1; j < a.Count; j++)
        {
            start = Distance(a[j], b) < Distance(a[start], b) ? j : start;
        }

        var weights = new double[a.Count];
        weights[start] = 1;
        var free = new List<int> { start };
        var scale = a.Max(column => column.Sum(x => x * x)) + ridge;
        var barred = new HashSet<int>();
        for (var round = 0; round < 50 * a.Count; round++)
        {
            var entering = Entering(a, b, ridge, weights, free, barred, Tolerance * scale);
            if (entering < 0)
            {
                return weights;
            }

            free.Add(entering);
            var before = (double[])weights.Clone();
            Settle(a, b, ridge, weights, free);
            if (weights[entering] <= 0 && before.AsSpan().SequenceEqual(weights))
            {
                // Rounding made it look worth while; without the bar it would be chosen again for ever.
                barred.Add(entering);
            }
            else
            {
                barred.Clear();
            }
        }

        throw new InvalidOperationException("The active set did not settle.");
    }

    // The column whose weight would lower the objective fastest, by its multiplier; −1 at the optimum.
    private static int Entering(IReadOnlyList<double[]> a, double[] b, double ridge, double[] weights, List<int> free, HashSet<int> barred, double tolerance)
    {
        var residual = new double[b.Length];
        for (var row = 0; row < b.Length; row++)
        {
            residual[row] = -b[row];
        }

        foreach (var j in free)
        {
            for (var row = 0; row < b.Length; row++)
            {
                residual[row] += weights[j] * a[j][row];
            }
        }

        var level = free.Average(j => Slope(a[j], residual) + (ridge * weights[j]));
        var best = -1;
        var steepest = level - tolerance;
        for (var j = 0; j < a.Count; j++)
        {
            if (!free.Contains(j) && !barred.Contains(j))
            {
                var slope = Slope(a[j], residual);
                if (slope < steepest)
                {
                    (best, steepest) = (j, slope);
                }
            }
        }

        return best;
    }

    // Moves to the optimum over the free columns, dropping each that would turn negative on the way.
    private static void Settle(IReadOnlyList<double[]> a, double[] b, double ridge, double[] weights, List<int> free)
    {
        while (true)
        {
            var optimum = Unconstrained(a, b, ridge, free);
            var step = 1.0;
            for (var i = 0; i < free.Count; i++)
            {
                if (optimum[i] < 0)
                {
                    step = Math.Min(step, weights[free[i]] / (weights[free[i]] - optimum[i]));
                }
            }

            var leaving = -1;
            for (var i = 0; i < free.Count; i++)
            {
                var moved = weights[free[i]] + (step * (optimum[i] - weights[free[i]]));
                if (optimum[i] < 0 && moved <= 1e-15)
                {
                    moved = 0;
                    leaving = i;
                }

                weights[free[i]] = moved;
            }

            if (step >= 1)
            {
                return;
            }

            free.RemoveAll(j => weights[j] == 0 && free.Count > 1);
            if (leaving < 0)
            {
                return;
            }
        }
    }

    // Least squares over the free columns with weights that sum to one: the first is one less the others.
    private static double[] Unconstrained(IReadOnlyList<double[]> a, double[] b, double ridge, List<int> free)
    {
        var rows = b.Length;
        var others = free.Count - 1;
        var weights = new double[free.Count];
        weights[0] = 1;
        if (others == 0)
        {
            return weights;
        }

        var root = Math.Sqrt(ridge);
        var length = rows + (ridge > 0 ? free.Count : 0);
        var target = new double[length];
        var reference = a[free[0]];
        for (var row = 0; row < rows; row++)
        {
            target[row] = b[row] - reference[row];
        }

        var columns = new double[others][];
        for (var j = 0; j < others; j++)
        {
            var column = columns[j] = new double[length];
            for (var row = 0; row < rows; row++)
            {
                column[row] = a[free[j + 1]][row] - reference[row];
            }

            if (ridge > 0)
            {
                column[rows] = root;
                column[rows + 1 + j] = root;
            }
        }

        if (ridge > 0)
        {
            target[rows] = root;
        }

        var fit = LeastSquares.Fit(columns, target);
        for (var j = 0; j < others; j++)
        {
            weights[j + 1] = double.IsNaN(fit.Coefficients[j]) ? 0 : fit.Coefficients[j];
            weights[0] -= weights[j + 1];
        }

        return weights;
    }

    private static double[] Centred(double[] column)
    {
        var mean = column.Average();
        return [.. column.Select(value => value - mean)];
    }

    private static double Distance(double[] column, double[] target)
    {
        var sum = 0.0;
        for (var row = 0; row < target.Length; row++)
        {
            sum += (column[row] - target[row]) * (column[row] - target[row]);
        }

        return sum;
    }

    private static double Slope(double[] column, double[] residual)
    {
        var sum = 0.0;
        for (var row = 0; row < residual.Length; row++)
        {
            sum += column[row] * residual[row];
        }

        return sum;
    }
}
