using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pathfinder.Platform.Panels;

/// <summary>Writes the answers of this room as JSON: camelCase, numbers that round-trip, null for what cannot be had.</summary>
public static class PanelsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of an answer, ending with a line break.</summary>
    public static byte[] Write<T>(T answer) => [.. JsonSerializer.SerializeToUtf8Bytes(answer, Options), (byte)'\n'];
}
