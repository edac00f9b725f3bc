using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records.Files;
using Pathfinder.Platform.Records.Search;

namespace Pathfinder.Platform.Records;

/// <summary>Registers records.</summary>
public static class RecordServices
{
    /// <summary>Adds <see cref="IRecords"/>, <see cref="IProgrammeExchange"/> and the catalogue of all kinds registered.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services, IReadOnlyList<RecordKind> kinds) =>
        services.AddSingleton(new RecordCatalogue(kinds)).AddSingleton<RecordPlanner>().AddSingleton<RecordStore>()
            .AddSingleton<IRecords>(provider => provider.GetRequiredService<RecordStore>()).AddSingleton<IProgrammeExchange, ProgrammeExchange>()
            .AddSingleton<IChangeLog, ChangeLog>().AddSingleton<IRestrictedAccess, RestrictedAccess>()
            .AddSingleton<RegisterFiles>().AddSingleton<ISearch, ProgrammeSearch>();
}
