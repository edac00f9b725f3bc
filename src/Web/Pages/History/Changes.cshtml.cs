using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.History;

/// <summary>The change log: who changed what, when, for whom and why, newest first.</summary>
[RequirePermission(Permission.Audit)]
public sealed class ChangesModel(IAudit audit, IChangeLog changes, RecordCatalogue catalogue) : PageModel, IHasTables
{
    /// <summary>Entries in words.</summary>
    public LogWords Log { get; } = new(catalogue);

    private const int PageSize = 50;

    // The page encodes what it shows, so letters and signs need no second escape.
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The changes shown, as far as this person may see them.</summary>
    public IReadOnlyList<LoggedChange> Entries { get; private set; } = [];

    /// <summary>The head of the chain; null while the log is empty.</summary>
    public Anchor? Head { get; private set; }

    /// <summary>What the list is filtered by.</summary>
    public LogQuery Query { get; private set; } = new();

    /// <summary>Sequence to go on from; null on the last page.</summary>
    public long? Next { get; private set; }

    /// <summary>What a check just found; null unless one was asked for.</summary>
    public AuditReport? Report { get; private set; }

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables { get; private set; } = [];

    /// <summary>Shows the log, filtered by the address.</summary>
    public async Task OnGetAsync(string? kind, string? key, string? account, long? before)
    {
        Query = new LogQuery(Given(kind), Given(key), Given(account), before, PageSize);
        await LoadAsync();
    }

    /// <summary>Verifies the whole log against the store, and shows what was found.</summary>
    public async Task OnPostAsync()
    {
        Report = await audit.VerifyAsync([], HttpContext.RequestAborted);
        Query = new LogQuery(Take: PageSize);
        await LoadAsync();
    }

    /// <summary>Whether anything filters the list.</summary>
    public bool Filtered => Query is { Kind: not null } or { Key: not null } or { Account: not null };

    /// <summary>The days on which a change holds, in words; the first day of the calendar stands for no first day.</summary>
    public static string Period(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var from = entry.EffectiveFrom is { } first && first > DateOnly.MinValue ? Format.Date(first) : null;
        return (from, entry.EffectiveUntil) switch
        {
            (null, null) => "always",
            (null, { } until) => $"until {Format.Date(until)}",
            (_, null) => $"from {from} on",
            (_, { } until) => $"from {from} until {Format.Date(until)}",
        };
    }

    /// <summary>A logged content with a line for each field; as it stands where it is not JSON.</summary>
    public static string Indented(string content)
    {
        try
        {
            return JsonNode.Parse(content)?.ToJsonString(Json) ?? content;
        }
        catch (JsonException)
        {
            return content;
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task LoadAsync()
    {
        var found = await changes.ListAsync(User.Actor(), Query, HttpContext.RequestAborted);
        Head = await audit.FindHeadAsync(HttpContext.RequestAborted);
        Entries = found.Changes;
        Next = found.Next;
        Tables =
        [
            new DataTable(
                "changes", "Changes",
                [new("Sequence", true), new("At"), new("Account"), new("Organisation"), new("Action"), new("Kind"), new("Key"), new("Known"), new("From"), new("Until"), new("Why"), new("Withheld"), new("Hash")],
                Entries.Select(change => (Change: change, Entry: change.Entry)).Select(row => (IReadOnlyList<DataCell>)
                [
                    DataCell.Of(row.Entry.Sequence), new DataCell(Format.Instant(row.Entry.At), Csv: row.Entry.At.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)), row.Entry.Account, row.Entry.Organisation,
                    row.Entry.Action, row.Entry.Kind, row.Entry.Key, DataCell.Of(row.Entry.Known, ""), DataCell.Of(row.Entry.EffectiveFrom, ""), DataCell.Of(row.Entry.EffectiveUntil, ""), row.Entry.Why, row.Change.Withheld, row.Entry.Hash,
                ]).ToList()),
        ];
    }
}
