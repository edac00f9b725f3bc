namespace Pathfinder.Platform.Forces;

/// <summary>
/// A force as a folder describes it: areas, zones, distances, demand, sites, resources and who commands what when.
/// Immutable once read; everything that can be wrong with one was found by the pack reader before this exists.
/// </summary>
public sealed record ForcePack
{
    /// <summary>Name, licence, attribution, hashes.</summary>
    public required PackManifest Manifest { get; init; }

    /// <summary>SHA-256 of the manifest's bytes, which itself holds the hash of every other file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Boroughs in ordinal order of code, those out of the force included.</summary>
    public required IReadOnlyList<Borough> Boroughs { get; init; }

    /// <summary>Wards of every edition.</summary>
    public required IReadOnlyList<Ward> Wards { get; init; }

    /// <summary>Zones in the order of the matrix.</summary>
    public required IReadOnlyList<Zone> Zones { get; init; }

    /// <summary>Network distance in metres, row-major, from × to, in the order of <see cref="Zones"/>.</summary>
    public required ushort[] DistanceMetres { get; init; }

    /// <summary>Which boroughs touch, over land or by a named crossing.</summary>
    public required IReadOnlyList<BoroughBorder> Borders { get; init; }

    /// <summary>Candidate parade sites.</summary>
    public required IReadOnlyList<ParadeSite> ParadeSites { get; init; }

    /// <summary>Recorded crime by borough, month and category.</summary>
    public required IReadOnlyList<RecordedCrime> RecordedCrime { get; init; }

    /// <summary>Expected incidents.</summary>
    public required DemandSurface Demand { get; init; }

    /// <summary>The same demand as the pack states it: incidents a day by zone and grade, each following a profile.</summary>
    public IReadOnlyList<DemandRate> DemandRates { get; init; } = [];

    /// <summary>Shares of the week's incidents by hour of week (168, summing to 1), by profile name.</summary>
    public IReadOnlyDictionary<string, double[]> DemandProfiles { get; init; } = new Dictionary<string, double[]>(StringComparer.Ordinal);

    /// <summary>Command units with the dates of each membership.</summary>
    public required IReadOnlyList<CommandUnit> CommandUnits { get; init; }

    /// <summary>By function: what it is organised by, when, its posts and who leads it.</summary>
    public required IReadOnlyList<FunctionArrangement> Functions { get; init; }

    /// <summary>Shifts, teams, crews, vehicles, despatch groups.</summary>
    public required PackResources Resources { get; init; }

    /// <summary>Every default a simulation starts from, each with its basis.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>Simplified polygons by layer name ("boroughs", "wards-2018", "wards-2014", "zones"): GeoJSON, UTF-8, feature id in properties.code.</summary>
    public required IReadOnlyDictionary<string, byte[]> Layers { get; init; }

    /// <summary>Distance in metres between two zones by index.</summary>
    public int Metres(int from, int to) => DistanceMetres[(from * Zones.Count) + to];
}

/// <summary>The manifest of a pack: what it is, who may use it, and the hash of every file.</summary>
public sealed record PackManifest(
    string Schema, string Name, string Title, string Force, string Version, string TimeZone,
    IReadOnlyList<PackLicence> Licences, IReadOnlyList<PackFile> Files, string? Description = null);

/// <summary>A licence that covers some files, with the attribution it asks for.</summary>
public sealed record PackLicence(string Name, string? Url, string Attribution, IReadOnlyList<string> Files);

/// <summary>One file of a pack.</summary>
public sealed record PackFile(string Path, string Sha256, long Bytes, string Description);

/// <summary>A borough (local authority district).</summary>
/// <param name="Code">ONS code, E09….</param>
/// <param name="InForce">False for the City of London: drawn, but not commanded.</param>
/// <param name="Density">"inner" or "outer".</param>
public sealed record Borough(
    string Code, string Name, bool InForce, string Density, int Population, double AreaKm2, double Longitude, double Latitude);

/// <summary>A ward in one edition of the boundaries.</summary>
/// <param name="From">First day of the edition.</param>
/// <param name="To">Last day, null while current.</param>
public sealed record Ward(string Code, string Name, string Borough, int Edition, DateOnly From, DateOnly? To, double AreaKm2, int? Population);

/// <summary>A travel and demand cell (in London an MSOA).</summary>
/// <param name="Ward">The ward (newest edition) its population-weighted centroid lies in.</param>
public sealed record Zone(
    string Code, string Name, string Borough, string? Ward, double AreaKm2, int Population, double Longitude, double Latitude);

/// <summary>Two boroughs that touch.</summary>
/// <param name="Kind">"land" or "crossing".</param>
/// <param name="Crossing">The crossing's name.</param>
public sealed record BoroughBorder(string A, string B, string Kind, double BorderKm, string? Crossing);

