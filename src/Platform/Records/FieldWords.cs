using System.Collections;
using System.Globalization;
using System.Text;

namespace Pathfinder.Platform.Records;

/// <summary>The value of a field in words, the same wherever it is read out: in what changed, in a finding, in a list.</summary>
public static class FieldWords
{
    /// <summary>What stands where nothing is recorded.</summary>
    public const string Nothing = "nothing";

    /// <summary>A value of a field in words; <see cref="Nothing"/> where it is not given.</summary>
    /// <param name="named">What a key or code that a field holds is called; null to leave keys and codes as they stand.</param>
    public static string Of(RecordField field, object? value, Func<RecordField, string, string>? named = null)
    {
        ArgumentNullException.ThrowIfNull(field);
        return value switch
        {
            null or "" => Nothing,
            string text => Text(field, text, named),
            bool yes => yes ? "yes" : "no",
            Enum choice => Words(choice),
            DateOnly day => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
            PartialDate date => date.Text,
            decimal number => Number(number, field.Mark.Unit),
            double number => Number((decimal)number, field.Mark.Unit),
            int number => Number(number, field.Mark.Unit),
            long number => Number(number, field.Mark.Unit),
            RecordRow row => Row(field.Fields, row, named),
            IEnumerable list => List(field, list, named),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? Nothing,
        };
    }

    /// <summary>A choice in words: "off track" for <c>OffTrack</c>.</summary>
    public static string Words(Enum choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var words = new StringBuilder();
        foreach (var letter in choice.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>A number with its unit: "£730,000", "1,700 posts", "34%".</summary>
    public static string Number(decimal value, string? unit)
    {
        var digits = Math.Abs(value).ToString("#,0.####", CultureInfo.InvariantCulture);
        var sign = value < 0 ? "−" : "";
        // What is small is not nought.
        if (value != 0 && digits == "0")
        {
            (sign, digits) = (value < 0 ? ">−" : "<", "0.0001");
        }

        return unit switch
        {
            null or "" => sign + digits,
            "£" => $"{sign}£{digits}",
            "%" => sign + digits + "%",
            _ => $"{sign}{digits} {unit}",
        };
    }

    /// <summary>A row in words: its fields that are given, each after its label but the first.</summary>
    public static string Row(IReadOnlyList<RecordField> fields, RecordRow row, Func<RecordField, string, string>? named = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var parts = new List<string>();
        foreach (var field in fields)
        {
            var value = field.Of(row);
            if (value is null or "" or false || (value is IEnumerable list and not string && !list.GetEnumerator().MoveNext()))
            {
                continue;
            }

            parts.Add(parts.Count == 0 ? Of(field, value, named) : value is true ? LowerFirst(field.Mark.Label) : $"{LowerFirst(field.Mark.Label)}: {Of(field, value, named)}");
        }

        return parts.Count == 0 ? Nothing : string.Join(", ", parts);
    }

    private static string List(RecordField field, IEnumerable list, Func<RecordField, string, string>? named)
    {
        var words = list.Cast<object>().Select(item => item is RecordRow row ? Row(field.Fields, row, named) : Text(field, Convert.ToString(item, CultureInfo.InvariantCulture)!, named)).ToList();
        return words.Count == 0 ? Nothing : string.Join(field.Shape == FieldShape.Rows ? "; " : ", ", words);
    }

    private static string Text(RecordField field, string text, Func<RecordField, string, string>? named) =>
        named is not null && (field.Mark.RefersTo is not null || field.Mark.IsArea) ? named(field, text) : text;

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
