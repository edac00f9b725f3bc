using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>How far a run is: replications done, of how many.</summary>
public readonly record struct RunProgress(int Done, int Total);

/// <summary>Runs simulations.</summary>
public interface ISimulation
{
    /// <summary>
    /// Runs replications 0, 1, 2… in parallel and puts their results together in that order, so that the same scenario, seed
    /// and number of replications give the same result whatever the number of threads. Progress is told after each
    /// replication, from any thread. Throws <see cref="OperationCanceledException"/> when cancelled, and
    /// <see cref="ArgumentOutOfRangeException"/> for fewer than one replication or thread.
    /// </summary>
    RunResult Run(
        CompiledScenario scenario, int replications, ulong seed, int threads, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default);
}

/// <summary>The engine in this process.</summary>
public sealed class Simulator : ISimulation
{
    /// <inheritdoc/>
    public RunResult Run(
        CompiledScenario scenario, int replications, ulong seed, int threads, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var summaries = new ReplicationSummary[replications];
        var next = -1;
        var done = 0;

        void Work(int worker)
        {
            var replica = new Replica(scenario.Engine);
            for (var r = Interlocked.Increment(ref next); r < replications; r = Interlocked.Increment(ref next))
            {
                summaries[r] = ReplicationSummary.Of(replica.Run(seed, r, cancellation), scenario);
                progress?.Report(new RunProgress(Interlocked.Increment(ref done), replications));
            }
        }

        var workers = Math.Min(threads, replications);
        if (workers == 1)
        {
            Work(0);
        }
        else
        {
            try
            {
                Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, Work);
            }
            catch (AggregateException e) when (e.InnerExceptions.Any(inner => inner is OperationCanceledException))
            {
                throw new OperationCanceledException("The run was cancelled.", e, cancellation);
            }
        }

        return ResultBuilder.Build(scenario, seed, summaries);
    }
}
