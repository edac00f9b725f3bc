using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Performance;

/// <summary>Registers what is read and computed of measures.</summary>
public static class PerformanceServices
{
    /// <summary>Adds series, charts, signals and imports of observations.</summary>
    public static IServiceCollection AddPerformance(this IServiceCollection services) => services
        .AddSingleton<IMeasuredSeries, SeriesReading>();
}
