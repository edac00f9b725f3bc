using System.Globalization;

namespace Pathfinder.Platform.Forces;

/// <summary>The resources of a pack: shifts, teams, crews, despatch groups; and its assumptions.</summary>
internal sealed class PackResourceTables
{
    private readonly PackSource _source;
    private readonly PackAreas _areas;

    private PackResourceTables(PackSource source, PackAreas areas)
    {
        _source = source;
        _areas = areas;
    }

    public PackResources Resources { get; private set; } = new([], new PackTeams([], [], default, ""), [], []);

    public List<Assumption> Assumptions { get; } = [];

    /// <summary>Reads the five tables.</summary>
    public static PackResourceTables Read(PackSource source, PackAreas areas)
    {
        var tables = new PackResourceTables(source, areas);
        var shifts = tables.ReadShifts();
        tables.Resources = new PackResources(shifts, tables.ReadTeams(shifts), tables.ReadCrews(shifts), tables.ReadGroups());
        tables.ReadAssumptions();
        return tables;
    }

    private List<PackShift> ReadShifts()
    {
        var shifts = new List<PackShift>();
        foreach (var row in PackTableReader.Read(_source, PackFiles.Shifts).Rows)
        {
            var shift = new PackShift(
                row.Code("code"), row.Time("start"), row.Integer("minutes", 1, 1440),
                row.Integer("briefing_minutes", 0, 240), row.Integer("meal_minutes", 0, 240), row.Text("basis"));
            if (shifts.Exists(s => s.Code == shift.Code) || shift.Code == "off")
            {
                row.Fault("The code stands twice, or is the word for a day off", "code", shift.Code);
            }

            shifts.Add(shift);
        }

        return shifts;
    }

    private PackTeams ReadTeams(List<PackShift> shifts)
    {
        var rows = PackTableReader.Read(_source, PackFiles.Teams).Rows;
        if (rows.Count == 0)
        {
            return new PackTeams([], [], default, "");
        }

        if (rows.Count > 1)
        {
            rows[1].Fault("There is one rotation a force", "names", accepted: "one row");
        }

        var row = rows[0];
        var teams = new PackTeams(row.Words("names"), row.Words("cycle"), row.Date("cycle_start"), row.Text("basis"));
        foreach (var day in teams.Cycle.Where(d => d != "off" && shifts.Count > 0 && !shifts.Exists(s => s.Code == d)).Distinct(StringComparer.Ordinal))
        {
            row.Fault("The shift is not in " + PackFiles.Shifts, "cycle", day, "off, " + string.Join(", ", shifts.Select(s => s.Code)));
        }

        if (teams.Names.Count > 0 && teams.Cycle.Count % teams.Names.Count != 0)
        {
            row.Fault("The days of the cycle do not divide by the number of teams", "cycle", teams.Cycle.Count.ToString(CultureInfo.InvariantCulture), "a multiple of " + teams.Names.Count.ToString(CultureInfo.InvariantCulture));
        }

        return teams;
    }

    private List<PackCrews> ReadCrews(List<PackShift> shifts)
    {
        var crews = new List<PackCrews>();
        var seen = new HashSet<(string, string, string)>();
        var table = PackTableReader.Read(_source, PackFiles.Crews);
        foreach (var row in table.Rows)
        {
            var crew = new PackCrews(
                row.Code("parade_site"), _areas.BoroughOf(row, "borough"), row.Code("shift"),
                row.Integer("crews", 0, 1000), row.Integer("vehicles", 0, 1000), row.Text("basis"));
            if (!_areas.HasSite(crew.ParadeSite))
            {
                row.Fault("The site is not in " + PackFiles.ParadeSites, "parade_site", crew.ParadeSite);
            }

            if (_areas.FindBorough(crew.Borough) is { InForce: false })
            {
                row.Fault("The borough is not in the force", "borough", crew.Borough);
            }

            if (shifts.Count > 0 && !shifts.Exists(s => s.Code == crew.Shift))
            {
                row.Fault("The shift is not in " + PackFiles.Shifts, "shift", crew.Shift, string.Join(", ", shifts.Select(s => s.Code)));
            }

            if (!seen.Add((crew.ParadeSite, crew.Borough, crew.Shift)))
            {
                row.Fault("The site, borough and shift stand twice", "shift", crew.Shift);
            }

            crews.Add(crew);
        }

        foreach (var borough in _areas.Commanded.Where(b => crews.Count > 0 && crews.Where(c => c.Borough == b.Code).Sum(c => c.Crews) == 0))
        {
            _source.Fault("The borough has no crew", table.Path, field: "borough", found: borough.Code, accepted: "at least one");
        }

        return crews;
    }

