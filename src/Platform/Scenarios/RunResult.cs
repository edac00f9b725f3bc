namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// What a simulation found (schema <c>pathfinder-result/1</c>). Every estimate is over replications: a mean, its
/// standard error and a 95% t interval. Holds no durations or dates of computing, so that the same inputs give the same bytes.
/// </summary>
public sealed record RunResult
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-result/1";

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>Version of the engine that made it.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>SHA-256 of the canonical scenario, its matrix and its demand.</summary>
    public required string ScenarioSha256 { get; init; }

    /// <summary>SHA-256 of what decides which incidents come; runs that share it, the seed and the replications are compared pairwise.</summary>
    public string IncidentsSha256 { get; init; } = "";

    /// <summary>The scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many replications.</summary>
    public required int Replications { get; init; }

    /// <summary>Days counted in each.</summary>
    public required int Days { get; init; }

    /// <summary>Incidents generated in the counted days, all replications.</summary>
    public required long Incidents { get; init; }

    /// <summary>Engine events (a change of state of a unit or an incident), all replications.</summary>
    public required long Events { get; init; }

    /// <summary>The whole force, then each command unit, then each borough, each with every grade.</summary>
    public required IReadOnlyList<AreaResult> Areas { get; init; }

    /// <summary>By zone and grade; replication means only.</summary>
    public required IReadOnlyList<ZoneResult> Zones { get; init; }

    /// <summary>By hour of the week (0–167) and grade, whole force; replication means only.</summary>
    public required IReadOnlyList<HourResult> HoursOfWeek { get; init; }

    /// <summary>By team and grade, whole force.</summary>
    public required IReadOnlyList<TeamResult> Teams { get; init; }

    /// <summary>Per despatch group: how busy its controllers and channel are, and how long each makes an incident wait.</summary>
    public required IReadOnlyList<DespatchGroupResult> DespatchGroups { get; init; }

    /// <summary>Per inspector area: how busy its inspectors are, and how long a decision is waited for.</summary>
    public IReadOnlyList<InspectorAreaResult> InspectorAreas { get; init; } = [];

    /// <summary>
    /// By calendar month, area and grade, in that order, when the run changes within or touches three months or more: the series
    /// that an evaluation can be tried on.
    /// </summary>
    public IReadOnlyList<MonthResult> Months { get; init; } = [];

    /// <summary>Warnings a reader must see, such as a queue that does not settle.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>An estimate with its uncertainty; null where nothing was observed.</summary>
/// <param name="Value">The mean over replications.</param>
/// <param name="Se">Its standard error.</param>
/// <param name="Lower">Lower end of the 95% interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="P">Two-sided p of no difference; only in comparisons.</param>
public sealed record Estimate(
    [property: System.Text.Json.Serialization.JsonPropertyName("estimate")] double? Value,
    double? Se, double? Lower, double? Upper, double? P = null);

/// <summary>The results of one area.</summary>
public sealed record AreaResult
{
    /// <summary>"force", "command-unit" or "borough".</summary>
    public required string Level { get; init; }

    /// <summary>Its code; "force" for the whole.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>One entry a grade, in the scenario's order. Incidents belong to the area where they happen.</summary>
    public required IReadOnlyList<GradeResult> Grades { get; init; }

    /// <summary>Crimes that officers keep and have not finished, an officer: the case load. Null where no case work is kept.</summary>
    public Estimate? CasesPerOfficer { get; init; }

    /// <summary>The most such crimes that one crew of the area held at once.</summary>
    public Estimate? MostCases { get; init; }

    /// <summary>Incidents past the controllers with no unit on its way: time average.</summary>
    public required Estimate UnassignedMean { get; init; }

    /// <summary>The longest such queue of a replication.</summary>
    public required Estimate UnassignedMax { get; init; }

    /// <summary>Share of paraded unit time by state (available, travelling, scene, custody, caseWork, guard, briefing, meal); of units whose home is the area.</summary>
    public required IReadOnlyDictionary<string, Estimate> UnitTime { get; init; }

