namespace Pathfinder.Platform.Forces;

/// <summary>
/// The shape of demand over the hours of a week, from the few facts known of it: a peak from 18 to 22 each day, 3.5 times
/// the trough; 00 to 04 on Saturday and Sunday twice other nights. What lies between is interpolated
/// (docs/methods/demand-surface.md).
/// </summary>
public static class WeekShape
{
    // After the peak the curve falls so that twice an ordinary midnight is no higher than the evening peak, which the
    // source says stands on every day; from the trough it rises evenly to the peak.
    private static readonly double[] AfterPeak = [1.75, 1.55, 1.35, 1.15];

    /// <summary>168 weights from Monday 00:00, summing to 1.</summary>
    /// <param name="peakToTrough">Peak hour over trough hour.</param>
    /// <param name="weekendNight">Multiplier of 00 to 04 on Saturday and Sunday.</param>
    public static double[] Calls(double peakToTrough = 3.5, double weekendNight = 2.0)
    {
        var week = new double[168];
        for (var hour = 0; hour < 168; hour++)
        {
            var ofDay = hour % 24;
            var day = hour / 24;
            week[hour] = Weight(ofDay, peakToTrough) * (ofDay < 4 && day >= 5 ? weekendNight : 1);
        }

        return Normalise(week);
    }

    /// <summary>168 weights of appointments: evenly from 08 to 20 each day, none at night.</summary>
    public static double[] Appointments()
    {
        var week = new double[168];
        for (var hour = 0; hour < 168; hour++)
        {
            week[hour] = hour % 24 is >= 8 and < 20 ? 1 : 0;
        }

        return Normalise(week);
    }

    private static double Weight(int hour, double peak) => hour switch
    {
        < 4 => 1 + ((AfterPeak[hour] - 1) * (peak - 1) / 2.5),
        4 or 5 => 1,
        < 18 => 1 + ((peak - 1) * (hour - 5) / 13.0),
        < 22 => peak,
        22 => 1 + ((peak - 1) * 0.75),
        _ => 1 + ((peak - 1) * 0.5),
    };

    private static double[] Normalise(double[] week)
    {
        var sum = week.Sum();
        return [.. week.Select(w => Math.Round(w / sum, 8))];
    }
}
