using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Pathfinder.Web.Components.Dates;

/// <summary>Keeps the dates of an as-at page in every link to a page of this site; <c>undated</c> opts out.</summary>
[HtmlTargetElement("a", Attributes = "href")]
public sealed class DatedLinkTagHelper(PageDates dates) : TagHelper
{
    /// <summary>Leaves the link as it is.</summary>
    [HtmlAttributeName("undated")]
    public bool Undated { get; set; }

    /// <summary>The address.</summary>
    [HtmlAttributeName("href")]
    public string? Href { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        // What a template writes as &amp; arrives here as written, and is encoded again on the way out.
        var href = Href?.Replace("&amp;", "&", StringComparison.Ordinal);
        output.Attributes.SetAttribute("href", Undated || href is null ? href : dates.Keep(href));
    }
}
