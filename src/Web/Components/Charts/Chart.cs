using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Components.Charts;

/// <summary>A chart: its finding as title, the picture, and the table it is drawn from. Shown by <c>&lt;chart-figure chart="…" /&gt;</c>.</summary>
public abstract class Chart
{
    /// <summary>Width of every chart in its own units; the page scales it.</summary>
    protected const double Width = 920;

    /// <summary>The finding, a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What is drawn: measure, unit, what the marks mean.</summary>
    public required string Note { get; init; }

    /// <summary>The numbers drawn; also the CSV file.</summary>
    public required DataTable Table { get; init; }

    /// <summary>The picture.</summary>
    public abstract string Draw();

    /// <summary>Whether there is anything to draw.</summary>
    public virtual bool HasData => Table.Rows.Count > 0;
}

/// <summary>One dot with its interval.</summary>
/// <param name="Value">Null where nothing was observed.</param>
public sealed record Dot(double? Value, double? Lower = null, double? Upper = null);

/// <summary>One row of a <see cref="DotIntervalChart"/>: a label and a dot for each series.</summary>
/// <param name="Strong">Set apart, as a whole is from its parts.</param>
public sealed record DotRow(string Label, IReadOnlyList<Dot> Dots, bool Strong = false);

/// <summary>Dots with intervals by area, in the order of the rows; each series named above its first dot, with an optional target or zero line.</summary>
public sealed class DotIntervalChart : Chart
{
    /// <summary>The rows, top to bottom.</summary>
    public required IReadOnlyList<DotRow> Rows { get; init; }

    /// <summary>Names of the series.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    /// <summary>How a value reads.</summary>
    public required Func<double, string> Read { get; init; }

    /// <summary>A line with its name: the target.</summary>
    public (double Value, string Name)? Target { get; init; }

    /// <summary>Draws a line at zero and keeps it in range.</summary>
    public bool Zero { get; init; }

    /// <summary>Fixed lower end, when the data should not choose it.</summary>
    public double? Low { get; init; }

    /// <summary>Fixed upper end.</summary>
    public double? High { get; init; }

    /// <inheritdoc />
    public override bool HasData => Rows.Any(r => r.Dots.Any(d => d.Value is not null));

    /// <inheritdoc />
    public override string Draw()
    {
        const double left = 210, top = 34, rowHeight = 25;
        // The value of a row stands right of the axis, clear of the zero line however long it reads.
        var right = Math.Max(80, 30 + (7.4 * Rows.SelectMany(r => r.Dots).Select(d => d.Value is { } value ? Read(value).Length : 0).DefaultIfEmpty(0).Max()));
        var all = Rows.SelectMany(r => r.Dots).SelectMany(d => new[] { d.Value, d.Lower, d.Upper }).OfType<double>().ToList();
        if (Target is { } t)
        {
            all.Add(t.Value);
        }

        if (Zero)
        {
            all.Add(0);
        }

        var bottom = top + (Rows.Count * rowHeight);
        var svg = new Svg(Width, bottom + 30);
        var x = new Scale(Low ?? all.Min(), High ?? all.Max(), left, Width - right);
        foreach (var tick in x.Ticks)
        {
            svg.Line(x.At(tick), top, x.At(tick), bottom, "c-grid").Text(x.At(tick), bottom + 18, Read(tick), "middle", "c-muted");
        }

        if (Zero)
        {
            svg.Line(x.At(0), top - 4, x.At(0), bottom, "c-zero");
        }

        if (Target is { } target)
        {
            svg.Line(x.At(target.Value), top - 8, x.At(target.Value), bottom, "c-target")
                .Text(x.At(target.Value), top - 14, target.Name, "middle", "c-halo");
        }

        for (var r = 0; r < Rows.Count; r++)
        {
            var y = top + ((r + 0.5) * rowHeight);
            svg.Text(left - 14, y + 4.5, Rows[r].Label, "end", Rows[r].Strong ? "c-strong" : "");
            for (var s = 0; s < Rows[r].Dots.Count; s++)
            {
                DrawDot(svg, x, Rows[r], s, y);
            }
        }

        NameSeries(svg, x, top);
        return svg.Finish(Title);
    }

    private void DrawDot(Svg svg, Scale x, DotRow row, int series, double middle)
    {
        if (row.Dots[series] is not { Value: { } value } dot)
        {
            return;
        }

        var y = middle + ((series - ((row.Dots.Count - 1) / 2.0)) * 8);
        var colour = Palette.Qualitative[series];
        if (dot is { Lower: { } lower, Upper: { } upper })
        {
            svg.Line(x.At(lower), y, x.At(upper), y, "c-line", colour);
        }

        svg.Dot(x.At(value), y, row.Strong ? 5.5 : 4.5, colour, series > 0, $"{row.Label}, {Series[series]}: {Read(value)}");
        if (row.Dots.Count == 1)
        {
            svg.Text(Width - 2, middle + 4.5, Read(value), "end", row.Strong ? "c-strong" : "c-muted");
        }
    }

