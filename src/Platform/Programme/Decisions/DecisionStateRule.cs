using System.Globalization;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>
/// A decision in the store moves from state to state by the steps of <see cref="DecisionProcess"/> alone, so that nobody signs by
/// editing. One that was taken elsewhere may be recorded as it is stated: with the place where it says so.
/// A section of its paper says something or is a nil return, never both.
/// </summary>
internal sealed class DecisionStateRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: Decision, Step: null }))
        {
            var decision = (Decision)change.Body;
            problems.AddRange(decision.Sections.Select((section, i) => (section, i)).Where(each => PaperSections.IsBoth(each.section))
                .Select(each => PaperSections.Both(each.section, string.Create(CultureInfo.InvariantCulture, $"sections[{each.i}].nil"))));
            var found = change.Key is { } key ? await view.FindAsync<Decision>(key, cancellation) : null;
            if (found is null && decision.State != DecisionState.Draft && decision.Sources.Count == 0)
            {
                problems.Add(new Problem(
                    "A decision begins as a draft; one that was taken elsewhere needs the place where it says so", Field: "state",
                    Found: decision.State.ToString(), Accepted: "Draft, or a source"));
            }

            if (found is not null && found.Body.State != decision.State)
            {
                problems.Add(new Problem(
                    "The state of a decision changes by its steps: submit, sign, defer, refuse, withdraw, reopen", Field: "state",
                    Found: decision.State.ToString(), Accepted: found.Body.State.ToString()));
            }
        }

        return problems;
    }
}
