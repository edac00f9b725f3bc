using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Rounds;

/// <summary>The sheet of a round: the reader's own lines to report; for the programme office every owner, chasing and sign-off.</summary>
[RequirePermission(Permission.Read)]
public sealed class RoundModel(IRecords records, MonthlyRounds rounds, PageMarking marking) : AsAtPageModel
{
    /// <summary>Key of the round.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Post whose lines are shown; empty for the reader's own.</summary>
    [BindProperty(SupportsGet = true, Name = "owner")]
    public string? Owner { get; set; }

    /// <summary>Why the round is signed off although something is missing.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The sheet.</summary>
    public RoundSheet Sheet { get; private set; } = null!;

    /// <summary>The owners whose lines this reader may answer here: the one chosen, else those whose posts the reader holds.</summary>
    public IReadOnlyList<RoundOwner> Asked { get; private set; } = [];

    /// <summary>Lines reported so far.</summary>
    public DataTable Reported { get; private set; } = null!;

    /// <summary>Open records that nobody is asked for.</summary>
    public DataTable NotAsked { get; private set; } = null!;

    /// <summary>What came in, as the draft of a report; empty while nothing did.</summary>
    public IReadOnlyList<DraftPart> Draft => Sheet.Owners.Concat(Sheet.Vacant).Any(owner => owner.Reported > 0) || Sheet.IsSignedOff ? RoundDraft.Of(Sheet) : [];

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What was just done; null unless something was.</summary>
    public string? Saved { get; private set; }

    /// <summary>Whether the page shows the round as it stands now, so that it can be answered.</summary>
    public bool IsLive => At.Effective == Dates.Today && At.Known == Dates.Today && At.Recorded is null;

    /// <summary>Whether lines can be answered here.</summary>
    public bool IsOpen => IsLive && !Sheet.IsSignedOff;

    /// <summary>Whether the reader keeps the programme's records.</summary>
    public bool IsOffice => User.May(Permission.KeepRecords);

    /// <summary>Shows the sheet.</summary>
    public async Task<IActionResult> OnGetAsync(string? saved = null)
    {
        if (!await LoadAsync(At))
        {
            return await AbsentPage.ResultAsync(this, records.View(User.Actor(), At), records.Catalogue.Get<Platform.Programme.Rounds.Round>(), Key);
        }

        Saved = saved switch
        {
            "opened" => "The round is open. Owners see their lines here and on their home page.",
            "reported" => "Reported. The records themselves are up to date.",
            "chased" => "The owner was chased: it stands in the owner’s lines and on the owner’s home page.",
            "mailed" => "The owner was chased, and a message was sent.",
            "unsent" => "The owner was chased. The message could not be sent: look at the mail settings.",
            "signed" => "The round is signed off.",
            _ => null,
        };
        return Page();
    }

    /// <summary>Records the answers of the lines that were answered.</summary>
    [RequirePermission(Permission.Report)]
    public async Task<IActionResult> OnPostReportAsync()
    {
        if (!await LoadAsync(Now))
        {
            return NotFound();
        }

        var answers = Asked.SelectMany(owner => owner.Lines).Select(Answer).OfType<LineAnswer>().ToList();
        var done = await rounds.ReportAsync(User.Actor(), Key, answers, HttpContext.RequestAborted);
        if (done.Succeeded)
        {
            return Back("reported");
        }

        Problems = done.Problems.Select(AsTyped).ToList();
        return Page();
    }

    /// <summary>Chases an owner.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostChaseAsync(string chase)
    {
        var done = await rounds.ChaseAsync(User.Actor(), Key, chase, HttpContext.RequestAborted);
        return done.Succeeded ? Back(done.Value switch { { Failed: not null } => "unsent", { Mailed.Count: > 0 } => "mailed", _ => "chased" }) : await AgainAsync(done.Problems);
    }

    /// <summary>Signs the round off.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostSignAsync()
    {
        var done = await rounds.SignOffAsync(User.Actor(), Key, Why, HttpContext.RequestAborted);
        return done.Succeeded ? Back("signed") : await AgainAsync(done.Problems);
    }

    /// <summary>What was typed into a field of a line.</summary>
    public string? Typed(DueLine line, string field)
    {
        ArgumentNullException.ThrowIfNull(line);
        return HttpMethods.IsPost(Request.Method) && Request.HasFormContentType ? Request.Form[$"{line.Record.Reference}.{field}"].FirstOrDefault() : null;
    }

