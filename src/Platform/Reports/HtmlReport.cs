using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>
/// Writes a report as semantic HTML: one page that needs no other file, reads well with a screen reader and prints on A4 with headings
/// repeated and rows unbroken. This is the canonical form of a report.
/// </summary>
public static class HtmlReport
{
    /// <summary>The style of a report, inside each page and served for the pages of the product.</summary>
    public static string Style { get; } = ReadStyle();

    /// <summary>What a content security policy names the style by: "sha256-…".</summary>
    public static string StyleHash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}";

    /// <summary>The whole page in UTF-8.</summary>
    public static byte[] Page(ReportDocument report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Text(report.Title)).Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n").Append(Body(report)).Append("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(html.ToString());
    }

    /// <summary>The report alone, to stand in a page of the product.</summary>
    public static string Body(ReportDocument report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var html = new StringBuilder($"<article class=\"pf-report {(report.Marking == "OFFICIAL" ? "official" : "sensitive")}\">\n");
        html.Append("<p class=\"pf-report-marking\">").Append(Text(report.Marking)).Append("</p>\n<h1>").Append(Text(report.Title)).Append("</h1>\n<dl class=\"pf-report-front\">\n");
        foreach (var line in report.Front)
        {
            html.Append("<dt>").Append(Text(line.Label)).Append("</dt><dd>").Append(Text(line.Text.Words)).Append("</dd>\n");
        }

        html.Append("</dl>\n");
        var heading = "";
        foreach (var block in report.Blocks)
        {
            Block(html, block, heading);
            heading = block is HeadingBlock one ? one.Text.Words : heading;
        }

        return html.Append("<p class=\"pf-report-end\">").Append(Text(report.Marking)).Append(". Written by Pathfinder from what is on record as at the dates above; ratings are as published, what is computed says so.</p>\n</article>\n").ToString();
    }

    private static void Block(StringBuilder html, ReportBlock block, string heading)
    {
        switch (block)
        {
            case HeadingBlock one:
                var level = one.Level.ToString(CultureInfo.InvariantCulture);
                html.Append("<h").Append(level).Append('>').Append(Inline(one.Text)).Append("</h").Append(level).Append(">\n");
                break;
            case ParagraphBlock paragraph:
                html.Append("<p>").Append(Inline(paragraph.Text)).Append("</p>\n");
                break;
            case ListBlock list:
                html.Append("<ul>\n");
                foreach (var item in list.Items)
                {
                    html.Append("<li>").AppendJoin(" · ", item.Select(Inline)).Append("</li>\n");
                }

                html.Append("</ul>\n");
                break;
            case TableBlock table:
                Table(html, table, heading);
                break;
            case ChartBlock chart:
                html.Append("<figure><figcaption>").Append(Text(chart.Finding)).Append("</figcaption>").Append(ChartDrawing.Draw(chart)).Append("</figure>\n");
                break;
            case ControlChartBlock chart:
                html.Append("<figure><figcaption>").Append(Text(chart.Finding)).Append("</figcaption>").Append(ChartDrawing.Draw(chart));
                if (chart.Events.Count > 0)
                {
                    html.Append("<p class=\"events\">").AppendJoin(" · ", chart.Events.Select(one => $"{one.Number.ToString(CultureInfo.InvariantCulture)}: {Text(one.What)}")).Append("</p>");
                }

                html.Append("</figure>\n");
                break;
            case IntervalsBlock chart:
                html.Append("<figure><figcaption>").Append(Text(chart.Finding)).Append("</figcaption>").Append(ChartDrawing.Draw(chart)).Append("</figure>\n");
                break;
            default:
                throw new InvalidOperationException($"Nothing draws {block.GetType()}.");
        }
    }

    private static void Table(StringBuilder html, TableBlock table, string heading)
    {
        var all = table.Columns.Sum(column => column.Share);
        html.Append(table.Dense ? "<div class=\"pf-report-wide dense\"" : "<div class=\"pf-report-wide\"").Append(" role=\"region\" tabindex=\"0\" aria-label=\"").Append(Text(table.Title)).Append("\"><table id=\"").Append(Text(table.Id)).Append("\"><caption").Append(table.Title == heading ? " class=\"said\"" : "").Append('>').Append(Text(table.Title)).Append("</caption><colgroup>");
        foreach (var column in table.Columns)
        {
            // An attribute, as the policy of the product's pages drops inline styles.
            html.Append(CultureInfo.InvariantCulture, $"<col width=\"{100 * column.Share / all}%\">");
        }

        html.Append("</colgroup>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\"").Append(column.Numeric ? " class=\"n\"" : "").Append('>').Append(Text(column.Heading)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var c = 0; c < row.Count; c++)
            {
                var (open, close) = c == 0 && table.Columns.Count > 1 ? ("<th scope=\"row\"", "</th>") : ("<td", "</td>");
                html.Append(open).Append(table.Columns[c].Numeric ? " class=\"n\"" : "").Append('>');
                if (table.Dense)
                {
                    html.AppendJoin(TableBlock.Between, row[c].Select(Inline));
                }
                else if (row[c].Count == 1)
                {
                    html.Append(Inline(row[c][0]));
                }
                else
                {
                    foreach (var line in row[c])
                    {
                        html.Append("<p>").Append(Inline(line)).Append("</p>");
                    }
                }

                html.Append(close);
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Inline(ReportText text) => text.Standing == Standing.Plain ? Text(text.Words) : $"<span class=\"{text.Standing.ToString().ToLowerInvariant()}\">{Text(text.Words)}</span>";

    private static string Text(string words) => WebUtility.HtmlEncode(words);

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream("Pathfinder.Platform.Reports.report.css")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
