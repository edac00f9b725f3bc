using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Components.Govuk;

/// <summary><c>&lt;data-table table="…" /&gt;</c>: a <see cref="DataTable"/> with its caption and its CSV link.</summary>
[HtmlTargetElement("data-table", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DataTableTagHelper(PageDates dates) : TagHelper
{
    /// <summary>The table.</summary>
    [HtmlAttributeName("table")]
    public DataTable? Table { get; set; }

    /// <summary>Hides the caption where a heading above says the same.</summary>
    [HtmlAttributeName("quiet-caption")]
    public bool QuietCaption { get; set; }

    /// <summary>The request, whose address the CSV link repeats.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        if (Table is not { } table)
        {
            return;
        }

        if (table.Rows.Count == 0)
        {
            var empty = new TagBuilder("p");
            empty.AddCssClass("govuk-body pf-empty");
            empty.InnerHtml.Append(table.Empty);
            output.Content.AppendHtml(empty);
            return;
        }

        var region = new TagBuilder("div");
        region.AddCssClass("pf-table");
        region.MergeAttribute("id", "table-" + table.Id);
        var scroll = new TagBuilder("div");
        scroll.AddCssClass("pf-table__scroll");
        scroll.MergeAttribute("tabindex", "0");
        scroll.MergeAttribute("role", "region");
        scroll.MergeAttribute("aria-label", table.Caption);
        var shown = table.Fold > 0 && table.Rows.Count > table.Fold + 3 ? table.Fold : table.Rows.Count;
        scroll.InnerHtml.AppendHtml(Rows(table, 0, shown));
        region.InnerHtml.AppendHtml(scroll);
        if (shown < table.Rows.Count)
        {
            var details = new TagBuilder("details");
            details.AddCssClass("govuk-details");
            details.InnerHtml.AppendHtml("<summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">");
            details.InnerHtml.Append($"Show the other {Format.Count(table.Rows.Count - shown)} rows");
            details.InnerHtml.AppendHtml("</span></summary><div class=\"pf-table__scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
            details.InnerHtml.Append(table.Caption + ", continued");
            details.InnerHtml.AppendHtml("\">");
            details.InnerHtml.AppendHtml(Rows(table, shown, table.Rows.Count));
            details.InnerHtml.AppendHtml("</div>");
            region.InnerHtml.AppendHtml(details);
        }

        var link = new TagBuilder("a");
        link.AddCssClass("govuk-link pf-csv");
        link.MergeAttribute("href", PageDates.Replace(ViewContext.HttpContext.Request, ("csv", table.Id)));
        link.InnerHtml.Append(table.CsvOf is { } all ? $"Download {all} as CSV" : "Download as CSV");
        link.InnerHtml.AppendHtml("<span class=\"govuk-visually-hidden\">: ");
        link.InnerHtml.Append(table.Caption);
        link.InnerHtml.AppendHtml("</span>");
        region.InnerHtml.AppendHtml("<p class=\"govuk-body-s govuk-!-margin-bottom-0\">");
        region.InnerHtml.AppendHtml(link);
        region.InnerHtml.AppendHtml("</p>");
        output.Content.AppendHtml(region);
    }

    private TagBuilder Rows(DataTable table, int first, int end)
    {
        var element = new TagBuilder("table");
        element.AddCssClass("govuk-table");
        var caption = new TagBuilder("caption");
        caption.AddCssClass("govuk-table__caption govuk-table__caption--s" + (QuietCaption || first > 0 ? " govuk-visually-hidden" : ""));
        caption.InnerHtml.Append(table.Caption);
        element.InnerHtml.AppendHtml(caption);
        element.InnerHtml.AppendHtml("<thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
        foreach (var column in table.Columns)
        {
            var heading = new TagBuilder("th");
            heading.MergeAttribute("scope", "col");
            heading.AddCssClass("govuk-table__header" + (column.Numeric ? " govuk-table__header--numeric" : ""));
            if (column.Sorted is { } sorted)
            {
                heading.MergeAttribute("aria-sort", sorted);
            }

            if (column.SortHref is { } sortHref)
            {
                var sort = new TagBuilder("a");
                sort.AddCssClass("govuk-link pf-sort");
                sort.MergeAttribute("href", sortHref);
                sort.InnerHtml.Append(column.Heading);
                heading.InnerHtml.AppendHtml(sort);
            }
            else
            {
                heading.InnerHtml.Append(column.Heading);
            }

            element.InnerHtml.AppendHtml(heading);
        }

        element.InnerHtml.AppendHtml("</tr></thead><tbody class=\"govuk-table__body\">");
        for (var r = first; r < end; r++)
        {
            element.InnerHtml.AppendHtml("<tr class=\"govuk-table__row\">");
            for (var c = 0; c < table.Columns.Count; c++)
            {
                element.InnerHtml.AppendHtml(Cell(table.Rows[r][c], table.Columns[c], c == 0));
            }

            element.InnerHtml.AppendHtml("</tr>");
        }

        element.InnerHtml.AppendHtml("</tbody>");
        return element;
    }

    private TagBuilder Cell(DataCell cell, DataColumn column, bool heads)
    {
        var element = new TagBuilder(heads ? "th" : "td");
        if (heads)
        {
            element.MergeAttribute("scope", "row");
        }

        element.AddCssClass((heads ? "govuk-table__header" : "govuk-table__cell") + (column.Numeric ? " govuk-table__cell--numeric" : ""));
        IHtmlContent content = cell.Tag is { } colour ? Tag(cell.Text, colour) : new StringHtmlContent(cell.Text);
        if (cell.Href is { } href)
        {
            var link = new TagBuilder("a");
            link.AddCssClass("govuk-link");
            link.MergeAttribute("href", dates.Keep(href));
            link.InnerHtml.AppendHtml(content);
            content = link;
        }

        element.InnerHtml.AppendHtml(content);
        return element;
    }

    private const int LongestTag = 24;

    internal static TagBuilder Tag(string text, string colour)
    {
        var tag = new TagBuilder("strong");
        // A block of colour behind a whole sentence shouts; a sentence gets a line of it beside its words.
        tag.AddCssClass(text.Length <= LongestTag ? $"govuk-tag govuk-tag--{colour}" : $"pf-standing pf-standing--{colour}");
        tag.InnerHtml.Append(text);
        return tag;
    }

    private sealed class StringHtmlContent(string text) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => encoder.Encode(writer, text);
    }
}

/// <summary><c>&lt;status-tag colour="green"&gt;kept&lt;/status-tag&gt;</c>: a rating, always as a word.</summary>
[HtmlTargetElement("status-tag")]
public sealed class StatusTagHelper : TagHelper
{
    /// <summary>A GOV.UK tag colour.</summary>
    [HtmlAttributeName("colour")]
    public string Colour { get; set; } = "grey";

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "strong";
        output.Attributes.SetAttribute("class", $"govuk-tag govuk-tag--{Colour}");
    }
}
