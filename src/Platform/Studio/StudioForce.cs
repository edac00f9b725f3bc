using System.Globalization;
using Pathfinder.Engine.Grouping;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>
/// A pack laid out for the studio: boroughs of the force as units of a graph (in ordinal order of code) with what plans are judged by. One a pack,
/// shared by all requests.
/// </summary>
public sealed class StudioForce
{
    private const double KmPerDegree = 111.195;

    private readonly Dictionary<string, int> _at;
    private readonly List<(Border Border, BoroughBorder Of)> _borders;

    private StudioForce(ForcePack pack, List<Borough> boroughs, StudioForecast? forecast)
    {
        (Pack, Forecast) = (pack, forecast);
        Boroughs = boroughs;
        _at = Enumerable.Range(0, boroughs.Count).ToDictionary(i => boroughs[i].Code, i => i, StringComparer.Ordinal);
        Names = boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
        _borders = [.. pack.Borders.Where(border => _at.ContainsKey(border.A) && _at.ContainsKey(border.B))
            .Select(border => (new Border(_at[border.A], _at[border.B], border.BorderKm), border))];
        var middle = boroughs.Average(borough => borough.Latitude) * Math.PI / 180;
        Columns = new Dictionary<string, double[]>(StringComparer.Ordinal)
        {
            ["residents"] = [.. boroughs.Select(borough => (double)borough.Population)],
            ["area"] = [.. boroughs.Select(borough => borough.AreaKm2)],
            ["x"] = [.. boroughs.Select(borough => borough.Longitude * KmPerDegree * Math.Cos(middle))],
            ["y"] = [.. boroughs.Select(borough => borough.Latitude * KmPerDegree)],
            ["immediate"] = Daily(pack, "I"),
            ["significant"] = Daily(pack, "S"),
            ["crime"] = Crime(pack),
        };
        Columns["calls"] = [.. Columns["immediate"].Zip(Columns["significant"], (a, b) => a + b)];
        Crews = new StudioCrews(this);
        Start = Latest(pack);
    }

    /// <summary>The pack.</summary>
    public ForcePack Pack { get; }

    /// <summary>What simulation forecasts for every possible unit; null while no sweep of this pack is finished.</summary>
    public StudioForecast? Forecast { get; }

    /// <summary>What answers about it are kept by: the same for the same pack and forecast.</summary>
    public string Key => Pack.Sha256 + " " + Forecast?.Key;

    /// <summary>Boroughs of the force in ordinal order of code.</summary>
    public IReadOnlyList<Borough> Boroughs { get; }

    /// <summary>Names by code.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>What is known of each borough, by column, in the order of <see cref="Boroughs"/>.</summary>
    public Dictionary<string, double[]> Columns { get; }

    /// <summary>The crews and officers of groups.</summary>
    public StudioCrews Crews { get; }

    /// <summary>The last organisation that the pack knows of, with sizes that it fits into.</summary>
    public StudioState Start { get; }

    /// <summary>Whether any two boroughs are joined by a crossing only.</summary>
    public bool HasCrossings => _borders.Exists(border => !IsLand(border.Of));

    /// <summary>The land borders, by the codes of their ends.</summary>
    public IReadOnlyList<BoroughBorder> LandBorders => [.. _borders.Where(border => IsLand(border.Of)).Select(border => border.Of)];

    /// <summary>Lays a pack out, or says why the exact method cannot take it, before any memory is spent.</summary>
    public static Outcome<StudioForce> Of(ForcePack pack, StudioForecast? forecast = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var boroughs = pack.Boroughs.Where(borough => borough.InForce).OrderBy(borough => borough.Code, StringComparer.Ordinal).ToList();
        return boroughs.Count switch
        {
            0 => new Problem("The force has no boroughs", Field: "boroughs", Accepted: "at least two"),
            > UnitGraph.MostUnits => new Problem("The exact method cannot take so many areas", Field: "boroughs", Found: $"{boroughs.Count}",
                Accepted: $"at most {UnitGraph.MostUnits}, usually about 32: group a part of the force at a time with pathfinder group"),
            _ => new StudioForce(pack, boroughs, forecast),
        };
    }

