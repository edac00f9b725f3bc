using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Performance;

/// <summary>A table as it was pasted or read from a file: a header, and rows of the same width.</summary>
internal sealed record ObservationTable(string File, string[] Header, IReadOnlyList<(int Line, string[] Fields)> Rows)
{
    private const int MaximumProblems = 100;

    /// <summary>Reads a text whose fields are parted by tabs, semicolons or commas. Refused for an empty one, two columns of one name, and rows of another width.</summary>
    public static Outcome<ObservationTable> Read(string text, string file)
    {
        var first = text.AsSpan().TrimStart("\uFEFF\r\n ");
        first = first[..(first.IndexOfAny('\r', '\n') is var end and >= 0 ? end : first.Length)];
        var records = new CsvRecords(text, first.Contains('\t') ? '\t' : first.Contains(';') && !first.Contains(',') ? ';' : ',');
        if (!records.Read())
        {
            return new Problem("The table is empty", file, Accepted: "a header and a row for each period");
        }

        string[] header = [.. records.Fields.Select(field => field.Trim())];
        var problems = header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => new Problem("Two columns have one name", file, records.Line, group.Key)).ToList();
        if (header.Length < 2)
        {
            problems.Add(new Problem("The table has one column alone", file, records.Line, Found: header[0], Accepted: "periods in one column and values in others, parted by commas, semicolons or tabs"));
        }

        var rows = new List<(int, string[])>();
        while (records.Read() && problems.Count < MaximumProblems)
        {
            if (records.Malformed)
            {
                problems.Add(new Problem("A quotation mark is not closed or stands inside a field", file, records.Line));
            }
            else if (records.Fields.Count != header.Length)
            {
                problems.Add(new Problem(
                    "The row has another number of fields than the header", file, records.Line, Found: records.Fields.Count.ToString(CultureInfo.InvariantCulture),
                    Accepted: header.Length.ToString(CultureInfo.InvariantCulture)));
            }
            else if (records.Fields.Any(field => !string.IsNullOrWhiteSpace(field)))
            {
                rows.Add((records.Line, [.. records.Fields.Select(field => field.Trim())]));
            }
        }

        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("The table has no rows below its header", file, Accepted: "a row for each period"));
        }

        return problems.Count > 0 ? problems : new ObservationTable(file, header, rows);
    }

    /// <summary>The place of a column; adds a problem and answers −1 where there is none of the name.</summary>
    public int Column(string name, List<Problem> problems)
    {
        var place = Array.FindIndex(Header, column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase));
        if (place < 0)
        {
            problems.Add(new Problem("The table has no such column", File, 1, name, Accepted: string.Join(", ", Header)));
        }

        return place;
    }
}
