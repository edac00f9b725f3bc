using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// Holds a JSON document against the shape of a type and names every fault at once, by JSON path: members that are unknown,
/// missing, twice there, or of the wrong kind. The serialiser alone would stop at the first.
/// </summary>
internal static class StrictJson
{
    private const int Most = 100;

    /// <summary>Every fault of the document; none means that it can be deserialised.</summary>
    public static List<Problem> Check(JsonElement element, Type type, JsonSerializerOptions options, string? file)
    {
        var problems = new List<Problem>();
        Walk(element, options.GetTypeInfo(type), "$", nullable: false, options, file, problems);
        return problems;
    }

    private static void Walk(
        JsonElement element, JsonTypeInfo info, string path, bool nullable, JsonSerializerOptions options, string? file, List<Problem> problems)
    {
        if (problems.Count >= Most)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Null)
        {
            if (!nullable && Nullable.GetUnderlyingType(info.Type) is null)
            {
                problems.Add(new Problem("A value is missing", file, Field: path, Found: "null", Accepted: Kind(info)));
            }

            return;
        }

        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                Members(element, info, path, options, file, problems);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                var elementInfo = options.GetTypeInfo(info.ElementType!);
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, elementInfo, $"{path}[{index++}]", nullable: false, options, file, problems);
                }

                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object:
                var valueInfo = options.GetTypeInfo(info.ElementType!);
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    if (!seen.Add(member.Name))
                    {
                        problems.Add(new Problem("A name stands twice", file, Field: $"{path}.{member.Name}"));
                    }

                    Walk(member.Value, valueInfo, $"{path}.{member.Name}", nullable: false, options, file, problems);
                }

                break;
            case JsonTypeInfoKind.None when CanRead(element, info, options):
                break;
            default:
                problems.Add(new Problem("A value is of the wrong kind", file, Field: path, Found: Short(element), Accepted: Kind(info)));
                break;
        }
    }

    private static void Members(JsonElement element, JsonTypeInfo info, string path, JsonSerializerOptions options, string? file, List<Problem> problems)
    {
        var known = info.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var where = $"{path}.{member.Name}";
            if (!known.TryGetValue(member.Name, out var property))
            {
                problems.Add(new Problem(
                    "A member is unknown", file, Field: where, Found: member.Name,
                    Accepted: string.Join(", ", known.Keys.Order(StringComparer.Ordinal))));
                continue;
            }

            if (!seen.Add(member.Name))
            {
                problems.Add(new Problem("A name stands twice", file, Field: where));
            }

            Walk(member.Value, options.GetTypeInfo(property.PropertyType), where, property.IsSetNullable, options, file, problems);
        }

        foreach (var property in info.Properties.Where(p => p.IsRequired && !seen.Contains(p.Name)))
        {
            problems.Add(new Problem(
                "A member is missing", file, Field: $"{path}.{property.Name}", Accepted: Kind(options.GetTypeInfo(property.PropertyType))));
        }
    }

    private static bool CanRead(JsonElement element, JsonTypeInfo info, JsonSerializerOptions options)
    {
        try
        {
            var value = element.Deserialize(info.Type, options);
            return value is not double number || double.IsFinite(number);
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string Kind(JsonTypeInfo info) => info.Kind switch
    {
        JsonTypeInfoKind.Object => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        JsonTypeInfoKind.Dictionary => "an object of named values",
        _ => (Nullable.GetUnderlyingType(info.Type) ?? info.Type) switch
        {
            var t when t == typeof(string) => "text",
            var t when t == typeof(int) || t == typeof(long) || t == typeof(ulong) => "a whole number",
            var t when t == typeof(double) || t == typeof(float) => "a number",
            var t when t == typeof(bool) => "true or false",
            var t when t == typeof(DateOnly) => "a date as 2017-01-30",
            var t when t == typeof(TimeOnly) => "a time of day as 06:00",
            var t => t.Name,
        },
    };

    private static string Short(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
