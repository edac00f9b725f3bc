using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>Registers what is computed of risks and issues, and what happens to them.</summary>
public static class RiskServices
{
    /// <summary>Adds the readings, the lines of attention and <see cref="RiskEvents"/>.</summary>
    public static IServiceCollection AddRisks(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, RiskReading>()
        .AddSingleton<IRecordReading, IssueReading>()
        .AddSingleton<IProgrammeAttention, RiskAttention>()
        .AddSingleton<RiskEvents>();
}
