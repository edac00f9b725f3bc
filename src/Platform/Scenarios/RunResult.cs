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

    /// <summary>
    /// What holds inside the run, one after another, each with figures of its own: empty where one organisation holds for all the days
    /// counted and they are not cut. The areas above are then averages over all of it and describe none of them.
    /// </summary>
    public IReadOnlyList<PhaseResult> Phases { get; init; } = [];

    /// <summary>
    /// The same result with the figures of one phase in place of those of all its days, wherever figures are kept by phase: shares and
    /// times of areas. Queue, units, control room, zones and hours stay those of the whole run.
    /// </summary>
    public RunResult During(PhaseResult phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        return this with { Areas = [.. Areas.Select((area, index) => area with { Grades = phase.Areas[index].Grades })] };
    }

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

    /// <summary>Crimes whose case work is not finished, an officer: the work in hand, in minutes of work, not in days open. Null where no case work is kept.</summary>
    public Estimate? CasesPerOfficer { get; init; }

    /// <summary>Crimes that officers take on and keep, an officer a week: attended incidents times the shares of crime and of crimes kept (where a grade has types, as if they were attended in the shares in which they come). Null where none is kept.</summary>
    public Estimate? CrimesKeptPerOfficerWeek { get; init; }

    /// <summary>
    /// The case load: crimes open an officer, by Little's law from those kept a day and the days that one stays open, and what is in hand.
    /// Null where the scenario does not say how long a crime stays open.
    /// </summary>
    public Estimate? CaseLoadPerOfficer { get; init; }

    /// <summary>The most such crimes that one crew of the area held at once.</summary>
    public Estimate? MostCases { get; init; }

    /// <summary>
    /// Incidents unassigned, time average: past the controllers, with nobody there yet and no unit on its way. They wait for the radio channel
    /// or are on it, for a duty inspector, or for a unit that may go.
    /// </summary>
    public required Estimate UnassignedMean { get; init; }

    /// <summary>The longest such queue of a replication.</summary>
    public required Estimate UnassignedMax { get; init; }

    /// <summary>Share of paraded unit time by state (available, travelling, scene, custody, caseWork, guard, briefing, meal); of units whose home is the area.</summary>
    public required IReadOnlyDictionary<string, Estimate> UnitTime { get; init; }

    /// <summary>Share of paraded unit time committed to incidents (travelling, scene, custody, case work); guards and constant watches are not among them.</summary>
    public required Estimate Utilisation { get; init; }

    /// <summary>Units available at once, on average.</summary>
    public required Estimate UnitsAvailable { get; init; }

    /// <summary>Deployments to another borough than the unit's own, a day.</summary>
    public required Estimate CrossBoroughPerDay { get; init; }

    /// <summary>Overtime, hours of crews a day.</summary>
    public required Estimate OvertimeHoursPerDay { get; init; }

    /// <summary>Overtime, hours of officers a day, as if crews of one and of two worked over alike; null in results of older versions.</summary>
    public Estimate? OvertimeOfficerHoursPerDay { get; init; }

    /// <summary>Distance driven between zones, km a day: to incidents, and back to base or home or on patrol. Until engine 3, to incidents alone.</summary>
    public required Estimate KilometresPerDay { get; init; }

    /// <summary>Of it, to incidents; null in results of engines up to 3.</summary>
    public Estimate? KilometresToIncidentsPerDay { get; init; }

    /// <summary>
    /// Values of each replication, in order, by <see cref="AreaQuantity"/>; what paired comparisons and areas put together are made of. Empty in
    /// results of older versions.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double?>> ByReplication { get; init; } = new Dictionary<string, IReadOnlyList<double?>>(StringComparer.Ordinal);
}

/// <summary>Names of the quantities of an area that are kept by replication.</summary>
public static class AreaQuantity
{
    /// <summary>Incidents unassigned, time average.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>Share of paraded unit time committed to incidents.</summary>
    public const string Utilisation = "utilisation";

    /// <summary>Units paraded at once, on average: the weight of the utilisation.</summary>
    public const string Paraded = "paraded";

    /// <summary>Units available at once, on average.</summary>
    public const string Available = "available";

    /// <summary>Deployments to another borough than the unit's own, a day.</summary>
    public const string CrossBorough = "crossBorough";

    /// <summary>Overtime, hours of crews a day.</summary>
    public const string Overtime = "overtime";

    /// <summary>Distance driven, km a day.</summary>
    public const string Kilometres = "kilometres";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Unassigned, Utilisation, Paraded, Available, CrossBorough, Overtime, Kilometres];
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

/// <summary>Days in a row over which one organisation holds, or that a run is cut into to be held against one with a change.</summary>
/// <param name="Name">What holds.</param>
/// <param name="From">The first day.</param>
/// <param name="Days">How many days are counted.</param>
/// <param name="RulesSha256">SHA-256 of what holds, without names of the run: two phases that share it are the same organisation.</param>
/// <param name="Areas">The areas of the result, in the same order. By the day on which an incident was created.</param>
public sealed record PhaseResult(string Name, DateOnly From, int Days, string RulesSha256, IReadOnlyList<PhaseArea> Areas)
{
    /// <summary>The last day.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateOnly To => From.AddDays(Days - 1);
}

/// <summary>One area in one phase. Median, 90th percentile, what the telephone resolves, what found no unit and the time to clear are not kept by phase.</summary>
public sealed record PhaseArea(string Level, string Code, string Name, IReadOnlyList<GradeResult> Grades);

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

    /// <summary>
    /// Phase by phase, where either run has a change inside it: the areas above then average over unlike phases and are nothing to act on.
    /// </summary>
    public IReadOnlyList<PhaseComparison> Phases { get; init; } = [];
}

/// <summary>One phase's differences, B minus A, over the same days of both runs.</summary>
/// <param name="A">What holds then in A; null where A gives no figures for just these days, and every difference is then null.</param>
/// <param name="B">What holds then in B; null where B gives none.</param>
/// <param name="From">The first day.</param>
/// <param name="Days">How many.</param>
/// <param name="Areas">The areas of the comparison.</param>
public sealed record PhaseComparison(string? A, string? B, DateOnly From, int Days, IReadOnlyList<AreaComparison> Areas)
{
    /// <summary>Whether the same organisation holds on both sides, whatever it is called there.</summary>
    public bool IsAlike { get; init; }

    /// <summary>The last day.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateOnly To => From.AddDays(Days - 1);
}

/// <summary>One area's differences, B minus A.</summary>
public sealed record AreaComparison(string Level, string Code, string Name, IReadOnlyList<GradeComparison> Grades)
{
    /// <summary>Differences over all grades by <see cref="AreaQuantity"/>; empty by phase, and in results of older versions.</summary>
    public IReadOnlyDictionary<string, Estimate> Quantities { get; init; } = new Dictionary<string, Estimate>(StringComparer.Ordinal);
}

/// <summary>One grade's differences, B minus A: shares in 0–1, times in minutes.</summary>
public sealed record GradeComparison(
    string Grade, Estimate InTargetA, Estimate InTargetB, Estimate InTargetDifference, Estimate MeanMinutesDifference, WaitSplit WaitDifference);
