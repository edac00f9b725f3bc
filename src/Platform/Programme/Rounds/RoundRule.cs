using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>
/// A round is signed off by its own step, which names what is missing, and by nothing else. A round of the past may be recorded as it
/// was, as known then.
/// </summary>
internal sealed class RoundRule : IRecordRule
{
    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change is { Body: Round, Step: null }))
        {
            var round = (Round)change.Body;
            var found = change.Key is { } key ? (await view.FindAsync<Round>(key, cancellation))?.Body : null;
            var past = found is null && change.Known < view.At.Known;
            if (!past && (round.SignedOffBy != found?.SignedOffBy || round.SignedOffOn != found?.SignedOffOn))
            {
                problems.Add(new Problem(
                    "A round is signed off on its own page, which names what is missing", Field: "signedOffBy", Found: round.SignedOffBy,
                    Accepted: found?.SignedOffBy ?? "empty"));
            }
        }

        return problems;
    }
}
