using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Work;

/// <summary>
/// Works the queue in this process. States: queued → running → finished | failed | cancelled; back to queued when the
/// process ends in order or its node is found dead; interrupted when that happened too often. Every step out of running
/// asks that this node still holds the job, so that a job taken up by another writes its result once.
/// </summary>
internal sealed partial class Worker(
    WorkQueue queue, Store store, IHistory history, IEnumerable<IJobHandler> handlers, WorkOptions options, TimeProvider time, ILogger<Worker> log)
    : BackgroundService
{
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
    private readonly NodeName _node = NodeName.New();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        var signs = SignsOfLifeAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeUpDeadAsync(stoppingToken);
                running.RemoveAll(job => job.IsCompleted);
                while (running.Count < options.Parallel && await ClaimAsync(stoppingToken) is { } claimed)
                {
                    running.Add(RunAsync(claimed, stoppingToken));
                }

                var slot = running.Count < options.Parallel ? [] : running;
                await Task.WhenAny([queue.WaitAsync(options.Poll, stoppingToken), .. slot]);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException exception)
            {
                // A store that is locked for a while must not end the worker.
                StoreInTheWay(log, exception.Message);
                await Task.Delay(options.Poll, time, CancellationToken.None);
            }
        }

        await Task.WhenAll(running.Append(signs));
    }

    /// <summary>queued → running, for the oldest job that this process has a handler for.</summary>
    private async Task<JobRow?> ClaimAsync(CancellationToken cancellation)
    {
        string? id;
        var kinds = _handlers.Keys.ToList();
        await using (var db = await store.ReadAsync(cancellation))
        {
            id = await db.Set<JobRow>().Where(job => job.State == JobStates.Queued && kinds.Contains(job.Kind))
                .OrderBy(job => job.Enqueued).ThenBy(job => job.Id).Select(job => job.Id).FirstOrDefaultAsync(cancellation);
        }

        if (id is null)
        {
            return null;
        }

        var (now, node) = (Now(), _node.ToString());
        return await store.WriteAsync(
            async (db, token) =>
            {
                var mine = await db.Set<JobRow>().Where(job => job.Id == id && job.State == JobStates.Queued).ExecuteUpdateAsync(
                    set => set.SetProperty(job => job.State, JobStates.Running).SetProperty(job => job.Node, node)
                        .SetProperty(job => job.Started, now).SetProperty(job => job.Alive, now)
                        .SetProperty(job => job.Attempt, job => job.Attempt + 1),
                    token);
                return mine == 1 ? await db.Set<JobRow>().AsNoTracking().SingleAsync(job => job.Id == id, token) : null;
            },
            cancellation);
    }

    /// <summary>running → finished | failed | cancelled, or → queued when the process is ending.</summary>
    private async Task RunAsync(JobRow row, CancellationToken stopping)
    {
        using var running = new RunningJob(stopping);
        queue.Running[row.Id] = running;
        if (row.CancelAsked)
        {
            running.Cancel();
        }

        try
        {
            var job = new Job(row.Id, row.Payload, new ChangeContext(row.Account, row.Organisation, row.Why), (int)row.Attempt);
            var outcome = await Task.Run(() => _handlers[row.Kind].RunAsync(job, running, running.Token), running.Token);
            if (outcome.Succeeded)
            {
                await FinishAsync(row, job, outcome.Value, running);
            }
            else
            {
                await EndAsync(row, JobStates.Failed, running.Progress, outcome.Problems);
            }
        }
        catch (OperationCanceledException) when (running.CancelAsked)
        {
            await EndAsync(row, JobStates.Cancelled, running.Progress, []);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await PutBackAsync(row);
        }
        catch (LostJobException)
        {
            Lost(log, row.Kind, row.Id);
        }
#pragma warning disable CA1031 // The worker must outlive any handler; the exception is logged whole and the job says where to look.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Broke(log, exception, row.Kind, row.Id);
            await EndAsync(row, JobStates.Failed, running.Progress, [exception is StoreException refused ? refused.Problem
                : exception is ChangedMeanwhileException ? new Problem("What the job changes was changed by somebody else meanwhile", Accepted: "another look, and the job again")
                : new Problem($"The job stopped on an error of the product ({exception.GetType().Name}); the server's log has the details under job {row.Id}")]);
        }
        finally
        {
            queue.Running.TryRemove(row.Id, out _);
        }
    }

    /// <summary>The result and the job's end in one transaction: a result without an end, or an end without its result, cannot be.</summary>
    private Task FinishAsync(JobRow row, Job job, Action<IChangeSet> result, RunningJob running) => history.CommitAsync(
        job.Context,
        changes =>
        {
            result(changes);
            changes.Also(async (db, token) =>
            {
                if (await LeaveAsync(db, row, JobStates.Finished, running.Progress, null, token) != 1)
                {
                    throw new LostJobException();
                }
            });
        },
        CancellationToken.None);

    private Task EndAsync(JobRow row, string state, JobProgress progress, IReadOnlyList<Problem> problems) => store.WriteAsync(
        (db, token) => LeaveAsync(db, row, state, progress, problems.Count == 0 ? null : HistoryJson.Write(problems), token), CancellationToken.None);

    private Task<int> LeaveAsync(PathfinderDb db, JobRow row, string state, JobProgress progress, string? problems, CancellationToken cancellation)
    {
        var now = Now();
        return Mine(db, row.Id).Where(job => job.Attempt == row.Attempt).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.State, state).SetProperty(job => job.Ended, now).SetProperty(job => job.Problems, problems)
                .SetProperty(job => job.Done, progress.Done).SetProperty(job => job.Total, progress.Total).SetProperty(job => job.Text, progress.Text),
            cancellation);
    }

    private Task PutBackAsync(JobRow row) => store.WriteAsync(
        (db, token) => Mine(db, row.Id).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.State, JobStates.Queued).SetProperty(job => job.Attempt, job => job.Attempt - 1), token),
        CancellationToken.None);

    /// <summary>running → queued | interrupted, for jobs whose node is dead.</summary>
    private async Task TakeUpDeadAsync(CancellationToken cancellation)
    {
        List<(string Id, string? Node, long? Alive, long Attempt)> held;
        await using (var db = await store.ReadAsync(cancellation))
        {
            held = (await db.Set<JobRow>().Where(job => job.State == JobStates.Running)
                    .Select(job => new { job.Id, job.Node, job.Alive, job.Attempt }).ToListAsync(cancellation))
                .ConvertAll(job => (job.Id, job.Node, job.Alive, job.Attempt));
        }

        var silent = (time.GetUtcNow() - options.Silence).ToMicroseconds();
        foreach (var (id, node, alive, attempt) in held.Where(job => job.Node != _node.ToString()))
        {
            if (alive > silent && !_node.IsDead(node))
            {
                continue;
            }

            TakenUp(log, id, node);
            var again = attempt < WorkOptions.Attempts;
            var ended = again ? (long?)null : Now();
            var text = string.Create(CultureInfo.InvariantCulture, $"its worker was killed {attempt} times while it ran");
            await store.WriteAsync(
                (db, token) => db.Set<JobRow>().Where(job => job.Id == id && job.State == JobStates.Running && job.Node == node && job.Attempt == attempt)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(job => job.State, again ? JobStates.Queued : JobStates.Interrupted)
                            .SetProperty(job => job.Ended, ended).SetProperty(job => job.Text, job => again ? job.Text : text),
                        token),
                cancellation);
        }
    }

    /// <summary>Writes progress and a sign of life of each job, and hears of those that another process asked to stop.</summary>
    private async Task SignsOfLifeAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Poll, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                if (queue.Running.IsEmpty)
                {
                    continue;
                }

                try
                {
                    await store.WriteAsync(SignAsync, stopping);
                }
                catch (StoreException exception)
                {
                    StoreInTheWay(log, exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process is ending.
        }
    }

    private async Task SignAsync(PathfinderDb db, CancellationToken cancellation)
    {
        var now = Now();
        foreach (var (id, running) in queue.Running)
        {
            var progress = running.Progress;
            await Mine(db, id).ExecuteUpdateAsync(
                set => set.SetProperty(job => job.Alive, now).SetProperty(job => job.Done, progress.Done)
                    .SetProperty(job => job.Total, progress.Total).SetProperty(job => job.Text, progress.Text),
                cancellation);
            if (!running.CancelAsked && await Mine(db, id).AnyAsync(job => job.CancelAsked, cancellation))
            {
                running.Cancel();
            }
        }
    }

    private IQueryable<JobRow> Mine(PathfinderDb db, string id)
    {
        var node = _node.ToString();
        return db.Set<JobRow>().Where(job => job.Id == id && job.State == JobStates.Running && job.Node == node);
    }

    private long Now() => time.GetUtcNow().ToMicroseconds();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue waits for the store: {Problem}")]
    private static partial void StoreInTheWay(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is taken up: its node {Node} is dead")]
    private static partial void TakenUp(ILogger log, string job, string? node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} job {Job} was taken up by another node; its result here is dropped")]
    private static partial void Lost(ILogger log, string kind, string job);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} job {Job} broke")]
    private static partial void Broke(ILogger log, Exception exception, string kind, string job);

    private sealed class LostJobException : Exception;
}
