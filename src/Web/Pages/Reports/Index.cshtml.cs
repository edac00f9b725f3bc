using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>The series of reports and their editions.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, ReportBuilder builder, Publishing publishing) : AsAtPageModel
{
    private const int LatestDays = 8;

    /// <summary>What is found, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The latest days on which progress was reported or something stated.</summary>
    public IReadOnlyList<DateOnly> Days { get; private set; } = [];

    /// <summary>The series.</summary>
    public DataTable Series { get; private set; } = null!;

    /// <summary>Drafts and published editions.</summary>
    public DataTable Editions { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var series = await builder.SeriesAsync(User.Actor(), cancellation: cancellation);
        var editions = await publishing.EditionsAsync(User.Actor(), cancellation);
        var open = editions.Count(one => !Publishing.IsPublished(one.Body));
        var published = editions.Count(one => Publishing.IsPublished(one.Body));
        Headline = series.Count == 0 ? "No series of reports is on record"
            : $"{Format.Words(series.Count, capital: true)} series; {(published == 0 ? "no edition is published yet" : $"{Format.Words(published)} {(published == 1 ? "edition is" : "editions are")} published")}, {(open == 0 ? "none" : Format.Words(open))} {(open > 1 ? "are" : "is")} being written";
        var today = records.View(User.Actor(), new AsAt(Dates.Today, Dates.Today));
        Days = [.. (await today.ListAsync<ProgressReport>(cancellation)).Select(one => one.Known).Concat((await today.ListAsync<Statement>(cancellation)).Select(one => one.Known)).Distinct().OrderDescending().Take(LatestDays)];
        Series = Offer(new DataTable("series", "Series", [new("Series"), new("Template"), new("Written for"), new("Cadence"), new("What it is for")],
            [.. series.Select(one => (IReadOnlyList<DataCell>)[new DataCell(one.Body.Title, $"/reports/{Uri.EscapeDataString(one.Key)}"), one.Body.Template, string.Join(", ", one.Body.Audience), FieldWords.Words(one.Body.Cadence), one.Purpose])])
        {
            Empty = "A series is recorded under Series of reports: a template, a work, its readers.",
        });
        Editions = Offer(new DataTable("editions", "Editions", [new("Edition"), new("As at"), new("State"), new("Published on"), new("Open without an account")],
            [.. editions.Select(one => (IReadOnlyList<DataCell>)
            [
                new DataCell(one.Body.Title, Publishing.IsPublished(one.Body) ? $"/published/{one.Key}" : $"/reports/editions/{one.Key}"),
                DataCell.Of(one.Body.AsAt, ""),
                new DataCell(FieldWords.Words(one.Body.State), Tag: Colour(one.Body.State)),
                DataCell.Of(one.Body.PublishedOn, "not yet"),
                !Publishing.IsPublished(one.Body) ? "not yet" : Publishing.IsOpen(one.Body, Dates.Today) ? "yes" : one.Body.Open ? $"from {PageDates.Iso(one.Body.OpensOn!.Value)}" : "no",
            ])])
        {
            Empty = "No edition yet: open a series and draft one.",
        });
    }

    internal static string Colour(EditionState state) => state switch
    {
        EditionState.Published => "green", EditionState.Corrected => "red", EditionState.Superseded => "grey", EditionState.Checked => "blue", _ => "yellow",
    };
}
