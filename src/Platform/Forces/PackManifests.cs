using System.Text.Encodings.Web;
using System.Text.Json;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Forces;

/// <summary>The manifest of a pack: reading it, holding files against it, and bringing it up to date.</summary>
public static class PackManifests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The bytes of a manifest.</summary>
    public static byte[] Write(PackManifest manifest) => [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Json), (byte)'\n'];

    /// <summary>
    /// Rewrites the file list of the manifest in a folder from the files that are there: hashes, sizes, new files, files gone.
    /// Descriptions, licences and the rest stay. A folder without a manifest gets one to fill in. Answers what was listed.
    /// </summary>
    public static Outcome<PackManifest> Refresh(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return new Problem("The folder does not exist", folder);
        }

        var path = Path.Combine(folder, PackFiles.Manifest);
        PackManifest? old = null;
        if (File.Exists(path))
        {
            var source = new PackSource(new Dictionary<string, byte[]>(StringComparer.Ordinal) { [PackFiles.Manifest] = File.ReadAllBytes(path) });
            old = Read(source);
            if (old is null)
            {
                return source.Problems();
            }
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        old ??= new PackManifest(PackFiles.Schema, name, name, name, "1", "Europe/London", [], []);
        var files = ListFiles(folder).Select(relative =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, relative));
            return new PackFile(relative, PackSource.Hash(bytes), bytes.Length, old.Files.FirstOrDefault(f => f.Path == relative)?.Description ?? Describe(relative));
        }).ToList();
        var refreshed = old with { Files = files };
        File.WriteAllBytes(path, Write(refreshed));
        return refreshed;
    }

    /// <summary>The description of a file where its manifest has none yet.</summary>
    internal static string Describe(string path)
    {
        var plain = path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;
        return PackFiles.Tables.FirstOrDefault(t => t.File == plain)?.Holds
            ?? (path.StartsWith(PackFiles.Layers, StringComparison.Ordinal) ? "Map layer" : "");
    }

    /// <summary>Reads the manifest; null, with problems, where it cannot be read.</summary>
    internal static PackManifest? Read(PackSource source)
    {
        if (source.FindText(PackFiles.Manifest) is not { } text)
        {
            if (source.Clean)
            {
                source.Fault("The manifest is missing", PackFiles.Manifest);
            }

            return null;
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<PackManifest>(text, Json);
            if (manifest is null)
            {
                source.Fault("The manifest is empty", PackFiles.Manifest);
                return null;
            }

            return Check(source, manifest) ? manifest : null;
        }
        catch (JsonException broken)
        {
            source.Fault("The manifest cannot be read: " + broken.Message.Split(" Path:")[0], PackFiles.Manifest, (int?)broken.LineNumber + 1, broken.Path);
            return null;
        }
    }

    /// <summary>Whether a path of a manifest stays inside the folder.</summary>
    internal static bool IsSafe(string path) =>
        path.Length is > 0 and < 200 && !path.StartsWith('/') && !path.Contains('\\') && !path.Contains(':')
        && path.Split('/').All(part => part.Length > 0 && part[0] != '.');

    /// <summary>Holds each file against its entry, and each table and layer against the list.</summary>
    internal static void Verify(PackSource source, PackManifest manifest)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal) { PackFiles.Manifest };
        foreach (var file in manifest.Files)
        {
            if (!listed.Add(file.Path))
            {
                source.Fault("The file is listed twice", PackFiles.Manifest, field: "files", found: file.Path);
                continue;
            }

            if (source.FindRaw(file.Path) is not { } bytes)
            {
                source.Fault("The manifest names a file that is not there", file.Path);
            }
            else if (bytes.Length != file.Bytes || PackSource.Hash(bytes) != file.Sha256)
            {
                source.Fault(
                    "The file is not the one the manifest describes", file.Path, field: "sha256", found: PackSource.Hash(bytes),
                    accepted: file.Sha256 + " (`pathfinder pack hash` takes the files as they are)");
            }
        }

        foreach (var path in source.Paths.Where(p => !listed.Contains(p)))
        {
            source.Fault("The file is not in the manifest", path, accepted: "run `pathfinder pack hash`");
        }
    }

    private static bool Check(PackSource source, PackManifest manifest)
    {
        var before = source.Problems().Count;
        if (manifest.Schema != PackFiles.Schema)
        {
            source.Fault("The format is not known", PackFiles.Manifest, field: "schema", found: manifest.Schema, accepted: PackFiles.Schema);
        }

        if (manifest.Name.Length is 0 or > 64 || !manifest.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            source.Fault("The name cannot be used", PackFiles.Manifest, field: "name", found: manifest.Name, accepted: "lower-case letters, digits and hyphens");
        }

        foreach (var (field, value) in new[] { ("title", manifest.Title), ("force", manifest.Force), ("version", manifest.Version) })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                source.Fault("A value is missing", PackFiles.Manifest, field: field);
            }
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(manifest.TimeZone, out _))
        {
            source.Fault("The time zone is not known", PackFiles.Manifest, field: "timeZone", found: manifest.TimeZone, accepted: "an IANA name, such as Europe/London");
        }

        if (manifest.Licences.Count == 0)
        {
            source.Fault("The pack states no licence", PackFiles.Manifest, field: "licences", accepted: "at least one, with its attribution and the files it covers");
        }

        foreach (var file in manifest.Licences.SelectMany(l => l.Files).Where(f => f != "*" && manifest.Files.All(m => m.Path != f)))
        {
            source.Fault("A licence covers a file that is not listed", PackFiles.Manifest, field: "licences", found: file);
        }

        foreach (var file in manifest.Files.Where(f => !IsSafe(f.Path)))
        {
            source.Fault("The path leaves the folder or cannot be used", PackFiles.Manifest, field: "files", found: file.Path, accepted: "a relative path with forward slashes");
        }

        return source.Problems().Count == before;
    }

    private static List<string> ListFiles(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => f != PackFiles.Manifest && IsSafe(f) && IsPart(f))
            .Order(StringComparer.Ordinal)];

    private static bool IsPart(string path) =>
        PackFiles.Tables.Any(t => t.File == path || t.File + ".gz" == path)
        || (path.StartsWith(PackFiles.Layers, StringComparison.Ordinal) && path.EndsWith(".geojson", StringComparison.Ordinal));
}
