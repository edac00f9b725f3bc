using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pathfinder.Platform.Designs;

/// <summary>Registers designs.</summary>
public static class DesignServices
{
    /// <summary>Adds <see cref="DesignRegister"/>, on no pack unless <see cref="IForcePacks"/> was added.</summary>
    public static IServiceCollection AddDesigns(this IServiceCollection services)
    {
        services.TryAddSingleton<IForcePacks>(new InstalledPacks());
        return services.AddSingleton<DesignRegister>();
    }
}
