using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>Registers what is computed of measures and observations.</summary>
public static class MeasureServices
{
    /// <summary>Adds the readings.</summary>
    public static IServiceCollection AddMeasures(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, MeasureReading>()
        .AddSingleton<IRecordReading, ObservationReading>();
}
