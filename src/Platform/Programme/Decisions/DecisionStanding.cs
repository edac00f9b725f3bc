using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>Everything computed of one decision as at a view's dates: what pages, lists and attention lines say is said from here.</summary>
/// <param name="Record">The decision.</param>
/// <param name="Authority">Who must decide it.</param>
/// <param name="Missing">What the paper owes.</param>
/// <param name="Rests">What it rests on, held against what is known now.</param>
/// <param name="OverdueConditions">Conditions whose last day has passed without being met.</param>
/// <param name="OverdueActions">Actions agreed whose last day has passed without being done.</param>
public sealed record DecisionStanding(
    StoredRecord<Decision> Record, AuthorityFinding Authority, IReadOnlyList<Problem> Missing, IReadOnlyList<RelianceFinding> Rests,
    IReadOnlyList<Condition> OverdueConditions, IReadOnlyList<FollowThrough> OverdueActions)
{
    /// <summary>
    /// Records it rests on that should make somebody look at it again. A draft is held to the versions it was drafted on as well, where it
    /// names them: what it proposes followed from those.
    /// </summary>
    public IReadOnlyList<RelianceFinding> Reconsider => Record.Body.State is DecisionState.Taken or DecisionState.Draft or DecisionState.Submitted ? [.. Rests.Where(each => each.Reconsider)] : [];

    /// <summary>Whether it waits for somebody: a draft, with the decision maker, or put off.</summary>
    public bool IsOpen => Record.Body.State is DecisionState.Draft or DecisionState.Submitted or DecisionState.Deferred;

    /// <summary>Computes it.</summary>
    public static async Task<DecisionStanding> OfAsync(RecordView view, StoredRecord<Decision> record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(record);
        var decision = record.Body;
        var authority = await DecisionProcess.AuthorityAsync(view, decision, cancellation);
        return new(
            record, authority, DecisionReadiness.Missing(decision, authority), await Reliances.OfAsync(view, decision, cancellation),
            decision.State == DecisionState.Taken ? [.. decision.Conditions.Where(each => each.Met is null && each.Due is { } due && due.Last < view.At.Effective)] : [],
            [.. decision.FollowThrough.Where(each => each.Done is null && each.Due is { } due && due.Last < view.At.Effective)]);
    }

    /// <summary>The finding about it, a sentence without full stop.</summary>
    public string Headline(DateOnly today)
    {
        var decision = Record.Body;
        var asked = Authority.Amount is { } amount ? FieldWords.Number(amount, "£") : null;
        return decision.State switch
        {
            DecisionState.Draft => (Missing.Count == 0 ? "Ready to be submitted" : $"Not ready: {Counted(Missing.Count, "thing is", "things are")} missing before it may be submitted") + Moved(),
            DecisionState.Submitted => $"Waits for a signature{(asked is null ? "" : $" on {asked}")}{Due(decision.Due, today)}{(Missing.Count == 0 ? "" : $"; {Counted(Missing.Count, "thing is", "things are")} missing")}{Moved()}",
            DecisionState.Deferred => $"Put off to {decision.DeferredTo?.Text ?? "a date that is not recorded"}{(decision.DeferredTo is { } to && to.Last < today ? ", which has passed" : "")}",
            DecisionState.Refused => $"Refused{On(decision)}",
            DecisionState.Withdrawn => "Withdrawn before it was decided",
            _ => $"{Outcome(decision)}{(asked is null ? "" : $" {asked}")}{On(decision)}; {RestsWords()}",
        };
    }

    private string Moved() => Reconsider.Count == 0 ? "" : $"; {Counted(Reconsider.Count, "fact", "facts")} it was drafted on {(Reconsider.Count == 1 ? "has" : "have")} changed since";

    private string RestsWords()
    {
        if (Rests.Count == 0)
        {
            return "it names nothing that it rests on";
        }

        var moved = Rests.Count(each => each.State is RelianceState.Changed or RelianceState.Ended);
        var unknown = Rests.Count(each => each.State is RelianceState.Unknown or RelianceState.Withheld);
        var stands = moved == 0
            ? unknown == 0 ? "what it rests on says what it said then" : $"whether {Counted(unknown, "fact", "facts")} it rests on changed since is not known"
            : moved == Rests.Count ? moved switch
            {
                1 => "the one fact it rests on has changed since",
                2 => "both facts it rests on have changed since",
                _ => $"all {Counted(moved, "fact", "facts")} it rests on have changed since",
            }
            : $"{Counted(moved, "", "")} of the {Counted(Rests.Count, "fact", "facts")} it rests on {(moved == 1 ? "has" : "have")} changed since";
        return moved > 0 && Reconsider.Count == 0 ? stands + ", and it was looked at again" : stands;
    }

    private static string Outcome(Decision decision) =>
        decision.Recommendations.Count > 0 && decision.Recommendations.All(each => each.Outcome == RecommendationOutcome.Refused) ? "Decided against"
        : decision.Recommendations.Any(each => each.Outcome is RecommendationOutcome.Amended or RecommendationOutcome.Refused or RecommendationOutcome.Deferred) ? "Approved in part" : "Approved";

    // "on 5 October 2016", "in October 2016", ", by 12 February 2018": words that begin with how exact they are take no other before them.
    private static string On(Decision decision) => decision.DecidedOn is not { } day ? ", on a day that is not recorded"
        : !PartialDate.TryParse(day.Text, out _) || day.Text.StartsWith("end ", StringComparison.OrdinalIgnoreCase) ? $", {day.Text}"
        : (day.IsDay ? " on " : " in ") + day.Text;

    private static string Due(PartialDate? due, DateOnly today) => due is null ? "" : due.Last < today ? $", due {due.Text} and overdue" : $", due {due.Text}";

    internal static string Counted(int count, string one, string many)
    {
        string[] words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
        var number = count < words.Length ? words[count] : FieldWords.Number(count, null);
        return $"{number} {(count == 1 ? one : many)}".TrimEnd();
    }
}
