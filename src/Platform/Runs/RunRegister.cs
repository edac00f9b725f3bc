using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Runs;

/// <summary>Runs in the store: watch, read, compare, verify; <see cref="RunStarter"/> starts them. The same use cases for pages, API and command line.</summary>
public sealed class RunRegister(
    IHistory history, IWork work, DesignRegister designs, IForcePacks packs, ISimulation simulation, IncidentLogs logs, TimeProvider time)
{
    private readonly LoggedDemand _logged = new(history, logs, time);

    // A result never changes under its hash, and reading one takes longer than drawing its page.
    private const int MaximumRead = 24;
    private readonly ConcurrentDictionary<string, RunResult> _read = new(StringComparer.Ordinal);

    // A run is compiled to be checked, to be made and to be played again, most often within seconds. Not those that replay a log, which may be large.
    private const int MaximumCompiled = 4;
    private readonly ConcurrentDictionary<(string Scenario, string Pack), CompiledScenario> _compiled = new();

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
        foreach (var (unit, otherwise) in focus.Units)
        {
            resultA = ChangedArea.Add(resultA, unit, otherwise);
            resultB = ChangedArea.Add(resultB, unit);
        }

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
                ChangedUnits = [.. focus.Units.Select(each => each.Unit.Code)],
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

        var compiled = await CompileStoredAsync(view.Run, cancellation);
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
        var inputs = (run.ScenarioSha256, run.PackSha256);
        if (run.Log is null && _compiled.TryGetValue(inputs, out var known))
        {
            return known;
        }

        var compiled = await CompileStoredAsync(run, cancellation);
        return compiled.Succeeded && run.Log is null ? RememberCompiled(inputs, compiled.Value) : compiled;
    }

    internal CompiledScenario RememberCompiled((string Scenario, string Pack) inputs, CompiledScenario compiled)
    {
        if (_compiled.Count >= MaximumCompiled)
        {
            _compiled.Clear();
        }

        return _compiled.GetOrAdd(inputs, compiled);
    }

    private async Task<Outcome<CompiledScenario>> CompileStoredAsync(Run run, CancellationToken cancellation)
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
            return new Focus([], "", null, null, [], [], []);
        }

        var before = WorldAssumptions.Carry(fromBody, a.Carried);
        var after = WorldAssumptions.Carry(toBody, b.Carried);
        List<Design> all = [before, after, .. await InsideAsync(a, before, pack, cancellation), .. await InsideAsync(b, after, pack, cancellation)];
        var boroughs = ChangedArea.Of(all, pack);
        var simulated = result.Areas.Count(area => area.Level == "borough");
        var unit = after.Functions.Concat(before.Functions).Where(grouping => grouping.Function == Functions.Response).SelectMany(grouping => grouping.Units)
            .FirstOrDefault(candidate => candidate.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(boroughs));
        var (focused, name) = boroughs.Count == 0 || boroughs.Count == simulated
            ? ([], "")
            : (boroughs, unit?.Name ?? (boroughs.Count <= 3
                ? DesignHeadline.List([.. boroughs.Select(code => pack.Boroughs.FirstOrDefault(borough => borough.Code == code)?.Name ?? code)])
                : $"the {boroughs.Count.ToString(CultureInfo.InvariantCulture)} boroughs that change"));
        // A unit that is all that changes stands there as what changes.
        var units = ChangedArea.Units(all).Where(each => !each.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(focused))
            .Select(each => (each, before.Functions.Any(grouping => grouping.Function == Functions.Response && grouping.Units.Any(old => old.Code == each.Code)))).ToList();
        return new Focus(focused, name, before, after, WorldAssumptions.Shared(before, after, pack), WorldAssumptions.Differing(before, after, pack), units);
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
        IReadOnlyList<string> Boroughs, string Name, Design? Before, Design? After, IReadOnlyList<string> Shared, IReadOnlyList<string> Differing,
        IReadOnlyList<(DesignUnit Unit, bool Otherwise)> Units);

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

    internal async Task<JobStatus?> JobOfAsync(string key, CancellationToken cancellation) =>
        await work.ListAsync(new JobQuery(Subject: RunJob.Subject(key), Take: 1), cancellation) is [var job, ..] ? job : null;
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

    /// <summary>Codes of the command units that stand on both sides though only the second has them, besides what changes.</summary>
    public IReadOnlyList<string> ChangedUnits { get; init; } = [];

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