    // Labels stand by the first row's dots, right of the largest and left of the others, so that no legend is needed; where
    // dots lie close together, each ends where the one on its right begins.
    private void NameSeries(Svg svg, Scale x, double top)
    {
        if (Series.Count < 2 || Rows.Count == 0)
        {
            return;
        }

        const double letter = 7.6, gap = 10;
        var y = top - (Target is null ? 8 : -1);
        var free = double.PositiveInfinity;
        foreach (var s in Enumerable.Range(0, Series.Count).Where(s => Rows[0].Dots[s].Value is not null).OrderByDescending(s => Rows[0].Dots[s].Value).ThenByDescending(s => s))
        {
            var place = x.At(Rows[0].Dots[s].Value!.Value);
            var first = double.IsPositiveInfinity(free);
            place = Math.Min(place, free);
            svg.Text(place, y, Series[s], first ? "start" : "end", "c-strong c-halo", Palette.Qualitative[s]);
            free = place - (first ? 0 : Series[s].Length * letter) - gap;
        }
    }
}

/// <summary>One line of a <see cref="LineChart"/>; null values break it.</summary>
public sealed record LineSeries(string Name, IReadOnlyList<double?> Values);

/// <summary>Lines over hours or months, labelled at their end, with an optional target and marked events.</summary>
public sealed class LineChart : Chart
{
    /// <summary>The lines.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Labels under the axis by index of value.</summary>
    public required IReadOnlyList<(int Index, string Text)> Ticks { get; init; }

    /// <summary>How a value reads.</summary>
    public required Func<double, string> Read { get; init; }

    /// <summary>A line with its name: the target.</summary>
    public (double Value, string Name)? Target { get; init; }

    /// <summary>Events: a dotted upright with a text.</summary>
    public IReadOnlyList<(double Index, string Text)> Events { get; init; } = [];

    /// <summary>Draws steps, as for values that hold for a whole hour.</summary>
    public bool Steps { get; init; }

    /// <summary>Fixed lower end; counts usually start at 0.</summary>
    public double? Low { get; init; }

    /// <summary>Fixed upper end.</summary>
    public double? High { get; init; }

    /// <inheritdoc />
    public override bool HasData => Series.Any(s => s.Values.Any(v => v is not null));

    /// <inheritdoc />
    public override string Draw()
    {
        const double left = 62, right = 190, height = 300;
        var top = 26 + (Events.Count * 16.0);
        var bottom = height + top - 26 - 34;
        var all = Series.SelectMany(s => s.Values).OfType<double>().ToList();
        if (Target is { } t)
        {
            all.Add(t.Value);
        }

        var count = Series.Max(s => s.Values.Count);
        var y = new Scale(Low ?? all.Min(), High ?? all.Max(), bottom, top);
        double X(double index) => left + (index / Math.Max(1, Steps ? count : count - 1) * (Width - left - right));
        var svg = new Svg(Width, bottom + 34);
        foreach (var tick in y.Ticks)
        {
            svg.Line(left, y.At(tick), Width - right, y.At(tick), "c-grid").Text(left - 10, y.At(tick) + 4.5, Read(tick), "end", "c-muted");
        }

        foreach (var (index, text) in Ticks)
        {
            svg.Line(X(index), bottom, X(index), bottom + 5, "c-axis").Text(X(index), bottom + 21, text, "middle", "c-muted");
        }

        svg.Line(left, bottom, Width - right, bottom, "c-axis");
        for (var e = 0; e < Events.Count; e++)
        {
            var (index, text) = Events[e];
            // Right of its line, where no earlier line crosses it; left only where it would run out of the picture.
            var late = X(index) + 6 + (text.Length * 7.4) > Width;
            svg.Line(X(index), top - 8 - ((Events.Count - 1 - e) * 16.0), X(index), bottom, "c-target")
                .Text(X(index) + (late ? -6 : 6), top - 10 - ((Events.Count - 1 - e) * 16.0), text, late ? "end" : "start", "c-halo");
        }

        if (Target is { } target)
        {
            svg.Line(left, y.At(target.Value), Width - right, y.At(target.Value), "c-target")
                .Text(Width - right + 8, y.At(target.Value) + 4.5, target.Name, "start", "c-muted c-halo");
        }

        for (var s = 0; s < Series.Count; s++)
        {
            svg.Path(Commands(Series[s].Values, X, y), "c-line", Palette.Qualitative[s % Palette.Qualitative.Count]);
        }

        NameLines(svg, y, Width - right + 8);
        return svg.Finish(Title);
    }

