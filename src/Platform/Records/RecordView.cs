using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Records;

/// <summary>Some of the records of a kind, in ordinal order of key.</summary>
/// <param name="Records">Those asked for.</param>
/// <param name="Total">How many the reader may see.</param>
/// <param name="Withheld">How many exist that the reader may not see, by ground.</param>
public sealed record RecordPage(IReadOnlyList<StoredRecord> Records, int Total, IReadOnlyDictionary<string, int> Withheld);

/// <summary>
/// The records as at three dates, as far as one reader may see them. Every page, answer, search and export reads through a view, so
/// that what is withheld is withheld everywhere. A kind is read once and kept for the life of the view.
/// </summary>
public sealed class RecordView(IHistory history, RecordCatalogue catalogue, Actor? reader, AsAt at)
{
    private readonly Dictionary<RecordKind, Task<IReadOnlyList<StoredRecord>>> _lists = [];
    private readonly Dictionary<RecordKind, Task<IReadOnlyList<KnownVersion>>> _known = [];
    private readonly Dictionary<RecordKind, IReadOnlyList<StoredRecord>> _seen = [];
    private Task<WithheldReferences>? _withheld;

    // The same for a view and those made from it on other dates: read once.
    private ClosedRecords _closed = new(history, catalogue);

    /// <summary>The dates.</summary>
    public AsAt At => at;

    /// <summary>Who reads; null for the product itself, which sees all.</summary>
    public Actor? Reader => reader;

    /// <summary>The kinds there are.</summary>
    public RecordCatalogue Catalogue => catalogue;

    /// <summary>All records of a kind that the reader may see, in ordinal order of key.</summary>
    public async Task<IReadOnlyList<StoredRecord>> ListAsync(RecordKind kind, CancellationToken cancellation = default)
    {
        if (!_seen.TryGetValue(kind, out var seen))
        {
            _seen[kind] = seen = await MaskAsync((await AllAsync(kind, cancellation)).Where(record => Handlings.MayRead(reader, record.Body.Handling)).ToList(), cancellation);
        }

        return seen;
    }

    /// <summary>All records of a kind that the reader may see, in ordinal order of key.</summary>
    public async Task<IReadOnlyList<StoredRecord<T>>> ListAsync<T>(CancellationToken cancellation = default)
        where T : ProgrammeRecord => (await ListAsync(catalogue.Get<T>(), cancellation)).Cast<StoredRecord<T>>().ToList();

    /// <summary>
    /// Some of the records of a kind that the reader may see, in ordinal order of key, without reading the others: for long lists that
    /// are neither narrowed nor sorted by what they say.
    /// </summary>
    public async Task<RecordPage> PageAsync(RecordKind kind, int skip, int take, CancellationToken cancellation = default)
    {
        if (_lists.ContainsKey(kind))
        {
            var all = await ListAsync(kind, cancellation);
            return new RecordPage(all.Skip(skip).Take(take).ToList(), all.Count, await WithheldAsync(kind, cancellation));
        }

        var held = await history.ListHeldAsync(kind.Name, at, cancellation);
        var closed = held.Where(version => !version.IsOpen).Select(version => version.VersionId).ToList();
        var withheld = (await kind.VersionsAsync(history, closed, cancellation)).Where(record => !Handlings.MayRead(reader, record.Body.Handling)).ToList();
        var hidden = withheld.Select(record => record.VersionId).ToHashSet();
        var page = held.Where(version => !hidden.Contains(version.VersionId)).Skip(skip).Take(take).Select(version => version.VersionId).ToList();
        return new RecordPage(await MaskAsync(await kind.VersionsAsync(history, page, cancellation), cancellation), held.Count - hidden.Count, ByGround(withheld));
    }

    /// <summary>How many records of a kind exist that the reader may not see, by ground.</summary>
    public async Task<IReadOnlyDictionary<string, int>> WithheldAsync(RecordKind kind, CancellationToken cancellation = default) =>
        ByGround((await AllAsync(kind, cancellation)).Where(record => !Handlings.MayRead(reader, record.Body.Handling)));

    /// <summary>One record, or null when there is none or the reader may not see it.</summary>
    public async Task<StoredRecord?> FindAsync(RecordKind kind, string key, CancellationToken cancellation = default)
    {
        var found = _lists.TryGetValue(kind, out var list)
            ? (await list).FirstOrDefault(record => record.Key == key)
            : await kind.FindAsync(history, key, at, cancellation);
        return found is not null && Handlings.MayRead(reader, found.Body.Handling) ? (await MaskAsync([found], cancellation))[0] : null;
    }

    /// <summary>Some of the records of a kind by their keys, as far as the reader may see them, in ordinal order of key, without reading the others.</summary>
    public async Task<IReadOnlyList<StoredRecord>> FindManyAsync(RecordKind kind, IReadOnlySet<string> keys, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (_lists.ContainsKey(kind))
        {
            return (await ListAsync(kind, cancellation)).Where(record => keys.Contains(record.Key)).ToList();
        }

        var held = (await history.ListHeldAsync(kind.Name, at, cancellation)).Where(version => keys.Contains(version.Key)).Select(version => version.VersionId).ToList();
        return await MaskAsync((await kind.VersionsAsync(history, held, cancellation)).Where(record => Handlings.MayRead(reader, record.Body.Handling)).ToList(), cancellation);
    }

