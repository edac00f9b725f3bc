using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>The kinds of record of this room. Names and addresses are never renamed.</summary>
public static class EvaluationKinds
{
    private const string Room = "Evaluations";

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new RecordKind<EvaluationPlan>(
            "evaluation-plan", "evaluation-plans", "evaluation plan", "evaluation plans", Room,
            "What a pilot is held to: questions, criteria, comparators, margins, agreed and locked before the results are known.", check: PlanChecks.Of, guard: PlanSeal.Guard),
        new RecordKind<EffectAnalysis>(
            "analysis", "analyses", "analysis", "analyses", Room, "Analyses that were kept: panel, method, answer and the exact versions they were computed from.", Permission.Run),
    ];
}
