using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Work;

/// <summary>The queue in the store, and what this process knows of the jobs it runs itself.</summary>
internal sealed class WorkQueue(Store store, TimeProvider time) : IWork, IDisposable
{
    private readonly SemaphoreSlim _more = new(0);

    /// <summary>Jobs that run in this process, with their newest progress.</summary>
    public ConcurrentDictionary<string, RunningJob> Running { get; } = new(StringComparer.Ordinal);

    public async Task<string> EnqueueAsync(JobRequest request, CancellationToken cancellation = default)
    {
        var row = NewRow(request.Context, request);
        await store.WriteAsync((db, token) => AddAsync(db, row, token), cancellation);
        _more.Release();
        return row.Id;
    }

    public string Enqueue(IChangeSet changes, ChangeContext context, JobRequest request)
    {
        var row = NewRow(context, request);
        changes.Also((db, token) => AddAsync(db, row, token));

        // Not before: a worker that looked too early would not look again until its next round.
        changes.Afterwards(() => _more.Release());
        return row.Id;
    }

    public async Task<JobStatus?> FindAsync(string id, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        return Status(await db.Set<JobRow>().AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancellation));
    }

    public async Task<IReadOnlyList<JobStatus>> ListAsync(JobQuery query, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var rows = await db.Set<JobRow>().AsNoTracking()
            .Where(job => query.Kind == null || job.Kind == query.Kind)
            .Where(job => query.Subject == null || job.Subject == query.Subject)
            .Where(job => query.Ended == null || query.Ended == (job.Ended != null))
            .OrderByDescending(job => job.Enqueued).ThenByDescending(job => job.Id).Take(query.Take).ToListAsync(cancellation);
        return rows.ConvertAll(row => Status(row)!);
    }

    public async Task<bool> CancelAsync(string id, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().ToMicroseconds();
        var asked = await store.WriteAsync(
            async (db, token) =>
            {
                var stopped = await db.Set<JobRow>().Where(job => job.Id == id && job.State == JobStates.Queued).ExecuteUpdateAsync(
                    set => set.SetProperty(job => job.State, JobStates.Cancelled).SetProperty(job => job.Ended, now), token);
                return stopped + await db.Set<JobRow>().Where(job => job.Id == id && job.State == JobStates.Running)
                    .ExecuteUpdateAsync(set => set.SetProperty(job => job.CancelAsked, true), token);
            },
            cancellation);
        if (asked > 0 && Running.TryGetValue(id, out var running))
        {
            running.Cancel();
        }

        return asked > 0;
    }

    /// <summary>Waits until this process queued something or the time has passed.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellation) => _more.WaitAsync(longest, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _more.Dispose();

    private JobRow NewRow(ChangeContext context, JobRequest request) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        Kind = request.Kind,
        Subject = request.Subject,
        Payload = request.Payload,
        Account = context.Account,
        Organisation = context.Organisation,
        Why = context.Why,
        State = JobStates.Queued,
        Text = "",
        Enqueued = time.GetUtcNow().ToMicroseconds(),
    };

    private static Task AddAsync(PathfinderDb db, JobRow row, CancellationToken cancellation)
    {
        db.Add(row);
        return db.SaveChangesAsync(cancellation);
    }

    private JobStatus? Status(JobRow? row) => row?.ToStatus(
        row.State == JobStates.Running && Running.TryGetValue(row.Id, out var running) ? running.Progress : null);
}

/// <summary>A job at work in this process. Progress is kept in memory; the worker writes it to the store now and then.</summary>
internal sealed class RunningJob : IProgress<JobProgress>, IDisposable
{
    private readonly CancellationTokenSource _source;
    private volatile JobProgress _progress = new(0, 0, "");
    private volatile bool _asked;

    public RunningJob(CancellationToken stopping) => _source = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    /// <summary>The newest progress.</summary>
    public JobProgress Progress => _progress;

    /// <summary>Whether somebody asked it to stop, as opposed to the process ending.</summary>
    public bool CancelAsked => _asked;

    /// <summary>Signalled when it should stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Report(JobProgress value) => _progress = value;

    /// <summary>Asks it to stop.</summary>
    public void Cancel()
    {
        _asked = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended between being looked up and being asked.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
