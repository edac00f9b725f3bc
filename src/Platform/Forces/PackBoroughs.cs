using Pathfinder.Platform.People;

namespace Pathfinder.Platform.Forces;

/// <summary>The boroughs of the pack imported last.</summary>
internal sealed class PackBoroughs(IForces forces) : IBoroughCodes
{
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(CancellationToken cancellation = default) =>
        (await forces.FindCurrentAsync(cancellation))?.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
}
