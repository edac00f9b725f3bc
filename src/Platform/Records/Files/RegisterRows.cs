using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>The rows of a table as records of a kind to be. What cannot be read is a problem of its cell; the other rows are read all the same.</summary>
internal sealed partial class RegisterRows
{
    public const string KeyName = "key", VersionName = "record.version", KnownName = "record.known", FromName = "record.from", UntilName = "record.until";

    /// <summary>What stands for the version of a record that there is not yet.</summary>
    private const string New = "new";

    private readonly string _file;
    private readonly HashSet<string> _headings;

    private RegisterRows(RecordKind kind, string file, HashSet<string> headings)
    {
        (Kind, _file, _headings) = (kind, file, headings);
    }

    /// <summary>Columns before the fields; the prefix keeps them apart from fields of the same name, such as the dates of an appointment.</summary>
    public static IReadOnlyList<string> Own { get; } = [KeyName, VersionName, KnownName, FromName, UntilName];

    public RecordKind Kind { get; }

    /// <summary>The rows that can be read.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>How records that cannot be read would be named: their keys, alone and as references.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Days in numbers that could be read two ways.</summary>
    public List<DayRead> DaysRead { get; } = [];

    public static RegisterRows Read(RecordKind kind, string file, RegisterTable table, List<Problem> problems)
    {
        var headings = table.Headings.Select(heading => heading.Trim()).ToList();
        var known = Known(kind, file, headings, problems);
        var rows = new RegisterRows(kind, file, known);
        foreach (var row in table.Rows)
        {
            rows.Add(row, headings, problems);
        }

        foreach (var repeated in rows.Rows.Where(row => row.Key is not null).GroupBy(row => row.Key, StringComparer.Ordinal).SelectMany(group => group.Skip(1)))
        {
            problems.Add(new Problem("Another row has the same key", file, repeated.Line, KeyName, repeated.Key));
        }

        return rows;
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string heading) => _headings.Contains(heading);

    /// <summary>What a row says: its own cells, and for columns that the file has not what the version before says; null where that cannot be read.</summary>
    public ProgrammeRecord? Body(Row row, StoredRecord? before, List<Problem> problems)
    {
        var cells = before is null ? [] : RegisterColumns.Flatten(Kind, before.Body).Where(cell => !_headings.Contains(cell.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (heading, text) in row.Cells)
        {
            cells[heading] = text;
        }

        try
        {
            return Kind.Read(RegisterColumns.Unflatten(Kind, cells, []).ToJsonString(RecordJson.Options));
        }
        catch (JsonException e)
        {
            Refuse(row.Key, row.Line, [new Problem("The row cannot be read", Field: RecordJson.PathOf(e))], problems);
            return null;
        }
    }

    private static HashSet<string> Known(RecordKind kind, string file, List<string> headings, List<Problem> problems)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in headings)
        {
            if (heading.Length == 0 || (!Own.Contains(heading, StringComparer.Ordinal) && RegisterColumns.Find(kind, heading) is null))
            {
                problems.Add(new Problem($"A {kind.One} has no such column", file, 1, heading, heading, $"{string.Join(", ", Own)}, {string.Join(", ", RegisterColumns.Headings(kind, []))}, with [2], [3] … for more rows"));
            }
            else if (!known.Add(heading))
            {
                problems.Add(new Problem("This column stands twice", file, 1, heading));
            }
        }

        return known;
    }

    private void Add(RegisterRow row, List<string> headings, List<Problem> problems)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var c = 0; c < Math.Min(headings.Count, row.Cells.Count); c++)
        {
            if (row.Cells[c].Trim().Length > 0 && _headings.Contains(headings[c]))
            {
                var isOwn = Own.Contains(headings[c], StringComparer.Ordinal);
                (isOwn ? own : cells)[headings[c]] = isOwn ? row.Cells[c].Trim() : row.Cells[c];
            }
        }

        if (own.Count == 0 && cells.Count == 0)
        {
            return;
        }

        // What is wrong with the other cells of a row that was refused is told with it.
        var found = new List<Problem>();
        var (version, isNew) = Version(own, found);
        var (known, from, until) = (Day(own, KnownName, row.Line, found), Day(own, FromName, row.Line, found), Day(own, UntilName, row.Line, found));
        _ = RegisterColumns.Unflatten(Kind, cells, found);
        foreach (var (heading, text) in cells.Where(cell => RegisterColumns.Find(Kind, cell.Key)!.Shape is FieldShape.Day or FieldShape.PartialDate))
        {
            Echo(heading, text, row.Line);
        }

        var key = own.GetValueOrDefault(KeyName);
        if (found.Count > 0 || row.IsRefused)
        {
            Refuse(key, row.Line, found, problems);
            return;
        }

        Rows.Add(new Row(row.Line, key, version, isNew, known, from, until, cells));
    }

    private void Refuse(string? key, int line, IEnumerable<Problem> found, List<Problem> problems)
    {
        problems.AddRange(found.Select(problem => problem with { File = _file, Row = line }));
        if (key is not null)
        {
            Refused.Add(key);
            Refused.Add($"{Kind.Name}:{key}");
        }
    }

    private static (long? Version, bool IsNew) Version(Dictionary<string, string> own, List<Problem> found)
    {
        if (!own.TryGetValue(VersionName, out var stated))
        {
            return (null, false);
        }

        if (string.Equals(stated, New, StringComparison.OrdinalIgnoreCase))
        {
            return (null, true);
        }

        if (long.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (number, false);
        }

        found.Add(new Problem("The version cannot be read", Field: VersionName, Found: stated, Accepted: "the number that stood there; new for a record that there is not yet"));
        return (null, false);
    }

    private DateOnly? Day(Dictionary<string, string> own, string name, int line, List<Problem> found)
    {
        if (!own.TryGetValue(name, out var text))
        {
            return null;
        }

        var day = RegisterCells.Day(text);
        if (day is null)
        {
            found.Add(new Problem("The day cannot be read", Field: name, Found: text, Accepted: "a day, for example 2017-05-12"));
        }

        Echo(name, text, line);
        return day;
    }

    // A spreadsheet set to another country writes the month first: 04/05/2017 is then the fifth of April.
    private void Echo(string heading, string text, int line)
    {
        if (Numbers().Match(text) is { Success: true } match && match.Groups["one"].Value.TrimStart('0') != match.Groups["two"].Value.TrimStart('0')
            && int.Parse(match.Groups["one"].ValueSpan, CultureInfo.InvariantCulture) <= 12 && PartialDate.TryParse(text.Trim(), out var date))
        {
            DaysRead.Add(new DayRead(line, heading, text.Trim(), date.Text));
        }
    }

    [GeneratedRegex(@"\b(?<one>\d{1,2})[/.](?<two>\d{1,2})[/.]\d{4}\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbers();

    /// <summary>A row of the file.</summary>
    /// <param name="Line">The line, counted from 1.</param>
    /// <param name="Version">The version it was made from; null where it names none.</param>
    /// <param name="IsNew">Whether it says that there is no such record yet.</param>
    /// <param name="Cells">The cells of its fields that are filled in, by heading.</param>
    public sealed record Row(
        int Line, string? Key, long? Version, bool IsNew, DateOnly? Known, DateOnly? From, DateOnly? Until, IReadOnlyDictionary<string, string> Cells);
}
