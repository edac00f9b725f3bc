using System.Globalization;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Forces;

/// <summary>The rows of one table of a pack, as text, with their lines.</summary>
internal sealed class PackTableReader
{
    private readonly PackSource _source;
    private readonly Dictionary<string, int> _columns;

    private PackTableReader(PackSource source, string path, Dictionary<string, int> columns, List<PackRow> rows)
    {
        _source = source;
        Path = path;
        _columns = columns;
        Rows = rows;
    }

    /// <summary>The file as the pack names it.</summary>
    public string Path { get; }

    /// <summary>The rows below the header.</summary>
    public List<PackRow> Rows { get; private set; }

    /// <summary>Reads a table; with problems, and no rows, when it is missing, malformed or lacks a column.</summary>
    public static PackTableReader Read(PackSource source, string file)
    {
        var table = PackFiles.Table(file);
        var path = source.FindPath(file);
        var empty = new PackTableReader(source, path ?? file, new(StringComparer.Ordinal), []);
        if (path is null)
        {
            source.Fault("The file is missing", file, accepted: file + " or " + file + ".gz");
            return empty;
        }

        if (source.FindText(path) is not { } text)
        {
            return empty;
        }

        var csv = new CsvRecords(text);
        if (!csv.Read())
        {
            source.Fault("The file is empty", path, accepted: string.Join(',', table.Required.Take(8)));
            return empty;
        }

        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.Fields.Count; i++)
        {
            if (!columns.TryAdd(csv.Fields[i], i))
            {
                source.Fault("Two columns have one name", path, 1, csv.Fields[i]);
            }
        }

        foreach (var name in columns.Keys.Where(c => !table.Required.Contains(c, StringComparer.Ordinal) && !table.Optional.Contains(c, StringComparer.Ordinal)))
        {
            source.Fault("The column is not part of the format", path, 1, name, accepted: string.Join(", ", table.Required.Concat(table.Optional).Take(12)));
        }

        var missing = table.Required.Where(c => !columns.ContainsKey(c)).ToList();
        foreach (var name in missing)
        {
            source.Fault("The column is missing", path, 1, name);
        }

        var reader = new PackTableReader(source, path, columns, []);
        var rows = new List<PackRow>();
        var width = csv.Fields.Count;
        while (csv.Read())
        {
            if (csv.Malformed)
            {
                source.Fault("A quotation mark is not closed or stands inside a field", path, csv.Line);
                continue;
            }

            if (csv.Fields.Count != width)
            {
                source.Fault(
                    "The row has another number of fields than the header", path, csv.Line,
                    found: csv.Fields.Count.ToString(CultureInfo.InvariantCulture), accepted: width.ToString(CultureInfo.InvariantCulture));
                continue;
            }

            if (rows.Count == PackFiles.MaximumRows)
            {
                source.Fault("The file has more rows than are read", path, accepted: PackFiles.MaximumRows.ToString(CultureInfo.InvariantCulture));
                break;
            }

            rows.Add(new PackRow(reader, csv.Line, [.. csv.Fields]));
        }

        if (missing.Count > 0)
        {
            return empty;
        }

        if (rows.Count == 0)
        {
            source.Fault("The file has no rows", path);
        }

        reader.Rows = rows;
        return reader;
    }

    /// <summary>The place of a column; -1 for an optional one that is absent.</summary>
    internal int Column(string name) => _columns.GetValueOrDefault(name, -1);

    /// <summary>Reports a fault in one row.</summary>
    internal void Fault(int line, string message, string? field, string? found, string? accepted) =>
        _source.Fault(message, Path, line, field, found, accepted);
}

