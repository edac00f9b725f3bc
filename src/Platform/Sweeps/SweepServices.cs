using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Sweeps;

/// <summary>Registers sweeps.</summary>
public static class SweepServices
{
    /// <summary>Adds <see cref="GroupSweeps"/>, its table and the handler of its shards.</summary>
    public static IServiceCollection AddSweeps(this IServiceCollection services) => services
        .AddEntityMap<SweepMap>()
        .AddStoreMigration<SweepMigration>()
        .AddSingleton<GroupSweeps>()
        .AddJobHandler<SweepJob>();
}
