using System.Text;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Tables;

namespace Pathfinder.Platform.Records.Files;

/// <summary>
/// Tables as RFC 4180 CSV in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8. A cell that a spreadsheet
/// would run as a formula is written with an apostrophe before it, and read without; one that begins with = and has none is refused.
/// </summary>
internal static class RegisterCsv
{
    public static byte[] Write(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var csv = new StringBuilder("\uFEFF");
        csv.AppendJoin(',', headings.Select(Quote)).Append("\r\n");
        foreach (var row in rows)
        {
            csv.AppendJoin(',', row.Select(Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>The table, with what is wrong in it among the problems; null where there is none to be had.</summary>
    public static RegisterTable? Read(string file, ReadOnlySpan<byte> bytes, List<Problem> problems)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            problems.Add(new Problem("The file is not in UTF-8", file, Accepted: "CSV in UTF-8; in a spreadsheet choose \"CSV UTF-8\""));
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes);
        var firstLine = text.AsSpan(0, Math.Max(0, text.AsSpan().IndexOfAny('\r', '\n')));
        // Spreadsheets set to some languages write semicolons.
        var records = new CsvRecords(text, !firstLine.Contains(',') && firstLine.Contains(';') ? ';' : ',', trim: false);
        if (!records.Read())
        {
            problems.Add(new Problem("The file is empty", file, Accepted: "a heading row and rows"));
            return null;
        }

        var headings = records.Fields.Select(Safe).ToList();
        var rows = new List<RegisterRow>();
        while (records.Read())
        {
            if (rows.Count == RegisterTable.MaximumRows || headings.Count > RegisterTable.MaximumColumns)
            {
                problems.Add(RegisterTable.TooLong(file));
                return null;
            }

            if (records.Malformed)
            {
                problems.Add(new Problem("A quotation mark is out of place", file, records.Line));
            }
            else if (records.Fields.Count > headings.Count)
            {
                problems.Add(new Problem("The row has more cells than there are headings", file, records.Line, Found: $"{records.Fields.Count} cells", Accepted: $"at most {headings.Count}"));
            }
            else
            {
                var formulas = Enumerable.Range(0, records.Fields.Count).Where(c => IsFormula(records.Fields[c])).ToList();
                problems.AddRange(formulas.Select(c => new Problem(
                    "A formula cannot be imported", file, records.Line, headings[c], records.Fields[c], "its value; an apostrophe before it where it is meant as text")));
                rows.Add(new RegisterRow(records.Line, records.Fields.Select(field => IsFormula(field) ? "" : Safe(field)).ToList(), formulas.Count > 0));
            }
        }

        return new RegisterTable(headings, rows);
    }

    // What a spreadsheet would run. A text that begins with + - or @ is taken as it stands: people write lists and telephone numbers so.
    private static bool IsFormula(string value) => value.Length > 1 && value[0] == '=';

    private static string Quote(string value)
    {
        var safe = value.Length > 0 && StartsAsFormula(value[0]) && !IsNumber(value) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",;\"\r\n") < 0 && safe.AsSpan().Trim().Length == safe.Length
            ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // Only what writing adds is taken away: an apostrophe of the text's own stays.
    private static string Safe(string value) => value.Length > 1 && value[0] == '\'' && StartsAsFormula(value[1]) ? value[1..] : value;

    private static bool StartsAsFormula(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';

    private static bool IsNumber(string value) =>
        value[0] == '-' && decimal.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out _);
}
