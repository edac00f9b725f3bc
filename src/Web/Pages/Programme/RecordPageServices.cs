using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Home;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>Registers the pages of records.</summary>
public static class RecordPageServices
{
    /// <summary>Adds what the pages of records use, and the addresses they take.</summary>
    public static IServiceCollection AddRecordPages(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddScoped<PageMarking>();
        services.AddSingleton<RecordLists>();
        services.AddSingleton<IRecordActions, Promises.PromiseActions>();
        services.AddSingleton<IRecordActions, Performance.PerformanceActions>();
        services.AddSingleton<ProgrammeAttention>();
        services.AddSingleton<OwnBoroughs>();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<RecordPathConstraint>(RecordPathConstraint.Name));
        return services;
    }
}
