using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Forces.London;

/// <summary>The published reference data, as gathered in one folder: tables and polygons by path.</summary>
internal sealed class ReferenceFolder(string folder)
{
    private readonly List<Problem> _problems = [];

    /// <summary>What is missing or cannot be read.</summary>
    public List<Problem> Problems => _problems;

    /// <summary>Rows of a CSV (gzipped where its name ends in .gz) as values by column; none, with a problem, when it is missing.</summary>
    public List<Dictionary<string, string>> Table(string path)
    {
        var rows = new List<Dictionary<string, string>>();
        if (Text(path) is not { } text)
        {
            return rows;
        }

        var csv = new CsvRecords(text);
        if (!csv.Read())
        {
            _problems.Add(new Problem("The file is empty", path));
            return rows;
        }

        var header = csv.Fields.ToArray();
        while (csv.Read())
        {
            var row = new Dictionary<string, string>(header.Length, StringComparer.Ordinal);
            for (var i = 0; i < Math.Min(header.Length, csv.Fields.Count); i++)
            {
                row[header[i]] = csv.Fields[i];
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Polygons of a GeoJSON file with their properties, coordinates rounded to five digits.</summary>
    public List<(JsonElement Properties, Geometry Shape)> Polygons(string path)
    {
        var areas = new List<(JsonElement, Geometry)>();
        if (Text(path) is not { } text)
        {
            return areas;
        }

        var document = JsonDocument.Parse(text);
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            areas.Add((feature.GetProperty("properties"), Shape(feature.GetProperty("geometry"))));
        }

        return areas;
    }

    /// <summary>The text of a file; null, with a problem, when it is missing.</summary>
    public string? Text(string path)
    {
        var full = Path.Combine(folder, path);
        if (!File.Exists(full))
        {
            _problems.Add(new Problem("The reference file is missing", path, Found: folder));
            return null;
        }

        using var file = File.OpenRead(full);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A number as the sources write it.</summary>
    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Geometry Shape(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        if (geometry.GetProperty("type").GetString() == "Polygon")
        {
            return Polygon(coordinates);
        }

        var parts = coordinates.EnumerateArray().Select(Polygon).Where(p => p.Area > 0).ToArray();
        return parts.Length == 1 ? parts[0] : new MultiPolygon(parts);
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(Ring).Where(r => r is not null).Select(r => r!).ToArray();
        return all.Length == 0 ? new Polygon(null) : new Polygon(all[0], all[1..]);
    }

    private static LinearRing? Ring(JsonElement ring)
    {
        var points = new List<Coordinate>();
        foreach (var point in ring.EnumerateArray())
        {
            var next = new Coordinate(Math.Round(point[0].GetDouble(), 5), Math.Round(point[1].GetDouble(), 5));
            if (points.Count == 0 || !points[^1].Equals2D(next))
            {
                points.Add(next);
            }
        }

        return points.Count < 4 ? null : new LinearRing([.. points]);
    }
}
