using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
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

/// <summary>Runs in the store: start, watch, cancel, read, compare, verify. The same use cases for pages, API and command line.</summary>
public sealed class RunRegister(
    IHistory history, IWork work, DesignRegister designs, IForcePacks packs, ISimulation simulation, IncidentLogs logs, TimeProvider time)
{
    private readonly LoggedDemand _logged = new(history, logs, time);

    /// <summary>The most days of simulation that one run may ask for: replications x (days + warm-up).</summary>
    public const int MaximumReplicationDays = 200_000;

    // A result never changes under its hash, and reading one takes longer than drawing its page.
    private const int MaximumRead = 24;
    private readonly ConcurrentDictionary<string, RunResult> _read = new(StringComparer.Ordinal);

    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<Run> Kind { get; } = new("run");

    /// <summary>All runs as at the dates, newest first, with where each stands.</summary>
    /// <param name="at">The dates.</param>
    /// <param name="design">Only of one design.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<RunView>> ListAsync(AsAt at, string? design = null, CancellationToken cancellation = default)
    {
        var views = new List<RunView>();
        foreach (var version in (await history.ListAsync(Kind, at, cancellation)).Where(version => design is null || version.Body!.Design == design).OrderByDescending(version => version.VersionId))
        {
            views.Add(await ViewAsync(version, cancellation));
        }

        return views;
    }

    /// <summary>A run as at the dates, or null.</summary>
    public async Task<RunView?> FindAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        await history.FindAsync(Kind, key, at, cancellation) is { } version ? await ViewAsync(version, cancellation) : null;

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
        await JobOfAsync(key, cancellation) is { HasEnded: false } job && await work.CancelAsync(job.Id, cancellation);

    /// <summary>Queues a run again that was cancelled or failed; false when it is unknown, under way or finished.</summary>
    public async Task<bool> RestartAsync(string key, ChangeContext context, CancellationToken cancellation = default)
    {
        if (await FindAsync(key, time.Now(), cancellation) is not { Status: RunStatus.Cancelled or RunStatus.Failed })
        {
            return false;
        }

        await work.EnqueueAsync(RunJob.Request(key, context), cancellation);
        return true;
    }

    /// <summary>The result of a finished run, or null.</summary>
    public async Task<RunResult?> FindResultAsync(Run run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.ResultSha256 is not { } sha)
        {
            return null;
        }

        if (_read.TryGetValue(sha, out var known))
        {
            return known;
        }

        if (await FindResultBytesAsync(run, cancellation) is not { } bytes)
        {
            return null;
        }

        return Remember(sha, ScenarioJson.ReadResult(bytes).Value);
    }

    /// <summary>The bytes of a finished run's result, or null.</summary>
    public async Task<byte[]?> FindResultBytesAsync(Run run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.ResultSha256 is { } sha ? await history.FindContentAsync(sha, cancellation) : null;
    }

    /// <summary>The bytes of the scenario a run was made with, or null.</summary>
    public Task<byte[]?> FindScenarioBytesAsync(Run run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return history.FindContentAsync(run.ScenarioSha256, cancellation);
    }

    /// <summary>Sets two finished runs side by side, B minus A. Refused while either is not finished, or when they share no area.</summary>
    public async Task<Outcome<ComparedRuns>> CompareAsync(string a, string b, AsAt at, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        var sides = new List<(RunView View, RunResult Result)>();
        foreach (var (field, key) in new[] { ("a", a), ("b", b) })
        {
            var view = await FindAsync(key, at, cancellation);
            var result = view is null ? null : await FindResultAsync(view.Run, cancellation);
            if (view is null)
            {
                problems.Add(new Problem($"There is no run with the key {key} ({field})", Field: field, Found: key, Accepted: "the key of a run"));
            }
            else if (result is null)
            {
                problems.Add(new Problem($"The run of {view.Run.Name} is not finished", Field: field, Found: key, Accepted: "a finished run"));
            }
            else
            {
                sides.Add((view, result));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var (runA, runB) = (sides[0], sides[1]);
        var focus = await FocusAsync(runA.View.Run, runB.View.Run, runB.Result, cancellation);
        var resultA = ChangedArea.Add(runA.Result, focus.Boroughs, focus.Name);
        var resultB = ChangedArea.Add(runB.Result, focus.Boroughs, focus.Name);
        var comparison = RunComparer.Compare(resultA, resultB);
        if (comparison.Succeeded && comparison.Value.A == comparison.Value.B)
        {
            comparison = comparison.Value with { A = RunWords.Of(runA.View.Run), B = RunWords.Of(runB.View.Run) };
        }

        return comparison.Succeeded
            ? new ComparedRuns(runA.View, resultA, runB.View, resultB, comparison.Value, focus.Boroughs)
            {
                Before = focus.Before,
                After = focus.After,
                SharedAssumptions = focus.Shared,
                DifferingAssumptions = focus.Differing,
            }
            : Outcome.Refused<ComparedRuns>(comparison.Problems);
    }

    /// <summary>
    /// Makes a finished run again from its stored inputs and compares the bytes. Refused when it is not finished, its inputs
    /// are gone, or its engine was another version.
    /// </summary>
    public async Task<Outcome<RunVerification>> VerifyAsync(
        string key, int threads, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (await FindAsync(key, time.Now(), cancellation) is not { } view)
        {
            return new Problem("There is no such run", Field: "key", Found: key, Accepted: "the key of a run");
        }

        if (view.Run.ResultSha256 is not { } expected)
        {
            return new Problem("The run is not finished", Field: "key", Found: key, Accepted: "a finished run");
        }

        if (view.Run.EngineVersion != Replica.Version)
        {
            return new Problem(
                "The run was made by another version of the engine, so its bytes may differ", Field: "engineVersion", Found: view.Run.EngineVersion, Accepted: Replica.Version);
        }

        var compiled = await CompileAsync(view.Run, cancellation);
        if (!compiled.Succeeded)
        {
            return Outcome.Refused<RunVerification>(compiled.Problems);
        }

        var result = simulation.Run(compiled.Value, view.Run.Replications, view.Run.Seed, threads, progress, cancellation);
        var found = Hash(ScenarioJson.Write(result));
        return new RunVerification(key, expected, found);
    }

    internal async Task<Outcome<CompiledScenario>> CompileAsync(Run run, CancellationToken cancellation)
    {
        if (await history.FindContentAsync(run.ScenarioSha256, cancellation) is not { } bytes)
        {
            return new Problem("The scenario of the run is not in the store", Field: "scenarioSha256", Found: run.ScenarioSha256);
        }

        if (await packs.FindAsync(run.PackSha256, cancellation) is not { } pack)
        {
            return new Problem("The force pack of the run is not in the store", Field: "packSha256", Found: run.PackSha256);
        }

        var scenario = ScenarioJson.ReadScenario(bytes);
        if (!scenario.Succeeded)
        {
            return Outcome.Refused<CompiledScenario>(scenario.Problems);
        }

        if (run.Log is null)
        {
            return ScenarioCompiler.Compile(scenario.Value, new PackContent(pack));
        }

        return await _logged.FindAsync(run.Log, run.LogSha256!, cancellation) is { } log
            ? ScenarioCompiler.Compile(scenario.Value, await _logged.ContentAsync(scenario.Value, pack, log, cancellation))
            : new Problem("The log of the run is not in the store", Field: "log", Found: run.Log);
    }

    internal RunResult Remember(string sha, RunResult result)
    {
        if (_read.Count >= MaximumRead)
        {
            _read.Clear();
        }

        return _read.GetOrAdd(sha, result);
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // What the comparison is about: the boroughs in which the two designs differ, named as the unit they form where they form one.
    private async Task<Focus> FocusAsync(Run a, Run b, RunResult result, CancellationToken cancellation)
    {
        var from = await designs.FindVersionAsync(a.Design, a.DesignVersion, cancellation);
        var to = await designs.FindVersionAsync(b.Design, b.DesignVersion, cancellation);
        if (from?.Body is not { } fromBody || to?.Body is not { } toBody || await packs.FindAsync(b.PackSha256, cancellation) is not { } pack)
        {
            return new Focus([], "", null, null, [], []);
        }

        var before = WorldAssumptions.Carry(fromBody, a.Carried);
        var after = WorldAssumptions.Carry(toBody, b.Carried);
        var boroughs = ChangedArea.Of(
            [before, after, .. await InsideAsync(a, before, pack, cancellation), .. await InsideAsync(b, after, pack, cancellation)], pack);
        var all = result.Areas.Count(area => area.Level == "borough");
        var unit = after.Functions.Concat(before.Functions).Where(grouping => grouping.Function == Functions.Response).SelectMany(grouping => grouping.Units)
            .FirstOrDefault(candidate => candidate.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(boroughs));
        var (focused, name) = boroughs.Count == 0 || boroughs.Count == all
            ? ([], "")
            : (boroughs, unit?.Name ?? (boroughs.Count <= 3
                ? DesignHeadline.List([.. boroughs.Select(code => pack.Boroughs.FirstOrDefault(borough => borough.Code == code)?.Name ?? code)])
                : $"the {boroughs.Count.ToString(CultureInfo.InvariantCulture)} boroughs that change"));
        return new Focus(focused, name, before, after, WorldAssumptions.Shared(before, after, pack), WorldAssumptions.Differing(before, after, pack));
    }

    /// <summary>The boroughs in which the designs of a run with a change inside it differ; empty for the whole force, or where they are not known.</summary>
    public async Task<IReadOnlyList<string>> ChangedInsideAsync(Run run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (await designs.FindVersionAsync(run.Design, run.DesignVersion, cancellation) is not { Body: { } body } || await packs.FindAsync(run.PackSha256, cancellation) is not { } pack)
        {
            return [];
        }

        var own = WorldAssumptions.Carry(body, run.Carried);
        return ChangedArea.Of([own, .. await InsideAsync(run, own, pack, cancellation)], pack);
    }

    // The designs that hold in a run besides its own, under its world.
    private async Task<List<Design>> InsideAsync(Run run, Design own, ForcePack pack, CancellationToken cancellation)
    {
        var inside = new List<Design>();
        if (run.BeginsDesign == RunRequest.ForceAsItIs && DesignStart.FromForce(pack, own.Dated, own.Name) is { Succeeded: true } force)
        {
            inside.Add(force.Value);
        }

        foreach (var (key, version) in run.Turns.Select(turn => (turn.Design, (long?)turn.Version)).Append((run.BeginsDesign ?? "", run.BeginsVersion)))
        {
            if (version is { } id && await designs.FindVersionAsync(key, id, cancellation) is { Body: { } body })
            {
                inside.Add(body);
            }
        }

        return inside.ConvertAll(design => WorldAssumptions.Under(design, own));
    }

    private sealed record Focus(
        IReadOnlyList<string> Boroughs, string Name, Design? Before, Design? After, IReadOnlyList<string> Shared, IReadOnlyList<string> Differing);

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
            ScenarioSha256 = Hash(bytes),
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
        var key = "run-" + Hash(Encoding.UTF8.GetBytes(inputs))[..12];
        var existing = await FindAsync(key, time.Now(), cancellation);
        if (existing is null)
        {
            await history.CommitAsync(
                context,
                changes =>
                {
                    changes.Keep(bytes, "application/json");
                    changes.Record(Kind, key, run, Always, time.LondonToday());
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
                context, changes => changes.Record(Kind, key, existing.Run with { ComparedWith = beside }, Always, time.LondonToday()), cancellation);
        }

        return new RunStarted(key, existing.Status == RunStatus.Finished, beside ?? existing.Run.ComparedWith);
    }

    // A run says something about a design, not about a day: it is there on whatever date one looks at the force.
    internal static EffectivePeriod Always { get; } = new(DateOnly.MinValue);

    private async Task<RunView> ViewAsync(FactVersion<Run> version, CancellationToken cancellation)
    {
        var run = version.Body!;
        if (run.ResultSha256 is not null)
        {
            return new RunView(version.Key, version, RunStatus.Finished, run.Replications, "", []);
        }

        return await JobOfAsync(version.Key, cancellation) is { } job
            ? new RunView(
                version.Key,
                version,
                job.State switch
                {
                    JobState.Queued => RunStatus.Queued,
                    JobState.Running or JobState.Finished => RunStatus.Running,
                    JobState.Cancelled => RunStatus.Cancelled,
                    _ => RunStatus.Failed,
                },
                job.Progress.Done,
                job.Progress.Text,
                job.Problems)
            : new RunView(version.Key, version, RunStatus.Failed, 0, "Its job is no longer in the queue", []);
    }

    private async Task<JobStatus?> JobOfAsync(string key, CancellationToken cancellation) =>
        await work.ListAsync(new JobQuery(Subject: RunJob.Subject(key), Take: 1), cancellation) is [var job, ..] ? job : null;

    private static List<DateOnly> Turns(RunRequest request) =>
        [.. request.SplitOn.Concat(request.Then.Select(then => then.From)).Concat(request.TakesOver is { } day ? [day] : []).Distinct().Order()];

    private static ScenarioOptions Options(RunRequest request) =>
        new() { Days = request.Days, DemandMultiplier = request.DemandMultiplier, StudyArea = request.StudyArea, Events = request.Events };

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

/// <summary>Two finished runs side by side; both results hold the changed boroughs as one area where only some change.</summary>
/// <param name="Changed">The boroughs in which the designs differ; empty for the whole force.</param>
public sealed record ComparedRuns(
    RunView A, RunResult ResultA, RunView B, RunResult ResultB, RunComparison Comparison, IReadOnlyList<string> Changed)
{
    /// <summary>Level of the area that findings are about.</summary>
    public string Level => Changed.Count > 0 ? ChangedArea.Level : "force";

    /// <summary>Its code.</summary>
    public string Code => Level;

    /// <summary>The first design as it was run, with the assumptions carried over to it; null when it is no longer in the store.</summary>
    public Design? Before { get; init; }

    /// <summary>The second design as it was run; null when it is no longer in the store.</summary>
    public Design? After { get; init; }

    /// <summary>What both sides assume of the world otherwise than the pack, in words.</summary>
    public IReadOnlyList<string> SharedAssumptions { get; init; } = [];

    /// <summary>What the two sides assume differently of the world, in words: the difference is then not the organisation's alone.</summary>
    public IReadOnlyList<string> DifferingAssumptions { get; init; } = [];

    /// <summary>That the two are not like with like, and in what first; null where they are. Stands at the head of every comparison.</summary>
    public string? Unlike => Findings.Unlike(DifferingAssumptions);

    /// <summary>The phase whose figures charts and tables show; null where neither run has a change inside it.</summary>
    public PhaseComparison? Shown { get; init; }

    /// <summary>
    /// The same two runs with the areas of one phase, from 0, in place of averages over unlike phases; the last where there is no such
    /// phase, and unchanged where neither run has a change inside it. Queue, units, control room, zones and hours stay those of the whole run.
    /// </summary>
    public ComparedRuns InPhase(int? index)
    {
        var phases = Comparison.Phases;
        if (phases.Count == 0)
        {
            return this;
        }

        var shown = phases[index is { } at && at >= 0 && at < phases.Count ? at : Own(phases)];
        return this with
        {
            Shown = shown,
            ResultA = Of(ResultA, shown),
            ResultB = Of(ResultB, shown),
            Comparison = Comparison with { A = shown.A ?? Comparison.A, B = shown.B ?? Comparison.B, Areas = shown.Areas, Phases = [] },
        };
    }

    // The first that differs: what the design that was run changes, before anything adapts it.
    private static int Own(IReadOnlyList<PhaseComparison> phases)
    {
        var first = phases.ToList().FindIndex(phase => !phase.IsAlike);
        return first < 0 ? phases.Count - 1 : first;
    }

    private static RunResult Of(RunResult result, PhaseComparison shown) =>
        result.Phases.FirstOrDefault(phase => phase.From == shown.From && phase.Days == shown.Days) is { } phase
            ? result.During(phase) : result;

    /// <summary>What moved there for all grades at once: units, channels, controllers.</summary>
    public IReadOnlyList<string> ReasonsOverAllGrades => Scenarios.Reasons.OverAllGrades(ResultA, ResultB, Level, Code);

    /// <summary>Reasons for the difference of one grade there, most important first.</summary>
    public IReadOnlyList<string> Reasons(string grade) => Scenarios.Reasons.Of(Comparison, Level, Code, grade);
}

/// <summary>What making a run again gave.</summary>
/// <param name="Key">Key of the run.</param>
/// <param name="Expected">Hash of the stored result.</param>
/// <param name="Found">Hash of the result made again.</param>
public sealed record RunVerification(string Key, string Expected, string Found)
{
    /// <summary>Whether the bytes are the same.</summary>
    public bool Same => string.Equals(Expected, Found, StringComparison.Ordinal);
}
