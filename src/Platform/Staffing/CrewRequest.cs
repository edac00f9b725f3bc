using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Staffing;

/// <summary>What to work out about crews. Files are CSV with a header; see docs/guides/crews.md.</summary>
public sealed record CrewRequest
{
    /// <summary>Demand: columns unit, grade, hour (0–167, or 0–23 for every day alike), per_hour.</summary>
    public required string DemandFile { get; init; }

    /// <summary>Shifts: columns shift, start (HH:mm), minutes and optionally briefing_minutes, meal_minutes.</summary>
    public required string ShiftsFile { get; init; }

    /// <summary>Journeys: columns unit, grade, minutes, weight; null where units arrive at once.</summary>
    public string? TravelFile { get; init; }

    /// <summary>Minutes that an incident holds each of its units beside the journey, such as "I=80", in order of priority.</summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>Units that an incident needs, such as "I=1.7"; 1 where it is not given.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Targets, such as "I=15:0.9": minutes and share. A grade without one only takes up crews.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Crews of each unit that are on guards and watches at any time.</summary>
    public double Guards { get; init; }

    /// <summary>Teams that rotate.</summary>
    public int Teams { get; init; } = 5;

    /// <summary>What a team does on each day of its cycle: names of shifts, or off.</summary>
    public string Cycle { get; init; } = "early early late late night night off off off off";

    /// <summary>Share of rostered hours lost.</summary>
    public double Absence { get; init; } = 0.32;

    /// <summary>Share of crews with two officers.</summary>
    public double DoubleCrewed { get; init; } = 0.9;

    /// <summary>Borders between units, to group them: columns a, b and optionally kind.</summary>
    public string? GraphFile { get; init; }

    /// <summary>Kinds of border in use; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Fewest groups; null for one.</summary>
    public int? MinGroups { get; init; }

    /// <summary>Most groups; null for every unit by itself.</summary>
    public int? MaxGroups { get; init; }

    /// <summary>Fewest units in a group.</summary>
    public int MinSize { get; init; } = 1;

    /// <summary>Most units in a group; null for as many as the exact method takes.</summary>
    public int? MaxSize { get; init; }
}

/// <summary>What crews are needed (schema <c>pathfinder-crews/1</c>).</summary>
public sealed record CrewResult
{
    /// <summary>The format.</summary>
    [JsonPropertyName("schema")] public string Schema { get; init; } = "pathfinder-crews/1";

    /// <summary>Each unit by itself, in ordinal order.</summary>
    public required IReadOnlyList<CrewAnswer> Units { get; init; }

    /// <summary>The grouping that takes fewest officers, for each number of groups; empty without a graph.</summary>
    public IReadOnlyList<CrewTotal> Totals { get; init; } = [];
}

/// <summary>The crews of a unit or group.</summary>
/// <param name="Units">The units in it.</param>
/// <param name="Required">Crews needed by hour of the week, guards included.</param>
/// <param name="Shifts">Crews on each shift of each day (0 = Monday).</param>
/// <param name="CrewShiftsAWeek">Crew-shifts in the week, the fewest that cover every hour.</param>
/// <param name="OptimumStrength">Officers that the largest shift should parade with.</param>
/// <param name="MinimumStrength">Fewest officers it may parade with: the first grade still meets its target.</param>
/// <param name="TeamStrength">People held in one team.</param>
/// <param name="Officers">All teams together.</param>
/// <param name="OfficersIfSteered">What no roster can do with fewer than.</param>
/// <param name="Grades">What each grade reaches.</param>
public sealed record CrewAnswer(
    IReadOnlyList<string> Units, IReadOnlyList<int> Required, IReadOnlyList<CrewShiftAnswer> Shifts, int CrewShiftsAWeek,
    int OptimumStrength, int MinimumStrength, int TeamStrength, int Officers, int OfficersIfSteered, IReadOnlyList<CrewGradeAnswer> Grades);

/// <summary>Crews on one shift of one day of the week.</summary>
public sealed record CrewShiftAnswer(int Day, string Shift, int Crews);

/// <summary>What a grade reaches with the crews found.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Target">The share asked for; null for a grade without a target.</param>
/// <param name="Reachable">The share whose journey alone is short enough.</param>
/// <param name="Reached">The share in target by the formula.</param>
public sealed record CrewGradeAnswer(string Grade, double? Target, double? Reachable, double? Reached);

/// <summary>The least officers for one number of groups.</summary>
/// <param name="Groups">The number of groups.</param>
/// <param name="Officers">The least total of officers.</param>
/// <param name="MaxSize">The largest group that was allowed.</param>
/// <param name="Plans">Plans compared, exactly.</param>
/// <param name="Ties">How many take as few.</param>
/// <param name="Plan">One of them.</param>
public sealed record CrewTotal(int Groups, int Officers, int MaxSize, string Plans, string Ties, IReadOnlyList<IReadOnlyList<string>> Plan);
