using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Work;

public sealed class WorkTests
{
    private static readonly GovernedKind<Sum> Sums = new("test-sum");
    private static readonly ChangeContext Anna = new("anna", "mps", "wants to know");
    private static readonly DateOnly Day = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Job_Finished_HasItsResultInTheNameOfWhoAsked(StoreKind kind)
    {
        await using var store = await WorkingAsync(kind, (job, progress, _) =>
        {
            var numbers = job.Read<Numbers>();
            progress.Report(new JobProgress(2, 2, "added"));
            return Task.FromResult(Outcome.Of<Action<IChangeSet>>(c => c.Record(Sums, "sum", new(numbers.A + numbers.B), new(Day), Day)));
        });

        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(2, 3), Anna, "sum/1"), Cancel);
        var ended = await EndedAsync(store, id);

        (ended.State, ended.Progress, ended.Attempt).ShouldBe((JobState.Finished, new JobProgress(2, 2, "added"), 1));
        var sum = (await store.History.FindAsync(Sums, "sum", new(Day, Day), Cancel)).ShouldNotBeNull();
        (sum.Body!.Value, sum.Account, sum.Why).ShouldBe((5, "anna", "wants to know"));
        (await store.Get<IWork>().ListAsync(new JobQuery(Subject: "sum/1", Ended: true), Cancel)).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Job_QueuedInACommit_IsTakenUpWhenTheCommitStandsAndNotOneLookLater(StoreKind kind)
    {
        await using var store = await WorkingAsync(kind, (_, _, _) => Task.FromResult(Outcome.Of<Action<IChangeSet>>(_ => { })), poll: TimeSpan.FromMinutes(10));
        var work = store.Get<IWork>();
        for (var round = 0; round < 5; round++)
        {
            var id = "";
            await store.History.CommitAsync(
                Anna,
                changes =>
                {
                    id = work.Enqueue(changes, Anna, JobRequest.Of("test", new Numbers(1, 1), Anna));

                    // A commit that takes a while after the job was written.
                    changes.Also((_, token) => Task.Delay(50, token));
                },
                Cancel);
            (await EndedAsync(store, id)).State.ShouldBe(JobState.Finished);
        }
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Job_WithProblems_FailsAndKeepsThem(StoreKind kind)
    {
        await using var store = await WorkingAsync(kind, (_, _, _) =>
            Task.FromResult(Outcome.Refused<Action<IChangeSet>>([new Problem("The zone is unknown", Row: 3, Field: "zone", Found: "X")])));

        var ended = await EndedAsync(store, await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel));

        ended.State.ShouldBe(JobState.Failed);
        ended.Problems.ShouldBe([new Problem("The zone is unknown", Row: 3, Field: "zone", Found: "X")]);
    }

    [Fact]
    public async Task Job_ThatThrows_FailsWithoutDetailsAndTheWorkerGoesOn()
    {
        await using var store = await WorkingAsync(StoreKind.Sqlite, (job, _, _) => job.Read<Numbers>().A == 0
            ? throw new InvalidOperationException("inner secret")
            : Task.FromResult(Outcome.Of<Action<IChangeSet>>(_ => { })));

        var broken = await EndedAsync(store, await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(0, 0), Anna), Cancel));
        var next = await EndedAsync(store, await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 0), Anna), Cancel));

        broken.State.ShouldBe(JobState.Failed);
        broken.Problems.ShouldHaveSingleItem().ToString().ShouldNotContain("inner secret");
        next.State.ShouldBe(JobState.Finished);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Cancel_WhileRunning_StopsAndWritesNothing(StoreKind kind)
    {
        var started = new TaskCompletionSource();
        await using var store = await WorkingAsync(kind, async (_, progress, cancellation) =>
        {
            progress.Report(new JobProgress(1, 9, "first step"));
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return Outcome.Of<Action<IChangeSet>>(c => c.Record(Sums, "never", new(1), new(Day), Day));
        });
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);
        await started.Task;
        var running = await store.Get<IWork>().FindAsync(id, Cancel);

        (await store.Get<IWork>().CancelAsync(id, Cancel)).ShouldBeTrue();
        var ended = await EndedAsync(store, id);

        (running!.State, running.Progress.Text).ShouldBe((JobState.Running, "first step"));
        (ended.State, ended.Progress.Done).ShouldBe((JobState.Cancelled, 1));
        (await store.History.ListAsync(Sums, new(Day, Day), Cancel)).ShouldBeEmpty();
        (await store.Get<IWork>().CancelAsync(id, Cancel)).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Cancel_WhileQueued_IsImmediate(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);

        (await store.Get<IWork>().CancelAsync(id, Cancel)).ShouldBeTrue();

        (await store.Get<IWork>().FindAsync(id, Cancel))!.State.ShouldBe(JobState.Cancelled);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Start_WithAJobOfADeadProcess_RunsItAgain(StoreKind kind)
    {
        await using var store = await WorkingAsync(kind, (job, _, _) =>
            Task.FromResult(Outcome.Of<Action<IChangeSet>>(c => c.Record(Sums, "sum", new(job.Attempt), new(Day), Day))), start: false);
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);
        await LeaveRunningAsync(store, id, attempt: 1);

        await StartAsync(store);
        var ended = await EndedAsync(store, id);

        (ended.State, ended.Attempt).ShouldBe((JobState.Finished, 2));
        (await store.History.TimelineAsync(Sums, "sum", Cancel)).ShouldHaveSingleItem().Body!.Value.ShouldBe(2);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Start_WithAJobThatKilledItsProcessThreeTimes_LeavesItInterrupted(StoreKind kind)
    {
        await using var store = await WorkingAsync(kind, (_, _, _) => throw new InvalidOperationException("must not run"), start: false);
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);
        await LeaveRunningAsync(store, id, attempt: 3);

        await StartAsync(store);

        (await EndedAsync(store, id)).State.ShouldBe(JobState.Interrupted);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Result_OfAJobTakenUpByAnotherNode_IsDropped(StoreKind kind)
    {
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var store = await WorkingAsync(kind, async (_, _, _) =>
        {
            started.SetResult();
            await goOn.Task;
            return Outcome.Of<Action<IChangeSet>>(c => c.Record(Sums, "late", new(1), new(Day), Day));
        });
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);
        await started.Task;
        await store.Store.WriteAsync(
            (db, token) => db.Database.ExecuteSqlAsync($"UPDATE jobs SET node = 'elsewhere/1/x', attempt = 2, alive = {DateTimeOffset.UtcNow.AddHours(1).ToMicroseconds()} WHERE id = {id}", token), Cancel);

        goOn.SetResult();
        await StopAsync(store);

        (await store.History.ListAsync(Sums, new(Day, Day), Cancel)).ShouldBeEmpty();
        (await store.Get<IWork>().FindAsync(id, Cancel))!.State.ShouldBe(JobState.Running);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Stop_InOrder_PutsTheJobBack(StoreKind kind)
    {
        var started = new TaskCompletionSource();
        await using var store = await WorkingAsync(kind, async (_, _, cancellation) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return Outcome.Of<Action<IChangeSet>>(_ => { });
        });
        var id = await store.Get<IWork>().EnqueueAsync(JobRequest.Of("test", new Numbers(1, 1), Anna), Cancel);
        await started.Task;

        await StopAsync(store);

        var status = (await store.Get<IWork>().FindAsync(id, Cancel))!;
        (status.State, status.Attempt).ShouldBe((JobState.Queued, 0));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Enqueue_InACommitThatFails_QueuesNothing(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var work = store.Get<IWork>();

        await Should.ThrowAsync<InvalidOperationException>(() => store.History.CommitAsync(
            Anna,
            c =>
            {
                work.Enqueue(c, Anna, JobRequest.Of("test", new Numbers(1, 1), Anna));
                c.Also((_, _) => throw new InvalidOperationException());
            },
            Cancel));
        (await work.ListAsync(new JobQuery(), Cancel)).ShouldBeEmpty();

        await store.History.CommitAsync(Anna, c => work.Enqueue(c, Anna, JobRequest.Of("test", new Numbers(1, 1), Anna)), Cancel);
        (await work.ListAsync(new JobQuery(Ended: false), Cancel)).ShouldHaveSingleItem().State.ShouldBe(JobState.Queued);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<StoreFixture> WorkingAsync(
        StoreKind kind, Func<Job, IProgress<JobProgress>, CancellationToken, Task<Outcome<Action<IChangeSet>>>> run, bool start = true, TimeSpan? poll = null)
    {
        var store = await StoreFixture.CreateAsync(kind, services => services
            .AddSingleton<IJobHandler>(new Handler(run))
            .AddWorker(new WorkOptions(2, poll ?? TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1))));
        if (start)
        {
            await StartAsync(store);
        }

        return store;
    }

    private static Task StartAsync(StoreFixture store) => store.Get<IHostedService>().StartAsync(Cancel);

    private static Task StopAsync(StoreFixture store) => store.Get<IHostedService>().StopAsync(Cancel);

    private static async Task<JobStatus> EndedAsync(StoreFixture store, string id)
    {
        for (var i = 0; i < 600; i++)
        {
            var status = (await store.Get<IWork>().FindAsync(id, Cancel)).ShouldNotBeNull();
            if (status.HasEnded)
            {
                return status;
            }

            await Task.Delay(25, Cancel);
        }

        throw new TimeoutException("The job did not end in 15 s.");
    }

    private static Task LeaveRunningAsync(StoreFixture store, string id, int attempt) => store.Store.WriteAsync(
        (db, token) => db.Database.ExecuteSqlAsync(
            $"UPDATE jobs SET state = 'running', node = {Environment.MachineName + "/999999999/gone"}, alive = {DateTimeOffset.UtcNow.ToMicroseconds()}, attempt = {attempt} WHERE id = {id}",
            token),
        Cancel);

    private sealed class Handler(Func<Job, IProgress<JobProgress>, CancellationToken, Task<Outcome<Action<IChangeSet>>>> run) : IJobHandler
    {
        public string Kind => "test";

        public Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation) =>
            run(job, progress, cancellation);
    }

    private sealed record Numbers(int A, int B);

    private sealed record Sum(int Value);
}
