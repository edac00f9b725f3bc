using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pathfinder.Platform.Records;

/// <summary>
/// A date as stated, which may be less than a day: "21 May 2017", "April 2017", "spring 2017", "2017/18", "end of 2017".
/// It keeps its words and the first and last day it can mean; nothing computed from it is more exact than that.
/// </summary>
[JsonConverter(typeof(PartialDateJson))]
public sealed record PartialDate
{
    // The same few thousand dates stand in all records of a programme; reading the words of each again is most of what a long list costs.
    private const int MostKept = 20_000;
    private const int LongestKept = 60;
    private static readonly ConcurrentDictionary<string, PartialDate> Known = new(StringComparer.Ordinal);

    private PartialDate(string text, DateOnly first, DateOnly last)
    {
        Text = text;
        First = first;
        Last = last;
    }

    /// <summary>The words, as stated.</summary>
    public string Text { get; }

    /// <summary>The first day it can mean.</summary>
    public DateOnly First { get; }

    /// <summary>The last day it can mean.</summary>
    public DateOnly Last { get; }

    /// <summary>Whether it means one day.</summary>
    public bool IsDay => First == Last;

    /// <summary>A day.</summary>
    public static PartialDate Of(DateOnly day) => new(day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), day, day);

    /// <summary>Words whose meaning the reader of the document supplied: "21 May" of a report of 2017. Throws <see cref="ArgumentException"/> when the last day is before the first.</summary>
    public static PartialDate Of(string text, DateOnly first, DateOnly last)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return last >= first ? new(text.Trim(), first, last) : throw new ArgumentException("The last day is before the first.", nameof(last));
    }

    /// <summary>What <see cref="TryParse"/> accepts, for an error message.</summary>
    public const string Accepted = "26 April 2017, 2017-04-26, April 2017, 2017-04, spring 2017, Q2 2017, early 2017, mid 2017, late 2017, end of 2017, 2017/18, 2017, or two of these with \"to\" between";

    /// <summary>
    /// Reads a date as people write it; false when it is none of <see cref="Accepted"/>. Days in numbers, 4/5/2017, are read day first and kept
    /// in words, 4 May 2017, so that whoever meant another day sees it.
    /// </summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PartialDate? date)
    {
        var words = text?.Trim() ?? "";
        if (words.Length > LongestKept || !Known.TryGetValue(words, out date))
        {
            date = PartialDateWords.Read(words) is var (first, last) ? new(PartialDateWords.Spelt(words), first, last) : null;
            if (date is not null && words.Length <= LongestKept && Known.Count < MostKept)
            {
                Known[words] = date;
            }
        }

        return date is not null;
    }

    /// <summary>The words.</summary>
    public override string ToString() => Text;
}

/// <summary>Written as its words where they say all, else as an object of text, first and last.</summary>
internal sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = reader.GetString();
            return PartialDate.TryParse(text, out var date) ? date : throw new JsonException($"\"{text}\" is not a date; accepted: {PartialDate.Accepted}");
        }

        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.GetPropertyCount() == 3
            && root.TryGetProperty("text", out var words) && words.GetString() is { Length: > 0 } stated
            && root.TryGetProperty("first", out var from) && from.TryGetDateTime(out var first)
            && root.TryGetProperty("last", out var to) && to.TryGetDateTime(out var last) && last >= first)
        {
            return PartialDate.Of(stated, DateOnly.FromDateTime(first), DateOnly.FromDateTime(last));
        }

        throw new JsonException($"A partial date is text ({PartialDate.Accepted}) or an object of text, first and last (days)");
    }

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options)
    {
        if (PartialDate.TryParse(value.Text, out var same) && same == value)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("text", value.Text);
        writer.WriteString("first", value.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("last", value.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }
}
