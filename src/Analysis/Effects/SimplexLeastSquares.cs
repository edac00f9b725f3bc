namespace Pathfinder.Analysis.Effects;

/// <summary>
/// Weights on the simplex that minimise ‖Σ wⱼ aⱼ − b‖² + ρ‖w‖²: an exact quadratic programme by an active set, in the manner
/// of Lawson and Hanson's non-negative least squares (Solving Least Squares Problems, chapter 23), with the sum held at one by
/// elimination. Ends at a point that satisfies the optimality conditions, not at a number of iterations.
/// </summary>
public static class SimplexLeastSquares
{
    private const double Tolerance = 1e-12;

    // From this share of the columns' size on, the penalty makes normal equations as exact as a factorisation of the columns.
    private const double WellConditioned = 1e-4;

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

        // Weights sum to one, so the target can be taken from every column: a level that all share, however large, then costs no digits.
        var a = intercept ? [.. columns.Select(Centred)] : columns.Select(column => column.Select((value, t) => value - target[t]).ToArray()).ToList();
        var b = intercept ? Centred(target) : new double[target.Length];
        var start = 0;
        for (var j = 1; j < a.Count; j++)
        {
            start = Distance(a[j], b) < Distance(a[start], b) ? j : start;
        }

        var weights = new double[a.Count];
        weights[start] = 1;
        var free = new List<int> { start };
        var scale = a.Max(column => column.Sum(x => x * x)) + ridge;
        IObjective objective = ridge >= WellConditioned * scale ? new NormalEquations(a, b, ridge) : new Columns(a, b, ridge);
        var barred = new HashSet<int>();
        for (var round = 0; round < 50 * a.Count; round++)
        {
            var entering = Entering(objective.Slopes(weights, free), free, barred, Tolerance * scale);
            if (entering < 0)
            {
                return weights;
            }

            free.Add(entering);
            var before = (double[])weights.Clone();
            Settle(objective, weights, free);
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
    private static int Entering(double[] slopes, List<int> free, HashSet<int> barred, double tolerance)
    {
        var best = -1;
        var steepest = free.Average(j => slopes[j]) - tolerance;
        for (var j = 0; j < slopes.Length; j++)
        {
            if (slopes[j] < steepest && !free.Contains(j) && !barred.Contains(j))
            {
                (best, steepest) = (j, slopes[j]);
            }
        }

        return best;
    }

    // Moves to the optimum over the free columns, dropping each that would turn negative on the way.
    private static void Settle(IObjective objective, double[] weights, List<int> free)
    {
        while (true)
        {
            var optimum = objective.Optimum(free);
            var step = 1.0;
            for (var i = 0; i < free.Count; i++)
            {
                if (optimum[i] < 0)
                {
                    step = Math.Min(step, weights[free[i]] / (weights[free[i]] - optimum[i]));
                }
            }

            var leaving = false;
            for (var i = 0; i < free.Count; i++)
            {
                var moved = weights[free[i]] + (step * (optimum[i] - weights[free[i]]));
                if (optimum[i] < 0 && moved <= 1e-15)
                {
                    moved = 0;
                    leaving = true;
                }

                weights[free[i]] = moved;
            }

            if (step >= 1)
            {
                return;
            }

            free.RemoveAll(j => weights[j] == 0 && free.Count > 1);
            if (!leaving)
            {
                return;
            }
        }
    }

    private interface IObjective
    {
        /// <summary>Half the gradient.</summary>
        double[] Slopes(double[] weights, List<int> free);

        /// <summary>The best weights over the free columns that sum to one, negative ones allowed.</summary>
        double[] Optimum(List<int> free);
    }

    private sealed class NormalEquations : IObjective
    {
        private readonly double[,] _gram;
        private readonly double[] _target;

        public NormalEquations(IReadOnlyList<double[]> a, double[] b, double ridge)
        {
            _gram = new double[a.Count, a.Count];
            _target = [.. a.Select(column => Dot(column, b))];
            for (var i = 0; i < a.Count; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    _gram[i, j] = _gram[j, i] = Dot(a[i], a[j]) + (i == j ? ridge : 0);
                }
            }
        }

        public double[] Slopes(double[] weights, List<int> free)
        {
            var slopes = new double[_target.Length];
            for (var i = 0; i < slopes.Length; i++)
            {
                slopes[i] = -_target[i];
                foreach (var j in free)
                {
                    slopes[i] += _gram[i, j] * weights[j];
                }
            }

            return slopes;
        }

        // w = G⁻¹c + μ G⁻¹1 with μ such that the weights sum to one.
        public double[] Optimum(List<int> free)
        {
            var k = free.Count;
            var factor = new double[k][];
            var x = new double[k];
            var y = new double[k];
            for (var i = 0; i < k; i++)
            {
                var row = factor[i] = new double[i + 1];
                for (var j = 0; j <= i; j++)
                {
                    var sum = _gram[free[i], free[j]];
                    var other = factor[j];
                    for (var m = 0; m < j; m++)
                    {
                        sum -= row[m] * other[m];
                    }

                    row[j] = i == j ? Math.Sqrt(sum) : sum / other[j];
                }

                double sumX = _target[free[i]], sumY = 1;
                for (var j = 0; j < i; j++)
                {
                    sumX -= row[j] * x[j];
                    sumY -= row[j] * y[j];
                }

                x[i] = sumX / row[i];
                y[i] = sumY / row[i];
            }

            for (var i = k - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < k; j++)
                {
                    x[i] -= factor[j][i] * x[j];
                    y[i] -= factor[j][i] * y[j];
                }

                x[i] /= factor[i][i];
                y[i] /= factor[i][i];
            }

            var excess = (x.Sum() - 1) / y.Sum();
            return [.. x.Select((value, i) => value - (excess * y[i]))];
        }
    }

    private sealed class Columns(IReadOnlyList<double[]> a, double[] b, double ridge) : IObjective
    {
        public double[] Slopes(double[] weights, List<int> free)
        {
            var residual = new double[b.Length];
            for (var row = 0; row < b.Length; row++)
            {
                residual[row] = -b[row];
                foreach (var j in free)
                {
                    residual[row] += weights[j] * a[j][row];
                }
            }

            return [.. a.Select((column, j) => Dot(column, residual) + (ridge * weights[j]))];
        }

        // Least squares over the free columns with weights that sum to one: the first is one less the others.
        public double[] Optimum(List<int> free)
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

    private static double Dot(double[] column, double[] residual)
    {
        var sum = 0.0;
        for (var row = 0; row < residual.Length; row++)
        {
            sum += column[row] * residual[row];
        }

        return sum;
    }
}
