using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>
/// A decision in the store moves from state to state by the steps of <see cref="DecisionProcess"/> alone, so that nobody signs by
/// editing. One that was taken elsewhere may be recorded as it is.
/// </summary>
internal sealed class DecisionStateRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: Decision, Key: not null, Step: null }))
        {
            if (await view.FindAsync<Decision>(change.Key!, cancellation) is { } found && found.Body.State != ((Decision)change.Body).State)
            {
                problems.Add(new Problem(
                    "The state of a decision changes by its steps: submit, sign, defer, refuse, withdraw, reopen", Field: "state",
                    Found: ((Decision)change.Body).State.ToString(), Accepted: found.Body.State.ToString()));
            }
        }

        return problems;
    }
}
