using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Pathfinder.Platform.Studio;

/// <summary>A paper as a Word document; the same paper is the same bytes on any machine and day.</summary>
public static partial class PaperDocument
{
    private static readonly DateTime Fixed = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The document's bytes.</summary>
    public static byte[] Write(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = paper.Title;
            document.PackageProperties.Created = Fixed;
            document.PackageProperties.Modified = Fixed;
            var main = document.AddMainDocumentPart();
            document.ChangeIdOfPart(main, "rId1");
            var styles = main.AddNewPart<StyleDefinitionsPart>("rId1");
            styles.Styles = Styles();
            var body = new Body();
            body.Append(Text(paper.Title, "Title"), Text(paper.Finding, "Subtitle"));
            foreach (var part in paper.Parts)
            {
                body.Append(Text(part.Heading, "Heading1"));
                foreach (var paragraph in part.Paragraphs)
                {
                    body.Append(Text(paragraph, null));
                }

                if (part.Table is { } table)
                {
                    body.Append(Text(table.Caption, "Caption"), Rows(table), Text("", null));
                }
            }

            body.Append(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 900, Bottom = 900, Left = 1000, Right = 1000, Header = 500, Footer = 500, Gutter = 0 }));
            main.Document = new Document(body);
        }

        return Stable(stream.ToArray());
    }

    private static Paragraph Text(string text, string? style)
    {
        var paragraph = new Paragraph();
        if (style is not null)
        {
            paragraph.Append(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        }

        paragraph.Append(new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        return paragraph;
    }

    private static Table Rows(PaperTable table)
    {
        var rows = new Table(new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 6, Color = "505A5F" },
                new BottomBorder { Val = BorderValues.Single, Size = 6, Color = "505A5F" },
                new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Color = "CECECE" }),
            new TableCellMarginDefault(new TopMargin { Width = "30", Type = TableWidthUnitValues.Dxa }, new BottomMargin { Width = "30", Type = TableWidthUnitValues.Dxa })));
        var grid = new TableGrid();
        foreach (var _ in table.Rows[0])
        {
            grid.Append(new GridColumn());
        }

        rows.Append(grid);
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var row = new TableRow();
            var properties = new TableRowProperties(new CantSplit());
            if (i == 0)
            {
                properties.Append(new TableHeader());
            }

            row.Append(properties);
            for (var column = 0; column < table.Rows[i].Count; column++)
            {
                var text = table.Rows[i][column];
                var run = new Run();
                if (i == 0 || column == 0)
                {
                    run.Append(new RunProperties(new Bold()));
                }

                run.Append(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
                var paragraph = new Paragraph(new ParagraphProperties(
                    new ParagraphStyleId { Val = "Cell" },
                    new Justification { Val = column > 0 && table.Rows[^1][column] is { Length: > 0 } last && (char.IsAsciiDigit(last[0]) || last[0] is '+' or '−') ? JustificationValues.Right : JustificationValues.Left }), run);
                row.Append(new TableCell(new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Auto, Width = "0" }), paragraph));
            }

            rows.Append(row);
        }

        return rows;
    }

    private static Styles Styles() => new(
        Style("Normal", "Normal", 20, bold: false, before: 0, after: 100, isDefault: true),
        Style("Title", "Title", 36, bold: true, before: 0, after: 60),
        Style("Subtitle", "Subtitle", 24, bold: false, before: 0, after: 120),
        Style("Heading1", "heading 1", 26, bold: true, before: 160, after: 60, outline: 0),
        Style("Caption", "caption", 18, bold: true, before: 60, after: 40),
        Style("Cell", "Cell", 17, bold: false, before: 0, after: 0));

    private static Style Style(string id, string name, int halfPoints, bool bold, int before, int after, bool isDefault = false, int? outline = null)
    {
        var paragraph = new StyleParagraphProperties(new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        if (outline is { } level)
        {
            paragraph.Append(new OutlineLevel { Val = level });
        }

        var run = new StyleRunProperties(new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" });
        if (bold)
        {
            run.Append(new Bold());
        }

        run.Append(new FontSize { Val = $"{halfPoints}" }, new Languages { Val = "en-GB" });
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null };
        if (!isDefault)
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        style.Append(paragraph, run);
        return style;
    }

    // The package library names one part by chance and dates every entry; both are made fixed.
    private static byte[] Stable(byte[] package)
    {
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using (var archive = new ZipArchive(new MemoryStream(package)))
        {
            foreach (var entry in archive.Entries)
            {
                using var content = entry.Open();
                using var copy = new MemoryStream();
                content.CopyTo(copy);
                entries[entry.FullName] = copy.ToArray();
            }
        }

        var core = entries.Keys.FirstOrDefault(name => name.EndsWith(".psmdcp", StringComparison.Ordinal));
        if (core is not null)
        {
            const string Name = "package/services/metadata/core-properties/core.psmdcp";
            var bytes = entries[core];
            entries.Remove(core);
            entries[Name] = bytes;
            foreach (var referring in (string[])["_rels/.rels", "[Content_Types].xml"])
            {
                var text = Encoding.UTF8.GetString(entries[referring]).Replace(core, Name, StringComparison.Ordinal);
                entries[referring] = Encoding.UTF8.GetBytes(ChanceId().Replace(text, "Id=\"rIdCore\""));
            }
        }

        using var stable = new MemoryStream();
        using (var archive = new ZipArchive(stable, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in entries.Keys.OrderBy(name => name == "[Content_Types].xml" ? 0 : 1).ThenBy(name => name, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(entries[name]);
            }
        }

        return stable.ToArray();
    }

    [GeneratedRegex("Id=\"R[0-9a-f]{15,}\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChanceId();
}
