using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>A segment is of an area that the force has or that the measure is observed in: one of no area would move no limit, in silence.</summary>
internal sealed class ChartSegmentRule(IForces forces) : IRecordRule
{
    private const int Named = 20;

    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var problems = new List<Problem>();
        foreach (var change in changes)
        {
            if (change.Body is not ChartSegment { Area: { Length: > 0 } area } segment)
            {
                continue;
            }

            var observed = (await ObservedValues.ListAsync(view, segment.Measure, cancellation)).Select(one => one.Body.Area.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var known = await forces.FindCurrentAsync(cancellation) is { } pack ? ForceAreas.Of(pack).Codes : [];
            if (!observed.Contains(area.Trim(), StringComparer.OrdinalIgnoreCase) && !known.Contains(area.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new Problem(
                    "There is no such area", Field: "area", Found: area,
                    Accepted: (observed.Count == 0 ? "the code of an area of the force" : "an area that the measure is observed in: " + string.Join(", ", observed.Take(Named)) + (observed.Count > Named ? $" and {observed.Count - Named} more" : "")) + "; or empty for every series of the measure"));
            }
        }

        return problems;
    }
}
