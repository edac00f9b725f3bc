using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>The packs a process was started with; the last is the current one.</summary>
public sealed class InstalledPacks(params ForcePack[] packs) : IForcePacks
{
    /// <inheritdoc/>
    public Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default) => Task.FromResult(packs.LastOrDefault());

    /// <inheritdoc/>
    public Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default) =>
        Task.FromResult(Array.Find(packs, pack => pack.Sha256 == sha256));
}
