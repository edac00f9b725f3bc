using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>One series in full: in hindsight and as watched value by value, with events, segments, and what else is known of it.</summary>
[RequirePermission(Permission.Read)]
public sealed class SeriesModel(IRecords records, IMeasuredSeries reading, IMeasureCharts charts) : AsAtPageModel
{
    private static readonly Dictionary<string, ChartKind> Kinds = new(StringComparer.Ordinal) { ["xmr"] = ChartKind.Xmr, ["p"] = ChartKind.P, ["pprime"] = ChartKind.PPrime, ["run"] = ChartKind.Run };

    /// <summary>The kind of chart asked for; the one the data ask for where the address names none.</summary>
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>The series.</summary>
    public MeasuredSeries Series { get; private set; } = null!;

    /// <summary>Its chart; null where there is none.</summary>
    public MeasureChart? Chart { get; private set; }

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Why there is no chart.</summary>
    public IReadOnlyList<Problem> Refused { get; private set; } = [];

    /// <summary>The chart in hindsight.</summary>
    public SeriesFigure? Retrospective { get; private set; }

    /// <summary>The chart as watched.</summary>
    public SeriesFigure? Monitored { get; private set; }

    /// <summary>The events, with the records that say so.</summary>
    public DataTable? Marks { get; private set; }

    /// <summary>The segments.</summary>
    public DataTable? Segments { get; private set; }

    /// <summary>Values for other periods, and what is known in words.</summary>
    public DataTable? Others { get; private set; }

    /// <summary>Charts to choose from: words, address, whether it is shown.</summary>
    public IReadOnlyList<(string Text, string Href, bool Current)> Choices { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string measure, string area)
    {
        var cancellation = HttpContext.RequestAborted;
        if (Kind is { Length: > 0 } name && !Kinds.ContainsKey(name))
        {
            return Refuse([new Problem("There is no such kind of chart", "address", Field: "kind", Found: name, Accepted: string.Join(", ", Kinds.Keys))]);
        }

        var view = records.View(User.Actor(), At);
        if (await view.FindAsync<Measure>(measure, cancellation) is not { } found)
        {
            return NotFound();
        }

        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([found]);
        if (await reading.SeriesOfAsync(view, measure, area, cancellation) is not { } series)
        {
            Series = new MeasuredSeries(found, new MeasuredArea(area.ToUpperInvariant(), area.ToUpperInvariant(), AreaLevel.Other, []), [], [], [], []);
            Headline = "Nothing is known of it on these dates";
            return Page();
        }

        Series = series;
        foreach (var reference in series.Points.Concat(series.OtherPeriods).SelectMany(point => point.References).Concat(series.Words.Select(said => said.Reference)).Distinct(StringComparer.Ordinal))
        {
            if (await view.FindAsync(reference, cancellation) is { } shown)
            {
                HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([shown]);
            }
        }

        var drawn = await charts.DrawAsync(view, series, Kind is { Length: > 0 } kind ? Kinds[kind] : null, cancellation);
        Refused = drawn.Problems;
        Chart = drawn.Succeeded ? drawn.Value : null;
        Headline = Chart?.Finding ?? (series.Points.Count > 0
            ? $"{ChartWords.Value(found.Body, series.Points[^1].Value)} in {series.Points[^1].Label}; no chart can be drawn"
            : series.Words.Count > 0 ? $"“{series.Words[^1].Words}”: no figure is known" : "Values for other periods alone are known");
        if (Chart is not null)
        {
            Show(Chart);
        }

        ShowOthers();
        return Page();
    }

    private void Show(MeasureChart chart)
    {
        Retrospective = SeriesFigures.Retrospective(chart, records.Catalogue);
        Offer(Retrospective.Table);
        Monitored = SeriesFigures.Monitored(chart);
        if (Monitored is not null)
        {
            Offer(Monitored.Table);
        }

        Marks = chart.Marks.Count == 0 ? null : Offer(new DataTable(
            "events", "Events of the programme", [new("Number", true), new("When, as stated"), new("What"), new("On the chart")],
            [.. chart.Marks.Select(mark => (IReadOnlyList<DataCell>)
            [
                DataCell.Of(mark.Number), mark.When.Text, new DataCell(mark.What, ReferenceNames.Href(records.Catalogue, mark.Reference)), mark.Position is null ? "outside of the values" : "drawn",
            ])]));
        Segments = Offer(new DataTable(
            "segments", "Limits", [new("From"), new("Values", true), new("Set by the first", true), new("Trial limits"), new("Why"), new("Runs about the centre")],
            [.. chart.Segments.Select(segment => (IReadOnlyList<DataCell>)
            [
                segment.Start, DataCell.Of(segment.Points), DataCell.Of(segment.BaselinePoints), segment.TrialLimits ? "yes: under 12 values" : "no",
                new DataCell(segment.Reason ?? "Every value sets the limits", segment.Reference is { } reference ? ReferenceNames.Href(records.Catalogue, reference) : null),
                segment.RunsSignal ? "not random: too long or too few" : "as chance gives them",
            ])]));
        var path = $"/performance/{Uri.EscapeDataString(Series.Measure.Key)}/{Uri.EscapeDataString(Series.Area.Path)}?kind=";
        Choices = [.. Kinds.Where(one => Series.HasParts || one.Value is ChartKind.Xmr or ChartKind.Run).Select(one => (SeriesFigures.Kind(one.Value), path + one.Key, one.Value == chart.Kind))];
    }

    private void ShowOthers()
    {
        if (Series.OtherPeriods.Count + Series.Words.Count == 0)
        {
            return;
        }

        Others = Offer(new DataTable(
            "others", "Other periods, and what is said in words", [new("Period"), new("Value"), new("Known on"), new("Record")],
            [
                .. Series.OtherPeriods.Select(point => (IReadOnlyList<DataCell>)
                [
                    point.Label, new DataCell(ChartWords.Value(Series.Measure.Body, point.Value), Csv: point.Value.ToString("R", CultureInfo.InvariantCulture)), DataCell.Of(point.Known, ""),
                    new DataCell("source", ReferenceNames.Href(records.Catalogue, point.References[0]), point.References[0]),
                ]),
                .. Series.Words.Select(said => (IReadOnlyList<DataCell>)
                [
                    said.Period.Text, $"“{said.Words}”", DataCell.Of(said.Known, ""), new DataCell("source", ReferenceNames.Href(records.Catalogue, said.Reference), said.Reference),
                ]),
            ]));
    }
}
