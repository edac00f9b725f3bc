using System.Globalization;
using Pathfinder.Platform.Panels;

namespace Pathfinder.Web.Components.Charts;

/// <summary>Draws a control chart: values with centre and limits as steps, signals as filled dots in another colour and named, the target dashed.</summary>
public static class ControlChartDrawing
{
    private const double Width = 920;
    private const double Left = 62;
    private const double Right = 120;
    private const double Top = 26;
    private const double Bottom = 316;

    private const string Styles =
        "text{font:13px 'Helvetica Neue',arial,sans-serif}text:not([fill]){fill:#0b0c0c}.c-muted{fill:#484949}.c-grid{stroke:#e4e4e4}"
        + ".c-target{stroke:#0b0c0c;stroke-width:1.5;stroke-dasharray:5 4}.c-line{fill:none;stroke-width:2}";

    /// <summary>The picture for a page, styled by the page.</summary>
    public static string Draw(ChartAnswer chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var funnel = string.Equals(chart.Kind, "funnel", StringComparison.Ordinal);
        var points = chart.Points;
        var values = points.SelectMany(p => new[] { p.Value, p.Centre, p.Lower, p.Upper }).Append(chart.Target).OfType<double>().ToList();
        var y = new Scale(values.Min(), values.Max(), Bottom, Top);
        double X(double index) => Left + ((index + 0.5) / points.Count * (Width - Left - Right));
        var svg = new Svg(Width, Bottom + 34);
        string Read(double value) => value.ToString("F" + y.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        foreach (var tick in y.Ticks)
        {
            svg.Line(Left, y.At(tick), Width - Right, y.At(tick), "c-grid").Text(Left - 10, y.At(tick) + 4.5, Read(tick), "end", "c-muted");
        }

        Steps(svg, points, p => p.Upper, X, y, Palette.Qualitative[6]);
        Steps(svg, points, p => p.Lower, X, y, Palette.Qualitative[6]);
        Steps(svg, points, p => p.Centre, X, y, Palette.Qualitative[5]);
        var last = points[^1];
        svg.Text(Width - Right + 8, y.At(last.Centre) + 4.5, "centre " + Read(last.Centre), fill: Palette.Qualitative[5]);
        if (last is { Lower: { } lower, Upper: { } upper })
        {
            svg.Text(Width - Right + 8, y.At(upper) + 4.5, "upper " + Read(upper), fill: Palette.Qualitative[6]).Text(Width - Right + 8, y.At(lower) + 4.5, "lower " + Read(lower), fill: Palette.Qualitative[6]);
        }

        if (chart.Target is { } target)
        {
            svg.Line(Left, y.At(target), Width - Right, y.At(target), "c-target").Text(Left + 4, y.At(target) - 6, "target " + Read(target));
        }

        if (!funnel)
        {
            svg.Path(string.Concat(points.Select((p, i) => $"{(i == 0 ? "M" : "L")}{Svg.N(X(i))} {Svg.N(y.At(p.Value))}")), "c-line", Palette.Qualitative[0]);
        }

        for (var i = 0; i < points.Count; i++)
        {
            var signal = points[i].Flags.Count > 0;
            svg.Dot(X(i), y.At(points[i].Value), signal ? 5 : 3.5, signal ? Palette.Qualitative[3] : Palette.Qualitative[0], title: $"{points[i].Date}: {points[i].Value.ToString(CultureInfo.InvariantCulture)}{(signal ? ", " + points[i].Flags[0] : "")}");
        }

        var every = Math.Max(1, (int)Math.Ceiling(points.Count / 10.0));
        for (var i = 0; i < points.Count; i += every)
        {
            svg.Text(X(i), Bottom + 20, points[i].Date, "middle", "c-muted");
        }

        return svg.Finish(chart.Finding);
    }

    /// <summary>The picture as a file of its own, styles inside.</summary>
    public static string DrawFile(ChartAnswer chart)
    {
        var picture = Draw(chart).Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"920\" ", StringComparison.Ordinal);
        var inside = picture.IndexOf('>', StringComparison.Ordinal) + 1;
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + picture.Insert(inside, "<style>" + Styles + "</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>") + "\n";
    }

    private static void Steps(Svg svg, IReadOnlyList<ChartAnswerPoint> points, Func<ChartAnswerPoint, double?> level, Func<double, double> x, Scale y, string colour)
    {
        var path = new System.Text.StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            if (level(points[i]) is { } value)
            {
                var start = i == 0 || points[i - 1].Segment != points[i].Segment ? 'M' : 'L';
                path.Append(CultureInfo.InvariantCulture, $"{start}{Svg.N(x(i - 0.5))} {Svg.N(y.At(value))}L{Svg.N(x(i + 0.5))} {Svg.N(y.At(value))}");
            }
        }

        if (path.Length > 0)
        {
            svg.Path(path.ToString(), "c-line", colour);
        }
    }
}
