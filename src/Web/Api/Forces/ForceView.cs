using System.Security.Cryptography;
using System.Text.Json;
using Pathfinder.Platform.Forces;
using Pathfinder.Web.Components.Charts;

namespace Pathfinder.Web.Api.Forces;

/// <summary>A command unit and its boroughs on one date.</summary>
public sealed record UnitOn(CommandUnit Unit, IReadOnlyList<CommandUnitMember> Members);

/// <summary>A drawn layer of the force with the address that names its content.</summary>
public sealed record GeoLayer(string Name, string Tag, byte[] Content);

/// <summary>
/// A pack, as known on some day, laid out for looking things up: by code, by date, by borough. Shared by all requests; holds nothing
/// the pack does not say.
/// </summary>
public sealed class ForceView
{
    private readonly Dictionary<string, Borough> _boroughs;
    private readonly Dictionary<string, Ward> _wards;
    private readonly Dictionary<string, Zone> _zones;
    private readonly Dictionary<string, CommandUnit> _units;
    private readonly ILookup<string, RecordedCrime> _crime;
    private readonly double[,] _demandByZone;

    /// <summary>Lays a pack out.</summary>
    /// <param name="pack">What is known.</param>
    /// <param name="whole">The pack with everything ever known, from which units take colours that stay the same on every date.</param>
    public ForceView(ForcePack pack, ForcePack whole)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(whole);
        Pack = pack;
        _boroughs = pack.Boroughs.ToDictionary(b => b.Code, StringComparer.Ordinal);
        _wards = pack.Wards.GroupBy(w => w.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(w => w.Edition)!, StringComparer.Ordinal);
        _zones = pack.Zones.ToDictionary(z => z.Code, StringComparer.Ordinal);
        _units = pack.CommandUnits.ToDictionary(u => u.Code, StringComparer.Ordinal);
        _crime = pack.RecordedCrime.ToLookup(c => c.Borough, StringComparer.Ordinal);
        _demandByZone = DailyDemand(pack);
        Layers = pack.Layers.ToDictionary(
            l => l.Key,
            l => new GeoLayer(l.Key, Convert.ToHexStringLower(SHA256.HashData(l.Value))[..16], l.Value),
            StringComparer.Ordinal);
        Bounds = ReadBounds(pack);
        ChangeDates = pack.CommandUnits.SelectMany(u => u.Members)
            .SelectMany(m => m.To is { } to ? new[] { m.From, to.AddDays(1) } : [m.From])
            .Distinct().Order().ToList();
        var merged = whole.CommandUnits.Where(u => string.Equals(u.Kind, "BCU", StringComparison.Ordinal))
            .ToDictionary(u => u.Code, u => (IReadOnlyList<string>)u.Members.Select(m => m.Borough).Distinct(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        UnitColours = Palette.Assign(merged, pack.Borders.Select(b => (b.A, b.B)));
    }

    /// <summary>The pack itself.</summary>
    public ForcePack Pack { get; }

    /// <summary>Days on which the membership of any command unit changes.</summary>
    public IReadOnlyList<DateOnly> ChangeDates { get; }

    /// <summary>Colours of the units of several boroughs; a single-borough command has none.</summary>
    public IReadOnlyDictionary<string, string> UnitColours { get; }

    /// <summary>West, south, east, north of the boroughs.</summary>
    public IReadOnlyList<double> Bounds { get; }

    /// <summary>Layers by name.</summary>
    public IReadOnlyDictionary<string, GeoLayer> Layers { get; }

    /// <summary>Boroughs of the force.</summary>
    public IEnumerable<Borough> BoroughsInForce => Pack.Boroughs.Where(b => b.InForce);

    /// <summary>The address of a layer, which changes with its content, so that it can be kept for good.</summary>
    public string GeoAddress(string layer) => $"/geo/{layer}/{Layers[layer].Tag}.geojson";

    /// <summary>The newest layer of wards, or null.</summary>
    public string? WardLayer => Layers.Keys.Where(k => k.StartsWith("wards", StringComparison.Ordinal)).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>A borough, or null.</summary>
    public Borough? FindBorough(string code) => _boroughs.GetValueOrDefault(code);

    /// <summary>A ward in its newest edition, or null.</summary>
    public Ward? FindWard(string code) => _wards.GetValueOrDefault(code);

    /// <summary>Every edition of a ward code, oldest first.</summary>
    public IReadOnlyList<Ward> ListEditions(string code) =>
        Pack.Wards.Where(w => string.Equals(w.Code, code, StringComparison.Ordinal)).OrderBy(w => w.Edition).ToList();

    /// <summary>A zone, or null.</summary>
    public Zone? FindZone(string code) => _zones.GetValueOrDefault(code);

    /// <summary>A command unit, or null.</summary>
    public CommandUnit? FindUnit(string code) => _units.GetValueOrDefault(code);

    /// <summary>A borough's name, or its code where the pack has no name.</summary>
    public string BoroughName(string code) => FindBorough(code)?.Name ?? code;

    /// <summary>The command units that hold on a date, in ordinal order of code.</summary>
    public IReadOnlyList<UnitOn> UnitsOn(DateOnly date) =>
        Pack.CommandUnits.Select(u => new UnitOn(u, u.Members.Where(m => Holds(m.From, m.To, date)).OrderBy(m => m.Borough, StringComparer.Ordinal).ToList()))
            .Where(u => u.Members.Count > 0)
            .OrderBy(u => u.Unit.Code, StringComparer.Ordinal)
            .ToList();

    /// <summary>The unit that commands a borough on a date with that membership, or null.</summary>
    public (CommandUnit Unit, CommandUnitMember Member)? FindUnitOf(string borough, DateOnly date)
    {
        foreach (var unit in Pack.CommandUnits)
        {
            if (unit.Members.FirstOrDefault(m => string.Equals(m.Borough, borough, StringComparison.Ordinal) && Holds(m.From, m.To, date)) is { } member)
            {
                return (unit, member);
            }
        }

        return null;
    }

    /// <summary>Every unit that ever commanded a borough, oldest first.</summary>
    public IReadOnlyList<(CommandUnit Unit, CommandUnitMember Member)> ListUnitsOf(string borough) =>
        Pack.CommandUnits.SelectMany(u => u.Members.Where(m => string.Equals(m.Borough, borough, StringComparison.Ordinal)).Select(m => (u, m)))
            .OrderBy(p => p.m.From).ThenBy(p => p.u.Code, StringComparer.Ordinal).ToList();

    /// <summary>What is known of the last day of a membership where the day is not: what is known of the first day of the one after it; null where the day is known or it has none.</summary>
    public string? ImpreciseEnd(CommandUnitMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.To is { } to
            ? Pack.CommandUnits.SelectMany(u => u.Members)
                .FirstOrDefault(m => m.From == to.AddDays(1) && string.Equals(m.Borough, member.Borough, StringComparison.Ordinal))?.Imprecise
            : null;
    }

    /// <summary>How the functions of a unit are organised on a date.</summary>
    public IReadOnlyList<FunctionArrangement> FunctionsOn(string unit, DateOnly date) =>
        Pack.Functions.Where(f => string.Equals(f.CommandUnit, unit, StringComparison.Ordinal) && Holds(f.From, f.To, date)).ToList();

    /// <summary>Recorded crime of some boroughs by month, all categories; months in order.</summary>
    public IReadOnlyList<(DateOnly Month, int Offences)> CrimeByMonth(IEnumerable<string> boroughs) =>
        boroughs.SelectMany(b => _crime[b]).GroupBy(c => c.Month).OrderBy(g => g.Key).Select(g => (g.Key, g.Sum(c => c.Offences))).ToList();

    /// <summary>Recorded crime of some boroughs by category over the newest twelve months, most first.</summary>
    public IReadOnlyList<(string Category, int Offences)> CrimeByCategory(IEnumerable<string> boroughs)
    {
        var rows = boroughs.SelectMany(b => _crime[b]).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        var from = rows.Max(c => c.Month).AddMonths(-11);
        return rows.Where(c => c.Month >= from).GroupBy(c => c.Category, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(c => c.Offences))).OrderByDescending(p => p.Item2).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
    }

