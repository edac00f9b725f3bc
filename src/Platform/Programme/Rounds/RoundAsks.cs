using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>What an owner may change of a record in a round: everything else of it is left as it is.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="DateLabel">What a new date is called; null where the kind has none to give.</param>
/// <param name="DoneLabel">What the end of it is called: "Done", "Closed"; null where an owner cannot end it.</param>
/// <param name="Rates">Whether a new rating can be given.</param>
/// <param name="IsOpen">Whether it is asked for as at a day.</param>
/// <param name="Date">The date it has now.</param>
/// <param name="Moved">The record with a new date, made on a day, for a reason.</param>
/// <param name="Ended">The record done or closed on a date, shown by something, with why it was on record as open after that; null for no reason.</param>
/// <param name="Rated">The record with a new published rating, for a reason.</param>
/// <param name="IsHeld">Whether its date is one to be held to, so that one that has passed must be answered for.</param>
/// <param name="AsksProgress">Whether it is asked for its progress: what was done in the period and what comes next. Only what has an owner is.</param>
/// <param name="End">When it was done or closed; null while it is open.</param>
/// <param name="Rating">The published rating it has now.</param>
internal sealed record RoundAsk(
    string Kind, string? DateLabel, string? DoneLabel, bool Rates,
    Func<ProgrammeRecord, DateOnly, bool> IsOpen,
    Func<ProgrammeRecord, PartialDate?> Date,
    Func<ProgrammeRecord, PartialDate, DateOnly, string, ProgrammeRecord> Moved,
    Func<ProgrammeRecord, PartialDate, string, string?, ProgrammeRecord> Ended,
    Func<ProgrammeRecord, string, string, ProgrammeRecord> Rated,
    bool IsHeld,
    bool AsksProgress,
    Func<ProgrammeRecord, PartialDate?> End,
    Func<ProgrammeRecord, string?> Rating)
{
    /// <summary>Whether the date it is held to has passed: "nothing changed" is then no answer without a reason.</summary>
    public bool HasPassed(ProgrammeRecord record, DateOnly day) => IsHeld && Date(record) is { } date && date.Last < day;

    /// <summary>What a report changed of a record, each from what to what.</summary>
    public IReadOnlyList<LineChange> Changes(ProgrammeRecord before, ProgrammeRecord after)
    {
        var changes = new List<LineChange>();
        if (Date(after) is { } now && Date(before) is var then && now != then)
        {
            var moved = then is null ? null : Slippage.Between(then, now, "date before", "new date");
            changes.Add(new(DateLabel ?? "Date", then?.Text, now.Text, moved is null or { Verdict: SlippageVerdict.OnTime } ? null : moved.Words));
        }

        if (Rating(after) != Rating(before))
        {
            changes.Add(new("Published rating", Rating(before), Rating(after) ?? "none", null));
        }

        if (End(after) is { } ended && ended != End(before))
        {
            changes.Add(new(DoneLabel ?? "Ended", "open", ended.Text, null));
        }

        return changes;
    }
}

/// <summary>What a report changed.</summary>
/// <param name="What">The date or rating that changed.</param>
/// <param name="From">What it was; null where there was none.</param>
/// <param name="To">What it is.</param>
/// <param name="Moved">How far a date moved, no more exact than the two; null where it is no date or cannot be said.</param>
public sealed record LineChange(string What, string? From, string To, string? Moved)
{
    /// <summary>"New forecast: June 2030 → September 2030, three months later".</summary>
    public override string ToString() => $"{What}: {From ?? "none"} → {To}{(Moved is null ? "" : $", {Moved}")}";
}

/// <summary>The kinds of record that a round asks for, and what it may change of each.</summary>
internal static class RoundAsks
{
    public static IReadOnlyList<RoundAsk> All { get; } =
    [
        Of<Milestone>(
            "milestone", "New forecast", "Done",
            (one, day) => !MilestoneFacts.Of(one, day).IsDone,
            one => one.Forecasts is [.., { Date: { } forecast }] ? forecast : one.Baselines is [.., { Date: { } baseline }] ? baseline : null,
            (one, date, today, why) => one with { Forecasts = [.. one.Forecasts, new Forecast { Date = date, MadeOn = PartialDate.Of(today), Why = why }] },
            (one, date, evidence, openAfter) => one with { Actual = new Actual { Date = date, Evidence = evidence, OpenAfter = openAfter } },
            end: one => one.Actual?.Date, isHeld: true),
        Of<Risk>(
            "risk", "New date when it may happen", "Closed",
            RatingBook.IsOpen,
            one => one.Proximity,
            (one, date, _, _) => one with { Proximity = date },
            (one, date, _, openAfter) => one with { Closed = date, OpenAfter = openAfter },
            (one, word, why) => one with { Published = (one.Published ?? new PublishedRating()) with { Rating = word, Reason = why } },
            one => one.Closed, one => one.Published?.Rating),
        Of<Issue>(
            "issue", null, "Closed",
            IssueReading.IsOpen,
            one => one.Raised,
            null,
            (one, date, _, openAfter) => one with { Closed = date, OpenAfter = openAfter },
            (one, word, why) => one with { Published = (one.Published ?? new PublishedRating()) with { Rating = word, Reason = why } },
            one => one.Closed, one => one.Published?.Rating),
        Of<Benefit>("benefit", "New date", null, (_, _) => true, one => one.By, (one, date, _, _) => one with { By = date }, isHeld: true),
        Of<Commitment>("commitment", "New date", null, (one, day) => one.Due is null || one.Due.Last >= day, one => one.Due, (one, date, _, _) => one with { Due = date }),
        Of<Decision>(
            "decision", "New date by which it is wanted", null,
            (one, _) => one.State is DecisionState.Draft or DecisionState.Submitted or DecisionState.Deferred,
            one => one.Due,
            (one, date, _, _) => one with { Due = date },
            isHeld: true),
        Of<WorkItem>("work", null, null, (one, day) => one.Ends is null || one.Ends.Last >= day, _ => null, asksProgress: true),
    ];

    public static RoundAsk? Find(string kind) => All.FirstOrDefault(ask => ask.Kind == kind);

    private static RoundAsk Of<T>(
        string kind, string? dateLabel, string? doneLabel, Func<T, DateOnly, bool> isOpen, Func<T, PartialDate?> date,
        Func<T, PartialDate, DateOnly, string, T>? moved = null, Func<T, PartialDate, string, string?, T>? ended = null, Func<T, string, string, T>? rated = null,
        Func<T, PartialDate?>? end = null, Func<T, string?>? rating = null, bool isHeld = false, bool asksProgress = false)
        where T : ProgrammeRecord => new(
            kind, dateLabel, doneLabel, rated is not null,
            (one, day) => isOpen((T)one, day),
            one => date((T)one),
            (one, day, today, why) => moved is null ? one : moved((T)one, day, today, why),
            (one, day, evidence, openAfter) => ended is null ? one : ended((T)one, day, evidence, openAfter),
            (one, word, why) => rated is null ? one : rated((T)one, word, why),
            isHeld,
            asksProgress,
            one => end?.Invoke((T)one),
            one => rating?.Invoke((T)one));
}
