using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace Pathfinder.Platform.Forces;

/// <summary>Writes polygons as the GeoJSON of a map layer, coordinates with five digits (about a metre).</summary>
internal static class LayerText
{
    /// <summary>The bytes of a layer; features in the order given.</summary>
    public static byte[] Write(IEnumerable<(string Code, string Name, string Borough, Geometry Shape)> areas)
    {
        var text = new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[");
        var first = true;
        foreach (var (code, name, borough, shape) in areas)
        {
            text.Append(first ? "\n" : ",\n").Append("{\"type\":\"Feature\",\"properties\":{\"code\":").Append(Json(code))
                .Append(",\"name\":").Append(Json(name)).Append(",\"borough\":").Append(Json(borough)).Append("},\"geometry\":");
            first = false;
            Geometry(text, shape);
            text.Append('}');
        }

        return Encoding.UTF8.GetBytes(text.Append("\n]}\n").ToString());
    }

    private static void Geometry(StringBuilder text, Geometry shape)
    {
        if (shape is Polygon polygon)
        {
            text.Append("{\"type\":\"Polygon\",\"coordinates\":");
            Rings(text, polygon);
        }
        else
        {
            text.Append("{\"type\":\"MultiPolygon\",\"coordinates\":[");
            for (var i = 0; i < shape.NumGeometries; i++)
            {
                text.Append(i == 0 ? "" : ",");
                Rings(text, (Polygon)shape.GetGeometryN(i));
            }

            text.Append(']');
        }

        text.Append('}');
    }

    private static void Rings(StringBuilder text, Polygon polygon)
    {
        text.Append('[');
        Ring(text, polygon.ExteriorRing);
        foreach (var hole in polygon.InteriorRings)
        {
            text.Append(',');
            Ring(text, hole);
        }

        text.Append(']');
    }

    private static void Ring(StringBuilder text, LineString ring)
    {
        text.Append('[');
        var points = ring.Coordinates;
        for (var i = 0; i < points.Length; i++)
        {
            text.Append(i == 0 ? "[" : ",[").Append(Number(points[i].X)).Append(',').Append(Number(points[i].Y)).Append(']');
        }

        text.Append(']');
    }

    private static string Number(double value) => Math.Round(value, 5).ToString("0.#####", CultureInfo.InvariantCulture);

    private static string Json(string value) => System.Text.Json.JsonSerializer.Serialize(value);
}
