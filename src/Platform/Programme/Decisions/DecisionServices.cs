using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>Registers what is computed of decisions and their process.</summary>
public static class DecisionServices
{
    /// <summary>Adds the process, readings and lines of attention.</summary>
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<DecisionProcess>()
        .AddSingleton<IRecordReading, DecisionReading>()
        .AddSingleton<IRecordReading, BusinessCaseReading>()
        .AddSingleton<IProgrammeAttention, DecisionAttention>()
        .AddSingleton<IRecordRule, DecisionStateRule>();
}
