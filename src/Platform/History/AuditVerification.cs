using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>One walk along the log, in pages, with the governed rows of the same sequence beside it.</summary>
internal sealed class AuditVerification(PathfinderDb db)
{
    private const int Page = 2000;
    private const int Shown = 120;

    private readonly List<AuditFinding> _findings = [];
    private readonly Dictionary<long, (string Kind, string Key)> _facts = [];
    private readonly Dictionary<long, string> _anchored = [];
    private long _sequence;
    private string _previous = ChangeHash.Genesis;
    private long _at;
    private long _entries;
    private long _versions;
    private long _contents;

    public async Task<AuditReport> RunAsync(IReadOnlyList<Anchor> given, CancellationToken cancellation)
    {
        var own = await db.Set<AnchorRow>().AsNoTracking().OrderBy(anchor => anchor.Sequence).ToListAsync(cancellation);
        var wanted = given.Select(anchor => anchor.Sequence).Concat(own.Select(anchor => anchor.Sequence)).ToHashSet();

        while (true)
        {
            var from = _sequence;
            var page = await db.Set<ChangeRow>().AsNoTracking().Where(change => change.Sequence > from).OrderBy(change => change.Sequence)
                .Take(Page).ToListAsync(cancellation);
            var until = page.Count < Page ? long.MaxValue : page[^1].Sequence;
            var rows = await GovernedRows.LoadAsync(db, from, until, cancellation);
            foreach (var change in page)
            {
                if (wanted.Contains(change.Sequence))
                {
                    _anchored[change.Sequence] = change.Hash;
                }

                Follow(change);
                await CompareAsync(change, rows, cancellation);
            }

            ReportUnknown(rows);
            if (page.Count < Page)
            {
                break;
            }
        }

        foreach (var anchor in given)
        {
            Compare(anchor, "an anchor given");
        }

        foreach (var anchor in own)
        {
            Compare(new Anchor(anchor.Sequence, anchor.Hash, Instants.FromMicroseconds(anchor.At)), "the store's own anchor");
        }

        await CheckGuardsAsync(cancellation);
        var head = _entries == 0 ? null : new Anchor(_sequence, _previous, Instants.FromMicroseconds(_at));
        return new AuditReport(_entries, _versions, _contents, head, given.Count, own.Count, _findings);
    }

    private void Follow(ChangeRow change)
    {
        _entries++;
        if (change.Sequence != _sequence + 1)
        {
            Add(AuditFault.EntriesMissing, _sequence + 1, null, null,
                $"Entries {Number(_sequence + 1)} to {Number(change.Sequence - 1)} are missing from the log");
        }

        if (change.Previous != _previous)
        {
            Add(AuditFault.ChainBroken, change.Sequence, Name(change), "previous",
                "The entry does not carry the hash of the entry before it", _previous, change.Previous);
        }

        var hash = ChangeHash.Of(change);
        if (change.Hash != hash)
        {
            Add(AuditFault.EntryAltered, change.Sequence, Name(change), "hash",
                "The entry was altered: its fields do not give its hash", change.Hash, hash);
        }

        if (change.At < _at)
        {
            Add(AuditFault.ChainBroken, change.Sequence, Name(change), "at", "The entry is dated before the entry before it");
        }

        _sequence = change.Sequence;
        _previous = change.Hash;
        _at = change.At;
    }

    private async Task CompareAsync(ChangeRow change, GovernedRows rows, CancellationToken cancellation)
    {
        if (change.Action == "keep")
        {
            await CompareContentAsync(change, rows, cancellation);
        }
        else if (change.FactId is { } factId)
        {
            CompareFact(change, factId, rows);
            CompareVersion(change, factId, rows);
        }
    }

    private void CompareFact(ChangeRow change, long factId, GovernedRows rows)
    {
        if (factId != change.Sequence)
        {
            if (!_facts.TryGetValue(factId, out var first) || first != (change.Kind, change.Key))
            {
                Add(AuditFault.ChainBroken, change.Sequence, Name(change), "fact_id", "The entry names a fact that another kind or key has",
                    Name(change), first == default ? null : $"{first.Kind}/{first.Key}");
            }

            return;
        }

        _facts[factId] = (change.Kind, change.Key);
        if (!rows.Facts.Remove(factId, out var fact))
        {
            Add(AuditFault.RowDeleted, change.Sequence, Name(change), null, "The fact is in the log and not in the table facts");
            return;
        }

        Differ(change, "facts", "kind", change.Kind, fact.Kind);
        Differ(change, "facts", "key", change.Key, fact.Key);
    }

    private void CompareVersion(ChangeRow change, long factId, GovernedRows rows)
    {
        if (!rows.Versions.Remove(change.Sequence, out var version))
        {
            Add(AuditFault.RowDeleted, change.Sequence, Name(change), null, "The version is in the log and not in the table versions");
            return;
        }

        _versions++;
        Differ(change, "versions", "fact_id", Number(factId), Number(version.FactId));
        Differ(change, "versions", "known", Day(change.Known), Day(version.Known));
        Differ(change, "versions", "effective_from", Day(change.EffectiveFrom), Day(version.EffectiveFrom));
        Differ(change, "versions", "effective_until", Day(change.EffectiveUntil), Day(version.EffectiveUntil));
        Differ(change, "versions", "recorded", Number(change.At), Number(version.Recorded));
        Differ(change, "versions", "body", change.NewBody, version.Body);
    }

