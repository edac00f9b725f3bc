using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// What keeps a locked plan as it was agreed. What is locked has a hash; a version that says something else must carry an amendment
/// that leads from the hash before to the hash after, with its reason and whether results had been seen. Asked of every version
/// whatever door it comes through, copies of programme files included. Method: docs/methods/evaluation-plans.md.
/// </summary>
public static class PlanSeal
{
    /// <summary>Lower-case hex SHA-256 of what is locked: pilots, questions, criteria, agreements, shares, power and definitions.</summary>
    public static string Hash(EvaluationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var locked = new EvaluationPlan
        {
            Pilots = plan.Pilots,
            Questions = plan.Questions,
            Criteria = plan.Criteria,
            AgreedBy = plan.AgreedBy,
            Shares = plan.Shares,
            Power = plan.Power,
            Definitions = plan.Definitions,
        };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(locked, RecordJson.Options))));
    }

    /// <summary>The hash that the lock and its amendments vouch for; null for a plan that is not locked.</summary>
    public static string? Vouched(EvaluationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Lock is null ? null : plan.Amendments is [.., var last] ? last.After : plan.Lock.Hash;
    }

    /// <summary>Whether a locked plan says what its lock and amendments vouch for; true for one that is not locked.</summary>
    public static bool Holds(EvaluationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Lock is null || !OfItself(plan).Any();
    }

    /// <summary>What is wrong with a next version of a plan, given all that were recorded before it; null ends the plan.</summary>
    internal static IEnumerable<Problem> Guard(IReadOnlyList<EvaluationPlan> before, EvaluationPlan? next)
    {
        var locked = before.LastOrDefault(plan => plan.Lock is not null);
        if (next is null)
        {
            return locked is null ? [] : [new Problem("A locked plan does not end: amend it, with a reason", Field: "lock", Found: "an end", Accepted: "an amendment that takes its criteria out")];
        }

        return locked is null ? OfItself(next, arriving: true) : Against(locked, next);
    }

    /// <param name="plan">The plan.</param>
    /// <param name="arriving">Whether nothing locked was there before, so that the hash it brings is what is wrong and not what it says.</param>
    private static IEnumerable<Problem> OfItself(EvaluationPlan plan, bool arriving = false)
    {
        if (plan.Lock is not { } seal)
        {
            if (plan.Amendments.Count > 0)
            {
                yield return new Problem("Only a locked plan is amended", Field: "amendments", Accepted: "none before the plan is locked");
            }

            yield break;
        }

        if (seal.On is null || string.IsNullOrWhiteSpace(seal.By) || string.IsNullOrWhiteSpace(seal.Hash))
        {
            yield return new Problem("A lock has a day, somebody who locked, and a hash: it is set by the step that locks the plan", Field: "lock", Accepted: "the step");
        }

        var hash = seal.Hash;
        for (var i = 0; i < plan.Amendments.Count; i++)
        {
            var amendment = plan.Amendments[i];
            var field = string.Create(CultureInfo.InvariantCulture, $"amendments[{i}]");
            if (amendment.Before != hash)
            {
                yield return new Problem("This amendment does not follow on what was agreed before it", Field: field + ".before", Found: amendment.Before, Accepted: hash);
            }

            if (amendment.On is null || string.IsNullOrWhiteSpace(amendment.Reason))
            {
                yield return new Problem("An amendment has a day and a reason", Field: field + ".reason", Accepted: "a sentence");
            }

            hash = amendment.After;
        }

        if (hash != Hash(plan))
        {
            yield return arriving
                ? new Problem("The hash is not that of what the plan says", Field: plan.Amendments.Count == 0 ? "lock.hash" : $"amendments[{plan.Amendments.Count - 1}].after", Found: hash, Accepted: Hash(plan))
                : plan.Amendments.Count == 0
                ? new Problem("The plan is locked: what it asks changes by an amendment with a reason, not by editing", Field: "criteria", Found: Hash(plan), Accepted: hash)
                : new Problem("The plan says something else than its last amendment vouches for", Field: "criteria", Found: Hash(plan), Accepted: hash);
        }
    }

    private static IEnumerable<Problem> Against(EvaluationPlan locked, EvaluationPlan next)
    {
        if (next.Lock is null || next.Lock != locked.Lock)
        {
            yield return new Problem("A lock is neither taken off nor replaced", Field: "lock", Found: next.Lock?.Hash ?? "no lock", Accepted: locked.Lock!.Hash);
        }

        if (next.Amendments.Count < locked.Amendments.Count || !next.Amendments.Take(locked.Amendments.Count).SequenceEqual(locked.Amendments))
        {
            yield return new Problem("Amendments are added, never changed or taken out", Field: "amendments", Accepted: "those there are, and further ones");
        }

        if (next.Title != locked.Title && next.Amendments.Count == locked.Amendments.Count)
        {
            yield return new Problem("The plan is locked: its title changes by an amendment with a reason, not by editing", Field: "title", Found: next.Title, Accepted: locked.Title);
        }

        foreach (var problem in OfItself(next))
        {
            yield return problem;
        }
    }
}
