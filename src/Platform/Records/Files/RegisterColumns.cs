using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>A record as named cells, and back. Rows in lists are counted from 1 in headings, as people count.</summary>
internal static partial class RegisterColumns
{
    /// <summary>More than any record of the field has; a heading beyond it is a mistake.</summary>
    public const int MaximumRows = 500;

    /// <summary>The cells of a record by heading, empty ones left out.</summary>
    public static Dictionary<string, string> Flatten(RecordKind kind, ProgrammeRecord body)
    {
        using var json = JsonDocument.Parse(kind.Write(body));
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        Flatten(kind.Fields, json.RootElement, "", cells);
        return cells;
    }

    /// <summary>The headings that hold the records, in the order of the fields; each list has at least one row to fill in.</summary>
    public static List<string> Headings(RecordKind kind, IEnumerable<IReadOnlyDictionary<string, string>> records)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in records.SelectMany(cells => cells.Keys))
        {
            foreach (Match match in Numbered().Matches(heading))
            {
                var list = heading[..match.Index];
                var number = int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
                counts[list] = Math.Max(number, counts.GetValueOrDefault(list));
            }
        }

        var headings = new List<string>();
        Headings(kind.Fields, "", counts, headings);
        return headings;
    }

    /// <summary>The field of a heading; null where the kind has none.</summary>
    public static RecordField? Find(RecordKind kind, string heading)
    {
        var fields = kind.Fields;
        RecordField? field = null;
        var parts = heading.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            var match = Step().Match(parts[i]);
            field = match.Success ? fields.FirstOrDefault(f => f.Name == match.Groups["name"].Value) : null;
            if (field is null || match.Groups["n"].Success != (field.Shape == FieldShape.Rows)
                || (match.Groups["n"].Success && int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) is 0 or > MaximumRows))
            {
                return null;
            }

            fields = field.Fields;
        }

        return field is { Shape: not (FieldShape.Row or FieldShape.Rows) } ? field : null;
    }

    /// <summary>The JSON of a record from its cells; an empty cell leaves the field as a new record has it. Problems name the heading.</summary>
    public static JsonObject Unflatten(RecordKind kind, IReadOnlyDictionary<string, string> cells, List<Problem> problems) =>
        Unflatten(kind.Fields, "", cells, problems) ?? [];

    private static void Flatten(IReadOnlyList<RecordField> fields, JsonElement holder, string prefix, Dictionary<string, string> cells)
    {
        foreach (var field in fields)
        {
            if (!holder.TryGetProperty(field.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var heading = prefix + field.Name;
            if (field.Shape == FieldShape.Row)
            {
                Flatten(field.Fields, value, heading + ".", cells);
            }
            else if (field.Shape == FieldShape.Rows)
            {
                var n = 0;
                foreach (var row in value.EnumerateArray())
                {
                    n++;
                    Flatten(field.Fields, row, string.Create(CultureInfo.InvariantCulture, $"{heading}[{n}]."), cells);
                }
            }
            else if (RegisterCells.Write(field, value) is { Length: > 0 } text)
            {
                cells[heading] = text;
            }
        }
    }

    private static void Headings(IReadOnlyList<RecordField> fields, string prefix, Dictionary<string, int> counts, List<string> headings)
    {
        foreach (var field in fields)
        {
            var heading = prefix + field.Name;
            if (field.Shape == FieldShape.Row)
            {
                Headings(field.Fields, heading + ".", counts, headings);
            }
            else if (field.Shape == FieldShape.Rows)
            {
                for (var n = 1; n <= Math.Max(1, counts.GetValueOrDefault(heading)); n++)
                {
                    Headings(field.Fields, string.Create(CultureInfo.InvariantCulture, $"{heading}[{n}]."), counts, headings);
                }
            }
            else
            {
                headings.Add(heading);
            }
        }
    }

    // Null where no cell of it is filled in.
    private static JsonObject? Unflatten(IReadOnlyList<RecordField> fields, string prefix, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
    {
        JsonObject? holder = null;
        foreach (var field in fields)
        {
            var heading = prefix + field.Name;
            var value = field.Shape switch
            {
                FieldShape.Row => Unflatten(field.Fields, heading + ".", cells, problems),
                FieldShape.Rows => Rows(field, heading, cells, problems),
                _ => Single(field, heading, cells, problems),
            };
            if (value is not null)
            {
                holder ??= [];
                holder[field.Name] = value;
            }
        }

        return holder;
    }

    private static JsonArray? Rows(RecordField field, string heading, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
    {
        var numbers = cells.Keys.Where(key => key.StartsWith(heading + "[", StringComparison.Ordinal))
            .Select(key => key[(heading.Length + 1)..key.IndexOf(']', heading.Length)])
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture)).Distinct().Order();
        JsonArray? rows = null;
        foreach (var n in numbers)
        {
            if (Unflatten(field.Fields, string.Create(CultureInfo.InvariantCulture, $"{heading}[{n}]."), cells, problems) is { } row)
            {
                rows ??= [];
                rows.Add((JsonNode)row);
            }
        }

        return rows;
    }

    private static JsonNode? Single(RecordField field, string heading, IReadOnlyDictionary<string, string> cells, List<Problem> problems)
    {
        if (!cells.TryGetValue(heading, out var text))
        {
            return null;
        }

        var (value, accepted) = RegisterCells.Read(field, text);
        if (accepted is not null)
        {
            problems.Add(new Problem($"{field.Mark.Label} cannot be read", Field: heading, Found: text, Accepted: accepted));
        }

        return value;
    }

    [GeneratedRegex(@"\[(?<n>\d{1,4})\]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]+)(?:\[(?<n>\d{1,4})\])?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();
}
