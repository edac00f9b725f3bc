using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace Pathfinder.Platform.Forces.Harbour;

/// <summary>
/// Harbour, an invented force for tests, documents and first steps: six boroughs around a bay, forty zones on a grid of two
/// kilometres, one bridge. It is placed at sea so that nobody takes it for a real one.
/// </summary>
public static class HarbourPack
{
    private const string Invented = "Invented";
    private const double West = 2.0;
    private const double North = 55.0;
    private const double CellKm = 2;
    private const double Winding = 1.3;

    private static readonly string[] Map =
    [
        "NNNMMMEEE",
        "NNNMMMEEE",
        "NN.......",
        "WW.......",
        "WWWSSSKKK",
        "WWWSSSKKK",
    ];

    private static readonly (char Sign, string Code, string Name, string Density, int People)[] Places =
    [
        ('N', "HB01", "Northgate", "outer", 12_000),
        ('M', "HB02", "Marketside", "inner", 22_000),
        ('E', "HB03", "Eastcliff", "outer", 11_000),
        ('W', "HB04", "Westmoor", "outer", 10_000),
        ('S', "HB05", "Southquay", "inner", 20_000),
        ('K', "HB06", "Kelsea", "outer", 9_000),
    ];

    private static readonly DateOnly Start = new(2010, 4, 1);
    private static readonly DateOnly NorthFrom = new(2017, 3, 1);
    private static readonly DateOnly SouthFrom = new(2018, 6, 1);

    private sealed record Cell(int Row, int Column, string Code, string Borough);

    /// <summary>The whole pack.</summary>
    public static ForcePack Build()
    {
        var cells = Cells();
        var wards = Wards(cells);
        var zones = cells.Select((c, i) => new Zone(
            c.Code, BoroughName(c.Borough) + " " + (cells.Take(i + 1).Count(o => o.Borough == c.Borough)).ToString("00", System.Globalization.CultureInfo.InvariantCulture),
            c.Borough, wards.First(w => w.Edition == 2018 && w.Cells.Contains(c)).Code, CellKm * CellKm, People(c), Longitude(c.Column + 0.5), Latitude(c.Row + 0.5))).ToList();
        var boroughs = Places.Select(p => Borough(p.Code, p.Name, p.Density, zones)).ToList();
        var crime = Crime(boroughs);
        var rates = Rates(zones, crime);
        var sites = Sites(zones);
        return new ForcePack
        {
            Manifest = new PackManifest(
                PackFiles.Schema, "harbour", "Harbour (invented)", "Harbour Police (invented)", "1", "Europe/London",
                [new PackLicence("MIT", "https://opensource.org/license/mit", "Invented for Pathfinder; free to use with the product's own licence", ["*"])], [],
                "A small invented force: six boroughs around a bay, forty zones, one bridge. No figure in it is of a real place."),
            Sha256 = "",
            Boroughs = boroughs,
            Wards = [.. wards.Select(w => w.Ward)],
            Zones = zones,
            DistanceMetres = Distances(cells),
            Borders =
            [
                new("HB01", "HB02", "land", 4, null), new("HB02", "HB03", "land", 4, null), new("HB01", "HB04", "land", 4, null),
                new("HB04", "HB05", "land", 4, null), new("HB05", "HB06", "land", 4, null), new("HB02", "HB05", "crossing", 0, "Harbour Bridge"),
            ],
            ParadeSites = sites,
            RecordedCrime = crime,
            Demand = new DemandSurface(PackDemand.Grades, 0, []),
            DemandRates = rates,
            DemandProfiles = new Dictionary<string, double[]>(StringComparer.Ordinal) { ["calls"] = WeekShape.Calls(), ["appointments"] = WeekShape.Appointments() },
            CommandUnits = Units(),
            Functions = Functions(wards.Count(w => w.Edition == 2018) / 2),
            Resources = new PackResources(PackDefaults.Shifts(), PackDefaults.Teams(), Crews(boroughs, zones, rates, sites), Groups(boroughs)),
            Assumptions = PackDefaults.Assumptions(new TravelBasis(55, 60, 0.3, 0.95, 1.1, "background", Invented + ", of the order of London's"), 415, Places.Length),
            Layers = Layers(cells, wards),
        };
    }

