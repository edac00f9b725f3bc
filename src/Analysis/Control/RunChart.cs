using MathNet.Numerics;

namespace Pathfinder.Analysis.Control;

/// <summary>
/// The test for unusually long or unusually few runs about a centre line (Anhøj and Olesen 2014, PLoS ONE 9(11) e113825):
/// a longest run above round(log2 n) + 3, or fewer crossings than the 5th percentile of Binomial(n − 1, ½), where n counts
/// the points that do not lie on the line.
/// </summary>
/// <param name="Useful">Points off the line.</param>
/// <param name="LongestRun">Most useful points in succession on one side.</param>
/// <param name="LongestRunLimit">The longest run that chance explains.</param>
/// <param name="Crossings">How often the series crosses the line.</param>
/// <param name="CrossingsLimit">The fewest crossings that chance explains.</param>
public sealed record RunTest(int Useful, int LongestRun, int LongestRunLimit, int Crossings, int CrossingsLimit)
{
    /// <summary>Whether either test signals: the series is not random about its centre.</summary>
    public bool Signals => LongestRun > LongestRunLimit || Crossings < CrossingsLimit;

    /// <summary>Tests a series about a line.</summary>
    public static RunTest About(ReadOnlySpan<double> values, double centre)
    {
        int useful = 0, run = 0, longest = 0, crossings = 0, last = 0;
        foreach (var value in values)
        {
            var side = Math.Sign(value - centre);
            if (side == 0)
            {
                continue;
            }

            useful++;
            run = side == last ? run + 1 : 1;
            crossings += last != 0 && side != last ? 1 : 0;
            longest = Math.Max(longest, run);
            last = side;
        }

        return new RunTest(
            useful,
            longest,
            useful == 0 ? 0 : (int)Math.Round(Math.Log2(useful), MidpointRounding.ToEven) + 3,
            crossings,
            useful < 2 ? 0 : BinomialQuantile(useful - 1));
    }

    // Smallest k with P(X ≤ k) ≥ .05, as R's qbinom gives it.
    private static int BinomialQuantile(int trials)
    {
        var cumulative = 0.0;
        for (var k = 0; k <= trials; k++)
        {
            cumulative += Math.Exp(SpecialFunctions.BinomialLn(trials, k) - (trials * Constants.Ln2));
            if (cumulative >= 0.05 * (1 - 1e-12))
            {
                return k;
            }
        }

        return trials;
    }
}

/// <summary>The run chart: values about their median, with no limits.</summary>
public static class RunChart
{
    /// <summary>Draws the chart; points of a run longer than chance explains carry the flag <c>shift</c>. Throws <see cref="ArgumentException"/> as <see cref="XmrChart.Draw"/> does.</summary>
    /// <param name="values">The values in order of time.</param>
    /// <param name="segments">Where the median starts afresh; one segment when null.</param>
    public static ControlChart Draw(ReadOnlySpan<double> values, IReadOnlyList<Segment>? segments = null)
    {
        Require.Finite(values);
        var points = new ChartPoint[values.Length];
        var summaries = new List<SegmentSummary>();
        foreach (var (start, end, baseline) in Segments.Of(values.Length, segments))
        {
            var centre = Median(values.Slice(start, baseline));
            var test = RunTest.About(values[start..end], centre);
            for (var i = start; i < end;)
            {
                // A value on the line neither breaks nor lengthens a run, and is never flagged itself.
                var side = Math.Sign(values[i] - centre);
                var stop = i + 1;
                var length = side == 0 ? 0 : 1;
                while (side != 0 && stop < end && Math.Sign(values[stop] - centre) != -side)
                {
                    length += values[stop] == centre ? 0 : 1;
                    stop++;
                }

                for (; i < stop; i++)
                {
                    var flagged = length > test.LongestRunLimit && values[i] != centre;
                    points[i] = new ChartPoint(values[i], centre, double.NaN, double.NaN, summaries.Count, flagged ? [Flag.Shift] : [], flagged ? side : 0);
                }
            }

            summaries.Add(new SegmentSummary(start, end - start, baseline, test));
        }

        return new ControlChart(points, summaries);
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
