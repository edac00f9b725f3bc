namespace Pathfinder.Platform.Forces;

/// <summary>Where force packs are found: beside the binary, or in <c>data</c> of the repository it was built in.</summary>
public static class PackFolders
{
    private const string Manifest = "manifest.json";

    /// <summary>The folder of a pack by name or path, or null.</summary>
    public static string? Find(string nameOrFolder)
    {
        ArgumentNullException.ThrowIfNull(nameOrFolder);
        return Roots().Select(root => Path.Combine(root, nameOrFolder)).Append(nameOrFolder).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Manifest)));
    }

    /// <summary>The folder of the programme that comes with a pack, by the pack's name or folder: beside it, called "…-programme"; null where there is none.</summary>
    public static string? FindProgramme(string nameOrFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrFolder);
        var name = Path.TrimEndingDirectorySeparator(nameOrFolder) + "-programme";
        return Roots().Select(root => Path.Combine(root, name)).Append(name).FirstOrDefault(Directory.Exists);
    }

    /// <summary>A folder of data that comes with the product, by name; null where there is none.</summary>
    public static string? FindData(string name) => Roots().Select(root => Path.Combine(root, name)).FirstOrDefault(Directory.Exists);

    /// <summary>Names of the packs that come with the product.</summary>
    public static IReadOnlyList<string> Names() => Roots().Where(Directory.Exists).SelectMany(Directory.GetDirectories)
        .Where(folder => File.Exists(Path.Combine(folder, Manifest))).Select(folder => Path.GetFileName(folder)!)
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> Roots()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "data");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pathfinder.slnx")))
            {
                yield return Path.Combine(folder.FullName, "data");
            }
        }
    }
}
