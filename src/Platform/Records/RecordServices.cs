using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Records;

/// <summary>Registers records.</summary>
public static class RecordServices
{
    /// <summary>Adds <see cref="IRecords"/> and the catalogue of all kinds registered.</summary>
    public static IServiceCollection AddRecords(this IServiceCollection services, IReadOnlyList<RecordKind> kinds) =>
        services.AddSingleton(new RecordCatalogue(kinds)).AddSingleton<IRecords, RecordStore>()
            .AddSingleton<IChangeLog, ChangeLog>().AddSingleton<IRestrictedAccess, RestrictedAccess>();
}
