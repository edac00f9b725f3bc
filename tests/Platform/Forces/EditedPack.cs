using System.Text;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.Harbour;

namespace Pathfinder.Platform.Tests.Forces;

/// <summary>The files of Harbour with one thing changed, the manifest brought up to date as somebody filling a pack in would.</summary>
internal sealed class EditedPack
{
    private readonly Dictionary<string, byte[]> _files = new(PackWriter.Write(HarbourPack.Build()), StringComparer.Ordinal);

    public EditedPack Replace(string file, string old, string with)
    {
        var text = Encoding.UTF8.GetString(_files[file]);
        text.ShouldContain(old);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return Set(file, Encoding.UTF8.GetBytes(text[..at] + with + text[(at + old.Length)..]));
    }

    public EditedPack Set(string file, byte[] bytes)
    {
        _files[file] = bytes;
        return this;
    }

    public EditedPack Remove(string file)
    {
        _files.Remove(file);
        return this;
    }

    /// <summary>Bytes as they are, whatever the manifest says of them.</summary>
    public IReadOnlyDictionary<string, byte[]> Raw => _files;

    /// <summary>The same with a manifest that describes them.</summary>
    public IReadOnlyDictionary<string, byte[]> Hashed()
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-pack-");
        try
        {
            PackWriter.Save(_files, folder.FullName);
            PackManifests.Refresh(folder.FullName).Succeeded.ShouldBeTrue();
            return PackReader.ReadFiles(folder.FullName).Value;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