    /// <summary>Expected incidents a day of a grade over the zones of some boroughs.</summary>
    public double DemandPerDay(string grade, IEnumerable<string> boroughs)
    {
        var set = boroughs.ToHashSet(StringComparer.Ordinal);
        return SumDemand(grade, z => set.Contains(z.Borough));
    }

    /// <summary>Expected incidents a day of a grade over the zones of a ward.</summary>
    public double DemandPerDayOfWard(string grade, string ward) => SumDemand(grade, z => string.Equals(z.Ward, ward, StringComparison.Ordinal));

    /// <summary>Expected incidents a day of a grade in a zone by its index.</summary>
    public double DemandPerDayOfZone(string grade, int zone) =>
        IndexOfGrade(grade) is var g and >= 0 ? _demandByZone[g, zone] : 0;

    /// <summary>Expected incidents an hour by hour of day (mean over the week), over the zones of some boroughs.</summary>
    public IReadOnlyList<double> DemandByHour(string grade, IEnumerable<string> boroughs)
    {
        var hours = new double[24];
        var g = IndexOfGrade(grade);
        var set = boroughs.ToHashSet(StringComparer.Ordinal);
        for (var z = 0; g >= 0 && z < Pack.Zones.Count; z++)
        {
            if (set.Contains(Pack.Zones[z].Borough))
            {
                for (var h = 0; h < 168; h++)
                {
                    hours[h % 24] += Pack.Demand.At(g, z, h) / 7;
                }
            }
        }

        return hours;
    }

