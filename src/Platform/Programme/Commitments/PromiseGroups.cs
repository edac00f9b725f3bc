using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Promises by what they are to some boroughs, the broken first in each.</summary>
/// <param name="Own">About one of the boroughs, a unit or ward of it, or made to its council by name.</param>
/// <param name="Everywhere">About no area in particular: they hold for these boroughs as for all.</param>
/// <param name="Elsewhere">About other areas.</param>
public sealed record PromiseGroups(IReadOnlyList<PromiseVerdict> Own, IReadOnlyList<PromiseVerdict> Everywhere, IReadOnlyList<PromiseVerdict> Elsewhere)
{
    /// <summary>Those that concern the boroughs.</summary>
    public IReadOnlyList<PromiseVerdict> Concerning => [.. Own, .. Everywhere];
}

/// <summary>Sorts promises by what they are to a council.</summary>
public sealed class BoroughPromises(IForces forces)
{
    /// <summary>The groups for some boroughs; without any, every promise about an area stands elsewhere.</summary>
    public async Task<PromiseGroups> GroupAsync(RecordView view, IReadOnlyList<PromiseVerdict> verdicts, IReadOnlyCollection<string> boroughs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(boroughs);
        var codes = new HashSet<string>(boroughs, StringComparer.OrdinalIgnoreCase);
        if (await forces.FindCurrentAsync(cancellation) is { } pack)
        {
            codes.UnionWith(pack.CommandUnits.Where(unit => unit.Members.Any(member => boroughs.Contains(member.Borough, StringComparer.OrdinalIgnoreCase))).Select(unit => unit.Code));
            codes.UnionWith(pack.Wards.Where(ward => boroughs.Contains(ward.Borough, StringComparer.OrdinalIgnoreCase)).Select(ward => ward.Code));
        }

        var councils = (await view.ListAsync<Party>(cancellation))
            .Where(party => party.Body.Areas.Any(area => boroughs.Contains(area, StringComparer.OrdinalIgnoreCase))).Select(party => party.Key).ToHashSet(StringComparer.Ordinal);
        var groups = verdicts.ToLookup(verdict =>
        {
            var promise = verdict.Promise.Body;
            return promise.Areas.Any(codes.Contains) || promise.To.Any(councils.Contains) ? 0 : promise.Areas.Count == 0 ? 1 : 2;
        });
        return new PromiseGroups(Sorted(groups[0]), Sorted(groups[1]), Sorted(groups[2]));
    }

    private static List<PromiseVerdict> Sorted(IEnumerable<PromiseVerdict> verdicts) =>
        [.. verdicts.OrderBy(one => one.Verdict switch { Verdict.Broken => 0, Verdict.Kept => 1, _ => 2 }).ThenBy(one => one.Promise.Body.Title, StringComparer.Ordinal)];
}
