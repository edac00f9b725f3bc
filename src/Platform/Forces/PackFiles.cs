namespace Pathfinder.Platform.Forces;

/// <summary>The files of a pack, their columns and the bounds on their size. A CSV may also be gzipped, with <c>.gz</c> after its name.</summary>
public static class PackFiles
{
    /// <summary>The name of the format, as the manifest states it.</summary>
    public const string Schema = "pathfinder-pack/1";

    /// <summary>The manifest.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Boroughs.</summary>
    public const string Boroughs = "boroughs.csv";

    /// <summary>Wards of every edition.</summary>
    public const string Wards = "wards.csv";

    /// <summary>Zones, in the order of the matrix.</summary>
    public const string Zones = "zones.csv";

    /// <summary>Network distances in metres between all zones.</summary>
    public const string Distances = "distances.csv";

    /// <summary>Boroughs that touch.</summary>
    public const string Borders = "borders.csv";

    /// <summary>Candidate parade sites.</summary>
    public const string ParadeSites = "parade-sites.csv";

    /// <summary>Recorded crime.</summary>
    public const string RecordedCrime = "recorded-crime.csv";

    /// <summary>Incidents a day by zone and grade.</summary>
    public const string Demand = "demand.csv";

    /// <summary>Shares of the week by hour.</summary>
    public const string DemandProfiles = "demand-profiles.csv";

    /// <summary>Command units.</summary>
    public const string CommandUnits = "command-units.csv";

    /// <summary>Which borough belonged to which command unit, when.</summary>
    public const string Members = "command-unit-members.csv";

    /// <summary>How each function is organised, when.</summary>
    public const string Functions = "functions.csv";

    /// <summary>Posts by rank.</summary>
    public const string Posts = "posts.csv";

    /// <summary>Shifts of the day.</summary>
    public const string Shifts = "shifts.csv";

    /// <summary>Teams and their rotation.</summary>
    public const string Teams = "teams.csv";

    /// <summary>Crews and vehicles.</summary>
    public const string Crews = "crews.csv";

    /// <summary>Boroughs sharing controllers and a channel.</summary>
    public const string DespatchGroups = "despatch-groups.csv";

    /// <summary>Defaults with their basis.</summary>
    public const string Assumptions = "assumptions.csv";

    /// <summary>Folder of the map layers.</summary>
    public const string Layers = "layers/";

    /// <summary>How the key of an assumption starts that no scenario asks for: what the pack itself was built by.</summary>
    public const string OwnAssumption = "pack.";

    /// <summary>The layer every pack must have, by which zones and sites are placed.</summary>
    public const string BoroughLayer = "boroughs";

    /// <summary>The largest file read, in bytes; also the most that a gzipped one may hold.</summary>
    public const int MaximumBytes = 128 * 1024 * 1024;

    /// <summary>The most rows read of one table.</summary>
    public const int MaximumRows = 500_000;

    /// <summary>The most zones: the matrix grows with their square.</summary>
    public const int MaximumZones = 5_000;

    /// <summary>The most problems named; a count stands for the rest.</summary>
    public const int MaximumProblems = 500;

    /// <summary>Functions of a command unit, in reading order.</summary>
    public static readonly IReadOnlyList<string> FunctionNames = ["response", "neighbourhoods", "safeguarding", "investigation", "headquarters"];

    /// <summary>Every table: file, the columns it must have, those it may have, and what it holds.</summary>
    public static readonly IReadOnlyList<PackTable> Tables =
    [
        new(Boroughs, ["code", "name", "in_force", "density", "population", "area_km2", "longitude", "latitude"], [], "Boroughs; in_force is no for one that is drawn but not commanded"),
        new(Wards, ["code", "name", "borough", "edition", "from", "to", "area_km2"], ["population"], "Wards of every edition of the boundaries; to is empty while current"),
        new(Zones, ["code", "name", "borough", "area_km2", "population", "longitude", "latitude"], ["ward"], "Travel and demand cells with population-weighted centroids"),
        new(Distances, [], [], "Network distance in metres, a row from each zone, a column to each zone"),
        new(Borders, ["a", "b", "kind", "border_km", "crossing"], [], "Boroughs that touch, over land or by a named crossing"),
        new(ParadeSites, ["code", "name", "borough", "zone", "longitude", "latitude", "basis"], [], "Sites where teams can book on"),
        new(RecordedCrime, ["borough", "month", "category", "offences"], [], "Recorded crime by borough, month and category"),
        new(Demand, ["zone", "grade", "per_day", "profile"], [], "Expected incidents a day by zone and grade"),
        new(DemandProfiles, ["profile", .. HourColumns()], [], "Weights of the hours of the week from Monday 00:00, by profile"),
        new(CommandUnits, ["code", "name", "kind", "basis"], ["officers"], "Command units"),
        new(Members, ["unit", "borough", "from", "to", "planned", "basis"], ["known", "imprecise"], "Which borough belongs to which command unit, first and last day"),
        new(Functions, ["unit", "function", "organised_by", "from", "to", "lead", "basis"], [], "What each function is organised by, and who leads it"),
        new(Posts, ["unit", "function", "from", "rank", "posts"], [], "Funded posts by rank; posts is empty where the number is not known"),
        new(Shifts, ["code", "start", "minutes", "briefing_minutes", "meal_minutes", "basis"], [], "Shifts of the day"),
        new(Teams, ["names", "cycle", "cycle_start", "basis"], [], "Teams and their rotation; names and the days of the cycle separated by spaces"),
        new(Crews, ["parade_site", "borough", "shift", "crews", "vehicles", "basis"], [], "Crews that book on at a site for a shift, and their vehicles"),
        new(DespatchGroups, ["code", "name", "boroughs", "controllers", "channels", "basis"], [], "Boroughs sharing controllers and a channel, before the change; codes separated by spaces"),
        new(Assumptions, ["key", "label", "value", "unit", "low", "high", "status", "basis"], [], "Every default of a simulation, with its range and basis"),
    ];

    /// <summary>The table in a file, gzipped or not. Throws <see cref="InvalidOperationException"/> for a name that is no table.</summary>
    public static PackTable Table(string file) => Tables.First(t => t.File == file);

    private static IEnumerable<string> HourColumns() =>
        Enumerable.Range(0, 168).Select(h => "h" + h.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>A table of the format.</summary>
/// <param name="File">Its file.</param>
/// <param name="Required">Columns it must have.</param>
/// <param name="Optional">Columns it may have.</param>
/// <param name="Holds">What it holds, as the manifest says by default.</param>
public sealed record PackTable(string File, IReadOnlyList<string> Required, IReadOnlyList<string> Optional, string Holds);