    /// <summary>The place of a borough in <see cref="Boroughs"/>.</summary>
    public int PlaceOf(string code) => _at[code];

    /// <summary>Boroughs as a bit mask.</summary>
    public ulong Mask(IEnumerable<string> codes) => codes.Aggregate(0UL, (mask, code) => mask | (1UL << _at[code]));

    /// <summary>Codes of a bit mask, in ordinal order.</summary>
    public IReadOnlyList<string> Codes(ulong mask) => [.. Enumerable.Range(0, Boroughs.Count).Where(i => (mask >> i & 1) != 0).Select(i => Boroughs[i].Code)];

    /// <summary>Names of a bit mask, for a sentence.</summary>
    public string NamesOf(ulong mask) => Words([.. Codes(mask).Select(code => Names[code])]);

    /// <summary>Names in a sentence: "A, B and C".</summary>
    public static string Words(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count < 2 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];
    }

    /// <summary>The graph of the borders in use.</summary>
    public UnitGraph Graph(StudioState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var off = state.Off.Select(Mask).ToHashSet();
        return new UnitGraph(Boroughs.Count, [.. _borders
            .Where(border => (state.Crossings || IsLand(border.Of)) && !off.Contains((1UL << border.Border.A) | (1UL << border.Border.B)))
            .Select(border => border.Border)]);
    }

    private static bool IsLand(BoroughBorder border) => string.Equals(border.Kind, "land", StringComparison.Ordinal);

    private double[] Daily(ForcePack pack, string grade)
    {
        var daily = new double[Boroughs.Count];
        var rank = pack.Demand.Grades.ToList().IndexOf(grade);
        for (var zone = 0; rank >= 0 && zone < pack.Zones.Count; zone++)
        {
            if (_at.TryGetValue(pack.Zones[zone].Borough, out var borough))
            {
                for (var hour = 0; hour < 168; hour++)
                {
                    daily[borough] += pack.Demand.At(rank, zone, hour) / 7.0;
                }
            }
        }

        return daily;
    }

    // The last twelve months that the pack has.
    private double[] Crime(ForcePack pack)
    {
        var crime = new double[Boroughs.Count];
        var from = pack.RecordedCrime.Count == 0 ? DateOnly.MaxValue : pack.RecordedCrime.Max(record => record.Month).AddMonths(-11);
        foreach (var record in pack.RecordedCrime.Where(record => record.Month >= from && _at.ContainsKey(record.Borough)))
        {
            crime[_at[record.Borough]] += record.Offences;
        }

        return crime;
    }

    private StudioState Latest(ForcePack pack)
    {
        var units = pack.CommandUnits
            .Select(unit => new StudioUnit(unit.Code, [.. unit.Members.Where(member => member.To is null && _at.ContainsKey(member.Borough)).Select(member => member.Borough).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
            .Where(unit => unit.Boroughs.Count > 0).OrderBy(unit => unit.Code, StringComparer.Ordinal).ToList();
        var placed = units.SelectMany(unit => unit.Boroughs).ToHashSet(StringComparer.Ordinal);
        units.AddRange(Boroughs.Where(borough => !placed.Contains(borough.Code)).Select(borough => new StudioUnit(borough.Code, [borough.Code])));
        return new StudioState
        {
            Plan = units,
            Min = Math.Min(2, units.Min(unit => unit.Boroughs.Count)),
            Max = Math.Min(Boroughs.Count, Math.Max(4, units.Max(unit => unit.Boroughs.Count))),
            Weights = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["residents"] = 5, ["calls"] = 5, ["compactness"] = 3, ["border"] = 2 },
        };
    }

    /// <summary>A number for a sentence, in the force's language.</summary>
    internal static string Number(FormattableString text) => text.ToString(CultureInfo.GetCultureInfo("en-GB"));
}
