using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Forces;

/// <summary>Registers forces.</summary>
public static class ForceServices
{
    /// <summary>Adds <see cref="IForces"/> and <see cref="ForceImport"/>, and tells accounts which boroughs there are.</summary>
    public static IServiceCollection AddForces(this IServiceCollection services) => services
        .AddSingleton<IForces, StoredForces>()
        .AddSingleton<ForceImport>()
        .AddSingleton<IBoroughCodes, PackBoroughs>();
}
