using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Pathfinder.Web.Components.Maps;

/// <summary>A map of areas in own GeoJSON, coloured by what is known of each; its facts stand in a table beside it, which is all there is without script.</summary>
public sealed record MapView
{
    /// <summary>Its id on the page.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows, for those who do not see it; names the table that says the same.</summary>
    public required string Description { get; init; }

    /// <summary>Address of the coloured layer (see Api/Forces: <c>GeoAddress</c>); features carry their code in <c>properties.code</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>Address of a layer of outlines drawn above, such as boroughs over zones.</summary>
    public string? Outlines { get; init; }

    /// <summary>West, south, east, north.</summary>
    public required IReadOnlyList<double> Bounds { get; init; }

    /// <summary>One frame, or one a date for a slider.</summary>
    public required IReadOnlyList<MapFrame> Frames { get; init; }

    /// <summary>The frame shown first.</summary>
    public int First { get; init; }

    /// <summary>The key of colours.</summary>
    public IReadOnlyList<MapLegend> Legend { get; init; } = [];

    /// <summary>Pins such as parade sites.</summary>
    public IReadOnlyList<MapPin> Pins { get; init; } = [];

    /// <summary>Name of the checkboxes that clicking an area ticks; their values are area codes.</summary>
    public string? SelectName { get; init; }

    /// <summary>An address with {code} that clicking an area opens, when nothing is selected by it.</summary>
    public string? AreaHref { get; init; }

    /// <summary>An address with {date} offered beside the slider, to see the whole page as at the date shown.</summary>
    public string? DateHref { get; init; }

    /// <summary>Copyright line.</summary>
    public required string Attribution { get; init; }

    /// <summary>The id of the table that holds the same facts.</summary>
    public string? TableId { get; init; }
}

/// <summary>The map at one date.</summary>
/// <param name="Key">The date, yyyy-MM-dd; any text where there is one frame.</param>
/// <param name="Label">What stands beside the slider.</param>
/// <param name="Fill">Colour by area code.</param>
/// <param name="Tip">What pointing at an area says: first line the name, then facts.</param>
/// <param name="Group">Unit by area code: borders between different units are drawn strong.</param>
/// <param name="Labels">Codes written on the map.</param>
public sealed record MapFrame(
    string Key, string Label, IReadOnlyDictionary<string, string> Fill, IReadOnlyDictionary<string, IReadOnlyList<string>> Tip,
    IReadOnlyDictionary<string, string> Group, IReadOnlyList<MapLabel> Labels);

/// <summary>A text on the map.</summary>
/// <param name="Quiet">Small, behind the others.</param>
public sealed record MapLabel(string Text, double Longitude, double Latitude, bool Quiet = false);

/// <summary>A place on the map.</summary>
public sealed record MapPin(string Text, double Longitude, double Latitude);

/// <summary>One entry of the key.</summary>
public sealed record MapLegend(string Colour, string Text);

/// <summary><c>&lt;map-view map="…" /&gt;</c>. The page loads <c>/js/map.js</c> and the map's stylesheet through the partial <c>_MapAssets</c>.</summary>
[HtmlTargetElement("map-view", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class MapViewTagHelper : TagHelper
{
    // The default encoder escapes < and &, so the text cannot end the element it stands in.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The map.</summary>
    [HtmlAttributeName("map")]
    public MapView? Map { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Map is not { } map)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pf-map");
        output.Attributes.SetAttribute("id", map.Id);
        var content = output.Content;
        content.AppendHtml("<div class=\"pf-map__canvas\" role=\"region\" aria-label=\"").Append(map.Description);
        content.AppendHtml("\" data-waiting=\"").Append(map.TableId is null ? "The map needs JavaScript." : "The map needs JavaScript. The table on this page holds the same facts.");
        content.AppendHtml("\"></div>");
        if (map.Frames.Count > 1)
        {
            content.AppendHtml($"<div class=\"pf-map__controls js-only\"><label class=\"govuk-body govuk-!-margin-bottom-0\" for=\"{map.Id}-date\">Date</label>");
            content.AppendHtml($"<input type=\"range\" id=\"{map.Id}-date\" min=\"0\" max=\"{map.Frames.Count - 1}\" step=\"1\" value=\"{map.First}\" autocomplete=\"off\">");
            content.AppendHtml($"<output class=\"pf-map__date\" for=\"{map.Id}-date\">").Append(map.Frames[map.First].Label).AppendHtml("</output>");
            if (map.DateHref is not null)
            {
                content.AppendHtml("</div><div class=\"govuk-inset-text pf-map__note\" role=\"status\" hidden>The map shows <b class=\"pf-map__shown\"></b>; the heading and the tables are for ");
                content.Append(map.Frames[map.First].Label);
                content.AppendHtml(". <a class=\"govuk-link pf-map__follow\" href=\"#\">Show the page as at this date</a>");
            }

            content.AppendHtml("</div>");
        }

        if (map.Legend.Count > 0)
        {
            content.AppendHtml("<ul class=\"pf-map__legend\" aria-label=\"Key\">");
            foreach (var entry in map.Legend)
            {
                content.AppendHtml($"<li><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect width=\"15\" height=\"15\" x=\".5\" y=\".5\" fill=\"{entry.Colour}\" fill-opacity=\"0.78\" stroke=\"#858686\"/></svg>").Append(entry.Text).AppendHtml("</li>");
            }

            content.AppendHtml("</ul>");
        }

        if (map.Attribution.Length > 0)
        {
            content.AppendHtml("<p class=\"pf-map__attribution\">").Append(map.Attribution).AppendHtml("</p>");
        }

        content.AppendHtml("<script type=\"application/json\">").AppendHtml(JsonSerializer.Serialize(map, Json)).AppendHtml("</script>");
    }
}
