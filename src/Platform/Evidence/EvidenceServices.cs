using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>Registers despatch logs.</summary>
public static class EvidenceServices
{
    /// <summary>Adds <see cref="IncidentImport"/>, <see cref="IncidentLogs"/>, <see cref="LogReplays"/> and the handlers of their jobs.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddEntityMap<EvidenceMap>()
        .AddStoreMigration<EvidenceMigration>()
        .AddSingleton<IncidentImport>()
        .AddSingleton<IncidentLogs>()
        .AddSingleton<IncidentUploads>()
        .AddSingleton<LogReplays>()
        .AddJobHandler<IncidentImportJob>()
        .AddJobHandler<LogReplayJob>();
}
