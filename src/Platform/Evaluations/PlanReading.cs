using System.Globalization;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>Plans in their register: whether each is locked, and what it comes to.</summary>
internal sealed class PlanReading(PlanEvaluator evaluator) : IRecordReading
{
    public string Kind => "evaluation-plan";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var plans = records.OfType<StoredRecord<EvaluationPlan>>().ToList();
        var locked = plans.Count(plan => plan.Body.Lock is not null);
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            var finding = await evaluator.EvaluateAsync(view, plan, cancellation);
            cells[plan.Key] = [Locked(plan.Body, finding.Holds), Counted(finding), new Said(finding.Headline)];
        }

        return new(
            plans.Count == 0 ? "No evaluation plan is on record"
            : locked == plans.Count ? $"{(plans.Count == 1 ? "The one plan is" : $"All {Numbers.InWords(plans.Count)} plans are")} locked"
            : $"{Numbers.HowMany(locked, capital: true)} of {Numbers.Counted(plans.Count, "plan is", "plans are")} locked",
            ["Locked", "Criteria", "Comes to"], cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var finding = await evaluator.EvaluateAsync(view, (StoredRecord<EvaluationPlan>)record, cancellation);
        return new(finding.Headline,
        [
            new("results", "What each criterion comes to", Counted(finding).Text, ["Criterion", "Area", "Verdict", "Why"],
            [
                .. finding.Results.Select(result => (IReadOnlyList<Said>)[result.Criterion.Says, result.Unit.AreaName, Said(result.Verdict), result.Why]),
            ]),
        ]);
    }

    private static Said Locked(EvaluationPlan plan, bool holds) => plan.Lock is not { } seal ? new Said("not locked", Standing.Watch)
        : !holds ? new Said("changed outside an amendment", Standing.Bad)
        : new Said($"{seal.On?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}{(seal.ResultsSeen ? ", results seen" : "")}{(plan.Amendments.Count > 0 ? $"; amended {Numbers.Counted(plan.Amendments.Count, "time", "times")}" : "")}", seal.ResultsSeen ? Standing.Watch : Standing.Good);

    private static Said Counted(PlanFinding finding)
    {
        int Of(CriterionVerdict verdict) => finding.Results.Count(result => result.Verdict == verdict);
        return finding.Results.Count == 0 ? new Said("none", Standing.Missing)
            : $"{Numbers.HowMany(Of(CriterionVerdict.Met), capital: true)} met, {Numbers.HowMany(Of(CriterionVerdict.NotMet))} not met, {Numbers.HowMany(Of(CriterionVerdict.NotTestable))} not testable";
    }

    internal static Said Said(CriterionVerdict verdict) => verdict switch
    {
        CriterionVerdict.Met => new Said("met", Standing.Good),
        CriterionVerdict.NotMet => new Said("not met", Standing.Bad),
        _ => new Said("not testable", Standing.Missing),
    };
}
