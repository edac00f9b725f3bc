using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Milestones: what slipped, what is overdue, and both ratings side by side.</summary>
internal sealed class MilestoneReading : IRecordReading
{
    private static readonly string[] Headings = ["State", "Later than its baseline", "Computed rating", "Published rating"];

    public string Kind => "milestone";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var book = await RatingBook.OpenAsync(view, cancellation);
        var rated = await book.RateAsync(records.OfType<StoredRecord<Milestone>>(), cancellation);
        return new(Headline(rated), Headings, rated.ToDictionary(one => one.Record.Key, one => Cells(one, book, view.At.Effective), StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var book = await RatingBook.OpenAsync(view, cancellation);
        var rated = await book.RateAsync((StoredRecord<Milestone>)record, cancellation);
        var trail = ForecastTrail.Of(await view.TimelineAsync(record.Kind, record.Key, cancellation));
        List<ReadingPart> parts = [Dates(rated, view.At.Effective), Ratings(rated, book)];
        if (trail.Count > 0)
        {
            parts.Add(new("forecasts", "How the forecast moved", Moved(trail), ["Made", "Expected", "Against the forecast before", "Why"], trail.Select(step => (IReadOnlyList<Said>)
            [
                step.Made.Text, step.Date.Text,
                step.Moved is null ? "the first" : new Said(step.Moved.Words, step.Moved.Standing),
                step.Why is { Length: > 0 } why ? why : new Said("not said", Standing.Missing),
            ]).ToList()));
        }

        if (rated.Dependencies.Count > 0)
        {
            var earliest = Dependencies.Earliest(rated.Dependencies);
            parts.Add(new(
                "waits-for", "What it waits for",
                rated.Ring is { } ring ? $"These wait for each other in a ring: {string.Join(", then ", ring)}. One of the dependencies must go"
                    : earliest is null ? null : $"Together they leave {earliest.Text} at the earliest",
                ["Waits for", "Leaves, at the earliest", "Result"],
                rated.Dependencies.Select(one => (IReadOnlyList<Said>)
                [
                    new Said(one.On?.Body.Title ?? one.Stated.On, Reference: one.On?.Reference),
                    one.Earliest is null ? new Said("not known", Standing.Missing) : one.Earliest.Text,
                    new Said(one.Words, one.Standing),
                ]).ToList()));
        }

        return new(Sentence(rated), parts);
    }

    private static string Headline(IReadOnlyList<RatedMilestone> all)
    {
        if (all.Count == 0)
        {
            return "No milestone is on record";
        }

        var comparable = all.Count(one => one.Facts.AgainstLast is not null);
        var later = all.Count(one => one.Facts.IsLater);
        var overdue = all.Count(one => one.Facts.State == MilestoneState.Overdue);
        var done = all.Count(one => one.Facts.IsDone);
        var first = later > 0 ? $"{Numbers.InWords(later, capital: true)} of {Numbers.Counted(all.Count, "milestone", "milestones")} {(later == 1 ? "is" : "are")} later than {(later == 1 ? "its" : "their")} baseline"
            : comparable > 0 ? $"None of {Numbers.Counted(all.Count, "milestone", "milestones")} is certainly later than its baseline"
            : $"None of {Numbers.Counted(all.Count, "milestone", "milestones")} has both a baseline and a date to hold against it";
        var tail = overdue > 0 ? $"; {Numbers.InWords(overdue)} passed without an actual" : done > 0 ? $"; {Numbers.InWords(done)} {(done == 1 ? "is" : "are")} done" : "";
        return first + tail;
    }

    private static IReadOnlyList<Said> Cells(RatedMilestone one, RatingBook book, DateOnly effective)
    {
        var completion = one.Facts.Completion is { } text ? "; " + text : "";
        var held = one.Breaches.Count > 0 ? "; against an embargo" : "";
        var waits = one.Ring is not null ? "; waits for itself" : one.Dependencies.Any(wait => wait.Verdict == DependencyVerdict.Conflict) ? "; before what it waits for" : "";
        return
        [
            new Said(one.Facts.Words + completion + held + waits, held.Length + waits.Length > 0 ? Standing.Bad : one.Facts.Standing),
            one.Facts.Lateness(effective),
            Computed(one, book),
            one.Published is { } published ? new Said(published.Words, published.Standing) : new Said("none published", Standing.Missing),
        ];
    }

    private static Said Computed(RatedMilestone one, RatingBook book) =>
        one.Computed is { } computed ? new Said(computed.Word, computed.Standing) : new Said(book.Rule is null ? "no rule" : ComputedRating.NoReport, Standing.Missing);

    private static string Sentence(RatedMilestone one)
    {
        var words = char.ToUpperInvariant(one.Facts.Words[0]) + one.Facts.Words[1..];
        return one.Published is { Differs: true } published ? $"{words}; published {published.Word}, computed {one.Computed!.Word}" : words;
    }

    private static ReadingPart Dates(RatedMilestone one, DateOnly effective)
    {
        var facts = one.Facts;
        var rows = new List<IReadOnlyList<Said>>
        {
            new Said[] { "State", new(facts.Words, facts.Standing) },
            new Said[] { "Against the baseline that holds", facts.Lateness(effective) },
            new Said[] { "Last reported", Numbers.Day(one.Reported) },
        };
        if (one.Record.Body.Baselines.Count > 1 && facts.AgainstFirst is { } first)
        {
            rows.Add([new Said("Against the first baseline"), new Said(first.Words, first.Standing)]);
        }

        if (facts.Completion is { } completion)
        {
            rows.Add([new Said("Completion"), new Said(completion)]);
        }

        rows.AddRange(one.Breaches.Select(breach => (IReadOnlyList<Said>)
            [new Said("Embargo", Reference: breach.Embargo.Reference), new Said(breach.Words, breach.Certain ? Standing.Bad : Standing.Watch)]));
        return new("dates", "What its dates say", null, ["What", "Result"], rows);
    }

    private static ReadingPart Ratings(RatedMilestone one, RatingBook book)
    {
        var published = one.Record.Body.Published;
        return new(
            "ratings", "Computed and published rating", null, ["Rating", "Word", "Rests on"],
            [
                [
                    new Said("Computed"),
                    Computed(one, book),
                    one.Computed is { } computed ? string.Join("; ", computed.Reasons) : "No rating rule was in force; record one under rating rules",
                ],
                [
                    new Said("Published"),
                    one.Published is { } judged ? new Said(judged.Word, judged.Standing) : new Said("none", Standing.Missing),
                    string.Join("; ", new[] { published?.Reason }.Concat(one.Published?.Flags ?? []).Where(text => !string.IsNullOrWhiteSpace(text))),
                ],
            ]);
    }

    private static string? Moved(IReadOnlyList<ForecastStep> trail)
    {
        var later = trail.Count(step => step.Moved?.Verdict == SlippageVerdict.Later);
        return trail.Count < 2 ? null : $"The forecast moved {Numbers.Counted(trail.Count - 1, "time", "times")}, {(later == 0 ? "never" : Numbers.Counted(later, "time", "times"))} to a later date";
    }
}
