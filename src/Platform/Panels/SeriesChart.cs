using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>How a series is to be charted.</summary>
/// <param name="Kind">The kind of chart.</param>
/// <param name="Improvement">Which way is better.</param>
/// <param name="Target">The target, in the unit of the plotted value.</param>
/// <param name="Rebase">Dates at which a segment starts.</param>
/// <param name="Screen">Whether large moving ranges are screened out (XmR).</param>
/// <param name="Baseline">How many first points of the last segment set its limits; all when null.</param>
/// <param name="OverDispersion">How a funnel allows for areas that differ by more than chance.</param>
public sealed record ChartRequest(
    ChartKind Kind,
    Improvement Improvement = Improvement.Neither,
    double? Target = null,
    IReadOnlyList<string>? Rebase = null,
    bool Screen = true,
    int? Baseline = null,
    OverDispersion OverDispersion = OverDispersion.None);

/// <summary>One point of a chart answer; limits are null where the kind has none.</summary>
public sealed record ChartAnswerPoint(string Date, double Value, double Centre, double? Lower, double? Upper, IReadOnlyList<string> Flags, IReadOnlyList<string> Rules, int Segment);

/// <summary>One segment of a chart answer.</summary>
public sealed record ChartAnswerSegment(string Start, int Points, int BaselinePoints, bool TrialLimits, int LongestRun, int LongestRunLimit, int Crossings, int CrossingsLimit, bool RunsSignal);

/// <summary>When a series, watched month by month, first signalled.</summary>
/// <param name="Date">The month on whose data it signalled.</param>
/// <param name="Flags">By which rule.</param>
/// <param name="Direction"><c>up</c> or <c>down</c>.</param>
/// <param name="Lower">The lower limit from the months before.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record FirstSignal(string Date, IReadOnlyList<string> Flags, string Direction, double Lower, double Upper);

/// <summary>A chart as pages and the command line give it.</summary>
/// <param name="Kind">xmr, p, pprime, run or funnel.</param>
/// <param name="Finding">One sentence.</param>
/// <param name="Variation">What the last point says; null for a funnel.</param>
/// <param name="Assurance">What the target may expect; null without target.</param>
/// <param name="Target">The target.</param>
/// <param name="Points">The points.</param>
/// <param name="Segments">The segments; empty for a funnel.</param>
/// <param name="FirstSignals">The first signal up and the first down in monitoring use; XmR only.</param>
/// <param name="Phi">Dispersion φ of a funnel.</param>
/// <param name="TauSquared">Variance between areas τ² of a funnel, on the arcsine scale.</param>
/// <param name="Limits95">95% limits of a funnel, a pair a point; <c>lower</c> and <c>upper</c> are its 99.8% limits.</param>
public sealed record ChartAnswer(
    string Kind,
    string Finding,
    string? Variation,
    string? Assurance,
    double? Target,
    IReadOnlyList<ChartAnswerPoint> Points,
    IReadOnlyList<ChartAnswerSegment> Segments,
    IReadOnlyList<FirstSignal> FirstSignals,
    double? Phi = null,
    double? TauSquared = null,
    IReadOnlyList<double[]>? Limits95 = null);

