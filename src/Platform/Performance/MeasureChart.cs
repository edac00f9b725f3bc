using Pathfinder.Analysis.Control;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>One value on a chart, in the unit of the measure.</summary>
/// <param name="Point">The value with its clocks and records.</param>
/// <param name="Value">What is plotted.</param>
/// <param name="Centre">The centre line here.</param>
/// <param name="Lower">The lower limit; null on a run chart.</param>
/// <param name="Upper">The upper limit; null on a run chart.</param>
/// <param name="Flags">The rule of highest priority that it breaks, by its name; empty where none.</param>
/// <param name="Direction">Which way the rule points: 1 high or rising, −1 low or falling, 0 where none is broken.</param>
/// <param name="Segment">Which segment it belongs to, from 0.</param>
/// <param name="InBaseline">Whether it helped to set the limits.</param>
/// <param name="Comparator">The value of the comparator for the same period; null where there is none.</param>
public sealed record MeasureChartPoint(
    SeriesPoint Point, double Value, double Centre, double? Lower, double? Upper, IReadOnlyList<string> Flags, int Direction, int Segment, bool InBaseline,
    double? Comparator);

/// <summary>A value against limits from the values before it, as it would have looked when it came.</summary>
/// <param name="Index">Its place among the points.</param>
/// <param name="Centre">Centre of the values before.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="Flags">The rule it breaks; empty where it does not signal.</param>
/// <param name="Direction">1 high or rising, −1 low or falling, 0 no signal.</param>
/// <param name="BaselinePoints">How many values set the limits.</param>
public sealed record MonitoredPoint(int Index, double Centre, double Lower, double Upper, IReadOnlyList<string> Flags, int Direction, int BaselinePoints);

/// <summary>A value that signalled when it was held against those before it.</summary>
/// <param name="Point">The value.</param>
/// <param name="Limits">What it was held against.</param>
/// <param name="Meaning">concern, improvement, or change where no direction is stated.</param>
/// <param name="KnownOn">The day on which it and all values before it were known: the first day on which it could be seen.</param>
/// <param name="InTime">The day on which it could have been seen, had each value been known by the end of the month after its period.</param>
public sealed record SeriesSignal(SeriesPoint Point, MonitoredPoint Limits, string Meaning, DateOnly KnownOn, DateOnly InTime);

/// <summary>A stretch with limits of its own.</summary>
/// <param name="Start">Label of its first period.</param>
/// <param name="Points">Values in it.</param>
/// <param name="BaselinePoints">Values that set its limits.</param>
/// <param name="TrialLimits">Whether these are so few that the limits will still move: under 12.</param>
/// <param name="Reason">Why it starts or its baseline ends there; null for the first where all values set the limits.</param>
/// <param name="Reference">"kind:key" of the record that says so; null where a rule of the product does.</param>
/// <param name="RunsSignal">Whether the run test signals.</param>
public sealed record MeasureChartSegment(string Start, int Points, int BaselinePoints, bool TrialLimits, string? Reason, string? Reference, bool RunsSignal);

/// <summary>A control chart of a series.</summary>
/// <param name="Series">What is charted.</param>
/// <param name="Kind">The kind of chart.</param>
/// <param name="WhyKind">Why that kind, a sentence without full stop.</param>
/// <param name="Finding">What it says when it is watched value by value, a sentence without full stop.</param>
/// <param name="Hindsight">What it says against the limits of <paramref name="Points"/>, a sentence without full stop.</param>
/// <param name="Variation">What the last value says.</param>
/// <param name="Assurance">What the target may expect; null where the kind has no limits.</param>
/// <param name="Target">The target in the unit of the measure.</param>
/// <param name="Comparator">The series it is held beside; null where there is none, or it is that series itself.</param>
/// <param name="ComparatorContains">What the comparator contains that it should not; null where nothing is known of it.</param>
/// <param name="Points">The values against retrospective limits: those of the segment, or of its frozen baseline.</param>
/// <param name="Segments">The segments.</param>
/// <param name="Monitored">The values against limits from the values before each; empty for a run chart.</param>
/// <param name="Signals">Those of them that signalled, in order.</param>
/// <param name="Marks">Events of the programme.</param>
/// <param name="Cautions">What limits the reading: trial limits, gaps, other statements.</param>
public sealed record MeasureChart(
    MeasuredSeries Series, ChartKind Kind, string WhyKind, string Finding, string Hindsight, string Variation, string? Assurance, double? Target, MeasuredSeries? Comparator,
    string? ComparatorContains, IReadOnlyList<MeasureChartPoint> Points, IReadOnlyList<MeasureChartSegment> Segments, IReadOnlyList<MonitoredPoint> Monitored,
    IReadOnlyList<SeriesSignal> Signals, IReadOnlyList<ChartMark> Marks, IReadOnlyList<string> Cautions)
{
    /// <summary>
    /// What the comparator's values are multiplied with to stand on the axis of the series: counts of a whole cannot be drawn beside
    /// those of a part, so they are brought to its level over the values that set the limits. 1 for shares, times and other rates.
    /// </summary>
    public double ComparatorScale
    {
        get
        {
            var level = Points.Where(point => point is { Comparator: not null, InBaseline: true, Segment: 0 }).ToList();
            var beside = level.Sum(point => point.Comparator!.Value);
            return Series.Measure.Body is { AddsUp: true, Denominator: null } && beside != 0 ? level.Sum(point => point.Value) / beside : 1;
        }
    }

    /// <summary>Which way is better.</summary>
    public Improvement Improvement => MeasureCharts.ImprovementOf(Series.Measure.Body);
}

/// <summary>A funnel over areas for one period.</summary>
/// <param name="Period">The period.</param>
/// <param name="Finding">What it says.</param>
/// <param name="Areas">The areas in the order of <see cref="Answer"/>.</param>
/// <param name="Answer">Shares with their limits.</param>
public sealed record MeasureFunnel(PartialDate Period, string Finding, IReadOnlyList<MeasuredArea> Areas, ChartAnswer Answer);
