using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>An edition that is not published yet: what its author says, what the check says to it, and the step to publish.</summary>
[RequirePermission(Permission.Read)]
public sealed class EditionModel(Publishing publishing) : AsAtPageModel
{
    /// <summary>Sentences on the form beyond those that there are.</summary>
    private const int BlankRows = 2;

    /// <summary>Key of the edition, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The edition.</summary>
    public StoredRecord<Edition> Record { get; private set; } = null!;

    /// <summary>What it would say.</summary>
    public ReportDocument Report { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Rows of sentences on the form.</summary>
    public int Rows => Record.Body.Sentences.Count + BlankRows;

    /// <summary>Sentences that the data does not support, of the author and of those that the report quotes.</summary>
    public int Contradicted => Report.Texts.Count(text => text.Standing == Standing.Bad && (text.Words == "contradicted" || text.Words.StartsWith("contradicted:", StringComparison.Ordinal)));

    /// <summary>What stands in a field: what was typed, else what is recorded.</summary>
    public string Value(string name, string? recorded) => Request.HasFormContentType ? Request.Form[name].ToString() : recorded ?? "";

    /// <summary>Shows the edition; one that is published has its own address.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? (Publishing.IsPublished(Record.Body) ? Redirect($"/published/{Key}") : Page());

    /// <summary>Saves what the author says and checks it.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostCheckAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        var form = Request.Form;
        var sentences = Enumerable.Range(0, 200).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).Where(i => form.ContainsKey("says-" + i))
            .Select(i => new AuthorSentence { Says = form["says-" + i].ToString(), Query = form["query-" + i].ToString() }).ToList();
        var why = form["why"].ToString();
        var written = await publishing.WriteAsync(User.Actor(), Key, sentences, form["correction"].ToString() is { Length: > 0 } correction ? correction : null, why, HttpContext.RequestAborted);
        return await EndAsync(written.Succeeded ? await publishing.CheckAsync(User.Actor(), Key, why, HttpContext.RequestAborted) : written);
    }

    /// <summary>Publishes it.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostPublishAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        var (opens, form) = (Request.Form["opensOn"].ToString(), Request.Form);
        DateOnly? day = PartialDate.TryParse(opens, out var date) && date.IsDay ? date.First : null;
        if (opens.Length > 0 && day is null)
        {
            Problems = [new Problem("This is not a day", Field: "opensOn", Found: opens, Accepted: "1 March 2018, or left empty to open at once")];
            return Page();
        }

        return await EndAsync(await publishing.PublishAsync(
            User.Actor(), Key, new PublishingTerms(form["open"].Contains("yes"), day, form["deferralReason"].ToString() is { Length: > 0 } reason ? reason : null), form["publishWhy"].ToString(), HttpContext.RequestAborted));
    }

    private async Task<IActionResult> EndAsync(Outcome<string> done)
    {
        if (done.Succeeded)
        {
            return Redirect($"/reports/editions/{Key}");
        }

        Problems = [.. done.Problems.Select(problem => problem.Field == "why" && Request.Form.ContainsKey("publishWhy") ? problem with { Field = "publishWhy" } : problem)];
        await LoadAsync();
        return Page();
    }

    private async Task<IActionResult?> LoadAsync()
    {
        if (await publishing.FindAsync(User.Actor(), Key, HttpContext.RequestAborted) is not { } found)
        {
            return NotFound();
        }

        Record = found;
        var built = await publishing.BuildAsync(found.Body, HttpContext.RequestAborted);
        if (!built.Succeeded)
        {
            return Refuse(built.Problems);
        }

        Report = built.Value;
        return null;
    }
}
