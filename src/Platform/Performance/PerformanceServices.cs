using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Performance;

/// <summary>Registers what is read and computed of measures.</summary>
public static class PerformanceServices
{
    /// <summary>Adds series, charts, signals and imports of observations.</summary>
    public static IServiceCollection AddPerformance(this IServiceCollection services) => services
        .AddEntityMap<WatchMap>()
        .AddStoreMigration<WatchMigration>()
        .AddSingleton<IMeasuredSeries, SeriesReading>()
        .AddSingleton<IMeasureCharts, MeasureCharts>()
        .AddSingleton<IWatchList, WatchList>()
        .AddSingleton<IProgrammeAttention, SignalAttention>()
        .AddSingleton<IObservationImport, ObservationImport>()
        .AddSingleton<ILogMeasures, LogMeasures>();
}
