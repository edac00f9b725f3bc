using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>Governed facts in the store. One commit is one transaction of facts, versions, content and log.</summary>
internal sealed class HistoryStore(Store store, TimeProvider time) : IHistory
{
    /// <summary>Held on PostgreSQL from reading the head of the chain until the commit, so that no two entries share a predecessor.</summary>
    private const long ChainLock = 0x5041_5448_0000_0002;

    private const int Chunk = 500;

    /// <summary>Ids asked for at once, in one parameter.</summary>
    private const int LargeChunk = 10_000;

    private readonly VersionCache _cache = new();

    private readonly HeldLists _lists = new();

    // Braces stand for parameters in a raw query.
    private static readonly string OthersOfKind =
        $"SELECT id AS \"Id\", body IS NULL AS \"Ends\" FROM versions WHERE ({OpenBodies.Others.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}) AND fact_id IN (SELECT id FROM facts WHERE kind = {{0}})";

    private static readonly string Closed =
        $"SELECT DISTINCT facts.kind AS \"Kind\", facts.key AS \"Key\" FROM facts JOIN (SELECT fact_id FROM versions WHERE ({OpenBodies.Others.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}) AND body LIKE {{0}}) AS closed ON closed.fact_id = facts.id";

    private static readonly ChangeContext Keeping = new("system", "pathfinder", "content kept");

    public async Task CommitAsync(ChangeContext context, Action<IChangeSet> changes, CancellationToken cancellation = default)
    {
        var set = new ChangeSet();
        changes(set);
        if (set.Changes.Count == 0 && set.Others.Count == 0)
        {
            return;
        }

        await store.WriteAsync((db, token) => AppendAsync(db, context, set, token), cancellation);
        foreach (var then in set.Then)
        {
            then();
        }
    }

    public async Task<FactVersion<T>?> FindAsync<T>(GovernedKind<T> kind, string key, AsAt at, CancellationToken cancellation = default)
        where T : class
    {
        await using var db = await store.ReadAsync(cancellation);
        var found = await AsAtQuery(db, db.Set<FactRow>().Where(fact => fact.Kind == kind.Name && fact.Key == key), at)
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : Read(kind, found);
    }

    public async Task<IReadOnlyList<FactVersion<T>>> ListAsync<T>(GovernedKind<T> kind, AsAt at, CancellationToken cancellation = default)
        where T : class
    {
        await using var db = await store.ReadAsync(cancellation);
        var held = await HeldAsync(db, kind.Name, at, cancellation);
        return await ReadSomeAsync(db, kind, held.Select(version => version.VersionId).ToList(), cancellation);
    }

    public async Task<IReadOnlyList<HeldVersion>> ListHeldAsync(string kind, AsAt at, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return await HeldAsync(db, kind, at, cancellation);
    }

