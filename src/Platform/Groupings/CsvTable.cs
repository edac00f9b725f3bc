using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Groupings;

/// <summary>A CSV file with a header, read whole, that remembers its lines and collects what is wrong with its fields.</summary>
internal sealed class CsvTable
{
    private CsvTable(string file, string[] header, List<Row> rows)
    {
        (File, Header, Rows) = (file, header, rows);
    }

    /// <summary>One line: its number in the file (the header is line 1) and its fields.</summary>
    public sealed record Row(int Line, string[] Fields);

    /// <summary>The file's name as problems show it.</summary>
    public string File { get; }

    /// <summary>The columns' names.</summary>
    public string[] Header { get; }

    /// <summary>The lines below the header; empty lines are skipped.</summary>
    public List<Row> Rows { get; }

    /// <summary>Reads a file. A missing file, an empty one, a repeated column and a line of the wrong length are problems.</summary>
    public static CsvTable? Read(string path, List<Problem> problems)
    {
        var name = Path.GetFileName(path);
        if (!System.IO.File.Exists(path))
        {
            problems.Add(new Problem("The file is not there", path, Accepted: "a CSV file with a header"));
            return null;
        }

        var records = new CsvRecords(System.IO.File.ReadAllText(path));
        if (!ReadFilled(records))
        {
            problems.Add(new Problem("The file is empty", name, Accepted: "a header and at least one line"));
            return null;
        }

        string[] header = [.. records.Fields];
        foreach (var twice in header.GroupBy(column => column, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1 && g.Key.Length > 0))
        {
            problems.Add(new Problem("The column appears twice", name, 1, twice.Key));
        }

        var rows = new List<Row>();
        while (ReadFilled(records))
        {
            if (records.Malformed)
            {
                problems.Add(new Problem("A quotation mark is not closed or stands inside a field", name, records.Line));
            }
            else if (records.Fields.Count != header.Length)
            {
                problems.Add(new Problem("The line has another number of fields than the header", name, records.Line, Found: $"{records.Fields.Count}", Accepted: $"{header.Length}"));
            }
            else
            {
                rows.Add(new Row(records.Line, [.. records.Fields]));
            }
        }

        if (rows.Count == 0)
        {
            problems.Add(new Problem("The file has a header and nothing below it", name, Accepted: "at least one line"));
        }

        return new CsvTable(name, header, rows);
    }

    /// <summary>A column's place, or -1.</summary>
    public int Find(params string[] names)
    {
        foreach (var name in names)
        {
            var at = Array.FindIndex(Header, column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>A column's place; its absence is a problem.</summary>
    public int Require(string name, List<Problem> problems)
    {
        var at = Find(name);
        if (at < 0)
        {
            problems.Add(new Problem("A column is missing", File, 1, name, string.Join(",", Header), name));
        }

        return at;
    }

    /// <summary>A finite number of at least <paramref name="least"/>; anything else is a problem and gives 0.</summary>
    public double Number(Row row, int column, List<Problem> problems, double least = double.NegativeInfinity)
    {
        var text = row.Fields[column];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= least)
        {
            return value;
        }

        var accepted = double.IsNegativeInfinity(least) ? "a number" : string.Create(CultureInfo.InvariantCulture, $"a number of at least {least}");
        problems.Add(new Problem(text.Length == 0 ? "A number is missing" : "Not an acceptable number", File, row.Line, Header[column], text, accepted));
        return 0;
    }

    /// <summary>Whether every field of a column is a finite number.</summary>
    public bool IsNumeric(int column) => Rows.TrueForAll(row =>
        double.TryParse(row.Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value));

    // Spreadsheets write lines of nothing but commas below a table.
    private static bool ReadFilled(CsvRecords records)
    {
        while (records.Read())
        {
            if (!records.Fields.All(string.IsNullOrWhiteSpace))
            {
                return true;
            }
        }

        return false;
    }
}
