using System.Globalization;
using System.Text;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// A table as people have it: pasted from a document or a spreadsheet, with a row a month and a column an area (wide), or a row for
/// each area and month (long). Tabs, commas or semicolons; a per cent sign after a number is passed over.
/// </summary>
public sealed class PastedPanel
{
    /// <summary>The longest text taken, in characters.</summary>
    public const int MostCharacters = 2_000_000;

    private readonly List<string[]> _rows;

    private PastedPanel(string[] header, List<string[]> rows)
    {
        Header = header;
        _rows = rows;
    }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Rows below the header.</summary>
    public int Rows => _rows.Count;

    /// <summary>The column that is 0 or 1 throughout, and so says who is under treatment when; null in a wide table.</summary>
    public string? TreatedColumn => Enumerable.Range(0, Header.Count).Reverse().Where(i => _rows.TrueForAll(row => row[i] is "0" or "1")).Select(i => Header[i]).FirstOrDefault();

    /// <summary>Whether it has a row for each area and time.</summary>
    public bool IsLong => TreatedColumn is not null;

    /// <summary>The areas of a wide table: every column but the first.</summary>
    public IReadOnlyList<string> Areas => IsLong ? [] : [.. Header.Skip(1)];

    /// <summary>The times of a wide table, as written.</summary>
    public IReadOnlyList<string> Times => IsLong ? [] : _rows.ConvertAll(row => row[0]);

    /// <summary>Reads a text. Refused when it is empty, too long, has one column or rows of another width.</summary>
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

        var first = text.TrimStart('\uFEFF', '\r', '\n');
        var head = first.Split('\n', 2)[0];
        var records = new CsvRecords(first, head.Contains('\t') ? '\t' : head.Contains(',') || !head.Contains(';') ? ',' : ';');
        var (rows, problems) = (new List<string[]>(), new List<Problem>());
        while (records.Read())
        {
            string[] fields = [.. records.Fields.Select(field => field.Trim())];
            if (fields.All(field => field.Length == 0))
            {
                continue;
            }

            if (rows.Count > 0 && fields.Length != rows[0].Length)
            {
                problems.Add(new Problem("The row has another number of fields than the header", file, records.Line, "text", fields.Length.ToString(CultureInfo.InvariantCulture), rows[0].Length.ToString(CultureInfo.InvariantCulture)));
            }

            rows.Add(rows.Count == 0 ? fields : [.. fields.Select(Plain)]);
        }

        if (problems.Count == 0 && (rows.Count < 2 || rows[0].Length < 2))
        {
            problems.Add(new Problem("A table has a header, rows below it and at least two columns", file, Field: "text", Accepted: "a month and a value for each area"));
        }

        foreach (var twice in rows.Count == 0 ? [] : rows[0].GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(new Problem("Two columns have one name", file, 1, "text", twice.Key));
        }

        return problems.Count > 0 ? problems : new PastedPanel(rows[0], rows[1..]);
    }

    /// <summary>The table as it is kept: commas, quoted where needed.</summary>
    public string ToCsv() => Write(_rows.Prepend([.. Header]));

    /// <summary>A wide table as the long panel that the command line takes: area, time, value, treated from a time of it on; only the times wanted.</summary>
    public Outcome<string> ToLong(IReadOnlyList<string> areas, IReadOnlyCollection<string> treated, string start, Func<string, bool>? isUsed = null)
    {
        ArgumentNullException.ThrowIfNull(areas);
        var problems = new List<Problem>();
        var from = _rows.FindIndex(row => row[0] == start || (TimeAxis.KeyOf(start, row[0]) is { } key && TimeAxis.KeyOf(row[0], row[0]) == key));
        if (from < 0)
        {
            problems.Add(new Problem("This is no time of the table", Field: "start", Found: start, Accepted: $"{_rows[0][0]} to {_rows[^1][0]}, as written there"));
        }

        foreach (var unknown in areas.Concat(treated).Where(area => !Areas.Contains(area, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            problems.Add(new Problem("The table has no such area", Field: "area", Found: unknown, Accepted: string.Join(", ", Areas)));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        return Write(areas.SelectMany(area => _rows.Select((row, i) => new[] { area, row[0], row[Header.ToList().IndexOf(area)], treated.Contains(area, StringComparer.Ordinal) && i >= from ? "1" : "0" }))
            .Where(row => isUsed?.Invoke(row[1]) ?? true)
            .Prepend(["area", "time", "value", "treated"]));
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

    private IEnumerable<string> Values(string column)
    {
        var place = Header.ToList().IndexOf(column);
        return _rows.Select(row => row[place]);
    }

    private static string Plain(string field) => field.EndsWith('%') && double.TryParse(field[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? field[..^1].Trim() : field;

    private static string Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        var csv = new StringBuilder();
        foreach (var row in rows)
        {
            csv.AppendJoin(',', row.Select(PanelText.Quote)).Append('\n');
        }

        return csv.ToString();
    }
}
