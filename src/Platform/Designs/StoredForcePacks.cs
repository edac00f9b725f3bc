using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>The packs that designs are drawn on, as the store has them.</summary>
internal sealed class StoredForcePacks(IForces forces) : IForcePacks
{
    public Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default) => forces.FindCurrentAsync(cancellation);

    public Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default) => forces.FindAsync(sha256, cancellation);
}
