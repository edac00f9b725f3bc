using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Forces;

/// <summary>Registers forces.</summary>
public static class ForceServices
{
    /// <summary>Adds <see cref="IForces"/> and <see cref="ForceImport"/>.</summary>
    public static IServiceCollection AddForces(this IServiceCollection services) => services
        .AddSingleton<IForces, StoredForces>()
        .AddSingleton<ForceImport>();
}
