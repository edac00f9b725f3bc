using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Rules that a promise or an expectation must meet before it can be saved.</summary>
internal static class CommitmentChecks
{
    public static IEnumerable<Problem> Of(Expectation expectation)
    {
        if (string.IsNullOrWhiteSpace(expectation.Rule) && string.IsNullOrWhiteSpace(expectation.NotTestable))
        {
            yield return new Problem("An expectation needs the rule that says whether it is met, or who owes what evidence", Field: "rule", Accepted: "a query, or a reason in \"Why it cannot be tested\"");
        }
    }

    public static IEnumerable<Problem> Of(Commitment commitment)
    {
        if (string.IsNullOrWhiteSpace(commitment.Rule) && string.IsNullOrWhiteSpace(commitment.NotTestable))
        {
            yield return new Problem("A promise needs the rule that says whether it is kept, or why it cannot be tested", Field: "rule", Accepted: "a query, or a reason in \"Why it cannot be tested\"");
        }
    }
}
