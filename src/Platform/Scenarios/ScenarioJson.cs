using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Reads and writes scenarios, results and comparisons as JSON: camelCase, numbers that round-trip, no culture.</summary>
public static class ScenarioJson
{
    /// <summary>How every document of this room is read and written.</summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: true);

    private static readonly JsonSerializerOptions Compact = Make(indented: false);

    /// <summary>Reads a scenario file. Refused with every fault of shape at once, each by JSON path; its sense is the compiler's to check.</summary>
    public static Outcome<ScenarioFile> ReadScenario(ReadOnlyMemory<byte> utf8, string? file = null) => Read<ScenarioFile>(utf8, file);

    /// <summary>Reads a result. Refused where it is not one.</summary>
    public static Outcome<RunResult> ReadResult(ReadOnlyMemory<byte> utf8, string? file = null)
    {
        if (FindSchema(utf8) is { } schema && schema == ScenarioFile.CurrentSchema)
        {
            return new Problem("This is a scenario, not a result", file, Field: "$.schema", Found: schema, Accepted: RunResult.CurrentSchema);
        }

        var result = Read<RunResult>(utf8, file);
        return result.Succeeded && result.Value.Schema != RunResult.CurrentSchema
            ? new Problem("The file is not a result of this version", file, Field: "$.schema", Found: result.Value.Schema, Accepted: RunResult.CurrentSchema)
            : result;
    }

    // Null where the text is no JSON object with a schema; reading it in full then says what is wrong.
    private static string? FindSchema(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.String ? schema.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a document as UTF-8 with a last line end; the same value gives the same bytes.</summary>
    public static byte[] Write<T>(T document)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(document, Options);
        return [.. json, (byte)'\n'];
    }

    /// <summary>The JSON Schema (2020-12) of a scenario file, with what each member means and its bounds.</summary>
    public static string Schema()
    {
        var node = (JsonObject)Options.GetJsonSchemaAsNode(typeof(ScenarioFile), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = ScenarioSchema.Describe,
        });
        node.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        node.Insert(1, "title", "Pathfinder scenario");
        return node.ToJsonString(Options) + "\n";
    }

    /// <summary>SHA-256 of a document in canonical form: compact, members in ordinal order; lower-case hex.</summary>
    public static string Sha256<T>(T document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Canonical(JsonSerializer.SerializeToElement(document, Compact), writer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static Outcome<T> Read<T>(ReadOnlyMemory<byte> utf8, string? file)
    {
        if (utf8.Span.StartsWith([(byte)0xEF, (byte)0xBB, (byte)0xBF]))
        {
            utf8 = utf8[3..];
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var problems = StrictJson.Check(document.RootElement, typeof(T), Options, file);
            return problems.Count > 0 ? problems : document.RootElement.Deserialize<T>(Options)!;
        }
        catch (JsonException e)
        {
            return new Problem(
                "The file is not JSON", file, (int?)(e.LineNumber + 1), Found: e.Message.Split(" LineNumber", StringSplitOptions.None)[0], Accepted: "a JSON document");
        }
    }

    private static void Canonical(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Canonical(member.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Canonical(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };
}

/// <summary>Words that a scenario file may use, in the order in which problems list them.</summary>
internal static class ScenarioWords
{
    public static readonly string[] DurationKinds = ["deterministic", "exponential", "lognormal", "hyperexponential"];
    public static readonly string[] Modes = ["borough", "command-unit", "borough-then-command-unit", "force-wide"];
    public static readonly string[] WhenFree = ["stay", "base", "home", "patrol"];
    public static readonly string[] StartOfShift = ["available", "travel-first"];
    public static readonly string[] Queues = ["age", "first-unit-first"];
    public static readonly string[] WhenNoneFree = ["wait", "lost"];
}
