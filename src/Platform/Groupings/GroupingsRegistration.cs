using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Groupings;

/// <summary>Registers the room's services.</summary>
public static class GroupingsRegistration
{
    /// <summary>Adds <see cref="GroupingService"/> and <see cref="SitingService"/>.</summary>
    public static IServiceCollection AddGroupings(this IServiceCollection services) => services.AddSingleton<GroupingService>().AddSingleton<SitingService>();
}
