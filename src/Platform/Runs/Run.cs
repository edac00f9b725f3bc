using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>Being simulated.</summary>
    Running,

    /// <summary>Its result is in the store.</summary>
    Finished,

    /// <summary>Stopped by a person; nothing of it was kept.</summary>
    Cancelled,

    /// <summary>Stopped by a fault, or its process was killed; nothing of it was kept.</summary>
    Failed,
}

/// <summary>
/// A simulation of one version of a design: its inputs by hash, and once finished the hash of its result. The same inputs
/// with the same engine are the same run, under the same key.
/// </summary>
public sealed record Run
{
    /// <summary>The name of the design when it was run.</summary>
    public required string Name { get; init; }

    /// <summary>Key of the design.</summary>
    public required string Design { get; init; }

    /// <summary>Id of the design's version.</summary>
    public required long DesignVersion { get; init; }

    /// <summary>Hash of the force pack, which holds demand, matrix and defaults.</summary>
    public required string PackSha256 { get; init; }

    /// <summary>Hash of the scenario file, kept in the store.</summary>
    public required string ScenarioSha256 { get; init; }

    /// <summary>Days counted in each replication.</summary>
    public required int Days { get; init; }

    /// <summary>Days simulated before counting starts.</summary>
    public required int WarmUpDays { get; init; }

    /// <summary>Multiplies every arrival rate of the pack.</summary>
    public required double DemandMultiplier { get; init; }

    /// <summary>Boroughs simulated; empty for the whole force.</summary>
    public IReadOnlyList<string> StudyArea { get; init; } = [];

    /// <summary>Replications.</summary>
    public required int Replications { get; init; }

    /// <summary>Seed of every random stream.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the engine that is to make, or made, the result.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>Hash of the result, kept in the store; null until it is finished.</summary>
    public string? ResultSha256 { get; init; }

    /// <summary>Key of the run it was started to be compared with.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>Key of the despatch log whose incidents it met instead of the pack's demand; null for the demand.</summary>
    public string? Log { get; init; }

    /// <summary>SHA-256 of the log's rows.</summary>
    public string? LogSha256 { get; init; }

    /// <summary>Name of the design that held before this one took over; null where it holds from the start.</summary>
    public string? Begins { get; init; }

    /// <summary>Key of that design, or <see cref="RunRequest.ForceAsItIs"/>; null where it holds from the start, and in runs of before it was kept.</summary>
    public string? BeginsDesign { get; init; }

    /// <summary>Id of that design's version; null for the force as it is.</summary>
    public long? BeginsVersion { get; init; }

    /// <summary>The designs that take over inside the run, in order, this run's own among them; empty where one holds throughout.</summary>
    public IReadOnlyList<RunTurn> Turns { get; init; } = [];

    /// <summary>Hours out of the ordinary, by name.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Assumptions of how the world is that this run took from the design it is compared with, by key; they are in its scenario.</summary>
    public IReadOnlyDictionary<string, double> Carried { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>When it was asked for; null in runs of before it was kept.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Name of the calibration whose values it assumes; null for none.</summary>
    public string? Calibration { get; init; }

    /// <summary>What it takes from that calibration, each with the interval that it was found with.</summary>
    public IReadOnlyList<FittedValue> Fitted { get; init; } = [];
}

/// <summary>An assumption that a calibration found.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">What is assumed: the posterior median.</param>
/// <param name="Lower">Lower end of its 80% credible interval; null for what follows from others.</param>
/// <param name="Upper">Upper end.</param>
public sealed record FittedValue(string Key, double Value, double? Lower, double? Upper);

/// <summary>A design that takes over inside a run.</summary>
/// <param name="Design">Its key.</param>
/// <param name="Version">Id of its version.</param>
/// <param name="Name">Its name then.</param>
/// <param name="From">The first day on which it holds.</param>
public sealed record RunTurn(string Design, long Version, string Name, DateOnly From);

/// <summary>A design that is to take over inside a run.</summary>
/// <param name="Design">Its key.</param>
/// <param name="From">The first day on which it is to hold.</param>
public sealed record RunThen(string Design, DateOnly From);

/// <summary>A run as people see it: what was recorded, and where its job stands.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">What was recorded last.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Done">Replications done.</param>
/// <param name="Doing">What is being done now, or why it stopped.</param>
/// <param name="Problems">What stopped it.</param>
public sealed record RunView(
    string Key, FactVersion<Run> Version, RunStatus Status, long Done, string Doing, IReadOnlyList<Problem> Problems)
{
    /// <summary>The run.</summary>
    public Run Run => Version.Body!;

    /// <summary>When the run was asked for; its last version is recorded when its result is there.</summary>
    public DateTimeOffset Started => Run.Started ?? Version.Recorded;

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded => Status is not (RunStatus.Queued or RunStatus.Running);
}

/// <summary>What starting a run gave.</summary>
/// <param name="Key">Key of the run.</param>
/// <param name="Existed">Whether the same inputs were run before, so that its result is offered instead of made again.</param>
/// <param name="ComparedWith">Key of the run it is to be compared with.</param>
public sealed record RunStarted(string Key, bool Existed, string? ComparedWith);

/// <summary>What is asked for when a run is started.</summary>
public sealed record RunRequest
{
    /// <summary>Key of the design; its newest version is run.</summary>
    public required string Design { get; init; }

    /// <summary>Replications; at least 2, for without two there is no interval.</summary>
    public int Replications { get; init; } = 20;

    /// <summary>Days counted in each replication.</summary>
    public int Days { get; init; } = 28;

    /// <summary>Seed; the same seed gives every design the same incidents.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Multiplies every arrival rate of the pack.</summary>
    public double DemandMultiplier { get; init; } = 1;

    /// <summary>Boroughs to simulate; empty for the whole force.</summary>
    public IReadOnlyList<string> StudyArea { get; init; } = [];

    /// <summary>Key of a despatch log whose incidents are met instead of the pack's demand; null for the demand.</summary>
    public string? Log { get; init; }

    /// <summary>First day of the log that is simulated (counted after the warm-up); its own first day where null.</summary>
    public DateOnly? LogFrom { get; init; }

    /// <summary>Assumptions of the world taken from a calibration, over the design's own.</summary>
    public IReadOnlyDictionary<string, double> Calibrated { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Name of the calibration that they come from, to be recorded; null for none.</summary>
    public string? Calibration { get; init; }

    /// <summary>The same with their intervals, to be recorded.</summary>
    public IReadOnlyList<FittedValue> Fitted { get; init; } = [];

    /// <summary>Days from which figures are given apart, for a run without a change that is to be held against one with it.</summary>
    public IReadOnlyList<DateOnly> SplitOn { get; init; } = [];

    /// <summary>Key of the design that holds before this one, or <see cref="ForceAsItIs"/>; null where this one holds from the start.</summary>
    public string? Begin { get; init; }

    /// <summary>The first day on which the design holds where another holds before it.</summary>
    public DateOnly? TakesOver { get; init; }

    /// <summary>Designs that take over after this one, in order of day.</summary>
    public IReadOnlyList<RunThen> Then { get; init; } = [];

    /// <summary>Hours out of the ordinary: a carnival, a match, aid sent elsewhere. The force beside meets them too.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];

    /// <summary>Stands in <see cref="Begin"/> for the force as it is on the design's date.</summary>
    public const string ForceAsItIs = "force";

    /// <summary>Whether to run the force as it is on the design's date too, with the same incidents, to compare with.</summary>
    public bool CompareWithForce { get; init; }
}
