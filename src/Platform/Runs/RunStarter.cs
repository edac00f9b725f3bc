using System.Globalization;
using System.Text;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;
using IncidentLog = Pathfinder.Platform.Evidence.IncidentLog;

namespace Pathfinder.Platform.Runs;

/// <summary>Starts runs and stops them: checks what is asked for, writes its scenario, queues it under a key made from its inputs.</summary>
public sealed class RunStarter(RunRegister runs, IHistory history, IWork work, DesignRegister designs, IncidentLogs logs, TimeProvider time)
{
    private readonly LoggedDemand _logged = new(history, logs, time);

    /// <summary>The most days of simulation that one run may ask for: replications x (days + warm-up).</summary>
    public const int MaximumReplicationDays = 200_000;

    /// <summary>
    /// Queues a run of the newest version of a design, and the force as it is beside it where that is asked for. The same
    /// inputs run before are offered, not run again. What the design assumes of the world is assumed of the force beside it too,
    /// and recorded with that run, so that the difference is the organisation's alone. Refused with every problem of the design and of what is asked for.
    /// </summary>
    public Task<Outcome<RunStarted>> StartAsync(RunRequest request, ChangeContext context, CancellationToken cancellation = default) =>
        StartAsync(request, new Dictionary<string, double>(StringComparer.Ordinal), context, cancellation);

