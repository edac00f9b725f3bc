using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>
/// When a milestone was reached, or a risk or issue closed, does not lie in the future; nor before its work began, nor before a day on which it was
/// still reported as open, unless it says why. A date with a slip in its year would else turn what is computed of it, promises among it.
/// </summary>
internal sealed class EndingRule : IRecordSetRule
{
    private sealed record Ending(PartialDate? Date, string Field, string? OpenAfter, string OpenAfterField, DateOnly? OpenOn, string Open);

    public async Task<IReadOnlyList<(int Place, Problem Problem)>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<(int, Problem)>();
        var stored = await StoredAsync(view, changes, cancellation);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (Of(change.Body) is not { Date: { } date } ending)
            {
                continue;
            }

            var known = change.Known ?? view.At.Known;
            // A document of May may say "spring 2017" of what is done; today nobody knows that a span that is still running is over.
            if (date.First > known || date.Last > view.At.Known)
            {
                problems.Add((i, new Problem("What has happened does not lie in the future", Field: ending.Field, Found: date.Text, Accepted: $"a date up to {Numbers.Day(known)}; what is expected is a forecast")));
            }

            var before = change.Key is { } key ? stored.GetValueOrDefault((change.Kind, key)) : null;
            if (before is not null && Of(before.Body)!.Date == date)
            {
                continue;
            }

            if (await WorkAsync(view, change.Body, changes, cancellation) is { Starts: { } starts, Title: var title } && date.Last < starts.First && string.IsNullOrWhiteSpace(ending.OpenAfter))
            {
                problems.Add((i, new Problem($"This lies before its work began: {title}, {starts.Text}", Field: ending.Field, Found: date.Text, Accepted: $"a date from {Numbers.Day(starts.First)} on, or the reason in {ending.OpenAfterField}")));
            }
            else if (string.IsNullOrWhiteSpace(ending.OpenAfter) && await OpenOnAsync(view, change, known, ending, before, changes, cancellation) is { } open && date.Last < open)
            {
                problems.Add((i, new Problem($"It was {ending.Open} on {Numbers.Day(open)}, after this date", Field: ending.Field, Found: date.Text, Accepted: $"a date from {Numbers.Day(open)} on, or why it was so in {ending.OpenAfterField}")));
            }
        }

        return problems;
    }

    private static Ending? Of(ProgrammeRecord body) => body switch
    {
        Milestone one => new(
            one.Actual?.Date, "actual.date", one.Actual?.OpenAfter, "actual.openAfter",
            one.Forecasts.Where(forecast => forecast.MadeOn is not null).Select(forecast => (DateOnly?)forecast.MadeOn!.First).Max(), "still expected"),
        Risk one => new(one.Closed, "closed", one.OpenAfter, "openAfter", null, "still open"),
        Issue one => new(one.Closed, "closed", one.OpenAfter, "openAfter", one.Raised?.First, "still open"),
        _ => null,
    };

    // What the store says today of the records whose end is to be saved, each as one reading.
    private static async Task<Dictionary<(string Kind, string Key), StoredRecord>> StoredAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation)
    {
        var found = new Dictionary<(string Kind, string Key), StoredRecord>();
        foreach (var kind in changes.Where(change => change.Key is not null && Of(change.Body) is { Date: not null }).GroupBy(change => change.Kind, StringComparer.Ordinal))
        {
            foreach (var record in await view.FindManyAsync(view.Catalogue.Find(kind.Key)!, kind.Select(change => change.Key!).ToHashSet(StringComparer.Ordinal), cancellation))
            {
                found[(kind.Key, record.Key)] = record;
            }
        }

        return found;
    }

    private static async Task<WorkItem?> WorkAsync(RecordView view, ProgrammeRecord body, IReadOnlyList<RecordChange> changes, CancellationToken cancellation) => body.Work is not { } work ? null
        : changes.LastOrDefault(change => change.Kind == "work" && change.Key == work)?.Body as WorkItem ?? (await view.FindAsync<WorkItem>(work, cancellation))?.Body;

    /// <summary>The last day, up to the one on which the end is known, on which the record was known to be open.</summary>
    private static async Task<DateOnly?> OpenOnAsync(
        RecordView view, RecordChange change, DateOnly known, Ending ending, StoredRecord? before, IReadOnlyList<RecordChange> changes, CancellationToken cancellation)
    {
        var days = changes.Where(other => other.Kind == change.Kind && other.Key == change.Key && change.Key is not null && !ReferenceEquals(other, change) && Of(other.Body) is { Date: null })
            .Select(other => other.Known ?? view.At.Known).Where(day => day <= known).Select(day => (DateOnly?)day).Append(ending.OpenOn);
        if (before is null)
        {
            return days.Max();
        }

        var open = (await view.TimelineAsync(before.Kind, before.Key, cancellation)).LastOrDefault(version => version.Known <= known && version.Stated is { } stated && Of(stated) is { Date: null });
        if (open is null)
        {
            return days.Max();
        }

        // Putting a record in order does not say that it was still open; only a report does.
        var then = view.As(view.At with { Known = open.Known });
        return days.Append(await then.FindAsync(open.Kind, open.Key, cancellation) is { } reported
            ? await (await OwnerReports.OpenAsync(then, cancellation)).LastAsync(reported, cancellation) : open.Known).Max();
    }
}