    /// <summary>The records that a computed reading leads to, each once, as far as the reader may see them: what a page with it shows something of.</summary>
    public async Task<IReadOnlyList<StoredRecord>> NamedByAsync(RecordReading reading, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var named = new List<StoredRecord>();
        var references = reading.Parts.SelectMany(part => part.Rows).SelectMany(row => row).Select(said => said.Reference).OfType<string>().Distinct(StringComparer.Ordinal).Select(reference => reference.Split(':', 2));
        foreach (var kind in references.Where(parts => parts.Length == 2).GroupBy(parts => parts[0], StringComparer.Ordinal))
        {
            if (catalogue.Find(kind.Key) is { } found)
            {
                named.AddRange(await FindManyAsync(found, kind.Select(parts => parts[1]).ToHashSet(StringComparer.Ordinal), cancellation));
            }
        }

        return named;
    }

    /// <summary>One record of a known kind, or null.</summary>
    public async Task<StoredRecord<T>?> FindAsync<T>(string key, CancellationToken cancellation = default)
        where T : ProgrammeRecord => (StoredRecord<T>?)await FindAsync(catalogue.Get<T>(), key, cancellation);

    /// <summary>The record that a reference "kind:key" names, or null.</summary>
    public Task<StoredRecord?> FindAsync(string reference, CancellationToken cancellation = default)
    {
        var parts = (reference ?? "").Split(':', 2);
        return parts.Length == 2 && catalogue.Find(parts[0]) is { } kind ? FindAsync(kind, parts[1], cancellation) : Task.FromResult<StoredRecord?>(null);
    }

    /// <summary>
    /// Every version of one record that was known by the view's known date and recorded by its recorded date, oldest first, as far as
    /// the reader may see them. The end of what they may not read is not shown either: it carries a reason.
    /// </summary>
    public async Task<IReadOnlyList<StoredRecord>> TimelineAsync(RecordKind kind, string key, CancellationToken cancellation = default) =>
        await MaskAsync(Seen(await kind.TimelineAsync(history, key, cancellation)), cancellation);

    /// <summary>The timelines of many records of a kind, by key: each as <see cref="TimelineAsync"/> gives it, and all in one reading.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<StoredRecord>>> TimelinesAsync(RecordKind kind, IReadOnlyCollection<string> keys, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(keys);
        var timelines = new Dictionary<string, IReadOnlyList<StoredRecord>>(StringComparer.Ordinal);
        foreach (var versions in (await kind.VersionsAsync(history, keys, cancellation)).GroupBy(version => version.Key, StringComparer.Ordinal))
        {
            timelines[versions.Key] = await MaskAsync(Seen(versions), cancellation);
        }

