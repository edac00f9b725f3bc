using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pathfinder.Platform.Designs;

/// <summary>Registers designs.</summary>
public static class DesignServices
{
    /// <summary>Adds <see cref="DesignRegister"/>, on the packs of the store unless another <see cref="IForcePacks"/> was added.</summary>
    public static IServiceCollection AddDesigns(this IServiceCollection services)
    {
        services.TryAddSingleton<IForcePacks, StoredForcePacks>();
        return services.AddSingleton<DesignRegister>();
    }
}
