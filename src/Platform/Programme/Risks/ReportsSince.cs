using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>
/// In how many reports running a risk has stood the same. A report is a day on which something was reported (<see cref="Reports"/>) on the
/// same work: on a milestone, a risk, an issue, its progress, or in a line of a round.
/// </summary>
internal sealed class ReportsSince
{
    /// <summary>Reports looked back over; further back a risk is said to be unchanged for at least so many.</summary>
    public const int Most = 12;

    private readonly ILookup<string, DateOnly> _dates;
    private readonly Dictionary<DateOnly, Dictionary<string, Risk>> _risks;

    private ReportsSince(ILookup<string, DateOnly> dates, Dictionary<DateOnly, Dictionary<string, Risk>> risks) => (_dates, _risks) = (dates, risks);

    public static async Task<ReportsSince> OpenAsync(RecordView view, CancellationToken cancellation)
    {
        var works = (await view.ListAsync<Risk>(cancellation)).Cast<StoredRecord>()
            .Concat(await view.ListAsync<Milestone>(cancellation)).Concat(await view.ListAsync<Issue>(cancellation)).Concat(await view.ListAsync<ProgressReport>(cancellation))
            .ToDictionary(one => one.Reference, one => one.Body.Work ?? "", StringComparer.Ordinal);
        var reports = await OwnerReports.OpenAsync(view, cancellation);
        var dates = (await view.ListAsync<RoundLine>(cancellation)).Where(line => works.ContainsKey(line.Body.About)).Select(line => (Work: works[line.Body.About], line.Known)).ToList();
        foreach (var kind in new[] { view.Catalogue.Get<Risk>(), view.Catalogue.Get<Milestone>(), view.Catalogue.Get<Issue>(), view.Catalogue.Get<ProgressReport>() })
        {
            dates.AddRange((await reports.DaysAsync(kind, Most, cancellation)).Where(one => works.ContainsKey($"{kind.Name}:{one.Key}")).Select(one => (works[$"{kind.Name}:{one.Key}"], one.Day)));
        }

        var risks = new Dictionary<DateOnly, Dictionary<string, Risk>>();
        foreach (var date in dates.Select(one => one.Known).Distinct().OrderDescending().Take(Most))
        {
            risks[date] = (await view.As(view.At with { Known = date }).ListAsync<Risk>(cancellation)).ToDictionary(one => one.Key, one => one.Body, StringComparer.Ordinal);
        }

        return new(dates.Distinct().OrderByDescending(one => one.Known).ToLookup(one => one.Work, one => one.Known, StringComparer.Ordinal), risks);
    }

    /// <summary>In how many reports running, up to the newest, its ratings and controls stood as they do.</summary>
    public int Unchanged(StoredRecord<Risk> risk)
    {
        var reports = 0;
        foreach (var date in _dates[risk.Body.Work ?? ""])
        {
            if (!_risks.TryGetValue(date, out var then) || !then.TryGetValue(risk.Key, out var before) || !Same(risk.Body, before))
            {
                break;
            }

            reports++;
        }

        return reports;
    }

    private static bool Same(Risk now, Risk then) =>
        now.Published?.Rating == then.Published?.Rating && now.Current == then.Current && now.Residual == then.Residual
        && now.Controls.Select(Said).SequenceEqual(then.Controls.Select(Said));

    private static RiskControl Said(RiskControl control) => control with { Owner = null };
}
