using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Components.Govuk;

/// <summary>What all form fields share: name, label, hint and the problems of the form, of which each shows its own.</summary>
public abstract class FieldTagHelper : TagHelper
{
    /// <summary>The form name; also the <see cref="Problem.Field"/> whose problems stand beside it.</summary>
    [HtmlAttributeName("name")]
    public string Name { get; set; } = "";

    /// <summary>The label.</summary>
    [HtmlAttributeName("label")]
    public string Label { get; set; } = "";

    /// <summary>Help under the label.</summary>
    [HtmlAttributeName("hint")]
    public string? Hint { get; set; }

    /// <summary>The problems of the form.</summary>
    [HtmlAttributeName("problems")]
    public IReadOnlyList<Problem>? Problems { get; set; }

    /// <summary>The id of the input.</summary>
    protected string Id => ErrorSummaryTagHelper.FieldId(Name);

    /// <summary>The problems of this field.</summary>
    protected IReadOnlyList<Problem> Own => Problems?.Where(p => string.Equals(p.Field, Name, StringComparison.OrdinalIgnoreCase)).ToList() ?? [];

    /// <summary>Opens the form group with label, hint and errors; gives the group and the value of aria-describedby.</summary>
    protected (TagBuilder Group, string? DescribedBy) Open(bool label = true)
    {
        var group = new TagBuilder("div");
        group.AddCssClass("govuk-form-group" + (Own.Count > 0 ? " govuk-form-group--error" : ""));
        if (label)
        {
            var text = new TagBuilder("label");
            text.AddCssClass("govuk-label");
            text.MergeAttribute("for", Id);
            text.InnerHtml.Append(Label);
            group.InnerHtml.AppendHtml(text);
        }

        return (group, label ? Describe(group.InnerHtml) : null);
    }

    /// <summary>Writes hint and errors; gives the value of aria-describedby.</summary>
    protected string? Describe(IHtmlContentBuilder into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var ids = new List<string>();
        if (Hint is { } hint)
        {
            var element = new TagBuilder("div");
            element.AddCssClass("govuk-hint");
            element.MergeAttribute("id", Id + "-hint");
            element.InnerHtml.Append(hint);
            into.AppendHtml(element);
            ids.Add(Id + "-hint");
        }

        if (Own.Count > 0)
        {
            var element = new TagBuilder("p");
            element.AddCssClass("govuk-error-message");
            element.MergeAttribute("id", Id + "-error");
            element.InnerHtml.AppendHtml("<span class=\"govuk-visually-hidden\">Error:</span> ");
            element.InnerHtml.Append(string.Join(". ", Own.Select(p => p.Message)));
            into.AppendHtml(element);
            ids.Add(Id + "-error");
        }

        return ids.Count == 0 ? null : string.Join(' ', ids);
    }

    /// <summary>Sets what describes an input.</summary>
    protected static void DescribedBy(TagBuilder input, string? ids)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (ids is not null)
        {
            input.MergeAttribute("aria-describedby", ids);
        }
    }
}

