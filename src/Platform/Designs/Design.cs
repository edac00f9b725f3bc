using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Designs;

/// <summary>
/// How the force could be organised: a dated grouping of boroughs into command units for each function, with despatch
/// groups, parade sites, crews, policy and shares. Governed: every save is a version.
/// </summary>
public sealed record Design
{
    /// <summary>A short name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for: the question it is drawn to answer.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Name of the force pack.</summary>
    public required string Force { get; init; }

    /// <summary>Hash of the pack it was drawn on.</summary>
    public required string PackSha256 { get; init; }

    /// <summary>The date whose organisation it starts from, and on which it would hold.</summary>
    public required DateOnly Dated { get; init; }

    /// <summary>One grouping a function: response, neighbourhoods, safeguarding, investigation, headquarters.</summary>
    public required IReadOnlyList<FunctionGrouping> Functions { get; init; }

    /// <summary>Boroughs sharing controllers and a channel.</summary>
    public required IReadOnlyList<DesignDespatchGroup> DespatchGroups { get; init; }

    /// <summary>Crews and vehicles by parade site and shift.</summary>
    public required IReadOnlyList<DesignCrews> Crews { get; init; }

    /// <summary>
    /// Vehicles that all shifts of a parade site share, by code of the site: a crew without one waits until one comes back. They bound the site's
    /// crews instead of the vehicles of their lines; a site that is not named has vehicles by shift.
    /// </summary>
    public IReadOnlyDictionary<string, int> SharedVehicles { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Who may be sent where.</summary>
    public required DesignPolicy Policy { get; init; }

    /// <summary>Key of the design it was copied from; null when it was started from the force.</summary>
    public string? CopiedFrom { get; init; }

    /// <summary>
    /// Assumptions changed from the pack's default, by key; a key of one borough (<see cref="Forces.AssumptionKeys.In"/>) holds there instead of the
    /// whole force's.
    /// </summary>
    [JsonConverter(typeof(ChangedValues))]
    public IReadOnlyDictionary<string, double> Changed { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>
    /// Whether its assumptions of travel are its own: they come with it on the day on which it takes over inside a run, and are not assumed of
    /// the designs before and after it or of the force beside it. Otherwise one world holds for all of them.
    /// </summary>
    public bool OwnTravel { get; init; }

    /// <summary>Crews of a line that could deploy at once, as far as vehicles go.</summary>
    public int Deployable(DesignCrews line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Math.Min(line.Crews, SharedVehicles.TryGetValue(line.ParadeSite, out var shared) ? shared : line.Vehicles);
    }
}

/// <summary>The functions of a force, and what they are called.</summary>
public static class Functions
{
    /// <summary>Answers immediate and significant incidents; the function that a run simulates.</summary>
    public const string Response = "response";

    /// <summary>Every function in the order of pages, with its name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        (Response, "Response"),
        ("neighbourhoods", "Neighbourhoods"),
        ("safeguarding", "Safeguarding"),
        ("investigation", "Local investigation"),
        ("headquarters", "Headquarters"),
    ];

    /// <summary>What a function is called; its code when it is not one of <see cref="All"/>.</summary>
    public static string Name(string code) => All.FirstOrDefault(function => string.Equals(function.Code, code, StringComparison.Ordinal)).Name ?? code;
}

/// <summary>The grouping of one function.</summary>
public sealed record FunctionGrouping(string Function, IReadOnlyList<DesignUnit> Units);

/// <summary>A command unit of a design.</summary>
public sealed record DesignUnit(string Code, string Name, IReadOnlyList<string> Boroughs);

/// <summary>A despatch group of a design.</summary>
public sealed record DesignDespatchGroup(string Code, string Name, IReadOnlyList<string> Boroughs, int Controllers, int Channels);

/// <summary>Crews of a design.</summary>
public sealed record DesignCrews(string ParadeSite, string Borough, string Shift, int Crews, int Vehicles);

/// <summary>Despatch policy of a design; modes as in a scenario file.</summary>
/// <param name="Mode">One of <see cref="Modes"/>.</param>
/// <param name="WidenAfterMinutesI">Minutes an immediate incident waits for its own borough before the whole unit is asked.</param>
/// <param name="WidenAfterMinutesS">The same for a significant one.</param>
/// <param name="WhenFree">Where a free unit goes; one of <see cref="FreePlaces"/>.</param>
public sealed record DesignPolicy(string Mode, double WidenAfterMinutesI = 5, double WidenAfterMinutesS = 20, string WhenFree = "base")
{
    /// <summary>Under "patrol": minutes in one zone before the next; 0 for until sent.</summary>
    public double PatrolMinutes { get; init; }

    /// <summary>At the start of a shift: "available" at the parade site, or "travel-first" to where a free unit goes.</summary>
    public string StartOfShift { get; init; } = "available";

    /// <summary>Minutes an immediate incident waits before any unit of the force is asked; null for never.</summary>
    public double? ForceAfterMinutesI { get; init; }

    /// <summary>The same for a significant one.</summary>
    public double? ForceAfterMinutesS { get; init; }

    /// <summary>Free units that a borough keeps for itself before it lends one to another's immediate incident.</summary>
    public int KeepFreeI { get; init; }

    /// <summary>The same for a significant one.</summary>
    public int KeepFreeS { get; init; }

    /// <summary>Which boroughs share duty inspectors; one of <see cref="InspectorSpans"/>.</summary>
    public string InspectorSpan { get; init; } = "borough";

    /// <summary>Which of the waiting incidents of a grade comes first; one of <see cref="Queues"/>.</summary>
    public string Queue { get; init; } = "age";

    /// <summary>Every order of waiting incidents, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> Queues { get; } =
    [
        ("age", "The oldest comes first"),
        ("first-unit-first", "Those that have no unit yet come before those that need another"),
    ];

    /// <summary>Every mode, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> Modes { get; } =
    [
        ("borough", "Units of the incident's own borough only"),
        ("command-unit", "Any unit of the command unit"),
        ("borough-then-command-unit", "The incident's own borough first, the whole command unit after a wait"),
        ("force-wide", "Any unit of the force"),
    ];

    /// <summary>Every place for a free unit, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> FreePlaces { get; } =
    [
        ("base", "Back to its parade site"),
        ("stay", "Stays where it cleared"),
        ("home", "Back into its home borough"),
        ("patrol", "Patrols its home borough, zone after zone"),
    ];

    /// <summary>Every start of a shift, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> ShiftStarts { get; } =
    [
        ("available", "Can be sent from its parade site at once"),
        ("travel-first", "Drives to its ground first, and can be sent from there"),
    ];

    /// <summary>Every span of a duty inspector, with what it is called.</summary>
    public static IReadOnlyList<(string Code, string Name)> InspectorSpans { get; } =
    [
        ("borough", "Each borough has its own"),
        ("command-unit", "The boroughs of a command unit share them"),
    ];
}
