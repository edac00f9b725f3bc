using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Designs;

/// <summary>The matrix and the demand surface of one pack, for the scenarios that name it.</summary>
public sealed class PackContent(ForcePack pack) : IScenarioContent
{
    private readonly IReadOnlyList<string> _zones = [.. pack.Zones.Select(zone => zone.Code)];

    /// <inheritdoc/>
    public Outcome<ContentMatrix> Matrix(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Refuse(reference) is { } problem
            ? problem
            : new ContentMatrix(_zones, Array.ConvertAll(pack.DistanceMetres, metres => (float)metres), pack.Sha256);
    }

    /// <inheritdoc/>
    public Outcome<ContentSurface> Surface(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Refuse(reference) is { } problem
            ? problem
            : new ContentSurface(_zones, pack.Demand.Grades, pack.Demand.PerHour, pack.Sha256);
    }

    private Problem? Refuse(ScenarioContent reference) =>
        reference.Pack != pack.Manifest.Name
            ? new Problem("The scenario names content of another pack", Field: "pack", Found: reference.Pack ?? reference.File, Accepted: pack.Manifest.Name)
            : null;
}
