using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Home;

/// <summary>Lays the change out on one strip: tranches, waves, tests, decisions and embargoes, with the day the page shows.</summary>
public static class ProgrammeStrip
{
    // Decisions of years before the change would squeeze the change itself into a corner.
    private const int MonthsAround = 6;

    /// <summary>The strip; null while nothing with a date is recorded.</summary>
    public static async Task<StripChart?> OfAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var change = new List<StripMark>();
        foreach (var tranche in await view.ListAsync<Tranche>(cancellation))
        {
            if ((tranche.Body.Starts ?? tranche.Body.Ends) is { } starts)
            {
                var ends = tranche.Body.Ends ?? starts;
                change.Add(Mark("Tranches", tranche, tranche.Body.Title, starts.First, ends.Last < starts.First ? starts.Last : ends.Last, starts == ends ? starts.Text : $"{starts.Text} to {ends.Text}"));
            }
        }

        foreach (var wave in await view.ListAsync<Wave>(cancellation))
        {
            if ((wave.Body.WentLive ?? wave.Body.GoesLive) is { } live)
            {
                change.Add(Mark("Waves", wave, wave.Body.Title, live.First, live.Last, live.Text + (wave.Body.WentLive is null ? ", planned" : "")));
            }
        }

        foreach (var pilot in await view.ListAsync<Pilot>(cancellation))
        {
            if (pilot.Body.Live is { } live)
            {
                change.Add(Mark("Tests", pilot, $"{pilot.Body.Title} live", live.First, live.Last, live.Text));
            }

            change.AddRange(pilot.Body.Adaptations.Where(adaptation => adaptation.On is not null)
                .Select(adaptation => Mark("Tests", pilot, $"Adapted: {adaptation.What}", adaptation.On!.First, adaptation.On.Last, adaptation.On.Text)));
        }

        foreach (var embargo in await view.ListAsync<Embargo>(cancellation))
        {
            if (embargo.Body.NotBefore is { } until)
            {
                var from = embargo.Effective.From < until.First ? embargo.Effective.From : until.First;
                change.Add(Mark("Embargoes", embargo, embargo.Body.Title, from, until.First, $"not before {until.Text}"));
            }
        }

        var decisions = (await view.ListAsync<Decision>(cancellation))
            .Select(decision => (decision, date: decision.Body.DecidedOn ?? decision.Body.DeferredTo ?? decision.Body.Due))
            .Where(pair => pair.date is not null)
            .Select(pair => Mark("Decisions", pair.decision, pair.decision.Body.Title, pair.date!.First, pair.date.Last, pair.date.Text + (pair.decision.Body.DecidedOn is null ? ", due" : ""))).ToList();
        if (change.Count == 0 && decisions.Count == 0)
        {
            return null;
        }

        var bounds = change.Count > 0 ? change : decisions;
        var first = bounds.Min(mark => mark.From).AddMonths(-MonthsAround);
        var last = bounds.Max(mark => mark.Until).AddMonths(MonthsAround);
        var shown = change.Concat(decisions).Where(mark => mark.Until >= first && mark.From <= last).ToList();
        return new StripChart
        {
            Title = Finding(shown, view.At.Effective),
            Note = "A bar covers the days that a date can mean; a dot is a day.",
            Lanes = ["Decisions", "Tranches", "Tests", "Waves", "Embargoes"],
            Marks = shown,
            First = first,
            Last = last,
            Day = view.At.Effective,
            DayName = Format.Date(view.At.Effective),
            Table = new DataTable(
                "strip", "Decisions, tranches, tests, waves and embargoes by date", [new("What"), new("Kind"), new("When"), new("On this day")],
                shown.OrderBy(mark => mark.From).ThenBy(mark => mark.Label, StringComparer.Ordinal).Select(mark => (IReadOnlyList<DataCell>)
                [
                    new DataCell(mark.Label, mark.Href), mark.Lane, mark.When, mark.Until < view.At.Effective ? "past" : mark.From > view.At.Effective ? "to come" : "now",
                ]).ToList()) { Fold = 12 },
        };
    }

    private static StripMark Mark(string lane, StoredRecord record, string label, DateOnly from, DateOnly until, string when) =>
        new(lane, label, from, until, when, ReferenceNames.Href(record.Kind, record.Key), record.Reference);

    private static string Finding(List<StripMark> marks, DateOnly day)
    {
        var behind = marks.Count(mark => mark.Until < day);
        var next = marks.Where(mark => mark.From > day).OrderBy(mark => mark.From).ThenBy(mark => mark.Label, StringComparer.Ordinal).FirstOrDefault();
        var last = marks.Where(mark => mark.Until < day).OrderBy(mark => mark.Until).ThenBy(mark => mark.Label, StringComparer.Ordinal).LastOrDefault();
        return next is not null
            ? $"{Format.Words(behind, capital: true)} of {Format.Words(marks.Count)} dates of the change lie behind {Format.Date(day)}; next is {next.Label}, {next.When}"
            : last is not null
                ? $"All {Format.Words(behind)} dates of the change lie behind {Format.Date(day)}; the last was {last.Label}, {last.When}"
                : $"{Format.Words(marks.Count, capital: true)} dates of the change are under way on {Format.Date(day)}";
    }
}
