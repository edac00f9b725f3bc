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

/// <summary>The force imported last into the store, as known on the day asked for.</summary>
internal sealed class StoredForce(IForces forces, ForceViews views) : ICurrentForce
{
    public async Task<ForceView?> FindAsync(AsAt at, CancellationToken cancellation = default) =>
        await forces.FindCurrentAsync(cancellation) is { } pack ? views.Of(pack, at.Known) : null;
}

/// <summary>Keeps one <see cref="ForceView"/> a pack and state of knowledge, since laying one out takes longer than drawing a page.</summary>
public sealed class ForceViews
{
    // States of knowledge of one pack are few (London has five); packs change rarely.
    private const int Kept = 32;
    private readonly ConcurrentDictionary<(string Pack, DateOnly Known), Lazy<ForceView>> _views = new();

    /// <summary>The view of a whole pack, whenever what it says was known.</summary>
    public ForceView Of(ForcePack pack) => Of(pack, DateOnly.MaxValue);

    /// <summary>The view of a pack as known at the end of a day.</summary>
    public ForceView Of(ForcePack pack, DateOnly known)
    {
        ArgumentNullException.ThrowIfNull(pack);
        // Days between two pieces of news know the same.
        var news = pack.CommandUnits.SelectMany(u => u.Members).Select(KnownFrom).Where(day => day <= known).DefaultIfEmpty(DateOnly.MinValue).Max();
        if (_views.Count > Kept)
        {
            _views.Clear();
        }

        return _views.GetOrAdd((pack.Sha256, news), key => new Lazy<ForceView>(() => new ForceView(AsKnown(pack, key.Known), pack))).Value;
    }

    /// <summary>
    /// The pack with only the memberships known by a day. A membership ends with the next one of its borough: while that next one is
    /// not known, neither is the end.
    /// </summary>
    public static ForcePack AsKnown(ForcePack pack, DateOnly known)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var knownOnes = pack.CommandUnits.SelectMany(u => u.Members).Where(m => KnownFrom(m) <= known)
            .ToLookup(m => m.Borough, StringComparer.Ordinal);
        bool EndKnown(CommandUnitMember member) => knownOnes[member.Borough].Any(next => next.From > member.From)
            || pack.CommandUnits.SelectMany(u => u.Members).All(next => next.From <= member.From || !string.Equals(next.Borough, member.Borough, StringComparison.Ordinal));
        return pack with
        {
            CommandUnits = pack.CommandUnits
                .Select(u => u with
                {
                    Members = u.Members.Where(m => KnownFrom(m) <= known).Select(m => m.To is null || EndKnown(m) ? m : m with { To = null }).ToList(),
                })
                .Where(u => u.Members.Count > 0)
                .ToList(),
        };
    }

    private static DateOnly KnownFrom(CommandUnitMember member) => member.Known ?? member.From;
}
