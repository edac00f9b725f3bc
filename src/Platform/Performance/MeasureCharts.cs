using System.Globalization;
using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>Draws charts: kind, segments, baseline, limits both ways, signals, marks and words.</summary>
internal sealed class MeasureCharts(IMeasuredSeries reading) : IMeasureCharts
{
    public static Improvement ImprovementOf(Measure measure) => measure.Direction switch
    {
        MeasureDirection.Up => Improvement.Up,
        MeasureDirection.Down => Improvement.Down,
        _ => Improvement.Neither,
    };

    public async Task<Outcome<MeasureChart>> DrawAsync(RecordView view, MeasuredSeries series, ChartKind? kind = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        var comparator = series.IsComparator ? null : await reading.SeriesOfAsync(view, series.Measure.Key, SeriesReading.ComparatorOf(series.Measure.Body), cancellation);
        return Draw(view, series, comparator, await ChartEvents.ReadAsync(view, [series.Measure.Key], cancellation), kind);
    }

    public async Task<IReadOnlyList<ChartedSeries>> DrawAllAsync(RecordView view, string measure, CancellationToken cancellation = default) =>
        await DrawAllAsync(view, await reading.SeriesOfAsync(view, measure, cancellation), area: null, cancellation);

    public async Task<IReadOnlyList<ChartedSeries>> DrawAllAsync(RecordView view, CancellationToken cancellation = default) =>
        await DrawAllAsync(view, await reading.ListAsync(view, cancellation), area: null, cancellation);

    public async Task<IReadOnlyList<ChartedSeries>> DrawAreaAsync(RecordView view, string area, CancellationToken cancellation = default) =>
        await DrawAllAsync(view, await reading.ListAsync(view, cancellation), area, cancellation);

    public async Task<Outcome<MeasureFunnel>> FunnelAsync(RecordView view, string measure, string? period = null, CancellationToken cancellation = default)
    {
        var series = (await reading.SeriesOfAsync(view, measure, cancellation)).Where(one => one.Area.Level != AreaLevel.Force)
            .GroupBy(one => one.Area.Level).OrderByDescending(group => group.Count()).FirstOrDefault()?.ToList() ?? [];
        var withParts = series.SelectMany(one => one.Points.Where(point => point is { Numerator: not null, Denominator: > 0 }).Select(point => (one.Area, Point: point))).ToList();
        var asked = period is null ? withParts.OrderBy(pair => pair.Point.Period.Last).LastOrDefault().Point?.Period : PartialDate.TryParse(period, out var date) ? date : null;
        if (period is not null && asked is null)
        {
            return new Problem("This is no period", Field: "period", Found: period, Accepted: PartialDate.Accepted);
        }

        var shown = withParts.Where(pair => asked is not null && pair.Point.Period.First == asked.First && pair.Point.Period.Last == asked.Last).ToList();
        if (shown.Count < 3)
        {
            return new Problem("A funnel compares areas by their shares, and fewer than three areas have a numerator and a denominator for one period", Field: "measure", Found: measure);
        }

        var table = new SeriesTable(measure, [.. shown.Select(pair => pair.Area.Name)], [.. shown.Select(pair => pair.Point.Numerator!.Value)], [.. shown.Select(pair => pair.Point.Denominator!.Value)]);
        var answer = SeriesChart.Draw(table, new ChartRequest(ChartKind.Funnel, OverDispersion: OverDispersion.Additive));
        return answer.Succeeded ? new MeasureFunnel(asked!, answer.Value.Finding, [.. shown.Select(pair => pair.Area)], answer.Value) : Outcome.Refused<MeasureFunnel>(answer.Problems);
    }

    private static async Task<IReadOnlyList<ChartedSeries>> DrawAllAsync(RecordView view, IReadOnlyList<MeasuredSeries> all, string? area, CancellationToken cancellation)
    {
        var events = await ChartEvents.ReadAsync(view, all.Select(one => one.Measure.Key), cancellation);
        var comparators = all.Where(one => one.IsComparator).ToDictionary(one => one.Measure.Key, StringComparer.Ordinal);
        return [.. all.Where(one => area is null || string.Equals(one.Area.Code, area, StringComparison.OrdinalIgnoreCase)).Select(one => new ChartedSeries(one, Draw(view, one, one.IsComparator ? null : comparators.GetValueOrDefault(one.Measure.Key), events, null)))];
    }

    private static Outcome<MeasureChart> Draw(RecordView view, MeasuredSeries series, MeasuredSeries? comparator, ChartEvents events, ChartKind? asked)
    {
        if (Refusal(series, asked) is { } refusal)
        {
            return refusal;
        }

        var measure = series.Measure.Body;
        var marks = events.MarksOf(series, view.At.Effective);
        var segments = ChartSegmentation.Of(series, events, marks);
        var (kind, why) = asked is { } wanted ? (wanted, "As asked for") : Choose(series, segments);
        var chart = Control(series, kind, segments.Segments);
        var scale = kind is ChartKind.P or ChartKind.PPrime ? SeriesReading.ScaleOf(measure) : 1;
        var improvement = ImprovementOf(measure);
        var monitored = kind == ChartKind.Run ? [] : Monitored(series, kind, segments.Segments, scale);
        var signals = Signals(series, monitored, improvement);
        var beside = comparator?.Points.ToDictionary(point => (point.Period.First, point.Period.Last), point => point.Value);
        var points = chart.Points.Select((point, i) => new MeasureChartPoint(
            series.Points[i], point.Value * scale, point.Centre * scale, Finite(point.Lower * scale), Finite(point.Upper * scale), point.Flags, point.Direction, point.Segment,
            i < segments.Segments[point.Segment].Start + chart.Segments[point.Segment].BaselinePoints,
            beside is not null && beside.TryGetValue((series.Points[i].Period.First, series.Points[i].Period.Last), out var other) ? other : null)).ToList();
        var target = (double?)measure.Target;
        return new MeasureChart(
            series, kind, why, ChartWords.Finding(series, points, signals, improvement), ChartWords.Hindsight(points), Verdicts.Variation(chart, improvement),
            kind == ChartKind.Run ? null : Verdicts.AssureInWords(chart, target / scale, improvement), target, comparator,
            comparator?.Points.Select(point => point.Contains).LastOrDefault(contains => contains is not null) ?? ContainsPilots(series, comparator, marks),
            points,
            [.. chart.Segments.Select((segment, i) => new MeasureChartSegment(
                series.Points[segment.Start].Label, segment.Points, segment.BaselinePoints, segment.TrialLimits, segments.Reasons[i].Why, segments.Reasons[i].Reference, segment.Runs.Signals))],
            monitored, signals, marks, ChartWords.Cautions(series, kind, chart, segments));
    }

