using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>A lock and an amendment are set by the steps of <see cref="PlanProcess"/>, which date them; nobody types them.</summary>
internal sealed class PlanRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: EvaluationPlan, Step: null }))
        {
            var plan = (EvaluationPlan)change.Body;
            var found = change.Key is { } key ? (await view.FindAsync<EvaluationPlan>(key, cancellation))?.Body : null;
            if (plan.Lock is not null && found?.Lock is null)
            {
                problems.Add(new Problem("A plan is locked by its step, which says what is missing and dates it", Field: "lock", Found: plan.Lock.Hash, Accepted: "empty, then the step"));
            }

            if (plan.Amendments.Count > (found?.Amendments.Count ?? 0))
            {
                problems.Add(new Problem("A plan is amended by its step, which dates the amendment", Field: "amendments", Accepted: "those there are, then the step"));
            }

            if (found?.Lock?.On is { } locked && (change.From < locked || change.Known < locked))
            {
                var day = change.From < locked ? change.From.Value : change.Known!.Value;
                problems.Add(new Problem(
                    "A locked plan does not stand before the day it was locked", Field: change.From < locked ? "from" : "known",
                    Found: day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Accepted: locked.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " or later"));
            }
        }

        return problems;
    }
}