    public async Task<IReadOnlyList<ClosedFact>> ListClosedAsync(CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return await db.Database.SqlQueryRaw<ClosedFact>(Closed, "%\"handling\":%").ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<FactVersion<T>>> ListVersionsAsync<T>(GovernedKind<T> kind, IReadOnlyList<long> versionIds, CancellationToken cancellation = default)
        where T : class
    {
        await using var db = await store.ReadAsync(cancellation);
        return await ReadSomeAsync(db, kind, versionIds, cancellation);
    }

    public async Task<IReadOnlyList<FactVersion<T>>> TimelineAsync<T>(GovernedKind<T> kind, string key, CancellationToken cancellation = default)
        where T : class
    {
        await using var db = await store.ReadAsync(cancellation);
        var rows = await (
            from fact in db.Set<FactRow>()
            where fact.Kind == kind.Name && fact.Key == key
            join version in db.Set<VersionRow>() on fact.Id equals version.FactId
            join change in db.Set<ChangeRow>() on version.Id equals change.Sequence
            orderby version.Id
            select new VersionRead(fact.Key, version, change.Account, change.Organisation, change.Why)).ToListAsync(cancellation);
        return rows.ConvertAll(row => Read(kind, row));
    }

    public async Task<IReadOnlyList<FactVersion<T>>> ListVersionsAsync<T>(GovernedKind<T> kind, IReadOnlyCollection<string>? keys = null, CancellationToken cancellation = default)
        where T : class
    {
        await using var db = await store.ReadAsync(cancellation);
        var rows = new List<VersionRead>();
        var ofKind = db.Set<FactRow>().Where(fact => fact.Kind == kind.Name);
        var parts = keys is null ? [ofKind] : keys.Distinct(StringComparer.Ordinal).Chunk(Chunk).Select(chunk => ofKind.Where(fact => chunk.Contains(fact.Key)));
        foreach (var facts in parts)
        {
            rows.AddRange(await (
                from fact in facts
                join version in db.Set<VersionRow>() on fact.Id equals version.FactId
                join change in db.Set<ChangeRow>() on version.Id equals change.Sequence
                select new VersionRead(fact.Key, version, change.Account, change.Organisation, change.Why)).ToListAsync(cancellation));
        }

        return rows.OrderBy(row => row.Key, StringComparer.Ordinal).ThenBy(row => row.Version.Id).Select(row => Read(kind, row)).ToList();
    }

    public async Task<IReadOnlyList<string>> ListKeysAsync(string kind, string start = "", CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var keys = await db.Set<FactRow>().Where(fact => fact.Kind == kind && fact.Key.StartsWith(start)).Select(fact => fact.Key).ToListAsync(cancellation);
        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    public async Task<IReadOnlyList<KnownVersion>> ListKnownAsync(string kind, string? key, AsAt at, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var recorded = at.RecordedOrLatest();
        var known = await (
            from fact in db.Set<FactRow>()
            where fact.Kind == kind && (key == null || fact.Key == key)
            join version in db.Set<VersionRow>() on fact.Id equals version.FactId
            where version.Known <= at.Known && version.Recorded <= recorded
            select new KnownVersion(fact.Key, version.Id, version.Known)).ToListAsync(cancellation);
        known.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key) is not 0 and var byKey ? byKey : a.Known.CompareTo(b.Known) is not 0 and var byDay ? byDay : a.VersionId.CompareTo(b.VersionId));
        return known;
    }

    public async Task<FactTurns> ListTurnsAsync(IReadOnlyList<TurningFact> facts, AsAt at, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var recorded = at.RecordedOrLatest();
        var (effective, known) = (new SortedSet<DateOnly>(), new SortedSet<DateOnly>());
        foreach (var (kind, key, text) in facts.Distinct())
        {
            var turns = await (
                from fact in db.Set<FactRow>()
                where fact.Kind == kind && (key == null || fact.Key == key)
                join version in db.Set<VersionRow>() on fact.Id equals version.FactId
                where version.Known <= at.Known && version.Recorded <= recorded && (text == null || version.Body == null || version.Body.Contains(text))
                select new { version.EffectiveFrom, version.EffectiveUntil, version.Known }).Distinct().ToListAsync(cancellation);
            foreach (var turn in turns)
            {
                effective.Add(turn.EffectiveFrom);
                known.Add(turn.Known);
                if (turn.EffectiveUntil is { } until)
                {
                    effective.Add(until);
                }
            }
        }

        return new FactTurns([.. effective], [.. known]);
    }

    public async Task<DateTimeOffset> LatestRecordedAsync(CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return Instants.FromMicroseconds(
            await db.Set<ChangeRow>().OrderByDescending(change => change.Sequence).Select(change => change.At).FirstOrDefaultAsync(cancellation));
    }

    public async Task<string> KeepAsync(ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellation = default)
    {
        var sha256 = "";
        await CommitAsync(Keeping, changes => sha256 = changes.Keep(content, mediaType), cancellation);
        return sha256;
    }

