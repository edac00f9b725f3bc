using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;

namespace Pathfinder.Web.Pages.RollOut;

/// <summary>The waves of a roll-out on a calendar: the windows that the terms leave, the date planned, and what is known to have happened.</summary>
public sealed class RollOutChart : Chart
{
    private const double Left = 210, Right = 20, Top = 34, RowHeight = 54;

    /// <summary>The plan drawn.</summary>
    public required RollOutPlan Plan { get; init; }

    /// <inheritdoc />
    public override string Draw()
    {
        var waves = Plan.Waves.Where(wave => wave is { IsBound: true, GoesLive: not null, CountedFrom: not null, GoLive: not null }).ToList();
        var days = waves.SelectMany(wave => new[] { wave.CountedFrom!.First, wave.GoesLive!.Last, wave.GoLive!.Ends.Last })
            .Concat(waves.SelectMany(wave => wave.Live).Select(unit => unit.Live).OfType<DateOnly>()).ToList();
        var first = new DateOnly(days.Min().Year, days.Min().Month, 1);
        var last = new DateOnly(days.Max().Year, days.Max().Month, 1).AddMonths(2);
        var bottom = Top + (waves.Count * RowHeight);
        var svg = new Svg(Width, bottom + 28);
        double X(DateOnly day) => Left + ((day.DayNumber - first.DayNumber) / (double)(last.DayNumber - first.DayNumber) * (Width - Left - Right));
        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month;
        for (var month = first; month < last; month = month.AddMonths(months > 14 ? 3 : 1))
        {
            svg.Line(X(month), Top - 6, X(month), bottom, "c-grid").Text(X(month) + 3, bottom + 18, month.ToString(months > 14 ? "MMM yyyy" : "MMM yy", System.Globalization.CultureInfo.GetCultureInfo("en-GB")), cssClass: "c-muted");
        }

        for (var w = 0; w < waves.Count; w++)
        {
            var (wave, y) = (waves[w], Top + (w * RowHeight));
            svg.Text(Left - 14, y + 18, wave.Wave.Body.Title, "end", "c-strong").Text(Left - 14, y + 35, wave.Kept switch
            {
                Platform.Programme.Queries.Truth.True => "keeps the promise",
                Platform.Programme.Queries.Truth.False => "breaks the promise",
                _ => "cannot be told",
            }, "end", "c-muted");
            Bar(svg, X, wave.Engagement!, y, "#bfd4e6", "engagement");
            Bar(svg, X, wave.Preparation!, y, "#8fb3d4", "preparation");
            Bar(svg, X, wave.GoLive!, y, "#cde7e4", "go-live");
            var (label, end) = (wave.GoesLive!.Text + (wave.IsWhatIf ? ", tried" : ", planned"), X(wave.GoesLive.Last.AddDays(1)));
            svg.Box(X(wave.GoesLive.First), y + 27, Math.Max(4, end - X(wave.GoesLive.First)), 9, Palette.Ink, $"{wave.Wave.Body.Title} goes live {wave.GoesLive.Text}");
            // At the right edge the words stand before the bar, where there is room for them.
            if (end + 6 + (label.Length * 7.5) > Width)
            {
                svg.Text(X(wave.GoesLive.First) - 6, y + 36, label, "end");
            }
            else
            {
                svg.Text(end + 6, y + 36, label);
            }

            foreach (var unit in wave.Live.Where(unit => unit.Live is not null))
            {
                svg.Dot(X(unit.Live!.Value), y + 31.5, 5, Palette.Qualitative[3], hollow: unit.Imprecise is not null, title: $"{unit.Name} ({unit.Code}) went live {unit.Imprecise ?? Format.Date(unit.Live.Value)}");
            }
        }

        return svg.Finish(Title);
    }

    private static void Bar(Svg svg, Func<DateOnly, double> x, Phase phase, double y, string colour, string word)
    {
        var (from, to) = (x(phase.Begins.First), x(phase.Ends.Last));
        svg.Box(from, y + 4, Math.Max(2, to - from - 1), 19, colour, $"{word}: {phase.Begins.Text} to {phase.Ends.Text}");
        if (to - from > word.Length * 7.2)
        {
            svg.Text(from + 5, y + 18, word);
        }
    }
}
