using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// Whether what a plan names is there to be tested: areas of the force, of its pilots or in which its measure is observed, and for an effect
/// a measure of which one way is better. A plan that names what is not there would lock, and say of results that came that none had.
/// </summary>
internal sealed class PlanNames(IForces forces) : IRecordSetRule
{
    private const int Named = 20;

    /// <summary>What is wrong with the plans of a save; what is locked already stands as it was agreed.</summary>
    public async Task<IReadOnlyList<(int Place, Problem Problem)>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<(int Place, Problem Problem)>();
        for (var place = 0; place < changes.Count; place++)
        {
            if (changes[place] is { Body: EvaluationPlan { Lock: null } plan, Step: null } change)
            {
                var found = change.Key is { } key ? (await view.FindAsync<EvaluationPlan>(key, cancellation))?.Body : null;
                problems.AddRange((await CheckAsync(view, plan, found?.Criteria ?? [], changes, cancellation)).Select(problem => (place, problem)));
            }
        }

        return problems;
    }

    /// <summary>What is wrong, of what an earlier version of the plan does not already say; fields are those of the plan.</summary>
    /// <param name="view">The records.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="agreed">Criteria of before, which are not asked about again.</param>
    /// <param name="beside">Records that are saved together with the plan.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<List<Problem>> CheckAsync(RecordView view, EvaluationPlan plan, IReadOnlyList<Criterion> agreed, IReadOnlyList<RecordChange> beside, CancellationToken cancellation)
    {
        var problems = new List<Problem>();
        var measures = (await view.ListAsync<Measure>(cancellation)).ToDictionary(measure => measure.Key, measure => measure.Body, StringComparer.Ordinal);
        var pack = await forces.FindCurrentAsync(cancellation);
        var areas = pack is null ? null : ForceAreas.Of(pack);
        var pilots = (await view.ListAsync<Pilot>(cancellation)).Select(pilot => pilot.Body).Concat(beside.Select(change => change.Body).OfType<Pilot>())
            .SelectMany(pilot => pilot.Boroughs.Append(pilot.Unit)).Append(SeriesReading.WholeForce).ToList();
        var values = (await ObservedValues.ListAsync(view, cancellation)).Select(one => one.Body).Concat(beside.Select(change => change.Body).OfType<Observation>()).ToList();
        for (var i = 0; i < plan.Criteria.Count; i++)
        {
            var criterion = plan.Criteria[i];
            if (agreed.Any(old => PlanProcess.Same(old, criterion)))
            {
                continue;
            }

            var prefix = string.Create(CultureInfo.InvariantCulture, $"criteria[{i}].");
            if (criterion.Test is CriterionTest.NotWorse or CriterionTest.Better && measures.TryGetValue(criterion.Measure, out var measure) && measure.Direction == MeasureDirection.Neither)
            {
                problems.Add(new Problem(
                    $"“{criterion.Says}” could never be tested: “{measure.Title}” does not say which way is better", Field: prefix + "measure", Found: criterion.Measure + ", better is neither",
                    Accepted: "a measure of which one way is better, or the test at least or at most"));
            }

            // Without a force there are no areas to hold a code against.
            if (areas is null)
            {
                continue;
            }

            var observed = values.Where(one => one.Measure == criterion.Measure).Select(one => one.Area.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            bool IsKnown(string area) => observed.Contains(area, StringComparer.OrdinalIgnoreCase) || pilots.Contains(area, StringComparer.OrdinalIgnoreCase) || areas.Codes.Contains(area, StringComparer.OrdinalIgnoreCase);
            problems.AddRange(new[] { (Field: "area", Area: criterion.Area) }.Concat(criterion.Comparators.Select(comparator => (Field: "comparators", Area: comparator)))
                .Where(one => one.Area.Length > 0 && !IsKnown(one.Area.Trim()))
                .Select(one => new Problem("There is no area of this code", Field: prefix + one.Field, Found: one.Area, Accepted: Accepted(areas.Named(one.Area), observed))));
        }

        return problems;
    }

    private static string Accepted(IReadOnlyList<ForceArea> meant, List<string> observed) => meant.Count is > 0 and <= 5
        ? string.Join(" or ", meant.Select(area => $"{area.Code}, the code of {area.Name}"))
        : "MPS for the whole force, or the code of a command unit, borough or ward"
            + (observed.Count == 0 ? "" : "; the measure is observed in " + string.Join(", ", observed.Take(Named)) + (observed.Count > Named ? $" and {(observed.Count - Named).ToString(CultureInfo.InvariantCulture)} more" : ""));
}
