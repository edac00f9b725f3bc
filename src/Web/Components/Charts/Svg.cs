using System.Globalization;
using System.Net;
using System.Text;

namespace Pathfinder.Web.Components.Charts;

/// <summary>Writes SVG elements with invariant numbers and escaped text. Styles are classes and presentation attributes: the policy drops inline style.</summary>
public sealed class Svg(double width, double height)
{
    private readonly StringBuilder _body = new();

    /// <summary>Width of the drawing in its own units.</summary>
    public double Width => width;

    /// <summary>A straight line.</summary>
    public Svg Line(double x1, double y1, double x2, double y2, string cssClass, string? stroke = null)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{cssClass}\"{Attribute("stroke", stroke)}/>");
        return this;
    }

    /// <summary>A rectangle; nothing when it has no width.</summary>
    public Svg Box(double x, double y, double boxWidth, double boxHeight, string fill, string? title = null)
    {
        if (boxWidth > 0)
        {
            _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(boxWidth)}\" height=\"{N(boxHeight)}\" fill=\"{fill}\">{Title(title)}</rect>");
        }

        return this;
    }

    /// <summary>A dot, hollow when <paramref name="hollow"/>.</summary>
    public Svg Dot(double x, double y, double radius, string colour, bool hollow = false, string? title = null)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" fill=\"{(hollow ? "#fff" : colour)}\" stroke=\"{colour}\" stroke-width=\"2\">{Title(title)}</circle>");
        return this;
    }

    /// <summary>Text; anchor start, middle or end.</summary>
    public Svg Text(double x, double y, string text, string anchor = "start", string cssClass = "", string? fill = null)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\" class=\"{cssClass}\"{Attribute("fill", fill)}>{WebUtility.HtmlEncode(text)}</text>");
        return this;
    }

    /// <summary>A path from its commands.</summary>
    public Svg Path(string commands, string cssClass, string stroke)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<path d=\"{commands}\" class=\"{cssClass}\" stroke=\"{stroke}\"/>");
        return this;
    }

    /// <summary>A filled shape from its commands, in white outline.</summary>
    public Svg Area(string commands, string fill, string title)
    {
        _body.Append(CultureInfo.InvariantCulture, $"<path d=\"{commands}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#fff\" stroke-width=\"1.5\">{Title(title)}</path>");
        return this;
    }

    /// <summary>A number as SVG writes it, two decimals at most.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The whole drawing, described for those who do not see it.</summary>
    public string Finish(string description) =>
        string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(description)}\">{_body}</svg>");

    private static string Attribute(string name, string? value) => value is null ? "" : $" {name}=\"{value}\"";

    private static string Title(string? title) => title is null ? "" : $"<title>{WebUtility.HtmlEncode(title)}</title>";
}

/// <summary>A linear scale with round ticks.</summary>
public sealed class Scale
{
    private readonly double _from;
    private readonly double _to;

    /// <summary>A scale over a range of values drawn between two places; the range is widened to round ticks.</summary>
    public Scale(double low, double high, double from, double to, int ticks = 5)
    {
        if (!(high > low))
        {
            high = low + 1;
        }

        var rough = (high - low) / ticks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(m => m * power >= rough * 0.999) * power;
        Low = Math.Floor((low / step) + 1e-9) * step;
        High = Math.Ceiling((high / step) - 1e-9) * step;
        Ticks = Enumerable.Range(0, (int)Math.Round((High - Low) / step) + 1).Select(i => Low + (i * step)).ToList();
        Decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 3) + (step / power == 2.5 && power <= 1 ? 1 : 0);
        (_from, _to) = (from, to);
    }

    /// <summary>The lower end after rounding.</summary>
    public double Low { get; }

    /// <summary>The upper end after rounding.</summary>
    public double High { get; }

    /// <summary>Where the grid stands.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Decimals that tell the ticks apart.</summary>
    public int Decimals { get; }

    /// <summary>Where a value is drawn; values outside are drawn at the end.</summary>
    public double At(double value) => _from + ((Math.Clamp(value, Low, High) - Low) / (High - Low) * (_to - _from));
}
