using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Documents;

/// <summary>
/// <c>&lt;source-list sources="record.Sources" /&gt;</c>: where something is said, each source a link to its passage where the document's
/// text is attached. Nothing for an empty list.
/// </summary>
[HtmlTargetElement("source-list", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SourceListTagHelper(SourceLinks links) : TagHelper
{
    /// <summary>The sources.</summary>
    [HtmlAttributeName("sources")]
    public IReadOnlyList<Locator> Sources { get; set; } = [];

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        if (Sources.Count == 0)
        {
            return;
        }

        var list = new TagBuilder("ul");
        list.AddCssClass("govuk-list pf-sources");
        foreach (var source in Sources)
        {
            var item = new TagBuilder("li");
            var found = await links.FindAsync(source);
            if (found.Href is { } href)
            {
                var link = new TagBuilder("a");
                link.AddCssClass("govuk-link");
                link.MergeAttribute("href", href);
                link.InnerHtml.Append(found.Text);
                item.InnerHtml.AppendHtml(link);
            }
            else
            {
                item.InnerHtml.Append(found.Text);
            }

            list.InnerHtml.AppendHtml(item);
        }

        output.Content.AppendHtml(list);
    }
}
