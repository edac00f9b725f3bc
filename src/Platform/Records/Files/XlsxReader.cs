using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>
/// Reads the first sheet of a workbook row by row: shared and inline strings, numbers, dates (in whichever way the sheet shows them),
/// yes and no. A formula is refused: what it would give depends on the machine that opens it.
/// </summary>
internal static class XlsxReader
{
    // A workbook of a few megabytes may unpack to gigabytes; no register needs this much.
    private const long MaximumUnpacked = 64 * 1024 * 1024;

    private const string Accepted = "an XLSX workbook without macros or a password";

    /// <summary>The table, with what is wrong in it among the problems; null where there is none to be had.</summary>
    public static RegisterTable? Read(string file, byte[] bytes, List<Problem> problems)
    {
        try
        {
            if (Unpacked(bytes) > MaximumUnpacked)
            {
                problems.Add(RegisterTable.TooLong(file));
                return null;
            }

            using var stream = new MemoryStream(bytes, writable: false);
            using var document = SpreadsheetDocument.Open(stream, isEditable: false, new OpenSettings { MaxCharactersInPart = MaximumUnpacked });
            return Read(file, document, problems);
        }
        catch (Exception e) when (e is InvalidDataException or OpenXmlPackageException or FileFormatException or System.Xml.XmlException or FormatException
            or InvalidOperationException or ArgumentException or KeyNotFoundException or NotSupportedException)
        {
            // Whatever the library says of a broken file, the user can only send another.
            problems.Add(new Problem("The file cannot be read as a workbook", file, Accepted: Accepted));
            return null;
        }
    }

    // The directory of the archive may lie about lengths: the bytes are counted.
    private static long Unpacked(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        var total = 0L;
        var buffer = new byte[81920];
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            int read;
            while (total <= MaximumUnpacked && (read = part.Read(buffer)) > 0)
            {
                total += read;
            }
        }

        return total;
    }

    private static RegisterTable? Read(string file, SpreadsheetDocument document, List<Problem> problems)
    {
        var workbook = document.WorkbookPart ?? throw new InvalidDataException("No workbook.");
        var sheet = workbook.Workbook.Sheets?.Elements<Sheet>().FirstOrDefault() ?? throw new InvalidDataException("No sheet.");
        var part = (WorksheetPart)workbook.GetPartById(sheet.Id!.Value!);
        var shared = workbook.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(item => item.InnerText).ToList() ?? [];
        var dates = new XlsxDates(workbook.WorkbookStylesPart?.Stylesheet, workbook.Workbook.WorkbookProperties?.Date1904?.Value == true);
        List<string>? headings = null;
        var rows = new List<RegisterRow>();
        using var reader = OpenXmlReader.Create(part);
        var line = 0;
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
            {
                continue;
            }

            var row = (Row)reader.LoadCurrentElement()!;
            line = row.RowIndex is { } index ? checked((int)index.Value) : line + 1;
            var before = problems.Count;
            var cells = Cells(file, row, line, shared, dates, problems);
            if (rows.Count == RegisterTable.MaximumRows || cells is null)
            {
                problems.Add(RegisterTable.TooLong(file));
                return null;
            }

            if (cells.TrueForAll(string.IsNullOrWhiteSpace) && problems.Count == before)
            {
                continue;
            }

            if (headings is null)
            {
                headings = cells;
                continue;
            }

            if (cells.Count > headings.Count && cells.Skip(headings.Count).Any(cell => cell.Length > 0))
            {
                problems.Add(new Problem("The row has more cells than there are headings", file, line, Accepted: $"at most {headings.Count}"));
            }

            rows.Add(new RegisterRow(line, cells, problems.Count > before));
        }

        if (headings is null)
        {
            problems.Add(new Problem("The sheet is empty", file, Accepted: "a heading row and rows"));
            return null;
        }

        return new RegisterTable(headings, rows);
    }

    private static List<string>? Cells(string file, Row row, int line, List<string> shared, XlsxDates dates, List<Problem> problems)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            var column = cell.CellReference?.Value is { } reference ? Column(reference) : cells.Count;
            if (column is < 0 or >= RegisterTable.MaximumColumns)
            {
                return null;
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            if (cell.CellFormula is not null)
            {
                problems.Add(new Problem("A formula cannot be imported", file, line, XlsxWriter.Letters(column), Accepted: "its value"));
                continue;
            }

            var text = Text(cell, shared, dates);
            if (text.Length > RegisterTable.MaximumText)
            {
                return null;
            }

            cells[column] = text;
        }

        return cells;
    }

    private static string Text(Cell cell, List<string> shared, XlsxDates dates)
    {
        var value = cell.CellValue?.Text ?? "";
        return cell.DataType?.Value switch
        {
            CellValues.SharedString => shared[int.Parse(value, CultureInfo.InvariantCulture)],
            CellValues.InlineString => cell.InlineString?.InnerText ?? "",
            CellValues.Boolean => value == "1" ? "yes" : "no",
            CellValues.String or CellValues.Error or CellValues.Date => value,
            _ => value.Length == 0 ? "" : dates.Read(value, cell.StyleIndex?.Value ?? 0) ?? Number(value),
        };
    }

    // Spreadsheets write 0.1 as 0.1 and 1E21 in powers; a record's numbers are decimals.
    private static string Number(string value) => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? value.Contains('E', StringComparison.OrdinalIgnoreCase) ? number.ToString(CultureInfo.InvariantCulture) : value
        : value;

    private static int Column(string reference)
    {
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter))
        {
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
            if (column > RegisterTable.MaximumColumns)
            {
                return int.MaxValue;
            }
        }

        return column - 1;
    }
}
