using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.SelfTest;

/// <summary>Runs the table of theory from the queue.</summary>
internal sealed class SelfTestJob(TimeProvider time) : IJobHandler
{
    public const string JobKind = "self-test";

    public string Kind => JobKind;

    public Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var precision = job.Read<Payload>().Precision;
        progress.Report(new JobProgress(0, 0, "Simulating the first queue"));

        // A full test takes minutes; whoever draws a page meanwhile keeps a processor.
        var result = TheoryTable.Run(precision, Math.Max(1, Environment.ProcessorCount - 1), new Models(progress), cancellation);
        return Task.FromResult(Outcome.Of<Action<IChangeSet>>(changes => changes.Record(
            SelfTestRegister.Kind,
            SelfTestRegister.Key(precision),
            new StoredSelfTest(
                result.EngineVersion, result.Precision, result.Lines.Count, result.Lines.Count(line => line.Verdict == SelfTestVerdict.Holds), result.Passed,
                changes.Keep(ScenarioJson.Write(result), "application/json")),
            SelfTestRegister.Always, time.LondonToday())));
    }

    internal sealed record Payload(double Precision);

    private sealed class Models(IProgress<JobProgress> to) : IProgress<SelfTestProgress>
    {
        public void Report(SelfTestProgress value) => to.Report(new JobProgress(
            value.Done, value.Total, string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} queues simulated")));
    }
}
