using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>The packs that designs are drawn on.</summary>
public interface IForcePacks
{
    /// <summary>The newest pack in the store, or null while none has been imported.</summary>
    Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default);

    /// <summary>The pack with these bytes, or null; a run stays bound to the pack it was made with.</summary>
    Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default);
}