    private async Task<Outcome<RunStarted>> StartAsync(
        RunRequest request, IReadOnlyDictionary<string, double> carried, ChangeContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Check(request);
        var version = await designs.FindAsync(request.Design, time.Now(), cancellation);
        if (version?.Body is not { } design)
        {
            problems.Add(new Problem("There is no such design", Field: "design", Found: request.Design, Accepted: "the key of a design in the store"));
            return problems;
        }

        if (await designs.PackOfAsync(design, cancellation) is not { } pack)
        {
            problems.Add(new Problem("The force pack of the design is not in the store", Field: "design", Found: design.PackSha256, Accepted: "an imported pack"));
            return problems;
        }

        var world = new SortedDictionary<string, double>(carried.Concat(request.Calibrated).GroupBy(each => each.Key, StringComparer.Ordinal).ToDictionary(each => each.Key, each => each.Last().Value, StringComparer.Ordinal), StringComparer.Ordinal);
        var own = WorldAssumptions.Carry(design, world);
        var sequence = await RunSequence.FindAsync(request, own, world, version.VersionId, pack, designs, time.Now(), problems, cancellation);
        var scenario = ScenarioSequence.Write(sequence.First, sequence.Turns, pack, Options(request));
        problems.AddRange(scenario.Problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        scenario = scenario.Value with { SplitOn = request.SplitOn, Name = design.Name, Description = design.Purpose.Length == 0 ? null : design.Purpose };

        IScenarioContent content = new PackContent(pack);
        IncidentLog? log = null;
        if (request.Log is { } key)
        {
            var applied = await _logged.ApplyAsync(scenario.Value, pack, key, request.LogFrom, request.Days, cancellation);
            if (!applied.Succeeded)
            {
                return Outcome.Refused<RunStarted>(applied.Problems);
            }

            (scenario, log) = (applied.Value.Scenario, applied.Value.Log);
            content = await _logged.ContentAsync(scenario.Value, pack, log, cancellation);
        }

        var compiled = ScenarioCompiler.Compile(scenario.Value, content);
        if (!compiled.Succeeded)
        {
            return Outcome.Refused<RunStarted>(compiled.Problems.Select(problem => RunSequence.Asked(problem, request)));
        }

        if (log is null)
        {
            runs.RememberCompiled((RunRegister.Hash(ScenarioJson.Write(scenario.Value)), pack.Sha256), compiled.Value);
        }

        string? beside = null;
        if (request.CompareWithForce && !DesignRegister.IsForceAsItIs(request.Design))
        {
            var force = await designs.ForceAsItIsAsync(pack, design.Dated, context with { Why = $"To compare {design.Name} with" }, cancellation);
            if (!force.Succeeded)
            {
                return Outcome.Refused<RunStarted>(force.Problems);
            }

            var started = await StartAsync(request with { Design = force.Value, CompareWithForce = false, Begin = null, TakesOver = null, Then = [], SplitOn = Turns(request) }, WorldAssumptions.Of(design), context, cancellation);
            if (!started.Succeeded)
            {
                return started;
            }

            beside = started.Value.Key;
        }

        return await QueueAsync(request, version, sequence, pack.Sha256, scenario.Value, log, beside, world, context, cancellation);
    }

    /// <summary>Asks a run to stop; false when it had ended or is unknown.</summary>
    public async Task<bool> CancelAsync(string key, CancellationToken cancellation = default) =>
        await runs.JobOfAsync(key, cancellation) is { HasEnded: false } job && await work.CancelAsync(job.Id, cancellation);

    /// <summary>Queues a run again that was cancelled or failed; false when it is unknown, under way or finished.</summary>
    public async Task<bool> RestartAsync(string key, ChangeContext context, CancellationToken cancellation = default)
    {
        if (await runs.FindAsync(key, time.Now(), cancellation) is not { Status: RunStatus.Cancelled or RunStatus.Failed })
        {
            return false;
        }

        await work.EnqueueAsync(RunJob.Request(key, context), cancellation);
        return true;
    }

    private async Task<Outcome<RunStarted>> QueueAsync(
        RunRequest request, FactVersion<Design> version, RunSequence sequence, string packSha256, ScenarioFile scenario, IncidentLog? log, string? beside,
        IReadOnlyDictionary<string, double> carried, ChangeContext context, CancellationToken cancellation)
    {
        var bytes = ScenarioJson.Write(scenario);
        var run = new Run
        {
            Name = version.Body!.Name,
            Design = request.Design,
            DesignVersion = version.VersionId,
            PackSha256 = packSha256,
            ScenarioSha256 = RunRegister.Hash(bytes),
            Days = scenario.Days,
            WarmUpDays = scenario.WarmUpDays,
            DemandMultiplier = request.DemandMultiplier,
            StudyArea = request.StudyArea,
            Replications = request.Replications,
            Seed = request.Seed,
            EngineVersion = Replica.Version,
            ComparedWith = beside,
            Carried = carried,
            Started = time.GetUtcNow(),
            Calibration = request.Calibration,
            Fitted = request.Fitted,
            Begins = sequence.Turns.Count > 0 ? sequence.First.Name : null,
            BeginsDesign = request.Begin,
            BeginsVersion = sequence.FirstVersion,
            Turns = sequence.Recorded,
            Events = [.. scenario.Events.Select(happening => happening.Name)],
            Log = log is null ? null : request.Log,
            LogSha256 = log?.RowsSha256,
        };
        var inputs = string.Create(
            CultureInfo.InvariantCulture, $"{run.ScenarioSha256} {run.PackSha256} {run.Replications} {run.Seed} {run.EngineVersion}");
        var key = "run-" + RunRegister.Hash(Encoding.UTF8.GetBytes(inputs))[..12];
        var existing = await runs.FindAsync(key, time.Now(), cancellation);
        if (existing is null)
        {
            await history.CommitAsync(
                context,
                changes =>
                {
                    changes.Keep(bytes, "application/json");
                    changes.Record(RunRegister.Kind, key, run, RunRegister.Always, time.LondonToday());
                    work.Enqueue(changes, context, RunJob.Request(key, context));
                },
                cancellation);
            return new RunStarted(key, false, beside);
        }

        if (existing.Status is RunStatus.Cancelled or RunStatus.Failed)
        {
            await work.EnqueueAsync(RunJob.Request(key, context), cancellation);
        }

        if (beside is not null && existing.Run.ComparedWith != beside && existing.Status == RunStatus.Finished)
        {
            await history.CommitAsync(
                context, changes => changes.Record(RunRegister.Kind, key, existing.Run with { ComparedWith = beside }, RunRegister.Always, time.LondonToday()), cancellation);
        }

        return new RunStarted(key, existing.Status == RunStatus.Finished, beside ?? existing.Run.ComparedWith);
    }

    private static List<DateOnly> Turns(RunRequest request) =>
        [.. request.SplitOn.Concat(request.Then.Select(then => then.From)).Concat(request.TakesOver is { } day ? [day] : []).Distinct().Order()];

    private static ScenarioOptions Options(RunRequest request) =>
        new() { Days = request.Days, DemandMultiplier = request.DemandMultiplier, StudyArea = request.StudyArea, Events = request.Events };

    /// <summary>What is wrong with the size and the demand of a run, by field; for a form to tell together with what it could not read.</summary>
    /// <param name="replications">Replications; null where they could not be read.</param>
    /// <param name="days">Days counted; null where they could not be read.</param>
    /// <param name="demandMultiplier">Demand, times the expected; null where it could not be read.</param>
    public static IReadOnlyList<Problem> CheckBounds(int? replications, int? days, double? demandMultiplier)
    {
        var request = new RunRequest { Design = "" };
        List<Problem> problems = [.. Check(request with { Replications = replications ?? request.Replications, Days = days ?? request.Days })];
        if (demandMultiplier is { } demand && ScenarioWriter.CheckDemand(demand) is { } wrong)
        {
            problems.Add(wrong);
        }

        return problems;
    }

    private static List<Problem> Check(RunRequest request)
    {
        var problems = new List<Problem>();
        foreach (var stranger in request.Calibrated.Keys.Where(key => AssumptionKeys.Find(key) is not { IsChoice: false }))
        {
            problems.Add(new Problem("A calibration holds no such assumption of the world", Field: "calibrated", Found: stranger, Accepted: "assumptions of the world"));
        }

        if (request.Replications is < 2 or > 1000)
        {
            problems.Add(new Problem(
                "The number of replications is out of bounds", Field: "replications",
                Found: request.Replications.ToString(CultureInfo.InvariantCulture), Accepted: "2 to 1000"));
        }
        else if ((long)request.Replications * (request.Days + 7) > MaximumReplicationDays)
        {
            problems.Add(new Problem(
                "The run is too long", Field: "replications",
                Found: $"{((long)request.Replications * (request.Days + 7)).ToString(CultureInfo.InvariantCulture)} days simulated in all",
                Accepted: $"at most {MaximumReplicationDays.ToString(CultureInfo.InvariantCulture)}"));
        }

        return problems;
    }
}
