using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>A measure of the catalogue with what is observed of it.</summary>
public sealed record MeasureAnswer(
    string Key, string Title, string Definition, int Version, string? Unit, string Direction, string? Numerator, string? Denominator, decimal? Target, decimal? Threshold,
    string? ThresholdUnit, string? Steward, string? Level, int? SuppressBelow, int Areas, int Values, string? First, string? Last, int Signalled);

/// <summary>A value of a series with its clocks, its limits and what else is stated.</summary>
public sealed record PointAnswer(
    string Period, DateOnly First, DateOnly Last, double Value, double? Numerator, double? Denominator, DateOnly Known, DateTimeOffset Recorded, IReadOnlyList<string> References,
    string? Contains, double? Centre, double? Lower, double? Upper, IReadOnlyList<string> Flags, int? Segment, bool? InBaseline, double? Comparator, IReadOnlyList<OtherStatement> Others);

/// <summary>A value against the limits of those before it.</summary>
public sealed record MonitoredAnswer(string Period, double Value, double Centre, double Lower, double Upper, IReadOnlyList<string> Flags, int BaselinePoints);

/// <summary>A signal: on whose data, when it was known, and when it could have been seen.</summary>
public sealed record SignalAnswer(
    string Measure, string Area, string Name, string Period, double Value, double Centre, double Lower, double Upper, IReadOnlyList<string> Flags, string Meaning, DateOnly KnownOn, DateOnly InTime,
    int BaselinePoints);

/// <summary>An event on a chart.</summary>
public sealed record MarkAnswer(int Number, string Kind, string When, DateOnly First, DateOnly Last, string What, string Reference, double? Position);

/// <summary>A series with its chart; refused says why there is none.</summary>
public sealed record SeriesAnswer(
    string Measure, string Area, string Name, string Level, string? Kind, string? WhyKind, string? Finding, string? Hindsight, string? Variation, string? Assurance, string? Unit, double? Target,
    string? ComparatorArea, string? ComparatorContains, IReadOnlyList<PointAnswer> Points, IReadOnlyList<MonitoredAnswer> Monitored, IReadOnlyList<MeasureChartSegment> Segments,
    IReadOnlyList<SignalAnswer> Signals, IReadOnlyList<MarkAnswer> Marks, IReadOnlyList<string> Cautions, IReadOnlyList<PointAnswer> OtherPeriods, IReadOnlyList<SaidInWords> Words,
    IReadOnlyList<string> ComputedFrom, IReadOnlyList<Problem> Refused);

/// <summary>A series that signalled.</summary>
/// <param name="StillSignals">Whether its newest value signals.</param>
/// <param name="Fresh">Whether it is to be looked at: a signal since the last look; for whoever never looked, a newest value that signals.</param>
/// <param name="Strength">How far the value of the latest signal lies from its centre, the distance to the limit being 1.</param>
/// <param name="CameBack">Whether the same period of the year before signalled the same way.</param>
/// <param name="WithTheForce">Whether it is part of a count of the whole force, which signals now the same way.</param>
public sealed record WatchedAnswer(
    string Measure, string Title, string Area, string Name, bool StillSignals, bool Concern, bool Fresh, int New, double Strength, bool CameBack, bool WithTheForce, double Newest, string NewestPeriod, SignalAnswer First, SignalAnswer Latest);

/// <summary>What to look at.</summary>
/// <param name="Tested">Values tested that are fresh.</param>
/// <param name="ByChance">How many of them would signal though nothing changed.</param>
public sealed record WatchAnswer(DateTimeOffset? LookedLast, int Watched, int Tested, double ByChance, IReadOnlyList<WatchedAnswer> Signalled);

/// <summary>What the API and the command line give of measures, series and signals.</summary>
public static class PerformanceAnswers
{
    /// <summary>Every measure, in order of key.</summary>
    public static async Task<IReadOnlyList<MeasureAnswer>> MeasuresAsync(IMeasureCharts charts, RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentNullException.ThrowIfNull(view);
        var drawn = (await charts.DrawAllAsync(view, cancellation)).ToLookup(one => one.Series.Measure.Key, StringComparer.Ordinal);
        return [.. (await view.ListAsync<Measure>(cancellation)).Select(measure => Of(measure, [.. drawn[measure.Key]]))];
    }

