using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>One measure on the watch list.</summary>
/// <param name="Title">The measure.</param>
/// <param name="Href">Its page.</param>
/// <param name="Finding">How many of its series signal, without full stop.</param>
/// <param name="Table">Its series, the strongest signal first.</param>
public sealed record WatchGroup(string Title, string Href, string Finding, DataTable Table);

/// <summary>Which series signal that the reader has not looked at, measure by measure, and the catalogue of measures.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, IWatchList watch, IMeasuredSeries reading) : AsAtPageModel
{
    private const int Shown = 5;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The watch list.</summary>
    public WatchReport Report { get; private set; } = null!;

    /// <summary>"all" for every series that ever signalled.</summary>
    [BindProperty(SupportsGet = true, Name = "signals")]
    public string? Asked { get; set; }

    /// <summary>Whether every series that ever signalled is shown.</summary>
    public bool All => Asked == "all";

    /// <summary>What the list is of.</summary>
    public string Heading { get; private set; } = "";

    /// <summary>How many signals chance alone would give, and what seasons do.</summary>
    public string ByChance { get; private set; } = "";

    /// <summary>The series that signal, measure by measure.</summary>
    public IReadOnlyList<WatchGroup> Groups { get; private set; } = [];

    /// <summary>Series that signalled at some time and are not shown.</summary>
    public int Others { get; private set; }

    /// <summary>The catalogue.</summary>
    public DataTable Measures { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        Report = await watch.ListAsync(view, cancellation);
        var concerns = Report.Signalled.Where(one => one.IsConcern).OrderBy(one => one.First.Point.Period.First).ToList();
        var fresh = Report.Fresh.Count;
        Headline = Report.Watched == 0 ? "No series is long enough to be watched on these dates"
            : concerns.Count == 0 ? $"None of {Format.Count(Report.Watched)} series signals concern"
            : $"{Format.Words(concerns.Count, capital: true)} of {Format.Count(Report.Watched)} series {(concerns.Count == 1 ? "signals" : "signal")} concern: {string.Join(" and ", concerns.Take(3).Select(one => $"{one.Chart.Series.Area.Name} first on the data of {one.First.Point.Label}"))}{(concerns.Count > 3 ? " and others" : "")}";
        Headline += fresh > 0 && Report.LookedLast is not null ? $"; {Format.Words(fresh)} {(fresh == 1 ? "has" : "have")} signals that are new to you" : "";
        var shown = All ? Report.Signalled : Report.Fresh;
        Others = Report.Signalled.Count - shown.Count;
        Heading = All ? "Every series that signalled at some time" : Report.LookedLast is { } looked ? $"New since you looked on {Format.Date(DateOnly.FromDateTime(looked.UtcDateTime))}" : "What signals now";
        ByChance = Report.Tested == 0 ? "No value was tested."
            : $"{Format.Count(Report.Tested)} {(Report.LookedLast is null ? "newest" : "new")} {(Report.Tested == 1 ? "value was" : "values were")} tested; {(Report.ByChance < 0.5 ? "hardly any" : "about " + Format.Words((int)Math.Round(Report.ByChance)))} would signal by chance alone, though nothing had changed. "
                + "A month is held against all months before it, not against the same month of the year before, so that what comes back each year signals too: such series say so, and stand last.";
        Groups = [.. shown.GroupBy(one => one.Chart.Series.Measure.Key, StringComparer.Ordinal).Select(group => Group([.. group]))];
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

    private WatchGroup Group(List<SignalledSeries> signalled)
    {
        var measure = signalled[0].Chart.Series.Measure;
        var (now, back) = (signalled.Count(one => one.StillSignals), signalled.Count(one => one.CameBack));
        var moving = Report.Signalled.Count(one => one.WithTheForce && one.Chart.Series.Measure.Key == measure.Key);
        var finding = $"{Format.Count(signalled.Count)} series, {Format.Words(now)} {(now == 1 ? "signals" : "signal")} now{(back == 0 ? "" : $", {Format.Words(back)} as in the year before")}{(moving == 0 || All ? "" : $"; {Format.Words(moving)} more {(moving == 1 ? "moves" : "move")} with the whole force")}";
        return new WatchGroup(measure.Body.Title, $"/performance/{Uri.EscapeDataString(measure.Key)}", finding, Offer(new DataTable(
            "signals-" + measure.Key, $"Series of {measure.Body.Title} that signalled",
            [new("Series"), new("Signal"), new("Rule"), new("Distance, limit 1", true), new("Latest on the data of"), new("First on the data of"), new("Could be seen by"), new("Was known on"), new("Now"), new("The year before")],
            [.. signalled.Select(Row)]) { Fold = Shown }));
    }

    private static IReadOnlyList<DataCell> Row(SignalledSeries one)
    {
        var (series, last) = (one.Chart.Series, one.Chart.Points[^1]);
        return
        [
            new DataCell(series.Area.Name, $"/performance/{Uri.EscapeDataString(series.Measure.Key)}/{Uri.EscapeDataString(series.Area.Path)}"),
            new DataCell(one.Latest.Meaning, Tag: SeriesFigures.Tag(one.Latest.Meaning)), ChartWords.Rule(one.Latest.Limits.Flags[0], one.Latest.Limits.Direction), DataCell.Of(one.Strength, 1),
            one.Latest.Point.Label, one.First.Point.Label, DataCell.Of(one.First.InTime, ""), DataCell.Of(one.First.KnownOn, ""),
            $"{ChartWords.Value(series.Measure.Body, last.Value)} in {last.Point.Label}, {(one.StillSignals ? "signals" : "quiet")}", one.CameBack ? "signalled too" : "",
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
