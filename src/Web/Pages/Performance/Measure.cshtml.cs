using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Performance;

/// <summary>One area of a measure: its small chart, or why it has none.</summary>
public sealed record SmallSeries(MeasuredSeries Series, string Href, SeriesFigure? Figure, string Why);

/// <summary>A measure: what it is, its areas beside each other, a funnel where its data allow one, and every value.</summary>
[RequirePermission(Permission.Read)]
public sealed class MeasureModel(IRecords records, IMeasureCharts charts) : AsAtPageModel
{
    private const int MostAtOnce = 16;

    /// <summary>The areas shown: "units" for the force and its units, "boroughs", or all.</summary>
    [BindProperty(SupportsGet = true, Name = "level")]
    public string? Level { get; set; }

    /// <summary>The period of the funnel; the newest where it is not given.</summary>
    [BindProperty(SupportsGet = true, Name = "period")]
    public string? Period { get; set; }

    /// <summary>The measure.</summary>
    public StoredRecord<Measure> Measure { get; private set; } = null!;

    /// <summary>What is found.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>What the measure is, by label.</summary>
    public IReadOnlyList<(string Label, string Text)> Facts { get; private set; } = [];

    /// <summary>The areas shown.</summary>
    public IReadOnlyList<SmallSeries> Shown { get; private set; } = [];

    /// <summary>Levels to choose from: words, address and whether it is shown.</summary>
    public IReadOnlyList<(string Text, string Href, bool Current)> Levels { get; private set; } = [];

    /// <summary>The funnel; null where the data do not allow one.</summary>
    public SeriesFigure? Funnel { get; private set; }

    /// <summary>The newest value of each area.</summary>
    public DataTable Newest { get; private set; } = null!;

    /// <summary>Every value of every area, which the page gives as CSV alone.</summary>
    public DataTable Values { get; private set; } = null!;

