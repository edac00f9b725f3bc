using System.Globalization;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Evidence;

/// <summary>Which zone of a pack a point lies in, by its map layer: a grid of cells says which polygons to try.</summary>
internal sealed class ZoneFinder
{
    private const string Layer = "zones";
    private const int Columns = 128;
    private const double Margin = 0.01;

    /// <summary>Points this near to a zone, and in none, belong to it: layers are simplified, and rivers belong to nobody.</summary>
    private const double ReachKm = 0.15;

    private readonly LayerArea[] _areas;
    private readonly int[] _zone;
    private readonly List<int>[] _cells;
    private readonly double _west;
    private readonly double _south;
    private readonly double _width;
    private readonly double _height;
    private readonly Dictionary<string, int[]> _byArea = new(StringComparer.Ordinal);
    private readonly ForcePack _pack;

    /// <summary>Reads the layer of a pack.</summary>
    public ZoneFinder(ForcePack pack)
    {
        _pack = pack;
        var index = pack.Zones.Select((zone, at) => (zone.Code, at)).ToDictionary(pair => pair.Code, pair => pair.at, StringComparer.Ordinal);
        var inForce = pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code).ToHashSet(StringComparer.Ordinal);
        _areas = pack.Layers.TryGetValue(Layer, out var bytes)
            ? [.. PackLayer.Read(new PackSource(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Layer] = bytes }), Layer).Where(area => index.ContainsKey(area.Code))]
            : [];
        _zone = [.. _areas.Select(area => inForce.Contains(pack.Zones[index[area.Code]].Borough) ? index[area.Code] : -1)];
        foreach (var group in pack.Zones.Select((zone, at) => (zone, at)).Where(pair => inForce.Contains(pair.zone.Borough))
            .SelectMany(pair => new[] { (Code: pair.zone.Code, pair.at), (Code: pair.zone.Borough, pair.at), (Code: pair.zone.Ward ?? "", pair.at) })
            .Where(pair => pair.Code.Length > 0).GroupBy(pair => pair.Code, StringComparer.Ordinal))
        {
            _byArea[group.Key] = [.. group.Select(pair => pair.at).Distinct()];
        }

        _cells = new List<int>[Columns * Columns];
        var points = _areas.SelectMany(area => area.Rings).ToList();
        if (points.Count == 0)
        {
            return;
        }

        _west = points.Min(ring => Every(ring, 0).Min()) - Margin;
        _south = points.Min(ring => Every(ring, 1).Min()) - Margin;
        _width = points.Max(ring => Every(ring, 0).Max()) + Margin - _west;
        _height = points.Max(ring => Every(ring, 1).Max()) + Margin - _south;
        const double reach = 0.004;
        for (var a = 0; a < _areas.Length; a++)
        {
            var (left, right) = (Column(_areas[a].Rings.Min(ring => Every(ring, 0).Min()) - reach), Column(_areas[a].Rings.Max(ring => Every(ring, 0).Max()) + reach));
            var (bottom, top) = (Row(_areas[a].Rings.Min(ring => Every(ring, 1).Min()) - reach), Row(_areas[a].Rings.Max(ring => Every(ring, 1).Max()) + reach));
            for (var r = bottom; r <= top; r++)
            {
                for (var c = left; c <= right; c++)
                {
                    (_cells[(r * Columns) + c] ??= []).Add(a);
                }
            }
        }
    }

    /// <summary>Whether the pack has a layer of zones, so that coordinates can be placed.</summary>
    public bool HasLayer => _areas.Length > 0;

    /// <summary>Where the zones of the layer lie, in degrees, as a sentence has it.</summary>
    public string Extent => string.Create(
        CultureInfo.InvariantCulture, $"longitude {_west + Margin:0.###} to {_west + _width - Margin:0.###}, latitude {_south + Margin:0.###} to {_south + _height - Margin:0.###}");

    /// <summary>Index of the zone that a point lies in or very near to; −1 outside the force.</summary>
    public int Find(double longitude, double latitude)
    {
        if (!(longitude >= _west && longitude < _west + _width && latitude >= _south && latitude < _south + _height))
        {
            return -1;
        }

        var candidates = _cells[(Row(latitude) * Columns) + Column(longitude)];
        if (candidates is null)
        {
            return -1;
        }

        foreach (var a in candidates)
        {
            if (_areas[a].Contains(longitude, latitude))
            {
                return _zone[a];
            }
        }

        var (nearest, best) = (-1, ReachKm);
        foreach (var a in candidates)
        {
            if (_areas[a].KilometresTo(longitude, latitude) is var distance && distance < best)
            {
                (nearest, best) = (_zone[a], distance);
            }
        }

        return nearest;
    }

    /// <summary>Whether a point lies within the extent of the layer, so that only the boroughs' own bounds can put it outside the force.</summary>
    public bool IsWithinExtent(double longitude, double latitude) =>
        HasLayer && longitude >= _west + Margin && longitude <= _west + _width - Margin && latitude >= _south + Margin && latitude <= _south + _height - Margin;

    /// <summary>Name of the borough of the force nearest to a point in none of them, and the distance to its edge in kilometres. Tries every zone: for faults that are told, not for every row.</summary>
    public (string Borough, double Kilometres) Nearest(double longitude, double latitude)
    {
        var (nearest, best) = (-1, double.MaxValue);
        for (var a = 0; a < _areas.Length; a++)
        {
            if (_zone[a] >= 0 && _areas[a].KilometresTo(longitude, latitude) is var distance && distance < best)
            {
                (nearest, best) = (_zone[a], distance);
            }
        }

        var code = _pack.Zones[nearest].Borough;
        return (_pack.Boroughs.First(borough => borough.Code == code).Name, best);
    }

    /// <summary>
    /// Index of a zone of the area with a code (zone, ward or borough), −1 for an unknown one. In an area of several zones the
    /// hash of the incident chooses, in proportion to population, so that the same row always gets the same zone.
    /// </summary>
    public int Find(string area, ulong hash, out bool chosen)
    {
        chosen = false;
        if (!_byArea.TryGetValue(area, out var zones))
        {
            return -1;
        }

        if (zones.Length == 1)
        {
            return zones[0];
        }

        chosen = true;
        var total = zones.Sum(zone => (long)Math.Max(1, _pack.Zones[zone].Population));
        var at = (long)(hash % (ulong)total);
        foreach (var zone in zones)
        {
            at -= Math.Max(1, _pack.Zones[zone].Population);
            if (at < 0)
            {
                return zone;
            }
        }

        return zones[^1];
    }

    private static IEnumerable<double> Every(double[] ring, int from)
    {
        for (var i = from; i < ring.Length; i += 2)
        {
            yield return ring[i];
        }
    }

    private int Column(double longitude) => Math.Clamp((int)((longitude - _west) / _width * Columns), 0, Columns - 1);

    private int Row(double latitude) => Math.Clamp((int)((latitude - _south) / _height * Columns), 0, Columns - 1);
}
