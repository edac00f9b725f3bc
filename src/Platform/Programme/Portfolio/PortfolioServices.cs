using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Registers what is computed of work and progress.</summary>
public static class PortfolioServices
{
    /// <summary>Adds the readings and the lines of attention.</summary>
    public static IServiceCollection AddPortfolio(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, WorkReading>()
        .AddSingleton<IRecordReading, ProgressReportReading>()
        .AddSingleton<IProgrammeAttention, SilenceAttention>();
}
