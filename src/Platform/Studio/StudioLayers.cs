using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Studio;

/// <summary>A plan as a map layer.</summary>
public static class StudioLayers
{
    /// <summary>GeoJSON (UTF-8) with one feature a unit: its boroughs' polygons as one shape, and its figures. Refused where the pack has no drawn boroughs.</summary>
    public static Outcome<byte[]> Units(StudioForce force, StudioView view)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(view);
        if (!force.Pack.Layers.TryGetValue("boroughs", out var layer))
        {
            return new Problem("The pack has no drawn boroughs", Field: "layers", Accepted: "a layer called boroughs");
        }

        var shapes = Read(layer);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var unit in view.Units)
            {
                Write(json, force, unit, UnaryUnionOp.Union([.. unit.Boroughs.Where(shapes.ContainsKey).Select(code => shapes[code])]));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, StudioForce force, StudioUnitView unit, Geometry? shape)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", unit.Code);
        json.WriteString("name", unit.Name);
        json.WriteStartArray("boroughs");
        foreach (var code in unit.Boroughs)
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
        json.WriteString("boroughNames", StudioForce.Words([.. unit.Boroughs.Select(code => force.Names[code])]));
        json.WriteNumber("residents", unit.Residents);
        json.WriteNumber("callsPerDay", unit.CallsPerDay);
        if (unit.Officers is { } officers)
        {
            json.WriteNumber("officers", officers);
        }

        json.WriteEndObject();
        json.WriteStartObject("geometry");
        json.WriteString("type", "MultiPolygon");
        json.WriteStartArray("coordinates");
        for (var part = 0; part < (shape?.NumGeometries ?? 0); part++)
        {
            if (shape!.GetGeometryN(part) is Polygon polygon)
            {
                json.WriteStartArray();
                Ring(json, polygon.ExteriorRing);
                foreach (var hole in polygon.InteriorRings)
                {
                    Ring(json, hole);
                }

                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Ring(Utf8JsonWriter json, LineString ring)
    {
        json.WriteStartArray();
        foreach (var point in ring.Coordinates)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static Dictionary<string, Geometry> Read(byte[] layer)
    {
        using var document = JsonDocument.Parse(layer);
        var shapes = new Dictionary<string, Geometry>(StringComparer.Ordinal);
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            var geometry = feature.GetProperty("geometry");
            var coordinates = geometry.GetProperty("coordinates");
            var polygons = geometry.GetProperty("type").GetString() == "Polygon" ? [coordinates] : coordinates.EnumerateArray().ToList();
            shapes[feature.GetProperty("properties").GetProperty("code").GetString()!] =
                new MultiPolygon([.. polygons.Select(polygon => new Polygon(Ring(polygon[0]), [.. polygon.EnumerateArray().Skip(1).Select(Ring)]))]).Buffer(0);
        }

        return shapes;
    }

    private static LinearRing Ring(JsonElement ring) => new([.. ring.EnumerateArray().Select(point => new Coordinate(point[0].GetDouble(), point[1].GetDouble()))]);
}