    public async Task<byte[]?> FindContentAsync(string sha256, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return await db.Set<ContentRow>().Where(content => content.Sha256 == sha256).Select(content => content.Bytes)
            .SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The shape measured on both stores: one index descent a fact, led by (fact, known, id).</summary>
    private static IQueryable<Holder> HolderQuery(PathfinderDb db, IQueryable<FactRow> facts, AsAt at)
    {
        var recorded = at.RecordedOrLatest();
        return
            from fact in facts
            join version in db.Set<VersionRow>()
                on db.Set<VersionRow>()
                    .Where(row => row.FactId == fact.Id && row.Known <= at.Known && row.Recorded <= recorded
                        && row.EffectiveFrom <= at.Effective && (row.EffectiveUntil == null || row.EffectiveUntil > at.Effective))
                    .OrderByDescending(row => row.Known).ThenByDescending(row => row.Id)
                    .Select(row => row.Id).FirstOrDefault()
                equals version.Id
            where version.Body != null
            select new Holder { Key = fact.Key, Version = version };
    }

    private static IQueryable<VersionRead> AsAtQuery(PathfinderDb db, IQueryable<FactRow> facts, AsAt at) =>
        from holder in HolderQuery(db, facts, at)
        join change in db.Set<ChangeRow>() on holder.Version.Id equals change.Sequence
        select new VersionRead(holder.Key, holder.Version, change.Account, change.Organisation, change.Why);

    /// <summary>The same choice of versions, but nothing of what they say: from the indexes alone.</summary>
    private async Task<IReadOnlyList<HeldVersion>> HeldAsync(PathfinderDb db, string kind, AsAt at, CancellationToken cancellation)
    {
        // Read before the list: what is committed in between makes the next reader look again, which is safe.
        var head = await db.Set<ChangeRow>().OrderByDescending(change => change.Sequence).Select(change => change.Sequence).FirstOrDefaultAsync(cancellation);
        if (_lists.Find(kind, at) is { } known)
        {
            if (known.Head == head || !await db.Set<ChangeRow>().AnyAsync(change => change.Sequence > known.Head && change.Sequence <= head && change.Kind == kind && change.FactId != null, cancellation))
            {
                return _lists.Add(kind, at, head, known.List);
            }
        }

        var others = await db.Database.SqlQueryRaw<OtherVersion>(OthersOfKind, kind)
            .ToDictionaryAsync(version => version.Id, version => version.Ends, cancellation);
        var recorded = at.RecordedOrLatest();
        var rows = await db.Set<FactRow>().Where(fact => fact.Kind == kind)
            .Select(fact => new HolderId(
                fact.Key,
                db.Set<VersionRow>()
                    .Where(row => row.FactId == fact.Id && row.Known <= at.Known && row.Recorded <= recorded
                        && row.EffectiveFrom <= at.Effective && (row.EffectiveUntil == null || row.EffectiveUntil > at.Effective))
                    .OrderByDescending(row => row.Known).ThenByDescending(row => row.Id)
                    .Select(row => (long?)row.Id).FirstOrDefault())).ToListAsync(cancellation);
        var held = new List<HeldVersion>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Version is { } version && (!others.TryGetValue(version, out var ends) || !ends))
            {
                held.Add(new HeldVersion(row.Key, version, !others.ContainsKey(version)));
            }
        }

