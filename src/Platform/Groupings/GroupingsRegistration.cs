using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Groupings;

/// <summary>Registers the room's services.</summary>
public static class GroupingsRegistration
{
    /// <summary>Adds <see cref="GroupingService"/>.</summary>
    public static IServiceCollection AddGroupings(this IServiceCollection services) => services.AddSingleton<GroupingService>();
}
