using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>
/// What may not be saved of a milestone: another date in the place of a baseline that was known on an earlier day, and a rating published now that
/// differs from the computed one without a reason and a day until which it holds. A rating of the past is kept as it was published.
/// </summary>
internal sealed class MilestoneRules : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: Milestone, Key: not null }))
        {
            problems.AddRange(await BaselinesAsync(view, change, cancellation));
        }

        foreach (var change in changes.Where(change => change.Body is Milestone { Published.Rating.Length: > 0 } && !(change.Known < view.At.Known)))
        {
            problems.AddRange(await PublishedAsync(view, change, cancellation));
        }

        return problems;
    }

    // A new baseline stands after those that were approved; the past is put right as known then.
    private static async Task<IEnumerable<Problem>> BaselinesAsync(RecordView view, RecordChange change, CancellationToken cancellation)
    {
        var before = (change.Known ?? view.At.Known).AddDays(-1);
        var held = (await view.As(view.At with { Known = before }).FindAsync<Milestone>(change.Key!, cancellation))?.Body.Baselines ?? [];
        var given = ((Milestone)change.Body).Baselines;
        return held.Select((baseline, place) => (baseline, place)).Where(one => one.baseline.Date != given.ElementAtOrDefault(one.place)?.Date)
            .Select(one => new Problem(
                $"The baseline {one.baseline.Date?.Text ?? "without a date"} would be overwritten", Field: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"baselines[{one.place}].date"),
                Found: given.ElementAtOrDefault(one.place)?.Date?.Text, Accepted: $"{one.baseline.Date?.Text}; a new baseline stands after it, with who approved it and why"));
    }

    private static async Task<IEnumerable<Problem>> PublishedAsync(RecordView view, RecordChange change, CancellationToken cancellation)
    {
        var milestone = (Milestone)change.Body;
        if (change.Key is { } key && (await view.FindAsync<Milestone>(key, cancellation))?.Body.Published == milestone.Published)
        {
            return [];
        }

        var book = await RatingBook.OpenAsync(view, cancellation);
        var rated = await book.RateAsync(
            new StoredRecord<Milestone>(view.Catalogue.Get<Milestone>(), change.Key ?? "", milestone, 0, new EffectivePeriod(change.From ?? view.At.Effective), view.At.Known, default, "", "", ""), cancellation);
        if (rated.Published is not { Differs: true } published)
        {
            return [];
        }

        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(milestone.Published!.Reason))
        {
            problems.Add(new Problem($"The rule computes {rated.Computed!.Words}; say why it is published as {published.Word}", Field: "published.reason", Accepted: "a reason, or the computed rating"));
        }

        if (milestone.Published.Expires is null)
        {
            problems.Add(new Problem($"The rule computes {rated.Computed!.Word}; say until when {published.Word} holds", Field: "published.expires", Accepted: "a day on which it is looked at again"));
        }

        return problems;
    }
}
