using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Milestones do not wait for each other in a ring, whether one change closes it or several together.</summary>
internal sealed class DependencyRings : IRecordSetRule
{
    public async Task<IReadOnlyList<(int Place, Problem Problem)>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(changes);
        var waiting = changes.Select((change, place) => (change, place)).Where(one => one.change is { Key: not null, Body: Milestone { DependsOn.Count: > 0 } }).ToList();
        if (waiting.Count == 0)
        {
            return [];
        }

        var stored = (await view.ListAsync<Milestone>(cancellation)).ToDictionary(one => one.Key, one => one.Body, StringComparer.Ordinal);
        var problems = new List<(int, Problem)>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        // As known on each day of the set: a version that was put right later makes no ring with what came after.
        foreach (var day in waiting.Select(one => one.change.Known ?? view.At.Known).Distinct().Order())
        {
            var known = new Dictionary<string, Milestone>(stored, StringComparer.Ordinal);
            foreach (var change in changes.Where(change => change is { Key: not null, Body: Milestone } && (change.Known ?? view.At.Known) <= day).OrderBy(change => change.Known ?? view.At.Known))
            {
                known[change.Key!] = (Milestone)change.Body;
            }

            foreach (var (change, place) in waiting.Where(one => (one.change.Known ?? view.At.Known) == day && ReferenceEquals(known[one.change.Key!], one.change.Body)))
            {
                if (Dependencies.FindRing(change.Key!, known.GetValueOrDefault) is { } ring && told.Add(string.Join(' ', ring.Order(StringComparer.Ordinal))))
                {
                    problems.Add((place, new Problem("These milestones would wait for each other in a ring", Field: "dependsOn", Found: string.Join(", then ", ring), Accepted: "dependencies without a ring")));
                }
            }
        }

        return problems;
    }
}
