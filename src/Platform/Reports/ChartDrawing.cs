using System.Globalization;
using System.Net;
using System.Text;

namespace Pathfinder.Platform.Reports;

/// <summary>Draws a line chart as SVG: names at the ends of their lines, each line with a dash of its own, the target dotted, a description for those who do not see it.</summary>
internal static class ChartDrawing
{
    private const double Width = 900, Height = 330, Left = 46, Right = 170, Top = 16, Bottom = 40;

    private static readonly string[] Colours = ["#12436d", "#a4400c", "#3d3d3d", "#801650", "#1f7a72", "#5b3f99"];
    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 4"];

    public static string Draw(ChartBlock chart)
    {
        var values = chart.Lines.SelectMany(line => line.Values).Append(chart.Target).OfType<decimal>().Select(value => (double)value).ToList();
        if (values.Count == 0)
        {
            return "";
        }

        var (low, high, step) = Scale(values.Min(), values.Max());
        double X(int i) => Left + (chart.Periods.Count == 1 ? 0 : i * (Width - Left - Right) / (chart.Periods.Count - 1));
        double Y(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {N(Width)} {N(Height)}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(chart.Finding)}. The values stand in the table below.\">");
        for (var tick = low; tick <= high + (step / 2); tick += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(Left)}\" y1=\"{N(Y(tick))}\" x2=\"{N(Width - Right)}\" y2=\"{N(Y(tick))}\" stroke=\"#d8d8d8\"/><text x=\"{N(Left - 6)}\" y=\"{N(Y(tick) + 4)}\" text-anchor=\"end\" fill=\"#484949\">{N(tick)}{(chart.Unit == "%" ? "%" : "")}</text>");
        }

        var every = Math.Max(1, (chart.Periods.Count + 6) / 7);
        for (var i = 0; i < chart.Periods.Count; i += every)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(X(i))}\" y=\"{N(Height - Bottom + 20)}\" text-anchor=\"middle\" fill=\"#484949\">{WebUtility.HtmlEncode(chart.Periods[i])}</text>");
        }

        var labels = new List<(double Y, string Words, string Colour)>();
        if (chart.Target is { } target)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(Left)}\" y1=\"{N(Y((double)target))}\" x2=\"{N(Width - Right)}\" y2=\"{N(Y((double)target))}\" stroke=\"#0b0c0c\" stroke-dasharray=\"1 4\"/>");
            labels.Add((Y((double)target), "target " + N((double)target), "#0b0c0c"));
        }

        for (var l = 0; l < chart.Lines.Count; l++)
        {
            var (line, colour) = (chart.Lines[l], Colours[l % Colours.Length]);
            var path = new StringBuilder();
            var drawing = false;
            for (var i = 0; i < line.Values.Count; i++)
            {
                if (line.Values[i] is { } value)
                {
                    path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{N(X(i))} {N(Y((double)value))}");
                }

                // A gap stays a gap: nothing is drawn over what was not observed.
                drawing = line.Values[i] is not null;
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"{(Dashes[l % Dashes.Length].Length == 0 ? "" : $" stroke-dasharray=\"{Dashes[l % Dashes.Length]}\"")}/>");
            if (line.Values.LastOrDefault(value => value is not null) is { } last)
            {
                labels.Add((Y((double)last), $"{line.Name} {N((double)last)}", colour));
            }
        }

        // Labels that would lie on each other are moved apart, downwards.
        var free = double.MinValue;
        foreach (var (y, words, colour) in labels.OrderBy(label => label.Y).ThenBy(label => label.Words, StringComparer.Ordinal))
        {
            free = Math.Max(y, free + 15);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Width - Right + 8)}\" y=\"{N(free + 4)}\" fill=\"{colour}\">{WebUtility.HtmlEncode(words)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static (double Low, double High, double Step) Scale(double low, double high)
    {
        var rough = Math.Max(high - low, Math.Abs(high) * 0.01 + 1e-9) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10);
        return (Math.Floor(low / step) * step, (Math.Ceiling(high / step) * step) is var top && top > Math.Floor(low / step) * step ? top : (Math.Floor(low / step) + 1) * step, step);
    }

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