/// <summary>One row; each getter reports what it cannot read and answers a harmless value, so that the rest is still checked.</summary>
internal readonly struct PackRow(PackTableReader table, int line, string[] fields)
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The line of the file.</summary>
    public int Line => line;

    /// <summary>The text of a field, empty where it is absent.</summary>
    public string Raw(string column)
    {
        var at = table.Column(column);
        return at < 0 ? "" : fields[at];
    }

    /// <summary>Text that must not be empty.</summary>
    public string Text(string column)
    {
        var value = Raw(column);
        if (value.Length == 0)
        {
            Fault("A value is missing", column);
        }

        return value;
    }

    /// <summary>Text or null.</summary>
    public string? TextOrNull(string column) => Raw(column) is { Length: > 0 } value ? value : null;

    /// <summary>A code: letters, digits, hyphen, dot or underscore, at most 64.</summary>
    public string Code(string column)
    {
        var value = Text(column);
        if (value.Length > 64 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            Fault("The code cannot be used", column, value, "letters, digits, hyphen, dot, underscore; at most 64");
        }

        return value;
    }

    /// <summary>A number in a range, both ends included.</summary>
    public double Number(string column, double low, double high)
    {
        var value = Text(column);
        if (value.Length == 0)
        {
            return Math.Clamp(0, low, high);
        }

        if (!double.TryParse(value, Decimal, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            Fault("This is not a number", column, value, "a finite number with a point, such as 12.5");
            return Math.Clamp(0, low, high);
        }

        if (number < low || number > high)
        {
            Fault(number < 0 && low == 0 ? "The value is negative" : "The value is out of range", column, value, Range(low, high));
            return Math.Clamp(number, low, high);
        }

        return number;
    }

    /// <summary>A number in a range, or null where the field is empty.</summary>
    public double? NumberOrNull(string column, double low, double high) => Raw(column).Length == 0 ? null : Number(column, low, high);

    /// <summary>A whole number in a range.</summary>
    public int Integer(string column, int low, int high)
    {
        var value = Text(column);
        if (value.Length == 0)
        {
            return Math.Clamp(0, low, high);
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Fault("This is not a whole number", column, value, Range(low, high));
            return Math.Clamp(0, low, high);
        }

        if (number < low || number > high)
        {
            Fault(number < 0 && low == 0 ? "The value is negative" : "The value is out of range", column, value, Range(low, high));
        }

        return Math.Clamp(number, low, high);
    }

    /// <summary>A whole number in a range, or null where the field is empty.</summary>
    public int? IntegerOrNull(string column, int low, int high) => Raw(column).Length == 0 ? null : Integer(column, low, high);

    /// <summary>A date, year first.</summary>
    public DateOnly Date(string column)
    {
        var value = Text(column);
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        if (value.Length > 0)
        {
            Fault("This is not a date", column, value, "year-month-day, such as 2017-04-26");
        }

        return default;
    }

    /// <summary>A date, or null where the field is empty.</summary>
    public DateOnly? DateOrNull(string column) => Raw(column).Length == 0 ? null : Date(column);

    /// <summary>A month; its first day.</summary>
    public DateOnly Month(string column)
    {
        var value = Text(column);
        if (DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Fault("This is not a month", column, value, "year-month, such as 2017-04");
        return default;
    }

    /// <summary>A time of day.</summary>
    public TimeOnly Time(string column)
    {
        var value = Text(column);
        if (TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        Fault("This is not a time of day", column, value, "hours and minutes, such as 06:00");
        return default;
    }

    /// <summary>yes or no.</summary>
    public bool Flag(string column) => OneOf(column, "yes", "no") == "yes";

    /// <summary>One of a few words; the first of them where it is none.</summary>
    public string OneOf(string column, params ReadOnlySpan<string> accepted)
    {
        var value = Text(column);
        foreach (var word in accepted)
        {
            if (word == value)
            {
                return value;
            }
        }

        if (value.Length > 0)
        {
            Fault("The value is none of those accepted", column, value, string.Join(", ", accepted.ToArray()));
        }

        return accepted[0];
    }

    /// <summary>Words separated by spaces.</summary>
    public string[] Words(string column) => Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reports a fault of this row.</summary>
    public void Fault(string message, string? field = null, string? found = null, string? accepted = null) =>
        table.Fault(line, message, field, found, accepted);

    private static string Range(double low, double high) =>
        high >= int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"at least {low}")
            : string.Create(CultureInfo.InvariantCulture, $"{low} to {high}");
}
