using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>How a record that a decision rests on stands to what was relied on.</summary>
public enum RelianceState
{
    /// <summary>It says what it said.</summary>
    Unchanged,

    /// <summary>It says something else.</summary>
    Changed,

    /// <summary>It no longer holds.</summary>
    Ended,

    /// <summary>The version relied on cannot be found.</summary>
    Unknown,

    /// <summary>The reader may not see it, or it does not exist.</summary>
    Withheld,
}

/// <summary>A record that a decision rests on: as relied on, as it is, and what changed between.</summary>
/// <param name="Row">The row of the decision.</param>
/// <param name="Relied">The version relied on; null where it is not known.</param>
/// <param name="Now">The version as at the view's dates; null where none holds or the reader may not see it.</param>
/// <param name="Pinned">Whether the version was fixed when the decision was signed; otherwise it is what was known on the day of the decision.</param>
/// <param name="Changes">What changed since, from what to what.</param>
/// <param name="LookedAt">Whether the decision was reconsidered with the present version in view.</param>
public sealed record RelianceFinding(
    Reliance Row, StoredRecord? Relied, StoredRecord? Now, RelianceState State, bool Pinned, IReadOnlyList<RecordDifference> Changes, bool LookedAt)
{
    /// <summary>Whether the decision should be reconsidered for it.</summary>
    public bool Reconsider => State is RelianceState.Changed or RelianceState.Ended && !LookedAt;

    /// <summary>What a signer says to have seen of it: the record with what it says now. Another change after that is another mark.</summary>
    public string SeenMark => $"{Row.On}@{(Now is null ? "none" : Reliances.Fingerprint(Now))}";

    /// <summary>What it is called; its reference where the reader may not see it.</summary>
    public string Name => (Now ?? Relied)?.Stated?.Title is { Length: > 0 } title ? title : WithheldReferences.IsMark(Row.On) ? "withheld from you" : Row.On;
}

/// <summary>
/// Holds what a decision rests on against what is known now. The version relied on is found by its fingerprint, which is the same in
/// every store, then by its number; a decision recorded without either relied on what was known on its day.
/// </summary>
public static class Reliances
{
    /// <summary>
    /// What identifies the content of a version in any store: the first 16 hexadecimal digits of the SHA-256 of its JSON, without who answers for it,
    /// how it is handled, and where in a document it is said. Those put it in order and change nothing that was relied on; which documents say it does.
    /// </summary>
    public static string Fingerprint(StoredRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var body = Unowned(record);
        return Hash(record.Kind, body with { Sources = [.. body.Sources.Select(source => new Locator { Document = source.Document }).Distinct()] });
    }

    // Versions were once pinned with their owner and handling, then with the places in their sources.
    private static bool Matches(string? fingerprint, StoredRecord record) => fingerprint is not null
        && (fingerprint == Fingerprint(record) || fingerprint == Hash(record.Kind, Unowned(record)) || fingerprint == Hash(record.Kind, record.Whole ?? record.Body));

    private static ProgrammeRecord Unowned(StoredRecord record) => (record.Whole ?? record.Body) with { Owner = null, Handling = new Handling() };

