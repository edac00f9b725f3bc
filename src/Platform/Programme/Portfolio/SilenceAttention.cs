using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Work on whose open milestones, risks and issues nothing was reported for thirty days: one line for each piece of work.</summary>
internal sealed class SilenceAttention : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var at = view.At;
        var open = ((await view.ListAsync<Milestone>(cancellation)).Where(one => !MilestoneFacts.Of(one.Body, at.Effective).IsDone).Cast<StoredRecord>()
            .Concat((await view.ListAsync<Risk>(cancellation)).Where(one => RatingBook.IsOpen(one.Body, at.Effective)))
            .Concat((await view.ListAsync<Issue>(cancellation)).Where(one => IssueReading.IsOpen(one.Body, at.Effective)))).ToList();
        var reported = await (await OwnerReports.OpenAsync(view, cancellation)).LastAsync(open, cancellation);
        var lines = new List<AttentionLine>();
        foreach (var work in open.Where(one => at.Known.DayNumber - reported[one.Reference].DayNumber > WorkReports.SilentDays).GroupBy(one => one.Body.Work, StringComparer.Ordinal))
        {
            var since = work.Max(one => reported[one.Reference]);
            var named = work.Key is null ? null : await view.FindAsync("work:" + work.Key, cancellation);
            var count = work.Count();
            lines.Add(new(
                "Silent",
                $"Nothing was reported on {Numbers.Counted(count, "open record", "open records")} {(named is null ? "of no work" : $"of {named.Body.Title}")} since {Numbers.Day(since)}",
                named?.Reference ?? work.First().Reference, Standing.Missing, since));
        }

        var reports = await WorkReports.OpenAsync(view, cancellation);
        foreach (var portfolio in reports.Work.Where(one => one.Body.Level == WorkLevel.Portfolio))
        {
            var newest = reports.Tree(portfolio.Key).SelectMany(one => reports.Of(one.Item.Key)).Select(reports.Reported).DefaultIfEmpty().Max();
            if (newest != default && at.Known.DayNumber - newest.DayNumber > WorkReports.SilentDays)
            {
                lines.Add(new("Silent", $"No progress was reported anywhere in {portfolio.Body.Title} since {Numbers.Day(newest)}", portfolio.Reference, Standing.Missing, newest));
            }
        }

        return lines.OrderBy(line => line.Since).ToList();
    }
}
