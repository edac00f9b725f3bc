using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pathfinder.Platform.Evidence;

/// <summary>
/// The usable rows of a log between reading and writing, in a temporary file of their fixed size that goes when it is
/// closed, and with the process when that is killed: a log is read once, however large, and what is written is what was checked.
/// </summary>
internal sealed class StagedLog : IDisposable
{
    private readonly FileStream _file = Open();

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Rows staged.</summary>
    public long Count { get; private set; }

    /// <summary>Appends a row.</summary>
    public void Add(LogRow row)
    {
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref row, 1));
        _file.Write(bytes);
        Hash(_hash, row);
        Count++;
    }

    /// <summary>SHA-256 over the rows; call once, after the last.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Adds what decides a row to a hash, little-endian.</summary>
    public static void Hash(IncrementalHash hash, LogRow row)
    {
        Span<byte> bytes = stackalloc byte[56];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, row.Created);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], row.Despatched);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], row.Arrived);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], row.Cleared);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], row.Grade);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], row.Zone);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], row.Units);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[44..], row.Station);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[48..], row.HasPoint ? row.LongitudeE6 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[52..], row.HasPoint ? row.LatitudeE6 : 0);
        hash.AppendData(bytes);
    }

    /// <summary>The rows from the first on.</summary>
    public IEnumerable<LogRow> Rows()
    {
        _file.Position = 0;
        var buffer = new byte[Unsafe.SizeOf<LogRow>()];
        for (long i = 0; i < Count; i++)
        {
            _file.ReadExactly(buffer);
            yield return MemoryMarshal.Read<LogRow>(buffer);
        }
    }

    private static FileStream Open()
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), "pathfinder-log-" + Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16,
            FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes the file of a killed process by itself; elsewhere one without a name is gone with it.
            File.Delete(file.Name);
        }

        return file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }
}
