using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>How records are written in files and answers: as in the store, but an unknown or repeated member is refused on reading.</summary>
public static class RecordJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = new(HistoryJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false };

    /// <summary>Reads the body of a record of a kind. Refused with everything that has another shape, each by its JSON path.</summary>
    public static Outcome<ProgrammeRecord> Read(RecordKind kind, JsonElement body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        try
        {
            return (ProgrammeRecord?)body.Deserialize(kind.Body, Options) is { } record ? record : new Problem("A record may not be nothing", Found: "null", Accepted: "an object");
        }
        catch (JsonException fault)
        {
            // The serialiser stops at the first fault; whoever corrects a file wants to see all of them.
            var problems = new List<Problem>();
            Members(body, kind.Fields, "", problems);
            return problems.Count > 0 ? problems : new Problem("The record cannot be read", Field: PathOf(fault));
        }
    }

    /// <summary>The JSON path of a fault without its root: "forecasts[1].date"; null where it is the root itself.</summary>
    public static string? PathOf(JsonException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.Path is { Length: > 2 } path ? path[2..] : null;
    }

    private static void Members(JsonElement holder, IReadOnlyList<RecordField> fields, string prefix, List<Problem> problems)
    {
        if (holder.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new Problem("This must be an object", Field: prefix.TrimEnd('.') is { Length: > 0 } path ? path : null, Found: Short(holder), Accepted: "{ … } of " + Names(fields)));
            return;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in holder.EnumerateObject())
        {
            if (fields.FirstOrDefault(field => string.Equals(field.Name, member.Name, StringComparison.OrdinalIgnoreCase)) is not { } field)
            {
                problems.Add(new Problem("There is no such field", Field: prefix + member.Name, Found: member.Name, Accepted: Names(fields)));
            }
            else if (!seen.Add(member.Name))
            {
                problems.Add(new Problem("The field stands twice", Field: prefix + field.Name, Found: member.Name, Accepted: "each field once"));
            }
            else
            {
                Value(member.Value, field, prefix + field.Name, problems);
            }
        }
    }

    private static void Value(JsonElement value, RecordField field, string path, List<Problem> problems)
    {
        if (field.Shape == FieldShape.Row && value.ValueKind == JsonValueKind.Object)
        {
            Members(value, field.Fields, path + ".", problems);
        }
        else if (field.Shape == FieldShape.Rows && value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Members(item, field.Fields, $"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}].", problems);
            }
        }
        else
        {
            try
            {
                value.Deserialize(field.Property.PropertyType, Options);
            }
            catch (JsonException fault)
            {
                problems.Add(new Problem($"{field.Mark.Label} cannot be read", Field: path + (fault.Path is { Length: > 1 } inner ? inner[1..] : ""), Found: Short(value), Accepted: RecordChecks.Wanted(field)));
            }
        }
    }

    private static string Names(IReadOnlyList<RecordField> fields) => string.Join(", ", fields.Select(field => field.Name));

    private static string Short(JsonElement value)
    {
        const int Longest = 80;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length > Longest ? text[..Longest] + "…" : text;
    }
}
