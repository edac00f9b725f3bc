using System.Globalization;
using System.Text;

namespace Pathfinder.Web.Components.Govuk;

/// <summary>A column of a <see cref="DataTable"/>.</summary>
/// <param name="Heading">What stands above it, with the unit.</param>
/// <param name="Numeric">Right-aligned, with even figures.</param>
/// <param name="CsvName">Its name in the CSV file; the heading when null.</param>
/// <param name="SortHref">The address of the page sorted by it; null where it does not sort.</param>
/// <param name="Sorted">"ascending" or "descending" while the table is sorted by it.</param>
public sealed record DataColumn(string Heading, bool Numeric = false, string? CsvName = null, string? SortHref = null, string? Sorted = null);

/// <summary>A cell: its text, and perhaps a link, a tag colour or the bare value that the CSV file gets.</summary>
/// <param name="Text">What is read.</param>
/// <param name="Href">A page of this site; the dates of the address are kept.</param>
/// <param name="Csv">The unformatted value; the text when null.</param>
/// <param name="Tag">A GOV.UK tag colour ("green", "yellow", "red", "blue", "grey"): the text is shown as a tag.</param>
public sealed record DataCell(string Text, string? Href = null, string? Csv = null, string? Tag = null)
{
    /// <summary>A plain text.</summary>
    public static implicit operator DataCell(string? text) => new(text ?? "");

    /// <summary>A whole number.</summary>
    public static DataCell Of(long value) => new(Format.Count(value), Csv: value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static DataCell Of(int value) => Of((long)value);

    /// <summary>A whole number, or that it is not known.</summary>
    public static DataCell Of(long? value) => value is { } number ? Of(number) : new(Format.NotKnown, Csv: "");

    /// <summary>A number with decimals; the CSV file gets all its digits.</summary>
    public static DataCell Of(double value, int decimals = 1) =>
        new(Format.Number(value, decimals), Csv: value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A date, or what stands for an open end.</summary>
    public static DataCell Of(DateOnly? value, string open) =>
        new(Format.Date(value, open), Csv: value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
}

/// <summary>
/// A table with a caption, that a page shows with <c>&lt;data-table&gt;</c> and gives as CSV under <c>?csv=ID</c>
/// (see Pages/CsvFilter). The first column heads its row.
/// </summary>
/// <param name="Id">Lower-case with hyphens, unique on its page; names the file.</param>
/// <param name="Caption">What it holds.</param>
public sealed record DataTable(string Id, string Caption, IReadOnlyList<DataColumn> Columns, IReadOnlyList<IReadOnlyList<DataCell>> Rows)
{
    /// <summary>What would fill the table, shown while it is empty.</summary>
    public string Empty { get; init; } = "Nothing is recorded.";

    /// <summary>What the page has as CSV beside these rows, in words: "all 212 milestones"; null where these are all.</summary>
    public string? CsvOf { get; init; }

    /// <summary>Rows shown before the rest folds into a details element; 0 for all.</summary>
    public int Fold { get; init; }

    /// <summary>The table as RFC 4180 CSV in UTF-8 with a byte order mark, which spreadsheets need to see that it is UTF-8.</summary>
    public byte[] ToCsv()
    {
        var csv = new StringBuilder("\uFEFF");
        csv.AppendJoin(',', Columns.Select(c => Quote(c.CsvName ?? c.Heading))).Append("\r\n");
        foreach (var row in Rows)
        {
            csv.AppendJoin(',', row.Select(c => Quote(c.Csv ?? c.Text))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    // A leading =, + or @ would be run as a formula by a spreadsheet; a minus only heads numbers here.
    private static string Quote(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '@' or '\t' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