    /// <summary>Whether a period with inclusive ends holds on a date.</summary>
    public static bool Holds(DateOnly from, DateOnly? to, DateOnly date) => from <= date && (to is null || date <= to);

    private int IndexOfGrade(string grade)
    {
        for (var i = 0; i < Pack.Demand.Grades.Count; i++)
        {
            if (string.Equals(Pack.Demand.Grades[i], grade, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private double SumDemand(string grade, Func<Zone, bool> where)
    {
        var g = IndexOfGrade(grade);
        double sum = 0;
        for (var z = 0; g >= 0 && z < Pack.Zones.Count; z++)
        {
            if (where(Pack.Zones[z]))
            {
                sum += _demandByZone[g, z];
            }
        }

        return sum;
    }

    private static double[,] DailyDemand(ForcePack pack)
    {
        var daily = new double[pack.Demand.Grades.Count, pack.Zones.Count];
        for (var g = 0; g < pack.Demand.Grades.Count; g++)
        {
            for (var z = 0; z < pack.Zones.Count; z++)
            {
                double week = 0;
                for (var h = 0; h < 168; h++)
                {
                    week += pack.Demand.At(g, z, h);
                }

                daily[g, z] = week / 7;
            }
        }

        return daily;
    }

    private static double[] ReadBounds(ForcePack pack)
    {
        double[] bounds = [double.MaxValue, double.MaxValue, double.MinValue, double.MinValue];
        if (pack.Layers.TryGetValue("boroughs", out var layer))
        {
            using var json = JsonDocument.Parse(layer);
            foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
            {
                Widen(bounds, feature.GetProperty("geometry").GetProperty("coordinates"));
            }
        }

        return bounds;
    }

    private static void Widen(double[] bounds, JsonElement coordinates)
    {
        if (coordinates[0].ValueKind == JsonValueKind.Number)
        {
            var (x, y) = (coordinates[0].GetDouble(), coordinates[1].GetDouble());
            bounds[0] = Math.Min(bounds[0], x);
            bounds[1] = Math.Min(bounds[1], y);
            bounds[2] = Math.Max(bounds[2], x);
            bounds[3] = Math.Max(bounds[3], y);
            return;
        }

        foreach (var part in coordinates.EnumerateArray())
        {
            Widen(bounds, part);
        }
    }
}
