using System.Globalization;
using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Programme.Measures;

namespace Pathfinder.Platform.Performance;

/// <summary>What a chart says, in sentences without full stop.</summary>
public static class ChartWords
{
    /// <summary>A value with the unit of its measure: "63%", "36 minutes", "1,204 offences".</summary>
    public static string Value(Measure measure, double value)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var digits = Math.Abs(value).ToString(Math.Abs(value) >= 1000 ? "#,0" : "#,0.##", CultureInfo.InvariantCulture);
        return (value < 0 ? "−" : "") + digits + (measure.Unit == "%" ? "%" : measure.Unit is { Length: > 0 } unit ? " " + unit : "");
    }

    /// <summary>A limit: one decimal more than a value needs, without the unit.</summary>
    public static string Limit(double value) => value.ToString(Math.Abs(value) >= 1000 ? "#,0" : "#,0.0", CultureInfo.InvariantCulture);

    /// <summary>The rule of a flag in words.</summary>
    public static string Rule(string flag, int direction) => flag switch
    {
        Flag.Outside => direction > 0 ? "above the upper limit" : "below the lower limit",
        Flag.Trend => direction > 0 ? "seven values rise in succession" : "seven values fall in succession",
        Flag.TwoOfThree => direction > 0 ? "two of three near the upper limit" : "two of three near the lower limit",
        Flag.Shift => direction > 0 ? "a long run above the centre" : "a long run below the centre",
        _ => flag,
    };

    /// <summary>What a chart finds: since when it signals, and how it stands now.</summary>
    internal static string Finding(MeasuredSeries series, IReadOnlyList<MeasureChartPoint> points, IReadOnlyList<SeriesSignal> signals, Improvement improvement)
    {
        var name = series.Area.Name;
        var last = points[^1];
        // Where a direction is better, the first signal the other way is what a reader must know.
        if ((signals.FirstOrDefault(signal => signal.Meaning == "concern") ?? (signals.Count > 0 ? signals[0] : null)) is { } first)
        {
            var outside = points.Count(point => !point.InBaseline && point.Flags.Count > 0);
            var tested = points.Count(point => !point.InBaseline);
            var since = tested > 0 && outside > 0 ? $"; {outside} of {tested} values since the baseline signal" : "";
            return $"{name} signalled {(improvement == Improvement.Neither ? "a change" : first.Meaning == "concern" ? "concern" : "improvement")} on the data of {first.Point.Label}: "
                + $"{Value(series.Measure.Body, first.Point.Value)}, {Rule(first.Limits.Flags[0], first.Limits.Direction)} ({Limit(first.Limits.Lower)} to {Limit(first.Limits.Upper)} by then){since}";
        }

        var flagged = points.Count(point => point.Flags.Count > 0);
        return flagged > 0
            ? $"{name}: {flagged} of {points.Count} values signal in hindsight; none did when it came"
            : points.Count < Monitoring.FewestBaselinePoints ? $"{name}: {Value(series.Measure.Body, last.Value)} in {last.Point.Label}; {points.Count} values are too few to tell a signal from ordinary variation"
            : $"{name} varies as it did: {Value(series.Measure.Body, last.Value)} in {last.Point.Label} is no signal";
    }

    /// <summary>What the values show against the limits that are drawn, those of hindsight.</summary>
    internal static string Hindsight(IReadOnlyList<MeasureChartPoint> points)
    {
        var flagged = points.Where(point => point.Flags.Count > 0).ToList();
        return flagged.Count == 0 && points.Count < Monitoring.FewestBaselinePoints ? $"{points.Count} values are too few to tell a signal from ordinary variation"
            : flagged.Count == 0 ? $"In hindsight none of {points.Count} values signals"
            : $"In hindsight {flagged.Count} of {points.Count} values {(flagged.Count == 1 ? "signals" : "signal")}, {(flagged.Count == 1 ? "" : "the first ")}in {flagged[0].Point.Label}";
    }

    /// <summary>What limits the reading of a chart.</summary>
    internal static IReadOnlyList<string> Cautions(MeasuredSeries series, ChartKind kind, ControlChart chart, ChartSegmentation segments)
    {
        var cautions = new List<string>();
        if (kind != ChartKind.Run && chart.Segments[^1] is { TrialLimits: true } last)
        {
            cautions.Add($"Trial limits: only {last.BaselinePoints} values set them, and they will move as values come");
        }

        if (series.Gaps is { Count: > 0 } gaps)
        {
            cautions.Add($"No value for {string.Join(", ", gaps.Take(4))}{(gaps.Count > 4 ? $" and {gaps.Count - 4} more" : "")}; the limits take the values beside a gap for neighbours");
        }

        if (series.Points.Count(point => point.Others.Count > 0) is > 0 and var disputed)
        {
            cautions.Add($"Sources disagree on {disputed} {(disputed == 1 ? "period" : "periods")}; the one that was said to stand is drawn, else the one known last; the others are in the table");
        }

        if (series.ComputedFrom.Count > 0)
        {
            cautions.Add($"Added up from {series.ComputedFrom.Count} boroughs as they belong together on the date of the page");
        }

        if (series.Points.Count >= 24 && SeriesPeriods.IsMonth(series.Points[0].Period))
        {
            cautions.Add("Seasons are in the values: what comes back each year signals as well");
        }

        cautions.AddRange(segments.Unused);
        return cautions;
    }
}
