using System.Collections;
using System.Globalization;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>
/// The facts of records in words, each with the field that says it: references by title, areas by name, ratings with their meaning, money
/// with £, dates as stated. Reads only what the view's reader may see.
/// </summary>
internal sealed class FactWords
{
    private readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RatingScale> _scales = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _areas;
    private readonly RecordCatalogue _catalogue;

    private FactWords(IReadOnlyDictionary<string, string> areas, RecordCatalogue catalogue) => (_areas, _catalogue) = (areas, catalogue);

    /// <summary>Opens the titles of every record of a view.</summary>
    public static async Task<FactWords> OpenAsync(RecordView view, IReadOnlyDictionary<string, string> areas, CancellationToken cancellation)
    {
        var words = new FactWords(areas, view.Catalogue);
        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var record in await view.ListAsync(kind, cancellation))
            {
                words._titles[record.Reference] = record.Body.Title;
                if (record.Body is RatingScale scale)
                {
                    words._scales[record.Key] = scale;
                }
            }
        }

        return words;
    }

    /// <summary>The title of a record; the key in words where it is not known on the dates.</summary>
    public string Title(string reference) => _titles.TryGetValue(reference, out var title) ? title : reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>What a field says, one text a value. The path leads through rows: "published.rating", "lines.amount". Throws <see cref="ArgumentException"/> for a field that there is not.</summary>
    public IReadOnlyList<ReportText> Of(StoredRecord record, string path)
    {
        ArgumentNullException.ThrowIfNull(record);
        var found = new List<ReportText>();
        Walk(record, FieldsOf(record), record.Body, path.Split('.'), 0, "", found);
        return found;
    }

    /// <summary>What one field of a record says.</summary>
    public IReadOnlyList<ReportText> Of(StoredRecord record, RecordField field)
    {
        var found = new List<ReportText>();
        Value(record, field, field.Of(record.Body), record.Body, field.Name, found);
        return found;
    }

    // A value of a set is given as an observation that leads to its set, so its fields are not those of its kind.
    private IReadOnlyList<RecordField> FieldsOf(StoredRecord record) =>
        (record.Body.GetType() == record.Kind.Body ? record.Kind : _catalogue.Kinds.Single(kind => kind.Body == record.Body.GetType())).Fields;

    private void Walk(StoredRecord record, IReadOnlyList<RecordField> fields, object holder, string[] steps, int at, string prefix, List<ReportText> found)
    {
        var field = fields.FirstOrDefault(one => one.Name == steps[at]) ?? throw new ArgumentException($"{record.Kind.Name} has no field {string.Join('.', steps)}.", nameof(steps));
        var value = field.Of(holder);
        if (at == steps.Length - 1)
        {
            Value(record, field, value, holder, prefix + field.Name, found);
        }
        else if (field.Shape == FieldShape.Row && value is not null)
        {
            Walk(record, field.Fields, value, steps, at + 1, $"{prefix}{field.Name}.", found);
        }
        else if (field.Shape == FieldShape.Rows && value is IEnumerable rows)
        {
            var index = 0;
            foreach (var row in rows)
            {
                Walk(record, field.Fields, row, steps, at + 1, $"{prefix}{field.Name}[{Text(index++)}].", found);
            }
        }
    }

    private void Value(StoredRecord record, RecordField field, object? value, object holder, string path, List<ReportText> found)
    {
        switch (field.Shape, value)
        {
            case (_, null or ""):
                return;
            case (FieldShape.Words, IEnumerable<string> words):
                var at = 0;
                foreach (var word in words)
                {
                    found.Add(new ReportText(One(field, word), record.Reference, $"{path}[{Text(at++)}]"));
                }

                return;
            case (FieldShape.Rows, IEnumerable rows):
                var place = 0;
                foreach (var row in rows)
                {
                    found.Add(new ReportText(Row(field.Fields, row), record.Reference, $"{path}[{Text(place++)}]"));
                }

                return;
            case (FieldShape.Row, _):
                if (Row(field.Fields, value) is { Length: > 0 } said)
                {
                    found.Add(new ReportText(said, record.Reference, path));
                }

                return;
            default:
                found.Add(new ReportText(Scalar(field, value, holder), record.Reference, path));
                return;
        }
    }

    /// <summary>A row on one line: what it begins with, then each further field after its label.</summary>
    private string Row(IReadOnlyList<RecordField> fields, object row)
    {
        var (number, parts) = ("", new List<string>());
        foreach (var field in fields)
        {
            var value = field.Of(row);
            if (field.Name == "number" && value is int place && parts.Count == 0)
            {
                number = Text(place) + ". ";
                continue;
            }

            var words = (field.Shape, value) switch
            {
                (_, null or "" or false) => "",
                (FieldShape.Words, IEnumerable<string> many) => string.Join(", ", many.Select(one => One(field, one))),
                (FieldShape.Rows, IEnumerable rows) => string.Join("; ", rows.Cast<object>().Select(one => Row(field.Fields, one))),
                (FieldShape.Row, _) => Row(field.Fields, value!),
                _ => Scalar(field, value!, row),
            };
            if (words.Length > 0)
            {
                // A number without a word says nothing; a choice that nobody made is none.
                if (parts.Count > 0 && value is Enum choice && Convert.ToInt32(choice, CultureInfo.InvariantCulture) == 0)
                {
                    continue;
                }

                // "Person: Jane Owen" says no more than the name.
                parts.Add((parts.Count == 0 && field.Shape is not (FieldShape.YesNo or FieldShape.Whole)) || field.Mark.RefersTo is "person" or "body" or "party" or "post" ? words : value is true ? Lower(field.Mark.Label) : $"{Lower(field.Mark.Label)}: {words}");
            }
        }

        return number + string.Join("; ", parts);
    }

    private string Scalar(RecordField field, object value, object holder) => value switch
    {
        string text when field.Name == "rating" => Rating(text, holder),
        string text => One(field, text),
        PartialDate date => date.Text,
        Enum choice => Choice(choice),
        _ => FieldWords.Of(field, value),
    };

    // The word of a scale alone is a letter to whoever does not know the scale.
    private string Rating(string word, object holder) =>
        holder is Programme.Schedule.PublishedRating { Scale: { } key } && _scales.GetValueOrDefault(key)?.Words.FirstOrDefault(one => one.Word == word)?.Meaning is { Length: > 0 } meaning
            ? $"{word} ({Lower(meaning.Split(',')[0])})" : word;

    private string One(RecordField field, string text) => field.Mark.RefersTo switch
    {
        null => field.Mark.IsArea || field.Name is "area" or "unit" && _areas.ContainsKey(text) ? _areas.GetValueOrDefault(text, text) : text,
        "*" => Title(text),
        var kind => Title($"{kind}:{text}"),
    };

    private static string Choice(Enum choice) => choice.ToString() is "Soc" or "Obc" or "Fbc" ? choice.ToString().ToUpperInvariant() : FieldWords.Words(choice);

    // "I and S calls" keeps its capital; "Made on" does not.
    internal static string Lower(string text) => text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
