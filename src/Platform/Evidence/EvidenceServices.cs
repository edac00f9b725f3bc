using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>Registers despatch logs.</summary>
public static class EvidenceServices
{
    /// <summary>Adds <see cref="IncidentImport"/>, <see cref="IncidentLogs"/> and the handler of uploads.</summary>
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddEntityMap<EvidenceMap>()
        .AddStoreMigration<EvidenceMigration>()
        .AddSingleton<IncidentImport>()
        .AddSingleton<IncidentLogs>()
        .AddSingleton<IncidentUploads>()
        .AddSingleton<LogReplays>()
        .AddJobHandler<IncidentImportJob>();
}
