using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Documents;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Promises;

/// <summary>Every promise with its verdict, one's own boroughs first.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, PromiseCheck check, BoroughPromises boroughs, ICurrentForce current, SourceLinks sources) : AsAtPageModel
{
    /// <summary>The borough asked for, a code; one's own where the address names none.</summary>
    [BindProperty(SupportsGet = true, Name = "borough")]
    public string? Borough { get; set; }

    /// <summary>What is found, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The groups that have promises: heading and table.</summary>
    public IReadOnlyList<(string Heading, DataTable Table)> Groups { get; private set; } = [];

    /// <summary>Boroughs to choose from; empty where there is no force.</summary>
    public IReadOnlyList<FieldOption> Choices { get; private set; } = [];

    /// <summary>How many promises are withheld from the reader, by ground.</summary>
    public IReadOnlyDictionary<string, int> Withheld { get; private set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var force = await current.FindAsync(At, cancellation);
        var known = force?.Pack.Boroughs.Where(one => one.InForce).ToDictionary(one => one.Code, one => one.Name, StringComparer.Ordinal) ?? [];
        if (Borough is { Length: > 0 } asked && !known.ContainsKey(asked))
        {
            return Refuse([new Problem("There is no such borough", "address", Field: "borough", Found: asked, Accepted: "the code of a borough, as E09000007")]);
        }

        var own = Borough is { Length: > 0 } one ? [one] : User.Actor().Boroughs;
        var view = records.View(User.Actor(), At);
        var verdicts = await check.ListAsync(view, cancellation);
        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(verdicts.Select(verdict => verdict.Promise));
        var groups = await boroughs.GroupAsync(view, verdicts, own, cancellation);
        var names = Format.List([.. own.Select(code => known.GetValueOrDefault(code, code))]);
        Headline = own.Count == 0 ? PromiseReports.Headline(verdicts) : PromiseReports.Headline(groups.Concerning, $" that concern{(groups.Concerning.Count < 2 ? "s" : "")} {names}");
        Choices = [new FieldOption("", User.Actor().Boroughs.Count > 0 ? "My own" : "None in particular"), .. known.OrderBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => new FieldOption(pair.Key, pair.Value))];
        Withheld = await view.WithheldAsync(records.Catalogue.Get<Commitment>(), cancellation);
        (string Id, string Heading, IReadOnlyList<PromiseVerdict> Of)[] shown =
        [
            ("own", $"About {names}", groups.Own),
            ("everywhere", own.Count == 0 ? "For the whole force" : $"For the whole force, and so for {names}", groups.Everywhere),
            ("elsewhere", own.Count == 0 ? "About some areas" : "Elsewhere", groups.Elsewhere),
        ];
        var tables = new List<(string, DataTable)>();
        foreach (var (id, heading, of) in shown.Where(group => group.Of.Count > 0))
        {
            tables.Add((heading, Offer(new DataTable(id, heading, [new("Promise"), new("Verdict"), new("Since"), new("What shows it, or why it cannot be tested"), new("Where it says so")], await RowsAsync(view, of)))));
        }

        Groups = tables;
        return Page();
    }

    private async Task<IReadOnlyList<IReadOnlyList<DataCell>>> RowsAsync(RecordView view, IReadOnlyList<PromiseVerdict> verdicts)
    {
        var rows = new List<IReadOnlyList<DataCell>>(verdicts.Count);
        foreach (var one in verdicts)
        {
            var source = one.Promise.Body.Sources is [var first, ..] ? await sources.FindAsync(first, HttpContext.RequestAborted) : null;
            rows.Add(
            [
                new DataCell(one.Promise.Body.Title, $"/promises/{Uri.EscapeDataString(one.Promise.Key)}"),
                new DataCell(one.Verdict.Words(), Tag: SaidCells.Colour(one.Verdict.Standing())),
                Since(await check.SinceAsync(view, one, HttpContext.RequestAborted)),
                one.Short(),
                source is null ? new DataCell("not stated") : new DataCell(source.Text, source.Href ?? (source.Document is { } document ? $"/documents/{Uri.EscapeDataString(document)}" : null)),
            ]);
        }

        return rows;
    }

    private static DataCell Since(VerdictSince since) => since.Uncertain is null ? DataCell.Of(since.Day, "")
        : new DataCell(since.Words(), Csv: DataCell.Of(since.Day, "").Csv);
}
