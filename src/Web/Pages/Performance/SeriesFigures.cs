using System.Globalization;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>A control chart with its table.</summary>
public sealed class SeriesFigure : Chart
{
    /// <summary>What is drawn.</summary>
    public required ControlPicture Picture { get; init; }

    /// <inheritdoc />
    public override bool HasData => Picture.Points.Count > 0;

    /// <inheritdoc />
    public override string Draw() => ControlChartDrawing.Draw(Picture);
}

/// <summary>Makes figures and tables of the charts of measures.</summary>
public static class SeriesFigures
{
    /// <summary>The chart in hindsight: limits of each segment or of its frozen baseline.</summary>
    public static SeriesFigure Retrospective(MeasureChart chart, RecordCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new SeriesFigure
        {
            Title = chart.Hindsight,
            Note = $"{Note(chart)}. {Kind(chart.Kind)}, limits {Limits(chart)}",
            Picture = Picture(chart, small: false),
            Table = Points(chart, catalogue),
        };
    }

    /// <summary>One of many beside each other.</summary>
    public static SeriesFigure Small(MeasureChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new SeriesFigure { Title = chart.Hindsight, Note = Kind(chart.Kind), Picture = Picture(chart, small: true), Table = new DataTable("small", "", [], []) };
    }

    /// <summary>The chart as it would have looked month by month; null for a run chart, which has no limits.</summary>
    public static SeriesFigure? Monitored(MeasureChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (chart.Monitored.Count == 0)
        {
            return null;
        }

        var scale = chart.ComparatorScale;
        var byIndex = chart.Monitored.ToDictionary(one => one.Index);
        var meaning = chart.Signals.ToDictionary(signal => signal.Limits.Index, signal => signal.Meaning);
        var points = chart.Points.Select((point, i) => byIndex.GetValueOrDefault(i) is { } limits
            ? new ControlPicturePoint(point.Point.Label, point.Value, limits.Centre, limits.Lower, limits.Upper, Rule(limits.Flags, limits.Direction), meaning.GetValueOrDefault(i), point.Segment, point.Comparator * scale, AfterGap(chart, i))
            : new ControlPicturePoint(point.Point.Label, point.Value, null, null, null, null, null, point.Segment, point.Comparator * scale, AfterGap(chart, i))).ToList();
        var first = chart.Signals.FirstOrDefault(signal => signal.Meaning == "concern") ?? (chart.Signals.Count > 0 ? chart.Signals[0] : null);
        return new SeriesFigure
        {
            Title = first is null ? $"Watched value by value, none of {Format.Count(chart.Monitored.Count)} would have signalled"
                : $"Watched value by value, the data of {first.Point.Label} would have been the first to signal {(first.Meaning == "change" ? "a change" : first.Meaning)}",
            Note = "Each value stands against the limits of all values of its segment before it, so that it cannot hide itself by moving them; at least six come before the first that is tested",
            Picture = new ControlPicture
            {
                Description = $"{chart.Series.Area.Name} watched value by value", Points = points, Target = chart.Target, ComparatorName = ComparatorName(chart), Marks = Marks(chart),
            },
            Table = Signals("monitored", chart),
        };
    }

    /// <summary>Every signal with its two days: when it was known, and when it could have been seen.</summary>
    public static DataTable Signals(string id, MeasureChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var measure = chart.Series.Measure.Body;
        return new DataTable(
            id, "Signals, value by value",
            [new("On the data of"), new("Value", true), new("Limits then"), new("Signal"), new("Rule"), new("Could be seen by"), new("Was known on")],
            [.. chart.Signals.Select(signal => (IReadOnlyList<DataCell>)
            [
                signal.Point.Label, new DataCell(ChartWords.Value(measure, signal.Point.Value), Csv: signal.Point.Value.ToString(CultureInfo.InvariantCulture)),
                $"{ChartWords.Limit(signal.Limits.Lower)} to {ChartWords.Limit(signal.Limits.Upper)}", new DataCell(signal.Meaning, Tag: Tag(signal.Meaning)),
                ChartWords.Rule(signal.Limits.Flags[0], signal.Limits.Direction), DataCell.Of(signal.InTime, ""), DataCell.Of(signal.KnownOn, ""),
            ])])
        {
            Empty = "No value signalled.",
        };
    }

    /// <summary>A colour for a signal's word.</summary>
    public static string Tag(string meaning) => meaning switch { "concern" => "red", "improvement" => "green", _ => "yellow" };

    /// <summary>The name of a kind of chart.</summary>
    public static string Kind(ChartKind kind) => kind switch
    {
        ChartKind.Xmr => "XmR chart", ChartKind.P => "p chart", ChartKind.PPrime => "p′ chart", ChartKind.Run => "Run chart", _ => "Funnel plot",
    };

