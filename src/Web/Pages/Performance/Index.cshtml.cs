using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>Which series signalled, since the reader looked last and before, and the catalogue of measures.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, IWatchList watch, IMeasuredSeries reading) : AsAtPageModel
{
    private const int Shown = 20;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The watch list.</summary>
    public WatchReport Report { get; private set; } = null!;

    /// <summary>The series that signalled.</summary>
    public DataTable Signals { get; private set; } = null!;

    /// <summary>The catalogue.</summary>
    public DataTable Measures { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        Report = await watch.ListAsync(view, cancellation);
        var concerns = Report.Signalled.Where(one => one.IsConcern).OrderBy(one => one.First.Point.Period.First).ToList();
        var fresh = Report.Signalled.Count(one => one.New > 0);
        Headline = Report.Watched == 0 ? "No series is long enough to be watched on these dates"
            : concerns.Count == 0 ? $"None of {Format.Count(Report.Watched)} series signals concern"
            : $"{Format.Words(concerns.Count, capital: true)} of {Format.Count(Report.Watched)} series {(concerns.Count == 1 ? "signals" : "signal")} concern: {string.Join(" and ", concerns.Take(3).Select(one => $"{one.Chart.Series.Area.Name} first on the data of {one.First.Point.Label}"))}{(concerns.Count > 3 ? " and others" : "")}";
        Headline += fresh > 0 && Report.LookedLast is not null ? $"; {Format.Words(fresh)} {(fresh == 1 ? "has" : "have")} signals that are new to you" : "";
        Signals = Offer(new DataTable(
            "signals", "Series that signalled",
            [new("Series"), new("Measure"), new("First on the data of"), new("Signal"), new("Rule"), new("Could be seen by"), new("Was known on"), new("Newest signal"), new("Newest value"), new("New to you", true)],
            [.. Report.Signalled.Select(Row)])
        {
            Empty = "No series signalled on these dates. A chart needs six values before it tests the next.",
            Fold = Shown,
        });
        var series = (await reading.ListAsync(view, cancellation)).ToLookup(one => one.Measure.Key, StringComparer.Ordinal);
        var measures = await view.ListAsync<Measure>(cancellation);
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(measures);
        Measures = Offer(new DataTable(
            "measures", "Measures",
            [new("Measure"), new("Definition"), new("Unit"), new("Better is"), new("Target"), new("Areas", true), new("From"), new("To")],
            [.. measures.Select(measure => Row(measure, [.. series[measure.Key]]))])
        {
            Empty = "No measure is known on these dates.",
        });
    }

    /// <summary>Notes that the reader has looked.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        await watch.LookAsync(User.Actor(), HttpContext.RequestAborted);
        return Redirect(Dates.With("/performance", At.Effective, At.Known));
    }

    private static IReadOnlyList<DataCell> Row(SignalledSeries one)
    {
        var (series, last) = (one.Chart.Series, one.Chart.Points[^1]);
        return
        [
            new DataCell(series.Area.Name, $"/performance/{Uri.EscapeDataString(series.Measure.Key)}/{Uri.EscapeDataString(series.Area.Path)}"), series.Measure.Body.Title, one.First.Point.Label,
            new DataCell(one.First.Meaning, Tag: SeriesFigures.Tag(one.First.Meaning)), ChartWords.Rule(one.First.Limits.Flags[0], one.First.Limits.Direction),
            DataCell.Of(one.First.InTime, ""), DataCell.Of(one.First.KnownOn, ""), one.Latest.Point.Label,
            $"{ChartWords.Value(series.Measure.Body, last.Value)} in {last.Point.Label}{(one.StillSignals ? ", signals still" : "")}", DataCell.Of(one.New),
        ];
    }

    private static IReadOnlyList<DataCell> Row(StoredRecord<Measure> measure, List<MeasuredSeries> series)
    {
        var periods = series.SelectMany(one => one.Points).Select(point => point.Period).ToList();
        return
        [
            new DataCell(measure.Body.Title, $"/performance/{Uri.EscapeDataString(measure.Key)}"), measure.Body.Definition, measure.Body.Unit ?? "",
            measure.Body.Direction switch { MeasureDirection.Up => "higher", MeasureDirection.Down => "lower", _ => "neither" },
            measure.Body.Target is { } target ? ChartWords.Value(measure.Body, (double)target) : "none",
            DataCell.Of(series.Count), periods.Count == 0 ? new DataCell(series.Any(one => one.Words.Count > 0) ? "in words alone" : "no figure", Csv: "", Tag: "grey") : SeriesPeriod(periods.MinBy(period => period.First)!),
            periods.Count == 0 ? "" : SeriesPeriod(periods.MaxBy(period => period.Last)!),
        ];
    }

    private static string SeriesPeriod(PartialDate period) => period.Text;
}
