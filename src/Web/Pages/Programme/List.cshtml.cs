using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A filter of a list: a select of its address.</summary>
public sealed record ListFilter(string Name, string Label, IReadOnlyList<FieldOption> Options, string? Value);

/// <summary>The list of one kind: its finding, what is computed of each record, narrowed as the address says.</summary>
[RequirePermission(Permission.Read)]
public sealed class ListModel(IRecords records, RecordLists lists, IEnumerable<IRecordActions> actions, ICurrentForce current) : RecordPageModel(records, lists)
{
    private static readonly Standing[] Judged = [Standing.Bad, Standing.Watch, Standing.Good, Standing.Missing];

    /// <summary>What is listed.</summary>
    public RecordListing Listing { get; private set; } = null!;

    /// <summary>The records of this page.</summary>
    public DataTable Table { get; private set; } = null!;

    /// <summary>Selects to narrow the list by.</summary>
    public IReadOnlyList<ListFilter> Filters { get; private set; } = [];

    /// <summary>What the reader should know of what is not shown.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Names of areas, to choose from.</summary>
    public IReadOnlyList<string> Areas { get; private set; } = [];

    /// <summary>The area as it was asked for, by name.</summary>
    public string? AreaText { get; private set; }

    /// <summary>Parameters of the address that the form does not show and must keep.</summary>
    public IReadOnlyList<(string Name, string Value)> Kept { get; private set; } = [];

    /// <summary>Steps that special pages help with.</summary>
    public IReadOnlyList<RecordAction> Actions { get; private set; } = [];

    /// <summary>The page shown, counted from 1.</summary>
    public int PageNumber => Math.Min(Listing.Query.Page, Listing.Pages);

    /// <summary>The address of a page before or after this one; null where there is none.</summary>
    public string? PageHref(int step) => PageNumber + step is var page && page >= 1 && page <= Listing.Pages
        ? PageDates.Replace(Request, ("page", page.ToString(CultureInfo.InvariantCulture)), ("csv", null))
        : null;

    /// <summary>Shows the list.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var query = RecordQuery.Of(Kind, Request.Query);
        if (await Lists.CheckAsync(View, Kind, query, HttpContext.RequestAborted) is { Count: > 0 } problems)
        {
            return Refuse(problems);
        }

        Listing = await Lists.ReadAsync(View, Kind, query, whole: Request.Query.ContainsKey("csv"), HttpContext.RequestAborted);
        var force = await current.FindAsync(At, HttpContext.RequestAborted);
        Actions = actions.SelectMany(room => room.List(Kind, record: null)).Where(action => User.May(action.Permission)).OrderByDescending(action => action.Makes).ToList();
        Areas = force is null ? [] : [.. force.BoroughsInForce.Select(borough => borough.Name).Order(StringComparer.Ordinal), .. force.UnitsOn(At.Effective).Select(unit => unit.Unit.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        AreaText = query.Area is { } area ? RecordAreas.Find(force, RecordAreas.Code(force, area))?.Name ?? area : null;
        Areas = Areas.Distinct(StringComparer.Ordinal).ToList();
        Filters = await FiltersAsync();
        Kept = new[] { ("refers", query.Refers), ("attention", query.Attention), ("sort", query.Sort) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)).ToList();
        Notes = await NotesAsync();
        var page = Listing.Page.ToList();
        Mark(page);
        Table = TableOf(page, Listing.Pages > 1 ? $"all {Format.Count(Listing.Total)} {Kind.Many}" : null);
        Offer(Request.Query.ContainsKey("csv") ? TableOf(Listing.Records, null) : Table);
        return Page();
    }

    private DataTable TableOf(IEnumerable<StoredRecord> shown, string? csvOf) => new(
        Kind.Path, $"{Kind.Many} as at {Format.Date(At.Effective)}, as known on {Format.Date(At.Known)}",
        [Column("title", "Title", numeric: false), .. Listing.Columns.Select(column => Column(column.Id, column.Heading, column.Numeric))],
        shown.Select(record => (IReadOnlyList<DataCell>)
        [
            new DataCell(record.Body.Title, ReferenceNames.Href(Kind, record.Key)),
            .. Listing.Columns.Select((column, place) => CellOf(record, column, place)),
        ]).ToList())
    {
        CsvOf = csvOf,
        Empty = Listing.Query.Narrows && Listing.Known > 0
            ? $"None of the {Format.Count(Listing.Known)} {Kind.Many} matches."
            : Kind.MadeAt is null ? $"{Kind.Purpose} Nothing of it is recorded as at {Format.Date(At.Effective)} and as known on {Format.Date(At.Known)}: an import of the programme or somebody of the programme office fills it."
            : $"None is recorded as at {Format.Date(At.Effective)} and as known on {Format.Date(At.Known)}.",
    };

