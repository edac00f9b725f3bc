namespace Pathfinder.Analysis.Control;

/// <summary>
/// Charts of a share with its denominator: the p chart with binomial limits (Shewhart), and Laney's p′ chart (2002, Quality
/// Engineering 14(4)), which widens them by the variation between points that the binomial does not explain.
/// </summary>
public static class ProportionChart
{
    /// <summary>d2 for moving ranges of two.</summary>
    private const double RangeToSigma = 1.128;

    /// <summary>
    /// Draws the chart: centre Σx / Σn of the baseline; limits p̄ ± 3 σz √(p̄(1 − p̄) / n) held within 0 and 1, where σz is
    /// 1 for the p chart and the mean moving range of z over 1.128 for p′. The flag is <c>outside</c>; slow change shows in
    /// the run test of the segment, because the limits differ from point to point. Throws
    /// <see cref="ArgumentException"/> when a pair is not a proportion.
    /// </summary>
    /// <param name="numerators">The counts of successes, in order of time.</param>
    /// <param name="denominators">What they are counted out of.</param>
    /// <param name="laney">Whether to widen the limits by Laney's factor.</param>
    /// <param name="segments">Where limits start afresh; one segment when null.</param>
    public static ControlChart Draw(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, bool laney, IReadOnlyList<Segment>? segments = null)
    {
        Require.Proportions(numerators, denominators);
        var points = new ChartPoint[numerators.Length];
        var summaries = new List<SegmentSummary>();
        var shares = new double[numerators.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = numerators[i] / denominators[i];
        }

        foreach (var (start, end, baseline) in Segments.Of(numerators.Length, segments))
        {
            double successes = 0, trials = 0;
            for (var i = start; i < start + baseline; i++)
            {
                successes += numerators[i];
                trials += denominators[i];
            }

            var centre = successes / trials;
            var widening = laney ? SigmaZ(shares.AsSpan(start, baseline), denominators.Slice(start, baseline), centre) : 1;
            for (var i = start; i < end; i++)
            {
                var half = 3 * widening * Math.Sqrt(centre * (1 - centre) / denominators[i]);
                var outside = shares[i] < centre - half || shares[i] > centre + half;
                points[i] = new ChartPoint(
                    shares[i],
                    centre,
                    Math.Max(0, centre - half),
                    Math.Min(1, centre + half),
                    summaries.Count,
                    outside ? [Flag.Outside] : [],
                    outside ? Math.Sign(shares[i] - centre) : 0);
            }

            summaries.Add(new SegmentSummary(start, end - start, baseline, RunTest.About(shares.AsSpan(start, end - start), centre)));
        }

        return new ControlChart(points, summaries);
    }

    /// <summary>
    /// Laney's factor of a whole series: how many times wider its points vary than the binomial says; above 1 the p′ chart is
    /// the one to draw. Throws <see cref="ArgumentException"/> when a pair is not a proportion.
    /// </summary>
    public static double Widening(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        Require.Proportions(numerators, denominators);
        var shares = new double[numerators.Length];
        double successes = 0, trials = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = numerators[i] / denominators[i];
            successes += numerators[i];
            trials += denominators[i];
        }

        return SigmaZ(shares, denominators, successes / trials);
    }

    /// <summary>Laney's factor: how many times wider the variation between points is than the binomial says; 1 for a single point or a share of 0 or 1.</summary>
    internal static double SigmaZ(ReadOnlySpan<double> shares, ReadOnlySpan<double> denominators, double centre)
    {
        if (shares.Length < 2 || centre is <= 0 or >= 1)
        {
            return 1;
        }

        var sum = 0.0;
        var previous = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            var z = (shares[i] - centre) / Math.Sqrt(centre * (1 - centre) / denominators[i]);
            sum += i == 0 ? 0 : Math.Abs(z - previous);
            previous = z;
        }

        return sum / (shares.Length - 1) / RangeToSigma;
    }
}
