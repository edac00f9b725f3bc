using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Promises;

/// <summary>The verdict on a promise over time: one strip for each day of knowledge, the words written in it.</summary>
public sealed class VerdictStripChart : Chart
{
    private const double Left = 170, Right = 16, Top = 30, RowHeight = 38;

    /// <summary>The strips, oldest knowledge first.</summary>
    public required IReadOnlyList<VerdictBand> Bands { get; init; }

    /// <summary>The day shown by the page, marked where it lies on the strips.</summary>
    public required DateOnly Marked { get; init; }

    /// <summary>The chart of some bands on a page as at dates.</summary>
    public static VerdictStripChart Of(IReadOnlyList<VerdictBand> bands, AsAt at)
    {
        ArgumentNullException.ThrowIfNull(bands);
        ArgumentNullException.ThrowIfNull(at);
        var verdicts = bands[^1].Spans.Select(span => span.Verdict).OfType<Verdict>().Distinct().ToList();
        return new VerdictStripChart
        {
            Title = bands.Count == 1
                ? verdicts.Count == 1 ? $"{Capital(verdicts[0].Words())} from {Format.Date(bands[0].Spans[0].From)} on" : "The verdict changed with what happened"
                : "What would have been said changed with what was known",
            Note = "Each strip is the verdict by day, with the knowledge of the day named at its left; an open end goes on as far as is recorded",
            Bands = bands,
            Marked = at.Effective,
            Table = new DataTable(
                "over-time", "The verdict over time", [new("As known on"), new("From"), new("Until"), new("Verdict")],
                [.. bands.SelectMany(band => band.Spans.Select(span => (IReadOnlyList<DataCell>)
                [
                    DataCell.Of(band.Known, ""), DataCell.Of(span.From, ""), DataCell.Of(span.Until?.AddDays(-1), "open"), Word(span.Verdict),
                ]))]),
        };
    }

    /// <inheritdoc />
    public override string Draw()
    {
        var first = Bands.Min(band => band.Spans[0].From);
        var turn = Bands.Max(band => band.Spans.Max(span => span.From));
        var days = Math.Max(60, turn.DayNumber - first.DayNumber);
        var last = turn.AddDays(Math.Max(30, days / 4));
        var bottom = Top + (Bands.Count * RowHeight);
        var svg = new Svg(Width, bottom + 26);
        double X(DateOnly day) => Left + ((Math.Min(day.DayNumber, last.DayNumber) - first.DayNumber) / (double)(last.DayNumber - first.DayNumber) * (Width - Left - Right));
        for (var b = 0; b < Bands.Count; b++)
        {
            var y = Top + (b * RowHeight);
            svg.Text(0, y + 20, "known " + Format.Date(Bands[b].Known));
            foreach (var span in Bands[b].Spans)
            {
                var (from, to) = (X(span.From), X(span.Until ?? last));
                svg.Box(from, y, Math.Max(1, to - from - 1), 28, Colour(span.Verdict), $"{Word(span.Verdict)}, {Format.Date(span.From)} to {Format.Date(span.Until?.AddDays(-1), "open")}");
                if (to - from > Word(span.Verdict).Length * 7.5)
                {
                    svg.Text(from + 6, y + 19, Word(span.Verdict), fill: span.Verdict == Verdict.Broken ? "#ffffff" : Palette.Ink);
                }
            }
        }

        var edge = double.NegativeInfinity;
        foreach (var day in Bands.SelectMany(band => band.Spans).Select(span => span.From).Distinct().Order())
        {
            if (X(day) - edge > 96)
            {
                svg.Line(X(day), Top - 4, X(day), bottom, "c-grid").Text(X(day), bottom + 16, Format.Date(day), X(day) > Width - 110 ? "end" : "start", "c-muted");
                edge = X(day);
            }
        }

        if (Marked >= first && Marked <= last)
        {
            svg.Line(X(Marked), Top - 8, X(Marked), bottom, "c-target").Text(X(Marked), Top - 12, Format.Date(Marked), X(Marked) > Width - 110 ? "end" : "start", "c-halo");
        }

        return svg.Finish(Title);
    }

    private static string Word(Verdict? verdict) => verdict?.Words() ?? "not on record";

    private static string Colour(Verdict? verdict) => verdict switch { Verdict.Kept => "#8fd0ca", Verdict.Broken => "#801650", Verdict.NotTestable => "#dfe3e8", _ => "#f4f6f8" };

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
