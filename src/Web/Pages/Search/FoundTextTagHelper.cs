using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Platform.Records.Search;

namespace Pathfinder.Web.Pages.Search;

/// <summary><c>&lt;found-text pieces="hit.Title" /&gt;</c>: a text with what was searched for marked, and no white space of the template between.</summary>
[HtmlTargetElement("found-text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FoundTextTagHelper : TagHelper
{
    /// <summary>The text.</summary>
    [HtmlAttributeName("pieces")]
    public IReadOnlyList<SearchPiece> Pieces { get; set; } = [];

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        foreach (var piece in Pieces)
        {
            if (piece.Found)
            {
                output.Content.AppendHtml("<mark>").Append(piece.Text).AppendHtml("</mark>");
            }
            else
            {
                output.Content.Append(piece.Text);
            }
        }
    }
}
