using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// Everything one simulation needs, by name, in one JSON document (schema <c>pathfinder-scenario/1</c>): the same file
/// gives the same bytes of result for the same seed. Times are local to the force; hour of week 0 is Monday 00:00.
/// Units are in the field names.
/// </summary>
public sealed record ScenarioFile
{
    /// <summary>The name of the format; must equal <see cref="CurrentSchema"/>.</summary>
    public const string CurrentSchema = "pathfinder-scenario/1";

    /// <summary>The format of this file.</summary>
    [JsonPropertyName("schema")] public required string Schema { get; init; }

    /// <summary>A short name, shown above results.</summary>
    public required string Name { get; init; }

    /// <summary>What the scenario is meant to show.</summary>
    public string? Description { get; init; }

    /// <summary>The first simulated day; its weekday fixes the hour of week.</summary>
    public DateOnly Start { get; init; } = new(2017, 1, 2);

    /// <summary>Days that are counted, after the warm-up.</summary>
    [Bounds(1, 20_000)]
    public int Days { get; init; } = 28;

    /// <summary>Days simulated before counting starts.</summary>
    [Bounds(0, 2_000)]
    public int WarmUpDays { get; init; } = 7;

    /// <summary>Boroughs of the force, in the order of every result.</summary>
    public required IReadOnlyList<ScenarioBorough> Boroughs { get; init; }

    /// <summary>Travel and demand cells, in the order of the matrix.</summary>
    public required IReadOnlyList<ScenarioZone> Zones { get; init; }

    /// <summary>How long it takes to get from one zone to another.</summary>
    public required ScenarioTravel Travel { get; init; }

    /// <summary>How many incidents come, where and when.</summary>
    public required ScenarioDemand Demand { get; init; }

    /// <summary>What an incident of each grade asks for, and its charter target.</summary>
    public required IReadOnlyList<ScenarioGrade> Grades { get; init; }

    /// <summary>Grades that ask for something else in some boroughs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScenarioGradesIn>? GradesIn { get; init; }

    /// <summary>Which boroughs respond as one.</summary>
    public required IReadOnlyList<ScenarioCommandUnit> CommandUnits { get; init; }

    /// <summary>Which boroughs share controllers and a radio channel.</summary>
    public required IReadOnlyList<ScenarioDespatchGroup> DespatchGroups { get; init; }

    /// <summary>When teams work.</summary>
    public required IReadOnlyList<ScenarioShift> Shifts { get; init; }

    /// <summary>The rotation of teams over shifts; without it each shift has one team of its own.</summary>
    public ScenarioTeams? Teams { get; init; }

    /// <summary>Where teams book on.</summary>
    public required IReadOnlyList<ScenarioParadeSite> ParadeSites { get; init; }

    /// <summary>Crews by parade site and shift.</summary>
    public required IReadOnlyList<ScenarioCrews> Crews { get; init; }

    /// <summary>Who may be sent where.</summary>
    public ScenarioPolicy Policy { get; init; } = new();

    /// <summary>What happens to units besides incidents.</summary>
    public ScenarioDuties Duties { get; init; } = new();

    /// <summary>Which boroughs share duty inspectors; empty where no decision holds a despatch up.</summary>
    public IReadOnlyList<ScenarioInspectorArea> InspectorAreas { get; init; } = [];

    /// <summary>Days and hours out of the ordinary: a carnival, a match, New Year's Eve, aid sent elsewhere.</summary>
    public IReadOnlyList<ScenarioEvent> Events { get; init; } = [];

    /// <summary>Changes of organisation inside the run, in order of date: before, transition, after, an adaptation.</summary>
    public IReadOnlyList<ScenarioPhase> Phases { get; init; } = [];

    /// <summary>What holds until the first phase, in words; the scenario's name where it is not said.</summary>
    public string? Begins { get; init; }

    /// <summary>
    /// Days from which figures are given apart from those before, besides the days on which a phase begins: so that a run without a change
    /// can be held against one with it over the same days. Nothing else changes on them.
    /// </summary>
    public IReadOnlyList<DateOnly> SplitOn { get; init; } = [];
}

/// <summary>
/// From a day on, what it names holds instead of what held before; what it does not name goes on. Crews parade in the new
/// numbers from their next shift; everything else changes at midnight.
/// </summary>
public sealed record ScenarioPhase
{
    /// <summary>What is changed, in words.</summary>
    public required string Name { get; init; }

    /// <summary>The first day on which it holds.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Multiplies every rate instead of the multiplier of before.</summary>
    [Bounds(0, 1000)]
    public double? DemandMultiplier { get; init; }