        held.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return _lists.Add(kind, at, head, held);
    }

    // By their ids, which leads each store to the rows and no others; joined to the choice itself, PostgreSQL reads the whole log.
    private async Task<IReadOnlyList<FactVersion<T>>> ReadSomeAsync<T>(PathfinderDb db, GovernedKind<T> kind, IReadOnlyList<long> ids, CancellationToken cancellation)
        where T : class
    {
        var found = new Dictionary<long, FactVersion<T>>(ids.Count);
        foreach (var id in ids)
        {
            if (_cache.Find<T>(id) is { } known)
            {
                found[id] = known;
            }
        }

        foreach (var chunk in ids.Where(id => !found.ContainsKey(id)).Distinct().Chunk(LargeChunk))
        {
            var rows = await (
                from version in db.Set<VersionRow>()
                where EF.Parameter(chunk).Contains(version.Id)
                join fact in db.Set<FactRow>() on version.FactId equals fact.Id
                join change in db.Set<ChangeRow>() on version.Id equals change.Sequence
                where fact.Kind == kind.Name
                select new VersionRead(fact.Key, version, change.Account, change.Organisation, change.Why)).ToListAsync(cancellation);
            foreach (var version in Read(kind, rows))
            {
                found[version.VersionId] = version;
            }
        }

        return ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
    }

    // Making bodies from their text is most of what a long list costs, and each stands for itself.
    private FactVersion<T>[] Read<T>(GovernedKind<T> kind, List<VersionRead> rows)
        where T : class
    {
        const int WorthSharing = 200;
        var versions = new FactVersion<T>[rows.Count];
        if (rows.Count < WorthSharing)
        {
            for (var i = 0; i < versions.Length; i++)
            {
                versions[i] = Read(kind, rows[i]);
            }
        }
        else
        {
            Parallel.For(0, versions.Length, i => versions[i] = Read(kind, rows[i]));
        }

        return versions;
    }

    private FactVersion<T> Read<T>(GovernedKind<T> kind, VersionRead row)
        where T : class => _cache.Find<T>(row.Version.Id) ?? _cache.Add(row.Version.Body?.Length ?? 0, Made(kind, row));

    private static FactVersion<T> Made<T>(GovernedKind<T> kind, VersionRead row)
        where T : class => new(
        kind.Name, row.Key, row.Version.Id, new EffectivePeriod(row.Version.EffectiveFrom, row.Version.EffectiveUntil), row.Version.Known,
        Instants.FromMicroseconds(row.Version.Recorded), row.Version.Body is { } body ? HistoryJson.Read<T>(body) : null,
        row.Account, row.Organisation, row.Why);

    private async Task AppendAsync(PathfinderDb db, ChangeContext context, ChangeSet set, CancellationToken cancellation)
    {
        if (db.Kind == StoreKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChainLock})", cancellation);
        }

        var head = await db.Set<ChangeRow>().AsNoTracking().OrderByDescending(change => change.Sequence)
            .Select(change => new { change.Sequence, change.At, change.Hash }).FirstOrDefaultAsync(cancellation);
        var before = await PriorFacts.LoadAsync(db, set.Changes, Chunk, cancellation);
        foreach (var ((kind, key), newest) in set.Expected)
        {
            if (before.NewestOf(kind, key) != newest)
            {
                throw new ChangedMeanwhileException(kind, key);
            }
        }

        var kept = await AlreadyKeptAsync(db, set.Changes, cancellation);

        var sequence = head?.Sequence ?? 0;
        var previous = head?.Hash ?? ChangeHash.Genesis;
        // A clock set back must not let a later commit slip behind an answer already given.
        var at = Math.Max(time.GetUtcNow().ToMicroseconds(), (head?.At ?? 0) + 1);
        var rows = new AppendedRows();
        foreach (var pending in set.Changes)
        {
            if (pending.Action == "keep" && !kept.Add(pending.Key))
            {
                continue;
            }

            sequence++;
            var fact = pending.Effective is null ? null : before.FindOrAdd(pending, sequence, rows);
            var change = Link(context, pending, fact?.Id, fact?.BodyBefore(pending), sequence, at, previous);
            previous = change.Hash;
            rows.Add(change, pending);
            fact?.Add(sequence, pending);
        }

        await rows.InsertAsync(db, cancellation);
        foreach (var write in set.Others)
        {
            await write(db, cancellation);
        }
    }

    private static ChangeRow Link(
        ChangeContext context, PendingChange pending, long? factId, string? oldBody, long sequence, long at, string previous)
    {
        ChangeRow Make(string hash) => new()
        {
            Sequence = sequence,
            Action = pending.Action,
            At = at,
            Account = context.Account,
            Organisation = context.Organisation,
            Why = pending.Why ?? context.Why,
            Kind = pending.Kind,
            Key = pending.Key,
            FactId = factId,
            Known = pending.Known,
            EffectiveFrom = pending.Effective?.From,
            EffectiveUntil = pending.Effective?.Until,
            OldBody = oldBody,
            NewBody = pending.Body,
            Previous = previous,
            Hash = hash,
        };
        return Make(ChangeHash.Of(Make("")));
    }

    private static async Task<HashSet<string>> AlreadyKeptAsync(PathfinderDb db, List<PendingChange> changes, CancellationToken cancellation)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in changes.Where(change => change.Action == "keep").Select(change => change.Key).Distinct(StringComparer.Ordinal).Chunk(Chunk))
        {
            kept.UnionWith(await db.Set<ContentRow>().Where(content => chunk.Contains(content.Sha256)).Select(content => content.Sha256)
                .ToListAsync(cancellation));
        }

        return kept;
    }

    private sealed class Holder
    {
        public required string Key { get; init; }

        public required VersionRow Version { get; init; }
    }

    private sealed record HolderId(string Key, long? Version);

    private sealed record OtherVersion(long Id, bool Ends);

    private sealed record VersionRead(string Key, VersionRow Version, string Account, string Organisation, string Why);
}
