using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Panels;

/// <summary>One row of a table.</summary>
/// <param name="Line">Its line in the file, the header being line 1.</param>
/// <param name="Fields">Its fields, trimmed.</param>
internal sealed record CsvRow(int Line, string[] Fields);

/// <summary>A table read from CSV, with commas or semicolons.</summary>
internal sealed class CsvTable
{
    /// <summary>Rows read at most.</summary>
    public const int MaximumRows = 1_000_000;

    private CsvTable(string file, string[] header, List<CsvRow> rows)
    {
        File = file;
        Header = header;
        Rows = rows;
    }

    public string File { get; }

    public string[] Header { get; }

    public List<CsvRow> Rows { get; }

    /// <summary>Reads a text; with problems for an empty file, two columns of one name, and rows of another width than the header.</summary>
    public static Outcome<CsvTable> Read(string text, string file)
    {
        var firstLine = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : text.Length);
        var problems = new List<Problem>();
        var records = new CsvRecords(text, firstLine.Contains(',') || !firstLine.Contains(';') ? ',' : ';');
        if (!records.Read())
        {
            return new Problem("The file is empty", file, Accepted: "a header and rows");
        }

        string[] header = [.. records.Fields];
        foreach (var twice in header.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(new Problem("Two columns have one name", file, 1, twice.Key));
        }

        var rows = new List<CsvRow>();
        while (records.Read())
        {
            if (records.Malformed)
            {
                problems.Add(new Problem("A quotation mark is not closed or stands inside a field", file, records.Line));
            }
            else if (records.Fields.Count != header.Length)
            {
                problems.Add(new Problem("The row has another number of fields than the header", file, records.Line, Found: Text(records.Fields.Count), Accepted: Text(header.Length)));
            }
            else if (rows.Count == MaximumRows)
            {
                problems.Add(new Problem("The file has more rows than are read", file, Accepted: Text(MaximumRows)));
                break;
            }
            else
            {
                rows.Add(new CsvRow(records.Line, [.. records.Fields]));
            }
        }

        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("The file has no rows below its header", file));
        }

        return problems.Count > 0 ? problems : new CsvTable(file, header, rows);
    }

    /// <summary>The place of a column; adds a problem and answers −1 when it is not there.</summary>
    public int Column(string name, List<Problem> problems)
    {
        var place = Array.IndexOf(Header, name);
        if (place < 0)
        {
            problems.Add(new Problem("The file has no such column", File, 1, name, Accepted: string.Join(", ", Header)));
        }

        return place;
    }

    /// <summary>A number of a row; adds a problem and answers not a number when it is none.</summary>
    public double Number(CsvRow row, int column, List<Problem> problems)
    {
        var text = row.Fields[column];
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        problems.Add(text is "" or "NA" or "NaN" or "."
            ? new Problem("The value is missing", File, row.Line, Header[column], text, "a number; leave the whole unit or time out where there is none")
            : new Problem("This is not a number", File, row.Line, Header[column], text, "a number with a point, such as 84.5"));
        return double.NaN;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
