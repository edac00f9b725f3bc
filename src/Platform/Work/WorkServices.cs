using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Work;

/// <summary>Registers the queue, and the worker where this process is to work it.</summary>
public static class WorkServices
{
    /// <summary>Adds <see cref="IWork"/>: jobs can be queued and watched.</summary>
    public static IServiceCollection AddWork(this IServiceCollection services) => services
        .AddEntityMap<WorkMap>()
        .AddStoreMigration<WorkMigration>()
        .AddSingleton<WorkQueue>()
        .AddSingleton<IWork>(provider => provider.GetRequiredService<WorkQueue>());

    /// <summary>Adds the worker as a hosted service: this process works the queue while its host runs.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, WorkOptions? options = null)
    {
        services.TryAddSingleton(options ?? WorkOptions.Default);
        return services.AddHostedService<Worker>();
    }

    /// <summary>Adds a handler for one kind of job.</summary>
    public static IServiceCollection AddJobHandler<T>(this IServiceCollection services)
        where T : class, IJobHandler => services.AddSingleton<IJobHandler, T>();
}
