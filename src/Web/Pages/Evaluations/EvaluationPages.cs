using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Evaluations;

/// <summary>Leads from the registers to the pages that evaluate.</summary>
public sealed class EvaluationActions : IRecordActions
{
    /// <inheritdoc />
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return (kind.Name, record) switch
        {
            ("evaluation-plan", StoredRecord<EvaluationPlan> { Body.Lock: null } plan) => [new("Read its evaluation", Href(plan), Permission.Read), new("Lock it", Href(plan) + "/lock", PlanProcess.Needs)],
            ("evaluation-plan", StoredRecord<EvaluationPlan> plan) => [new("Read its evaluation", Href(plan), Permission.Read), new("Amend it, with a reason", Href(plan) + "/amend", PlanProcess.Needs)],
            ("evaluation-plan", _) or ("analysis", null) => [new("See every evaluation", "/evaluations", Permission.Read)],
            ("analysis", StoredRecord<EffectAnalysis> { Body: { } body }) => [new("Open it again", Again(body), Permission.Read)],
            ("statement", null) => [new("Test what documents claim", "/evaluations/claims", Permission.Read)],
            ("measure", { } measure) => [new("Ask what a change did", $"/evaluations/effects?measure={Uri.EscapeDataString(measure.Key)}", Permission.Read)],
            _ => [],
        };
    }

    private static string Href(StoredRecord plan) => $"/evaluations/plans/{Uri.EscapeDataString(plan.Key)}";

    // The panel as it was kept, not as the measure stands now.
    private static string Again(EffectAnalysis analysis)
    {
        var left = analysis.Exclude is [var first, ..] && first.StartsWith("time:", StringComparison.Ordinal) ? first[5..].Split("..", 2) : [];
        var without = left.Length == 0 ? "" : $"&out-from={Uri.EscapeDataString(left[0])}&out-to={Uri.EscapeDataString(left[^1])}";
        return $"/evaluations/effects?panel={Uri.EscapeDataString(analysis.Panel)}&method={Uri.EscapeDataString(analysis.Method)}{without}";
    }
}
