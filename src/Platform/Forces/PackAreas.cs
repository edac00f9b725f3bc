namespace Pathfinder.Platform.Forces;

/// <summary>The areas of a pack: boroughs, wards, zones, borders, sites, recorded crime and map layers.</summary>
internal sealed class PackAreas
{
    private const double NearKilometres = 0.5;

    private readonly PackSource _source;
    private readonly Dictionary<string, Borough> _boroughs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _zones = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sites = new(StringComparer.Ordinal);

    private PackAreas(PackSource source) => _source = source;

    public List<Borough> Boroughs { get; private set; } = [];

    public List<Ward> Wards { get; } = [];

    public List<Zone> Zones { get; } = [];

    public List<BoroughBorder> Borders { get; } = [];

    public List<ParadeSite> ParadeSites { get; } = [];

    public List<RecordedCrime> RecordedCrime { get; } = [];

    public Dictionary<string, byte[]> Layers { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads every table of areas.</summary>
    public static PackAreas Read(PackSource source)
    {
        var areas = new PackAreas(source);
        areas.ReadBoroughs();
        areas.ReadWards();
        areas.ReadZones();
        areas.ReadBorders();
        areas.ReadSites();
        areas.ReadCrime();
        areas.ReadLayers();
        return areas;
    }

    /// <summary>The boroughs that the force commands.</summary>
    public IEnumerable<Borough> Commanded => Boroughs.Where(b => b.InForce);

    public Borough? FindBorough(string code) => _boroughs.GetValueOrDefault(code);

    public bool HasZone(string code) => _zones.Contains(code);

    public bool HasSite(string code) => _sites.Contains(code);

    /// <summary>A borough's code in a row; a fault where no borough has it.</summary>
    public string BoroughOf(PackRow row, string column)
    {
        var code = row.Code(column);
        if (code.Length > 0 && _boroughs.Count > 0 && !_boroughs.ContainsKey(code))
        {
            row.Fault("The borough is not in " + PackFiles.Boroughs, column, code);
        }

        return code;
    }

    private void ReadBoroughs()
    {
        foreach (var row in PackTableReader.Read(_source, PackFiles.Boroughs).Rows)
        {
            var borough = new Borough(
                row.Code("code"), row.Text("name"), row.Flag("in_force"), row.OneOf("density", "inner", "outer"),
                row.Integer("population", 0, int.MaxValue), row.Number("area_km2", 0.0001, 1e6),
                row.Number("longitude", -180, 180), row.Number("latitude", -90, 90));
            if (!_boroughs.TryAdd(borough.Code, borough))
            {
                row.Fault("The code stands twice", "code", borough.Code);
            }
        }

        Boroughs = [.. _boroughs.Values.OrderBy(b => b.Code, StringComparer.Ordinal)];
        if (Boroughs.Count > 0 && !Boroughs.Exists(b => b.InForce))
        {
            _source.Fault("No borough is in the force", PackFiles.Boroughs, field: "in_force", accepted: "yes for at least one");
        }
    }

    private void ReadWards()
    {
        var seen = new HashSet<(string, int)>();
        foreach (var row in PackTableReader.Read(_source, PackFiles.Wards).Rows)
        {
            var ward = new Ward(
                row.Code("code"), row.Text("name"), BoroughOf(row, "borough"), row.Integer("edition", 1900, 2200),
                row.Date("from"), row.DateOrNull("to"), row.Number("area_km2", 0.0001, 1e6), row.IntegerOrNull("population", 0, int.MaxValue));
            if (!seen.Add((ward.Code, ward.Edition)))
            {
                row.Fault("The ward stands twice in one edition", "code", ward.Code);
            }

            if (ward.To < ward.From)
            {
                row.Fault("The last day is before the first", "to", row.Raw("to"), "on or after " + row.Raw("from"));
            }

            Wards.Add(ward);
        }
    }

    private void ReadZones()
    {
        var newest = Wards.Count == 0 ? 0 : Wards.Max(w => w.Edition);
        var wards = Wards.Where(w => w.Edition == newest).Select(w => w.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var row in PackTableReader.Read(_source, PackFiles.Zones).Rows)
        {
            if (Zones.Count == PackFiles.MaximumZones)
            {
                row.Fault("There are more zones than are read", "code", accepted: "at most 5000");
                break;
            }

            var zone = new Zone(
                row.Code("code"), row.Text("name"), BoroughOf(row, "borough"), row.TextOrNull("ward"),
                row.Number("area_km2", 0.0001, 1e6), row.Integer("population", 0, int.MaxValue),
                row.Number("longitude", -180, 180), row.Number("latitude", -90, 90));
            if (!_zones.Add(zone.Code))
            {
                row.Fault("The code stands twice", "code", zone.Code);
                continue;
            }

            if (zone.Ward is not null && !wards.Contains(zone.Ward))
            {
                row.Fault("The ward is not in the newest edition of " + PackFiles.Wards, "ward", zone.Ward);
            }

            Zones.Add(zone);
        }

        foreach (var borough in Commanded.Where(b => Zones.Count > 0 && !Zones.Exists(z => z.Borough == b.Code)))
        {
            _source.Fault("The borough has no zone", PackFiles.Zones, field: "borough", found: borough.Code);
        }
    }

    private void ReadBorders()
    {
        var seen = new HashSet<(string, string, string)>();
        foreach (var row in PackTableReader.Read(_source, PackFiles.Borders).Rows)
        {
            var border = new BoroughBorder(
                BoroughOf(row, "a"), BoroughOf(row, "b"), row.OneOf("kind", "land", "crossing"),
                row.NumberOrNull("border_km", 0, 1e5) ?? 0, row.TextOrNull("crossing"));
            var (low, high) = string.CompareOrdinal(border.A, border.B) < 0 ? (border.A, border.B) : (border.B, border.A);
            if (border.A == border.B)
            {
                row.Fault("A borough cannot border itself", "b", border.B);
            }
            else if (!seen.Add((low, high, border.Kind)))
            {
                row.Fault("The border stands twice", "b", border.A + " " + border.B);
            }

            if (border.Kind == "crossing" && border.Crossing is null)
            {
                row.Fault("The crossing has no name", "crossing");
            }

            Borders.Add(border);
        }
    }

    private void ReadSites()
    {
        foreach (var row in PackTableReader.Read(_source, PackFiles.ParadeSites).Rows)
        {
            var site = new ParadeSite(
                row.Code("code"), row.Text("name"), BoroughOf(row, "borough"), row.Code("zone"),
                row.Number("longitude", -180, 180), row.Number("latitude", -90, 90), row.Text("basis"));
            if (!_sites.Add(site.Code))
            {
                row.Fault("The code stands twice", "code", site.Code);
            }

            if (_zones.Count > 0 && site.Zone.Length > 0 && !_zones.Contains(site.Zone))
            {
                row.Fault("The zone is not in " + PackFiles.Zones, "zone", site.Zone);
            }

            ParadeSites.Add(site);
        }
    }

    private void ReadCrime()
    {
        var seen = new HashSet<(string, DateOnly, string)>();
        foreach (var row in PackTableReader.Read(_source, PackFiles.RecordedCrime).Rows)
        {
            var crime = new RecordedCrime(BoroughOf(row, "borough"), row.Month("month"), row.Text("category"), row.Integer("offences", 0, int.MaxValue));
            if (!seen.Add((crime.Borough, crime.Month, crime.Category)))
            {
                row.Fault("The borough, month and category stand twice", "category", crime.Category);
            }

            RecordedCrime.Add(crime);
        }
    }

    private void ReadLayers()
    {
        var found = false;
        foreach (var path in _source.Paths.Where(p => p.StartsWith(PackFiles.Layers, StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (!path.EndsWith(".geojson", StringComparison.Ordinal))
            {
                _source.Fault("A layer is a .geojson file", path);
                continue;
            }

            Layers[name] = _source.FindRaw(path)!;
            var areas = PackLayer.Read(_source, path);
            if (name == PackFiles.BoroughLayer)
            {
                found = true;
                Place(path, areas);
            }
        }

        if (!found)
        {
            _source.Fault("The file is missing", PackFiles.Layers + PackFiles.BoroughLayer + ".geojson");
        }
    }

    private void Place(string path, IReadOnlyList<LayerArea> areas)
    {
        foreach (var borough in Boroughs.Where(b => areas.All(a => a.Code != b.Code)))
        {
            _source.Fault("The borough has no polygon", path, field: "properties.code", found: borough.Code);
        }

        foreach (var area in areas.Where(a => !_boroughs.ContainsKey(a.Code)))
        {
            _source.Fault("The polygon is of no borough of " + PackFiles.Boroughs, path, field: "properties.code", found: area.Code);
        }

        var line = 1;
        foreach (var zone in Zones)
        {
            line++;
            Inside(PackFiles.Zones, line, zone.Code, zone.Borough, zone.Longitude, zone.Latitude, areas);
        }

        line = 1;
        foreach (var site in ParadeSites)
        {
            line++;
            Inside(PackFiles.ParadeSites, line, site.Code, site.Borough, site.Longitude, site.Latitude, areas);
        }
    }

    // Drawn polygons are simplified, so a point just outside its own borough is still taken as inside.
    private void Inside(string file, int line, string code, string borough, double longitude, double latitude, IReadOnlyList<LayerArea> areas)
    {
        var own = areas.FirstOrDefault(a => a.Code == borough);
        if (own is null || own.Contains(longitude, latitude) || own.KilometresTo(longitude, latitude) <= NearKilometres)
        {
            return;
        }

        var other = areas.FirstOrDefault(a => a.Contains(longitude, latitude));
        _source.Fault(
            other is null ? "The point lies outside every borough" : "The point lies in another borough than the row says",
            _source.FindPath(file) ?? file, line, "longitude", code, other is null ? "a point in " + borough : borough + ", not " + other.Code);
    }
}
