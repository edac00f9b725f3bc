using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Forces;

/// <summary>Content of packs that come with the product, for scenarios run without a store. Each pack is read once.</summary>
/// <param name="find">The folder of a pack by name, or null.</param>
/// <param name="names">Names of the packs there are.</param>
public sealed class PackFolderContent(Func<string, string?> find, Func<IReadOnlyList<string>> names) : IScenarioContent
{
    private readonly Dictionary<string, Outcome<ForcePack>> _read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Outcome<ContentMatrix> Matrix(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var pack = Find(reference);
        return pack.Succeeded
            ? new ContentMatrix([.. pack.Value.Zones.Select(z => z.Code)], Array.ConvertAll(pack.Value.DistanceMetres, m => (float)m), pack.Value.Sha256)
            : Outcome.Refused<ContentMatrix>(pack.Problems);
    }

    /// <inheritdoc/>
    public Outcome<ContentSurface> Surface(ScenarioContent reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var pack = Find(reference);
        return pack.Succeeded
            ? new ContentSurface([.. pack.Value.Zones.Select(z => z.Code)], pack.Value.Demand.Grades, pack.Value.Demand.PerHour, pack.Value.Sha256)
            : Outcome.Refused<ContentSurface>(pack.Problems);
    }

    private Outcome<ForcePack> Find(ScenarioContent reference)
    {
        var name = reference.Pack ?? "";
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || find(name) is not { } folder)
        {
            return new Problem("There is no such pack", Field: "pack", Found: reference.Pack, Accepted: string.Join(", ", names()));
        }

        if (!_read.TryGetValue(name, out var pack))
        {
            _read[name] = pack = PackReader.Read(folder);
        }

        return pack;
    }
}