        return timelines;
    }

    // In the order in which they were recorded; given in that in which they were known.
    private List<StoredRecord> Seen(IEnumerable<StoredRecord> versions)
    {
        var open = new List<StoredRecord>();
        var readable = true;
        foreach (var version in versions)
        {
            readable = version.Stated is { } body ? Handlings.MayRead(reader, body.Handling) : readable;
            if (readable && version.Known <= at.Known && (at.Recorded is not { } recorded || version.Recorded <= recorded))
            {
                open.Add(version);
            }
        }

        return open.OrderBy(version => version.Known).ThenBy(version => version.VersionId).ToList();
    }

    /// <summary>
    /// Why <see cref="FindAsync(RecordKind, string, CancellationToken)"/> finds nothing on these dates, where the reader may know of the record
    /// on others; null where there is nothing that they may know of.
    /// </summary>
    public async Task<RecordAbsence?> FindAbsenceAsync(RecordKind kind, string key, DateOnly today, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var versions = (await kind.TimelineAsync(history, key, cancellation)).Where(version => at.Recorded is not { } recorded || version.Recorded <= recorded)
            .OrderBy(version => version.Known).ThenBy(version => version.VersionId).ToList();
        return RecordAbsence.Of(versions, reader, at, today);
    }

    /// <summary>Which versions of a kind were known and recorded by the dates, whoever may read them: when, and nothing of what they say.</summary>
    internal Task<IReadOnlyList<KnownVersion>> ListKnownAsync(RecordKind kind, CancellationToken cancellation = default)
    {
        if (!_known.TryGetValue(kind, out var known))
        {
            _known[kind] = known = history.ListKnownAsync(kind.Name, key: null, at, cancellation);
        }

        return known;
    }

    /// <summary>
    /// The records of a kind that held on some day up to the effective date, each as it last held, as far as the reader may see them; with how many
    /// more there are, by ground.
    /// </summary>
    internal async Task<RecordPage> HeldByNowAsync(RecordKind kind, CancellationToken cancellation = default)
    {
        var held = (await KnownVersionsAsync(kind, cancellation)).GroupBy(version => version.Key, StringComparer.Ordinal)
            .Select(versions => RecordAbsence.LastHeld([.. versions], at)).OfType<StoredRecord>().OrderBy(record => record.Key, StringComparer.Ordinal).ToList();
        var seen = held.Where(record => Handlings.MayRead(reader, record.Body.Handling)).ToList();
        return new RecordPage(await MaskAsync(seen, cancellation), seen.Count, ByGround(held.Except(seen)));
    }

    /// <summary>Every version of a kind that was known and recorded by the dates, by the day on which it was known and then in the order recorded, whoever may read it.</summary>
    internal async Task<IReadOnlyList<StoredRecord>> KnownVersionsAsync(RecordKind kind, CancellationToken cancellation = default)
    {
        var known = await ListKnownAsync(kind, cancellation);
        return (await kind.VersionsAsync(history, known.Select(version => version.VersionId).ToList(), cancellation)).OrderBy(version => version.Known).ThenBy(version => version.VersionId).ToList();
    }

    /// <summary>Versions by their ids, whoever may read them: for what is computed and never shown.</summary>
    internal Task<IReadOnlyList<StoredRecord>> VersionsAsync(RecordKind kind, IReadOnlyList<long> versionIds, CancellationToken cancellation = default) =>
        kind.VersionsAsync(history, versionIds, cancellation);

    /// <summary>The same reader on other dates.</summary>
    public RecordView As(AsAt other) => new(history, catalogue, reader, other) { _closed = _closed };

    /// <summary>The same dates without a reader: asked only whether something that the reader does not find is withheld.</summary>
    internal RecordView Unread => new(history, catalogue, null, at);

    /// <summary>The references that the reader may not follow.</summary>
    internal Task<WithheldReferences> WithheldReferencesAsync(CancellationToken cancellation = default) => _withheld ??= ReadAsync(cancellation);

    private async Task<WithheldReferences> ReadAsync(CancellationToken cancellation) =>
        WithheldReferences.Of(reader is null ? [] : await _closed.ListAsync(cancellation), reader, at);

    // A reference is withheld with the record that it leads to, wherever it stands.
    private async Task<IReadOnlyList<StoredRecord>> MaskAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        if (reader is null || records.Count == 0 || records[0].Kind.Targets.Count == 0)
        {
            return records;
        }

        var withheld = await WithheldReferencesAsync(cancellation);
        return withheld.Any ? records.Select(withheld.Mask).ToList() : records;
    }

    private static Dictionary<string, int> ByGround(IEnumerable<StoredRecord> withheld) =>
        withheld.CountBy(record => Handlings.GroundOf(record.Body.Handling), StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    private Task<IReadOnlyList<StoredRecord>> AllAsync(RecordKind kind, CancellationToken cancellation)
    {
        if (!_lists.TryGetValue(kind, out var list))
        {
            _lists[kind] = list = kind.ListAsync(history, at, cancellation);
        }

        return list;
    }
}

/// <summary>The records that are closed to somebody, read when first asked for.</summary>
internal sealed class ClosedRecords(IHistory history, RecordCatalogue catalogue)
{
    private Task<IReadOnlyList<StoredRecord>>? _list;

    public Task<IReadOnlyList<StoredRecord>> ListAsync(CancellationToken cancellation) => _list ??= WithheldReferences.ClosedAsync(history, catalogue, cancellation);
}

/// <summary>Who may read what is withheld.</summary>
public static class Handlings
{
    /// <summary>The ground on which something is withheld, in words also where none was recorded.</summary>
    public static string GroundOf(Handling handling)
    {
        ArgumentNullException.ThrowIfNull(handling);
        return string.IsNullOrWhiteSpace(handling.Ground) ? "no ground recorded" : handling.Ground.Trim();
    }

    /// <summary>Whether a text names readers: "organisation:CODE", "account:NAME" or "role:NAME" of a role there is.</summary>
    public static bool IsReader(string? text) => (text ?? "").Split(':', 2) switch
    {
        ["organisation" or "account", var name] => !string.IsNullOrWhiteSpace(name) && name.Trim() == name,
        ["role", var role] => Enum.GetNames<Role>().Contains(role, StringComparer.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Whether a person may read a record with this handling; the product itself (null) may read all.</summary>
    public static bool MayRead(Actor? reader, Handling handling)
    {
        ArgumentNullException.ThrowIfNull(handling);
        return reader is null || handling.Readers.Count == 0 || handling.Readers.Any(open => open.Split(':', 2) switch
        {
            ["organisation", var code] => string.Equals(code, reader.Organisation, StringComparison.OrdinalIgnoreCase),
            ["account", var name] => string.Equals(name, reader.Account, StringComparison.OrdinalIgnoreCase),
            ["role", var role] => Enum.TryParse<Role>(role, ignoreCase: true, out var held) && reader.Roles.Contains(held),
            _ => false,
        });
    }
}
