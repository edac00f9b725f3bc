namespace Pathfinder.Analysis.Control;

/// <summary>One month as it would have looked on the day its value arrived.</summary>
/// <param name="Index">The month tested.</param>
/// <param name="BaselinePoints">How many earlier months set the limits.</param>
/// <param name="Point">The month against those limits.</param>
public sealed record MonitoredMonth(int Index, int BaselinePoints, ChartPoint Point)
{
    /// <summary>Whether so few months set the limits that they will still move: under 12.</summary>
    public bool TrialLimits => BaselinePoints < 12;

    /// <summary>Whether the month signalled.</summary>
    public bool Signals => Point.Rules.Count > 0;
}

/// <summary>
/// Replays a series month by month: each month is tested against XmR limits from all months of its segment before it, so
/// that it cannot hide itself by moving the limits.
/// </summary>
public static class Monitoring
{
    /// <summary>Wheeler (Understanding Variation) allows useful limits from as few as five or six values; fewer give false alarms.</summary>
    public const int FewestBaselinePoints = 6;

    /// <summary>The months that had enough history to be tested, in order. Throws <see cref="ArgumentException"/> as <see cref="XmrChart.Draw"/> does.</summary>
    /// <param name="values">The values in order of time.</param>
    /// <param name="segments">Where limits start afresh; the baseline lengths in them are not used.</param>
    /// <param name="screen">As for <see cref="XmrChart.Draw"/>.</param>
    /// <param name="fewest">Months that must come before the first month tested; at least 2.</param>
    public static IReadOnlyList<MonitoredMonth> Replay(ReadOnlySpan<double> values, IReadOnlyList<Segment>? segments = null, bool screen = true, int fewest = FewestBaselinePoints)
    {
        Require.Finite(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 2);
        var months = new List<MonitoredMonth>();
        var number = 0;
        foreach (var (start, end, _) in Segments.Of(values.Length, segments))
        {
            for (var tested = start + fewest; tested < end; tested++)
            {
                var (centre, half) = XmrChart.Limits(values[start..tested], screen);
                // No rule looks further back than its seven points.
                var first = Math.Max(start, tested - ChartRules.RunLength + 1);
                var (rules, direction) = ChartRules.Apply(values[first..(tested + 1)], centre, half)[^1];
                months.Add(new MonitoredMonth(tested, tested - start, new ChartPoint(values[tested], centre, centre - half, centre + half, number, rules, direction)));
            }

            number++;
        }

        return months;
    }

    /// <summary>
    /// The same for shares: each is tested against the centre Σx / Σn of those before it and the binomial limits at its own
    /// denominator, widened by Laney's factor of those before where it is a p′ chart. The flag is <c>outside</c>. Throws
    /// <see cref="ArgumentException"/> as <see cref="ProportionChart.Draw"/> does.
    /// </summary>
    /// <param name="numerators">The counts of successes, in order of time.</param>
    /// <param name="denominators">What they are counted out of.</param>
    /// <param name="laney">Whether to widen the limits by Laney's factor.</param>
    /// <param name="segments">Where limits start afresh; the baseline lengths in them are not used.</param>
    /// <param name="fewest">Months that must come before the first month tested; at least 2.</param>
    public static IReadOnlyList<MonitoredMonth> ReplayProportions(
        ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators, bool laney, IReadOnlyList<Segment>? segments = null, int fewest = FewestBaselinePoints)
    {
        Require.Proportions(numerators, denominators);
        ArgumentOutOfRangeException.ThrowIfLessThan(fewest, 2);
        var months = new List<MonitoredMonth>();
        var number = 0;
        foreach (var (start, end, _) in Segments.Of(numerators.Length, segments))
        {
            for (var tested = start + fewest; tested < end; tested++)
            {
                // Frozen on all months before, the last point of the chart is the month tested.
                var chart = ProportionChart.Draw(numerators[start..(tested + 1)], denominators[start..(tested + 1)], laney, [new Segment(0, tested - start)]);
                months.Add(new MonitoredMonth(tested, tested - start, chart.Points[^1] with { Segment = number }));
            }

            number++;
        }

        return months;
    }

    /// <summary>
    /// The share of months that signal though nothing changed, given how many months set their limits: values that are independent and
    /// normal, held by this replay. By simulation (docs/methods/control-charts.md); an actual series that depends on itself or has seasons
    /// signals more often.
    /// </summary>
    /// <param name="baselinePoints">How many months set the limits.</param>
    /// <param name="outsideOnly">Whether only the outer limits are tested, as for shares.</param>
    public static double FalseAlarmShare(int baselinePoints, bool outsideOnly = false) => baselinePoints switch
    {
        < 9 => outsideOnly ? 0.041 : 0.042,
        < 12 => outsideOnly ? 0.022 : 0.035,
        < 18 => outsideOnly ? 0.014 : 0.030,
        < 24 => outsideOnly ? 0.010 : 0.025,
        < 36 => outsideOnly ? 0.008 : 0.023,
        _ => outsideOnly ? 0.006 : 0.022,
    };

    /// <summary>The first month that signalled in a direction; null when none did.</summary>
    /// <param name="months">A replay.</param>
    /// <param name="direction">1 high or rising, −1 low or falling, null either.</param>
    public static MonitoredMonth? FirstSignal(IReadOnlyList<MonitoredMonth> months, int? direction = null) =>
        months.FirstOrDefault(month => month.Signals && (direction is null || month.Point.Direction == direction));
}
