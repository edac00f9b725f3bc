using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>The rows of one commit, and the order in which they reach the store.</summary>
internal sealed class AppendedRows
{
    private static readonly string[] FactColumns = ["id", "kind", "key"];

    private static readonly string[] VersionColumns = ["id", "fact_id", "known", "effective_from", "effective_until", "recorded", "body"];

    private static readonly string[] ContentColumns = ["sha256", "change", "media_type", "length", "bytes"];

    private static readonly string[] ChangeColumns =
    [
        "sequence", "action", "at", "account", "organisation", "why", "kind", "key", "fact_id", "known", "effective_from",
        "effective_until", "old_body", "new_body", "previous", "hash",
    ];

    private readonly List<object?[]> _facts = [];
    private readonly List<object?[]> _versions = [];
    private readonly List<object?[]> _content = [];
    private readonly List<object?[]> _changes = [];

    public void AddFact(long id, PendingChange pending) => _facts.Add([id, pending.Kind, pending.Key]);

    public void Add(ChangeRow change, PendingChange pending)
    {
        _changes.Add(
        [
            change.Sequence, change.Action, change.At, change.Account, change.Organisation, change.Why, change.Kind, change.Key,
            change.FactId, change.Known, change.EffectiveFrom, change.EffectiveUntil, change.OldBody, change.NewBody, change.Previous, change.Hash,
        ]);
        if (pending.Action == "keep")
        {
            _content.Add([change.Key, change.Sequence, pending.MediaType, (long)pending.Bytes.Length, pending.Bytes.ToArray()]);
        }
        else if (change.FactId is not null)
        {
            _versions.Add(
                [change.Sequence, change.FactId, change.Known, change.EffectiveFrom, change.EffectiveUntil, change.At, change.NewBody]);
        }
    }

    public async Task InsertAsync(PathfinderDb db, CancellationToken cancellation)
    {
        await db.BulkInsertAsync("facts", FactColumns, _facts, cancellation);
        await db.BulkInsertAsync("changes", ChangeColumns, _changes, cancellation);
        await db.BulkInsertAsync("versions", VersionColumns, _versions, cancellation);
        await db.BulkInsertAsync("content", ContentColumns, _content, cancellation);
    }
}
