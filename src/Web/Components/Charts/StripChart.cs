namespace Pathfinder.Web.Components.Charts;

/// <summary>Something on a strip of time: the days it covers or can mean, its lane and its name.</summary>
/// <param name="When">Its date in words.</param>
/// <param name="Href">Its page; the table below the strip leads there.</param>
/// <param name="Reference">"kind:key" of the record it shows.</param>
public sealed record StripMark(string Lane, string Label, DateOnly From, DateOnly Until, string When, string? Href, string Reference);

/// <summary>A strip of time with lanes: bars for spans, dots for days, each with its name beside it, and a line for the day shown.</summary>
public sealed class StripChart : Chart
{
    private const double Left = 96, Right = 12, Top = 34, RowHeight = 22;

    // What 13px text takes on average; a little more than needed keeps names apart.
    private const double LetterWidth = 6.6;
    private const int LongestLabel = 46;

    /// <summary>Names of the lanes, top to bottom; those without marks are left out.</summary>
    public required IReadOnlyList<string> Lanes { get; init; }

    /// <summary>What is drawn.</summary>
    public required IReadOnlyList<StripMark> Marks { get; init; }

    /// <summary>The first day of the strip.</summary>
    public required DateOnly First { get; init; }

    /// <summary>The last day of the strip.</summary>
    public required DateOnly Last { get; init; }

    /// <summary>The day shown by a line, where it falls on the strip.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The name of the line.</summary>
    public required string DayName { get; init; }

    /// <summary>The records shown.</summary>
    public IEnumerable<string> References => Marks.Select(mark => mark.Reference).Distinct(StringComparer.Ordinal);

    /// <inheritdoc />
    public override string Draw()
    {
        var lanes = Lanes.Select((lane, place) => (Lane: lane, Colour: Palette.Qualitative[place % Palette.Qualitative.Count], Rows: Pack(Marks.Where(mark => mark.Lane == lane))))
            .Where(lane => lane.Rows.Count > 0).ToList();
        var bottom = Top + lanes.Sum(lane => (lane.Rows.Count * RowHeight) + 8);
        var svg = new Svg(Width, bottom + 6);
        Axis(svg, bottom);
        var y = Top;
        foreach (var (lane, colour, rows) in lanes)
        {
            svg.Text(0, y + 15, lane, cssClass: "c-strong");
            foreach (var row in rows)
            {
                foreach (var (mark, labelAt, anchor) in row)
                {
                    Draw(svg, mark, y, colour);
                    svg.Text(labelAt, y + 15, Short(mark.Label), anchor, "c-halo");
                }

                y += RowHeight;
            }

            y += 8;
            svg.Line(0, y - 4, Width, y - 4, "c-grid");
        }

        if (Day >= First && Day <= Last)
        {
            svg.Line(X(Day), Top - 8, X(Day), bottom, "c-target");
            svg.Text(Math.Clamp(X(Day), 60, Width - 60), 12, DayName, "middle", "c-strong");
        }
        else
        {
            svg.Text(Day < First ? Left : Width, 12, Day < First ? $"← {DayName}" : $"{DayName} →", Day < First ? "start" : "end", "c-strong");
        }

        return svg.Finish(Title);
    }

    private static void Place(List<List<(StripMark, double, string)>> rows, List<double> ends, StripMark mark, double from, double to, double labelAt, string anchor)
    {
        var free = ends.FindIndex(end => end + 8 < from);
        if (free < 0)
        {
            rows.Add([]);
            ends.Add(0);
            free = rows.Count - 1;
        }

        rows[free].Add((mark, labelAt, anchor));
        ends[free] = to;
    }

    private static string Short(string label) => label.Length <= LongestLabel ? label : label[..(LongestLabel - 1)].TrimEnd() + "…";

    // Marks of a lane go to the first row where neither mark nor name meets another.
    private List<List<(StripMark Mark, double LabelAt, string Anchor)>> Pack(IEnumerable<StripMark> marks)
    {
        var rows = new List<List<(StripMark, double, string)>>();
        var ends = new List<double>();
        foreach (var mark in marks.OrderBy(mark => mark.From).ThenBy(mark => mark.Label, StringComparer.Ordinal))
        {
            var from = X(mark.From) - 5;
            var to = Math.Max(X(mark.Until), X(mark.From) + 5);
            var width = Short(mark.Label).Length * LetterWidth;
            if (to + 6 + width <= Width)
            {
                Place(rows, ends, mark, from, to + 6 + width, to + 6, "start");
            }
            else
            {
                Place(rows, ends, mark, Math.Max(Left, from - 6 - width), to, Math.Max(Left + width, from - 4), "end");
            }
        }

        return rows;
    }

    private void Axis(Svg svg, double bottom)
    {
        var years = Last.Year - First.Year + 1;
        for (var year = First.Year; year <= Last.Year; year++)
        {
            var start = new DateOnly(year, 1, 1);
            if (start >= First)
            {
                svg.Line(X(start), Top - 6, X(start), bottom, "c-axis");
                svg.Text(X(start) + 3, Top - 8, year.ToString(System.Globalization.CultureInfo.InvariantCulture), cssClass: "c-muted");
            }

            for (var month = 4; years <= 6 && month <= 10; month += 3)
            {
                var quarter = new DateOnly(year, month, 1);
                if (quarter >= First && quarter <= Last)
                {
                    svg.Line(X(quarter), Top - 2, X(quarter), bottom, "c-grid");
                }
            }
        }
    }

    private void Draw(Svg svg, StripMark mark, double y, string colour)
    {
        if (mark.From == mark.Until)
        {
            svg.Dot(X(mark.From), y + 11, 4.5, colour, title: $"{mark.Label}: {mark.When}");
        }
        else
        {
            var from = X(mark.From);
            svg.Box(from, y + 6, Math.Max(4, X(mark.Until) - from), 10, colour, $"{mark.Label}: {mark.When}");
        }
    }

    private double X(DateOnly day)
    {
        var clamped = day < First ? First : day > Last ? Last : day;
        return Left + ((clamped.DayNumber - First.DayNumber) / (double)Math.Max(1, Last.DayNumber - First.DayNumber) * (Width - Left - Right));
    }
}
