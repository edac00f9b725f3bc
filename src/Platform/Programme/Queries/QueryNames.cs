using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>
/// What a query names by key and code, in words: titles as the reader of the view may see them, names of areas, labels of fields. A record that
/// is not on record is named by the words of its key.
/// </summary>
internal sealed class QueryNames(RecordView view, ForceAreas? areas, CancellationToken cancellation)
{
    public async Task<string> MeasureAsync(string key)
    {
        // Listed first, so that a view reads all measures once.
        await view.ListAsync<Measure>(cancellation);
        return (await view.FindAsync<Measure>(key, cancellation))?.Body.Title ?? Spelt(key);
    }

    public string Area(string code) => areas?.Find(code)?.Words ?? code;

    /// <summary>"Immediate calls in target, Central North (CN), December 2017".</summary>
    public async Task<string> ObservationAsync(string measure, string area, string when) => $"{await MeasureAsync(measure)}, {Area(area)}, {when}";

    /// <summary>Title of a record, or its kind with the words of its key.</summary>
    public async Task<string> RecordAsync(string reference) =>
        await view.FindAsync(reference, cancellation) is { } record ? record.Body.Title
        : reference.Split(':', 2) is [var name, var key] && view.Catalogue.Find(name) is { } kind ? $"the {kind.One} “{Spelt(key)}”" : reference;

    /// <summary>Labels of the fields on a path, with places counted from 1: "Units 1: Commander".</summary>
    public static string Path(IReadOnlyList<RecordField> fields, IReadOnlyList<PathStep> path)
    {
        var words = new List<string>();
        var inside = fields;
        foreach (var step in path)
        {
            if (step.Name is null)
            {
                words[^1] += step.Index < 0 ? ", the last" : " " + (step.Index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                var field = inside.FirstOrDefault(candidate => candidate.Name == step.Name);
                words.Add(field?.Mark.Label ?? step.Name);
                inside = field?.Fields ?? [];
            }
        }

        return string.Join(": ", words);
    }

    /// <summary>A value that a field holds: titles for keys, names for codes, words for choices.</summary>
    public async Task<string> ValueAsync(RecordField? field, QueryValue value)
    {
        if (value is SeveralValues { Items.Count: > 0 } several)
        {
            var words = new List<string>(several.Items.Count);
            foreach (var item in several.Items)
            {
                words.Add(await ValueAsync(field, item));
            }

            return string.Join("; ", words);
        }

        return (field, value) switch
        {
            ({ Mark.RefersTo: { } kind }, TextValue text) => await RecordAsync(kind == "*" ? text.Text : $"{kind}:{text.Text}"),
            ({ Mark.IsArea: true }, TextValue text) => Area(text.Text),
            ({ Choices: { } choices }, TextValue text) when Enum.TryParse(choices, text.Text, ignoreCase: true, out var choice) => FieldWords.Words((Enum)choice),
            ({ Mark.Unit: { } unit }, NumberValue { IsExact: true, Unit: null } number) => FieldWords.Number(number.Lower, unit),
            _ => value.Words,
        };
    }

    private static string Spelt(string key) => key.Replace('-', ' ');
}
