using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Testing.Designs;

/// <summary>Packs of a test, without a store; the last is the current one.</summary>
public sealed class InstalledPacks(params ForcePack[] packs) : IForcePacks
{
    /// <inheritdoc/>
    public Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default) => Task.FromResult(packs.LastOrDefault());

    /// <inheritdoc/>
    public Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default) =>
        Task.FromResult(Array.Find(packs, pack => pack.Sha256 == sha256));
}
