using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Forces;

/// <summary>The files of a pack being read, and every problem found in them so far.</summary>
internal sealed class PackSource(IReadOnlyDictionary<string, byte[]> files)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Problem> _problems = [];
    private int _unnamed;

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool Clean => _problems.Count == 0;

    /// <summary>Paths of the files, in ordinal order.</summary>
    public IEnumerable<string> Paths => files.Keys.Order(StringComparer.Ordinal);

    /// <summary>Every problem, in the order of file and row; a last one counts those beyond the bound.</summary>
    public List<Problem> Problems()
    {
        var sorted = _problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Row ?? 0).ToList();
        if (_unnamed > 0)
        {
            sorted.Add(new Problem(string.Create(CultureInfo.InvariantCulture, $"And {_unnamed} more problems, not named here")));
        }

        return sorted;
    }

    /// <summary>Adds a problem, up to the bound on how many are named.</summary>
    public void Fault(string message, string? file = null, int? row = null, string? field = null, string? found = null, string? accepted = null)
    {
        if (_problems.Count >= PackFiles.MaximumProblems)
        {
            _unnamed++;
            return;
        }

        _problems.Add(new Problem(message, file, row, field, found is { Length: > 80 } ? found[..80] + "…" : found, accepted));
    }

    /// <summary>The path under which a table is present: plain or gzipped; null when it is missing.</summary>
    public string? FindPath(string file) => files.ContainsKey(file) ? file : files.ContainsKey(file + ".gz") ? file + ".gz" : null;

    /// <summary>The bytes of a file as they stand, or null.</summary>
    public byte[]? FindRaw(string path) => files.GetValueOrDefault(path);

    /// <summary>The bytes of a file, unzipped where its name ends in .gz; null, with a problem, when they cannot be had.</summary>
    public byte[]? FindBytes(string path)
    {
        var raw = files.GetValueOrDefault(path);
        if (raw is null || !path.EndsWith(".gz", StringComparison.Ordinal))
        {
            return raw;
        }

        try
        {
            using var zip = new GZipStream(new MemoryStream(raw), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            var buffer = new byte[81920];
            int read;
            while ((read = zip.Read(buffer)) > 0)
            {
                if (plain.Length + read > PackFiles.MaximumBytes)
                {
                    Fault("The file holds more than is read", path, accepted: Bytes(PackFiles.MaximumBytes));
                    return null;
                }

                plain.Write(buffer, 0, read);
            }

            return plain.ToArray();
        }
        catch (InvalidDataException)
        {
            Fault("The file is not gzip", path);
            return null;
        }
    }

    /// <summary>The text of a file, without a byte-order mark; null, with a problem, when it is not UTF-8.</summary>
    public string? FindText(string path)
    {
        var bytes = FindBytes(path);
        if (bytes is null)
        {
            return null;
        }

        try
        {
            var text = Strict.GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            Fault("The file is not UTF-8", path);
            return null;
        }
    }

    /// <summary>Lower-case hex SHA-256.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Bytes(int count) => string.Create(CultureInfo.InvariantCulture, $"at most {count} bytes");
}
