using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>Registers plans, gates, claims and analyses.</summary>
public static class EvaluationServices
{
    /// <summary>Adds the use cases, the reading of plans and the rule that only steps lock and amend.</summary>
    public static IServiceCollection AddEvaluations(this IServiceCollection services) => services
        .AddSingleton<PlanEvaluator>()
        .AddSingleton<PlanProcess>()
        .AddSingleton<ClaimCheck>()
        .AddSingleton<Analyses>()
        .AddSingleton<IRecordRule, PlanRule>()
        .AddSingleton<IRecordSetRule, PlanNames>()
        .AddSingleton<IRecordReading, PlanReading>();
}