    private static Problem? Refusal(MeasuredSeries series, ChartKind? asked)
    {
        var what = $"{series.Measure.Key}[{series.Area.Code}]";
        if (series.Measure.Body.Rolling)
        {
            return new Problem(
                "Rolling averages are put on no control chart: neighbouring values share most of their data, so that runs and trends signal where nothing changed", what,
                Accepted: "the value of each single period");
        }

        if (asked is ChartKind.P or ChartKind.PPrime or ChartKind.Funnel && !series.HasParts)
        {
            return new Problem("A chart of proportions needs a numerator and a denominator for every period", what, Field: "kind", Accepted: "xmr or run");
        }

        if (asked == ChartKind.Funnel)
        {
            return new Problem("A funnel compares areas in one period; it is on the page of the measure", what, Field: "kind", Accepted: "xmr, p, pprime or run");
        }

        if (series.Points.Count < 2)
        {
            return new Problem("A chart needs at least two values of equal periods", what, Found: series.Points.Count.ToString(CultureInfo.InvariantCulture));
        }

        return series.Points.All(point => point.Value == series.Points[0].Value)
            ? new Problem("All values are the same: there is no variation to chart", what, Found: series.Points[0].Value.ToString(CultureInfo.InvariantCulture)) : null;
    }

    private static (ChartKind Kind, string Why) Choose(MeasuredSeries series, ChartSegmentation segments)
    {
        if (series.HasParts && series.Points.All(point => point.Numerator >= 0 && point.Numerator <= point.Denominator))
        {
            var last = segments.Segments[^1];
            var baseline = series.Points.Skip(last.Start).Take(last.Baseline ?? int.MaxValue).ToList();
            var widening = ProportionChart.Widening([.. baseline.Select(point => point.Numerator!.Value)], [.. baseline.Select(point => point.Denominator!.Value)]);
            var times = widening.ToString("0.0", CultureInfo.InvariantCulture);
            return widening > 1
                ? (ChartKind.PPrime, $"Shares with their denominators, that vary {times} times as much as chance alone: limits widened by Laney’s factor (p′)")
                : (ChartKind.P, "Shares with their denominators, that vary no more than chance alone: binomial limits (p)");
        }

        return series.Points.Count < Monitoring.FewestBaselinePoints
            ? (ChartKind.Run, "Fewer than six values: too few for limits, so they are drawn about their median (run chart)")
            : (ChartKind.Xmr, "Single values without a denominator: limits from the differences between neighbours (XmR)");
    }

    private static ControlChart Control(MeasuredSeries series, ChartKind kind, IReadOnlyList<Segment> segments) => kind switch
    {
        ChartKind.Xmr => XmrChart.Draw(series.Values, segments),
        ChartKind.Run => RunChart.Draw(series.Values, segments),
        _ => ProportionChart.Draw(Numerators(series), Denominators(series), kind == ChartKind.PPrime, segments),
    };

    private static List<MonitoredPoint> Monitored(MeasuredSeries series, ChartKind kind, IReadOnlyList<Segment> segments, double scale) =>
        (kind == ChartKind.Xmr ? Monitoring.Replay(series.Values, segments) : Monitoring.ReplayProportions(Numerators(series), Denominators(series), kind == ChartKind.PPrime, segments))
        .Select(month => new MonitoredPoint(month.Index, month.Point.Centre * scale, month.Point.Lower * scale, month.Point.Upper * scale, month.Point.Flags, month.Point.Direction, month.BaselinePoints))
        .ToList();

    private static List<SeriesSignal> Signals(MeasuredSeries series, List<MonitoredPoint> monitored, Improvement improvement) =>
        monitored.Where(point => point.Flags.Count > 0).Select(point => new SeriesSignal(
            series.Points[point.Index], point,
            (point.Direction * (int)improvement) switch { > 0 => "improvement", < 0 => "concern", _ => "change" },
            series.Points.Take(point.Index + 1).Max(one => one.Known),
            series.Points[point.Index].Period.Last.AddDays(1).AddMonths(1).AddDays(-1))).ToList();

    // An average of the whole force contains whatever part of it is tested, whether or not its source says so.
    private static string? ContainsPilots(MeasuredSeries series, MeasuredSeries? comparator, IReadOnlyList<ChartMark> marks) =>
        comparator?.Area.Level == AreaLevel.Force && marks.Any(mark => mark.Reference.StartsWith("pilot:", StringComparison.Ordinal))
            ? $"{series.Area.Name} itself, and every other area under test" : null;

    private static double[] Numerators(MeasuredSeries series) => [.. series.Points.Select(point => point.Numerator!.Value)];

    private static double[] Denominators(MeasuredSeries series) => [.. series.Points.Select(point => point.Denominator!.Value)];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
