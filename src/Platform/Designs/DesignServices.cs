using Microsoft.Extensions.DependencyInjection;

namespace Pathfinder.Platform.Designs;

/// <summary>Registers designs.</summary>
public static class DesignServices
{
    /// <summary>Adds <see cref="DesignRegister"/>.</summary>
    public static IServiceCollection AddDesigns(this IServiceCollection services) => services.AddSingleton<DesignRegister>();
}
