using System.Globalization;
using System.Text;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Evaluations;

/// <summary>Where a value of a panel stood in the table that was pasted.</summary>
/// <param name="Row">Its row, the first line being 1.</param>
/// <param name="Column">Its column.</param>
public readonly record struct PastedCell(int Row, string Column);

/// <summary>
/// A table as people have it: pasted from a document or a spreadsheet, with a row a month and a column an area (wide), or a row for
/// each area and month (long). Tabs, commas or semicolons; a per cent sign after a number is passed over. The rows of a wide table stand
/// in order of time, however they were pasted; each keeps the row that it had.
/// </summary>
public sealed class PastedPanel
{
    /// <summary>The longest text taken, in characters.</summary>
    public const int MostCharacters = 2_000_000;

    private const int MostProblems = 100;
    private static readonly string[] Blank = ["", "NA", "N/A", "n/a", "-", "–", ".", ".."];

    private readonly List<(int Line, string[] Fields)> _rows;

    private readonly int _headerLine;

    private PastedPanel((int Line, string[] Fields) head, List<(int Line, string[] Fields)> rows)
    {
        (_headerLine, var header) = head;
        Header = header;
        _rows = rows;
        TreatedColumn = Enumerable.Range(0, header.Length).Reverse().Where(i => rows.TrueForAll(row => row.Fields[i] is "0" or "1")).Select(i => header[i]).FirstOrDefault();
    }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Rows below the header.</summary>
    public int Rows => _rows.Count;

    /// <summary>The column that is 0 or 1 throughout, and so says who is under treatment when; null in a wide table.</summary>
    public string? TreatedColumn { get; }

    /// <summary>Whether it has a row for each area and time.</summary>
    public bool IsLong => TreatedColumn is not null;

    /// <summary>The areas of a wide table: every column but the first.</summary>
    public IReadOnlyList<string> Areas => IsLong ? [] : [.. Header.Skip(1)];

    /// <summary>The times of a wide table in order, as written.</summary>
    public IReadOnlyList<string> Times => IsLong ? [] : _rows.ConvertAll(row => row.Fields[0]);

