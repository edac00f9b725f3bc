using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>Registers what is computed of money, posts, assets and benefits.</summary>
public static class ResourceServices
{
    /// <summary>Adds readings and lines of attention.</summary>
    public static IServiceCollection AddResources(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, FundingReading>()
        .AddSingleton<IRecordReading, EstablishmentReading>()
        .AddSingleton<IRecordReading, AbstractionReading>()
        .AddSingleton<IRecordReading, AssetReading>()
        .AddSingleton<IRecordReading, ObjectiveReading>()
        .AddSingleton<IRecordReading, BenefitReading>()
        .AddSingleton<IRecordReading, CapabilityReading>()
        .AddSingleton<IProgrammeAttention, ResourceAttention>();
}