/// <summary>Draws a series that was read.</summary>
public static class SeriesChart
{
    /// <summary>Draws the chart. Refused when a date of rebasing is not in the series.</summary>
    public static Outcome<ChartAnswer> Draw(SeriesTable series, ChartRequest request)
    {
        if (request.Kind == ChartKind.Funnel)
        {
            return Funnel(series, request);
        }

        if (series.NotThere(request.Rebase).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        SortedSet<int> starts = [0, .. (request.Rebase ?? []).Select(series.IndexOf)];
        var segments = starts.Select(start => new Segment(start, start == starts.Max ? request.Baseline : null)).ToList();
        var chart = request.Kind switch
        {
            ChartKind.Xmr => XmrChart.Draw(series.Values, segments, request.Screen),
            ChartKind.Run => RunChart.Draw(series.Values, segments),
            _ => ProportionChart.Draw(series.Values, series.Denominators, request.Kind == ChartKind.PPrime, segments),
        };
        var assurance = request.Target is null || request.Kind == ChartKind.Run ? null : Verdicts.AssureInWords(chart, request.Target, request.Improvement);
        return new ChartAnswer(
            Name(request.Kind),
            Finding(series, chart),
            Verdicts.Variation(chart, request.Improvement),
            assurance,
            request.Target,
            [.. chart.Points.Select((point, i) => new ChartAnswerPoint(series.Labels[i], point.Value, point.Centre, Finite(point.Lower), Finite(point.Upper), point.Flags, point.Rules, point.Segment))],
            [.. chart.Segments.Select(s => new ChartAnswerSegment(series.Labels[s.Start], s.Points, s.BaselinePoints, s.TrialLimits, s.Runs.LongestRun, s.Runs.LongestRunLimit, s.Runs.Crossings, s.Runs.CrossingsLimit, s.Runs.Signals))],
            request.Kind == ChartKind.Xmr ? FirstSignals(series, segments, request.Screen) : []);
    }

    private static List<FirstSignal> FirstSignals(SeriesTable series, List<Segment> segments, bool screen)
    {
        var months = Monitoring.Replay(series.Values, segments, screen);
        return [.. new[] { 1, -1 }.Select(direction => Monitoring.FirstSignal(months, direction)).OfType<MonitoredMonth>().OrderBy(month => month.Index)
            .Select(month => new FirstSignal(series.Labels[month.Index], month.Point.Flags, month.Point.Direction > 0 ? "up" : "down", month.Point.Lower, month.Point.Upper))];
    }

    private static string Finding(SeriesTable series, ControlChart chart)
    {
        var signals = chart.Points.Count(point => point.Rules.Count > 0);
        var runs = chart.Segments.Any(segment => segment.Runs.Signals);
        if (signals == 0)
        {
            return runs ? "No single point signals, but the series is not random about its centre" : "No signal: ordinary variation throughout";
        }

        var first = Enumerable.Range(0, chart.Points.Count).First(i => chart.Points[i].Rules.Count > 0);
        return $"{signals} of {chart.Points.Count} points signal, the first at {series.Labels[first]}";
    }

    private static ChartAnswer Funnel(SeriesTable series, ChartRequest request)
    {
        var funnel = FunnelPlot.Draw(series.Values, series.Denominators, request.OverDispersion);
        var outside = funnel.Points.Select((point, i) => (point, Name: series.Labels[i])).Where(pair => pair.point.Flags.Count > 0).Select(pair => pair.Name).ToList();
        var finding = outside.Count == 0 ? "No area lies outside the 99.8% limits" : $"{outside.Count} of {funnel.Points.Count} areas lie outside the 99.8% limits: {string.Join(", ", outside.Take(5))}{(outside.Count > 5 ? " and others" : "")}";
        return new ChartAnswer(
            Name(request.Kind),
            funnel.Phi > 2 && request.OverDispersion == OverDispersion.None ? finding + "; areas differ by more than chance, so allow for over-dispersion before singling any out" : finding,
            null,
            null,
            request.Target,
            [.. funnel.Points.Select((point, i) => new ChartAnswerPoint(series.Labels[i], point.Share, funnel.Centre, point.Lower998, point.Upper998, point.Flags, point.Flags, 0))],
            [],
            [],
            funnel.Phi,
            funnel.TauSquared,
            [.. funnel.Points.Select(point => new[] { point.Lower95, point.Upper95 })]);
    }

    private static string Name(ChartKind kind) => kind switch
    {
        ChartKind.Xmr => "xmr",
        ChartKind.P => "p",
        ChartKind.PPrime => "pprime",
        ChartKind.Run => "run",
        _ => "funnel",
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
