using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Runs;

/// <summary>Does the work of a run from the queue. Gives the same result however often it is started, and writes nothing until the end.</summary>
internal sealed class RunJob(IHistory history, RunRegister runs, RunReplays replays, ISimulation simulation, TimeProvider time) : IJobHandler
{
    private const string JobKind = "run";

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <summary>What a run's job is about.</summary>
    public static string Subject(string key) => "run/" + key;

    /// <summary>The request that queues a run.</summary>
    public static JobRequest Request(string key, ChangeContext context) => JobRequest.Of(JobKind, new RunPayload(key), context, Subject(key));

    /// <inheritdoc/>
    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var key = job.Read<RunPayload>().Run;
        if (await history.FindAsync(RunRegister.Kind, key, time.Now(), cancellation) is not { Body: { } run })
        {
            return new Problem("There is no such run", Field: "run", Found: key);
        }

        if (run.ResultSha256 is not null)
        {
            return Outcome.Of<Action<IChangeSet>>(_ => { });
        }

        progress.Report(new JobProgress(0, run.Replications, "Reading the scenario"));
        var compiled = await runs.CompileAsync(run, cancellation);
        if (!compiled.Succeeded)
        {
            return Outcome.Refused<Action<IChangeSet>>(compiled.Problems);
        }

        // Its page lists the late incidents of the first replication: played now, beside the others, it opens without waiting for them.
        var late = Task.Run(() => RunReplays.Late(compiled.Value, run.Seed, 1, cancellation), cancellation);
        var result = simulation.Run(
            compiled.Value, run.Replications, run.Seed, Environment.ProcessorCount, new Forward(progress), cancellation);
        var bytes = ScenarioJson.Write(result);
        runs.Remember(RunRegister.Hash(bytes), result);
        replays.Remember(key, 1, await late);
        return Outcome.Of<Action<IChangeSet>>(changes => changes.Record(
            RunRegister.Kind, key, run with { ResultSha256 = changes.Keep(bytes, "application/json"), EngineVersion = result.EngineVersion },
            RunRegister.Always, time.LondonToday()));
    }

    private sealed record RunPayload(string Run);

    private sealed class Forward(IProgress<JobProgress> to) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => to.Report(new JobProgress(
            value.Done, value.Total, string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} replications done")));
    }
}
