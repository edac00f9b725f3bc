using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Forces;

/// <summary>Content of packs that lie in one folder, each in a folder of its own name, for scenarios run without a store. Each pack is read once.</summary>
public sealed class PackFolders(string root) : IScenarioContent
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
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !Directory.Exists(Path.Combine(root, name)))
        {
            var there = Directory.Exists(root) ? Directory.GetDirectories(root).Select(Path.GetFileName).Order(StringComparer.Ordinal) : Enumerable.Empty<string?>();
            return new Problem("There is no such pack", root, Field: "pack", Found: reference.Pack, Accepted: string.Join(", ", there));
        }

        if (!_read.TryGetValue(name, out var pack))
        {
            _read[name] = pack = PackReader.Read(Path.Combine(root, name));
        }

        return pack;
    }
}
