using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>A finding in one area, as API and command line answer it; what cannot be had is null.</summary>
/// <param name="DriftToExplainAll">How many times its largest step before the gap would have to drift at each time after to explain all of the effect (the breakdown of the command's sensitivity).</param>
/// <param name="Command">The command that answers the same estimate, interval and drift from the panel saved as a file.</param>
public sealed record FindingLine(
    string Area, string Name, string Verdict, string Why, double? Before, double? After, double? ComparatorBefore, double? ComparatorAfter,
    double? Estimate, double? Se, double? Lower, double? Upper, double? P, double? AdjustedP, string? Basis, decimal? SmallestDetectable,
    double? EffectWithTransition, ContaminationFinding? Contamination, double? DriftToExplainAll, IReadOnlyList<string>? Cautions, string? Command);

/// <summary>A criterion, as API and command line answer it.</summary>
public sealed record CriterionLine(string Id, string Says, string Measure, string Area, string Level, bool Mandatory, bool Primary, string Verdict, string Why, FindingLine Unit, IReadOnlyList<FindingLine> Boroughs);

/// <summary>A pilot at the gate, as API and command line answer it.</summary>
/// <param name="Proposed">go, adapt and extend, revert, or no proposal.</param>
public sealed record GateLine(string Pilot, string Title, string Proposed, IReadOnlyList<string> Reasons, string? FirstSignal);

/// <summary>A decision beside the gate.</summary>
/// <param name="Reconsider">What it rests on that has changed since, sentences; empty where nothing has.</param>
public sealed record GateDecision(string Key, string Title, string State, string? DecidedOn, IReadOnlyList<string> Reconsider);

/// <summary>A plan and what it comes to, as API and command line answer it.</summary>
public sealed record PlanDocument(
    string Key, long Version, DateTimeOffset Recorded, string Title, string Headline, PlanLock? Lock, bool Holds, IReadOnlyList<PlanAmendment> Amendments, IReadOnlyList<PlanPower> Power,
    IReadOnlyList<string> Redefined, IReadOnlyList<GateLine> Gate, IReadOnlyList<CriterionLine> Criteria, IReadOnlyList<GateDecision> Decisions, IReadOnlyList<Reliance> Evidence);

/// <summary>Writes what a plan comes to.</summary>
public static class PlanDocuments
{
    /// <summary>The document of a finding, with the decisions that rest on the plan.</summary>
    public static async Task<PlanDocument> OfAsync(RecordView view, PlanFinding finding, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var plan = finding.Plan;
        return new PlanDocument(
            plan.Key, plan.VersionId, plan.Recorded, plan.Body.Title, finding.Headline, plan.Body.Lock, finding.Holds, plan.Body.Amendments, plan.Body.Power, finding.Redefined,
            [.. finding.Pilots.Select(pilot => new GateLine(pilot.Pilot.Key, pilot.Pilot.Body.Title, GateRule.Words(pilot.Verdict), pilot.Reasons, FirstSignal(pilot)))],
            [.. finding.Results.Select(result => new CriterionLine(
                result.Criterion.Id, result.Criterion.Says, result.Criterion.Measure, result.Criterion.Area, FieldWords.Words(result.Criterion.Level), result.Criterion.Mandatory, result.Criterion.Primary,
                Words(result.Verdict), result.Why, Line(result.Unit), [.. result.Boroughs.Select(Line)]))],
            await DecisionsAsync(view, finding, cancellation), finding.Evidence);
    }

    /// <summary>The decisions that rest on a plan, each with what has changed of all it rests on.</summary>
    public static async Task<IReadOnlyList<GateDecision>> DecisionsAsync(RecordView view, PlanFinding finding, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(finding);
        var found = new List<GateDecision>();
        foreach (var (decision, _) in await Reliances.OnAsync(view, finding.Plan.Reference, cancellation))
        {
            var rests = await Reliances.OfAsync(view, decision.Body, cancellation);
            found.Add(new GateDecision(
                decision.Key, decision.Body.Title, FieldWords.Words(decision.Body.State), decision.Body.DecidedOn?.Text,
                // What was refused, put off or withdrawn is not standing on anything any more.
                decision.Body.State is DecisionState.Taken or DecisionState.Draft or DecisionState.Submitted
                    ? [.. rests.Where(rest => rest.Reconsider).Select(rest => $"{rest.Name}: {(rest.State == RelianceState.Ended ? "no longer holds" : string.Join("; ", rest.Changes))}"), .. New(decision.Body, finding)] : []));
        }

        return found;
    }

    // Evidence that the evaluation uses by now and the decision does not rest on: another month, or a figure that took the place of one.
    private static IEnumerable<string> New(Decision decision, PlanFinding finding)
    {
        var relied = decision.RestsOn.Select(row => row.On).ToHashSet(StringComparer.Ordinal);
        var evidence = finding.Evidence.Where(row => row.On != finding.Plan.Reference).ToList();
        // A decision that rests on the plan alone relied on no figure, so that none is new to it.
        if (!evidence.Exists(row => relied.Contains(row.On)))
        {
            return [];
        }

        var fresh = evidence.Where(row => !relied.Contains(row.On)).Select(row => row.On).ToList();
        var gone = decision.RestsOn.Where(row => row.For == MeasurePanel.ValuesUsed && evidence.TrueForAll(one => one.On != row.On)).Select(row => row.On).ToList();
        return
        [
            .. fresh.Count == 0 ? Array.Empty<string>() : [$"The evaluation now also uses {Named(fresh)}"],
            .. gone.Count == 0 ? Array.Empty<string>() : [$"The evaluation no longer uses {Named(gone)}"],
        ];
    }

    private static string Named(List<string> references) => string.Join(", ", references.Take(3)) + (references.Count > 3 ? $" and {references.Count - 3} more" : "");

    /// <summary>"Watched month by month, it first signalled on the data of 2017-02, downwards"; null where it never did or has no chart.</summary>
    public static string? FirstSignal(PilotFinding pilot)
    {
        ArgumentNullException.ThrowIfNull(pilot);
        return pilot.Chart?.FirstSignals is [var first, ..] ? $"Watched month by month, it first signalled on the data of {first.Date}, {(first.Direction == "down" ? "downwards" : "upwards")}" : null;
    }

    /// <summary>A verdict in words.</summary>
    public static string Words(CriterionVerdict verdict) => verdict switch
    {
        CriterionVerdict.Met => "met",
        CriterionVerdict.NotMet => "not met",
        _ => "not testable",
    };

    private static FindingLine Line(CriterionFinding finding) => new(
        finding.Area, finding.AreaName, Words(finding.Verdict), finding.Why, finding.Before, finding.After, finding.ComparatorBefore, finding.ComparatorAfter,
        finding.Study?.Effect.Estimate, finding.Study?.Effect.Se, finding.Study?.Effect.Lower, finding.Study?.Effect.Upper, finding.P, finding.AdjustedP, finding.Study?.Basis, finding.Power?.Smallest,
        finding.WithTransition, finding.Contamination, finding.Study?.Answer.Sensitivity is { Breakdown: var drift } && double.IsFinite(drift) ? drift : null, finding.Study?.Answer.Cautions, finding.Command);
}
