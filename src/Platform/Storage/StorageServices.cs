using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pathfinder.Platform.Storage;

/// <summary>Registers the store.</summary>
public static class StorageServices
{
    /// <summary>Adds the store and its options; rooms then add their maps and steps.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StoreOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Store>();
        return services;
    }

    /// <summary>Adds a room's tables.</summary>
    public static IServiceCollection AddEntityMap<T>(this IServiceCollection services)
        where T : class, IEntityMap => services.AddSingleton<IEntityMap, T>();

    /// <summary>Adds a step of the schema.</summary>
    public static IServiceCollection AddStoreMigration<T>(this IServiceCollection services)
        where T : class, IStoreMigration => services.AddSingleton<IStoreMigration, T>();
}