    /// <summary>How fast units travel; distances stay.</summary>
    public ScenarioPhaseTravel? Travel { get; init; }

    /// <summary>The grades, in the same order and with the same codes.</summary>
    public IReadOnlyList<ScenarioGrade>? Grades { get; init; }

    /// <summary>All grades that ask for something else in some boroughs from then on; empty for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScenarioGradesIn>? GradesIn { get; init; }

    /// <summary>Which boroughs respond as one.</summary>
    public IReadOnlyList<ScenarioCommandUnit>? CommandUnits { get; init; }

    /// <summary>Which boroughs share controllers and a radio channel.</summary>
    public IReadOnlyList<ScenarioDespatchGroup>? DespatchGroups { get; init; }

    /// <summary>Which boroughs share duty inspectors.</summary>
    public IReadOnlyList<ScenarioInspectorArea>? InspectorAreas { get; init; }

    /// <summary>All crews there are from then on.</summary>
    public IReadOnlyList<ScenarioCrews>? Crews { get; init; }

    /// <summary>Who may be sent where.</summary>
    public ScenarioPolicy? Policy { get; init; }

    /// <summary>What happens to units besides incidents.</summary>
    public ScenarioDuties? Duties { get; init; }
}

/// <summary>A borough.</summary>
/// <param name="Code">ONS code or another stable code.</param>
/// <param name="Name">Its name.</param>
public sealed record ScenarioBorough(string Code, string Name);

/// <summary>A travel and demand cell.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="Borough">The borough it lies in.</param>
/// <param name="AreaKm2">Its area, which sets the distance travelled inside it.</param>
/// <param name="Density">Names the row of each grade's slopes: "inner", "outer" or any name used there.</param>
public sealed record ScenarioZone(string Code, string Borough, [property: Bounds(0, 1e6)] double AreaKm2, string Density = "inner");

/// <summary>Distances and speeds: seconds = (intercept + metres x slope(grade, density) x hour factor) x exp(sigma Z).</summary>
public sealed record ScenarioTravel
{
    /// <summary>Distances in metres, row = from, column = to, in the order of the zones. Exactly one of this and <see cref="Matrix"/>.</summary>
    [Bounds(0, 1e7)]
    public IReadOnlyList<IReadOnlyList<double>>? Metres { get; init; }

    /// <summary>A matrix kept in a file of its own.</summary>
    public ScenarioContent? Matrix { get; init; }

    /// <summary>One profile a grade; a grade without one travels as the first.</summary>
    public required IReadOnlyList<ScenarioTravelProfile> Profiles { get; init; }

    /// <summary>Spread of the travel time of one journey (sd of its logarithm).</summary>
    [Bounds(0, 3)]
    public double Sigma { get; init; }
}

/// <summary>Travel that holds from a phase on; the distances are those of the scenario.</summary>
public sealed record ScenarioPhaseTravel
{
    /// <summary>One profile a grade; a grade without one travels as the first.</summary>
    public required IReadOnlyList<ScenarioTravelProfile> Profiles { get; init; }

    /// <summary>Spread of the travel time of one journey (sd of its logarithm).</summary>
    [Bounds(0, 3)]
    public double Sigma { get; init; }
}

/// <summary>How fast one grade travels.</summary>
/// <param name="Grade">The grade's code.</param>
/// <param name="InterceptSeconds">Time of every journey before it moves (turn-out).</param>
/// <param name="SecondsPerKm">Slope by density name.</param>
/// <param name="HourFactors">Multipliers of the slope: 24 by hour of day, or 168 by hour of week; null for none.</param>
public sealed record ScenarioTravelProfile(
    string Grade, [property: Bounds(0, 86400)] double InterceptSeconds, [property: Bounds(0, 36000)] IReadOnlyDictionary<string, double> SecondsPerKm, [property: Bounds(0, 100)] IReadOnlyList<double>? HourFactors = null);

/// <summary>Content kept beside the scenario: a file named relative to it, or content of an installed pack, held by its hash.</summary>
/// <param name="File">A path relative to the scenario file.</param>
/// <param name="Pack">The name of an installed force pack, instead of a file ("london": its matrix or demand).</param>
/// <param name="Sha256">The content's SHA-256 in lower-case hex; checked when given.</param>
/// <param name="Log">The name of an imported log of incidents, instead of a file.</param>
public sealed record ScenarioContent(string? File = null, string? Pack = null, string? Sha256 = null, string? Log = null);

