using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Records;

/// <summary>A change as one reader may see it.</summary>
/// <param name="Entry">The entry; without key, reason and bodies where <paramref name="Withheld"/> is given.</param>
/// <param name="Withheld">The ground on which it is withheld; null where it is shown.</param>
/// <param name="BeforeWithheld">The ground on which only what stood before is withheld; null where it is shown.</param>
public sealed record LoggedChange(LogEntry Entry, string? Withheld = null, string? BeforeWithheld = null);

/// <summary>Some of the log, newest first.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="Next">Sequence to go on before; null on the last page.</param>
public sealed record LoggedChanges(IReadOnlyList<LoggedChange> Changes, long? Next);

/// <summary>The change log as far as a reader may see it. Pages and answers read the log here: <see cref="IAudit"/> knows no handling.</summary>
public interface IChangeLog
{
    /// <summary>
    /// Changes of the log. What concerns a record that the reader may not read names its ground instead of its content; under a filter
    /// by key it is left out, so that nobody learns by asking whether a key exists.
    /// </summary>
    Task<LoggedChanges> ListAsync(Actor? reader, LogQuery query, CancellationToken cancellation = default);
}

/// <summary>Reads the log through the handling of the records it speaks of.</summary>
internal sealed class ChangeLog(IAudit audit, IHistory history, RecordCatalogue catalogue) : IChangeLog
{
    public async Task<LoggedChanges> ListAsync(Actor? reader, LogQuery query, CancellationToken cancellation = default)
    {
        var found = await audit.ListAsync(query with { Take = query.Take + 1 }, cancellation);
        var entries = found.Take(query.Take).ToList();
        var grounds = new Dictionary<(string, string), string?>();
        var reasons = new Dictionary<(DateTimeOffset, string), string>();
        var changes = new List<LoggedChange>(entries.Count);
        var withheld = WithheldReferences.Of(reader is null ? [] : await WithheldReferences.ClosedAsync(history, catalogue, cancellation), reader, new AsAt(DateOnly.MaxValue, DateOnly.MaxValue));
        foreach (var entry in entries)
        {
            var change = Masked(await ReadAsync(reader, entry, grounds, cancellation), withheld);
            if (change.Withheld is { } ground)
            {
                reasons[(entry.At, entry.Why)] = ground;
            }

            changes.Add(change);
        }

        await AddKeptForAsync(reader, entries, grounds, reasons, cancellation);
        return new LoggedChanges(
            changes.Where(change => change.Withheld is null || query.Key is null).Select(change => Reasoned(change, reasons)).ToList(),
            found.Count > query.Take ? entries[^1].Sequence : null);
    }

    private LoggedChange Masked(LoggedChange change, WithheldReferences withheld)
    {
        if (!withheld.Any || catalogue.Find(change.Entry.Kind) is not { } kind)
        {
            return change;
        }

        string? Mask(string? body) => body is null ? null : kind.Read(body) is var stated && withheld.Mask(kind, stated) is var masked && !ReferenceEquals(masked, stated) ? kind.Write(masked) : body;
        return change with { Entry = change.Entry with { Old = Mask(change.Entry.Old), New = Mask(change.Entry.New) } };
    }

    /// <summary>Kept bytes carry the reason of the record they were kept for, which is the next entry of the same commit.</summary>
    private async Task AddKeptForAsync(
        Actor? reader, List<LogEntry> entries, Dictionary<(string, string), string?> grounds, Dictionary<(DateTimeOffset, string), string> reasons, CancellationToken cancellation)
    {
        foreach (var kept in entries.Where(entry => reader is not null && entry.Action == "keep" && !entries.Exists(other => other.Sequence == entry.Sequence + 1)))
        {
            var next = (await audit.ListAsync(new LogQuery(Before: kept.Sequence + 2, Take: 1), cancellation))[0];
            if (next.Sequence > kept.Sequence && next.At == kept.At && (await ReadAsync(reader, next, grounds, cancellation)).Withheld is { } ground)
            {
                reasons[(kept.At, kept.Why)] = ground;
            }
        }
    }

    // A reason given for several changes at once may speak of the one that is withheld.
    private static LoggedChange Reasoned(LoggedChange change, Dictionary<(DateTimeOffset, string), string> reasons) =>
        change.Withheld is null && reasons.TryGetValue((change.Entry.At, change.Entry.Why), out var ground)
            ? change with { Entry = change.Entry with { Why = "Withheld: " + ground } } : change;

    private async Task<LoggedChange> ReadAsync(Actor? reader, LogEntry entry, Dictionary<(string, string), string?> grounds, CancellationToken cancellation)
    {
        if (reader is null)
        {
            return new LoggedChange(entry);
        }

        if (catalogue.Find(entry.Kind) is not { } kind)
        {
            // Kept bytes are found by their whole hash, which is for the record that names them to give away.
            return new LoggedChange(entry.Action == "keep" ? entry with { Key = entry.Key[..12] + "…" } : entry);
        }

        var stated = entry.Action == "record" ? entry.New : entry.Action == "end" ? entry.Old : null;
        var ground = stated is null ? await AnyVersionAsync(reader, kind, entry.Key, grounds, cancellation) : Ground(reader, stated);
        if (ground is not null)
        {
            return new LoggedChange(entry with { Key = "", Why = "", Old = null, New = null }, ground);
        }

        return entry is { Action: "record", Old: { } old } && Ground(reader, old) is { } before
            ? new LoggedChange(entry with { Old = null }, BeforeWithheld: before)
            : new LoggedChange(entry);
    }

    // A note carries no body, and an end may replace nothing: then the strictest of the record's versions counts.
    private async Task<string?> AnyVersionAsync(
        Actor reader, RecordKind kind, string key, Dictionary<(string, string), string?> grounds, CancellationToken cancellation)
    {
        if (!grounds.TryGetValue((kind.Name, key), out var ground))
        {
            var versions = await kind.TimelineAsync(history, key, cancellation);
            ground = versions.FirstOrDefault(version => version.Stated is { } body && !Handlings.MayRead(reader, body.Handling)) is { } closed
                ? Handlings.GroundOf(closed.Body.Handling) : null;
            grounds[(kind.Name, key)] = ground;
        }

        return ground;
    }

    private static string? Ground(Actor reader, string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("handling", out var stated) && stated.Deserialize<Handling>(HistoryJson.Options) is { } handling
            && !Handlings.MayRead(reader, handling) ? Handlings.GroundOf(handling) : null;
    }
}
