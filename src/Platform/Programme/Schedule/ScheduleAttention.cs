using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Milestones that passed or slipped, dates that conflict, embargoes planned against, and published ratings that outlived their day.</summary>
internal sealed class ScheduleAttention : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var book = await RatingBook.OpenAsync(view, cancellation);
        var lines = new List<AttentionLine>();
        foreach (var one in await book.RateAsync(await view.ListAsync<Milestone>(cancellation), cancellation))
        {
            var (record, facts) = (one.Record, one.Facts);
            var title = record.Body.Title;
            if (facts.State == MilestoneState.Overdue)
            {
                lines.Add(new("Overdue", $"{title} {facts.Words}", record.Reference, Standing.Bad, facts.Expected!.Last.AddDays(1)));
            }
            else if (facts.IsLater && !facts.IsDone)
            {
                lines.Add(new("Slipped", $"{title} is expected {facts.Expected!.Text}, {facts.AgainstLast!.Words} than its baseline", record.Reference, Standing.Watch, one.Reported));
            }

            lines.AddRange(one.Dependencies.Where(wait => !facts.IsDone && wait.Verdict == DependencyVerdict.Conflict)
                .Select(wait => new AttentionLine("Slipped", $"{title} is {wait.Words}: {wait.On!.Body.Title}", record.Reference, Standing.Bad, record.Known)));
            if (one.Ring is { } ring)
            {
                lines.Add(new("Slipped", $"{title} waits for itself through {string.Join(", ", ring.Skip(1).DefaultIfEmpty(record.Key))}", record.Reference, Standing.Bad, record.Known));
            }

            if (one.Published is { Expired: true } published)
            {
                lines.Add(new("Overdue", $"The rating {published.Word} of {title} held until {Numbers.Day(record.Body.Published!.Expires!.Value)} and was not looked at since", record.Reference, Standing.Watch, record.Body.Published.Expires.Value.AddDays(1)));
            }
        }

        lines.AddRange((await Embargoes.BreachesAsync(view, cancellation)).Select(breach => new AttentionLine(
            "Slipped", $"{breach.Held.Body.Title}: {breach.Words}", breach.Embargo.Reference, breach.Certain ? Standing.Bad : Standing.Watch, breach.Embargo.Known)));
        return lines.OrderBy(line => line.Standing == Standing.Bad ? 0 : 1).ThenBy(line => line.Since).ToList();
    }
}