    /// <summary>Address of that CSV.</summary>
    public string ValuesHref => $"/performance/{Uri.EscapeDataString(Measure.Key)}?csv=all-values";

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string measure)
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        if (await view.FindAsync<Measure>(measure, cancellation) is not { } found)
        {
            return NotFound();
        }

        Measure = found;
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([found]);
        var all = await charts.DrawAllAsync(view, measure, cancellation);
        Headline = Find(all);
        Facts = Describe(found.Body);
        Choose(all);
        var path = $"/performance/{Uri.EscapeDataString(measure)}/";
        Shown = [.. all.Where(one => IsShown(one.Series)).Select(one => new SmallSeries(
            one.Series, path + Uri.EscapeDataString(one.Series.Area.Path), one.Chart.Succeeded ? SeriesFigures.Small(one.Chart.Value) : null,
            one.Chart.Succeeded ? "" : one.Series.Points.Count > 0 || one.Series.Words.Count == 0 ? one.Chart.Problems[0].Message : $"No figure: “{one.Series.Words[^1].Words}”"))];
        var funnel = await charts.FunnelAsync(view, measure, Period, cancellation);
        if (Period is not null && !funnel.Succeeded)
        {
            return Refuse([.. funnel.Problems.Select(problem => problem with { File = "address" })]);
        }

        Funnel = funnel.Succeeded ? Of(funnel.Value, found.Body) : null;
        if (Funnel is not null)
        {
            Offer(Funnel.Table);
        }

        Values = Offer(Table(found.Body, [.. all.SelectMany(one => one.Series.Points.Concat(one.Series.OtherPeriods).Select(point => (one.Series, point)))], "all-values", $"Every value of {found.Body.Title}"));
        Newest = Offer(Table(found.Body, [.. all.Where(one => one.Series.Points.Count > 0).Select(one => (one.Series, one.Series.Points[^1]))], "newest", $"Newest value of {found.Body.Title} by area"));
        return Page();
    }

    private static string Find(IReadOnlyList<ChartedSeries> all)
    {
        var drawn = all.Where(one => one.Chart.Succeeded).Select(one => one.Chart.Value).ToList();
        var signalled = drawn.Where(chart => chart.Signals.Count > 0).ToList();
        var concerns = signalled.Where(chart => chart.Signals.Any(signal => signal.Meaning == "concern")).OrderBy(chart => chart.Signals.First(signal => signal.Meaning == "concern").Point.Period.First).ToList();
        var watched = drawn.Count(chart => chart.Monitored.Count > 0);
        return all.Count == 0 ? "No value is known on these dates"
            : drawn.Count == 0 ? $"Known for {Format.Words(all.Count)} {(all.Count == 1 ? "area" : "areas")}, nowhere with values enough for a chart"
            : concerns.Count > 0 ? $"{Format.Words(concerns.Count, capital: true)} of {Format.Words(drawn.Count)} {(drawn.Count == 1 ? "area" : "areas")} signalled concern: {string.Join(", ", concerns.Take(4).Select(chart => $"{chart.Series.Area.Name} on the data of {chart.Signals.First(signal => signal.Meaning == "concern").Point.Label}"))}{(concerns.Count > 4 ? " and others" : "")}"
            : signalled.Count > 0 ? $"{Format.Words(signalled.Count, capital: true)} of {Format.Words(drawn.Count)} areas signalled a change, none of them concern"
            : watched == 0 ? $"Too few values to tell a signal from ordinary variation: at most {Format.Words(drawn.Max(chart => chart.Points.Count))} of an area"
            : $"No area of {Format.Words(watched)} signalled: ordinary variation{(watched == drawn.Count ? "" : $"; {Format.Words(drawn.Count - watched)} more {(drawn.Count - watched == 1 ? "has" : "have")} too few values to tell")}";
    }

    private static List<(string, string)> Describe(Measure measure)
    {
        var facts = new List<(string, string)> { ("Definition", $"{measure.Definition} (version {measure.Version})") };
        Add("Numerator", measure.Numerator);
        Add("Denominator", measure.Denominator);
        Add("Charter target", measure.Target is { } target
            ? ChartWords.Value(measure, (double)target) + (measure.Threshold is { } threshold ? $" within {threshold:0.##} {measure.ThresholdUnit}" : "") : "none");
        Add("Better is", measure.Direction switch { MeasureDirection.Up => "higher", MeasureDirection.Down => "lower", _ => "neither: a rise can mean more of it, or more of it recorded" });
        Add("Steward", measure.Steward);
        Add("Level", measure.Level);
        Add("Disclosure rule", measure.SuppressBelow is { } few ? $"counts below {few} are suppressed in what is published" : null);
        Add("What to know of it", measure.Summary);
        return facts;

        void Add(string label, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                facts.Add((label, text));
            }
        }
    }

    private void Choose(IReadOnlyList<ChartedSeries> all)
    {
        if (all.Count <= MostAtOnce)
        {
            Level = "all";
            return;
        }

        Level = Level is "boroughs" or "all" ? Level : "units";
        Levels =
        [
            .. new[] { ("units", "The force and its units"), ("boroughs", "Boroughs"), ("all", $"All {all.Count}") }
                .Select(one => (one.Item2, $"/performance/{Uri.EscapeDataString(Measure.Key)}?level={one.Item1}", Level == one.Item1)),
        ];
    }

    private bool IsShown(MeasuredSeries series) => Level switch
    {
        "units" => series.Area.Level is AreaLevel.Force or AreaLevel.CommandUnit,
        "boroughs" => series.Area.Level is AreaLevel.Borough or AreaLevel.Other,
        _ => true,
    };

    private static SeriesFigure Of(MeasureFunnel funnel, Measure measure)
    {
        var scale = measure.Unit == "%" ? 100 : 1;
        var rows = funnel.Answer.Points.Select((point, i) => (point, i)).OrderBy(pair => pair.point.Value).ToList();
        return new SeriesFigure
        {
            Title = funnel.Finding,
            Note = $"{measure.Title}, {funnel.Period.Text}; each area against its 99.8% limits, allowing for areas that differ by more than chance; in order of value",
            Picture = new ControlPicture
            {
                Description = funnel.Finding,
                Points = [.. rows.Select(pair => new ControlPicturePoint(
                    funnel.Areas[pair.i].Code, pair.point.Value * scale, pair.point.Centre * scale, pair.point.Lower * scale, pair.point.Upper * scale, pair.point.Flags.Count > 0 ? "outside" : null, pair.point.Flags.Count > 0 ? "change" : null))],
                Target = (double?)measure.Target,
                Joined = false,
            },
            Table = new DataTable(
                "funnel", $"Areas in {funnel.Period.Text}", [new("Area"), new("Value", true), new("Lower 99.8%", true), new("Upper 99.8%", true), new("Signal")],
                [.. rows.Select(pair => (IReadOnlyList<DataCell>)
                [
                    funnel.Areas[pair.i].Name, DataCell.Of(pair.point.Value * scale), DataCell.Of((pair.point.Lower ?? 0) * scale), DataCell.Of((pair.point.Upper ?? 0) * scale), pair.point.Flags.Count > 0 ? "outside" : "",
                ])]),
        };
    }

    private static DataTable Table(Measure measure, IReadOnlyList<(MeasuredSeries Series, SeriesPoint Point)> values, string id, string caption) => new(
        id, caption,
        [new("Area"), new("Code"), new("Period"), new("Value", true), new("Numerator", true), new("Denominator", true), new("Known on"), new("Record")],
        [.. values.Select(one => (IReadOnlyList<DataCell>)
        [
            new DataCell(one.Series.Area.Name, $"/performance/{Uri.EscapeDataString(one.Series.Measure.Key)}/{Uri.EscapeDataString(one.Series.Area.Path)}"), one.Series.Area.Code,
            new DataCell(one.Point.Label, Csv: $"{one.Point.Period.First:yyyy-MM-dd}/{one.Point.Period.Last:yyyy-MM-dd}"), Value(measure, one.Point.Value), Number(one.Point.Numerator), Number(one.Point.Denominator),
            DataCell.Of(one.Point.Known, ""), one.Series.ComputedFrom.Count == 0 ? one.Point.References[0] : $"added up from {one.Series.ComputedFrom.Count} boroughs",
        ])])
    {
        Empty = "No value is known on these dates. Import a table, or record single observations in the register.",
        Fold = 20,
    };

    private static DataCell Value(Measure measure, double value) => new(ChartWords.Value(measure, value), Csv: value.ToString("R", CultureInfo.InvariantCulture));

    private static DataCell Number(double? value) => value is { } known
        ? new DataCell(known.ToString("#,0.##", CultureInfo.InvariantCulture), Csv: known.ToString("R", CultureInfo.InvariantCulture)) : new DataCell("", Csv: "");
}
