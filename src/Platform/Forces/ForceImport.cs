using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Forces;

/// <summary>What an import did.</summary>
/// <param name="Pack">The pack as the store now knows it.</param>
/// <param name="Facts">Versions recorded; 0 where the same pack was there already.</param>
public sealed record ImportReceipt(ImportedPack Pack, int Facts);

/// <summary>
/// Brings a pack into the store in one commit, all or nothing: every file as content under its hash, and its boroughs,
/// wards, command units and arrangements as governed facts with their own effective and known dates. The same pack again
/// does nothing. A later version of a pack records what it states differently as known from the day of its import, so that
/// what was known before stays.
/// </summary>
public sealed class ForceImport(IHistory history, IForces forces, TimeProvider time)
{
    /// <summary>Imports the pack in a folder. Problems where <see cref="PackReader"/> finds any.</summary>
    public async Task<Outcome<ImportReceipt>> ImportAsync(string folder, ChangeContext context, CancellationToken cancellation = default)
    {
        var files = PackReader.ReadFiles(folder);
        return files.Succeeded ? await ImportAsync(files.Value, context, cancellation) : Outcome.Refused<ImportReceipt>(files.Problems);
    }

    /// <summary>Imports a pack from its files by path.</summary>
    public async Task<Outcome<ImportReceipt>> ImportAsync(
        IReadOnlyDictionary<string, byte[]> files, ChangeContext context, CancellationToken cancellation = default)
    {
        var read = PackReader.FromContent(files);
        if (!read.Succeeded)
        {
            return Outcome.Refused<ImportReceipt>(read.Problems);
        }

        var pack = read.Value;
        var manifest = pack.Manifest;
        var imported = new ImportedPack(manifest.Name, manifest.Title, manifest.Force, manifest.Version, manifest.TimeZone, pack.Sha256);
        var before = (await forces.ListAsync(cancellation)).FirstOrDefault(p => p.Name == manifest.Name);
        if (before?.PackSha256 == pack.Sha256)
        {
            return new ImportReceipt(imported, 0);
        }

        var old = before is null ? null : await forces.FindAsync(before.PackSha256, cancellation);
        var facts = ForceFact.Of(pack);
        var recorded = 1;
        await history.CommitAsync(
            context,
            changes =>
            {
                foreach (var (path, bytes) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
                {
                    changes.Keep(bytes, MediaType(path));
                }

                changes.Record(ForceKinds.Force, manifest.Name, imported, new EffectivePeriod(facts.Min(f => f.From)), old is null ? facts.Min(f => f.Known) : time.LondonToday());
                recorded += old is null ? First(changes, facts) : Later(changes, facts, ForceFact.Of(old), time.LondonToday());
            },
            cancellation);
        return new ImportReceipt(imported, recorded);
    }

    private static int First(IChangeSet changes, List<ForceFact> facts)
    {
        foreach (var fact in facts)
        {
            fact.Record(changes, fact.Until, fact.Known);
        }

        return facts.Count;
    }

    // All versions of a fact that differs are recorded again with their own ends, after an end that covers what was said
    // of it before.
    private static int Later(IChangeSet changes, List<ForceFact> facts, List<ForceFact> before, DateOnly today)
    {
        var count = 0;
        var old = before.ToLookup(f => (f.Kind, f.Key));
        var now = facts.ToLookup(f => (f.Kind, f.Key));
        foreach (var key in old.Select(g => g.Key).Union(now.Select(g => g.Key)).Order())
        {
            var (was, are) = (old[key].ToList(), now[key].ToList());
            if (was.Count == are.Count && was.Zip(are).All(pair => pair.First.Same(pair.Second)))
            {
                continue;
            }

            if (was.Count > 0)
            {
                was.MinBy(f => f.From)!.Withdraw(changes, Latest(today, was));
                count++;
            }

            foreach (var fact in are)
            {
                fact.Record(changes, was.Count > 0 ? fact.Ends : fact.Until, was.Count > 0 ? Latest(today, was) : fact.Known);
                count++;
            }
        }

        return count;
    }

    private static DateOnly Latest(DateOnly today, List<ForceFact> facts) => facts.Max(f => f.Known) is var known && known > today ? known : today;

    private static string MediaType(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json",
        ".geojson" => "application/geo+json",
        ".gz" => "application/gzip",
        _ => "text/csv",
    };
}
