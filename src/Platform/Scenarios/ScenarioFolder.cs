using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// Content in files beside a scenario: a matrix as CSV (first column and first row hold zone codes, cells metres), a demand
/// surface as CSV (zone, grade, h0…h167). References to packs are passed on to <paramref name="packs"/>.
/// </summary>
public sealed class ScenarioFolder(string folder, IScenarioContent? packs = null) : IScenarioContent
{
    /// <inheritdoc/>
    public Outcome<ContentMatrix> Matrix(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Pack is not null)
        {
            return packs is null ? NoPack(reference.Pack) : packs.Matrix(reference);
        }

        return Rows(reference, (rows, sha) => ReadMatrix(reference.File!, rows, sha));
    }

    /// <inheritdoc/>
    public Outcome<ContentSurface> Surface(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Pack is not null)
        {
            return packs is null ? NoPack(reference.Pack) : packs.Surface(reference);
        }

        return Rows(reference, (rows, sha) => ReadSurface(reference.File!, rows, sha));
    }

    /// <inheritdoc/>
    public Outcome<ContentIncidents> Incidents(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.File is null)
        {
            return packs is null
                ? new Problem("The scenario names an imported log, but none is at hand here", Field: "log", Found: reference.Log, Accepted: "a file beside the scenario")
                : packs.Incidents(reference);
        }

        return Rows(reference, (rows, sha) => ReadIncidents(reference.File, rows, sha));
    }

    private static Problem NoPack(string pack) =>
        new("The scenario names content of a force pack, but no pack is at hand here", Field: "pack", Found: pack, Accepted: "a file beside the scenario");

    private Outcome<T> Rows<T>(ScenarioContent reference, Func<List<Row>, string, Outcome<T>> read)
    {
        var name = reference.File!;
        var path = Path.GetFullPath(Path.Combine(folder, name));
        var root = Path.GetFullPath(folder + Path.DirectorySeparatorChar);
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            return new Problem("The file lies outside the scenario's folder", Field: "file", Found: name, Accepted: "a path inside the scenario's folder");
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem("The file cannot be read", name, Found: e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message);
        }

        var records = new CsvRecords(Encoding.UTF8.GetString(bytes));
        var rows = new List<Row>();
        while (records.Read())
        {
            if (records.Malformed)
            {
                return new Problem("A quotation mark is not closed or stands inside a field", name, records.Line);
            }

            rows.Add(new Row(records.Line, [.. records.Fields]));
        }

        return rows.Count == 0 ? new Problem("The file is empty", name) : read(rows, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static Outcome<ContentMatrix> ReadMatrix(string file, List<Row> rows, string sha)
    {
        var problems = new List<Problem>();
        string[] zones = [.. rows[0].Cells.Skip(1)];
        var metres = new float[zones.Length * zones.Length];
        if (rows.Count - 1 != zones.Length)
        {
            problems.Add(new Problem(
                "The matrix is not square", file, Found: $"{rows.Count - 1} rows and {zones.Length} columns", Accepted: "a row for every column, in the same order"));
        }

        for (var r = 1; r < rows.Count && r <= zones.Length; r++)
        {
            if (rows[r].Cells[0] != zones[r - 1])
            {
                problems.Add(new Problem("Rows and columns stand in different orders", file, rows[r].Line, "zone", rows[r].Cells[0], zones[r - 1]));
            }

            for (var c = 0; c < zones.Length; c++)
            {
                metres[((r - 1) * zones.Length) + c] = Number(rows[r].Cells, c + 1, file, rows[r].Line, zones[c], problems);
            }
        }

        return problems.Count > 0 ? problems : new ContentMatrix(zones, metres, sha);
    }

    private static Outcome<ContentSurface> ReadSurface(string file, List<Row> rows, string sha)
    {
        var problems = new List<Problem>();
        var header = rows[0].Cells;
        if (header.Length != 170 || header[0] != "zone" || header[1] != "grade" || header[2] != "h0" || header[169] != "h167")
        {
            return new Problem("The header is not that of a demand surface", file, 1, Found: $"{header.Length} columns", Accepted: "zone, grade, h0…h167");
        }

        List<string> zones = [.. rows.Skip(1).Select(row => row.Cells[0]).Distinct(StringComparer.Ordinal)];
        List<string> grades = [.. rows.Skip(1).Where(row => row.Cells.Length > 1).Select(row => row.Cells[1]).Distinct(StringComparer.Ordinal)];
        var zoneAt = zones.Select((code, i) => (code, i)).ToDictionary(p => p.code, p => p.i, StringComparer.Ordinal);
        var perHour = new float[grades.Count * zones.Count * 168];
        for (var r = 1; r < rows.Count; r++)
        {
            for (var h = 0; h < 168; h++)
            {
                var value = Number(rows[r].Cells, h + 2, file, rows[r].Line, header[h + 2], problems);
                if (rows[r].Cells.Length > 1)
                {
                    perHour[(((grades.IndexOf(rows[r].Cells[1]) * zones.Count) + zoneAt[rows[r].Cells[0]]) * 168) + h] += value;
                }
            }
        }

        return problems.Count > 0 ? problems : new ContentSurface(zones, grades, perHour, sha);
    }

    private static Outcome<ContentIncidents> ReadIncidents(string file, List<Row> rows, string sha)
    {
        var header = rows[0].Cells;
        string[] known = ["created", "zone", "grade", "units", "sceneMinutes"];
        var at = known.Select(column => Array.IndexOf(header, column)).ToArray();
        if (at[..3].Any(column => column < 0) || header.Any(column => !known.Contains(column, StringComparer.Ordinal)))
        {
            return new Problem("The header is not that of a log of incidents", file, 1, Found: string.Join(", ", header), Accepted: "created, zone, grade and, where known, units and sceneMinutes");
        }

        var problems = new List<Problem>();
        var incidents = new List<ContentIncident>(rows.Count - 1);
        for (var r = 1; r < rows.Count && problems.Count < 100; r++)
        {
            string Cell(int column) => at[column] >= 0 && at[column] < rows[r].Cells.Length ? rows[r].Cells[at[column]] : "";
            string[] formats = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"];
            if (!DateTime.TryParseExact(Cell(0), formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var created))
            {
                problems.Add(new Problem("Not a local date and time", file, rows[r].Line, "created", Cell(0), "as 2017-05-12T18:03:20"));
            }

            var units = 0;
            if (Cell(3).Length > 0 && !(int.TryParse(Cell(3), NumberStyles.None, CultureInfo.InvariantCulture, out units) && units is >= 1 and <= 32))
            {
                problems.Add(new Problem("Not a number of units", file, rows[r].Line, "units", Cell(3), "1 to 32, or nothing"));
            }

            var scene = double.NaN;
            if (Cell(4).Length > 0 && !(double.TryParse(Cell(4), NumberStyles.Float, CultureInfo.InvariantCulture, out scene) && scene is >= 0 and <= 100_000))
            {
                problems.Add(new Problem("Not a time on scene", file, rows[r].Line, "sceneMinutes", Cell(4), "0 to 100,000 minutes, or nothing"));
            }

            incidents.Add(new ContentIncident(created, Cell(1), Cell(2), units, scene, rows[r].Line));
        }

        return problems.Count > 0 ? problems : new ContentIncidents(incidents, sha);
    }

    private static float Number(string[] row, int column, string file, int line, string field, List<Problem> problems)
    {
        var text = column < row.Length ? row[column] : "";
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) && value >= 0)
        {
            return value;
        }

        if (problems.Count < 100)
        {
            problems.Add(new Problem("Not a number of 0 or more", file, line, field, text, "a number of 0 or more"));
        }

        return 0;
    }

    private readonly record struct Row(int Line, string[] Cells);
}
