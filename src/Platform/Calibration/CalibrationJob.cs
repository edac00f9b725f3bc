using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Calibration;

/// <summary>Calibrates from the queue.</summary>
internal sealed class CalibrationJob(IForces forces, TimeProvider time) : IJobHandler
{
    public const string JobKind = "calibration";

    public string Kind => JobKind;

    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var payload = job.Read<Payload>();
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return new Problem("There is no force in the store to simulate", Accepted: "import a force pack first");
        }

        var fitted = Calibrator.Fit(
            pack, payload.Fit, payload.Targets, payload.Options with { Threads = Environment.ProcessorCount }, "the parameters", "the targets", new Simulations(progress), cancellation);
        if (!fitted.Succeeded)
        {
            return Outcome.Refused<Action<IChangeSet>>(fitted.Problems);
        }

        var result = fitted.Value;
        return Outcome.Of<Action<IChangeSet>>(changes =>
        {
            changes.Keep(System.Text.Encoding.UTF8.GetBytes(payload.Fit), "application/yaml");
            changes.Keep(System.Text.Encoding.UTF8.GetBytes(payload.Targets), "text/csv");
            var sha = changes.Keep(CalibrationRegister.Write(result), "application/json");
            changes.Record(
                CalibrationRegister.Kind, result.Name, new StoredCalibration(result.Title, result.PackSha256, result.FitSha256, result.TargetsSha256, result.Seed, result.Budget, sha),
                CalibrationRegister.Always, time.LondonToday());
        });
    }

    internal sealed record Payload(string Fit, string Targets, CalibrationOptions Options);
}

/// <summary>Predicts a change from the queue.</summary>
internal sealed class RetrodictionJob(IForces forces, TimeProvider time) : IJobHandler
{
    public const string JobKind = "retrodiction";

    public string Kind => JobKind;

    public async Task<Outcome<Action<IChangeSet>>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        var payload = job.Read<Payload>();
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return new Problem("There is no force in the store to simulate", Accepted: "import a force pack first");
        }

        var predicted = Retrodictor.Run(
            pack, payload.Plan, payload.Targets, payload.Outcomes, payload.Options with { Threads = Environment.ProcessorCount }, new Simulations(progress, ", those that predict counted too"), cancellation);
        if (!predicted.Succeeded)
        {
            return Outcome.Refused<Action<IChangeSet>>(predicted.Problems);
        }

        return Outcome.Of<Action<IChangeSet>>(changes => CalibrationRegister.Record(changes, payload.Plan, payload.Targets, payload.Outcomes, predicted.Value, time.LondonToday()));
    }

    internal sealed record Payload(string Plan, string Targets, string Outcomes, CalibrationOptions Options);
}

/// <summary>Tells how many simulations are done.</summary>
internal sealed class Simulations(IProgress<JobProgress> to, string counted = "") : IProgress<(int Done, int Total)>
{
    public void Report((int Done, int Total) value) =>
        to.Report(new JobProgress(value.Done, value.Total, string.Create(CultureInfo.InvariantCulture, $"{value.Done:N0} of at most {value.Total:N0} simulations done{counted}")));
}
