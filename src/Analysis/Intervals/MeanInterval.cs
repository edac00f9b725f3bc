using MathNet.Numerics.Distributions;

namespace Pathfinder.Analysis.Intervals;

/// <summary>A mean with its standard error, a two-sided interval and, for a difference, the p of no difference.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Se">Standard error; null with fewer than two values.</param>
/// <param name="Lower">Lower end; null likewise.</param>
/// <param name="Upper">Upper end; null likewise.</param>
/// <param name="P">Two-sided p of a mean of zero; null likewise.</param>
/// <param name="N">How many values.</param>
public readonly record struct MeanInterval(double Mean, double? Se, double? Lower, double? Upper, double? P, int N)
{
    /// <summary>
    /// Student's interval of the mean of independent values: mean ± t(n−1, (1+level)/2) s/√n (Law, Simulation Modeling and
    /// Analysis, 5th ed., 4.5). Null when there is no value. The values are summed in their order.
    /// </summary>
    public static MeanInterval? Of(IReadOnlyList<double> values, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        var n = values.Count;
        if (n == 0)
        {
            return null;
        }

        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / n;
        if (n == 1)
        {
            return new MeanInterval(mean, null, null, null, null, 1);
        }

        double squares = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var se = Math.Sqrt(squares / (n - 1) / n);
        var half = Quantile(n - 1, level) * se;
        var p = se > 0 ? TwoSided(mean / se, n - 1) : mean == 0 ? 1 : 0;
        return new MeanInterval(mean, se, mean - half, mean + half, p, n);
    }

    /// <summary>
    /// The interval of the mean difference of values that belong together, b − a pair by pair (Law, 10.2.1). Pairs of which
    /// either is missing are left out. Throws <see cref="ArgumentException"/> when the lists differ in length.
    /// </summary>
    public static MeanInterval? OfDifferences(IReadOnlyList<double?> a, IReadOnlyList<double?> b, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count != b.Count)
        {
            throw new ArgumentException("Paired values must be equally many.", nameof(b));
        }

        var differences = new List<double>(a.Count);
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] is { } from && b[i] is { } to)
            {
                differences.Add(to - from);
            }
        }

        return Of(differences, level);
    }

    /// <summary>
    /// The interval of the difference of two independent means, b − a, without equal variances (Welch 1947; degrees of
    /// freedom by Satterthwaite). Null when either list is empty.
    /// </summary>
    public static MeanInterval? OfIndependent(IReadOnlyList<double> a, IReadOnlyList<double> b, double level = 0.95)
    {
        if (Of(a, level) is not { } first || Of(b, level) is not { } second)
        {
            return null;
        }

        var difference = second.Mean - first.Mean;
        if (first.Se is not { } sa || second.Se is not { } sb)
        {
            return new MeanInterval(difference, null, null, null, null, 1);
        }

        var (va, vb) = (sa * sa, sb * sb);
        var se = Math.Sqrt(va + vb);
        if (se == 0)
        {
            return new MeanInterval(difference, 0, difference, difference, difference == 0 ? 1 : 0, first.N + second.N);
        }

        var freedom = (va + vb) * (va + vb) / ((va * va / (first.N - 1)) + (vb * vb / (second.N - 1)));
        var half = Quantile(freedom, level) * se;
        var p = TwoSided(difference / se, freedom);
        return new MeanInterval(difference, se, difference - half, difference + half, p, first.N + second.N);
    }

    // The library's last digits depend on the processor's mathematics; ten decimals do not, and are plenty.
    private static double Quantile(double freedom, double level) => Math.Round(StudentT.InvCDF(0, 1, freedom, (1 + level) / 2), 10);

    private static double TwoSided(double t, double freedom) => Math.Round(2 * StudentT.CDF(0, 1, freedom, -Math.Abs(t)), 10);
}