    /// <summary>Share of paraded unit time committed to incidents (travelling, scene, custody, case work).</summary>
    public required Estimate Utilisation { get; init; }

    /// <summary>Units available at once, on average.</summary>
    public required Estimate UnitsAvailable { get; init; }

    /// <summary>Deployments to another borough than the unit's own, a day.</summary>
    public required Estimate CrossBoroughPerDay { get; init; }

    /// <summary>Overtime, unit-hours a day.</summary>
    public required Estimate OvertimeHoursPerDay { get; init; }

    /// <summary>Distance driven between zones, km a day: to incidents, and back to base or home or on patrol. Until engine 3, to incidents alone.</summary>
    public required Estimate KilometresPerDay { get; init; }

    /// <summary>Of it, to incidents; null in results of engines up to 3.</summary>
    public Estimate? KilometresToIncidentsPerDay { get; init; }
}

/// <summary>One grade in one area. Denominator of every share: incidents needing attendance, by first grade; never attended counts as late.</summary>
public sealed record GradeResult
{
    /// <summary>The grade's code.</summary>
    public required string Grade { get; init; }

    /// <summary>Incidents needing attendance, a day.</summary>
    public required Estimate IncidentsPerDay { get; init; }

    /// <summary>Resolved by telephone or online, a day; outside every denominator.</summary>
    public required Estimate TelephonePerDay { get; init; }

    /// <summary>Share attended within target, 0–1; null estimate without a target.</summary>
    public required Estimate InTarget { get; init; }

    /// <summary>Response time, minutes.</summary>
    public required Estimate MeanMinutes { get; init; }

    /// <summary>Response time, minutes.</summary>
    public required Estimate MedianMinutes { get; init; }

    /// <summary>Response time, minutes.</summary>
    public required Estimate P90Minutes { get; init; }

    /// <summary>Share over 30 minutes.</summary>
    public required Estimate Over30 { get; init; }

    /// <summary>Share never attended by the end of the drain.</summary>
    public required Estimate NeverAttended { get; init; }

    /// <summary>Share that found no unit free when units were first asked for; null in results of older versions.</summary>
    public Estimate? FoundNoUnit { get; init; }

    /// <summary>Share lost because no unit was free; null where nothing can be lost.</summary>
    public Estimate? Lost { get; init; }

    /// <summary>Minutes from creation until the last unit has left, of incidents cleared in the run.</summary>
    public Estimate? MinutesToClear { get; init; }

    /// <summary>Mean minutes a caller waits, split: controllers, channel, noUnit (no eligible unit free), travel. They add to the mean.</summary>
    public required WaitSplit Wait { get; init; }

    /// <summary>In-target share of each replication, in order; what a paired comparison is made of.</summary>
    public required IReadOnlyList<double?> InTargetByReplication { get; init; }

    /// <summary>Mean response minutes of each replication.</summary>
    public required IReadOnlyList<double?> MeanByReplication { get; init; }

    /// <summary>Wait components of each replication, in the order controllers, channel, noUnit, travel and, where there are inspector areas, inspector.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> WaitByReplication { get; init; }

    /// <summary>Incidents needing attendance in each replication: the weight of its share, so that areas can be put together.</summary>
    public IReadOnlyList<long> IncidentsByReplication { get; init; } = [];

    /// <summary>Incidents attended in each replication: the weight of its mean and of its wait components.</summary>
    public IReadOnlyList<long> AttendedByReplication { get; init; } = [];
}

/// <summary>Where the response time goes, minutes.</summary>
/// <param name="Controllers">With the controllers.</param>
/// <param name="Channel">With the radio channel.</param>
/// <param name="NoUnit">Waiting for a unit.</param>
/// <param name="Travel">On the road.</param>
/// <param name="Inspector">Waiting for a duty inspector's decision; null where there are no inspector areas.</param>
public sealed record WaitSplit(Estimate Controllers, Estimate Channel, Estimate NoUnit, Estimate Travel, Estimate? Inspector = null);

