using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>Registers what is computed of measures and observations, and what a measure holds to.</summary>
public static class MeasureServices
{
    /// <summary>Adds the readings and the rule.</summary>
    public static IServiceCollection AddMeasures(this IServiceCollection services) => services
        .AddSingleton<IRecordRule, MeasureDefinitionRule>()
        .AddSingleton<IRecordRule, RivalRule>()
        .AddSingleton<IRecordRule, ChartSegmentRule>()
        .AddSingleton<IRecordReading, MeasureReading>()
        .AddSingleton<IRecordReading, ObservationReading>();
}
