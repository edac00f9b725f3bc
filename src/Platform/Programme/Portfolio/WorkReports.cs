using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Who leads which work, and what was last reported on it, as at the dates of a view.</summary>
internal sealed class WorkReports
{
    /// <summary>Days without a report after which work counts as silent.</summary>
    public const int SilentDays = 30;

    private readonly RecordView _view;
    private readonly ILookup<string, StoredRecord<ProgressReport>> _reports;
    private readonly IReadOnlyDictionary<string, DateOnly> _reported;
    private readonly Dictionary<string, string> _names;

    private WorkReports(
        RecordView view, IReadOnlyList<StoredRecord<WorkItem>> work, ILookup<string, StoredRecord<ProgressReport>> reports, IReadOnlyDictionary<string, DateOnly> reported,
        Dictionary<string, string> names)
    {
        (_view, Work, _reports, _reported, _names) = (view, work, reports, reported, names);
        Under = work.Where(one => one.Body.Work is not null).OrderBy(one => one.Body.Order ?? int.MaxValue).ThenBy(one => one.Key, StringComparer.Ordinal)
            .ToLookup(one => one.Body.Work!, StringComparer.Ordinal);
    }

    /// <summary>All work the reader may see.</summary>
    public IReadOnlyList<StoredRecord<WorkItem>> Work { get; }

    /// <summary>Work by the key of the work above it, in the order in which reports list it.</summary>
    public ILookup<string, StoredRecord<WorkItem>> Under { get; }

    public static async Task<WorkReports> OpenAsync(RecordView view, CancellationToken cancellation)
    {
        var work = await view.ListAsync<WorkItem>(cancellation);
        var all = await view.ListAsync<ProgressReport>(cancellation);
        var reported = await (await OwnerReports.OpenAsync(view, cancellation)).LastAsync(all, cancellation);
        var reports = all.Where(one => one.Body.Work is not null)
            .OrderBy(one => one.Body.Period?.Last).ThenBy(one => reported[one.Reference]).ToLookup(one => one.Body.Work!, StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in (await view.ListAsync<Person>(cancellation)).Cast<StoredRecord>().Concat(await view.ListAsync<Post>(cancellation)).Concat(await view.ListAsync<Body>(cancellation)))
        {
            names[one.Reference] = one.Body is Body { ShortName: { Length: > 0 } brief } ? brief : one.Body.Title;
        }

        return new(view, work, reports, reported, names);
    }

    /// <summary>The reports on a work item, oldest first.</summary>
    public IReadOnlyList<StoredRecord<ProgressReport>> Of(string work) => _reports[work].ToList();

    /// <summary>When what a report says was reported, however often it was put in order since.</summary>
    public DateOnly Reported(StoredRecord<ProgressReport> report) => _reported[report.Reference];

    /// <summary>Whether anything was said in a report.</summary>
    public static bool Says(ProgressReport report) => report.Progress.Count > 0 || report.Next.Count > 0 || !string.IsNullOrWhiteSpace(report.Summary);

    /// <summary>The latest report on a work item, or that there is none.</summary>
    public Said Latest(string work)
    {
        var reports = Of(work);
        if (reports.Count == 0)
        {
            var below = Below(work).ToList();
            var reporting = below.Count(one => Of(one.Key) is [.., var newest] && Says(newest.Body));
            return below.Count == 0 || below.All(one => Of(one.Key).Count == 0) ? new("no report", Standing.Missing)
                : new($"reported on {Numbers.InWords(reporting)} of {Numbers.InWords(below.Count)} under it");
        }

        var latest = reports[^1];
        var day = Reported(latest);
        var period = latest.Body.Period?.Text ?? Numbers.Day(day);
        var silent = _view.At.Known.DayNumber - day.DayNumber > SilentDays ? $"; silent since {Numbers.Day(day)}" : "";
        return Says(latest.Body) ? new(period + silent, silent.Length > 0 ? Standing.Watch : Standing.Plain, latest.Reference)
            : new($"no report for {period}{(latest.Body.NotReported is { Length: > 0 } why ? $": {why}" : "; nobody said why")}{silent}", Standing.Missing, latest.Reference);
    }

    /// <summary>Who leads it, with how.</summary>
    public Said Leads(WorkItem work)
    {
        var leads = work.Leads.Select(lead => string.Join(", ", Named(lead)) + (lead.Role == LeadRole.Lead ? "" : $" ({RoleWords(lead.Role)})")).ToList();
        return leads.Count == 0 ? new("nobody named", Standing.Missing) : new(string.Join("; ", leads));
    }

    /// <summary>Everything under a work item, however deep, each with its depth, in the order in which reports list it.</summary>
    public IEnumerable<(int Depth, StoredRecord<WorkItem> Item)> Tree(string work) => Tree(work, 0, [work]);

    private IEnumerable<StoredRecord<WorkItem>> Below(string work) => Tree(work).Where(one => !Under[one.Item.Key].Any()).Select(one => one.Item);

    // A work item recorded as its own ancestor is shown once and not followed round.
    private IEnumerable<(int Depth, StoredRecord<WorkItem> Item)> Tree(string work, int depth, HashSet<string> seen) =>
        Under[work].Where(child => seen.Add(child.Key)).SelectMany(child => Tree(child.Key, depth + 1, seen).Prepend((depth, child)));

    private IEnumerable<string> Named(WorkLead lead) => new[] { ("person", lead.Person), ("post", lead.Post), ("body", lead.Body) }
        .Where(one => one.Item2 is not null).Select(one => _names.GetValueOrDefault($"{one.Item1}:{one.Item2}", one.Item2!));

    private static string RoleWords(LeadRole role) => role switch
    {
        LeadRole.CoLead => "co-lead",
        LeadRole.Supports => "supports",
        LeadRole.LeadCommittee => "lead committee",
        LeadRole.ParentCommittee => "parent committee",
        LeadRole.Oversight => "oversight",
        LeadRole.LinkedCommittee => "linked committee",
        _ => "lead",
    };
}
