using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>
/// The one way to change or read a governed fact. A change appends versions and one log entry each, hashed over the
/// entry before, all or nothing. Nothing is overwritten or deleted.
/// </summary>
public interface IHistory
{
    /// <summary>Appends all that <paramref name="changes"/> records, in one transaction; the same clock reading for all.</summary>
    Task CommitAsync(ChangeContext context, Action<IChangeSet> changes, CancellationToken cancellation = default);

    /// <summary>The fact as at the three dates, or null.</summary>
    Task<FactVersion<T>?> FindAsync<T>(GovernedKind<T> kind, string key, AsAt at, CancellationToken cancellation = default)
        where T : class;

    /// <summary>All facts of a kind as at the three dates, in ordinal order of key.</summary>
    Task<IReadOnlyList<FactVersion<T>>> ListAsync<T>(GovernedKind<T> kind, AsAt at, CancellationToken cancellation = default)
        where T : class;

    /// <summary>Every version of one fact in the order recorded, ends included (with a null body).</summary>
    Task<IReadOnlyList<FactVersion<T>>> TimelineAsync<T>(GovernedKind<T> kind, string key, CancellationToken cancellation = default)
        where T : class;

    /// <summary>
    /// Every version of several facts of a kind, ends included, in ordinal order of key and then in the order recorded;
    /// of all facts of the kind when <paramref name="keys"/> is null.
    /// </summary>
    Task<IReadOnlyList<FactVersion<T>>> ListVersionsAsync<T>(GovernedKind<T> kind, IReadOnlyCollection<string>? keys = null, CancellationToken cancellation = default)
        where T : class;

    /// <summary>
    /// Which version of each fact of a kind holds as at the three dates, in ordinal order of key, without what it says; and of each
    /// whether its body contains <see cref="OpenBodies.Text"/>. Much quicker than the bodies where a kind has many.
    /// </summary>
    Task<IReadOnlyList<HeldVersion>> ListHeldAsync(string kind, AsAt at, CancellationToken cancellation = default);

    /// <summary>
    /// The facts of which some version lacks <see cref="OpenBodies.Text"/>, whatever its dates: all that may be closed to somebody, and some that are not.
    /// </summary>
    Task<IReadOnlyList<ClosedFact>> ListClosedAsync(CancellationToken cancellation = default);

    /// <summary>Versions of a kind by their ids, in the order asked for; ids that are none are left out.</summary>
    Task<IReadOnlyList<FactVersion<T>>> ListVersionsAsync<T>(GovernedKind<T> kind, IReadOnlyList<long> versionIds, CancellationToken cancellation = default)
        where T : class;

    /// <summary>Keys of a kind that begin with a text and were ever recorded, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListKeysAsync(string kind, string start = "", CancellationToken cancellation = default);

    /// <summary>
    /// Which versions of a kind (of one fact, or of all where the key is null) were known and recorded by the dates, ends included, in
    /// ordinal order of key and then in the order in which they were known; the effective date is not looked at. Nothing of what they say.
    /// </summary>
    Task<IReadOnlyList<KnownVersion>> ListKnownAsync(string kind, string? key, AsAt at, CancellationToken cancellation = default);

    /// <summary>
    /// The days on which facts of a kind (of one key, or of all where the key is null, or of those that contain a text) begin or cease to hold, and on which something of
    /// them became known, as far as known and recorded by the dates; the effective date is not looked at. Each list in order.
    /// </summary>
    Task<FactTurns> ListTurnsAsync(IReadOnlyList<TurningFact> facts, AsAt at, CancellationToken cancellation = default);

    /// <summary>
    /// When the newest change was recorded; an answer that carries this as its recorded time can be had again byte for
    /// byte, whatever is recorded later. The start of 1970 for an empty log.
    /// </summary>
    Task<DateTimeOffset> LatestRecordedAsync(CancellationToken cancellation = default);

    /// <summary>Stores bytes under their SHA-256 (lower-case hex) and returns it; storing the same bytes again is free.</summary>
    Task<string> KeepAsync(ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellation = default);

    /// <summary>The bytes kept under a hash, or null.</summary>
    Task<byte[]?> FindContentAsync(string sha256, CancellationToken cancellation = default);
}

/// <summary>A fact was changed between the look at it and the commit; the commit wrote nothing and can be tried again after another look.</summary>
public sealed class ChangedMeanwhileException(string kind, string key) : Exception($"{kind}/{key} was changed meanwhile.");

/// <summary>What one commit records.</summary>
public interface IChangeSet
{
    /// <summary>Gives the entries that follow a reason of their own, in place of the commit's.</summary>
    void Because(string why);

    /// <summary>
    /// Makes the commit throw <see cref="ChangedMeanwhileException"/>, and write nothing, when the newest version of a fact that it
    /// changes is another than this; 0 for a fact that must not exist yet.
    /// </summary>
    void Expect(string kind, string key, long newest);

    /// <summary>Records a version of a fact: it supersedes what was known before for the same days.</summary>
    void Record<T>(GovernedKind<T> kind, string key, T body, EffectivePeriod effective, DateOnly known)
        where T : class;

    /// <summary>Records that the fact ceases to hold from a day on.</summary>
    void End<T>(GovernedKind<T> kind, string key, DateOnly from, DateOnly known)
        where T : class;

    /// <summary>Keeps bytes under their SHA-256 (lower-case hex) in this commit, and returns it; keeping the same again is free.</summary>
    string Keep(ReadOnlyMemory<byte> content, string mediaType);

    /// <summary>Logs something that happened to a thing without a version of its own: a password changed, a report sent.</summary>
    /// <param name="kind">The kind of thing.</param>
    /// <param name="key">Which one.</param>
    /// <param name="what">What happened; never a secret.</param>
    void Note(string kind, string key, string what);

    /// <summary>Writes rows that are not governed (a secret, a job's state) in the same transaction, after the log.</summary>
    void Also(Func<PathfinderDb, CancellationToken, Task> write);

    /// <summary>Does something in this process once the commit stands; not at all where it does not.</summary>
    void Afterwards(Action then);
}
