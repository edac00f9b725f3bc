using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>Replays a log of the store from the queue.</summary>
internal sealed class LogReplayJob(LogReplays replays, IncidentLogs logs, IForces forces, TimeProvider time) : IJobHandler
{
    public string Kind => LogReplays.JobKind;

    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var payload = job.Read<Payload>();
        if (await logs.FindAsync(payload.Log, time.Now(), cancellation) is not { Body: { } log } || log.RowsSha256 != payload.RowsSha256)
        {
            return new Problem("The log was imported again since its replay was asked for", Field: "log", Found: payload.Log, Accepted: "ask for it again");
        }

        if (await forces.FindAsync(log.PackSha256, cancellation) is not { } pack)
        {
            return new Problem("The force pack of the log is not in the store", Field: "log", Found: log.Force);
        }

        progress.Report(new JobProgress(0, payload.Options.Replications, "Reading the log and fitting journeys"));
        var stations = LogReplay.ReadStations(payload.Stations, pack, "the stations");
        if (!stations.Succeeded)
        {
            return Outcome.Refused<Action<IChangeSet>>(stations.Problems);
        }

        var (incidents, leftOut) = await LogReplay.ReadAsync(logs, log, stations.Value.Select(station => station.Name).ToHashSet(StringComparer.Ordinal), cancellation);
        var replayed = LogReplay.Run(pack, log.Title, incidents, leftOut, stations.Value, payload.Options, Environment.ProcessorCount, new Forward(progress), cancellation);
        return replayed.Succeeded
            ? Outcome.Of<Action<IChangeSet>>(changes => replays.Write(changes, payload.Log, log.Source, log.RowsSha256, payload.Stations, replayed.Value))
            : Outcome.Refused<Action<IChangeSet>>(replayed.Problems);
    }

    internal sealed record Payload(string Log, string RowsSha256, string Stations, ReplayOptions Options);

    private sealed class Forward(IProgress<JobProgress> to) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => to.Report(new JobProgress(
            value.Done, value.Total, string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} replications done")));
    }
}