/// <summary>One month of one area and grade, by the day the incident was created.</summary>
public sealed record MonthResult
{
    /// <summary>The month, as 2017-05.</summary>
    public required string Month { get; init; }

    /// <summary>Its counted days; fewer than the calendar's where the window begins or ends in it.</summary>
    public required int Days { get; init; }

    /// <summary>"force", "command-unit" or "borough".</summary>
    public required string Level { get; init; }

    /// <summary>The area's code. A command unit has the boroughs it last had, in every month.</summary>
    public required string Code { get; init; }

    /// <summary>The grade.</summary>
    public required string Grade { get; init; }

    /// <summary>Incidents needing attendance a day.</summary>
    public required Estimate IncidentsPerDay { get; init; }

    /// <summary>Share attended within target, 0–1; null estimate without a target.</summary>
    public required Estimate InTarget { get; init; }

    /// <summary>Response time, minutes.</summary>
    public required Estimate MeanMinutes { get; init; }

    /// <summary>Where it goes.</summary>
    public required WaitSplit Wait { get; init; }

    /// <summary>In-target share of each replication, in order.</summary>
    public required IReadOnlyList<double?> InTargetByReplication { get; init; }

    /// <summary>Mean response minutes of each replication.</summary>
    public required IReadOnlyList<double?> MeanByReplication { get; init; }

    /// <summary>Incidents needing attendance in each replication.</summary>
    public required IReadOnlyList<long> IncidentsByReplication { get; init; }
}

/// <summary>One zone and grade; means over replications.</summary>
public sealed record ZoneResult(string Zone, string Grade, double IncidentsPerDay, double? InTarget, double? MeanMinutes);

/// <summary>One hour of the week and grade, whole force; means over replications.</summary>
/// <param name="Hour">0–167 from Monday 00:00, by the hour the incident was created.</param>
public sealed record HourResult(
    int Hour, string Grade, double IncidentsPerHour, double? InTarget, double? MeanMinutes, double UnassignedMean, double UnitsAvailable, double Utilisation);

/// <summary>The team on duty when the incident was created (by its first attending unit's team).</summary>
public sealed record TeamResult(string Team, string Grade, Estimate IncidentsPerDay, Estimate InTarget, Estimate MeanMinutes);

/// <summary>One despatch group's two stages.</summary>
public sealed record DespatchGroupResult(
    string Code, string Name, Estimate ControllerUtilisation, Estimate ControllerWaitMinutes, Estimate ChannelUtilisation, Estimate ChannelWaitMinutes);

/// <summary>One inspector area.</summary>
public sealed record InspectorAreaResult(string Code, string Name, Estimate Utilisation, Estimate WaitMinutes, Estimate DecisionsPerDay);

/// <summary>Two runs set side by side, replication by replication (schema <c>pathfinder-comparison/1</c>): B minus A.</summary>
public sealed record RunComparison
{
    /// <summary>The name of the format.</summary>
    public const string CurrentSchema = "pathfinder-comparison/1";

    /// <summary>The format of this document.</summary>
    public required string Schema { get; init; }

    /// <summary>Name of the run compared from.</summary>
    public required string A { get; init; }

    /// <summary>Name of the run compared to.</summary>
    public required string B { get; init; }

    /// <summary>Whether both met the same incidents (same seed, demand and replications), so that differences are paired.</summary>
    public required bool Paired { get; init; }

    /// <summary>By area (force, boroughs, and command units that both have) and grade.</summary>
    public required IReadOnlyList<AreaComparison> Areas { get; init; }
}

/// <summary>One area's differences, B minus A.</summary>
public sealed record AreaComparison(string Level, string Code, string Name, IReadOnlyList<GradeComparison> Grades);

/// <summary>One grade's differences, B minus A: shares in 0–1, times in minutes.</summary>
public sealed record GradeComparison(
    string Grade, Estimate InTargetA, Estimate InTargetB, Estimate InTargetDifference, Estimate MeanMinutesDifference, WaitSplit WaitDifference);
