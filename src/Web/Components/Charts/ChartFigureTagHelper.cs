using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Components.Charts;

/// <summary><c>&lt;chart-figure chart="…" /&gt;</c>: finding, picture, and the table below with its CSV link.</summary>
[HtmlTargetElement("chart-figure", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChartFigureTagHelper(PageDates dates) : TagHelper
{
    /// <summary>The chart.</summary>
    [HtmlAttributeName("chart")]
    public Chart? Chart { get; set; }

    /// <summary>Leaves the table out, where the page shows it anyway.</summary>
    [HtmlAttributeName("without-table")]
    public bool WithoutTable { get; set; }

    /// <summary>The request, whose address the CSV link repeats.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Chart is not { } chart)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "figure";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pf-chart");
        output.Content.AppendHtml("<figcaption><span class=\"pf-chart__title\">").Append(chart.Title);
        output.Content.AppendHtml("</span><span class=\"pf-chart__note\">").Append(chart.Note);
        output.Content.AppendHtml("</span></figcaption>");
        if (!chart.HasData)
        {
            output.Content.AppendHtml("<p class=\"govuk-body pf-empty\">").Append(chart.Table.Empty).AppendHtml("</p>");
            return;
        }

        output.Content.AppendHtml("<div class=\"pf-chart__scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
        output.Content.Append("Chart: " + chart.Title);
        output.Content.AppendHtml("\">").AppendHtml(chart.Draw()).AppendHtml("</div>");
        if (!WithoutTable)
        {
            output.Content.AppendHtml("<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">The numbers as a table</span></summary>");
            var table = new DataTableTagHelper(dates) { Table = chart.Table, ViewContext = ViewContext };
            var inner = new TagHelperOutput("data-table", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
            table.Process(context, inner);
            output.Content.AppendHtml(inner.Content).AppendHtml("</details>");
        }
    }
}
