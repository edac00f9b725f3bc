using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Pathfinder.Platform.Forces;

/// <summary>Writes a pack: the bytes of each file, the same for the same pack.</summary>
public static class PackWriter
{
    /// <summary>Every file of the pack by path, the manifest with its hashes among them. The manifest's own file list is made anew.</summary>
    /// <param name="pack">What to write; its layers are taken as they are.</param>
    /// <param name="gzip">Tables to write gzipped.</param>
    public static IReadOnlyDictionary<string, byte[]> Write(ForcePack pack, params IReadOnlyCollection<string> gzip)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (file, rows) in Tables(pack))
        {
            var bytes = Encoding.UTF8.GetBytes(rows);
            if (gzip.Contains(file, StringComparer.Ordinal))
            {
                files[file + ".gz"] = Zip(bytes);
            }
            else
            {
                files[file] = bytes;
            }
        }

        foreach (var (name, bytes) in pack.Layers)
        {
            files[PackFiles.Layers + name + ".geojson"] = bytes;
        }

        var described = pack.Manifest.Files.ToDictionary(f => f.Path, f => f.Description, StringComparer.Ordinal);
        var manifest = pack.Manifest with
        {
            Files = [.. files.Select(f => new PackFile(f.Key, PackSource.Hash(f.Value), f.Value.Length, described.GetValueOrDefault(f.Key) ?? PackManifests.Describe(f.Key)))],
        };
        files[PackFiles.Manifest] = PackManifests.Write(manifest);
        return files;
    }

    /// <summary>Writes the files into a folder, which is created; files that are there already are replaced, others stay.</summary>
    public static void Save(IReadOnlyDictionary<string, byte[]> files, string folder)
    {
        foreach (var (path, bytes) in files)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, bytes);
        }
    }

    private static IEnumerable<(string File, string Rows)> Tables(ForcePack p)
    {
        yield return (PackFiles.Boroughs, Csv(PackFiles.Boroughs, p.Boroughs.Select(b => new object?[] { b.Code, b.Name, b.InForce, b.Density, b.Population, b.AreaKm2, b.Longitude, b.Latitude })));
        yield return (PackFiles.Wards, Csv(PackFiles.Wards, p.Wards.Select(w => new object?[] { w.Code, w.Name, w.Borough, w.Edition, w.From, w.To, w.AreaKm2, w.Population })));
        yield return (PackFiles.Zones, Csv(PackFiles.Zones, p.Zones.Select(z => new object?[] { z.Code, z.Name, z.Borough, z.AreaKm2, z.Population, z.Longitude, z.Latitude, z.Ward })));
        yield return (PackFiles.Distances, Matrix(p));
        yield return (PackFiles.Borders, Csv(PackFiles.Borders, p.Borders.Select(b => new object?[] { b.A, b.B, b.Kind, b.Kind == "crossing" ? null : b.BorderKm, b.Crossing })));
        yield return (PackFiles.ParadeSites, Csv(PackFiles.ParadeSites, p.ParadeSites.Select(s => new object?[] { s.Code, s.Name, s.Borough, s.Zone, s.Longitude, s.Latitude, s.Basis })));
        yield return (PackFiles.RecordedCrime, Csv(PackFiles.RecordedCrime, p.RecordedCrime.Select(c => new object?[] { c.Borough, c.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), c.Category, c.Offences })));
        yield return (PackFiles.Demand, Csv(PackFiles.Demand, p.DemandRates.Select(d => new object?[] { d.Zone, d.Grade, d.PerDay, d.Profile })));
        yield return (PackFiles.DemandProfiles, Csv(PackFiles.DemandProfiles, p.DemandProfiles.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value.Select(v => (object?)v).Prepend(d.Key).ToArray())));
        yield return (PackFiles.CommandUnits, Csv(PackFiles.CommandUnits, p.CommandUnits.Select(u => new object?[] { u.Code, u.Name, u.Kind, u.Basis, u.Officers })));
        yield return (PackFiles.Members, Csv(PackFiles.Members, p.CommandUnits.SelectMany(u => u.Members.Select(m => new object?[] { u.Code, m.Borough, m.From, m.To, m.Planned, m.Basis, m.Known, m.Imprecise }))));
        yield return (PackFiles.Functions, Csv(PackFiles.Functions, p.Functions.Select(f => new object?[] { f.CommandUnit, f.Function, f.OrganisedBy, f.From, f.To, f.Lead, f.Basis })));
        yield return (PackFiles.Posts, Csv(PackFiles.Posts, p.Functions.SelectMany(f => f.Posts.Select(c => new object?[] { f.CommandUnit, f.Function, f.From, c.Rank, c.Posts }))));
        yield return (PackFiles.Shifts, Csv(PackFiles.Shifts, p.Resources.Shifts.Select(s => new object?[] { s.Code, s.Start, s.Minutes, s.BriefingMinutes, s.MealMinutes, s.Basis })));
        yield return (PackFiles.Teams, Csv(PackFiles.Teams, [[string.Join(' ', p.Resources.Teams.Names), string.Join(' ', p.Resources.Teams.Cycle), p.Resources.Teams.CycleStart, p.Resources.Teams.Basis]]));
        yield return (PackFiles.Crews, Csv(PackFiles.Crews, p.Resources.Crews.Select(c => new object?[] { c.ParadeSite, c.Borough, c.Shift, c.Crews, c.Vehicles, c.Basis })));
        yield return (PackFiles.DespatchGroups, Csv(PackFiles.DespatchGroups, p.Resources.DespatchGroups.Select(g => new object?[] { g.Code, g.Name, string.Join(' ', g.Boroughs), g.Controllers, g.Channels, g.Basis })));
        yield return (PackFiles.Assumptions, Csv(PackFiles.Assumptions, p.Assumptions.Select(a => new object?[] { a.Key, a.Label, a.Value, a.Unit, a.Low, a.High, a.Status, a.Basis })));
    }

    private static string Matrix(ForcePack pack)
    {
        var text = new StringBuilder("from\\to");
        foreach (var zone in pack.Zones)
        {
            text.Append(',').Append(zone.Code);
        }

        text.Append('\n');
        for (var from = 0; from < pack.Zones.Count; from++)
        {
            text.Append(pack.Zones[from].Code);
            for (var to = 0; to < pack.Zones.Count; to++)
            {
                text.Append(',').Append(pack.Metres(from, to));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Csv(string file, IEnumerable<object?[]> rows)
    {
        var table = PackFiles.Table(file);
        var text = new StringBuilder();
        text.AppendJoin(',', table.Required.Concat(table.Optional)).Append('\n');
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0)
                {
                    text.Append(',');
                }

                text.Append(Field(row[i]));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "yes" : "no",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(value.ToString()!),
    };

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    // GZipStream writes no time stamp and no name, so the same bytes come out each time.
    private static byte[] Zip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(bytes);
        }

        return memory.ToArray();
    }
}
