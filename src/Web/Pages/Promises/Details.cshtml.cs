using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Documents;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Promises;

/// <summary>One promise: its verdict, what shows it, where it says so, and the verdict over time.</summary>
[RequirePermission(Permission.Read)]
public sealed class DetailsModel(IRecords records, PromiseCheck check, SourceLinks sources) : AsAtPageModel
{
    /// <summary>The promise with its verdict.</summary>
    public PromiseVerdict Verdict { get; private set; } = null!;

    /// <summary>What is found, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Why the day since which the verdict holds is not sure; null where it is.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Who made it, by name.</summary>
    public string By { get; private set; } = "";

    /// <summary>To whom, by name.</summary>
    public string To { get; private set; } = "";

    /// <summary>What the verdict rests on.</summary>
    public DataTable? Evidence { get; private set; }

    /// <summary>Where the promise is made: words and page.</summary>
    public IReadOnlyList<SourceLink> Sources { get; private set; } = [];

    /// <summary>Where the sources say what the verdict rests on.</summary>
    public IReadOnlyList<SourceLink> EvidenceSources { get; private set; } = [];

    /// <summary>The parts of the promise that this is one of; null where it stands by itself.</summary>
    public DataTable? Parts { get; private set; }

    /// <summary>The verdict over time.</summary>
    public VerdictStripChart? Strip { get; private set; }

    /// <summary>The address of this page with its dates, whole.</summary>
    public string LinkToSend { get; private set; } = "";

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string key)
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), At);
        if (await view.FindAsync<Commitment>(key, cancellation) is not { } promise)
        {
            return await AbsentPage.ResultAsync(this, view, records.Catalogue.Get<Commitment>(), key);
        }

        HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise([promise]);
        Verdict = await check.CheckAsync(view, promise, cancellation);
        var when = await check.SinceAsync(view, Verdict, cancellation);
        var since = when.Words();
        Doubt = when.Doubt();
        Parts = promise.Body.PartOf is { Length: > 0 } whole ? await PartsAsync(view, whole, cancellation) : null;
        Headline = Verdict.Verdict switch
        {
            Platform.Programme.Commitments.Verdict.Kept => $"Kept since {since}",
            Platform.Programme.Commitments.Verdict.Broken => Verdict.BrokenWords(when),
            _ => "Cannot be tested with what is recorded",
        };
        By = promise.Body.By is { } by ? (await PromiseReports.NamesAsync(view, [by], cancellation))[0].Name : "not stated";
        To = promise.Body.To.Count > 0 ? Format.List([.. (await PromiseReports.NamesAsync(view, promise.Body.To, cancellation)).Select(party => party.Name)]) : "not stated";
        Sources = await FindAsync([.. promise.Body.Sources.Concat(promise.Body.SaidAgain).Distinct()]);
        EvidenceSources = await FindAsync(Verdict.Evidence.SelectMany(term => term.Sources).Distinct());
        if (Verdict.Evidence.Count > 0)
        {
            Evidence = Offer(new DataTable(
                "evidence", "What the verdict rests on", [new("What"), new("Value"), new("Known on")],
                [.. Verdict.Evidence.Select(term => (IReadOnlyList<DataCell>)
                [
                    new DataCell(term.Words, term.Reference is { } reference ? ReferenceNames.Href(records.Catalogue, reference) : null),
                    term.Value is { } value ? value : new DataCell("not recorded", Csv: "", Tag: "grey"),
                    DataCell.Of(term.Known, ""),
                ])]));
        }

        var bands = await check.BandsAsync(view, promise, cancellation);
        if (bands.Count > 0)
        {
            Strip = VerdictStripChart.Of(bands, At);
            Offer(Strip.Table);
        }

        LinkToSend = $"{Request.Scheme}://{Request.Host}{Dates.With(Request.PathBase + Request.Path, At.Effective, At.Known)}";
        return Page();
    }

    private async Task<DataTable> PartsAsync(RecordView view, string whole, CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<DataCell>>();
        foreach (var part in (await view.ListAsync<Commitment>(cancellation)).Where(one => one.Body.PartOf == whole))
        {
            var verdict = await check.CheckAsync(view, part, cancellation);
            rows.Add(
            [
                new DataCell(part.Body.Title, $"/promises/{Uri.EscapeDataString(part.Key)}"),
                new DataCell(verdict.Verdict.Words(), Tag: SaidCells.Colour(verdict.Verdict.Standing())),
                (await check.SinceAsync(view, verdict, cancellation)).Words(),
            ]);
        }

        return Offer(new DataTable("parts", whole, [new("Part"), new("Verdict"), new("Since")], rows));
    }

    private async Task<IReadOnlyList<SourceLink>> FindAsync(IEnumerable<Locator> locators)
    {
        var found = new List<SourceLink>();
        foreach (var locator in locators)
        {
            found.Add(await sources.FindAsync(locator, HttpContext.RequestAborted));
        }

        return found;
    }
}
