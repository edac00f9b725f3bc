using System.Globalization;
using System.Text.Json;

namespace Pathfinder.Platform.Forces;

/// <summary>One polygon of a map layer: rings of longitude and latitude, alternately, the outer of each part first.</summary>
/// <param name="Code">The area's code, from properties.code.</param>
/// <param name="Rings">Closed rings.</param>
internal sealed record LayerArea(string Code, IReadOnlyList<double[]> Rings)
{
    /// <summary>Whether a point lies inside, by the even-odd rule.</summary>
    public bool Contains(double longitude, double latitude)
    {
        var inside = false;
        foreach (var ring in Rings)
        {
            for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            {
                if (ring[i + 1] > latitude != ring[j + 1] > latitude
                    && longitude < ((ring[j] - ring[i]) * (latitude - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) + ring[i])
                {
                    inside = !inside;
                }
            }
        }

        return inside;
    }

    /// <summary>Distance in kilometres from a point to the nearest edge, on a local plane.</summary>
    public double KilometresTo(double longitude, double latitude)
    {
        const double perDegree = 111.32;
        var scale = perDegree * Math.Cos(latitude * Math.PI / 180);
        var best = double.MaxValue;
        foreach (var ring in Rings)
        {
            for (var i = 2; i < ring.Length; i += 2)
            {
                var (ax, ay) = ((ring[i - 2] - longitude) * scale, (ring[i - 1] - latitude) * perDegree);
                var (bx, by) = ((ring[i] - longitude) * scale, (ring[i + 1] - latitude) * perDegree);
                var (dx, dy) = (bx - ax, by - ay);
                var length = (dx * dx) + (dy * dy);
                var t = length == 0 ? 0 : Math.Clamp(-((ax * dx) + (ay * dy)) / length, 0, 1);
                var (px, py) = (ax + (t * dx), ay + (t * dy));
                best = Math.Min(best, Math.Sqrt((px * px) + (py * py)));
            }
        }

        return best;
    }
}

/// <summary>Reads the GeoJSON of a map layer.</summary>
internal static class PackLayer
{
    private const int MaximumAreas = 50_000;

    /// <summary>The areas of a layer; problems name the feature that cannot be read.</summary>
    public static IReadOnlyList<LayerArea> Read(PackSource source, string path)
    {
        var areas = new List<LayerArea>();
        if (source.FindText(path) is not { } text)
        {
            return areas;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") != "FeatureCollection"
                || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            {
                source.Fault("This is not a GeoJSON FeatureCollection", path, field: "type");
                return areas;
            }

            var number = 0;
            var codes = new HashSet<string>(StringComparer.Ordinal);
            foreach (var feature in features.EnumerateArray())
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"features[{number++}]");
                if (number > MaximumAreas)
                {
                    source.Fault("The layer has more areas than are read", path, accepted: MaximumAreas.ToString(CultureInfo.InvariantCulture));
                    break;
                }

                var code = feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var properties) ? Text(properties, "code") : null;
                if (string.IsNullOrEmpty(code))
                {
                    source.Fault("The area has no code", path, field: at + ".properties.code");
                    continue;
                }

                if (!codes.Add(code))
                {
                    source.Fault("Two areas have one code", path, field: at + ".properties.code", found: code);
                }

                if (Rings(feature) is { } rings)
                {
                    areas.Add(new LayerArea(code, rings));
                }
                else
                {
                    source.Fault("The geometry cannot be read", path, field: at + ".geometry", found: code, accepted: "Polygon or MultiPolygon with closed rings of [longitude, latitude] in degrees");
                }
            }
        }
        catch (JsonException broken)
        {
            source.Fault("This is not JSON", path, (int?)broken.LineNumber + 1, broken.Path);
        }

        return areas;
    }

    private static List<double[]>? Rings(JsonElement feature)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rings = new List<double[]>();
        var polygons = Text(geometry, "type") switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray().ToArray(),
            _ => [],
        };
        foreach (var polygon in polygons)
        {
            if (polygon.ValueKind != JsonValueKind.Array || polygon.GetArrayLength() == 0)
            {
                return null;
            }

            foreach (var ring in polygon.EnumerateArray())
            {
                if (Ring(ring) is not { } points)
                {
                    return null;
                }

                rings.Add(points);
            }
        }

        return rings.Count == 0 ? null : rings;
    }

    private static double[]? Ring(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4)
        {
            return null;
        }

        var points = new double[ring.GetArrayLength() * 2];
        var at = 0;
        foreach (var point in ring.EnumerateArray())
        {
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2
                || point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number)
            {
                return null;
            }

            var (longitude, latitude) = (point[0].GetDouble(), point[1].GetDouble());
            if (!(Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90))
            {
                return null;
            }

            points[at++] = longitude;
            points[at++] = latitude;
        }

        return points[0] == points[^2] && points[1] == points[^1] ? points : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
