using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Reports;

/// <summary>A report in one of its formats.</summary>
/// <param name="Name">Name of the file.</param>
public sealed record ReportFile(string Name, string MediaType, byte[] Bytes);

/// <summary>Writes reports as files: the same report gives the same bytes.</summary>
public static class ReportFiles
{
    /// <summary>The formats there are.</summary>
    public const string Formats = "html, docx, csv, json";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>
    /// The report in a format. CSV is of one table where it is named by its id; else of all of them, a line a cell: table, row, column,
    /// value. Refused for another format, and for a table that the report has not.
    /// </summary>
    public static Outcome<ReportFile> Write(ReportDocument report, string format, string? table = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var name = $"{report.Series}-{report.Effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if (table is not null && format != "csv")
        {
            return new Problem("Only CSV is of one table", Field: "table", Found: table, Accepted: "format csv");
        }

        switch (format)
        {
            case "html":
                return new ReportFile(name + ".html", MediaType(format), HtmlReport.Page(report));
            case "docx":
                return new ReportFile(name + ".docx", MediaType(format), DocxReport.Write(report));
            case "json":
                return new ReportFile(name + ".json", MediaType(format), [.. JsonSerializer.SerializeToUtf8Bytes(report, Json), (byte)'\n']);
            case "csv" when table is null:
                return new ReportFile(name + ".csv", MediaType(format), Csv(["table", "row", "column", "value"], report.Tables.SelectMany(All)));
            case "csv":
                return report.Tables.FirstOrDefault(one => one.Id == table) is { } found
                    ? new ReportFile($"{name}-{found.Id}.csv", MediaType(format), Csv([.. found.Columns.Select(column => column.Heading)], found.Rows.Select(row => row.Select(Cell))))
                    : new Problem("The report has no such table", Field: "table", Found: table, Accepted: report.Tables.Count == 0 ? "it has none" : string.Join(", ", report.Tables.Select(one => one.Id)));
            default:
                return new Problem("There is no such format", Field: "format", Found: format, Accepted: Formats);
        }
    }

    /// <summary>The report that JSON written by <see cref="Write"/> holds.</summary>
    public static ReportDocument Read(byte[] json) => JsonSerializer.Deserialize<ReportDocument>(json, Json) ?? throw new JsonException("A report cannot be the JSON word null.");

    /// <summary>The media type of a format.</summary>
    public static string MediaType(string format) => format switch
    {
        "html" => "text/html; charset=utf-8",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "json" => "application/json",
        _ => "text/csv; charset=utf-8",
    };

    /// <summary>RFC 4180 in UTF-8 with the mark that spreadsheets need to see that it is UTF-8.</summary>
    internal static byte[] Csv(IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows)
    {
        var csv = new StringBuilder("\uFEFF");
        foreach (var row in rows.Prepend(headings))
        {
            csv.AppendJoin(',', row.Select(Quote)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static IEnumerable<IEnumerable<string>> All(TableBlock table) => table.Rows.SelectMany((row, r) => row.Select((cell, c) =>
        (IEnumerable<string>)[table.Id, (r + 1).ToString(CultureInfo.InvariantCulture), table.Columns[c].Heading, Cell(cell)]));

    private static string Cell(IReadOnlyList<ReportText> cell) => string.Join("; ", cell.Select(text => text.Words));

    // What begins like a formula would be run by a spreadsheet.
    private static string Quote(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '@' or '\t' || (value.Length > 1 && value[0] == '-' && !char.IsAsciiDigit(value[1])) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
