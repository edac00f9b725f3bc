using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Portfolios;

/// <summary>Matches of lines without an id: proposed, confirmed, refused, taken back.</summary>
[RequirePermission(Permission.Read)]
public sealed class MatchesModel(IRecords records, PortfolioBooks books) : AsAtPageModel
{
    private const int Shown = 50;

    /// <summary>Key of the portfolio, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Only matches of this project; all where it is left out.</summary>
    [BindProperty(SupportsGet = true, Name = "project")]
    public string? ProjectKey { get; set; }

    /// <summary>Why it is decided.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The portfolio.</summary>
    public PortfolioBook Book { get; private set; } = null!;

    /// <summary>Matches to decide on, the least sure first.</summary>
    public IReadOnlyList<(PortfolioProject Project, ProjectLine Line)> Proposed { get; private set; } = [];

    /// <summary>Matches that somebody decided.</summary>
    public IReadOnlyList<StoredRecord<PortfolioMatch>> Decided { get; private set; } = [];

    /// <summary>The project whose matches alone are shown; null where all are.</summary>
    public PortfolioProject? Project => Book.Find(ProjectKey ?? "");

    /// <summary>Projects that may be the same as the project shown, to choose from.</summary>
    public IReadOnlyList<FieldOption> MayBe => Project is { } project ? [new("", "Choose a project"), .. Book.MayBe(project).Select(other => new FieldOption(other.Key, $"{other.Latest.Line.Name}, {other.Lines[0].Round} to {other.Latest.Round}"))] : [];

    /// <summary>How many matches are proposed in all, and how many of them by the same name.</summary>
    public (int All, int Same) Counts { get; private set; }

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Confirms, refuses or takes back one match, or confirms all of the same name.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var form = Request.Form;
        var state = Enum.TryParse<MatchState>(form["state"], out var asked) ? asked : MatchState.Proposed;
        var (one, other) = (Book.Find(ProjectKey ?? ""), Book.Find(form["also"].ToString()));
        List<MatchDecision> decisions = one is not null && other is not null ? [.. PortfolioBook.Join(one, other)]
            : form.ContainsKey("all") ? [.. Book.Proposed.Where(one => ProjectKey is null ? one.Line.By == MatchedBy.SameName : one.Project.Key == ProjectKey).Select(one => new MatchDecision(one.Line.Round, one.Line.Line.Name, one.Line.Line.Department, one.Project.Key, MatchState.Confirmed))]
            : [new MatchDecision(int.TryParse(form["round"], NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : 0, form["name"].ToString(), form["in"].ToString(), form["of"].ToString(), state)];
        var done = await books.DecideAsync(User.Actor(), Key, decisions, Dates.Today, Why ?? "", HttpContext.RequestAborted);
        if (done.Succeeded)
        {
            // Of two that became one, the page of the one that stays.
            ProjectKey = other is null ? ProjectKey : decisions[0].Project;
            return Redirect($"/portfolio/{Key}/matches{(ProjectKey is null ? "" : "?project=" + Uri.EscapeDataString(ProjectKey))}");
        }

        Problems = done.Problems;
        return Page();
    }

    private async Task<bool> LoadAsync()
    {
        var view = records.View(User.Actor(), At);
        if (await books.OpenAsync(view, Key, HttpContext.RequestAborted) is not { } book)
        {
            return false;
        }

        Book = book;
        // A project that became part of another is no longer there to be narrowed to.
        ProjectKey = book.Find(ProjectKey ?? "")?.Key;
        var all = book.Proposed.ToList();
        Counts = (all.Count, all.Count(one => one.Line.By == MatchedBy.SameName));
        Proposed = [.. all.Where(one => ProjectKey is null || one.Project.Key == ProjectKey).OrderBy(one => one.Line.By == MatchedBy.SameName).ThenBy(one => one.Line.Likeness).ThenByDescending(one => one.Line.Round).Take(Shown)];
        Decided = [.. (await view.ListAsync<PortfolioMatch>(HttpContext.RequestAborted)).Where(one => one.Body.Portfolio == Key && one.Body.State != MatchState.Proposed && (ProjectKey is null || one.Body.Project == ProjectKey)).OrderByDescending(one => one.Recorded).Take(Shown)];
        return true;
    }
}
