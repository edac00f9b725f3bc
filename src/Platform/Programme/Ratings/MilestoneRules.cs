using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>
/// What may not be saved of a milestone: one that waits for itself through others, an actual date that is still to come, and a rating published now that differs from the
/// computed one without a reason and a day until which it holds. A rating of the past is kept as it was published.
/// </summary>
internal sealed class MilestoneRules : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        var milestones = changes.Where(change => change is { Kind: "milestone", Body: Milestone, Key: not null }).ToList();
        if (milestones.Any(change => ((Milestone)change.Body).DependsOn.Count > 0))
        {
            var known = (await view.ListAsync<Milestone>(cancellation)).ToDictionary(one => one.Key, one => one.Body, StringComparer.Ordinal);
            foreach (var change in milestones)
            {
                known[change.Key!] = (Milestone)change.Body;
            }

            problems.AddRange(milestones.Select(change => Dependencies.FindRing(change.Key!, known.GetValueOrDefault)).OfType<IReadOnlyList<string>>().Take(1)
                .Select(ring => new Problem("These milestones would wait for each other in a ring", Field: "dependsOn", Found: string.Join(", then ", ring), Accepted: "dependencies without a ring")));
        }

        foreach (var change in changes)
        {
            var day = change.Known ?? view.At.Known;
            if (change.Body is Milestone { Actual.Date: { } reached } && reached.First > day)
            {
                problems.Add(new Problem("What has happened does not lie in the future", Field: "actual.date", Found: reached.Text, Accepted: $"a date up to {Numbers.Day(day)}; what is expected is a forecast"));
            }
        }

        foreach (var change in changes.Where(change => change.Body is Milestone { Published.Rating.Length: > 0 } && !(change.Known < view.At.Known)))
        {
            problems.AddRange(await PublishedAsync(view, change, cancellation));
        }

        return problems;
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
