using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>Registers what is computed of waves, pilots, recovery, engagement and assessments.</summary>
public static class RollOutServices
{
    /// <summary>Adds the planner, the readings and the lines of attention.</summary>
    public static IServiceCollection AddRollOut(this IServiceCollection services) => services
        .AddSingleton<RollOutPlanner>()
        .AddSingleton<IRecordReading, WaveReading>()
        .AddSingleton<IRecordReading, RollOutTermsReading>()
        .AddSingleton<IRecordReading, PilotReading>()
        .AddSingleton<IRecordReading, RecoveryPlanReading>()
        .AddSingleton<IRecordReading, EngagementReading>()
        .AddSingleton<IRecordReading, ImpactAssessmentReading>()
        .AddSingleton<IProgrammeAttention, RollOutAttention>();
}
