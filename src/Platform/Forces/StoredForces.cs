using System.Collections.Concurrent;
using Pathfinder.Platform.History;

namespace Pathfinder.Platform.Forces;

/// <summary>Forces read from governed facts and kept content. A pack never changes under its hash, so it is kept in memory once read.</summary>
internal sealed class StoredForces(IHistory history) : IForces, IDisposable
{
    // A server shows one or two forces; runs of older versions ask for a few more.
    private const int KeptPacks = 4;

    private static readonly AsAt Newest = new(DateOnly.MaxValue.AddDays(-1), DateOnly.MaxValue.AddDays(-1));

    private readonly ConcurrentDictionary<string, ForcePack> _packs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);

    public void Dispose() => _reading.Dispose();

    public async Task<IReadOnlyList<ImportedPack>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await history.ListAsync(ForceKinds.Force, Newest, cancellation)).Select(f => f.Body!)];

    public async Task<ForcePack?> FindCurrentAsync(CancellationToken cancellation = default)
    {
        var last = (await history.ListAsync(ForceKinds.Force, Newest, cancellation)).MaxBy(f => f.VersionId);
        return last?.Body is { } pack ? await FindAsync(pack.PackSha256, cancellation) : null;
    }

    public async Task<ForcePack?> FindAsync(string sha256, CancellationToken cancellation = default)
    {
        if (_packs.TryGetValue(sha256, out var known))
        {
            return known;
        }

        await _reading.WaitAsync(cancellation);
        try
        {
            if (!_packs.TryGetValue(sha256, out known) && await LoadAsync(sha256, cancellation) is { } pack)
            {
                if (_packs.Count >= KeptPacks)
                {
                    _packs.Clear();
                }

                _packs[sha256] = known = pack;
            }

            return known;
        }
        finally
        {
            _reading.Release();
        }
    }

    public async Task<FactVersion<CommandMembership>?> WhoCommandsAsync(string borough, AsAt at, CancellationToken cancellation = default) =>
        await FindCurrentAsync(cancellation) is { } pack
            ? await history.FindAsync(ForceKinds.Membership, $"{pack.Manifest.Name}/{borough}", at, cancellation)
            : null;

    public async Task<IReadOnlyList<CommandUnitOn>> ListUnitsAsync(AsAt at, CancellationToken cancellation = default)
    {
        if (await FindCurrentAsync(cancellation) is not { } pack)
        {
            return [];
        }

        var start = pack.Manifest.Name + "/";
        var units = (await history.ListAsync(ForceKinds.CommandUnit, at, cancellation))
            .Where(u => u.Key.StartsWith(start, StringComparison.Ordinal)).ToDictionary(u => u.Body!.Code, u => u.Body!, StringComparer.Ordinal);
        return [.. (await history.ListAsync(ForceKinds.Membership, at, cancellation))
            .Where(m => m.Key.StartsWith(start, StringComparison.Ordinal))
            .GroupBy(m => m.Body!.Unit, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CommandUnitOn(
                units.GetValueOrDefault(g.Key) ?? new CommandUnitFact(g.Key, g.Key, "BOCU", null, "Its own record does not reach this day"),
                [.. g.Select(m => m.Body!.Borough).Order(StringComparer.Ordinal)]))];
    }

    private async Task<ForcePack?> LoadAsync(string sha256, CancellationToken cancellation)
    {
        if (await history.FindContentAsync(sha256, cancellation) is not { } manifest)
        {
            return null;
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [PackFiles.Manifest] = manifest };
        foreach (var file in PackManifests.Read(new PackSource(files))?.Files ?? [])
        {
            if (await history.FindContentAsync(file.Sha256, cancellation) is { } bytes)
            {
                files[file.Path] = bytes;
            }
        }

        var read = PackReader.FromContent(files);
        return read.Succeeded
            ? read.Value
            : throw new InvalidOperationException($"The store holds pack {sha256} but it no longer reads: {string.Join(" | ", read.Problems.Take(3))}");
    }
}
