namespace Pathfinder.Analysis.Control;

/// <summary>
/// The chart of individual values and moving ranges (Wheeler): limits at the mean ± 2.66 mean moving ranges, 2.66 being
/// 3 / d2 with d2 = 1.128 for ranges of two.
/// </summary>
public static class XmrChart
{
    /// <summary>3 / 1.128, rounded as Making Data Count and NHSRplotthedots use it.</summary>
    public const double LimitFactor = 2.66;

    /// <summary>Moving ranges of this many mean moving ranges or more are screened out, once (D4 for ranges of two).</summary>
    public const double ScreenFactor = 3.267;

    /// <summary>Draws the chart. Throws <see cref="ArgumentException"/> for an empty series, a value that is not a number, or an empty segment.</summary>
    /// <param name="values">The values in order of time.</param>
    /// <param name="segments">Where limits start afresh; one segment when null.</param>
    /// <param name="screen">Whether unusually large moving ranges are left out of the mean of ranges.</param>
    public static ControlChart Draw(ReadOnlySpan<double> values, IReadOnlyList<Segment>? segments = null, bool screen = true)
    {
        Require.Finite(values);
        var points = new ChartPoint[values.Length];
        var summaries = new List<SegmentSummary>();
        foreach (var (start, end, baseline) in Segments.Of(values.Length, segments))
        {
            var stretch = values[start..end];
            var (centre, half) = Limits(values.Slice(start, baseline), screen);
            var rules = ChartRules.Apply(stretch, centre, half);
            for (var i = start; i < end; i++)
            {
                points[i] = new ChartPoint(values[i], centre, centre - half, centre + half, summaries.Count, rules[i - start].Rules, rules[i - start].Direction);
            }

            summaries.Add(new SegmentSummary(start, end - start, baseline, RunTest.About(stretch, centre)));
        }

        return new ControlChart(points, summaries);
    }

    /// <summary>
    /// The centre and the distance to a limit: mean and 2.66 × mean moving range. A single value has no range and gives a
    /// distance of zero.
    /// </summary>
    public static (double Centre, double Half) Limits(ReadOnlySpan<double> values, bool screen)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = MeanRange(values, double.PositiveInfinity);
        return (sum / values.Length, LimitFactor * (screen ? MeanRange(values, ScreenFactor * mean) : mean));
    }

    private static double MeanRange(ReadOnlySpan<double> values, double below)
    {
        var sum = 0.0;
        var count = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var range = Math.Abs(values[i] - values[i - 1]);
            if (range < below)
            {
                sum += range;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
