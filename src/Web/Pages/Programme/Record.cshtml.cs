using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A field of a record as its page shows it.</summary>
/// <param name="Owed">Who owes it, where it is missing; null where there are values.</param>
public sealed record RecordEntry(string Label, IReadOnlyList<DataCell> Values, string? Owed = null);

/// <summary>Records of one kind that refer to a record.</summary>
/// <param name="Shown">The first of them: title, page, and the field that refers.</param>
public sealed record ReferringGroup(RecordKind Kind, int Count, IReadOnlyList<(string Title, string Href, string Label)> Shown);

/// <summary>One record: what is computed of it, what it says, where that is said, what refers to it.</summary>
[RequirePermission(Permission.Read)]
public sealed class RecordModel(IRecords records, RecordLists lists, IEnumerable<IRecordActions> actions) : RecordPageModel(records, lists)
{
    private const int ShownReferring = 8;

    /// <summary>The record.</summary>
    public StoredRecord Record { get; private set; } = null!;

    /// <summary>What is computed of it; null where nothing is.</summary>
    public RecordReading? Reading { get; private set; }

    /// <summary>The computed parts with their tables.</summary>
    public IReadOnlyList<(ReadingPart Part, DataTable Table)> Parts { get; private set; } = [];

    /// <summary>Its fields in reading order.</summary>
    public IReadOnlyList<RecordEntry> Entries { get; private set; } = [];

    /// <summary>Its lists of rows.</summary>
    public IReadOnlyList<DataTable> Rows { get; private set; } = [];

    /// <summary>What refers to it, by kind.</summary>
    public IReadOnlyList<ReferringGroup> Referring { get; private set; } = [];

    /// <summary>Steps that special pages help with.</summary>
    public IReadOnlyList<RecordAction> Actions { get; private set; } = [];

    /// <summary>What was just saved; null unless something was.</summary>
    public string? Saved { get; private set; }

    /// <summary>On which clocks this version stands.</summary>
    public string Standing => $"Version {Record.VersionId.ToString(System.Globalization.CultureInfo.InvariantCulture)}: holds from {Format.Date(Record.Effective.From)}"
        + (Record.Effective.Until is { } until ? $" until {Format.Date(until)}" : "")
        + $", known since {Format.Date(Record.Known)}, recorded {Format.Instant(Record.Recorded)} by {Record.Account} for {Record.Organisation}: {Record.Why}";

    /// <summary>Shows the record.</summary>
    public async Task<IActionResult> OnGetAsync(string? saved = null)
    {
        if (await View.FindAsync(Kind, Key, HttpContext.RequestAborted) is not { } record)
        {
            return await AbsentAsync();
        }

        Record = record;
        Mark([record]);
        Saved = saved switch { "new" => $"This {Kind.One} is recorded.", "changed" => "The change is recorded.", "ended" => "The end is recorded.", _ => null };
        var words = await Lists.WordsAsync(View, Kind, [record.Body], HttpContext.RequestAborted);
        Reading = Lists.Reading(Kind) is { } computes ? await computes.ReadAsync(View, record, HttpContext.RequestAborted) : null;
        Mark(Reading is { } read ? await View.NamedByAsync(read, HttpContext.RequestAborted) : []);
        Parts = Reading?.Parts.Select(part => (part, Offer(SaidCells.Table(View.Catalogue, part)))).ToList() ?? [];
        Actions = actions.SelectMany(room => room.List(Kind, record)).Where(action => User.May(action.Permission)).ToList();
        Entries = EntriesOf(words).ToList();
        // A computed part of the same name shows the rows and more.
        Rows = Kind.Fields.Where(field => field.Shape == FieldShape.Rows && field.Name != "sources" && RecordWords.IsFilled(field, record.Body))
            .Where(field => !Parts.Any(part => part.Part.Id == RecordWords.Kebab(field.Name)))
            .Select(field => Offer(words.Table(field, record.Body))).ToList();
        Referring = await ReferringAsync();
        return Page();
    }

    private IEnumerable<RecordEntry> EntriesOf(RecordWords words)
    {
        foreach (var field in Kind.Fields)
        {
            if (field.Shape == FieldShape.Rows || field.Name is "title" or "summary" or "handling")
            {
                continue;
            }

            var values = words.Cells(field, Record.Body);
            if (values.Count > 0)
            {
                yield return new RecordEntry(field.Mark.Label, values);
            }
            else if (field.Name == "owner")
            {
                yield return new RecordEntry(field.Mark.Label, [], "Not recorded: the programme office owes who answers for it");
            }
            else if (field is { Shape: FieldShape.PartialDate or FieldShape.Day, Mark.InList: true })
            {
                var owner = Kind.Fields.First(f => f.Name == "owner");
                yield return new RecordEntry(field.Mark.Label, [], $"Not stated: owed by {(Record.Body.Owner is null ? "the programme office" : words.Text(owner, Record.Body))}");
            }
        }

        var handling = Record.Body.Handling;
        var marks = new List<DataCell> { new(RecordWords.Choice(handling.Marking)) };
        if (handling.IsRestricted)
        {
            marks.Add(new DataCell($"Open to {Format.List(handling.Readers)} alone: {handling.Ground}"));
        }

        yield return new RecordEntry("Handling", marks);
    }

    private async Task<List<ReferringGroup>> ReferringAsync()
    {
        var groups = new List<ReferringGroup>();
        foreach (var kind in View.Catalogue.Kinds)
        {
            var targets = kind.Targets;
            if (!targets.Contains(Kind.Name) && !targets.Contains("*"))
            {
                continue;
            }

            var found = new List<(string Title, string Href, string Label)>();
            foreach (var other in await View.ListAsync(kind, HttpContext.RequestAborted))
            {
                if (RecordReferences.Of(kind, other.Body).FirstOrDefault(reference => reference.Reference == Record.Reference) is { } reference && other.Reference != Record.Reference)
                {
                    found.Add((other.Body.Title, ReferenceNames.Href(kind, other.Key), reference.Label));
                }
            }

            if (found.Count > 0)
            {
                groups.Add(new ReferringGroup(kind, found.Count, found.Take(ShownReferring).ToList()));
            }
        }

        return groups;
    }
}
