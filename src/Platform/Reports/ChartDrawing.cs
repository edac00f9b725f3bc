using System.Globalization;
using System.Net;
using System.Text;

namespace Pathfinder.Platform.Reports;

/// <summary>Draws charts as SVG. Of a line chart: names at the ends of their lines, each line with a dash of its own, the target dotted, a description for those who do not see it.</summary>
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
        var svg = new StringBuilder(Open(Height, chart.Finding, chart.Table));
        Grid(svg, low, high, step, value => Y((double)value), chart.Unit);
        Periods(svg, chart.Periods, X, Height);
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

        Labels(svg, labels);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>A control chart: limits as lines and a band, values that signal as diamonds, events as numbered lines.</summary>
    public static string Draw(ControlChartBlock chart)
    {
        const double Tall = 250;
        var values = chart.Values.SelectMany(one => new[] { one.Value, one.Centre, one.Lower, one.Upper }).Append(chart.Target).OfType<decimal>().Select(value => (double)value).ToList();
        if (chart.Values.Count < 2)
        {
            return "";
        }

        var (low, high, step) = Scale(values.Min(), values.Max());
        double X(double i) => Left + (i * (Width - Left - Right) / (chart.Values.Count - 1));
        double Y(decimal value) => Tall - Bottom - (((double)value - low) / (high - low) * (Tall - Top - Bottom));
        var svg = new StringBuilder(Open(Tall, chart.Finding, chart.Table));
        Grid(svg, low, high, step, Y, chart.Unit);
        Periods(svg, chart.Periods, i => X(i), Tall);
        // Limits hold for each value by itself, so they are steps.
        foreach (var (of, style) in new (Func<ControlValue, decimal?>, string)[] { (one => one.Upper, "stroke-dasharray=\"4 3\""), (one => one.Lower, "stroke-dasharray=\"4 3\""), (one => one.Centre, "") })
        {
            var path = new StringBuilder();
            for (var i = 0; i < chart.Values.Count; i++)
            {
                if (of(chart.Values[i]) is { } limit)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{N(X(Math.Max(i - 0.5, 0)))} {N(Y(limit))}H{N(X(Math.Min(i + 0.5, chart.Values.Count - 1)))}");
                }
            }

            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"#505a5f\" {style}/>");
        }

        foreach (var together in chart.Events.Where(one => one.Position is >= 0 && one.Position <= chart.Values.Count - 1).GroupBy(one => one.Position!.Value))
        {
            var x = X((double)together.Key);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x)}\" y1=\"{N(Top)}\" x2=\"{N(x)}\" y2=\"{N(Tall - Bottom)}\" stroke=\"#505a5f\" stroke-dasharray=\"2 3\"/><text x=\"{N(x)}\" y=\"{N(Top - 4)}\" text-anchor=\"middle\" fill=\"#0b0c0c\">{string.Join(", ", together.Select(one => one.Number.ToString(CultureInfo.InvariantCulture)))}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{string.Concat(chart.Values.Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{N(X(i))} {N(Y(one.Value))}")))}\" fill=\"none\" stroke=\"{Colours[0]}\" stroke-width=\"2\"/>");
        for (var i = 0; i < chart.Values.Count; i++)
        {
            var (x, y) = (X(i), Y(chart.Values[i].Value));
            svg.Append(chart.Values[i].Signals
                ? string.Create(CultureInfo.InvariantCulture, $"<path d=\"M{N(x)} {N(y - 6)}L{N(x + 6)} {N(y)}L{N(x)} {N(y + 6)}L{N(x - 6)} {N(y)}Z\" fill=\"{Colours[1]}\"/>")
                : string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"3.5\" fill=\"{Colours[0]}\"/>"));
        }

        var last = chart.Values[^1];
        var labels = new List<(double Y, string Words, string Colour)> { (Y(last.Value), N((double)last.Value), Colours[0]), (Y(last.Centre), "centre " + N((double)Math.Round(last.Centre, 1)), "#505a5f") };
        if (last is { Lower: { } lower, Upper: { } upper })
        {
            labels.Add((Y(lower), "limit " + N((double)Math.Round(lower, 1)), "#505a5f"));
            labels.Add((Y(upper), "limit " + N((double)Math.Round(upper, 1)), "#505a5f"));
        }

        if (chart.Target is { } target)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(Left)}\" y1=\"{N(Y(target))}\" x2=\"{N(Width - Right)}\" y2=\"{N(Y(target))}\" stroke=\"#0b0c0c\" stroke-dasharray=\"1 4\"/>");
            labels.Add((Y(target), "target " + N((double)target), "#0b0c0c"));
        }

        Labels(svg, labels);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Effects with their intervals on one axis, and where no effect lies.</summary>
    public static string Draw(IntervalsBlock chart)
    {
        const double RowHeight = 26, Names = 330;
        if (chart.Values.Count == 0)
        {
            return "";
        }

        var tall = Top + (RowHeight * chart.Values.Count) + Bottom;
        var (low, high, step) = Scale(Math.Min(0, (double)chart.Values.Min(one => one.Lower)), Math.Max(0, (double)chart.Values.Max(one => one.Upper)));
        double X(double value) => Names + ((value - low) / (high - low) * (Width - Names - 20));
        var svg = new StringBuilder(Open(tall, chart.Finding, chart.Table));
        for (var tick = low; tick <= high + (step / 2); tick += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(X(tick))}\" y1=\"{N(Top)}\" x2=\"{N(X(tick))}\" y2=\"{N(tall - Bottom)}\" stroke=\"{(Math.Abs(tick) < step / 100 ? "#0b0c0c" : "#d8d8d8")}\"/><text x=\"{N(X(tick))}\" y=\"{N(tall - Bottom + 18)}\" text-anchor=\"middle\" fill=\"#484949\">{N(Math.Round(tick, 6))}</text>");
        }

        for (var i = 0; i < chart.Values.Count; i++)
        {
            var (one, y) = (chart.Values[i], Top + (RowHeight * (i + 0.5)));
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Names - 12)}\" y=\"{N(y + 4)}\" text-anchor=\"end\" fill=\"#0b0c0c\">{WebUtility.HtmlEncode(one.Name)}</text><line x1=\"{N(X((double)one.Lower))}\" y1=\"{N(y)}\" x2=\"{N(X((double)one.Upper))}\" y2=\"{N(y)}\" stroke=\"{Colours[0]}\" stroke-width=\"2.5\"/><circle cx=\"{N(X((double)one.Estimate))}\" cy=\"{N(y)}\" r=\"5\" fill=\"{Colours[0]}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Open(double tall, string finding, string table) =>
        string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {N(Width)} {N(tall)}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(finding)}. The values stand in the table {WebUtility.HtmlEncode(table)}.\">");

    private static void Grid(StringBuilder svg, double low, double high, double step, Func<decimal, double> y, string? unit)
    {
        for (var tick = low; tick <= high + (step / 2); tick += step)
        {
            var at = y((decimal)tick);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(Left)}\" y1=\"{N(at)}\" x2=\"{N(Width - Right)}\" y2=\"{N(at)}\" stroke=\"#d8d8d8\"/><text x=\"{N(Left - 6)}\" y=\"{N(at + 4)}\" text-anchor=\"end\" fill=\"#484949\">{N(tick)}{(unit == "%" ? "%" : "")}</text>");
        }
    }

    private static void Periods(StringBuilder svg, IReadOnlyList<string> periods, Func<int, double> x, double tall)
    {
        var every = Math.Max(1, (periods.Count + 6) / 7);
        for (var i = 0; i < periods.Count; i += every)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x(i))}\" y=\"{N(tall - Bottom + 20)}\" text-anchor=\"middle\" fill=\"#484949\">{WebUtility.HtmlEncode(periods[i])}</text>");
        }
    }

    private static void Labels(StringBuilder svg, List<(double Y, string Words, string Colour)> labels)
    {
        // Labels that would lie on each other are moved apart, downwards.
        var free = double.MinValue;
        foreach (var (y, words, colour) in labels.OrderBy(label => label.Y).ThenBy(label => label.Words, StringComparer.Ordinal))
        {
            free = Math.Max(y, free + 15);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(Width - Right + 8)}\" y=\"{N(free + 4)}\" fill=\"{colour}\">{WebUtility.HtmlEncode(words)}</text>");
        }
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
