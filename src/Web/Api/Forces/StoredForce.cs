using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;

namespace Pathfinder.Web.Api.Forces;

/// <summary>The force imported last.</summary>
public sealed class StoredForce(IForces forces, ForceViews views) : ICurrentForce
{
    /// <inheritdoc />
    public async Task<ForceView?> FindAsync(AsAt at, CancellationToken cancellation = default) =>
        await forces.FindCurrentAsync(cancellation) is { } pack ? views.Of(pack) : null;
}
