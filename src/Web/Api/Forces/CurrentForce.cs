using System.Collections.Concurrent;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;

namespace Pathfinder.Web.Api.Forces;

/// <summary>The force a page is about.</summary>
public interface ICurrentForce
{
    /// <summary>The force as known at the dates, or null while no pack has been imported.</summary>
    Task<ForceView?> FindAsync(AsAt at, CancellationToken cancellation = default);
}

/// <summary>Keeps one <see cref="ForceView"/> a pack, since laying one out takes longer than drawing a page.</summary>
public sealed class ForceViews
{
    private readonly ConcurrentDictionary<string, Lazy<ForceView>> _views = new(StringComparer.Ordinal);

    /// <summary>The view of a pack.</summary>
    public ForceView Of(ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return _views.GetOrAdd(pack.Sha256, _ => new Lazy<ForceView>(() => new ForceView(pack))).Value;
    }
}
