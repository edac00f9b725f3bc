using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>Registers reports.</summary>
public static class ReportServices
{
    /// <summary>Adds the builder, the finder of contradictions, publishing and open data.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<ContradictionFinder>()
        .AddSingleton<ReportBuilder>()
        .AddSingleton<IRecordRule, EditionRule>()
        .AddSingleton<Publishing>()
        .AddSingleton<OpenData>();
}
