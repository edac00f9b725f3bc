using System.Globalization;
using System.Text;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>A unit of a plan.</summary>
/// <param name="Code">What it is called on the map.</param>
/// <param name="Boroughs">Codes, in ordinal order.</param>
public sealed record StudioUnit(string Code, IReadOnlyList<string> Boroughs)
{
    /// <summary>The longest code that fits a marker on the map.</summary>
    public const int LongestCode = 12;
}

/// <summary>A tie between partners: boroughs whose councils share a service.</summary>
/// <param name="Boroughs">Codes, in ordinal order.</param>
/// <param name="Weight">How much it matters that they stay together.</param>
public sealed record StudioTie(IReadOnlyList<string> Boroughs, double Weight);

/// <summary>
/// What somebody has on the desk. Reads and writes itself as the query of an address: <c>plan=CN:E09000007.E09000019_…</c>, sets of boroughs
/// joined by full stops, several sets by underscores.
/// </summary>
public sealed record StudioState
{
    /// <summary>The plan.</summary>
    public required IReadOnlyList<StudioUnit> Plan { get; init; }

    /// <summary>Fewest boroughs in a unit.</summary>
    public int Min { get; init; } = 2;

    /// <summary>Most boroughs in a unit.</summary>
    public int Max { get; init; } = 4;

    /// <summary>Whether boroughs joined only by a crossing may be neighbours.</summary>
    public bool Crossings { get; init; }

    /// <summary>Borders in dispute, taken as if they were not there: two boroughs each.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Off { get; init; } = [];

    /// <summary>Units under a padlock: each stays exactly as it is.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Keep { get; init; } = [];

    /// <summary>Boroughs that must share a unit, with or without others.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Join { get; init; } = [];

    /// <summary>Boroughs no two of which may share a unit.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Part { get; init; } = [];

    /// <summary>Sets that may not be a unit.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Forbid { get; init; } = [];

    /// <summary>Partner ties.</summary>
    public IReadOnlyList<StudioTie> Ties { get; init; } = [];

    /// <summary>The criterion the headline judges by; a key of <see cref="StudioCriteria"/> or "overall".</summary>
    public string By { get; init; } = "residents";

    /// <summary>Weights of the overall score by criterion, 0 to 10; one that is not there is 0.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A plan held beside this one, to be compared with.</summary>
    public IReadOnlyList<StudioUnit> Beside { get; init; } = [];

    /// <summary>The largest weight a slider gives.</summary>
    public const int MostWeight = 10;

    /// <summary>The query of the address, without a question mark; the same state always reads the same.</summary>
    public string ToQuery()
    {
        var query = new StringBuilder("plan=").Append(Write(Plan));
        query.Append(CultureInfo.InvariantCulture, $"&min={Min}&max={Max}");
        Append(query, "crossings", Crossings ? "on" : "");
        Append(query, "off", Write(Off));
        Append(query, "keep", Write(Keep));
        Append(query, "join", Write(Join));
        Append(query, "part", Write(Part));
        Append(query, "forbid", Write(Forbid));
        Append(query, "ties", string.Join('_', Ties.Select(tie => string.Join('.', tie.Boroughs) + (tie.Weight.Equals(1) ? "" : "*" + tie.Weight.ToString("R", CultureInfo.InvariantCulture)))));
        query.Append("&by=").Append(By);
        foreach (var (key, weight) in Weights.Where(pair => pair.Value != 0).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            query.Append(CultureInfo.InvariantCulture, $"&w-{key}={weight}");
        }

        Append(query, "beside", Write(Beside));
        return query.ToString();
    }

    /// <summary>A plan as it stands in an address.</summary>
    public static string Write(IEnumerable<StudioUnit> plan) => string.Join('_', plan.Select(unit => unit.Code + ":" + string.Join('.', unit.Boroughs)));

    private static string Write(IEnumerable<IReadOnlyList<string>> sets) => string.Join('_', sets.Select(set => string.Join('.', set)));

    private static void Append(StringBuilder query, string name, string value)
    {
        if (value.Length > 0)
        {
            query.Append('&').Append(name).Append('=').Append(value);
        }
    }

    /// <summary>
    /// Reads a state. Whatever the query leaves out is taken from <paramref name="start"/>; boroughs that a form names with <c>b-CODE=UNIT</c> are
    /// moved there, and <c>lock</c> lists the units under a padlock. Every fault is a problem.
    /// </summary>
    /// <param name="query">Values by name, each as often as it was given.</param>
    /// <param name="start">What is on the desk before.</param>
    /// <param name="boroughs">Codes of the force's boroughs with their names.</param>
    public static Outcome<StudioState> Read(ILookup<string, string> query, StudioState start, IReadOnlyDictionary<string, string> boroughs)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(boroughs);
        var reader = new StateReader(query, boroughs);
        var before = reader.Plan("plan") ?? start.Plan;
        var plan = reader.Moved(before);
        var state = start with
        {
            Plan = plan,
            Min = reader.Number("min", 1, boroughs.Count) ?? start.Min,
            Max = reader.Number("max", 1, boroughs.Count) ?? start.Max,
            Crossings = query.Contains("crossings") ? query["crossings"].Contains("on", StringComparer.Ordinal) : start.Crossings,
            Off = reader.Sets("off") ?? start.Off,
            Keep = reader.Keep(before) ?? start.Keep,
            Join = reader.Sets("join") ?? start.Join,
            Part = reader.Sets("part") ?? start.Part,
            Forbid = reader.Sets("forbid") ?? start.Forbid,
            Ties = reader.Ties() ?? start.Ties,
            By = reader.By() ?? start.By,
            Weights = reader.Weights(start.Weights),
            Beside = reader.Plan("beside") ?? start.Beside,
        };
        reader.Check(state);
        return reader.Problems.Count > 0 ? reader.Problems : state;
    }
}
