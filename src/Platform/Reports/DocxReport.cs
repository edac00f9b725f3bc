using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>
/// Writes a report as a Word document: headings as headings, tables with repeated first rows that do not break within a row. The parts
/// are written directly, in one order and dated 1980, so that the same report gives the same bytes; a test validates them with the Open
/// XML SDK. A chart is its finding; its values stand in the table below it.
/// </summary>
internal static class DocxReport
{
    private const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";

    // A4 with margins of 15 mm, in twentieths of a point.
    private const int PageWidth = 11906, PageHeight = 16838, Margin = 850;

    private const string Types =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
        """;

    private const string Root =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Links}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{Package}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
        """;

    private const string DocumentLinks =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Links}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="{Links}/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="{Links}/footer" Target="footer1.xml"/></Relationships>
        """;

    private const string Styles =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="12436D"/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="220" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="23"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="30" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style></w:styles>
        """;

    private const string Numbering =
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="260"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
        """;

    public static byte[] Write(ReportDocument report)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", Types);
            Add(zip, "_rels/.rels", Root);
            Add(zip, "docProps/core.xml", Core(report));
            Add(zip, "word/_rels/document.xml.rels", DocumentLinks);
            using (var part = Open(zip, "word/document.xml"))
            {
                using var xml = XmlWriter.Create(part, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
                Document(xml, report);
            }

            Add(zip, "word/footer1.xml", Footer(report));
            Add(zip, "word/numbering.xml", Numbering);
            Add(zip, "word/styles.xml", Styles);
        }

        return file.ToArray();
    }

    private static void Document(XmlWriter xml, ReportDocument report)
    {
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("w", "document", W);
        xml.WriteAttributeString("xmlns", "r", null, Links);
        xml.WriteStartElement("body", W);
        Paragraph(xml, null, new ReportText(report.Marking), bold: true);
        Paragraph(xml, "Title", report.Title);
        foreach (var line in report.Front)
        {
            Paragraph(xml, null, $"{line.Label}: {line.Text.Words}");
        }

        var above = "";
        foreach (var block in report.Blocks)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    above = heading.Text.Words;
                    Paragraph(xml, heading.Level == 2 ? "Heading1" : "Heading2", heading.Text);
                    break;
                case ParagraphBlock paragraph:
                    Paragraph(xml, null, paragraph.Text);
                    break;
                case ListBlock list:
                    foreach (var item in list.Items)
                    {
                        Paragraph(xml, "ListBullet", item, " · ");
                    }

                    break;
                case TableBlock table:
                    Table(xml, table, above);
                    break;
                case ChartBlock chart:
                    Paragraph(xml, null, chart.Finding + ".", bold: true);
                    break;
                case ControlChartBlock chart:
                    Paragraph(xml, null, chart.Finding + ".", bold: true);
                    foreach (var one in chart.Events)
                    {
                        Paragraph(xml, "ListBullet", one.What);
                    }

                    break;
                case IntervalsBlock chart:
                    Paragraph(xml, null, chart.Finding + ".", bold: true);
                    break;
                default:
                    throw new InvalidOperationException($"Nothing writes {block.GetType()}.");
            }
        }

        xml.WriteRaw($"<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"{N(PageWidth)}\" w:h=\"{N(PageHeight)}\"/><w:pgMar w:top=\"{N(Margin)}\" w:right=\"{N(Margin)}\" w:bottom=\"{N(Margin + 150)}\" w:left=\"{N(Margin)}\" w:header=\"400\" w:footer=\"400\" w:gutter=\"0\"/></w:sectPr>");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void Table(XmlWriter xml, TableBlock table, string above)
    {
        if (table.Title != above)
        {
            Paragraph(xml, "Caption", table.Title);
        }

        var all = table.Columns.Sum(column => column.Share);
        var widths = table.Columns.Select(column => (PageWidth - (2 * Margin)) * column.Share / all).ToList();
        xml.WriteStartElement("tbl", W);
        xml.WriteRaw($"<w:tblPr><w:tblW w:w=\"{N(widths.Sum())}\" w:type=\"dxa\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:color=\"B1B4B6\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"B1B4B6\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"B1B4B6\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\"/></w:tblPr><w:tblGrid>{string.Concat(widths.Select(width => $"<w:gridCol w:w=\"{N(width)}\"/>"))}</w:tblGrid>");
        Row(xml, widths, table.Columns.Select(column => (IReadOnlyList<ReportText>)[column.Heading]).ToList(), heading: true);
        foreach (var row in table.Rows)
        {
            Row(xml, widths, row, heading: false, table.Dense);
        }

        xml.WriteEndElement();
        Paragraph(xml, null, "");
    }

    private static void Row(XmlWriter xml, List<int> widths, IReadOnlyList<IReadOnlyList<ReportText>> cells, bool heading, bool dense = false)
    {
        xml.WriteStartElement("tr", W);
        xml.WriteRaw(heading ? "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:trPr><w:cantSplit/></w:trPr>");
        for (var c = 0; c < cells.Count; c++)
        {
            xml.WriteStartElement("tc", W);
            xml.WriteRaw($"<w:tcPr><w:tcW w:w=\"{N(widths[c])}\" w:type=\"dxa\"/></w:tcPr>");
            if (dense)
            {
                Paragraph(xml, "Cell", cells[c], TableBlock.Between);
            }
            else
            {
                foreach (var line in cells[c].Count == 0 ? [""] : cells[c])
                {
                    Paragraph(xml, "Cell", line, heading);
                }
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Paragraph(XmlWriter xml, string? style, ReportText text, bool bold = false) => Paragraph(xml, style, [text], "", bold);

    private static void Paragraph(XmlWriter xml, string? style, IReadOnlyList<ReportText> parts, string between, bool bold = false)
    {
        xml.WriteStartElement("p", W);
        if (style is not null)
        {
            xml.WriteRaw($"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        }

        for (var i = 0; i < parts.Count; i++)
        {
            var words = (i > 0 ? between : "") + parts[i].Words;
            if (words.Length > 0)
            {
                xml.WriteStartElement("r", W);
                if (bold || parts[i].Standing != Standing.Plain)
                {
                    xml.WriteRaw("<w:rPr><w:b/></w:rPr>");
                }

                xml.WriteStartElement("t", W);
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Clean(words));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private static string Footer(ReportDocument report) =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr><w:r><w:t xml:space="preserve">{Escape(report.Marking)} · {Escape(report.Title)} · page </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>
        """;

    private static string Core(ReportDocument report) =>
        $"""
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <cp:coreProperties xmlns:cp="{Package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Escape(report.Title)}</dc:title><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{report.Known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}T00:00:00Z</dcterms:created></cp:coreProperties>
        """;

    private static string Escape(string text) => System.Security.SecurityElement.Escape(Clean(text))!;

    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) || text.Any(char.IsSurrogate) ? text : new string(text.Where(XmlConvert.IsXmlChar).ToArray());

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

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
