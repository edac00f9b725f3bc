using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>What happened at a mark of a chart.</summary>
public enum MarkKind
{
    /// <summary>A test, or a wave of the roll-out, went live.</summary>
    GoLive,

    /// <summary>A phase of a test began or ended.</summary>
    Phase,

    /// <summary>The model was changed during a test.</summary>
    Adaptation,

    /// <summary>The definition of the measure changed, which breaks its series.</summary>
    Definition,

    /// <summary>Somebody let the limits start afresh.</summary>
    Rebase,
}

/// <summary>An event of the programme's own records, to be drawn on a chart.</summary>
/// <param name="Number">Its number on the chart, from 1 in order of time.</param>
/// <param name="Kind">What happened.</param>
/// <param name="When">When, as stated.</param>
/// <param name="What">What, in words.</param>
/// <param name="Reference">"kind:key" of the record that says so.</param>
/// <param name="Position">
/// Where it stands among the points: 2 is the middle of the third, 1.5 the border between the second and the third. Null where the series
/// does not reach it: it is listed and not drawn.
/// </param>
public sealed record ChartMark(int Number, MarkKind Kind, PartialDate When, string What, string Reference, double? Position);

/// <summary>The records that marks and limits come from, read once for all charts of a view.</summary>
internal sealed record ChartEvents(
    IReadOnlyList<StoredRecord<Pilot>> Pilots, IReadOnlyList<StoredRecord<Wave>> Waves, IReadOnlyList<StoredRecord<ChartSegment>> Segments,
    IReadOnlyDictionary<string, IReadOnlyList<StoredRecord<Measure>>> Definitions)
{
    /// <summary>Reads them; the definitions of every measure asked for, in the order in which they took effect.</summary>
    public static async Task<ChartEvents> ReadAsync(RecordView view, IEnumerable<string> measures, CancellationToken cancellation)
    {
        var kind = view.Catalogue.Get<Measure>();
        var definitions = new Dictionary<string, IReadOnlyList<StoredRecord<Measure>>>(StringComparer.Ordinal);
        foreach (var measure in measures.Distinct(StringComparer.Ordinal))
        {
            definitions[measure] = [.. (await view.TimelineAsync(kind, measure, cancellation)).Where(version => version.Stated is not null && version.Effective.From <= view.At.Effective)
                .Cast<StoredRecord<Measure>>().OrderBy(version => version.Effective.From).ThenBy(version => version.VersionId)];
        }

        return new ChartEvents(
            await view.ListAsync<Pilot>(cancellation), await view.ListAsync<Wave>(cancellation), await view.ListAsync<ChartSegment>(cancellation), definitions);
    }

    /// <summary>The segments that somebody set for a series, those of one area after those of every area.</summary>
    public IEnumerable<StoredRecord<ChartSegment>> SegmentsOf(MeasuredSeries series) => Segments
        .Where(one => one.Body.Measure == series.Measure.Key && (string.IsNullOrEmpty(one.Body.Area) || string.Equals(one.Body.Area, series.Area.Code, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(one => string.IsNullOrEmpty(one.Body.Area) ? 0 : 1).ThenBy(one => one.Key, StringComparer.Ordinal);

    /// <summary>The days on which the definition of a measure was counted up, each with the version that did.</summary>
    public IEnumerable<(DateOnly On, StoredRecord<Measure> Version)> NewDefinitions(string measure)
    {
        var versions = Definitions.GetValueOrDefault(measure) ?? [];
        for (var i = 1; i < versions.Count; i++)
        {
            if (versions[i].Body.Version > versions.Take(i).Max(version => version.Body.Version))
            {
                yield return (versions[i].Effective.From, versions[i]);
            }
        }
    }

    /// <summary>What happened in the area of a series up to a day, in order of time. The whole force has the events of every area.</summary>
    public IReadOnlyList<ChartMark> MarksOf(MeasuredSeries series, DateOnly until)
    {
        var found = new List<(MarkKind Kind, PartialDate When, string What, string Reference)>();
        foreach (var pilot in Pilots.Where(pilot => Concerns(series.Area, pilot.Body.Unit, pilot.Body.Boroughs)))
        {
            Add(MarkKind.GoLive, pilot.Body.Live, $"{pilot.Body.Title} fully live", pilot.Reference);
            foreach (var phase in pilot.Body.Phases)
            {
                Add(MarkKind.Phase, phase.Starts, $"{pilot.Body.Title}: {phase.What} begins", pilot.Reference);
            }

            foreach (var adaptation in pilot.Body.Adaptations)
            {
                Add(MarkKind.Adaptation, adaptation.On, $"{pilot.Body.Title}: {adaptation.What}", pilot.Reference);
            }
        }

        foreach (var wave in Waves)
        {
            foreach (var unit in wave.Body.Units.Where(unit => Concerns(series.Area, unit.Code, unit.Boroughs)))
            {
                var planned = wave.Body.WentLive is null;
                Add(MarkKind.GoLive, wave.Body.WentLive ?? wave.Body.GoesLive, $"{unit.Name} ({unit.Code}) {(planned ? "goes live as planned" : "went live")}, {wave.Body.Title}", wave.Reference);
            }
        }

        foreach (var (on, version) in NewDefinitions(series.Measure.Key))
        {
            Add(MarkKind.Definition, PartialDate.Of(on), $"Definition {version.Body.Version}: {version.Body.Definition}", version.Reference);
        }

        foreach (var segment in SegmentsOf(series).Where(segment => segment.Body.Starts is not null))
        {
            Add(MarkKind.Rebase, PartialDate.Of(segment.Body.Starts!.Value), $"Limits start afresh: {segment.Body.Reason}", segment.Reference);
        }

        return [.. found.OrderBy(one => one.When.First).ThenBy(one => one.When.Last).ThenBy(one => one.What, StringComparer.Ordinal)
            .Select((one, i) => new ChartMark(i + 1, one.Kind, one.When, one.What, one.Reference, PositionOf(series.Points, one.When.First)))];

        void Add(MarkKind kind, PartialDate? when, string what, string reference)
        {
            if (when is not null && when.First <= until)
            {
                found.Add((kind, when, what, reference));
            }
        }
    }

    private static bool Concerns(MeasuredArea area, string unit, IReadOnlyList<string> boroughs) =>
        area.Level == AreaLevel.Force || string.Equals(area.Code, unit, StringComparison.OrdinalIgnoreCase) || boroughs.Contains(area.Code, StringComparer.Ordinal);

    private static double? PositionOf(IReadOnlyList<SeriesPoint> points, DateOnly day)
    {
        for (var i = 0; i < points.Count; i++)
        {
            var period = points[i].Period;
            if (day < period.First)
            {
                return i == 0 ? null : i - 0.5;
            }

            if (day <= period.Last)
            {
                return i - 0.5 + ((day.DayNumber - period.First.DayNumber) / (double)(period.Last.DayNumber - period.First.DayNumber + 1));
            }
        }

        return null;
    }
}