/// <summary>What comes. Exactly one of <see cref="Rates"/>, <see cref="Surface"/> and <see cref="Incidents"/>.</summary>
public sealed record ScenarioDemand
{
    /// <summary>Rates written out.</summary>
    public IReadOnlyList<ScenarioRate>? Rates { get; init; }

    /// <summary>A demand surface kept in a file: CSV with columns zone, grade, h0..h167 (incidents an hour).</summary>
    public ScenarioContent? Surface { get; init; }

    /// <summary>
    /// The incidents of a log, replayed instead of drawn: CSV with columns created (local date and time), zone, grade and,
    /// where the log says so, units (how many were needed) and sceneMinutes (how long each was engaged).
    /// </summary>
    public ScenarioContent? Incidents { get; init; }

    /// <summary>Whether incidents of a log in zones that the scenario has not are left out; otherwise they are a fault.</summary>
    public bool SkipOtherZones { get; init; }

    /// <summary>Multiplies every rate; a log is replayed as it is.</summary>
    [Bounds(0, 1000)]
    public double Multiplier { get; init; } = 1;
}

/// <summary>The rate of one grade in one zone.</summary>
/// <param name="Zone">The zone's code.</param>
/// <param name="Grade">The grade's code.</param>
/// <param name="PerHour">One value for all hours, or 168 by hour of week from Monday 00:00.</param>
public sealed record ScenarioRate(string Zone, string Grade, [property: Bounds(0, 1e6)] IReadOnlyList<double> PerHour);

/// <summary>What one grade of incident asks for.</summary>
public sealed record ScenarioGrade
{
    /// <summary>Its code: I, S or E, or any in a textbook queue. Order in the file is priority, first served first.</summary>
    public required string Code { get; init; }

    /// <summary>Its charter target; null where there is none.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    public double? TargetMinutes { get; init; }

    /// <summary>The share that should be in target.</summary>
    [Bounds(0, 1)]
    public double? TargetShare { get; init; }

    /// <summary>Time on scene.</summary>
    public required ScenarioDuration Scene { get; init; }

    /// <summary>Probability of needing 1, 2, 3… units; the response clock stops at the first.</summary>
    public IReadOnlyList<double> UnitsNeeded { get; init; } = [1];

    /// <summary>Probability that the first unit makes an arrest and goes to custody.</summary>
    [Bounds(0, 1)]
    public double ArrestProbability { get; init; }

    /// <summary>How long custody keeps that unit.</summary>
    public ScenarioDuration? Custody { get; init; }

    /// <summary>Share resolved by telephone or online without attendance.</summary>
    [Bounds(0, 1)]
    public double TelephoneShare { get; init; }

    /// <summary>Share of those passed back to an officer after all; they attend, late by <see cref="PassBackAfterMinutes"/>.</summary>
    [Bounds(0, 1)]
    public double PassBackShare { get; init; }

    /// <summary>Minutes after which a passed-back incident joins the queue; its response clock starts there.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    public double PassBackAfterMinutes { get; init; } = 60;

    /// <summary>Share of attended incidents that are crimes.</summary>
    [Bounds(0, 1)]
    public double CrimeShare { get; init; }

    /// <summary>Share of those crimes whose case work the attending unit keeps (end-to-end ownership).</summary>
    [Bounds(0, 1)]
    public double EndToEndShare { get; init; }

    /// <summary>Case work on a crime kept.</summary>
    public ScenarioDuration? CaseWork { get; init; }

    /// <summary>Whether it may take a unit that is travelling to a lower grade, doing case work, or at a scene that is interruptible.</summary>
    public bool PreEmpts { get; init; }

    /// <summary>Whether its scenes may be interrupted by a grade that pre-empts; another unit resumes what is left.</summary>
    public bool Interruptible { get; init; }

    /// <summary>What happens where no unit is free: "wait", or "lost" (the incident goes away, and counts as not attended).</summary>
    public string WhenNoneFree { get; init; } = "wait";

    /// <summary>Share that is attended in any case because somebody is vulnerable, whatever <see cref="TelephoneShare"/>.</summary>
    [Bounds(0, 1)]
    public double VulnerableShare { get; init; }

    /// <summary>Share for which a duty inspector must decide before a unit is sent.</summary>
    [Bounds(0, 1)]
    public double DecisionShare { get; init; }

    /// <summary>Chance that a single-crewed first unit needs a second.</summary>
    [Bounds(0, 1)]
    public double SupportShare { get; init; }

    /// <summary>Types of its incidents, each drawn with its share; what a type does not say is the grade's. Types and shares hold for the whole run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScenarioIncidentType>? Types { get; init; }
}

