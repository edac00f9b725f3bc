using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>Whether the decision maker a paper names may decide it.</summary>
public enum AuthorityVerdict
{
    /// <summary>A rule gives it to the decision maker named.</summary>
    Held,

    /// <summary>A rule gives it to somebody else.</summary>
    NotHeld,

    /// <summary>No decision maker is named.</summary>
    NobodyNamed,

    /// <summary>No rule covers the decision, or its amount is not recorded.</summary>
    NoRule,
}

/// <summary>Who must decide, by which rule, and whether the paper names them.</summary>
/// <param name="Rule">The rule that applies; null where none does.</param>
/// <param name="Amount">The amount it was applied to.</param>
/// <param name="Words">The finding, a sentence without full stop.</param>
public sealed record AuthorityFinding(AuthorityVerdict Verdict, StoredRecord<AuthorityRule>? Rule, decimal? Amount, string Words);

/// <summary>Applies the governed rules of who must decide what.</summary>
public static class Authority
{
    /// <summary>The amount a decision is about: as stated, else the sum of what its recommendations ask; null where neither says.</summary>
    public static decimal? AmountOf(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Amount ?? (decision.Recommendations.Any(each => each.Amount is not null) ? decision.Recommendations.Sum(each => each.Amount ?? 0) : null);
    }

    /// <summary>Finds the rule for a decision; <paramref name="name"/> gives the words of a post's key.</summary>
    public static AuthorityFinding Of(Decision decision, IReadOnlyList<StoredRecord<AuthorityRule>> rules, Func<string, string> name)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(name);
        var amount = AmountOf(decision);
        // The rule the paper names goes first, but only where it covers the amount; else the one that begins at the highest amount.
        var rule = rules.Where(each => Covers(each.Body, amount))
            .OrderByDescending(each => each.Key == decision.Authority).ThenByDescending(each => each.Body.FromAmount ?? decimal.MinValue).FirstOrDefault();
        var asked = amount is { } pounds ? FieldWords.Number(pounds, "£") : "a decision without an amount";
        if (rule is null)
        {
            return new(AuthorityVerdict.NoRule, null, amount, amount is null ? "No amount is recorded, so no rule of authority can be applied" : $"No rule of authority covers {asked}");
        }

        var says = $"{name(rule.Body.Decider)} must decide {asked} ({Range(rule.Body)})";
        return decision.DecisionMaker switch
        {
            null or "" => new(AuthorityVerdict.NobodyNamed, rule, amount, says + "; the paper names nobody"),
            var maker when maker == rule.Body.Decider => new(AuthorityVerdict.Held, rule, amount, says + ", and is the decision maker named"),
            // Whoever may decide a higher amount may decide a lower one.
            var maker when rules.Any(each => each.Body.Decider == maker && each.Body.FromAmount > (rule.Body.FromAmount ?? 0)) =>
                new(AuthorityVerdict.Held, rule, amount, $"{name(maker)} may decide more than {asked}, and is the decision maker named"),
            var maker => new(AuthorityVerdict.NotHeld, rule, amount, $"{says}; the paper names {name(maker)}"),
        };
    }

    /// <summary>The amounts a rule covers, in words.</summary>
    public static string Range(AuthorityRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return (rule.FromAmount, rule.UpToAmount) switch
        {
            ({ } from, { } to) => $"{FieldWords.Number(from, "£")} up to, not including, {FieldWords.Number(to, "£")}",
            ({ } from, null) => $"{FieldWords.Number(from, "£")} and above",
            (null, { } to) => $"below {FieldWords.Number(to, "£")}",
            _ => "any amount",
        };
    }

    private static bool Covers(AuthorityRule rule, decimal? amount) =>
        amount is { } value
            ? (rule.FromAmount is not { } from || value >= from) && (rule.UpToAmount is not { } to || value < to)
            : rule is { FromAmount: null, UpToAmount: null };
}
