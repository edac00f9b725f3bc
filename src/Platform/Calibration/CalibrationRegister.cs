using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Calibration;

/// <summary>A calibration in the store, under its name: what it was made from, by hash, and its result. Made again it is another version.</summary>
public sealed record StoredCalibration(string Title, string PackSha256, string FitSha256, string TargetsSha256, ulong Seed, int Budget, string ResultSha256);

/// <summary>A retrodiction in the store, under its plan's name.</summary>
public sealed record StoredRetrodiction(string Title, string PackSha256, string PlanSha256, string TargetsSha256, string OutcomesSha256, ulong Seed, int Budget, string ResultSha256);

/// <summary>Calibrations and retrodictions in the store: queue, watch, read; and the assumptions that a run takes from a calibration.</summary>
public sealed class CalibrationRegister(IHistory history, IWork work, IForces forces)
{
    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<StoredCalibration> Kind { get; } = new("calibration");

    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<StoredRetrodiction> RetrodictionKind { get; } = new("retrodiction");

    // Twice as far as near: the values found then say more of the ranges allowed than of what was seen.
    private const double FarTolerance = 2;

    /// <summary>A calibration says something about a simulation, not about a day.</summary>
    internal static EffectivePeriod Always { get; } = new(DateOnly.MinValue);

    /// <summary>Queues a calibration on the current pack; the id of its job. Refused with every fault of its files, before anything is queued.</summary>
    public async Task<Outcome<string>> StartAsync(string fitYaml, string targetsCsv, CalibrationOptions options, ChangeContext context, CancellationToken cancellation = default)
    {
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return NoForce();
        }

        var fit = FitFile.Read(fitYaml, pack, "the parameters");
        if (fit.Succeeded && Calibrator.CheckBudget(options.Budget, fit.Value, Calibrator.MostBudget) is { } outOfBounds)
        {
            return outOfBounds;
        }

