using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Designs;

/// <summary>Reads the changed assumptions of a design: an assumption that is given two values is refused, where a dictionary would keep the last.</summary>
internal sealed class ChangedValues : JsonConverter<IReadOnlyDictionary<string, double>>
{
    /// <inheritdoc />
    public override IReadOnlyDictionary<string, double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw new JsonException();
            }

            var value = reader.GetDouble();
            if (values.TryGetValue(key, out var other) && !other.Equals(value))
            {
                throw new StatedTwiceException(key, other, value);
            }

            values[key] = value;
        }

        return values;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, double> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, each) in value)
        {
            writer.WriteNumber(key, each);
        }

        writer.WriteEndObject();
    }
}