    private async Task CompareContentAsync(ChangeRow change, GovernedRows rows, CancellationToken cancellation)
    {
        if (!rows.Contents.Remove(change.Sequence, out var content))
        {
            Add(AuditFault.RowDeleted, change.Sequence, Name(change), null, "The content is in the log and not in the table content");
            return;
        }

        _contents++;
        Differ(change, "content", "sha256", change.Key, content.Sha256);
        Differ(change, "content", "media_type and length", change.NewBody, KeptContent.Describe(content.MediaType, content.Length));
        var bytes = await db.Set<ContentRow>().Where(row => row.Sha256 == content.Sha256).Select(row => row.Bytes).SingleAsync(cancellation);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != change.Key)
        {
            Add(AuditFault.ContentAltered, change.Sequence, Name(change), "bytes", "The bytes kept do not fit their hash", change.Key, hash);
        }
    }

    private void ReportUnknown(GovernedRows rows)
    {
        foreach (var fact in rows.Facts.Values)
        {
            Add(AuditFault.RowInserted, fact.Id, $"{fact.Kind}/{fact.Key}", null, "The table facts has a row that the log does not know");
        }

        foreach (var version in rows.Versions.Values)
        {
            var name = _facts.TryGetValue(version.FactId, out var fact) ? $"{fact.Kind}/{fact.Key}" : $"fact {Number(version.FactId)}";
            Add(AuditFault.RowInserted, version.Id, name, null, "The table versions has a row that the log does not know", null, version.Body);
        }

        foreach (var content in rows.Contents.Values)
        {
            Add(AuditFault.RowInserted, content.Change, $"{KeptContent.Kind}/{content.Sha256}", null, "The table content has a row that the log does not know");
        }
    }

    private void Compare(Anchor anchor, string which)
    {
        if (!_anchored.TryGetValue(anchor.Sequence, out var hash))
        {
            Add(AuditFault.TailRemoved, anchor.Sequence, null, null,
                $"The log ends at {Number(_sequence)}, before {which} at {Number(anchor.Sequence)}", anchor.Hash);
        }
        else if (hash != anchor.Hash)
        {
            Add(AuditFault.ChainRecomputed, anchor.Sequence, null, "hash",
                $"The log was written anew: at {Number(anchor.Sequence)} its hash is not that of {which}", anchor.Hash, hash);
        }
    }

    private async Task CheckGuardsAsync(CancellationToken cancellation)
    {
        var sql = db.Kind == StoreKind.Sqlite
            ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'"
            : "SELECT tgname::text AS \"Value\" FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'";
        var present = (await db.Database.SqlQueryRaw<string>(sql).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        foreach (var guard in HistoryMigration.GuardNames(db.Kind).Where(guard => !present.Contains(guard)))
        {
            Add(AuditFault.GuardMissing, null, null, guard, "A trigger that refuses changes is gone or disabled", guard);
        }
    }

    private void Differ(ChangeRow change, string table, string column, string? logged, string? found)
    {
        if (logged != found)
        {
            Add(AuditFault.RowEdited, change.Sequence, Name(change), column, $"The table {table} differs from the log", logged, found);
        }
    }

    private void Add(AuditFault fault, long? sequence, string? fact, string? field, string message, string? logged = null, string? found = null) =>
        _findings.Add(new AuditFinding(fault, sequence, fact, field, message, Shorten(logged), Shorten(found)));

    private static string Name(ChangeRow change) => $"{change.Kind}/{change.Key}";

    private static string? Shorten(string? text) => text is { Length: > Shown } ? text[..Shown] + "…" : text;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The governed rows of a stretch of the log, taken out as the log accounts for them; what is left the log does not know.</summary>
    private sealed record GovernedRows(
        Dictionary<long, FactRow> Facts, Dictionary<long, VersionRow> Versions, Dictionary<long, ContentHead> Contents)
    {
        public static async Task<GovernedRows> LoadAsync(PathfinderDb db, long after, long until, CancellationToken cancellation)
        {
            // The first stretch takes rows with impossible ids too: nothing may hide below the first entry.
            var from = after == 0 ? long.MinValue : after;
            var facts = await db.Set<FactRow>().AsNoTracking().Where(row => row.Id > from && row.Id <= until).ToListAsync(cancellation);
            var versions = await db.Set<VersionRow>().AsNoTracking().Where(row => row.Id > from && row.Id <= until).ToListAsync(cancellation);
            var contents = await db.Set<ContentRow>().Where(row => row.Change > from && row.Change <= until)
                .OrderBy(row => row.Change).ThenBy(row => row.Sha256)
                .Select(row => new ContentHead(row.Sha256, row.Change, row.MediaType, row.Length)).ToListAsync(cancellation);
            var byChange = new Dictionary<long, ContentHead>();
            var spare = long.MinValue;
            foreach (var content in contents)
            {
                // Two rows that claim one entry: the log accounts for one of them only.
                byChange.Add(byChange.ContainsKey(content.Change) ? spare++ : content.Change, content);
            }

            return new GovernedRows(facts.ToDictionary(row => row.Id), versions.ToDictionary(row => row.Id), byChange);
        }
    }

    private sealed record ContentHead(string Sha256, long Change, string MediaType, long Length);
}
