using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Consultations and disclosures as notes of the change log; the reason of the entry is the reason given.</summary>
internal sealed class RestrictedAccess(IHistory history, IAudit audit) : IRestrictedAccess
{
    private const int MaximumText = 500;

    // Enough for the record that is asked for most; the whole log is on the page of changes.
    private const int Listed = 500;

    public bool NeedsReason(StoredRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Body.Handling.IsRestricted;
    }

    public Task<Outcome<bool>> LogConsultationAsync(Actor actor, StoredRecord record, string? why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(record);
        var problems = new List<Problem>();
        if (!Handlings.MayRead(actor, record.Body.Handling))
        {
            problems.Add(new Problem("You may not read this record", Field: "key"));
        }

        Need(problems, why, "why", "Say why you open this");
        return LogAsync(actor, record, why, new AccessNote(new ConsultedNote(record.VersionId)), problems, cancellation);
    }

    public async Task<Outcome<int>> LogOperatorAsync(ChangeContext who, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(who);
        var restricted = records.Where(record => record.Stated?.Handling.IsRestricted == true).ToList();
        var problems = new List<Problem>();
        if (restricted.Count > 0)
        {
            Need(problems, who.Why, "why", "Say why you open this");
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await history.CommitAsync(
            who with { Why = who.Why.Trim() },
            set =>
            {
                foreach (var record in restricted)
                {
                    set.Note(record.Kind.Name, record.Key, HistoryJson.Write(new AccessNote(new ConsultedNote(record.VersionId))));
                }
            },
            cancellation);
        return restricted.Count;
    }

    public Task<Outcome<bool>> LogDisclosureAsync(
        Actor actor, StoredRecord record, string? toWhom, string? why, string? what = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(record);
        var problems = new List<Problem>();
        if (!Handlings.MayRead(actor, record.Body.Handling) || !actor.May(record.Kind.Change))
        {
            problems.Add(new Problem("Only people who may read and change this record record that it was passed on", Field: "key"));
        }

        Need(problems, toWhom, "toWhom", "Say to whom it was passed on");
        Need(problems, why, "why", "Say why it was passed on");
        if (what?.Length > MaximumText)
        {
            problems.Add(TooLong("what", what));
        }

        var part = string.IsNullOrWhiteSpace(what) ? null : what.Trim();
        return LogAsync(actor, record, why, new AccessNote(Disclosed: new DisclosedNote(record.VersionId, toWhom?.Trim() ?? "", part)), problems, cancellation);
    }

    public async Task<IReadOnlyList<RecordAccess>> ListAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(record);
        if (!Handlings.MayRead(view.Reader, record.Body.Handling))
        {
            return [];
        }

        var entries = await audit.ListAsync(new LogQuery(record.Kind.Name, record.Key, Take: Listed, Action: "note"), cancellation);
        return entries.Where(entry => view.At.Recorded is not { } recorded || entry.At <= recorded).Select(Read).OfType<RecordAccess>().ToList();
    }

    private async Task<Outcome<bool>> LogAsync(
        Actor actor, StoredRecord record, string? why, AccessNote note, List<Problem> problems, CancellationToken cancellation)
    {
        if (problems.Count > 0)
        {
            return problems;
        }

        await history.CommitAsync(
            new ChangeContext(actor.Account, actor.Organisation, why!.Trim()),
            set => set.Note(record.Kind.Name, record.Key, HistoryJson.Write(note)), cancellation);
        return true;
    }

    private static RecordAccess? Read(LogEntry entry)
    {
        try
        {
            return HistoryJson.Read<AccessNote>(entry.New ?? "") switch
            {
                { Consulted: { } read } => new RecordAccess(AccessKind.Consulted, entry.At, entry.Account, entry.Organisation, entry.Why, null, null, read.Version),
                { Disclosed: { } passed } => new RecordAccess(
                    AccessKind.Disclosed, entry.At, entry.Account, entry.Organisation, entry.Why, passed.ToWhom, passed.What, passed.Version),
                _ => null,
            };
        }
        catch (JsonException)
        {
            // A note of another room.
            return null;
        }
    }

    private static void Need(List<Problem> problems, string? text, string field, string message)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new Problem(message, Field: field, Accepted: "a sentence"));
        }
        else if (text.Length > MaximumText)
        {
            problems.Add(TooLong(field, text));
        }
    }

    private static Problem TooLong(string field, string text) =>
        new("This is too long", Field: field, Found: string.Concat(text.AsSpan(0, 40), "…"), Accepted: $"at most {MaximumText} characters");

    private sealed record AccessNote(ConsultedNote? Consulted = null, DisclosedNote? Disclosed = null);

    private sealed record ConsultedNote(long Version);

    private sealed record DisclosedNote(long Version, string ToWhom, string? What);
}
