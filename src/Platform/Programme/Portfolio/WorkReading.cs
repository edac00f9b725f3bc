using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Work: under what, led by whom, and what was last reported on it.</summary>
internal sealed class WorkReading : IRecordReading
{
    public string Kind => "work";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var reports = await WorkReports.OpenAsync(view, cancellation);
        var titles = reports.Work.ToDictionary(one => one.Key, one => one.Body.Title, StringComparer.Ordinal);
        var items = records.OfType<StoredRecord<WorkItem>>().ToList();

        var asked = items.Where(one => !reports.Under[one.Key].Any()).ToList();
        var without = asked.Count(one => reports.Of(one.Key) is not [.., var latest] || !WorkReports.Says(latest.Body));
        var headline = items.Count == 0 ? "No work is on record"
            : without == 0 ? $"Something is reported on every one of {Numbers.Counted(asked.Count, "piece of work", "pieces of work")}"
            : $"{Numbers.InWords(without, capital: true)} of {Numbers.Counted(asked.Count, "piece of work has", "pieces of work have")} no report";
        return new(headline, ["Under", "Led by", "Latest report"], items.ToDictionary(
            one => one.Key,
            one => (IReadOnlyList<Said>)
            [
                one.Body.Work is { } above ? new Said(titles.GetValueOrDefault(above, above), Reference: "work:" + above) : new Said("nothing above it"),
                reports.Leads(one.Body),
                reports.Latest(one.Key),
            ],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var reports = await WorkReports.OpenAsync(view, cancellation);
        var parts = new List<ReadingPart>();
        var tree = reports.Tree(record.Key).ToList();
        if (tree.Count > 0)
        {
            var leaves = tree.Where(one => !reports.Under[one.Item.Key].Any()).ToList();
            var silent = leaves.Count(one => reports.Of(one.Item.Key) is not [.., var latest] || !WorkReports.Says(latest.Body));
            parts.Add(new(
                "under-it", "What is under it",
                silent == 0 ? $"Something is reported on all {Numbers.InWords(leaves.Count)}" : $"{Numbers.InWords(silent, capital: true)} of {Numbers.InWords(leaves.Count)} {(silent == 1 ? "has" : "have")} no report",
                ["Work", "Level", "Led by", "Plan", "Latest report"],
                tree.Select(one => (IReadOnlyList<Said>)
                [
                    new Said(string.Concat(Enumerable.Repeat("– ", one.Depth)) + one.Item.Body.Title, Reference: one.Item.Reference),
                    one.Item.Body.Level.ToString().ToLowerInvariant(),
                    reports.Leads(one.Item.Body),
                    Plan(one.Item.Body),
                    reports.Latest(one.Item.Key),
                ]).ToList()));
        }

        var own = reports.Of(record.Key);
        if (own.Count > 0)
        {
            parts.Add(new("reports", "What was reported on it", null, ["Period", "Known", "Progress", "Next"], own.Reverse().Select(one => (IReadOnlyList<Said>)
            [
                new Said(one.Body.Period?.Text ?? "period not stated", Reference: one.Reference),
                Numbers.Day(one.Known),
                WorkReports.Says(one.Body) ? string.Join("; ", one.Body.Progress) : new Said("no report" + (one.Body.NotReported is { Length: > 0 } why ? $": {why}" : ""), Standing.Missing),
                string.Join("; ", one.Body.Next.Select(next => next.When is null ? next.What : $"{next.What} ({next.When.Text})")),
            ]).ToList()));
        }

        var book = await RatingBook.OpenAsync(view, cancellation);
        var milestones = await book.RateAsync((await view.ListAsync<Milestone>(cancellation)).Where(one => one.Body.Work == record.Key), cancellation);
        if (milestones.Count > 0)
        {
            parts.Add(new("milestones", "Its milestones", null, ["Milestone", "State", "Computed rating", "Published rating"], milestones.Select(one => (IReadOnlyList<Said>)
            [
                new Said(one.Record.Body.Title, Reference: one.Record.Reference),
                new Said(one.Facts.Words, one.Facts.Standing),
                one.Computed is { } computed ? new Said(computed.Word, computed.Standing) : new Said("no rule", Standing.Missing),
                one.Published is { } published ? new Said(published.Words, published.Standing) : new Said("none published", Standing.Missing),
            ]).ToList()));
        }

        var latest = reports.Latest(record.Key).Text;
        return new(own.Count > 0 ? $"Latest report: {latest}" : tree.Count == 0 ? "Nothing was reported on it" : char.ToUpperInvariant(latest[0]) + latest[1..], parts);
    }

    private static Said Plan(WorkItem work) => work.Plan == PlanStatus.NotStated
        ? new("not said", Standing.Missing)
        : new((work.Plan == PlanStatus.InDevelopment ? "in development" : work.Plan.ToString().ToLowerInvariant()) + (work.PlanDate is { } date ? $", {date.Text}" : ""));
}