    private static string Hash(RecordKind kind, ProgrammeRecord body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind.Write(body))))[..16];

    /// <summary>What a decision rests on, in the order of the decision.</summary>
    public static async Task<IReadOnlyList<RelianceFinding>> OfAsync(RecordView view, Decision decision, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(decision);
        var findings = new List<RelianceFinding>(decision.RestsOn.Count);
        foreach (var row in decision.RestsOn)
        {
            findings.Add(await OneAsync(view, decision, row, cancellation));
        }

        return findings;
    }

    /// <summary>The decisions that rest on a record, as far as the reader may see them, with how the record stands to each.</summary>
    public static async Task<IReadOnlyList<(StoredRecord<Decision> Decision, RelianceFinding Finding)>> OnAsync(RecordView view, string reference, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var found = new List<(StoredRecord<Decision>, RelianceFinding)>();
        foreach (var decision in await view.ListAsync<Decision>(cancellation))
        {
            foreach (var row in decision.Body.RestsOn.Where(row => row.On == reference))
            {
                found.Add((decision, await OneAsync(view, decision.Body, row, cancellation)));
            }
        }

        return found;
    }

    /// <summary>The rows of a decision fixed to the versions its signer sees; a record the signer cannot see is an error of the caller.</summary>
    internal static async Task<(IReadOnlyList<Reliance> Rows, IReadOnlyList<string> NotSeen)> PinAsync(RecordView view, Decision decision, CancellationToken cancellation)
    {
        var rows = new List<Reliance>();
        var notSeen = new List<string>();
        foreach (var row in decision.RestsOn)
        {
            if (await view.FindAsync(row.On, cancellation) is not { } record)
            {
                notSeen.Add(row.On);
                continue;
            }

            rows.Add(row with { Version = record.VersionId, Fingerprint = Fingerprint(record), Seen = null });
        }

        return (rows, notSeen);
    }

    /// <summary>
    /// The rows of a decision as it goes to its decision maker: fixed to what each record says now, so that what moves before the signature is seen. A
    /// row that names its version keeps it, and one whose record the sender may not see is left to the signer.
    /// </summary>
    internal static async Task<IReadOnlyList<Reliance>> SubmitAsync(RecordView view, Decision decision, CancellationToken cancellation)
    {
        var rows = new List<Reliance>();
        foreach (var row in decision.RestsOn)
        {
            rows.Add(row is { Version: null, Fingerprint: null } && await view.FindAsync(row.On, cancellation) is { } record
                ? row with { Version = record.VersionId, Fingerprint = Fingerprint(record) } : row);
        }

        return rows;
    }

    /// <summary>The rows of a decision with the fingerprint of what each record says now, as it was looked at again.</summary>
    internal static async Task<IReadOnlyList<Reliance>> LookAgainAsync(RecordView view, Decision decision, CancellationToken cancellation)
    {
        var rows = new List<Reliance>();
        foreach (var row in decision.RestsOn)
        {
            rows.Add(row with { Seen = await view.FindAsync(row.On, cancellation) is { } record ? Fingerprint(record) : Gone });
        }

        return rows;
    }

    // Stands for "no version holds": a reconsideration of a record that ended is one too.
    private const string Gone = "none";

    private static async Task<RelianceFinding> OneAsync(RecordView view, Decision decision, Reliance row, CancellationToken cancellation)
    {
        var now = await view.FindAsync(row.On, cancellation);
        var pinned = row.Fingerprint is not null || row.Version is not null;
        if (now is not null && Matches(row.Fingerprint, now) && (row.Version is null || row.Version == now.VersionId))
        {
            return new(row, now, now, RelianceState.Unchanged, pinned, [], true);
        }

        var relied = pinned ? await PinnedAsync(view, row, cancellation) : await OnTheDayAsync(view, decision, row, cancellation);
        var lookedAt = row.Seen is { } seen && (now is null ? seen == Gone : Matches(seen, now));
        if (relied is null)
        {
            return new(row, null, now, now is null ? RelianceState.Withheld : RelianceState.Unknown, pinned, [], lookedAt);
        }

        if (now is null)
        {
            return new(row, relied, null, RelianceState.Ended, pinned, [], lookedAt);
        }

        var changes = now.VersionId == relied.VersionId || Fingerprint(now) == Fingerprint(relied) ? [] : RecordDifferences.Between(now.Kind, relied.Body, now.Body, await NamesAsync(view, now.Kind, [relied.Body, now.Body], cancellation));
        return new(row, relied, now, changes.Count > 0 ? RelianceState.Changed : RelianceState.Unchanged, pinned, changes, lookedAt);
    }

    private static async Task<StoredRecord?> PinnedAsync(RecordView view, Reliance row, CancellationToken cancellation)
    {
        var (kind, key) = Split(view, row.On);
        if (kind is null)
        {
            return null;
        }

        var said = (await view.TimelineAsync(kind, key, cancellation)).Where(version => version.Stated is not null).ToList();
        if (row.Fingerprint is null)
        {
            return said.Find(version => version.VersionId == row.Version);
        }

        var same = said.Where(version => Matches(row.Fingerprint, version)).ToList();
        return same.Find(version => version.VersionId == row.Version) ?? same.FirstOrDefault();
    }

    private static Task<StoredRecord?> OnTheDayAsync(RecordView view, Decision decision, Reliance row, CancellationToken cancellation)
    {
        // A draft rests on what is known now; a decision without a day tells nothing of what was known.
        if (decision.State is DecisionState.Draft or DecisionState.Submitted)
        {
            return view.FindAsync(row.On, cancellation);
        }

        return decision.DecidedOn is { } on && on.Last <= view.At.Known
            ? view.As(new AsAt(on.Last, on.Last, view.At.Recorded)).FindAsync(row.On, cancellation)
            : Task.FromResult<StoredRecord?>(null);
    }

    // Titles of what the versions refer to, as far as the reader may see them.
    private static async Task<Func<RecordField, string, string>> NamesAsync(RecordView view, RecordKind kind, ProgrammeRecord[] bodies, CancellationToken cancellation)
    {
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in bodies.SelectMany(body => RecordChecks.ReferencesOf(kind, body)))
        {
            if (await view.FindAsync($"{reference.Kind}:{reference.Key}", cancellation) is { } record)
            {
                titles[record.Reference] = record.Body.Title;
            }
        }

        return (field, text) => titles.GetValueOrDefault(field.Mark.RefersTo is "*" or null ? text : $"{field.Mark.RefersTo}:{text}", text);
    }

    private static (RecordKind? Kind, string Key) Split(RecordView view, string reference)
    {
        var parts = reference.Split(':', 2);
        return parts.Length == 2 ? (view.Catalogue.Find(parts[0]), parts[1]) : (null, "");
    }
}