    private string Commands(IReadOnlyList<double?> values, Func<double, double> x, Scale y)
    {
        var path = new System.Text.StringBuilder();
        var pen = false;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
            {
                pen = false;
                continue;
            }

            path.Append(pen ? 'L' : 'M').Append(Svg.N(x(i))).Append(' ').Append(Svg.N(y.At(value)));
            if (Steps)
            {
                path.Append('L').Append(Svg.N(x(i + 1))).Append(' ').Append(Svg.N(y.At(value)));
            }

            pen = true;
        }

        return path.ToString();
    }

    // Labels at line ends, pushed apart where lines end close together.
    private void NameLines(Svg svg, Scale y, double x)
    {
        var ends = Series.Select((s, i) => (s.Name, i, y: s.Values.LastOrDefault(v => v is not null) is { } last ? y.At(last) : double.NaN))
            .Where(e => !double.IsNaN(e.y)).OrderBy(e => e.y).ToList();
        var above = double.NegativeInfinity;
        foreach (var (name, i, place) in ends)
        {
            var free = Math.Max(place + 4.5, above + 15);
            if (Target is { } target && Math.Abs(free - y.At(target.Value) - 4.5) < 13)
            {
                free = y.At(target.Value) + 4.5 + 15;
            }

            svg.Text(x, free, name, "start", "c-strong c-halo", Palette.Qualitative[i % Palette.Qualitative.Count]);
            above = free;
        }
    }
}

/// <summary>One bar of a <see cref="StackedBarChart"/>: its parts add to its length.</summary>
public sealed record StackedBar(string Label, IReadOnlyList<double> Parts);

/// <summary>Stacked horizontal bars, as of what a caller waits for; parts are named above the first bar, the total stands at the end.</summary>
public sealed class StackedBarChart : Chart
{
    /// <summary>Names of the parts, in the order drawn.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>The bars, top to bottom.</summary>
    public required IReadOnlyList<StackedBar> Bars { get; init; }

    /// <summary>How a value reads.</summary>
    public required Func<double, string> Read { get; init; }

    /// <summary>Colours of the parts.</summary>
    public IReadOnlyList<string> Colours { get; init; } = Palette.Wait;

    /// <inheritdoc />
    public override bool HasData => Bars.Any(b => b.Parts.Sum() > 0);

    /// <inheritdoc />
    public override string Draw()
    {
        const double left = 210, right = 110, rowHeight = 42, barHeight = 26;
        const double top = 34;
        var longest = Bars.Max(b => b.Parts.Sum());
        var x = new Scale(0, longest, left, Width - right);
        var bottom = top + (Bars.Count * rowHeight);
        var svg = new Svg(Width, bottom + 24);
        foreach (var tick in x.Ticks)
        {
            svg.Line(x.At(tick), top, x.At(tick), bottom, "c-grid").Text(x.At(tick), bottom + 18, Read(tick), "middle", "c-muted");
        }

        for (var b = 0; b < Bars.Count; b++)
        {
            var y = top + (b * rowHeight) + ((rowHeight - barHeight) / 2);
            svg.Text(left - 14, y + 18, Bars[b].Label, "end");
            double start = 0;
            for (var p = 0; p < Bars[b].Parts.Count; p++)
            {
                var part = Math.Max(0, Bars[b].Parts[p]);
                var width = x.At(start + part) - x.At(start);
                svg.Box(x.At(start), y, width - 1, barHeight, Colours[p], $"{Bars[b].Label}, {Parts[p]}: {Read(part)}");
                if (width > 48)
                {
                    svg.Text(x.At(start) + (width / 2), y + 17.5, Read(part), "middle", "c-strong", TextOn(Colours[p]));
                }

                start += part;
            }

            svg.Text(x.At(start) + 8, y + 18, Read(start), "start", "c-strong");
        }

        // The key is one line above the bars, each word in its part's colour block, because small parts have no room for a word.
        double key = left;
        for (var p = 0; p < Parts.Count; p++)
        {
            svg.Box(key, 6, 12, 12, Colours[p]).Text(key + 18, 16.5, Parts[p]);
            key += 34 + (Parts[p].Length * 7.2);
        }

        return svg.Finish(Title);
    }

    private static string TextOn(string colour) => colour is "#12436d" or "#801650" or "#3d3d3d" ? "#ffffff" : Palette.Ink;
}
