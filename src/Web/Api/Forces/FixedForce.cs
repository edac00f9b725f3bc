using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;

namespace Pathfinder.Web.Api.Forces;

/// <summary>The force of one pack in memory.</summary>
public sealed class FixedForce(ForcePack pack, ForceViews views) : ICurrentForce
{
    /// <inheritdoc />
    public Task<ForceView?> FindAsync(AsAt at, CancellationToken cancellation = default) => Task.FromResult<ForceView?>(views.Of(pack));
}