/// <summary><c>&lt;field-input name label hint value type width problems suffix /&gt;</c>: a one-line input.</summary>
[HtmlTargetElement("field-input", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InputTagHelper : FieldTagHelper
{
    /// <summary>What it holds.</summary>
    [HtmlAttributeName("value")]
    public string? Value { get; set; }

    /// <summary>The input type: text, email, password, date…</summary>
    [HtmlAttributeName("type")]
    public string Type { get; set; } = "text";

    /// <summary>A GOV.UK width in characters: 2, 3, 4, 5, 10, 20, 30; 0 for full.</summary>
    [HtmlAttributeName("width")]
    public int Width { get; set; }

    /// <summary>What browsers may fill in.</summary>
    [HtmlAttributeName("autocomplete")]
    public string? Autocomplete { get; set; }

    /// <summary>A unit after the input.</summary>
    [HtmlAttributeName("suffix")]
    public string? Suffix { get; set; }

    /// <summary>Id of a datalist with suggestions.</summary>
    [HtmlAttributeName("suggestions")]
    public string? Suggestions { get; set; }

    /// <summary>Which keyboard a phone shows: numeric, decimal.</summary>
    [HtmlAttributeName("inputmode")]
    public string? InputMode { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var (group, describedBy) = Open();
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("govuk-input" + (Width > 0 ? $" govuk-input--width-{Width}" : "") + (Own.Count > 0 ? " govuk-input--error" : ""));
        input.MergeAttribute("id", Id);
        input.MergeAttribute("name", Name);
        input.MergeAttribute("type", Type);
        DescribedBy(input, describedBy);
        if (Value is { } value && !string.Equals(Type, "password", StringComparison.Ordinal))
        {
            input.MergeAttribute("value", value);
        }

        if (Autocomplete is { } fill)
        {
            input.MergeAttribute("autocomplete", fill);
        }

        if (Suggestions is { } list)
        {
            input.MergeAttribute("list", list);
        }

        if (InputMode is { } mode)
        {
            input.MergeAttribute("inputmode", mode);
        }

        if (Suffix is { Length: > 0 } suffix)
        {
            group.InnerHtml.AppendHtml("<div class=\"govuk-input__wrapper\">").AppendHtml(input);
            group.InnerHtml.AppendHtml("<div class=\"govuk-input__suffix\" aria-hidden=\"true\">").Append(suffix).AppendHtml("</div></div>");
        }
        else
        {
            group.InnerHtml.AppendHtml(input);
        }

        output.Content.AppendHtml(group);
    }
}

/// <summary><c>&lt;field-textarea name label hint value rows problems /&gt;</c>.</summary>
[HtmlTargetElement("field-textarea", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TextareaTagHelper : FieldTagHelper
{
    /// <summary>What it holds.</summary>
    [HtmlAttributeName("value")]
    public string? Value { get; set; }

    /// <summary>Lines shown.</summary>
    [HtmlAttributeName("rows")]
    public int Rows { get; set; } = 3;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var (group, describedBy) = Open();
        var area = new TagBuilder("textarea");
        area.AddCssClass("govuk-textarea" + (Own.Count > 0 ? " govuk-textarea--error" : ""));
        area.MergeAttribute("id", Id);
        area.MergeAttribute("name", Name);
        area.MergeAttribute("rows", Rows.ToString(System.Globalization.CultureInfo.InvariantCulture));
        DescribedBy(area, describedBy);
        area.InnerHtml.Append(Value ?? "");
        group.InnerHtml.AppendHtml(area);
        output.Content.AppendHtml(group);
    }
}

/// <summary>One option of a select, radios or checkboxes.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Text">What is read.</param>
/// <param name="Hint">Help under it.</param>
public sealed record FieldOption(string Value, string Text, string? Hint = null);

/// <summary><c>&lt;field-select name label options value problems /&gt;</c>.</summary>
[HtmlTargetElement("field-select", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SelectTagHelper : FieldTagHelper
{
    /// <summary>The options.</summary>
    [HtmlAttributeName("options")]
    public IReadOnlyList<FieldOption> Options { get; set; } = [];

    /// <summary>The selected value.</summary>
    [HtmlAttributeName("value")]
    public string? Value { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var (group, describedBy) = Open();
        var select = new TagBuilder("select");
        select.AddCssClass("govuk-select" + (Own.Count > 0 ? " govuk-select--error" : ""));
        select.MergeAttribute("id", Id);
        select.MergeAttribute("name", Name);
        DescribedBy(select, describedBy);
        foreach (var option in Options)
        {
            var element = new TagBuilder("option");
            element.MergeAttribute("value", option.Value);
            if (string.Equals(option.Value, Value, StringComparison.Ordinal))
            {
                element.MergeAttribute("selected", "selected");
            }

            element.InnerHtml.Append(option.Text);
            select.InnerHtml.AppendHtml(element);
        }

        group.InnerHtml.AppendHtml(select);
        output.Content.AppendHtml(group);
    }
}

/// <summary>
/// <c>&lt;field-choices name label options values single problems columns /&gt;</c>: radios when <c>single</c>, else checkboxes, in a fieldset.
/// </summary>
[HtmlTargetElement("field-choices", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ChoicesTagHelper : FieldTagHelper
{
    /// <summary>The options.</summary>
    [HtmlAttributeName("options")]
    public IReadOnlyList<FieldOption> Options { get; set; } = [];

    /// <summary>The chosen values.</summary>
    [HtmlAttributeName("values")]
    public IEnumerable<string> Values { get; set; } = [];

    /// <summary>Radios instead of checkboxes.</summary>
    [HtmlAttributeName("single")]
    public bool Single { get; set; }

    /// <summary>Small controls.</summary>
    [HtmlAttributeName("small")]
    public bool Small { get; set; }

    /// <summary>Flows the options into columns.</summary>
    [HtmlAttributeName("columns")]
    public bool Columns { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var kind = Single ? "radios" : "checkboxes";
        var (group, _) = Open(label: false);
        var fieldset = new TagBuilder("fieldset");
        fieldset.AddCssClass("govuk-fieldset");
        fieldset.InnerHtml.AppendHtml("<legend class=\"govuk-fieldset__legend\">").Append(Label).AppendHtml("</legend>");
        DescribedBy(fieldset, Describe(fieldset.InnerHtml));
        var list = new TagBuilder("div");
        list.AddCssClass($"govuk-{kind}" + (Small ? $" govuk-{kind}--small" : "") + (Columns ? " pf-columns" : ""));
        list.MergeAttribute("data-module", $"govuk-{kind}");
        var chosen = Values.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < Options.Count; i++)
        {
            list.InnerHtml.AppendHtml(Item(Options[i], i == 0 ? Id : $"{Id}-{ErrorSummaryTagHelper.FieldId(Options[i].Value)}", kind, chosen));
        }

        fieldset.InnerHtml.AppendHtml(list);
        group.InnerHtml.AppendHtml(fieldset);
        output.Content.AppendHtml(group);
    }

    private TagBuilder Item(FieldOption option, string id, string kind, HashSet<string> chosen)
    {
        var item = new TagBuilder("div");
        item.AddCssClass($"govuk-{kind}__item");
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass($"govuk-{kind}__input");
        input.MergeAttribute("id", id);
        input.MergeAttribute("name", Name);
        input.MergeAttribute("type", Single ? "radio" : "checkbox");
        input.MergeAttribute("value", option.Value);
        if (chosen.Contains(option.Value))
        {
            input.MergeAttribute("checked", "checked");
        }

        var label = new TagBuilder("label");
        label.AddCssClass($"govuk-label govuk-{kind}__label");
        label.MergeAttribute("for", id);
        label.InnerHtml.Append(option.Text);
        if (option.Hint is { } hint)
        {
            input.MergeAttribute("aria-describedby", id + "-item-hint");
            item.InnerHtml.AppendHtml(input).AppendHtml(label);
            item.InnerHtml.AppendHtml($"<div class=\"govuk-hint govuk-{kind}__hint\" id=\"{id}-item-hint\">").Append(hint).AppendHtml("</div>");
            return item;
        }

        item.InnerHtml.AppendHtml(input).AppendHtml(label);
        return item;
    }
}
