using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>The control charts of a measure as parts of a report: a chart an area with its events, and one table of all limits and signals.</summary>
internal static class ControlCharts
{
    /// <summary>Adds the charts of the areas that the measure is about, and of none whose counts are too small to show; with a heading of the measure where none stands above.</summary>
    public static async Task WriteAsync(ReportWriter writer, StoredRecord<Measure> measure, bool heading, CancellationToken cancellation)
    {
        var all = await writer.Tools.Charts.DrawAllAsync(writer.View, measure.Key, cancellation);
        var charts = all.Where(one => one.Chart.Succeeded && one.Series.Points.Count >= Monitoring.FewestBaselinePoints && !one.Series.Points.Any(point => IsSmall(measure.Body, point))).Select(one => one.Chart.Value).ToList();
        if (charts.Count is 0 or > MeasuresSection.LinesOfAChart)
        {
            return;
        }

        if (heading)
        {
            writer.Add(new HeadingBlock(3, measure.Body.Title));
        }

        var id = writer.Id(measure.Key + "-limits");
        // The whole force is what the others are held against, and stands in the table alone.
        foreach (var chart in charts.Where(chart => !chart.Series.IsComparator || charts.Count == 1))
        {
            writer.Add(new ControlChartBlock(
                chart.Finding, measure.Body.Unit, [.. chart.Points.Select(point => point.Point.Label)],
                [.. chart.Points.Select((point, i) => new ControlValue(Round(point.Value), Round(point.Centre), Round(point.Lower), Round(point.Upper), point.Flags.Count > 0))],
                measure.Body.Target, [.. chart.Marks.Select(mark => new ControlEvent(mark.Number, $"{mark.What}, {mark.When.Text}", Round(mark.Position)))], id));
        }

        var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
        foreach (var chart in charts)
        {
            for (var s = 0; s < chart.Segments.Count; s++)
            {
                var (segment, points) = (chart.Segments[s], chart.Points.Where(point => point.Segment == s).ToList());
                rows.Add(
                [
                    [chart.Segments.Count > 1 ? $"{chart.Series.Area.Name}, from {segment.Start}" : chart.Series.Area.Name],
                    [Span(points.Select(point => (double?)point.Centre))], [Span(points.Select(point => point.Lower))], [Span(points.Select(point => point.Upper))],
                    [points.Where(point => point.Flags.Count > 0).Select(point => point.Point.Label).ToList() is { Count: > 0 } signals ? new ReportText(string.Join(", ", signals), Standing: Standing.Watch) : "none"],
                    [s == 0 && chart.Signals is [var first, ..] ? (ReportText)$"the data of {first.Point.Label}, to be seen on {Numbers.Day(first.KnownOn)}" : s == 0 ? "none" : ""],
                    [.. segment.Reason is { } reason ? [(ReportText)reason] : Array.Empty<ReportText>(), .. s == 0 ? chart.Cautions.Select(caution => (ReportText)caution) : []],
                ]);
            }
        }

        writer.Add(new TableBlock(
            id, $"{measure.Body.Title}: control limits", [new("Area", Share: 3), new("Centre", true, 1), new("Lower", true, 1), new("Upper", true, 1), new("Signals in hindsight", Share: 4), new("First signal as values came", Share: 3), new("Limits and cautions", Share: 6)], rows));
    }

    private static bool IsSmall(Measure measure, SeriesPoint point) => SmallCounts.IsSmall(measure, new Observation { Value = (decimal)point.Value, Numerator = (decimal?)point.Numerator, Denominator = (decimal?)point.Denominator });

    private static string Span(IEnumerable<double?> limits)
    {
        var words = limits.OfType<double>().Order().Select(ChartWords.Limit).ToList();
        return words.Count == 0 ? "" : words[0] == words[^1] ? words[0] : $"{words[0]} to {words[^1]}";
    }

    // Rounded, so that the last bit of a processor is not in the bytes of a report.
    private static decimal Round(double value) => Math.Round((decimal)value, 4);

    private static decimal? Round(double? value) => value is { } number ? Round(number) : null;
}
