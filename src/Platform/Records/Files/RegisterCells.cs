using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pathfinder.Platform.Records.Files;

/// <summary>The value of one field as the text of a cell, and back.</summary>
internal static class RegisterCells
{
    private static readonly string[] Days = ["yyyy-MM-dd", "d/M/yyyy", "d MMMM yyyy", "d MMM yyyy"];

    public static string Write(RecordField field, JsonElement value) => field.Shape switch
    {
        FieldShape.YesNo => value.GetBoolean() ? "yes" : "no",
        FieldShape.Whole => value.GetRawText(),
        // As spreadsheets write it: 0.10 and 0.1 are the same number.
        FieldShape.Number => value.TryGetDecimal(out var number) ? number.ToString("0.#############################", CultureInfo.InvariantCulture) : value.GetRawText(),
        FieldShape.Words => string.Join(" | ", value.EnumerateArray().Select(word => Escape(word.GetString() ?? ""))),
        FieldShape.PartialDate when value.ValueKind == JsonValueKind.Object =>
            $"{value.GetProperty("text").GetString()} [{value.GetProperty("first").GetString()} to {value.GetProperty("last").GetString()}]",
        _ => value.GetString() ?? "",
    };

    /// <summary>The value, or what would be accepted where the text is none.</summary>
    public static (JsonNode? Value, string? Accepted) Read(RecordField field, string text) => field.Shape switch
    {
        FieldShape.Text => (JsonValue.Create(text), null),
        FieldShape.Words => (new JsonArray(Words(text).Select(word => (JsonNode?)JsonValue.Create(word)).ToArray()), null),
        FieldShape.YesNo => text.ToUpperInvariant() switch
        {
            "YES" or "TRUE" or "1" => (JsonValue.Create(true), null),
            "NO" or "FALSE" or "0" => (JsonValue.Create(false), null),
            _ => (null, "yes or no"),
        },
        FieldShape.Whole => Whole(field, text),
        FieldShape.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? (JsonValue.Create(number), null) : (null, "a number, for example 727946 or 0.5"),
        FieldShape.Choice => Choice(field, text),
        FieldShape.Day => Day(text) is { } day ? (JsonValue.Create(Iso(day)), null) : (null, "a day, for example 2017-05-12"),
        FieldShape.PartialDate => PartialDay(text),
        _ => throw new InvalidOperationException($"{field.Name} is no single cell."),
    };

    /// <summary>A day, as files and spreadsheets write it; null for anything else.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (JsonNode?, string?) Whole(RecordField field, string text)
    {
        var type = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
            && number >= (type == typeof(int) ? int.MinValue : long.MinValue) && number <= (type == typeof(int) ? int.MaxValue : long.MaxValue)
            ? (JsonValue.Create((long)number), null) : (null, "a whole number");
    }

    private static (JsonNode?, string?) Choice(RecordField field, string text)
    {
        var names = Enum.GetNames(field.Choices!).Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
        var bare = text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return names.Find(name => string.Equals(name, bare, StringComparison.OrdinalIgnoreCase)) is { } found
            ? (JsonValue.Create(found), null) : (null, string.Join(", ", names));
    }

    private static (JsonNode?, string?) PartialDay(string text)
    {
        var open = text.LastIndexOf('[');
        if (open > 0 && text.EndsWith(']') && text[(open + 1)..^1].Split(" to ", StringSplitOptions.TrimEntries) is [var from, var to])
        {
            return Day(from) is { } first && Day(to) is { } last && last >= first
                ? (new JsonObject { ["text"] = text[..open].Trim(), ["first"] = Iso(first), ["last"] = Iso(last) }, null)
                : (null, "words, then the first and last day they can mean: 21 May [2017-05-21 to 2017-05-21]");
        }

        return PartialDate.TryParse(text, out var date) ? (JsonValue.Create(date.Text), null) : (null, PartialDate.Accepted);
    }

    private static string Escape(string word) => word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal);

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '|')
            {
                if (word.ToString().Trim() is { Length: > 0 } whole)
                {
                    words.Add(whole);
                }

                word.Clear();
            }
            else
            {
                i += text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '|' or '\\' ? 1 : 0;
                word.Append(text[i]);
            }
        }

        return words;
    }
}
