using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>
/// What stands in the form of a record, by the name of each input, which is the JSON path of its field: <c>forecasts[0].date</c>. It is
/// filled from a record or from what was sent, so that nothing typed is lost, and read back into a record.
/// </summary>
public sealed class RecordForm
{
    private const string Present = "present";
    private readonly RecordKind _kind;
    private readonly List<RecordField> _fields;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private RecordForm(RecordKind kind) => (_kind, _fields) = (kind, [.. kind.Fields.Where(field => !field.Mark.ByStep)]);

    /// <summary>A form filled from a record.</summary>
    public static RecordForm Of(RecordKind kind, ProgrammeRecord body, FormChoices choices)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var form = new RecordForm(kind);
        form.Fill(form._fields, body, "", choices);
        return form;
    }

    /// <summary>A form as it was sent.</summary>
    public static RecordForm Sent(RecordKind kind, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var form = new RecordForm(kind);
        var names = form._fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, values) in sent)
        {
            if (names.Contains(name.Split('[', '.')[0]))
            {
                form._texts[name] = values.ToString();
            }
        }

        return form;
    }

    /// <summary>What stands in an input; null where it is not there.</summary>
    public string? this[string name] => _texts.GetValueOrDefault(name);

    /// <summary>Puts a text into an input.</summary>
    public void Set(string name, string text) => _texts[name] = text;

    /// <summary>Rows of a list, blank ones included.</summary>
    public int Rows(string list) => _texts.Keys.Select(name => Place(list, name)).DefaultIfEmpty(-1).Max() + 1;

    /// <summary>Adds a blank row to a list.</summary>
    public void Add(string list) => _texts[$"{list}[{Rows(list).ToString(CultureInfo.InvariantCulture)}]"] = "";

    /// <summary>Removes a row; those after it move up.</summary>
    public void Remove(string list, int row)
    {
        foreach (var name in _texts.Keys.Where(name => Place(list, name) >= row).OrderBy(name => Place(list, name)).ToList())
        {
            var place = Place(list, name);
            if (place > row)
            {
                var head = $"{list}[{place.ToString(CultureInfo.InvariantCulture)}]";
                _texts[$"{list}[{(place - 1).ToString(CultureInfo.InvariantCulture)}]{name[head.Length..]}"] = _texts[name];
            }

            _texts.Remove(name);
        }
    }

    /// <summary>Whether a single row is kept though nothing is typed in it, because the record had it.</summary>
    public bool IsPresent(string name) => this[name] == Present;

    /// <summary>
    /// Leaves out rows in which nothing was typed, then reads the record; what cannot be read comes back as problems. What a record holds
    /// and no form shows, such as the values of a set of observations, is taken over from <paramref name="before"/>.
    /// </summary>
    public (ProgrammeRecord? Body, IReadOnlyList<Problem> Problems) Read(FormChoices choices, ProgrammeRecord? before = null)
    {
        var problems = new List<Problem>();
        DropBlank(_fields, "");
        var json = Read(_fields, "", choices, problems);
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        if (before is not null)
        {
            var shown = _fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, value) in JsonNode.Parse(_kind.Write(before))!.AsObject().Where(member => !shown.Contains(member.Key)))
            {
                json[name] = value?.DeepClone();
            }
        }

        try
        {
            return (_kind.Read(json.ToJsonString(RecordJson.Options)), problems);
        }
        catch (JsonException refused)
        {
            return (null, [new Problem("The form cannot be read: " + refused.Message, Field: refused.Path?.TrimStart('$', '.'))]);
        }
    }

    /// <summary>A partial date as an input shows it: words whose meaning the reader supplied carry it in brackets.</summary>
    public static string Text(PartialDate date)
    {
        ArgumentNullException.ThrowIfNull(date);
        return PartialDate.TryParse(date.Text, out var same) && same == date ? date.Text
            : date.IsDay ? $"{date.Text} ({PartialDate.Of(date.First).Text})"
            : $"{date.Text} ({PartialDate.Of(date.First).Text} to {PartialDate.Of(date.Last).Text})";
    }

    /// <summary>Reads a partial date as an input shows it.</summary>
    public static bool TryReadDate(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PartialDate? date)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (PartialDate.TryParse(text, out date))
        {
            return true;
        }

        var open = text.LastIndexOf('(');
        if (open > 0 && text.TrimEnd().EndsWith(')') && PartialDate.TryParse(text[(open + 1)..].TrimEnd().TrimEnd(')'), out var meaning))
        {
            date = PartialDate.Of(text[..open], meaning.First, meaning.Last);
            return true;
        }

        return false;
    }

    /// <summary>The row of a list that an input stands in; -1 for none.</summary>
    private static int Place(string list, string name)
    {
        if (!name.StartsWith(list + "[", StringComparison.Ordinal))
        {
            return -1;
        }

        var end = name.IndexOf(']', list.Length);
        return end > 0 && int.TryParse(name.AsSpan(list.Length + 1, end - list.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < 1000 ? place : -1;
    }

    private static string Row(string list, int row) => $"{list}[{row.ToString(CultureInfo.InvariantCulture)}]";

    private void Fill(IReadOnlyList<RecordField> fields, object holder, string prefix, FormChoices choices)
    {
        foreach (var field in fields)
        {
            var name = prefix + field.Name;
            switch (field.Of(holder))
            {
                case null:
                    break;
                case RecordRow row:
                    _texts[name] = Present;
                    Fill(field.Fields, row, name + ".", choices);
                    break;
                case IEnumerable<string> words when field.Mark.RefersTo is not null:
                    foreach (var (word, place) in words.Select((word, place) => (word, place)))
                    {
                        _texts[Row(name, place)] = choices.Text(field, word);
                    }

                    break;
                case IEnumerable<string> words:
                    _texts[name] = string.Join("\n", field.Mark.IsArea ? words.Select(choices.AreaText) : words);
                    break;
                case IEnumerable rows when field.Shape == FieldShape.Rows:
                    foreach (var (row, place) in rows.Cast<object>().Select((row, place) => (row, place)))
                    {
                        _texts[Row(name, place)] = "";
                        Fill(field.Fields, row, Row(name, place) + ".", choices);
                    }

                    break;
                case var value:
                    _texts[name] = One(field, value, choices);
                    break;
            }
        }
    }

    private static string One(RecordField field, object value, FormChoices choices) => value switch
    {
        string text => field.Mark.RefersTo is not null ? choices.Text(field, text) : text,
        bool yes => yes ? "yes" : "no",
        DateOnly day => PartialDate.Of(day).Text,
        PartialDate date => Text(date),
        Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private void DropBlank(IReadOnlyList<RecordField> fields, string prefix)
    {
        foreach (var field in fields)
        {
            var name = prefix + field.Name;
            if (field.Shape == FieldShape.Rows || (field.Shape == FieldShape.Words && field.Mark.RefersTo is not null))
            {
                for (var row = Rows(name) - 1; row >= 0; row--)
                {
                    var place = Row(name, row);
                    DropBlank(field.Fields, place + ".");
                    if (field.Shape == FieldShape.Words ? string.IsNullOrWhiteSpace(this[place]) : IsBlank(field, place + "."))
                    {
                        Remove(name, row);
                    }
                }
            }
            else if (field.Shape == FieldShape.Row)
            {
                DropBlank(field.Fields, name + ".");
            }
        }
    }

    // A choice or a yes or no always has a value: it says something only where it is not what an empty row has.
    private bool IsBlank(RecordField holder, string prefix)
    {
        var type = holder.Property.PropertyType;
        var empty = Activator.CreateInstance(type.IsGenericType ? type.GetGenericArguments()[0] : type)!;
        return holder.Fields.All(field => field.Shape switch
        {
            FieldShape.Choice or FieldShape.YesNo =>
                this[prefix + field.Name] is not { Length: > 0 } text || (field.Of(empty) is { } usual && text == One(field, usual, FormChoices.None)),
            FieldShape.Row => !IsPresent(prefix + field.Name) && IsBlank(field, prefix + field.Name + "."),
            FieldShape.Rows => Rows(prefix + field.Name) == 0,
            FieldShape.Words when field.Mark.RefersTo is not null => Rows(prefix + field.Name) == 0,
            FieldShape.Whole or FieldShape.Number when field.Of(empty) is { } usual =>
                string.IsNullOrWhiteSpace(this[prefix + field.Name]) || this[prefix + field.Name] == One(field, usual, FormChoices.None),
            _ => string.IsNullOrWhiteSpace(this[prefix + field.Name]),
        });
    }

    private JsonObject Read(IReadOnlyList<RecordField> fields, string prefix, FormChoices choices, List<Problem> problems)
    {
        var json = new JsonObject();
        foreach (var field in fields)
        {
            var name = prefix + field.Name;
            var node = field.Shape switch
            {
                FieldShape.Row => IsPresent(name) || !IsBlank(field, name + ".") ? Read(field.Fields, name + ".", choices, problems) : null,
                FieldShape.Rows => Array(Enumerable.Range(0, Rows(name)).Select(row => (JsonNode)Read(field.Fields, Row(name, row) + ".", choices, problems))),
                FieldShape.Words when field.Mark.RefersTo is not null =>
                    Array(Enumerable.Range(0, Rows(name)).Select(row => (JsonNode)choices.Key(field, this[Row(name, row)] ?? "")!)),
                FieldShape.Words => Array((this[name] ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(word => (JsonNode)(field.Mark.IsArea ? choices.AreaCode(word) : word)!)),
                _ when (this[name] ?? "").Trim() is { Length: > 0 } text => Scalar(field, name, text, choices, problems),
                _ => null,
            };
            if (node is not null)
            {
                json[field.Name] = node;
            }
        }

        return json;
    }

    private static JsonArray Array(IEnumerable<JsonNode> items) => new([.. items]);

    private static JsonNode? Scalar(RecordField field, string name, string text, FormChoices choices, List<Problem> problems)
    {
        JsonNode? Refuse(string accepted)
        {
            problems.Add(new Problem($"{field.Mark.Label} cannot be read", Field: name, Found: text, Accepted: accepted));
            return null;
        }

        var digits = text.Replace(",", "", StringComparison.Ordinal).Replace("£", "", StringComparison.Ordinal).Replace('−', '-').TrimEnd('%').Trim();
        switch (field.Shape)
        {
            case FieldShape.Whole:
                return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : Refuse("a whole number");
            case FieldShape.Number:
                return decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : Refuse("a number, for example 1,250.50");
            case FieldShape.YesNo:
                return text == "yes";
            case FieldShape.Day:
                return PartialDate.TryParse(text, out var day) && day.IsDay ? day.First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Refuse("a day, for example 26 April 2017");
            case FieldShape.PartialDate:
                return TryReadDate(text, out var date)
                    ? JsonSerializer.SerializeToNode(date, RecordJson.Options)
                    : Refuse($"{PartialDate.Accepted}; or other words with their meaning in brackets: after Easter (17 April 2017 to 31 May 2017)");
            default:
                return field.Mark.RefersTo is not null ? choices.Key(field, text) : text.ReplaceLineEndings("\n");
        }
    }
}