    // What is restricted is opened one by one, for a reason: a list names it and no more.
    private DataCell CellOf(StoredRecord record, RecordColumn column, int place) =>
        record.Body.Handling.IsRestricted ? place == 0 ? new DataCell("restricted", Tag: "grey") : ""
        : column.Field is { } field ? Listing.Words.Brief(field, record.Body) : SaidCells.Cell(View.Catalogue, Listing.Computed(record, column));

    private DataColumn Column(string id, string heading, bool numeric)
    {
        var sort = Listing.Query.Sort;
        var sorted = sort == id ? "ascending" : sort == "-" + id ? "descending" : null;
        return new DataColumn(heading, numeric, SortHref: PageDates.Replace(Request, ("sort", sorted == "ascending" ? "-" + id : id), ("page", null), ("csv", null)), Sorted: sorted);
    }

    private async Task<List<ListFilter>> FiltersAsync()
    {
        var filters = new List<ListFilter>();
        if (Listing.Statuses.Count > 0)
        {
            var standings = Listing.Reading!.Cells.Values.SelectMany(cells => cells).Select(cell => cell.Standing).ToHashSet();
            filters.Add(new ListFilter("status", "Status", [
                new("", "Any"), .. Judged.Where(standings.Contains).Select(standing => new FieldOption(standing.ToString(), Capital(SaidCells.Word(standing)))),
                .. Listing.Statuses.Select(word => new FieldOption(word, word))], Listing.Query.Status));
        }

        // Of a long list that is read by the page every owner, work and body can be asked for; else those that lead to something.
        var all = Listing.IsPage ? null : await View.ListAsync(Kind, HttpContext.RequestAborted);
        var owners = all?.Select(record => record.Body.Owner).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var works = all?.Select(record => record.Body.Work).OfType<string>().ToHashSet(StringComparer.Ordinal);
        await AddAsync("owner", "Owner", "post", owners, Listing.Query.Owner);
        await AddAsync("work", "Work", "work", works, Listing.Query.Work);
        if (Kind.Targets.Contains("body"))
        {
            var bodies = all?.SelectMany(record => RecordReferences.Of(Kind, record.Body)).Select(found => found.Reference)
                .Where(reference => reference.StartsWith("body:", StringComparison.Ordinal)).Select(reference => reference[5..]).ToHashSet(StringComparer.Ordinal);
            await AddAsync("body", "Body", "body", bodies, Listing.Query.Body);
        }

        filters.AddRange(Kind.Fields.Where(field => field.Shape == FieldShape.Choice && field.Mark.InList).Select(field => new ListFilter(
            field.Name, field.Mark.Label,
            [new("", "Any"), .. Enum.GetNames(field.Choices!).Select(name => new FieldOption(name, RecordWords.Choice(name)))], Listing.Query.Choices.GetValueOrDefault(field.Name))));
        return filters;

        async Task AddAsync(string name, string label, string kind, HashSet<string>? keys, string? value)
        {
            if ((keys?.Count == 0 && value is null) || View.Catalogue.Find(kind) is not { } referred)
            {
                return;
            }

            var options = (await View.ListAsync(referred, HttpContext.RequestAborted))
                .Where(record => keys?.Contains(record.Key) != false || record.Key == value)
                .OrderBy(record => record.Body.Title, StringComparer.Ordinal).Select(record => new FieldOption(record.Key, record.Body.Title));
            filters.Add(new ListFilter(name, label, [new("", "Any"), .. options], value));
        }
    }

    private async Task<List<string>> NotesAsync()
    {
        var notes = new List<string>();
        var query = Listing.Query;
        if (query.Attention is { } question)
        {
            notes.Add($"Only what the home page lists under “{question}”.");
        }

        if (query.Refers is { } refers)
        {
            var title = (await View.FindAsync(refers, HttpContext.RequestAborted))?.Body.Title ?? refers;
            notes.Add($"Only what refers to {title}.");
        }

        if (query.Narrows && Listing.Known > 0)
        {
            notes.Add($"{Format.Count(Listing.Total)} of {Format.Count(Listing.Known)} {Kind.Many} shown.");
        }
        else if (Listing.Pages > 1)
        {
            notes.Add($"{Format.Count(Listing.Total)} {Kind.Many} in all.");
        }

        if (Withheld.Note(Listing.Withheld) is { } withheld)
        {
            notes.Add(withheld);
        }

        return notes;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

/// <summary>What a reader is told of records that are not shown to them.</summary>
public static class Withheld
{
    /// <summary>"2 are withheld: commercial sensitivity"; null where nothing is.</summary>
    public static string? Note(IReadOnlyDictionary<string, int> byGround)
    {
        ArgumentNullException.ThrowIfNull(byGround);
        var all = byGround.Values.Sum();
        var grounds = byGround.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key.Length > 0 ? pair.Key : "no ground recorded") + (byGround.Count > 1 ? $" ({Format.Count(pair.Value)})" : ""));
        return all == 0 ? null : $"{Format.Count(all)} {(all == 1 ? "is" : "are")} withheld: {string.Join(", ", grounds)}.";
    }
}
