namespace Pathfinder.Analysis.Effects;

/// <summary>The difference of two independent proportions.</summary>
/// <param name="First">The first proportion.</param>
/// <param name="Second">The second.</param>
/// <param name="Difference">First less second: interval by Newcombe's hybrid score method, error unpooled, p by the pooled z test.</param>
public sealed record ProportionDifference(double First, double Second, EffectEstimate Difference);

/// <summary>Comparison of two proportions (Newcombe 1998, Statistics in Medicine 17(8), method 10, without continuity correction).</summary>
public static class TwoProportions
{
    /// <summary>Compares x1 of n1 with x2 of n2. Throws <see cref="ArgumentException"/> when either is not a proportion.</summary>
    public static ProportionDifference Compare(double x1, double n1, double x2, double n2)
    {
        if (!(n1 > 0) || !(n2 > 0) || !(x1 >= 0 && x1 <= n1) || !(x2 >= 0 && x2 <= n2))
        {
            throw new ArgumentException($"{x1} of {n1} and {x2} of {n2} are not two proportions.", nameof(x1));
        }

        var p1 = x1 / n1;
        var p2 = x2 / n2;
        var difference = p1 - p2;
        var (l1, u1) = Wilson(p1, n1);
        var (l2, u2) = Wilson(p2, n2);
        var lower = difference - Math.Sqrt(((p1 - l1) * (p1 - l1)) + ((u2 - p2) * (u2 - p2)));
        var upper = difference + Math.Sqrt(((u1 - p1) * (u1 - p1)) + ((p2 - l2) * (p2 - l2)));
        var se = Math.Sqrt((p1 * (1 - p1) / n1) + (p2 * (1 - p2) / n2));
        var pooled = (x1 + x2) / (n1 + n2);
        var spread = Math.Sqrt(pooled * (1 - pooled) * ((1 / n1) + (1 / n2)));
        double? p = spread > 0 ? Math.Min(1, 2 * Distributions.NormalTail(Math.Abs(difference) / spread)) : null;
        return new ProportionDifference(p1, p2, new EffectEstimate(difference, se, lower, upper, p));
    }

    /// <summary>Wilson's 95% score interval of a proportion (1927).</summary>
    internal static (double Lower, double Upper) Wilson(double p, double n)
    {
        const double z = Distributions.Z975;
        var middle = ((2 * n * p) + (z * z)) / (2 * (n + (z * z)));
        var half = z * Math.Sqrt((z * z) + (4 * n * p * (1 - p))) / (2 * (n + (z * z)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
