using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>The log of the store.</summary>
internal sealed class Audit(Store store, TimeProvider time) : IAudit
{
    public Task<AuditReport> VerifyAsync(IReadOnlyList<Anchor> anchors, CancellationToken cancellation = default) =>
        store.SnapshotAsync((db, token) => new AuditVerification(db).RunAsync(anchors, token), cancellation);

    public async Task<Anchor?> AnchorAsync(CancellationToken cancellation = default) => await store.WriteAsync(
        async (db, token) =>
        {
            if (await HeadAsync(db, token) is not { } head)
            {
                return null;
            }

            // Whole microseconds, so that the line printed and the row kept are the same.
            var anchor = head with { At = Instants.FromMicroseconds(time.GetUtcNow().ToMicroseconds()) };
            db.Add(new AnchorRow { Sequence = anchor.Sequence, Hash = anchor.Hash, At = anchor.At.Value.ToMicroseconds() });
            await db.SaveChangesAsync(token);
            return anchor;
        },
        cancellation);

    public async Task<Anchor?> FindHeadAsync(CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return await HeadAsync(db, cancellation);
    }

    public async Task<IReadOnlyList<LogEntry>> ListAsync(LogQuery query, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var rows = await db.Set<ChangeRow>().AsNoTracking()
            .Where(row => query.Kind == null || row.Kind == query.Kind)
            .Where(row => query.Key == null || row.Key == query.Key)
            .Where(row => query.Account == null || row.Account == query.Account)
            .Where(row => query.Action == null || row.Action == query.Action)
            .Where(row => query.Before == null || row.Sequence < query.Before)
            .OrderByDescending(row => row.Sequence).Take(query.Take).ToListAsync(cancellation);
        return rows.ConvertAll(row => new LogEntry(
            row.Sequence, Instants.FromMicroseconds(row.At), row.Account, row.Organisation, row.Why, row.Action, row.Kind, row.Key,
            row.Known, row.EffectiveFrom, row.EffectiveUntil, row.OldBody, row.NewBody, row.Hash));
    }

    private static async Task<Anchor?> HeadAsync(PathfinderDb db, CancellationToken cancellation)
    {
        var head = await db.Set<ChangeRow>().AsNoTracking().OrderByDescending(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Hash, row.At }).FirstOrDefaultAsync(cancellation);
        return head is null ? null : new Anchor(head.Sequence, head.Hash, Instants.FromMicroseconds(head.At));
    }
}
