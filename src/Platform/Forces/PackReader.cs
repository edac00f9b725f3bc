using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Forces;

/// <summary>Reads a force pack and finds everything that is wrong with it, by file, row and field, without stopping at the first fault.</summary>
public static class PackReader
{
    /// <summary>
    /// Reads the pack in a folder: its manifest and the files that the manifest names. Problems when the folder or a file is
    /// missing, too large, changed since its hash was taken, or wrong inside.
    /// </summary>
    public static Outcome<ForcePack> Read(string folder)
    {
        var files = ReadFiles(folder);
        return files.Succeeded ? FromContent(files.Value) : Outcome.Refused<ForcePack>(files.Problems);
    }

    /// <summary>The bytes of the manifest in a folder and of the files it names, by path; those that are missing or too large are left out, which <see cref="FromContent"/> then reports.</summary>
    public static Outcome<IReadOnlyDictionary<string, byte[]>> ReadFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new Problem("The folder does not exist", folder, Accepted: "a folder with a " + PackFiles.Manifest);
        }

        var path = Path.Combine(folder, PackFiles.Manifest);
        if (!File.Exists(path))
        {
            return new Problem("The folder has no manifest", PackFiles.Manifest, Found: folder, Accepted: "a force pack; `pathfinder pack hash` writes the file list of one");
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            if (new FileInfo(path).Length > PackFiles.MaximumBytes)
            {
                return new Problem("The manifest is larger than is read", PackFiles.Manifest);
            }

            files[PackFiles.Manifest] = File.ReadAllBytes(path);
            foreach (var file in PackManifests.Read(new PackSource(files))?.Files ?? [])
            {
                var full = Path.Combine(folder, file.Path);
                if (PackManifests.IsSafe(file.Path) && File.Exists(full) && new FileInfo(full).Length <= PackFiles.MaximumBytes)
                {
                    files[file.Path] = File.ReadAllBytes(full);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("The folder cannot be read: " + failure.Message, folder);
        }

        return files;
    }

    /// <summary>Reads a pack from the bytes of its files by path, the manifest among them, as the store keeps them.</summary>
    public static Outcome<ForcePack> FromContent(IReadOnlyDictionary<string, byte[]> files)
    {
        var source = new PackSource(files);
        var manifest = PackManifests.Read(source);
        if (manifest is null)
        {
            return source.Problems();
        }

        PackManifests.Verify(source, manifest);
        var areas = PackAreas.Read(source);
        var distances = PackDistances.Read(source, areas.Zones);
        var demand = PackDemand.Read(source, areas);
        var organisation = PackOrganisation.Read(source, areas);
        var resources = PackResourceTables.Read(source, areas);
        if (!source.Clean)
        {
            return source.Problems();
        }

        return new ForcePack
        {
            Manifest = manifest,
            Sha256 = PackSource.Hash(files[PackFiles.Manifest]),
            Boroughs = areas.Boroughs,
            Wards = areas.Wards,
            Zones = areas.Zones,
            DistanceMetres = distances,
            Borders = areas.Borders,
            ParadeSites = areas.ParadeSites,
            RecordedCrime = areas.RecordedCrime,
            Demand = demand.Surface(areas),
            DemandRates = demand.Rates,
            DemandProfiles = demand.Profiles,
            CommandUnits = organisation.Units,
            Functions = organisation.Functions,
            Resources = resources.Resources,
            Assumptions = resources.Assumptions,
            Layers = areas.Layers,
        };
    }
}