/// <summary>A distribution of time.</summary>
/// <param name="Kind">"deterministic", "exponential", "lognormal" (mean and logSigma) or "hyperexponential" (mean and squaredVariation).</param>
/// <param name="MeanMinutes">The mean.</param>
/// <param name="LogSigma">sd of the logarithm, for lognormal only.</param>
/// <param name="SquaredVariation">Squared coefficient of variation, 1 or more, for hyperexponential only.</param>
public sealed record ScenarioDuration(string Kind, [property: Bounds(0, BoundsAttribute.LongestMinutes)] double MeanMinutes, [property: Bounds(0, 5)] double LogSigma = 0, [property: Bounds(0, 1000)] double SquaredVariation = 0);

/// <summary>Boroughs that respond as one unit.</summary>
/// <param name="Code">Its code, e.g. EA.</param>
/// <param name="Name">Its name.</param>
/// <param name="Boroughs">Its boroughs; every borough in exactly one unit.</param>
public sealed record ScenarioCommandUnit(string Code, string Name, IReadOnlyList<string> Boroughs);

/// <summary>Boroughs that share controllers and one radio channel: two stages that an incident passes before despatch.</summary>
public sealed record ScenarioDespatchGroup
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its boroughs; every borough in exactly one group.</summary>
    public required IReadOnlyList<string> Boroughs { get; init; }

    /// <summary>Controllers on duty; 0 means that this stage takes no time.</summary>
    [Bounds(0, 1000)]
    public int Controllers { get; init; }

    /// <summary>Handling time by grade.</summary>
    public IReadOnlyDictionary<string, ScenarioDuration>? Handling { get; init; }

    /// <summary>Radio channels, each a single server; 0 means that this stage takes no time.</summary>
    [Bounds(0, 1000)]
    public int Channels { get; init; }

    /// <summary>Air time of one despatch (all messages of an incident before its first unit is on its way).</summary>
    public ScenarioDuration? DespatchAirTime { get; init; }

    /// <summary>Air time of the status messages of one deployed unit (arrival, clear); it loads the channel and delays nobody's own incident.</summary>
    public ScenarioDuration? StatusAirTime { get; init; }
}

/// <summary>Boroughs that share duty inspectors, who decide one incident after another: a third stage, after the channel.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Boroughs">Its boroughs; every borough in exactly one area.</param>
/// <param name="Inspectors">On duty at any time; 0 means that deciding takes no time.</param>
/// <param name="Decision">Time of one decision.</param>
public sealed record ScenarioInspectorArea(string Code, string Name, IReadOnlyList<string> Boroughs, [property: Bounds(0, 1000)] int Inspectors, ScenarioDuration Decision);

/// <summary>Hours out of the ordinary.</summary>
public sealed record ScenarioEvent
{
    /// <summary>What it is, in words.</summary>
    public required string Name { get; init; }

    /// <summary>When it begins: a local day and a full hour.</summary>
    public required DateTime From { get; init; }

    /// <summary>How many hours it lasts.</summary>
    [Bounds(1, ScenarioArrivals.MostEventHours)]
    public required int Hours { get; init; }

    /// <summary>The boroughs it touches; empty for all.</summary>
    public IReadOnlyList<string> Boroughs { get; init; } = [];

    /// <summary>Multiplies their rates of incidents.</summary>
    [Bounds(0, 1000)]
    public double DemandMultiplier { get; init; } = 1;

    /// <summary>Incidents an hour that come on top.</summary>
    public IReadOnlyList<ScenarioRate> Extra { get; init; } = [];

    /// <summary>Chance that a crew of theirs that parades while it lasts is sent on aid for the shift.</summary>
    [Bounds(0, 1)]
    public double AidShare { get; init; }
}

/// <summary>A shift of the day.</summary>
/// <param name="Code">early, late, night…</param>
/// <param name="Start">When it parades.</param>
/// <param name="Minutes">Its length; past midnight where it must be.</param>
/// <param name="BriefingMinutes">How long after the start its crews become available.</param>
/// <param name="MealMinutes">Unavailable once in the middle third of the shift, when free; 0 for none.</param>
public sealed record ScenarioShift(string Code, TimeOnly Start, [property: Bounds(1, 1440)] int Minutes, int BriefingMinutes = 0, int MealMinutes = 0);

