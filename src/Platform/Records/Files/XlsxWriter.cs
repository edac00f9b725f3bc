using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Pathfinder.Platform.Records.Files;

/// <summary>
/// Writes a workbook of one sheet. The six parts are written directly, in one order and dated 1980, so that the same table gives the
/// same bytes. Every text is text to a spreadsheet: no cell is a formula, and what is typed into the columns stays as typed.
/// </summary>
internal static class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // Style 0 is plain (numbers), 1 is text, 2 a bold heading, 3 text that starts like a formula and is quoted.
    private const string Styles =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Arial"/></font><font><b/><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    private const string Types =
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
        """;

    private const string Root =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Links}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    private const string WorkbookLinks =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Links}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Links}/styles" Target="styles.xml"/></Relationships>
        """;

    public static byte[] Write(string sheet, IReadOnlyList<string> headings, IReadOnlyList<bool> numeric, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", Types);
            Add(zip, "_rels/.rels", Root);
            Add(zip, "xl/_rels/workbook.xml.rels", WorkbookLinks);
            Add(zip, "xl/styles.xml", Styles);
            // Names of sheets are at most 31 characters, without the signs of references.
            var name = System.Security.SecurityElement.Escape(sheet.Length > 31 ? sheet[..31] : sheet);
            Add(zip, "xl/workbook.xml",
                $"""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <workbook xmlns="{Main}" xmlns:r="{Links}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>
                """);
            using var part = Open(zip, "xl/worksheets/sheet1.xml");
            using var xml = XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize });
            Sheet(xml, headings, numeric, rows);
        }

        return file.ToArray();
    }

    /// <summary>A column's letters: A, …, Z, AA, … of its number from 0.</summary>
    public static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    private static void Sheet(XmlWriter xml, IReadOnlyList<string> headings, IReadOnlyList<bool> numeric, IEnumerable<IReadOnlyList<string>> rows)
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteRaw("<sheetView workbookViewId=\"0\"><pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\" activePane=\"bottomRight\" state=\"frozen\"/></sheetView>");
        xml.WriteEndElement();
        xml.WriteStartElement("cols", Main);
        for (var c = 0; c < headings.Count; c++)
        {
            var at = (c + 1).ToString(CultureInfo.InvariantCulture);
            xml.WriteRaw($"<col min=\"{at}\" max=\"{at}\" width=\"18\" style=\"{(numeric[c] ? '0' : '1')}\" customWidth=\"1\"/>");
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        Row(xml, 1, headings, _ => 2);
        var line = 1;
        foreach (var row in rows)
        {
            line++;
            Row(xml, line, row, c => numeric[c] ? 0 : row[c][0] is '=' or '+' or '-' or '@' ? 3 : 1);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int line, IReadOnlyList<string> cells, Func<int, int> style)
    {
        var number = line.ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", number);
        for (var c = 0; c < cells.Count; c++)
        {
            if (cells[c].Length == 0)
            {
                continue;
            }

            var s = style(c);
            xml.WriteStartElement("c", Main);
            xml.WriteAttributeString("r", Letters(c) + number);
            xml.WriteAttributeString("s", s.ToString(CultureInfo.InvariantCulture));
            if (s == 0)
            {
                xml.WriteElementString("v", Main, cells[c]);
            }
            else
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is", Main);
                xml.WriteStartElement("t", Main);
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Clean(cells[c]));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // Control characters cannot stand in XML; none belongs in a record.
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) || text.Any(char.IsSurrogate)
        ? text : new string(text.Where(XmlConvert.IsXmlChar).ToArray());

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var part = Open(zip, name);
        part.Write(Encoding.UTF8.GetBytes(content));
    }

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }
}