    private static ControlPicture Picture(MeasureChart chart, bool small)
    {
        var scale = chart.ComparatorScale;
        var baseline = chart.Segments.Count == 1 && chart.Segments[0].BaselinePoints < chart.Points.Count ? chart.Segments[0].BaselinePoints : (int?)null;
        return new ControlPicture
        {
            Description = $"{chart.Series.Measure.Body.Title}, {chart.Series.Area.Name}. {chart.Hindsight}",
            Points = [.. chart.Points.Select((point, i) => new ControlPicturePoint(
                point.Point.Label, point.Value, point.Centre, point.Lower, point.Upper, Rule(point.Flags, point.Direction),
                point.Flags.Count == 0 ? null : (point.Direction * (int)chart.Improvement) switch { > 0 => "improvement", < 0 => "concern", _ => "change" },
                point.Segment, point.Comparator * scale, AfterGap(chart, i)))],
            Target = chart.Target,
            ComparatorName = ComparatorName(chart),
            Marks = Marks(chart),
            Small = small,
            Baseline = baseline,
        };
    }

    private static IReadOnlyList<(double, int)> Marks(MeasureChart chart) =>
        [.. chart.Marks.Where(mark => mark.Position is not null).Select(mark => (mark.Position!.Value, mark.Number))];

    private static string? ComparatorName(MeasureChart chart) => chart.Comparator is null ? null : chart.Comparator.Area.Code + (chart.ComparatorScale == 1 ? "" : ", scaled");

    private static bool AfterGap(MeasureChart chart, int i) => i > 0 && chart.Points[i].Point.Period.First > chart.Points[i - 1].Point.Period.Last.AddDays(1);

    private static string? Rule(IReadOnlyList<string> flags, int direction) => flags.Count == 0 ? null : ChartWords.Rule(flags[0], direction);

    private static string Note(MeasureChart chart)
    {
        var measure = chart.Series.Measure.Body;
        var unit = measure.Unit is { Length: > 0 } ? $", {measure.Unit}" : "";
        var target = chart.Target is { } level ? $"; target {ChartWords.Value(measure, level)} dashed" : "; it has no target";
        var beside = chart.Comparator is { } comparator ? $"; {comparator.Area.Code} is {comparator.Area.Name}{(chart.ComparatorScale == 1 ? "" : $", brought to the level of {chart.Series.Area.Name} (times {chart.ComparatorScale.ToString("0.###", CultureInfo.InvariantCulture)})")}" : chart.Series.IsComparator ? "; it is itself what others are held beside" : "; no comparator is on record";
        return $"{measure.Title}{unit}{target}{beside}";
    }

    private static string Limits(MeasureChart chart) => chart.Kind == ChartKind.Run ? "none: values about their median"
        : chart.Segments is [{ } one] && one.BaselinePoints < one.Points ? $"of the first {Format.Count(one.BaselinePoints)} values, held for all that follow"
        : chart.Segments.Count > 1 ? "start afresh in each of " + Format.Count(chart.Segments.Count) + " segments" : "of all values";

    private static DataTable Points(MeasureChart chart, RecordCatalogue catalogue)
    {
        var measure = chart.Series.Measure.Body;
        var parts = chart.Series.HasParts;
        var comparator = chart.Comparator;
        IEnumerable<DataColumn> columns =
        [
            new("Period"), new("Value", true), .. parts ? [new DataColumn("Numerator", true), new DataColumn("Denominator", true)] : Array.Empty<DataColumn>(),
            .. comparator is null ? Array.Empty<DataColumn>() : [new DataColumn(comparator.Area.Code, true)], new("Centre", true), new("Lower limit", true), new("Upper limit", true), new("Signal"), new("Sets the limits"), new("Known on"), new("Record"), new("Also stated"),
        ];
        return new DataTable(
            "values", $"{measure.Title}, {chart.Series.Area.Name}", [.. columns],
            [.. chart.Points.Select(point => (IReadOnlyList<DataCell>)
            [
                new DataCell(point.Point.Label, Csv: point.Point.Period.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Number(point.Value),
                .. parts ? [Number(point.Point.Numerator), Number(point.Point.Denominator)] : Array.Empty<DataCell>(),
                .. comparator is null ? Array.Empty<DataCell>() : [Number(point.Comparator)],
                Number(point.Centre), Number(point.Lower), Number(point.Upper), Rule(point.Flags, point.Direction) ?? "", point.InBaseline ? "yes" : "no", DataCell.Of(point.Point.Known, ""),
                new DataCell(point.Point.References.Count == 1 ? "source" : $"{point.Point.References.Count} records", ReferenceNames.Href(catalogue, point.Point.References[0]), string.Join(' ', point.Point.References)),
                string.Join("; ", point.Point.Others.Select(other => $"{other.Value.ToString("0.##", CultureInfo.InvariantCulture)} ({other.Reference})")),
            ])]);
    }

    private static DataCell Number(double? value) => value is { } known
        ? new DataCell(known.ToString(Math.Abs(known) >= 1000 ? "#,0.#" : "0.##", CultureInfo.InvariantCulture), Csv: known.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("–", Csv: "");
}
