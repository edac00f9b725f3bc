using System.Text.Json;
using System.Text.Json.Serialization;
using Pathfinder.Platform.History;

namespace Pathfinder.Platform.Records;

/// <summary>How records are written in files and answers: as in the store, but an unknown member is refused on reading.</summary>
public static class RecordJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(HistoryJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
}
