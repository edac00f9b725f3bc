using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>Registers governed facts and their log.</summary>
public static class HistoryServices
{
    /// <summary>Adds <see cref="IHistory"/> and <see cref="IAudit"/>, its tables and its first schema.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddEntityMap<HistoryMap>()
        .AddStoreMigration<HistoryMigration>()
        .AddStoreMigration<AsAtMigration>()
        .AddSingleton<IHistory, HistoryStore>()
        .AddSingleton<IAudit, Audit>();
}