    private List<PackDespatchGroup> ReadGroups()
    {
        var groups = new List<PackDespatchGroup>();
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var table = PackTableReader.Read(_source, PackFiles.DespatchGroups);
        foreach (var row in table.Rows)
        {
            var group = new PackDespatchGroup(
                row.Code("code"), row.Text("name"), row.Words("boroughs"), row.Integer("controllers", 0, 1000), row.Integer("channels", 0, 1000), row.Text("basis"));
            if (groups.Exists(g => g.Code == group.Code))
            {
                row.Fault("The code stands twice", "code", group.Code);
            }

            foreach (var borough in group.Boroughs)
            {
                if (_areas.FindBorough(borough) is not { InForce: true })
                {
                    row.Fault("The borough is not in the force", "boroughs", borough);
                }
                else if (!first.TryAdd(borough, group.Code))
                {
                    row.Fault("The borough is in two despatch groups", "boroughs", borough, "only " + first[borough]);
                }
            }

            groups.Add(group);
        }

        foreach (var borough in _areas.Commanded.Where(b => groups.Count > 0 && !first.ContainsKey(b.Code)))
        {
            _source.Fault("The borough is in no despatch group", table.Path, field: "boroughs", found: borough.Code);
        }

        return groups;
    }

    private void ReadAssumptions()
    {
        var table = PackTableReader.Read(_source, PackFiles.Assumptions);
        foreach (var row in table.Rows)
        {
            var assumption = new Assumption(
                row.Code("key"), row.Text("label"), row.Number("value", -1e9, 1e9), row.Text("unit"),
                row.NumberOrNull("low", -1e9, 1e9), row.NumberOrNull("high", -1e9, 1e9),
                row.OneOf("status", "sourced", "background", "fit"), row.Text("basis"));
            if (Assumptions.Exists(a => a.Key == assumption.Key))
            {
                row.Fault("The key stands twice", "key", assumption.Key);
            }

            if (assumption.Low > assumption.Value || assumption.High < assumption.Value)
            {
                row.Fault("The value is outside its own range", "value", row.Raw("value"), row.Raw("low") + " to " + row.Raw("high"));
            }

            if (AssumptionKeys.Find(assumption.Key) is { } key)
            {
                if (assumption.Value < key.Least || assumption.Value > key.Greatest)
                {
                    row.Fault("The value makes no sense", "value", row.Raw("value"), string.Create(CultureInfo.InvariantCulture, $"{key.Least} to {key.Greatest} {key.Unit}"));
                }
            }
            else if (!assumption.Key.StartsWith(PackFiles.OwnAssumption, StringComparison.Ordinal))
            {
                row.Fault("No scenario asks for this key", "key", assumption.Key, "a key of the format, or one that starts with " + PackFiles.OwnAssumption);
            }

            Assumptions.Add(assumption);
        }

        foreach (var key in AssumptionKeys.Required.Where(k => table.Rows.Count > 0 && !Assumptions.Exists(a => a.Key == k)))
        {
            _source.Fault("The assumption is missing", table.Path, field: "key", found: key);
        }
    }
}
