using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pathfinder.Platform.History;

/// <summary>How the body of a governed fact is written: camelCase, names of enumerations, numbers that round-trip, no white space.</summary>
public static class HistoryJson
{
    /// <summary>The options of every body.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The body's text.</summary>
    public static string Write<T>(T body) => JsonSerializer.Serialize(body, Options);

    /// <summary>The body from its text. Throws <see cref="JsonException"/> when the text is of another shape.</summary>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Options)
        ?? throw new JsonException("A version's body is the JSON word null.");
}
