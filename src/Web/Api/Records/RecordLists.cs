using System.Collections;
using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>A column of a list of records.</summary>
/// <param name="Id">Name of the field, or "computed-N": what an address sorts by.</param>
public sealed record RecordColumn(string Id, string Heading, RecordField? Field, int Computed = -1)
{
    /// <summary>Whether it holds numbers.</summary>
    public bool Numeric => Field?.Shape is FieldShape.Whole or FieldShape.Number;
}

/// <summary>A list of records, narrowed and sorted.</summary>
/// <param name="Headline">The finding.</param>
/// <param name="Records">All that match, in order; of a long list that nothing narrows, sorts or computes over, only those of the page asked for.</param>
/// <param name="Total">How many match.</param>
/// <param name="Known">How many the reader may see without any filter.</param>
/// <param name="Withheld">How many exist that the reader may not see, by ground.</param>
/// <param name="Columns">Columns after the title.</param>
/// <param name="Statuses">Computed words that the list can be narrowed to.</param>
public sealed record RecordListing(
    RecordKind Kind, RecordQuery Query, string Headline, IReadOnlyList<StoredRecord> Records, int Total, int Known, IReadOnlyDictionary<string, int> Withheld,
    IReadOnlyList<RecordColumn> Columns, ListReading? Reading, RecordWords Words, IReadOnlyList<string> Statuses)
{
    /// <summary>Pages there are.</summary>
    public int Pages => Math.Max(1, (Total + RecordQuery.PageSize - 1) / RecordQuery.PageSize);

    /// <summary>Whether only the records of the page were read.</summary>
    public bool IsPage => Records.Count < Total;

    /// <summary>The records of the page asked for.</summary>
    public IEnumerable<StoredRecord> Page => IsPage ? Records : Records.Skip((Math.Min(Query.Page, Pages) - 1) * RecordQuery.PageSize).Take(RecordQuery.PageSize);

    /// <summary>The cell of a record in a column.</summary>
    public Said? Computed(StoredRecord record, RecordColumn column)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(column);
        return Reading is not null && Reading.Cells.TryGetValue(record.Key, out var cells) && column.Computed >= 0 && column.Computed < cells.Count ? cells[column.Computed] : null;
    }
}

/// <summary>Lists records as an address asks, for pages and answers alike.</summary>
public sealed class RecordLists(IEnumerable<IRecordReading> readings, IEnumerable<IProgrammeAttention> attention, ICurrentForce current)
{
    private const int MostColumns = 6;
    private const int MostStatuses = 12;
    private readonly Dictionary<string, IRecordReading> _readings = readings.ToDictionary(reading => reading.Kind, StringComparer.Ordinal);

    /// <summary>What computes of a kind; null where nothing does.</summary>
    public IRecordReading? Reading(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return _readings.GetValueOrDefault(kind.Name);
    }

    /// <summary>Every line of attention, in the order in which the rooms give them.</summary>
    public async Task<IReadOnlyList<AttentionLine>> AttentionAsync(RecordView view, CancellationToken cancellation = default)
    {
        var lines = new List<AttentionLine>();
        foreach (var room in attention)
        {
            lines.AddRange(await room.ListAsync(view, cancellation));
        }

        return lines;
    }

    /// <summary>What a list cannot be narrowed to: an area that the force has not, a choice that the field has not.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, RecordKind kind, RecordQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(query);
        var problems = new List<Problem>();
        if (query.Area is { } area && await current.FindAsync(view.At, cancellation) is { } force && ForceAreas.Of(force.Pack).Named(area).Count == 0)
        {
            problems.Add(new Problem("There is no such area", "address", Field: "area", Found: area, Accepted: "the name or code of a borough, command unit or ward, as Camden, CN or E09000007"));
        }