/// <summary>Which team works which shift on each day of a cycle.</summary>
/// <param name="Names">A, B, C, D, E.</param>
/// <param name="Cycle">One entry a day of the cycle for the first team: a shift code or "off"; team k runs it k x (days / teams) days later.</param>
/// <param name="CycleStart">The day on which the first team stands at the first entry.</param>
public sealed record ScenarioTeams(IReadOnlyList<string> Names, IReadOnlyList<string> Cycle, DateOnly CycleStart);

/// <summary>Where crews book on.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Zone">The zone it stands in.</param>
/// <param name="Vehicles">Vehicles that the crews of all its shifts share: a crew without one waits until one comes back. Null for no bound.</param>
public sealed record ScenarioParadeSite(string Code, string Name, string Zone, [property: Bounds(0, 1_000_000)] int? Vehicles = null);

/// <summary>The crews of one borough and shift that book on at one site.</summary>
/// <param name="ParadeSite">Where they book on.</param>
/// <param name="Borough">Their home borough.</param>
/// <param name="Shift">The shift's code.</param>
/// <param name="Crews">Crewed units planned to parade.</param>
/// <param name="Vehicles">Vehicles at the site; a crew without one does not deploy. Null for no bound.</param>
/// <param name="AbsenceShare">Chance that a planned crew is not there; drawn by borough, team, shift and seat.</param>
/// <param name="AbstractionShare">Chance that a crew that is there works outside its role for the shift; drawn likewise.</param>
/// <param name="DoubleCrewedShare">Chance that a crew has two officers rather than one; drawn likewise.</param>
/// <param name="PatrolZones">Zones it patrols under whenFree "patrol"; null for all of its borough.</param>
public sealed record ScenarioCrews(
    string ParadeSite, string Borough, string Shift, [property: Bounds(0, 5000)] int Crews, [property: Bounds(0, 1_000_000)] int? Vehicles = null, [property: Bounds(0, 1)] double AbsenceShare = 0,
    [property: Bounds(0, 1)] double AbstractionShare = 0, [property: Bounds(0, 1)] double DoubleCrewedShare = 1, IReadOnlyList<string>? PatrolZones = null);

/// <summary>Who may be sent where.</summary>
public sealed record ScenarioPolicy
{
    /// <summary>"borough", "command-unit", "borough-then-command-unit" or "force-wide".</summary>
    public string Mode { get; init; } = "command-unit";

    /// <summary>In "borough-then-command-unit": minutes an incident of each grade waits for its own borough before the whole unit is asked; by grade code.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    public IReadOnlyDictionary<string, double>? WidenAfterMinutes { get; init; }

    /// <summary>Where a free unit goes: "stay", "base" (its parade site), "home" (the nearest zone of its home borough) or "patrol".</summary>
    public string WhenFree { get; init; } = "base";

    /// <summary>Under "patrol": minutes in one zone before the next is chosen; 0 for until sent.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    public double PatrolMinutes { get; init; }

    /// <summary>Minutes an incident of each grade waits before any unit of the force is asked; by grade code, a grade not named never asks.</summary>
    [Bounds(0, BoundsAttribute.LongestMinutes)]
    public IReadOnlyDictionary<string, double>? ForceAfterMinutes { get; init; }

    /// <summary>Free units that a borough keeps for itself before it lends one to another, by the grade of the incident.</summary>
    [Bounds(0, 10_000)]
    public IReadOnlyDictionary<string, int>? KeepFree { get; init; }

    /// <summary>At the start of a shift: "available" at the parade site, or "travel-first" to where a free unit goes.</summary>
    public string StartOfShift { get; init; } = "available";

    /// <summary>
    /// Which of the waiting incidents of a grade comes first: "age" (the oldest; so where it is not given), or "first-unit-first" (those that have
    /// no unit yet before those that need another, each by age).
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Queue { get; init; }

    /// <summary>
    /// Parade sites whose crews are asked in turn, by zone, instead of the nearest unit; sites not named never go. Holds for the
    /// whole run.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? BackUpOrder { get; init; }
}

/// <summary>What keeps units from incidents.</summary>
/// <param name="GuardUnitsPerShift">Units taken by guards and constant watches, per command unit code, all day.</param>
/// <param name="CaseOpenDays">
/// Days that a crime which an officer keeps stays open beside the work on it (waiting for statements, results, a decision); null where it is not known, and
/// the case load is then not reckoned. Changes no journey: only the count of open crimes.
/// </param>
public sealed record ScenarioDuties([property: Bounds(0, 10_000)] IReadOnlyDictionary<string, int>? GuardUnitsPerShift = null, [property: Bounds(0, 2_000)] double? CaseOpenDays = null);