        var targets = fit.Succeeded ? TargetFile.Read(targetsCsv, [.. fit.Value.Areas.Keys], fit.Value.TargetsBefore, "the targets") : null;
        return !fit.Succeeded ? Outcome.Refused<string>(fit.Problems)
            : !targets!.Succeeded ? Outcome.Refused<string>(targets.Problems)
            : await work.EnqueueAsync(JobRequest.Of(CalibrationJob.JobKind, new CalibrationJob.Payload(fitYaml, targetsCsv, options), context, "calibration/" + fit.Value.Name), cancellation);
    }

    /// <summary>Queues a retrodiction on the current pack; the id of its job.</summary>
    public async Task<Outcome<string>> StartRetrodictionAsync(
        string planYaml, string targetsCsv, string outcomesCsv, CalibrationOptions options, ChangeContext context, CancellationToken cancellation = default)
    {
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return NoForce();
        }

        var plan = RetrodictionPlan.Read(planYaml, pack, "the plan");
        if (plan.Succeeded && Calibrator.CheckBudget(options.Budget, plan.Value.Fit, Calibrator.MostBudget) is { } outOfBounds)
        {
            return outOfBounds;
        }

        var targets = plan.Succeeded ? TargetFile.Read(targetsCsv, [.. plan.Value.Fit.Areas.Keys], plan.Value.Fit.TargetsBefore, "the targets") : null;
        return !plan.Succeeded ? Outcome.Refused<string>(plan.Problems)
            : !targets!.Succeeded ? Outcome.Refused<string>(targets.Problems)
            : await work.EnqueueAsync(
                JobRequest.Of(RetrodictionJob.JobKind, new RetrodictionJob.Payload(planYaml, targetsCsv, outcomesCsv, options), context, "retrodiction/" + plan.Value.Fit.Name), cancellation);
    }

    /// <summary>What is wrong with a budget for parameters or a plan on the current pack, or null; where they cannot be read, against the bounds that hold for all.</summary>
    public async Task<Problem?> FindBudgetFaultAsync(string? fitOrPlanYaml, int budget, CancellationToken cancellation = default)
    {
        var pack = fitOrPlanYaml is null ? null : await forces.FindCurrentAsync(cancellation);
        var plan = pack is null ? null : RetrodictionPlan.Read(fitOrPlanYaml!, pack, "the plan");
        var fit = plan is { Succeeded: true } ? plan.Value.Fit : pack is not null && FitFile.Read(fitOrPlanYaml!, pack, "the parameters") is { Succeeded: true } read ? read.Value : null;
        return Calibrator.CheckBudget(budget, fit, Calibrator.MostBudget);
    }

    /// <summary>Calibrations as at the dates.</summary>
    public Task<IReadOnlyList<FactVersion<StoredCalibration>>> ListAsync(AsAt at, CancellationToken cancellation = default) => history.ListAsync(Kind, at, cancellation);

    /// <summary>The result of a calibration as at the dates, or null.</summary>
    public async Task<CalibrationResult?> FindAsync(string name, AsAt at, CancellationToken cancellation = default) =>
        await history.FindAsync(Kind, name, at, cancellation) is { Body: { } stored } && await history.FindContentAsync(stored.ResultSha256, cancellation) is { } bytes
            ? Read<CalibrationResult>(bytes)
            : null;

    /// <summary>Retrodictions as at the dates.</summary>
    public Task<IReadOnlyList<FactVersion<StoredRetrodiction>>> ListRetrodictionsAsync(AsAt at, CancellationToken cancellation = default) => history.ListAsync(RetrodictionKind, at, cancellation);

    /// <summary>The bytes of a retrodiction as at the dates, or null.</summary>
    public async Task<byte[]?> FindRetrodictionBytesAsync(string name, AsAt at, CancellationToken cancellation = default) =>
        await history.FindAsync(RetrodictionKind, name, at, cancellation) is { Body: { } stored } ? await history.FindContentAsync(stored.ResultSha256, cancellation) : null;

    /// <summary>A retrodiction as at the dates, or null.</summary>
    public async Task<RetrodictionResult?> FindRetrodictionAsync(string name, AsAt at, CancellationToken cancellation = default) =>
        await FindRetrodictionBytesAsync(name, at, cancellation) is { } bytes ? Read<RetrodictionResult>(bytes) : null;

    /// <summary>
    /// The assumptions of the world that a run takes from a calibration: the posterior median of each that is an assumption of the
    /// pack. Multipliers of crews and demand are not among them: they belong to the areas fitted.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Assumptions(CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in result.Parameters.Where(parameter => AssumptionKeys.Find(parameter.Key) is { IsChoice: false }))
        {
            values[parameter.Key] = parameter.Posterior.Median;
        }

        foreach (var grade in ScenarioWriter.GradeCodes)
        {
            if (values.TryGetValue($"units.{grade}.one", out var one))
            {
                var three = result.Parameters.FirstOrDefault(parameter => parameter.Key == $"units.{grade}{FitKeys.ThreeOfMore}")?.Posterior.Median ?? 0;
                values[$"units.{grade}.two"] = (1 - one) * (1 - three);
                values[$"units.{grade}.three"] = 1 - one - values[$"units.{grade}.two"];
            }
        }

        return values;
    }

    /// <summary>The same values with the 80% interval of each that was fitted itself, to be recorded with a run.</summary>
    public static IReadOnlyList<FittedValue> Fitted(CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var found = result.Parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Posterior, StringComparer.Ordinal);
        return [.. Assumptions(result).Select(each => new FittedValue(each.Key, each.Value, found.GetValueOrDefault(each.Key)?.Lower, found.GetValueOrDefault(each.Key)?.Upper))];
    }

    /// <summary>
    /// Why a calibration is not to be relied on, in words; null where it came near what was seen. Its last tolerance is a distance in standard
    /// units: at 1 the simulations kept are about as far from the observations as these are uncertain.
    /// </summary>
    public static string? Caution(CalibrationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Rounds is [.., { Tolerance: > FarTolerance } last]
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"ended {(result.Ended == "budget" ? "by budget" : "without coming nearer")} at {last.Tolerance:0.0} standard units; 1 is near")
            : null;
    }

    /// <summary>The same for the calibration that a run was made with, as at the dates; null too where the calibration was made anew since.</summary>
    public async Task<string?> CautionAsync(Run run, AsAt at, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Calibration is { } name && await FindAsync(name, at, cancellation) is { } result && Fitted(result).SequenceEqual(run.Fitted) ? Caution(result) : null;
    }

    /// <summary>
    /// Keeps a retrodiction that was computed before, as the bytes of its result: the one that comes with the product. Null when
    /// kept; otherwise why not: it must be of the force in the store, of these inputs and of this engine.
    /// </summary>
    public async Task<Problem?> KeepRetrodictionAsync(
        string planYaml, string targetsCsv, string outcomesCsv, byte[] result, ChangeContext context, DateOnly today, CancellationToken cancellation = default)
    {
        var read = Read<RetrodictionResult>(result);
        var calibration = read.Calibration;
        if (await forces.FindCurrentAsync(cancellation) is not { } force)
        {
            return NoForce();
        }

        if (calibration.PackSha256 != force.Sha256 || calibration.FitSha256 != Calibrator.Sha(planYaml) || calibration.TargetsSha256 != Calibrator.Sha(targetsCsv)
            || read.OutcomesSha256 != Calibrator.Sha(outcomesCsv) || calibration.EngineVersion != Pathfinder.Engine.Response.Replica.Version)
        {
            return new Problem("The retrodiction is of another force, plan, targets, outcomes or engine", Found: $"engine {calibration.EngineVersion}", Accepted: "pathfinder retrodict --keep makes it again");
        }

        await history.CommitAsync(context, changes => Record(changes, planYaml, targetsCsv, outcomesCsv, read, today), cancellation);
        return null;
    }

    internal static void Record(IChangeSet changes, string planYaml, string targetsCsv, string outcomesCsv, RetrodictionResult result, DateOnly today)
    {
        changes.Keep(System.Text.Encoding.UTF8.GetBytes(planYaml), "application/yaml");
        changes.Keep(System.Text.Encoding.UTF8.GetBytes(targetsCsv), "text/csv");
        changes.Keep(System.Text.Encoding.UTF8.GetBytes(outcomesCsv), "text/csv");
        var calibration = result.Calibration;
        var (name, sha, own) = (calibration.Name, changes.Keep(Write(result), "application/json"), changes.Keep(Write(calibration), "application/json"));
        changes.Record(
            RetrodictionKind, name,
            new StoredRetrodiction(result.Title, calibration.PackSha256, calibration.FitSha256, calibration.TargetsSha256, result.OutcomesSha256, calibration.Seed, calibration.Budget, sha), Always, today);
        changes.Record(
            Kind, name, new StoredCalibration(result.Title, calibration.PackSha256, calibration.FitSha256, calibration.TargetsSha256, calibration.Seed, calibration.Budget, own), Always, today);
    }

    /// <summary>Writes a result; the same value gives the same bytes.</summary>
    public static byte[] Write<T>(T result)
        where T : class => ScenarioJson.Write(result);

    internal static T Read<T>(byte[] bytes)
        where T : class => System.Text.Json.JsonSerializer.Deserialize<T>(bytes, Json)!;

    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web);

    private static Problem NoForce() => new("There is no force in the store to simulate", Accepted: "import a force pack first");
}