    /// <summary>A series with its chart.</summary>
    public static SeriesAnswer Of(ChartedSeries charted)
    {
        ArgumentNullException.ThrowIfNull(charted);
        var (series, chart) = (charted.Series, charted.Chart.Succeeded ? charted.Chart.Value : null);
        return new SeriesAnswer(
            series.Measure.Key, series.Area.Code, series.Area.Name, Name(series.Area.Level), chart is null ? null : Name(chart.Kind), chart?.WhyKind, chart?.Finding, chart?.Hindsight, chart?.Variation, chart?.Assurance,
            series.Measure.Body.Unit, (double?)series.Measure.Body.Target, chart?.Comparator?.Area.Code, chart?.ComparatorContains,
            [.. series.Points.Select((point, i) => Of(point, chart?.Points[i]))],
            [.. chart?.Monitored.Select(one => new MonitoredAnswer(series.Points[one.Index].Label, series.Points[one.Index].Value, one.Centre, one.Lower, one.Upper, one.Flags, one.BaselinePoints)) ?? []],
            chart?.Segments ?? [], [.. chart?.Signals.Select(signal => Of(series, signal)) ?? []],
            [.. chart?.Marks.Select(mark => new MarkAnswer(mark.Number, Name(mark.Kind), mark.When.Text, mark.When.First, mark.When.Last, mark.What, mark.Reference, mark.Position)) ?? []],
            chart?.Cautions ?? [], [.. series.OtherPeriods.Select(point => Of(point, null))], series.Words, series.ComputedFrom, charted.Chart.Problems);
    }

    /// <summary>The watch list.</summary>
    public static WatchAnswer Of(WatchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new WatchAnswer(report.LookedLast, report.Watched, report.Tested, Math.Round(report.ByChance, 1), [.. report.Signalled.Select(one => new WatchedAnswer(
            one.Chart.Series.Measure.Key, one.Chart.Series.Measure.Body.Title, one.Chart.Series.Area.Code, one.Chart.Series.Area.Name, one.StillSignals, one.IsConcern, report.IsFresh(one), one.New,
            Math.Round(one.Strength, 2), one.CameBack, one.WithTheForce, one.Chart.Points[^1].Value, one.Chart.Points[^1].Point.Label,
            Of(one.Chart.Series, one.First), Of(one.Chart.Series, one.Latest)))]);
    }

    /// <summary>The name of a choice in answers: its own, with a small first letter.</summary>
    public static string Name(Enum choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var name = choice.ToString();
        return name == "PPrime" ? "pprime" : char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static MeasureAnswer Of(StoredRecord<Measure> measure, List<ChartedSeries> series)
    {
        var periods = series.SelectMany(one => one.Series.Points).Select(point => point.Period).ToList();
        var body = measure.Body;
        return new MeasureAnswer(
            measure.Key, body.Title, body.Definition, body.Version, body.Unit, Name(body.Direction), body.Numerator, body.Denominator, body.Target, body.Threshold, body.ThresholdUnit, body.Steward,
            body.Level, body.SuppressBelow, series.Count, periods.Count, periods.MinBy(period => period.First)?.Text, periods.MaxBy(period => period.Last)?.Text,
            series.Count(one => one.Chart.Succeeded && one.Chart.Value.Signals.Count > 0));
    }

    private static PointAnswer Of(SeriesPoint point, MeasureChartPoint? drawn) => new(
        point.Label, point.Period.First, point.Period.Last, point.Value, point.Numerator, point.Denominator, point.Known, point.Recorded, point.References, point.Contains,
        drawn?.Centre, drawn?.Lower, drawn?.Upper, drawn?.Flags ?? [], drawn?.Segment, drawn?.InBaseline, drawn?.Comparator, point.Others);

    private static SignalAnswer Of(MeasuredSeries series, SeriesSignal signal) => new(
        series.Measure.Key, series.Area.Code, series.Area.Name, signal.Point.Label, signal.Point.Value, signal.Limits.Centre, signal.Limits.Lower, signal.Limits.Upper, signal.Limits.Flags,
        signal.Meaning, signal.KnownOn, signal.InTime, signal.Limits.BaselinePoints);
}
