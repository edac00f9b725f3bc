using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Pathfinder.Platform.Forces.London;

/// <summary>Boroughs, wards, zones, borders and map layers of London, and which small area lies in which.</summary>
internal sealed class LondonAreas
{
    /// <summary>The City of London: a force of its own.</summary>
    public const string City = "E09000001";

    // Chosen so that the layers stay under 150, 600 and 800 kB; in square degrees.
    private const double BoroughTolerance = 3e-7;
    private const double WardTolerance = 3e-7;
    private const double ZoneTolerance = 5e-7;
    private const double SmallestIsland = 2e-6;

    public List<Borough> Boroughs { get; } = [];

    public List<Ward> Wards { get; } = [];

    public List<Zone> Zones { get; } = [];

    public List<BoroughBorder> Borders { get; } = [];

    public ushort[] Metres { get; private set; } = [];

    public Dictionary<string, byte[]> Layers { get; } = new(StringComparer.Ordinal);

    /// <summary>People of 2017 by ward (2018 edition) and zone, from census areas whose centroid lies in the ward.</summary>
    public Dictionary<(string Ward, string Zone), double> PeopleByWardAndZone { get; } = [];

    private readonly STRtree<(string Code, Geometry Shape)> _zoneTree = new();
    private readonly Dictionary<string, Point> _centroids = new(StringComparer.Ordinal);

    /// <summary>Reads all areas.</summary>
    public static LondonAreas Read(ReferenceFolder from)
    {
        var areas = new LondonAreas();
        var boroughs = from.Polygons("geo/boroughs/london_boroughs_wgs84.geojson").OrderBy(b => b.Properties.GetProperty("gss").GetString(), StringComparer.Ordinal).ToList();
        var wards = new Dictionary<int, List<(System.Text.Json.JsonElement Properties, Geometry Shape)>>
        {
            [2014] = [.. from.Polygons("geo/wards/london_wards_2014_wgs84.geojson.gz").OrderBy(w => w.Properties.GetProperty("gss").GetString(), StringComparer.Ordinal)],
            [2018] = [.. from.Polygons("geo/wards/london_wards_2018_wgs84.geojson.gz").OrderBy(w => w.Properties.GetProperty("gss").GetString(), StringComparer.Ordinal)],
        };
        var zones = from.Polygons("geo/lsoa_msoa/london_msoa11_generalised_wgs84.geojson.gz").ToDictionary(z => z.Properties.GetProperty("gss").GetString()!, StringComparer.Ordinal);
        var centroids = from.Table("geo/lsoa_msoa/msoa11_pop_weighted_centroids_london.csv").ToDictionary(c => c["msoa11cd"], StringComparer.Ordinal);
        var order = areas.ReadMatrix(from);
        var profile = from.Table("geo/boroughs/london_borough_profiles_2017.csv").Where(p => p["Code"].StartsWith("E09", StringComparison.Ordinal)).ToDictionary(p => p["Code"], StringComparer.Ordinal);
        var small = SmallAreas(from);
        if (from.Problems.Count > 0)
        {
            return areas;
        }

        var wardTree = new STRtree<(string Code, Geometry Shape)>();
        foreach (var (properties, shape) in wards[2018])
        {
            wardTree.Insert(shape.EnvelopeInternal, (properties.GetProperty("gss").GetString()!, shape));
        }

        var people = areas.CountPeople(small, wardTree);
        areas.MakeZones(order, zones, centroids, wardTree, people);
        areas.MakeWards(wards);
        areas.MakeBoroughs(boroughs, profile);
        foreach (var row in from.Table("design/london_borough_adjacency.csv"))
        {
            areas.Borders.Add(new BoroughBorder(
                row["a"], row["b"], row["kind"], row["border_km"].Length == 0 ? 0 : ReferenceFolder.Number(row["border_km"]), row["crossing"].Length == 0 ? null : row["crossing"]));
        }

        areas.MakeLayers(boroughs, wards, zones);
        return areas;
    }