/// <summary>A site where a team can book on.</summary>
/// <param name="Basis">Why it is listed: the source, and what is not known.</param>
public sealed record ParadeSite(string Code, string Name, string Borough, string Zone, double Longitude, double Latitude, string Basis);

/// <summary>Offences recorded in one borough and month.</summary>
/// <param name="Month">First day of the month.</param>
public sealed record RecordedCrime(string Borough, DateOnly Month, string Category, int Offences);

/// <summary>Expected incidents an hour by zone, grade and hour of week (0 = Monday 00:00 local).</summary>
/// <param name="Grades">Codes, in priority order: I, S, E.</param>
/// <param name="PerHour">[(grade × zones + zone) × 168 + hour].</param>
public sealed record DemandSurface(IReadOnlyList<string> Grades, int Zones, float[] PerHour)
{
    /// <summary>Expected incidents in one hour of the week.</summary>
    public float At(int grade, int zone, int hourOfWeek) => PerHour[((((grade * Zones) + zone) * 168) + hourOfWeek)];
}

/// <summary>Expected incidents of one grade in one zone, averaged over the week.</summary>
/// <param name="PerDay">Incidents a day.</param>
/// <param name="Profile">Name of the profile that spreads them over the hours of the week.</param>
public sealed record DemandRate(string Zone, string Grade, double PerDay, string Profile);

/// <summary>A command unit (BCU, or a single-borough BOCU before) over time.</summary>
/// <param name="Code">Stable code; codes never change meaning.</param>
/// <param name="Kind">"BOCU" or "BCU".</param>
/// <param name="Members">Which boroughs, from when to when.</param>
/// <param name="Officers">Officers of the unit when it was formed; null where not known.</param>
public sealed record CommandUnit(
    string Code, string Name, string Kind, IReadOnlyList<CommandUnitMember> Members, string Basis, int? Officers = null);

/// <summary>A borough in a command unit between two dates.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, null while current.</param>
/// <param name="Planned">The date planned, when it differs or the real one is not known; free text keeps its precision.</param>
/// <param name="Basis">Source of the dates; says so when only the plan is known.</param>
/// <param name="Known">The day from which the programme knew of it; null when it was known from <paramref name="From"/> on.</param>
/// <param name="Imprecise">What is known of the first day where the day itself is not ("planned September 2018"); null where <paramref name="From"/> is the day.</param>
public sealed record CommandUnitMember(
    string Borough, DateOnly From, DateOnly? To, string? Planned, string Basis, DateOnly? Known = null, string? Imprecise = null);

/// <summary>How one function is organised in one command unit between two dates.</summary>
/// <param name="Function">"response", "neighbourhoods", "safeguarding", "investigation" or "headquarters".</param>
/// <param name="OrganisedBy">"borough", "command-unit" or "force".</param>
/// <param name="Posts">Posts by rank; empty where not known.</param>
/// <param name="Lead">Rank of who leads it.</param>
public sealed record FunctionArrangement(
    string CommandUnit, string Function, string OrganisedBy, DateOnly From, DateOnly? To,
    IReadOnlyList<PostCount> Posts, string? Lead, string Basis);

/// <summary>Funded posts of one rank; null count where the number is not known.</summary>
public sealed record PostCount(string Rank, int? Posts);

/// <summary>Shifts, teams, crews, vehicles and despatch groups of the force as it stood before the change.</summary>
public sealed record PackResources(
    IReadOnlyList<PackShift> Shifts, PackTeams Teams, IReadOnlyList<PackCrews> Crews, IReadOnlyList<PackDespatchGroup> DespatchGroups);

/// <summary>A shift of the day.</summary>
public sealed record PackShift(string Code, TimeOnly Start, int Minutes, int BriefingMinutes, int MealMinutes, string Basis);

/// <summary>Teams and their rotation.</summary>
public sealed record PackTeams(IReadOnlyList<string> Names, IReadOnlyList<string> Cycle, DateOnly CycleStart, string Basis);

/// <summary>Crews that book on at one site and shift, and the vehicles they have.</summary>
public sealed record PackCrews(string ParadeSite, string Borough, string Shift, int Crews, int Vehicles, string Basis);

/// <summary>Boroughs sharing controllers and a channel.</summary>
public sealed record PackDespatchGroup(string Code, string Name, IReadOnlyList<string> Boroughs, int Controllers, int Channels, string Basis);

/// <summary>A default with its basis, so that nothing assumed is shown as known.</summary>
/// <param name="Key">Dotted key, e.g. "scene.I.meanMinutes".</param>
/// <param name="Label">What a user calls it.</param>
/// <param name="Status">"sourced", "background" (no source at hand) or "fit" (fitted, weak; barred from the retrodiction).</param>
public sealed record Assumption(
    string Key, string Label, double Value, string Unit, double? Low, double? High, string Status, string Basis);
