using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>Rules that a decision must meet before it can be saved.</summary>
internal static class DecisionChecks
{
    public static IEnumerable<Problem> Of(Decision decision)
    {
        if (decision.Publication is { State: PublicationState.Deferred, DeferredUntil: null })
        {
            yield return new Problem("A deferred publication needs the date it is deferred to", Field: "publication.deferredUntil", Accepted: "a day");
        }

        if (decision.Publication is { HasPart2: true } publication && string.IsNullOrWhiteSpace(publication.Part2Ground))
        {
            yield return new Problem("Say on which ground a part of the paper is confidential", Field: "publication.part2Ground", Accepted: "commercial sensitivity, personal data …");
        }
    }

    public static IEnumerable<Problem> Of(ConfidentialPart part)
    {
        if (part.Handling.Readers.Count == 0)
        {
            yield return new Problem("A Part 2 needs its readers", Field: "handling.readers", Accepted: "organisation:CODE, account:NAME or role:NAME");
        }
    }
}
