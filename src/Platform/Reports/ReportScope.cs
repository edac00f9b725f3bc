using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>
/// Which records a series is about: those of its work and of all work below it; and of records that belong to no work (parties, people,
/// bodies, meetings) those that come from the same documents.
/// </summary>
internal sealed class ReportScope
{
    private readonly HashSet<string> _work = new(StringComparer.Ordinal);
    private readonly HashSet<string> _measures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);

    /// <summary>Opens the scope of a work on the dates of a view; of all work where it is null.</summary>
    public static async Task<ReportScope> OpenAsync(RecordView view, string? work, CancellationToken cancellation)
    {
        var scope = new ReportScope();
        var items = await view.ListAsync<WorkItem>(cancellation);
        var below = items.ToLookup(item => item.Body.Work ?? "", item => item.Key, StringComparer.Ordinal);
        var open = new Queue<string>(work is null ? items.Select(item => item.Key) : [work]);
        while (open.TryDequeue(out var key))
        {
            if (scope._work.Add(key))
            {
                foreach (var child in below[key])
                {
                    open.Enqueue(child);
                }
            }
        }

        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var record in await view.ListAsync(kind, cancellation))
            {
                if (scope.IsOfWork(record))
                {
                    scope._documents.UnionWith(record.Body.Sources.Select(source => source.Document));
                    if (record.Body is Measure)
                    {
                        scope._measures.Add(record.Key);
                    }
                }
            }
        }

        return scope;
    }

    /// <summary>Whether a record belongs to the work or to work below it.</summary>
    public bool IsOfWork(StoredRecord record) => record.Body switch
    {
        WorkItem => _work.Contains(record.Key),
        Observation observation => _measures.Contains(observation.Measure),
        ObservationSet set => _measures.Contains(set.Measure),
        Capability capability => capability.ContributedBy.Any(_work.Contains),
        var body => body.Work is { } work && _work.Contains(work),
    };

    /// <summary>Whether the series is about a record.</summary>
    public bool Contains(StoredRecord record) => IsOfWork(record)
        || (record.Body is not (WorkItem or Observation or ObservationSet) && record.Body.Work is null && record.Body.Sources.Any(source => _documents.Contains(source.Document)));
}