    /// <summary>The zone in which a point lies; the one with the nearest centroid where it lies in none; null far outside London.</summary>
    public string? FindZone(double longitude, double latitude)
    {
        var point = new Point(longitude, latitude);
        var inside = _zoneTree.Query(point.EnvelopeInternal).Where(z => z.Shape.Covers(point)).OrderBy(z => z.Code, StringComparer.Ordinal).FirstOrDefault();
        if (inside.Code is not null)
        {
            return inside.Code;
        }

        var nearest = _centroids.MinBy(c => c.Value.Distance(point));
        return nearest.Value.Distance(point) < 0.02 ? nearest.Key : null;
    }

    private List<string> ReadMatrix(ReferenceFolder from)
    {
        if (from.Text("geo/roads/msoa11_osm_network_distance_m_983x983.csv.gz") is not { } text)
        {
            return [];
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var order = lines[0].TrimEnd('\r').Split(',')[1..].ToList();
        Metres = new ushort[order.Count * order.Count];
        for (var row = 0; row < order.Count; row++)
        {
            var cells = lines[row + 1].TrimEnd('\r').Split(',');
            if (cells[0] != order[row] || cells.Length != order.Count + 1)
            {
                from.Problems.Add(new Problems.Problem("The matrix rows do not follow its columns", "geo/roads/msoa11_osm_network_distance_m_983x983.csv.gz", row + 2));
                return [];
            }

            for (var column = 0; column < order.Count; column++)
            {
                Metres[(row * order.Count) + column] = ushort.Parse(cells[column + 1], CultureInfo.InvariantCulture);
            }
        }

        return order;
    }

    // Census areas of 2021 with people of 2017, their centroid, and the zones of 2011 they came from in equal parts.
    private static List<(double People, double Longitude, double Latitude, string[] Zones)> SmallAreas(ReferenceFolder from)
    {
        var zoneOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in from.Table("geo/lsoa_msoa/oa11_lsoa11_msoa11_lad11_lookup_london.csv.gz"))
        {
            zoneOf[row["LSOA"]] = row["MSOA"];
        }

        var parents = from.Table("geo/lsoa_msoa/lsoa11_to_lsoa21_lad22_london.csv")
            .GroupBy(r => r["LSOA21CD"], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(r => zoneOf[r["LSOA11CD"]]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var centroids = from.Table("geo/lsoa_msoa/lsoa21_pop_weighted_centroids_london.csv").ToDictionary(r => r["LSOA21CD"], StringComparer.Ordinal);
        var small = new List<(double, double, double, string[])>();
        foreach (var row in from.Table("geo/lsoa_msoa/lsoa21_population_2011_2022_london.csv").OrderBy(r => r["lsoa21cd"], StringComparer.Ordinal))
        {
            var at = centroids[row["lsoa21cd"]];
            var (longitude, latitude) = BritishGrid.ToDegrees(ReferenceFolder.Number(at["x"]), ReferenceFolder.Number(at["y"]));
            small.Add((ReferenceFolder.Number(row["pop_2017"]), longitude, latitude, parents[row["lsoa21cd"]]));
        }

        return small;
    }

    private Dictionary<string, double> CountPeople(
        List<(double People, double Longitude, double Latitude, string[] Zones)> small, STRtree<(string Code, Geometry Shape)> wards)
    {
        var people = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var area in small)
        {
            var ward = FindIn(wards, area.Longitude, area.Latitude);
            foreach (var zone in area.Zones)
            {
                var share = area.People / area.Zones.Length;
                people[zone] = people.GetValueOrDefault(zone) + share;
                PeopleByWardAndZone[(ward, zone)] = PeopleByWardAndZone.GetValueOrDefault((ward, zone)) + share;
            }
        }

        return people;
    }

    private static string FindIn(STRtree<(string Code, Geometry Shape)> tree, double longitude, double latitude)
    {
        var point = new Point(longitude, latitude);
        for (var reach = 0.0; ; reach = reach == 0 ? 0.002 : reach * 2)
        {
            var around = new Envelope(point.X - reach, point.X + reach, point.Y - reach, point.Y + reach);
            var found = tree.Query(around).OrderBy(w => w.Code, StringComparer.Ordinal).MinBy(w => w.Shape.Distance(point));
            if (found.Code is not null && (reach > 0 || found.Shape.Covers(point)))
            {
                return found.Code;
            }
        }
    }

    private void MakeZones(
        List<string> order, Dictionary<string, (System.Text.Json.JsonElement Properties, Geometry Shape)> zones,
        Dictionary<string, Dictionary<string, string>> centroids, STRtree<(string Code, Geometry Shape)> wards, Dictionary<string, double> people)
    {
        foreach (var code in order)
        {
            var (properties, shape) = zones[code];
            var (longitude, latitude) = (ReferenceFolder.Number(centroids[code]["pwc_lon"]), ReferenceFolder.Number(centroids[code]["pwc_lat"]));
            Zones.Add(new Zone(
                code, properties.GetProperty("name").GetString()!, properties.GetProperty("borough_gss").GetString()!, FindIn(wards, longitude, latitude),
                Math.Round(SquareKilometres(shape), 4), (int)Math.Round(people[code]), Math.Round(longitude, 5), Math.Round(latitude, 5)));
            _zoneTree.Insert(shape.EnvelopeInternal, (code, shape));
            _centroids[code] = new Point(longitude, latitude);
        }
    }

    private void MakeWards(Dictionary<int, List<(System.Text.Json.JsonElement Properties, Geometry Shape)>> wards)
    {
        var people = PeopleByWardAndZone.GroupBy(p => p.Key.Ward, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (int)Math.Round(g.Sum(p => p.Value)), StringComparer.Ordinal);
        foreach (var (edition, from, to) in new[] { (2014, new DateOnly(2014, 5, 22), (DateOnly?)new DateOnly(2018, 5, 2)), (2018, new DateOnly(2018, 5, 3), null) })
        {
            foreach (var (properties, _) in wards[edition])
            {
                var code = properties.GetProperty("gss").GetString()!;
                Wards.Add(new Ward(
                    code, properties.GetProperty("name").GetString()!, properties.GetProperty("borough_gss").GetString()!, edition, from, to,
                    Math.Round(properties.GetProperty("hectares").GetDouble() / 100, 4), edition == 2018 ? people.GetValueOrDefault(code) : null));
            }
        }
    }

    private void MakeBoroughs(List<(System.Text.Json.JsonElement Properties, Geometry Shape)> boroughs, Dictionary<string, Dictionary<string, string>> profile)
    {
        foreach (var (properties, _) in boroughs)
        {
            var code = properties.GetProperty("gss").GetString()!;
            var own = Zones.Where(z => z.Borough == code).ToList();
            var people = own.Sum(z => z.Population);
            Boroughs.Add(new Borough(
                code, properties.GetProperty("name").GetString()!, code != City, profile[code]["Inner/_Outer_London"] == "Inner London" ? "inner" : "outer",
                people, Math.Round(properties.GetProperty("area_km2").GetDouble(), 3),
                Math.Round(own.Sum(z => z.Longitude * z.Population) / people, 5), Math.Round(own.Sum(z => z.Latitude * z.Population) / people, 5)));
        }
    }

    private void MakeLayers(
        List<(System.Text.Json.JsonElement Properties, Geometry Shape)> boroughs,
        Dictionary<int, List<(System.Text.Json.JsonElement Properties, Geometry Shape)>> wards,
        Dictionary<string, (System.Text.Json.JsonElement Properties, Geometry Shape)> zones)
    {
        Layers["boroughs"] = Layer(Boroughs.Select(b => (b.Code, b.Name, b.Code)), boroughs.Select(b => b.Shape), BoroughTolerance);
        foreach (var (edition, areas) in wards)
        {
            Layers[string.Create(CultureInfo.InvariantCulture, $"wards-{edition}")] = Layer(
                Wards.Where(w => w.Edition == edition).Select(w => (w.Code, w.Name, w.Borough)), areas.Select(w => w.Shape), WardTolerance);
        }

        Layers["zones"] = Layer(Zones.Select(z => (z.Code, z.Name, z.Borough)), Zones.Select(z => zones[z.Code].Shape), ZoneTolerance);
    }

    private static byte[] Layer(IEnumerable<(string Code, string Name, string Borough)> names, IEnumerable<Geometry> shapes, double tolerance) =>
        LayerText.Write(names.Zip(SharedEdges.Simplify([.. shapes], tolerance, SmallestIsland), (n, s) => (n.Code, n.Name, n.Borough, s)));

    private static double SquareKilometres(Geometry shape)
    {
        const double perDegree = 111.2;
        return shape.Area * perDegree * perDegree * Math.Cos(shape.Centroid.Y * Math.PI / 180);
    }
}
