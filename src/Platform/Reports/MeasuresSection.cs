using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>Measures with more than one period: a chart, a table of periods by area and the control charts of their areas; the others in one table.</summary>
internal sealed record MeasuresSection(string Heading) : ReportSection(Heading)
{
    /// <summary>Lines that one chart can hold and still be read.</summary>
    public const int LinesOfAChart = 6;

    private const int Periods = 24;

    public override async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var measures = (await writer.PickAsync("measure", Pick.All, null, cancellation)).Cast<StoredRecord<Measure>>().ToList();
        var values = (await ObservedValues.ListAsync(writer.View, cancellation)).Where(one => one.Body.Period is not null && writer.Scope.IsOfWork(one)).ToLookup(one => one.Body.Measure, StringComparer.Ordinal);
        if (!measures.Exists(measure => values[measure.Key].Any()))
        {
            return;
        }

        writer.Add(new HeadingBlock(2, Heading));
        var single = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
        foreach (var measure in measures)
        {
            var numbers = values[measure.Key].Where(one => one.Body.Value is not null).ToList();
            if (numbers.Select(one => one.Body.Period!.First).Distinct().Count() > 2)
            {
                Series(writer, measure, numbers);
                await ControlCharts.WriteAsync(writer, measure, heading: false, cancellation);
            }
            else
            {
                foreach (var one in values[measure.Key])
                {
                    writer.Tell(one, "title", "measure", "areas");
                }

                single.AddRange(values[measure.Key].OrderBy(one => one.Body.Area, StringComparer.Ordinal).ThenBy(one => one.Body.Period!.First).Select(one => (IReadOnlyList<IReadOnlyList<ReportText>>)
                [
                    writer.Words.Of(measure, "title"), writer.Words.Of(measure, "definition"), writer.Words.Of(one, "area"), writer.Words.Of(one, "period"), [.. Value(one, measure.Body), .. writer.Words.Of(one, "words")],
                ]));
            }
        }

        if (single.Count > 0)
        {
            writer.Add(new HeadingBlock(3, "Other measures"));
            writer.Add(new TableBlock(writer.Id("other-measures"), "Measures observed once or twice, or in words", [new("Measure", Share: 3), new("Definition", Share: 4), new("Area"), new("Period"), new("Value", Share: 3)], single));
        }
    }

    private static void Series(ReportWriter writer, StoredRecord<Measure> measure, List<StoredRecord<Observation>> numbers)
    {
        var unit = measure.Body.Unit;
        var periods = numbers.Select(one => one.Body.Period!).GroupBy(period => (period.First, period.Last)).OrderBy(group => group.Key.First).ThenBy(group => group.Key.Last).Select(group => group.First()).TakeLast(Periods).ToList();
        // The whole force last, as what the others are held against.
        var areas = numbers.Select(one => one.Body.Area).Distinct(StringComparer.Ordinal).OrderBy(area => area == "MPS").ThenBy(area => area, StringComparer.Ordinal).ToList();
        var held = numbers.GroupBy(one => (one.Body.Area, one.Body.Period!.First, one.Body.Period.Last)).ToDictionary(group => group.Key, group => group.MaxBy(one => (one.Known, one.VersionId))!);
        StoredRecord<Observation>? At(string area, PartialDate period) => held.GetValueOrDefault((area, period.First, period.Last));
        var names = areas.ToDictionary(area => area, area => numbers.First(one => one.Body.Area == area) is var first && writer.Words.Of(first, "area") is [var name, ..] ? name.Words : area, StringComparer.Ordinal);
        var last = periods[^1];
        var target = measure.Body.Target is { } goal ? $"; the target is {FieldWords.Number(goal, unit)}" : "";
        var finding = $"{measure.Body.Title}, {last.Text}: {string.Join(", ", areas.Where(area => At(area, last) is { } one && !SmallCounts.IsSmall(measure.Body, one.Body)).Select(area => $"{names[area]} {FieldWords.Number(At(area, last)!.Body.Value!.Value, unit)}"))}{target}";
        writer.Add(new HeadingBlock(3, measure.Body.Title));
        foreach (var text in writer.Words.Of(measure, "definition").Concat(writer.Words.Of(measure, "summary")))
        {
            writer.Add(new ParagraphBlock(text));
        }

        var id = writer.Id(measure.Key);
        if (areas.Count <= LinesOfAChart)
        {
            // A year stands beside no month on a line of months: what is drawn are the periods of the length that most have.
            static int Months(PartialDate period) => Math.Max(1, (int)Math.Round((period.Last.DayNumber - period.First.DayNumber + 1) / 30.4));
            var usual = periods.CountBy(Months).MaxBy(length => length.Value).Key;
            var drawn = periods.Where(period => Months(period) == usual).ToList();
            writer.Add(new ChartBlock(finding, unit, [.. drawn.Select(period => period.Text)], [.. areas.Select(area => new ChartLine(names[area], [.. drawn.Select(period => At(area, period) is { } one && !SmallCounts.IsSmall(measure.Body, one.Body) ? one.Body.Value : null)]))], measure.Body.Target, id));
        }

        foreach (var one in held.Values)
        {
            writer.Tell(one, "title", "measure", "area", "areas", "period");
        }

        writer.Add(new TableBlock(
            id, measure.Body.Title, [new ReportColumn("Period"), .. areas.Select(area => new ReportColumn(names[area], true))],
            [.. periods.Select(period => (IReadOnlyList<IReadOnlyList<ReportText>>)
            [
                areas.Select(area => At(area, period)).First(one => one is not null) is { } any ? writer.Words.Of(any, "period").Select(text => text with { Words = period.Text }).ToList() : [],
                .. areas.Select(area => At(area, period) is { } one ? Value(one, measure.Body) : [new ReportText("not observed", Standing: Standing.Missing)]),
            ])]));
    }

    private static IReadOnlyList<ReportText> Value(StoredRecord<Observation> one, Measure measure) =>
        one.Body.Value is not { } value ? []
        : SmallCounts.IsSmall(measure, one.Body) ? [new ReportText(SmallCounts.Suppressed, Standing: Standing.Missing)]
        : [new ReportText(FieldWords.Number(value, measure.Unit), one.Reference, "value")];
}