    private static List<Cell> Cells()
    {
        var cells = new List<Cell>();
        foreach (var place in Places)
        {
            for (var row = 0; row < Map.Length; row++)
            {
                for (var column = 0; column < Map[row].Length; column++)
                {
                    if (Map[row][column] == place.Sign)
                    {
                        cells.Add(new Cell(row, column, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HZ{cells.Count + 1:000}"), place.Code));
                    }
                }
            }
        }

        return cells;
    }

    private static Borough Borough(string code, string name, string density, List<Zone> zones)
    {
        var own = zones.Where(z => z.Borough == code).ToList();
        return new Borough(
            code, name, true, density, own.Sum(z => z.Population), own.Sum(z => z.AreaKm2),
            Math.Round(own.Average(z => z.Longitude), 5), Math.Round(own.Average(z => z.Latitude), 5));
    }

    // Two zones a ward from 2018; in 2014 Marketside had two wards of three.
    private static List<(string Code, int Edition, Ward Ward, List<Cell> Cells)> Wards(List<Cell> cells)
    {
        var wards = new List<(string, int, Ward, List<Cell>)>();
        foreach (var edition in new[] { 2014, 2018 })
        {
            foreach (var place in Places)
            {
                var size = edition == 2014 && place.Sign == 'M' ? 3 : 2;
                var number = 1;
                foreach (var chunk in cells.Where(c => c.Borough == place.Code).Chunk(size))
                {
                    var code = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HW{(place.Sign == 'M' ? edition % 100 : 0):00}{place.Code[2..]}{number:0}");
                    var ward = new Ward(
                        code, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place.Name} Ward {number++}"), place.Code, edition,
                        edition == 2014 ? new DateOnly(2014, 5, 22) : new DateOnly(2018, 5, 3), edition == 2014 ? new DateOnly(2018, 5, 2) : null,
                        chunk.Length * CellKm * CellKm, chunk.Sum(People));
                    wards.Add((code, edition, ward, [.. chunk]));
                }
            }
        }

        return wards;
    }

    private static int People(Cell cell)
    {
        var place = Places.First(p => p.Code == cell.Borough);
        return 2 * (place.People + (((cell.Row * 7) + (cell.Column * 3)) % 5 * 400));
    }

    // Shortest way over neighbouring cells, two kilometres a step, the bridge over the bay being one step of six; roads wind.
    private static ushort[] Distances(List<Cell> cells)
    {
        var count = cells.Count;
        var km = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var (a, b) = (cells[i], cells[j]);
                var steps = Math.Abs(a.Row - b.Row) + Math.Abs(a.Column - b.Column);
                var bridge = a.Column == 4 && b.Column == 4 && Math.Min(a.Row, b.Row) == 1 && Math.Max(a.Row, b.Row) == 4;
                km[i, j] = i == j ? 0.5 / Winding : steps == 1 || bridge ? steps * CellKm : double.PositiveInfinity;
            }
        }

        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    km[i, j] = i == j ? km[i, j] : Math.Min(km[i, j], i == k || k == j ? double.PositiveInfinity : km[i, k] + km[k, j]);
                }
            }
        }

        var metres = new ushort[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                metres[(i * count) + j] = (ushort)Math.Round(km[i, j] * Winding * 1000);
            }
        }

        return metres;
    }

    private static List<RecordedCrime> Crime(List<Borough> boroughs)
    {
        var categories = new (string Name, double PerThousand)[] { ("VIOLENCE AGAINST THE PERSON", 1.9), ("THEFT", 2.1), ("BURGLARY", 0.7), ("CRIMINAL DAMAGE", 0.6) };
        var crime = new List<RecordedCrime>();
        foreach (var borough in boroughs)
        {
            for (var month = 0; month < 36; month++)
            {
                var season = 1 + (0.08 * Math.Sin((month - 3) * Math.PI / 6));
                foreach (var (name, rate) in categories)
                {
                    var offences = borough.Population / 1000.0 * rate * season * (borough.Density == "inner" ? 1.3 : 0.85);
                    crime.Add(new RecordedCrime(borough.Code, new DateOnly(2016, 1, 1).AddMonths(month), name, (int)Math.Round(offences)));
                }
            }
        }

        return crime;
    }

    private static List<DemandRate> Rates(List<Zone> zones, List<RecordedCrime> crime)
    {
        var total = crime.Sum(c => (double)c.Offences);
        var rates = new List<DemandRate>();
        foreach (var (grade, perDay, profile) in new[] { ("I", 185.0, "calls"), ("S", 230.0, "calls"), ("E", 44.0, "appointments") })
        {
            foreach (var zone in zones)
            {
                var share = crime.Where(c => c.Borough == zone.Borough).Sum(c => (double)c.Offences) / total;
                var within = zone.Population / (double)zones.Where(z => z.Borough == zone.Borough).Sum(z => z.Population);
                rates.Add(new DemandRate(zone.Code, grade, Math.Round(perDay * share * within, 5), profile));
            }
        }

        return rates;
    }

    private static List<ParadeSite> Sites(List<Zone> zones)
    {
        var sites = new List<ParadeSite>();
        foreach (var place in Places)
        {
            var own = zones.Where(z => z.Borough == place.Code).ToList();
            foreach (var (number, zone) in new[] { (1, own[own.Count / 2]), (2, own[0]) })
            {
                sites.Add(new ParadeSite(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HP{place.Code[2..]}{number}"), place.Name + (number == 1 ? " Police Station" : " Old Station"),
                    place.Code, zone.Code, zone.Longitude, zone.Latitude, Invented));
            }
        }

        return sites;
    }

    private static List<PackCrews> Crews(List<Borough> boroughs, List<Zone> zones, List<DemandRate> rates, List<ParadeSite> sites)
    {
        var crews = new List<PackCrews>();
        foreach (var borough in boroughs)
        {
            var own = zones.Where(z => z.Borough == borough.Code).Select(z => z.Code).ToHashSet(StringComparer.Ordinal);
            var count = PackDefaults.Crews(rates.Where(r => own.Contains(r.Zone) && r.Grade != "E").Sum(r => r.PerDay));
            foreach (var shift in PackDefaults.Shifts())
            {
                crews.Add(new PackCrews(sites.First(s => s.Borough == borough.Code).Code, borough.Code, shift.Code, count, count + 1, Invented + ", by the rule for London"));
            }
        }

        return crews;
    }

    private static List<PackDespatchGroup> Groups(List<Borough> boroughs) =>
        [.. boroughs.Select(b => new PackDespatchGroup("DG-" + b.Code, b.Name, [b.Code], 1, 1, Invented))];

    private static List<CommandUnit> Units()
    {
        var units = Places.Select(p => new CommandUnit(
            "BOCU-" + p.Code, p.Name, "BOCU",
            [new CommandUnitMember(p.Code, Start, ChangeOf(p.Sign).AddDays(-1), null, Invented)], Invented)).ToList();
        units.Add(new CommandUnit("NB", "North Bay", "BCU", [.. Places.Where(p => p.Sign is 'N' or 'M' or 'E').Select(p => new CommandUnitMember(p.Code, NorthFrom, null, "March 2017", Invented))], Invented, 640));
        units.Add(new CommandUnit("SB", "South Bay", "BCU", [.. Places.Where(p => p.Sign is 'W' or 'S' or 'K').Select(p => new CommandUnitMember(p.Code, SouthFrom, null, "April 2018", Invented, new DateOnly(2018, 2, 1)))], Invented, 580));
        return units;
    }

    private static List<FunctionArrangement> Functions(int wards) =>
    [
        .. Places.SelectMany(p => CommandModel.Single("BOCU-" + p.Code, Start, ChangeOf(p.Sign).AddDays(-1), Invented, _ => "")),
        .. CommandModel.Merged("NB", wards, _ => NorthFrom, new DateOnly(2017, 10, 1), _ => Invented),
        .. CommandModel.Merged("SB", wards, _ => SouthFrom, null, _ => Invented),
    ];

    private static DateOnly ChangeOf(char sign) => sign is 'N' or 'M' or 'E' ? NorthFrom : SouthFrom;

    private static string BoroughName(string code) => Places.First(p => p.Code == code).Name;

    private static Dictionary<string, byte[]> Layers(List<Cell> cells, List<(string Code, int Edition, Ward Ward, List<Cell> Cells)> wards) => new(StringComparer.Ordinal)
    {
        ["boroughs"] = LayerText.Write(Places.Select(p => (p.Code, p.Name, p.Code, Shape(cells.Where(c => c.Borough == p.Code))))),
        ["wards-2014"] = LayerText.Write(wards.Where(w => w.Edition == 2014).Select(w => (w.Code, w.Ward.Name, w.Ward.Borough, Shape(w.Cells)))),
        ["wards-2018"] = LayerText.Write(wards.Where(w => w.Edition == 2018).Select(w => (w.Code, w.Ward.Name, w.Ward.Borough, Shape(w.Cells)))),
        ["zones"] = LayerText.Write(cells.Select(c => (c.Code, c.Code, c.Borough, Shape([c])))),
    };

    private static Geometry Shape(IEnumerable<Cell> cells)
    {
        var squares = cells.Select(c => (Geometry)new Polygon(new LinearRing(
        [
            new(Longitude(c.Column), Latitude(c.Row)), new(Longitude(c.Column + 1), Latitude(c.Row)),
            new(Longitude(c.Column + 1), Latitude(c.Row + 1)), new(Longitude(c.Column), Latitude(c.Row + 1)),
            new(Longitude(c.Column), Latitude(c.Row)),
        ])));
        return UnaryUnionOp.Union(squares.ToList());
    }

    private static double Longitude(double column) => Math.Round(West + (column * CellKm / 64), 5);

    private static double Latitude(double row) => Math.Round(North - (row * CellKm / 111.2), 5);
}
