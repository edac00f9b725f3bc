using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Components.Govuk;

/// <summary><c>&lt;error-summary problems="…" /&gt;</c>: what to correct, at the top of the page, each linked to its field. Renders nothing without problems.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    /// <summary>What to correct.</summary>
    [HtmlAttributeName("problems")]
    public IReadOnlyList<Problem>? Problems { get; set; }

    /// <summary>The heading.</summary>
    [HtmlAttributeName("title")]
    public string Title { get; set; } = "There is a problem";

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        if (Problems is not { Count: > 0 } problems)
        {
            return;
        }

        var box = new TagBuilder("div");
        box.AddCssClass("govuk-error-summary");
        box.MergeAttribute("data-module", "govuk-error-summary");
        box.InnerHtml.AppendHtml("<div role=\"alert\"><h2 class=\"govuk-error-summary__title\">").Append(Title);
        box.InnerHtml.AppendHtml("</h2><div class=\"govuk-error-summary__body\"><ul class=\"govuk-list govuk-error-summary__list\">");
        foreach (var problem in problems)
        {
            var item = new TagBuilder("li");
            if (problem.Field is { } field && problem.File is null)
            {
                var link = new TagBuilder("a");
                link.MergeAttribute("href", "#" + FieldId(field));
                link.InnerHtml.Append(Sentence(problem));
                item.InnerHtml.AppendHtml(link);
            }
            else
            {
                item.InnerHtml.Append(Sentence(problem));
            }

            box.InnerHtml.AppendHtml(item);
        }

        box.InnerHtml.AppendHtml("</ul></div></div>");
        output.Content.AppendHtml(box);
    }

    /// <summary>The problem as a reader needs it: place, sentence, what was found, what is accepted.</summary>
    public static string Sentence(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var place = problem.File is { } file and not "address" ? (problem.Row is { } row ? $"{file}, row {row}: " : $"{file}: ") : "";
        var found = string.IsNullOrEmpty(problem.Found) ? "" : $" (found “{problem.Found}”)";
        var accepted = problem.Accepted is { } text ? $". Accepted: {text}" : "";
        return place + problem.Message + found + accepted;
    }

    /// <summary>The id of a field's input: its name, with what an id may not hold replaced.</summary>
    public static string FieldId(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
    }
}