    /// <summary>
    /// Reads a text. Refused when it is empty, too long, has one column or rows of another width; a wide table also for times that are none,
    /// are written in more than one way or stand twice, and for values that are no numbers. Each problem names the row as it was pasted.
    /// </summary>
    public static Outcome<PastedPanel> Read(string? text, string file = "the table")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Problem("There is no table", file, Field: "text", Accepted: "a header and rows: a month and a value for each area");
        }

        if (text.Length > MostCharacters)
        {
            return new Problem("The table is too long", file, Field: "text", Found: text.Length.ToString(CultureInfo.InvariantCulture) + " characters", Accepted: "at most 2,000,000");
        }

        var body = text.TrimStart('\uFEFF');
        var head = body.TrimStart('\r', '\n', ' ').Split('\n', 2)[0];
        var records = new CsvRecords(body, head.Contains('\t') ? '\t' : head.Contains(',') || !head.Contains(';') ? ',' : ';');
        var (rows, problems) = (new List<(int Line, string[] Fields)>(), new List<Problem>());
        while (records.Read() && problems.Count < MostProblems)
        {
            string[] fields = [.. records.Fields.Select(field => field.Trim())];
            if (records.Malformed)
            {
                problems.Add(new Problem("A quotation mark is not closed or stands inside a field", file, records.Line));
            }
            else if (fields.All(field => field.Length == 0))
            {
                continue;
            }
            else if (rows.Count > 0 && fields.Length != rows[0].Fields.Length)
            {
                problems.Add(new Problem("The row has another number of fields than the header", file, records.Line, "text", fields.Length.ToString(CultureInfo.InvariantCulture), rows[0].Fields.Length.ToString(CultureInfo.InvariantCulture)));
            }

            rows.Add((records.Line, rows.Count == 0 ? fields : [.. fields.Select(Plain)]));
        }

        if (problems.Count == 0 && (rows.Count < 2 || rows[0].Fields.Length < 2))
        {
            problems.Add(new Problem("A table has a header, rows below it and at least two columns", file, Field: "text", Accepted: "a month and a value for each area"));
        }

        foreach (var twice in rows.Count == 0 ? [] : rows[0].Fields.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(new Problem("Two columns have one name", file, rows[0].Line, "text", twice.Key));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var table = new PastedPanel(rows[0], rows[1..]);
        if (!table.IsLong)
        {
            table.Order(file, problems);
        }

        return problems.Count > 0 ? problems : table;
    }

    /// <summary>The table as it is kept: commas, quoted where needed, each row on the line where it was pasted, so that a fault is named by that row.</summary>
    public string ToCsv() => Write(_rows.Select(row => (row.Line, (IReadOnlyList<string>)row.Fields)).Prepend((_headerLine, Header)).OrderBy(row => row.Item1));

    /// <summary>
    /// A wide table as the long panel that the command line takes: area, time, value, treated from a time of it on; only the times wanted.
    /// With the cell of the pasted table that each row came from.
    /// </summary>
    public Outcome<(string Csv, IReadOnlyList<PastedCell> Cells)> ToLong(IReadOnlyList<string> areas, IReadOnlyCollection<string> treated, string start, Func<string, bool>? isUsed = null)
    {
        ArgumentNullException.ThrowIfNull(areas);
        var problems = new List<Problem>();
        var from = _rows.FindIndex(row => row.Fields[0] == start || (TimeAxis.KeyOf(start, row.Fields[0]) is { } key && TimeAxis.KeyOf(row.Fields[0], row.Fields[0]) == key));
        if (from < 0)
        {
            problems.Add(new Problem("This is no time of the table", Field: "start", Found: start, Accepted: $"{_rows[0].Fields[0]} to {_rows[^1].Fields[0]}, as written there"));
        }

        foreach (var unknown in areas.Concat(treated).Where(area => !Areas.Contains(area, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            problems.Add(new Problem("The table has no such area", Field: "area", Found: unknown, Accepted: string.Join(", ", Areas)));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var used = areas.SelectMany(area =>
        {
            var place = Header.ToList().IndexOf(area);
            return _rows.Select((row, i) => (Cell: new PastedCell(row.Line, area), Fields: new[] { area, row.Fields[0], row.Fields[place], treated.Contains(area, StringComparer.Ordinal) && i >= from ? "1" : "0" }));
        }).Where(row => isUsed?.Invoke(row.Fields[1]) ?? true).ToList();
        return (Write(used.Select((row, i) => (i + 2, (IReadOnlyList<string>)row.Fields)).Prepend((1, ["area", "time", "value", "treated"]))), used.ConvertAll(row => row.Cell));
    }

    /// <summary>Which column of a long table is what, as far as names and values tell.</summary>
    public PanelColumns Guess()
    {
        var treated = TreatedColumn ?? Header[^1];
        var rest = Header.Where(name => name != treated).ToList();
        string Pick(string[] words, Func<string, bool> otherwise) => rest.Find(name => words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))) ?? rest.Find(name => otherwise(name)) ?? rest[0];
        var time = Pick(["month", "date", "time", "year", "quarter", "period", "week"], name => Values(name).All(value => TimeAxis.KeyOf(value, value) is not null));
        rest.Remove(time);
        var unit = rest.Count > 0 ? Pick(["area", "unit", "borough", "state", "country", "id"], name => Values(name).Any(value => !double.TryParse(value, CultureInfo.InvariantCulture, out _))) : time;
        rest.Remove(unit);
        return new PanelColumns(unit, time, rest.Count > 0 ? rest[0] : unit, treated);
    }

    // Times in one way of writing, each once; then rows in their order, since "from" and "to" mean earlier and later.
    private void Order(string file, List<Problem> problems)
    {
        var sample = _rows[0].Fields[0];
        var keys = new double?[_rows.Count];
        var lines = new Dictionary<double, int>();
        for (var i = 0; i < _rows.Count && problems.Count < MostProblems; i++)
        {
            var (line, fields) = _rows[i];
            if ((keys[i] = TimeAxis.KeyOf(fields[0], sample)) is not { } key)
            {
                problems.Add(TimeAxis.KeyOf(fields[0], fields[0]) is null || i == 0
                    ? new Problem("This is no date and no running index", file, line, Header[0], fields[0], i == 0 ? "2017-04-26, 2017-04, 04/2017, 26/04/2017, Apr-17, April 2017, or a number" : "as in the first row: " + sample)
                    : new Problem("Times are written in more than one way", file, line, Header[0], fields[0], "as in the first row: " + sample));
            }
            else if (!lines.TryAdd(key, line))
            {
                problems.Add(new Problem($"Two rows are for one time; the first is row {lines[key].ToString(CultureInfo.InvariantCulture)}", file, line, Header[0], fields[0]));
            }

            for (var f = 1; f < fields.Length; f++)
            {
                // A blank is missing, and is asked about only where its area and time are used.
                if (!Blank.Contains(fields[f], StringComparer.Ordinal) && !double.TryParse(fields[f], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _))
                {
                    problems.Add(new Problem("This is not a number", file, line, Header[f], fields[f], "a number with a point, such as 84.5 or 84.5%"));
                }
            }
        }

        if (problems.Count == 0)
        {
            var ordered = _rows.Zip(keys).OrderBy(pair => pair.Second).Select(pair => pair.First).ToList();
            _rows.Clear();
            _rows.AddRange(ordered);
        }
    }

    private IEnumerable<string> Values(string column)
    {
        var place = Header.ToList().IndexOf(column);
        return _rows.Select(row => row.Fields[place]);
    }

    private static string Plain(string field) => field.EndsWith('%') && double.TryParse(field[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? field[..^1].Trim() : field;

    private static string Write(IEnumerable<(int Line, IReadOnlyList<string> Fields)> rows)
    {
        var csv = new StringBuilder();
        var written = 0;
        foreach (var (line, fields) in rows)
        {
            for (; written < line - 1; written++)
            {
                csv.Append('\n');
            }

            csv.AppendJoin(',', fields.Select(PanelText.Quote)).Append('\n');
            written += 1 + fields.Sum(field => field.Count(letter => letter == '\n'));
        }

        return csv.ToString();
    }
}