    /// <summary>Where the records that nobody is asked for get owners.</summary>
    public string OwnersHref => $"/owners?show=unasked{(Sheet.Round.Body.Work is { } work ? "&work=" + Uri.EscapeDataString(work) : "")}";

    // The reason of a line that was not reached stands in a field of its own.
    private Problem AsTyped(Problem problem) =>
        problem.Field is { } field && field.EndsWith(".why", StringComparison.Ordinal) && Request.Form[field[..^4] + ".answer"] == nameof(LineAnswerKind.Unchanged) ? problem with { Field = field + "Not" } : problem;

    private AsAt Now => new(Dates.Today, Dates.Today);

    private async Task<IActionResult> AgainAsync(IReadOnlyList<Problem> problems)
    {
        if (!await LoadAsync(Now))
        {
            return NotFound();
        }

        Problems = problems;
        return Page();
    }

    private RedirectResult Back(string saved) =>
        Redirect($"/round/{Uri.EscapeDataString(Key)}?saved={saved}{(Owner is { Length: > 0 } owner ? "&owner=" + Uri.EscapeDataString(owner) : "")}");

    private LineAnswer? Answer(DueLine line) => Enum.TryParse<LineAnswerKind>(Typed(line, "answer"), out var kind)
        ? new LineAnswer(
            line.Record.Reference, kind, Typed(line, "date"), Typed(line, "rating"), kind == LineAnswerKind.Unchanged ? Typed(line, "whyNot") : Typed(line, "why"), Typed(line, "done"), Typed(line, "evidence"), Typed(line, "says"),
            long.TryParse(Typed(line, "version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null,
            Typed(line, "progress"), Typed(line, "next"), Typed(line, "openAfter"))
        : null;

    private async Task<bool> LoadAsync(AsAt at)
    {
        var view = records.View(User.Actor(), at);
        if (await RoundSheet.FindAsync(view, Key, HttpContext.RequestAborted) is not { } sheet)
        {
            return false;
        }

        Sheet = sheet;
        var mine = sheet.Owners.Where(owner => sheet.MyPosts.Contains(owner.Post, StringComparer.Ordinal)).ToList();
        Asked = Owner is { Length: > 0 } post
            ? sheet.Owners.Concat(sheet.Vacant).Where(owner => owner.Post == post && (IsOffice || mine.Contains(owner))).ToList()
            : mine;
        var lines = sheet.Owners.Concat(sheet.Vacant).SelectMany(owner => owner.Lines.Select(line => (owner, line))).ToList();
        marking.Raise(lines.Select(one => one.line.Record).Concat(sheet.Unowned).Append(sheet.Round));
        Reported = Offer(new DataTable(
            "reported", "Reported so far", [new("Line"), new("Owner"), new("From what to what"), new("What was said"), new("By")],
            lines.Where(one => one.line.Answer is not null).Select(one => (IReadOnlyList<DataCell>)
            [
                new DataCell(one.line.Record.Body.Title, ReferenceNames.Href(view.Catalogue, one.line.Record.Reference)),
                one.owner.Title,
                one.line.Answer!.Body.Unchanged ? "nothing changed" : one.line.AsksProgress ? "progress reported" : one.line.Changes.Count == 0 ? "nothing but what is said" : string.Join("; ", one.line.Changes),
                one.line.Answer.Body.Says ?? "",
                $"{one.line.Answer.Account}, {Format.Date(one.line.Answer.Known)}",
            ]).ToList())
        { Empty = "Nothing is reported yet." });
        NotAsked = Offer(new DataTable(
            "not-asked", "Nobody is asked for these", [new("Record"), new("Kind"), new("Why nobody is asked")],
            sheet.Unowned.Select(record => (record, why: "it has no owner"))
                .Concat(sheet.Vacant.SelectMany(owner => owner.Lines.Where(line => line.Answer is null).Select(line => (record: line.Record, why: $"nobody holds the post {owner.Title}"))))
                .Select(one => (IReadOnlyList<DataCell>)[new DataCell(one.record.Body.Title, ReferenceNames.Href(view.Catalogue, one.record.Reference)), one.record.Kind.One, one.why]).ToList())
        { Fold = 10 });
        return true;
    }
}
