using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Rounds;

/// <summary>The owners of many records on one page: looked at by register, work and area, and set in one save for one reason.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class OwnersModel(IRecords records, Ownership ownership, ICurrentForce current, PageMarking marking, TimeProvider time) : AsAtPageModel
{
    private const int RowsAPage = 50;

    /// <summary>Name of the kind; empty for all that rounds ask for.</summary>
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>Key of the work; empty for all.</summary>
    [BindProperty(SupportsGet = true, Name = "work")]
    public string? Work { get; set; }

    /// <summary>An area by name or code; empty for all.</summary>
    [BindProperty(SupportsGet = true, Name = "area")]
    public string? Area { get; set; }

    /// <summary>"unasked" for just those that a round would ask of nobody.</summary>
    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    /// <summary>The page of the list, from 1.</summary>
    public int PageNumber { get; private set; }

    /// <summary>Post for every record shown that is not chosen by itself.</summary>
    [BindProperty(Name = "all")]
    public string? All { get; set; }

    /// <summary>The reason.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>A post that somebody is to hold; empty for a new one.</summary>
    [BindProperty(Name = "post")]
    public string? Post { get; set; }

    /// <summary>What a new post is called.</summary>
    [BindProperty(Name = "newPost")]
    public string? NewPost { get; set; }

    /// <summary>Who is to hold it.</summary>
    [BindProperty(Name = "person")]
    public string? Person { get; set; }

    /// <summary>The user name of that person.</summary>
    [BindProperty(Name = "account")]
    public string? Account { get; set; }

    /// <summary>All records that match.</summary>
    public IReadOnlyList<OwnedRecord> Found { get; private set; } = [];

    /// <summary>Those of this page.</summary>
    public IReadOnlyList<OwnedRecord> Rows => Found.Skip((PageNumber - 1) * RowsAPage).Take(RowsAPage).ToList();

    /// <summary>Pages there are.</summary>
    public int Pages => Math.Max(1, (Found.Count + RowsAPage - 1) / RowsAPage);

    /// <summary>Kinds to choose from.</summary>
    public IReadOnlyList<FieldOption> Kinds { get; private set; } = [];

    /// <summary>Work to choose from.</summary>
    public IReadOnlyList<FieldOption> Works { get; private set; } = [];

    /// <summary>Posts to choose from, those that somebody holds first.</summary>
    public IReadOnlyList<FieldOption> Posts { get; private set; } = [];

    /// <summary>Names of areas, to choose from.</summary>
    public IReadOnlyList<string> Areas { get; private set; } = [];

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>What was just done; null unless something was.</summary>
    public string? Saved { get; private set; }

    /// <summary>What is found, as a finding.</summary>
    public string Headline
    {
        get
        {
            var unasked = Found.Count(one => one.IsUnasked);
            return Found.Count == 0 ? "Every open record of these has an owner who can be asked"
                : unasked == 0 ? $"{(Found.Count == 1 ? "The one open record has" : $"All {Format.Words(Found.Count)} open records have")} an owner who can be asked"
                : unasked == Found.Count ? $"{(unasked == 1 ? "The one open record" : $"All {Format.Words(unasked)} open records")} would be asked of nobody"
                : $"{Format.Words(unasked, capital: true)} of {Format.Words(Found.Count)} open {(Found.Count == 1 ? "record" : "records")} would be asked of nobody";
        }
    }

    /// <summary>The address of this page with its filters, and perhaps another page of the list.</summary>
    public string Address(int? page = null, string? saved = null)
    {
        (string Name, string? Value)[] parts =
        [
            ("kind", Kind), ("work", Work), ("area", Area), ("show", Show), ("page", page is > 1 ? page.Value.ToString(CultureInfo.InvariantCulture) : null), ("saved", saved),
        ];
        var query = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return query.Length == 0 ? "/owners" : "/owners?" + query;
    }

    /// <summary>Shows the rows.</summary>
    public async Task OnGetAsync(string? saved = null)
    {
        await LoadAsync();
        Saved = saved switch
        {
            null => null,
            "appointed" => "The post is held; choose it for the records it answers for.",
            _ => $"{(int.TryParse(saved, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Format.Words(count, capital: true) : "Some")} {(saved == "1" ? "record has" : "records have")} the owner you chose.",
        };
    }

    /// <summary>Sets the owners that were chosen.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var owners = Rows.Select(row => (row, chosen: Chosen(row))).Where(one => one.chosen is { Length: > 0 })
            .Select(one => new OwnerOf(one.row.Record.Reference, one.chosen == "-" ? null : one.chosen, Version(one.row))).ToList();
        var set = await ownership.SetAsync(User.Actor(), owners, Why ?? "", HttpContext.RequestAborted);
        if (set.Succeeded)
        {
            // What is set may no longer match the filter, so that the next rows move up to the first page.
            return Redirect(Address(saved: set.Value.ToString(CultureInfo.InvariantCulture)));
        }

        // What is wrong with the owner chosen for all is told once, where it was chosen.
        var chosenOnce = owners.Where(one => one.Owner == All && string.IsNullOrEmpty(Request.Form[one.About + ".owner"].FirstOrDefault())).Select(one => one.About + ".owner").ToHashSet(StringComparer.Ordinal);
        Problems = set.Problems.Select(problem => problem.Field is { } field && chosenOnce.Contains(field) && problem.Found == All ? problem with { Field = "all" } : problem).Distinct().ToList();
        return Page();
    }

    /// <summary>Gives somebody a post.</summary>
    public async Task<IActionResult> OnPostAppointAsync()
    {
        await LoadAsync();
        var done = await ownership.AppointAsync(User.Actor(), new Holding(Post, NewPost, Person, Account), string.IsNullOrWhiteSpace(Why) ? "" : Why, HttpContext.RequestAborted);
        if (done.Succeeded)
        {
            return Redirect(Address(saved: "appointed"));
        }

        Problems = done.Problems.Select(problem => problem with { Field = problem.Field == "why" ? "appointWhy" : problem.Field }).ToList();
        return Page();
    }

    /// <summary>What is chosen for a row, or for all rows where nothing is chosen for it; "-" for no owner, empty to leave it.</summary>
    public string? Typed(OwnedRecord row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return HttpMethods.IsPost(Request.Method) && Request.HasFormContentType ? Request.Form[row.Record.Reference + ".owner"].FirstOrDefault() : null;
    }

    private string? Chosen(OwnedRecord row) => Typed(row) is { Length: > 0 } own ? own : All;

    private long? Version(OwnedRecord row) =>
        long.TryParse(Request.Form[row.Record.Reference + ".version"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private async Task LoadAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        var view = records.View(User.Actor(), time.Now());
        var force = await current.FindAsync(view.At, cancellation);
        Kind = Ownership.Kinds.Contains(Kind, StringComparer.Ordinal) ? Kind : null;
        Work = Work is { Length: > 0 } work && await view.FindAsync<WorkItem>(work, cancellation) is not null ? work : null;
        var scope = string.IsNullOrWhiteSpace(Area) ? null : RecordAreas.Scope(force, RecordAreas.Code(force, Area));
        Found = await Ownership.ListAsync(view, new OwnedQuery(Kind, Work, scope, Show == "unasked"), cancellation);
        // Read by hand: a page of this framework has a route value of the same name.
        PageNumber = Math.Clamp(int.TryParse(Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1, 1, Pages);
        marking.Raise(Rows.Select(row => row.Record));
        Kinds = [new("", "All registers"), .. Ownership.Kinds.Select(name => view.Catalogue.Find(name)!).Select(kind => new FieldOption(kind.Name, char.ToUpperInvariant(kind.Many[0]) + kind.Many[1..]))];
        var reports = await view.ListAsync<WorkItem>(cancellation);
        Works = [new("", "All work"), .. reports.OrderBy(one => one.Body.Level).ThenBy(one => one.Body.Title, StringComparer.Ordinal).Select(one => new FieldOption(one.Key, one.Body.Title))];
        var holders = await PostHolders.OpenAsync(view, cancellation);
        Posts = (await view.ListAsync<Post>(cancellation)).Select(post => (post, held: holders.Of(post.Key)))
            .OrderBy(one => one.held.Count == 0).ThenBy(one => one.post.Body.Title, StringComparer.Ordinal)
            .Select(one => new FieldOption(one.post.Key, one.held.Count == 0 ? $"{one.post.Body.Title} (nobody holds it)" : $"{one.post.Body.Title} ({string.Join(", ", one.held.Select(holder => holder.Name))})")).ToList();
        Areas = force is null ? [] : [.. force.BoroughsInForce.Select(borough => borough.Name).Order(StringComparer.Ordinal), .. force.UnitsOn(view.At.Effective).Select(unit => unit.Unit.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
