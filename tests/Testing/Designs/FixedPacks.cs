using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Testing.Designs;

/// <summary>Packs given beforehand; the last is the current one.</summary>
public sealed class FixedPacks(params ForcePack[] packs) : IForcePacks
{
    /// <inheritdoc/>
    public Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default) => Task.FromResult(packs.LastOrDefault());

    /// <inheritdoc/>
    public Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default) =>
        Task.FromResult(packs.FirstOrDefault(pack => pack.Sha256 == sha256));
}
