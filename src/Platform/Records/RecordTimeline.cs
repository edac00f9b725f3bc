namespace Pathfinder.Platform.Records;

/// <summary>
/// The versions of one record, those of the store and those about to be added, and what holds on a day as known on another: the newest
/// known, then the newest added, as the store itself chooses.
/// </summary>
internal sealed class RecordTimeline(RecordKind kind)
{
    /// <summary>Above every id of the store, so that what is about to be added wins over what is there.</summary>
    private const long Pending = long.MaxValue / 2;

    private readonly List<Version> _versions = [];
    private int _stored;

    /// <summary>The newest id in the store; 0 where there is none.</summary>
    public long Newest { get; private set; }

    /// <summary>Whether the store or the set of changes so far has a version of it.</summary>
    public bool Exists => _versions.Count > 0;

    /// <summary>The handling that says who may change it or learn of it: that of the version known last; null where it never said anything.</summary>
    public Handling? Handling => _versions.Where(version => version.Body is not null).OrderBy(version => version.Known).ThenBy(version => version.Id).LastOrDefault()?.Body!.Handling;

    /// <summary>Every body in the store.</summary>
    public IEnumerable<ProgrammeRecord> Stated => _versions.Take(_stored).Select(version => version.Body).OfType<ProgrammeRecord>();

    /// <summary>Every body so far, those about to be recorded last.</summary>
    public IEnumerable<ProgrammeRecord> Said => _versions.Select(version => version.Body).OfType<ProgrammeRecord>();

    /// <summary>Adds a version of the store.</summary>
    public void AddStored(StoredRecord stored)
    {
        _versions.Add(new Version(stored.VersionId, stored.Stated, stored.Effective.From, stored.Effective.Until, stored.Known, stored));
        _stored = _versions.Count;
        Newest = Math.Max(Newest, stored.VersionId);
    }

    /// <summary>Adds a version that is about to be recorded.</summary>
    public void Add(PlannedVersion planned) =>
        _versions.Add(new Version(Pending + _versions.Count, planned.Body, planned.From, planned.Until, planned.Known, null));

    /// <summary>Takes one version of the store that says exactly this from the ones not taken yet; false where there is none.</summary>
    public bool TakeSame(ProgrammeRecord? body, DateOnly from, DateOnly? until, DateOnly known)
    {
        var same = _versions.Take(_stored).FirstOrDefault(version =>
            !version.IsTaken && version.From == from && version.Until == until && version.Known == known && IsSame(version, body));
        if (same is null)
        {
            return false;
        }

        return same.IsTaken = true;
    }

    /// <summary>Whether what holds on every day of the period, as known on a day, says exactly this already.</summary>
    public bool SaysAlready(ProgrammeRecord? body, DateOnly from, DateOnly? until, DateOnly known) =>
        HoldersDuring(from, until, known).All(holder => holder?.Body is null ? body is null : body is not null && IsSame(holder, body));

    /// <summary>Whether the version that holds on the first day says exactly this, for the same days and known at the same time.</summary>
    public bool IsLast(ProgrammeRecord? body, DateOnly from, DateOnly? until, DateOnly known) =>
        HolderOn(from, known) is { } holder && holder.From == from && holder.Until == until && holder.Known == known && IsSame(holder, body);

    /// <summary>Whether the store has a version with this number of it.</summary>
    public bool Has(long version) => _versions.Take(_stored).Any(one => one.Id == version);

    /// <summary>
    /// The newest version of the store that a change of the period would supersede although it was recorded after the version the change
    /// was made on; null where there is none. A version added later about an earlier day, which nobody looking at the period sees, is none.
    /// </summary>
    public StoredRecord? SavedSince(long expected, DateOnly from, DateOnly? until, DateOnly known)
    {
        var held = HoldersDuring(from, until, known).Select(holder => holder?.Stored).OfType<StoredRecord>().OrderBy(stored => stored.VersionId).ToList();
        return held.LastOrDefault(stored => stored.VersionId > expected);
    }

    private IEnumerable<Version?> HoldersDuring(DateOnly from, DateOnly? until, DateOnly known)
    {
        var days = _versions.SelectMany(version => version.Until is { } end ? [version.From, end] : new[] { version.From })
            .Where(day => day > from && (until is not { } last || day < last)).Append(from).Distinct();
        return days.Select(day => HolderOn(day, known));
    }

    private Version? HolderOn(DateOnly day, DateOnly known)
    {
        Version? best = null;
        foreach (var version in _versions)
        {
            if (version.Known <= known && version.From <= day && (version.Until is not { } until || until > day)
                && (best is null || version.Known > best.Known || (version.Known == best.Known && version.Id > best.Id)))
            {
                best = version;
            }
        }

        return best;
    }

    private bool IsSame(Version version, ProgrammeRecord? body) =>
        version.Body is null || body is null ? version.Body is null && body is null : (version.Json ??= kind.Write(version.Body)) == kind.Write(body);

    private sealed class Version(long id, ProgrammeRecord? body, DateOnly from, DateOnly? until, DateOnly known, StoredRecord? stored)
    {
        public long Id => id;

        public ProgrammeRecord? Body => body;

        public DateOnly From => from;

        public DateOnly? Until => until;

        public DateOnly Known => known;

        public StoredRecord? Stored => stored;

        public string? Json { get; set; }

        public bool IsTaken { get; set; }
    }
}