        foreach (var (name, wanted) in query.Choices)
        {
            var names = Enum.GetNames(kind.Fields.First(field => field.Name == name).Choices!).Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName).ToList();
            if (!names.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new Problem("There is no such choice", "address", Field: name, Found: wanted, Accepted: string.Join(", ", names)));
            }
        }

        return problems;
    }

    /// <summary>A list of one kind.</summary>
    /// <param name="whole">Whether every record is needed, not only the page: for a table to take away.</param>
    public async Task<RecordListing> ReadAsync(RecordView view, RecordKind kind, RecordQuery query, bool whole = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(query);
        if (!whole && query is { Narrows: false, Sort: null } && Reading(kind) is null)
        {
            return await PageAsync(view, kind, query, cancellation);
        }

        var all = await view.ListAsync(kind, cancellation);
        var force = await current.FindAsync(view.At, cancellation);
        var lines = query.Attention is null ? [] : await AttentionAsync(view, cancellation);
        var matching = await NarrowAsync(view, kind, query, all, force, lines, cancellation);
        var reading = Reading(kind) is { } computes && matching.Count > 0 ? await computes.ReadAsync(view, matching, cancellation) : null;
        var statuses = Statuses(reading);
        if (query.Status is { } status)
        {
            matching = matching.Where(record => reading?.Cells.GetValueOrDefault(record.Key)?.Any(cell => Stands(cell, status)) == true).ToList();
        }

        var names = await ReferenceNames.LoadAsync(view, matching.SelectMany(record => RecordReferences.Of(kind, record.Body)).Select(found => found.Reference), cancellation);
        var words = new RecordWords(names, code => RecordAreas.Find(force, code));
        var listing = new RecordListing(
            kind, query, reading?.Headline ?? Plain(kind, matching.Count, query.Narrows), matching, matching.Count, all.Count, await view.WithheldAsync(kind, cancellation),
            Columns(kind, reading, matching), reading, words, statuses);
        return query.Sort is null ? listing : listing with { Records = Sorted(listing) };
    }

    private async Task<RecordListing> PageAsync(RecordView view, RecordKind kind, RecordQuery query, CancellationToken cancellation)
    {
        var page = await view.PageAsync(kind, (query.Page - 1) * RecordQuery.PageSize, RecordQuery.PageSize, cancellation);
        if (page is { Records.Count: 0, Total: > 0 })
        {
            // Beyond the last page the last stands.
            page = await view.PageAsync(kind, (page.Total - 1) / RecordQuery.PageSize * RecordQuery.PageSize, RecordQuery.PageSize, cancellation);
        }

        return new RecordListing(
            kind, query, Plain(kind, page.Total, narrowed: false), page.Records, page.Total, page.Total, page.Withheld, Columns(kind, null, page.Records), null,
            await WordsAsync(view, kind, page.Records.Select(record => record.Body), cancellation), []);
    }

    /// <summary>The words of one record, with every title it needs.</summary>
    public async Task<RecordWords> WordsAsync(RecordView view, RecordKind kind, IEnumerable<ProgrammeRecord> bodies, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var force = await current.FindAsync(view.At, cancellation);
        var names = await ReferenceNames.LoadAsync(view, bodies.SelectMany(body => RecordReferences.Of(kind, body)).Select(found => found.Reference), cancellation);
        return new RecordWords(names, code => RecordAreas.Find(force, code));
    }

    /// <summary>"Twelve milestones are recorded".</summary>
    public static string Plain(RecordKind kind, int count, bool narrowed)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var verb = narrowed ? "match" : "are recorded";
        return count switch
        {
            0 => narrowed ? $"No {kind.One} matches" : $"No {kind.One} is recorded yet",
            1 => narrowed ? $"One {kind.One} matches" : $"One {kind.One} is recorded",
            _ => $"{Format.Words(count, capital: true)} {kind.Many} {verb}",
        };
    }

    private static List<string> Statuses(ListReading? reading)
    {
        var words = reading?.Cells.Values.SelectMany(cells => cells).Where(cell => cell.Standing != Standing.Plain).Select(cell => cell.Text)
            .Where(text => text.Length is > 0 and < 40).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostStatuses + 1).ToList() ?? [];
        return words.Count > MostStatuses ? [] : words;
    }

    private static bool Stands(Said cell, string status) =>
        string.Equals(cell.Text, status, StringComparison.OrdinalIgnoreCase)
        || (Enum.TryParse<Standing>(status, ignoreCase: true, out var standing) && cell.Standing == standing);

    private static List<RecordColumn> Columns(RecordKind kind, ListReading? reading, IReadOnlyList<StoredRecord> records)
    {
        var columns = (reading?.Columns ?? []).Select((heading, place) => new RecordColumn("computed-" + (place + 1).ToString(CultureInfo.InvariantCulture), heading, null, place)).ToList();
        // A column that is empty throughout tells nothing but that nothing was given, which each record's own page says.
        columns.AddRange(kind.Fields.Where(field => field.Mark.InList && records.Any(record => RecordWords.IsFilled(field, record.Body)))
            .Where(field => !columns.Exists(column => string.Equals(column.Heading, field.Mark.Label, StringComparison.OrdinalIgnoreCase)))
            .Select(field => new RecordColumn(field.Name, field.Mark.Label, field)).ToList());
        var owner = kind.Fields.First(field => field.Name == "owner");
        if (columns.Count < MostColumns && records.Any(record => record.Body.Owner is not null))
        {
            columns.Add(new RecordColumn(owner.Name, owner.Mark.Label, owner));
        }

        return columns;
    }

    private static List<StoredRecord> Sorted(RecordListing listing)
    {
        var down = listing.Query.Sort!.StartsWith('-');
        var id = listing.Query.Sort.TrimStart('-');
        var column = listing.Columns.FirstOrDefault(c => c.Id == id);
        if (column is null && id != "title")
        {
            return [.. listing.Records];
        }

        string Text(StoredRecord record) => column is null ? record.Body.Title
            : column.Field is { } field ? listing.Words.Brief(field, record.Body) is var cell ? cell.Csv ?? cell.Text : ""
            : Computed(listing.Computed(record, column)?.Text ?? "");
        var keyed = listing.Records.Select(record => (Record: record, Text: Text(record))).ToList();
        var numeric = keyed.TrueForAll(pair => pair.Text.Length == 0 || decimal.TryParse(pair.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out _));
        int Compare((StoredRecord Record, string Text) a, (StoredRecord Record, string Text) b)
        {
            // What is not given stands last either way.
            if (a.Text.Length == 0 || b.Text.Length == 0)
            {
                return (a.Text.Length == 0).CompareTo(b.Text.Length == 0);
            }

            var sign = numeric
                ? decimal.Parse(a.Text, NumberStyles.Number, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(b.Text, NumberStyles.Number, CultureInfo.InvariantCulture))
                : string.Compare(a.Text, b.Text, StringComparison.OrdinalIgnoreCase);
            return down ? -sign : sign;
        }

        return keyed.OrderBy(pair => pair, Comparer<(StoredRecord Record, string Text)>.Create(Compare)).Select(pair => pair.Record).ToList();
    }

    // A computed date sorts as the day it begins with, not as its words.
    private static string Computed(string text) => PartialDate.TryParse(text, out var date) ? date.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text;

    private static async Task<List<StoredRecord>> NarrowAsync(
        RecordView view, RecordKind kind, RecordQuery query, IReadOnlyList<StoredRecord> all, ForceView? force, IReadOnlyList<AttentionLine> lines, CancellationToken cancellation)
    {
        IEnumerable<StoredRecord> found = all;
        if (query.Owner is { } owner)
        {
            found = found.Where(record => record.Body.Owner == owner);
        }

        if (query.Work is { } work)
        {
            var below = await BelowAsync(view, work, cancellation);
            found = found.Where(record => (record.Body.Work is { } of && below.Contains(of)) || record.Reference == "work:" + work);
        }

        if (query.Body is { } body)
        {
            found = found.Where(record => RecordReferences.Of(kind, record.Body).Any(reference => reference.Reference == "body:" + body));
        }

        if (query.Refers is { } refers)
        {
            found = found.Where(record => RecordReferences.Of(kind, record.Body).Any(reference => reference.Reference == refers));
        }

        if (query.Area is { } area)
        {
            var scope = RecordAreas.Scope(force, RecordAreas.Code(force, area));
            found = found.Where(record => RecordAreas.Of(kind, record.Body).Any(scope.Contains));
        }

        foreach (var (name, wanted) in query.Choices)
        {
            var field = kind.Fields.First(f => f.Name == name);
            found = found.Where(record => string.Equals(field.Of(record.Body)?.ToString(), wanted, StringComparison.OrdinalIgnoreCase));
        }

        if (query.Attention is { } question)
        {
            var named = lines.Where(line => string.Equals(line.Question, question, StringComparison.OrdinalIgnoreCase)).Select(line => line.Reference).ToHashSet(StringComparer.Ordinal);
            found = found.Where(record => named.Contains(record.Reference));
        }

        if (query.Text is { } text)
        {
            var wanted = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            found = found.Where(record => wanted.All(word => record.Key.Contains(word, StringComparison.OrdinalIgnoreCase) || Says(kind.Fields, record.Body, word)));
        }

        return found.ToList();
    }

    /// <summary>Keys of a work item and of all work below it.</summary>
    private static async Task<HashSet<string>> BelowAsync(RecordView view, string work, CancellationToken cancellation)
    {
        var below = new HashSet<string>(StringComparer.Ordinal) { work };
        if (view.Catalogue.Find("work") is not { } kind)
        {
            return below;
        }

        var children = (await view.ListAsync(kind, cancellation)).Where(item => item.Body.Work is not null).ToLookup(item => item.Body.Work!, item => item.Key, StringComparer.Ordinal);
        var open = new Stack<string>([work]);
        while (open.TryPop(out var next))
        {
            foreach (var child in children[next].Where(below.Add))
            {
                open.Push(child);
            }
        }

        return below;
    }

    private static bool Says(IReadOnlyList<RecordField> fields, object holder, string word) => fields.Any(field => field.Of(holder) switch
    {
        null => false,
        string text => text.Contains(word, StringComparison.OrdinalIgnoreCase),
        PartialDate date => date.Text.Contains(word, StringComparison.OrdinalIgnoreCase),
        RecordRow row => Says(field.Fields, row, word),
        IEnumerable<string> words => words.Any(each => each.Contains(word, StringComparison.OrdinalIgnoreCase)),
        IEnumerable rows => rows.Cast<object>().Any(row => Says(field.Fields, row, word)),
        Enum choice => RecordWords.Choice(choice).Contains(word, StringComparison.OrdinalIgnoreCase),
        _ => false,
    });
}
