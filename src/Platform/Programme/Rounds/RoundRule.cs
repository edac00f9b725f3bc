using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>
/// A round is opened, answered and signed off by its own steps and by nothing else: a plain edit would pass over who is asked and what
/// is missing. A round of the past, and its lines, may be recorded as they were, as known then.
/// </summary>
internal sealed class RoundRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: RoundLine, Step: null } && !(change.Known < view.At.Known)))
        {
            var line = (RoundLine)change.Body;
            var found = change.Key is { } key ? (await view.FindAsync<RoundLine>(key, cancellation))?.Body : null;
            if (found is null || found.Round != line.Round || found.About != line.About || found.Unchanged != line.Unchanged)
            {
                problems.Add(new Problem("A line is reported on the page of its round, or under /api/v1/rounds/KEY/reports", Field: "round", Found: line.Round, Accepted: "a correction of what was said"));
            }
        }

        foreach (var change in changes.Where(change => change is { Body: Round, Step: null }))
        {
            var round = (Round)change.Body;
            var found = change.Key is { } key ? (await view.FindAsync<Round>(key, cancellation))?.Body : null;
            var past = found is null && change.Known < view.At.Known;
            if (!past && found is null)
            {
                problems.Add(new Problem("A round is opened under “Open a round”, or by POST /api/v1/rounds with period, due and work", Field: "period", Found: round.Period?.Text, Accepted: "a round known before today"));
            }
            else if (!past && (round.SignedOffBy != found?.SignedOffBy || round.SignedOffOn != found?.SignedOffOn))
            {
                problems.Add(new Problem(
                    "A round is signed off on its own page, which names what is missing", Field: "signedOffBy", Found: round.SignedOffBy,
                    Accepted: found?.SignedOffBy ?? "empty"));
            }
        }

        return problems;
    }
}
