using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>What a paper still owes before it may go to the decision maker.</summary>
public static class DecisionReadiness
{
    private static readonly (AdviceKind Kind, string Words)[] Declarations =
    [
        (AdviceKind.UnitHead, "the head of unit"),
        (AdviceKind.Legal, "the legal team"),
        (AdviceKind.Financial, "the finance team"),
        (AdviceKind.Equality, "the equality adviser"),
    ];

    /// <summary>What is missing, each with its field; empty when the paper is ready to be submitted.</summary>
    public static IReadOnlyList<Problem> Missing(Decision decision, AuthorityFinding authority)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(authority);
        return [.. Recommended(decision), .. Sections(decision), .. Advised(decision), .. Decided(decision, authority), .. Published(decision)];
    }

    private static IEnumerable<Problem> Recommended(Decision decision)
    {
        if (decision.Recommendations.Count == 0)
        {
            yield return new Problem("It recommends nothing", Field: "recommendations", Accepted: "numbered recommendations");
        }

        // From 1 and without gaps, as minutes refer to them by number.
        var expected = 1;
        foreach (var recommendation in decision.Recommendations)
        {
            if (recommendation.Number != expected)
            {
                yield return new Problem(
                    "Recommendations are numbered from 1 without gaps", Field: "recommendations", Found: FieldWords.Number(recommendation.Number, null), Accepted: FieldWords.Number(expected, null));
                break;
            }

            expected++;
        }

        if (decision.Amount is { } amount && decision.Recommendations.Any(each => each.Amount is not null) && decision.Recommendations.Sum(each => each.Amount ?? 0) is var sum && sum != amount)
        {
            yield return new Problem(
                $"The recommendations ask for {FieldWords.Number(sum, "£")}, the paper for {FieldWords.Number(amount, "£")}", Field: "amount", Found: FieldWords.Number(amount, "£"), Accepted: FieldWords.Number(sum, "£"));
        }
    }

    private static IEnumerable<Problem> Sections(Decision decision)
    {
        foreach (var owed in PaperSections.Mandatory)
        {
            var section = PaperSections.Find(decision, owed);
            if (section is null)
            {
                yield return new Problem($"The section \"{owed.Name}\" is missing", Field: "sections", Accepted: "what it says, or a nil return");
            }
            else if (!section.Nil && string.IsNullOrWhiteSpace(section.Says))
            {
                yield return new Problem($"The section \"{section.Name}\" is empty", Field: "sections", Accepted: "what it says, or a nil return");
            }
        }
    }

    private static IEnumerable<Problem> Advised(Decision decision)
    {
        foreach (var (kind, words) in Declarations)
        {
            var given = decision.Advice.Where(each => each.Kind == kind).ToList();
            if (given.Count == 0)
            {
                yield return new Problem($"Advice of {words} is missing", Field: "advice", Accepted: "what it says, confirmed");
            }
            else if (!given.Exists(each => each.Confirmed))
            {
                yield return new Problem($"Advice of {words} is not confirmed", Field: "advice", Accepted: "confirmed");
            }
        }
    }

    private static IEnumerable<Problem> Decided(Decision decision, AuthorityFinding authority)
    {
        if (string.IsNullOrWhiteSpace(decision.DecisionMaker))
        {
            yield return new Problem(
                authority.Rule is null ? "No decision maker is named" : authority.Words, Field: "decisionMaker", Accepted: authority.Rule?.Body.Decider ?? "the post that decides");
        }
        else if (authority.Verdict == AuthorityVerdict.NotHeld && string.IsNullOrWhiteSpace(decision.Exemption))
        {
            yield return new Problem(authority.Words, Field: "decisionMaker", Found: decision.DecisionMaker, Accepted: authority.Rule!.Body.Decider + ", or an exemption with its rationale");
        }
    }

    private static IEnumerable<Problem> Published(Decision decision)
    {
        if (decision.Publication is null)
        {
            yield return new Problem("Say when the public part is published, and whether there is a Part 2", Field: "publication", Accepted: "on approval, deferred to a date, or exempt");
        }
        else if (decision.Publication is { State: PublicationState.Deferred } publication && string.IsNullOrWhiteSpace(publication.DeferralReason))
        {
            yield return new Problem("Say why publication is deferred", Field: "publication.deferralReason", Accepted: "a reason");
        }
        else if (decision.Publication is { State: PublicationState.Exempt } && string.IsNullOrWhiteSpace(decision.Publication.Part2Ground) && string.IsNullOrWhiteSpace(decision.Exemption))
        {
            yield return new Problem("Say on which ground it is exempt from publication", Field: "publication.part2Ground", Accepted: "a ground");
        }
    }
}
