using System.Text.Json;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>The fields of kinds, as queries name them.</summary>
internal static class QueryFields
{
    /// <summary>A record's own key.</summary>
    public const string Key = "key";

    /// <summary>Whether the first name of a path is a field.</summary>
    public static bool Has(IReadOnlyList<RecordField> fields, string name) => fields.Any(field => field.Name == name);

    /// <summary>The field that a path leads to and whether it gives several values; null where a name on it does not exist, which comes back with what does.</summary>
    public static (RecordField? Field, bool Several, string? Missing, IReadOnlyList<RecordField> Instead) Follow(IReadOnlyList<RecordField> fields, IReadOnlyList<PathStep> path)
    {
        RecordField? field = null;
        var several = false;
        foreach (var step in path)
        {
            if (step.Name is null)
            {
                several = false;
                continue;
            }

            var inside = field is null ? fields : field.Fields;
            field = inside.FirstOrDefault(candidate => candidate.Name == step.Name);
            if (field is null)
            {
                return (null, false, step.Name, inside);
            }

            several |= field.Shape is FieldShape.Rows or FieldShape.Words;
        }

        return (field, several, null, []);
    }

    /// <summary>The value at a path of a record or row. What is not given is no value, for the reason named.</summary>
    public static QueryValue Read(object holder, IReadOnlyList<RecordField> fields, IReadOnlyList<PathStep> path, Func<string> notRecorded)
    {
        QueryValue now = new RowValue(holder, fields);
        foreach (var step in path)
        {
            now = step.Name is { } name ? Member(now, name, notRecorded) : Item(now, step.Index, notRecorded);
            if (now is NoValue)
            {
                return now;
            }
        }

        return now;
    }

    private static QueryValue Member(QueryValue of, string name, Func<string> notRecorded) => of switch
    {
        RowValue row when row.Fields.FirstOrDefault(candidate => candidate.Name == name) is { } field => Value(field, field.Of(row.Row), notRecorded),
        SeveralValues several => new SeveralValues([.. several.Items.Select(item => Member(item, name, notRecorded))
            .SelectMany(value => value is SeveralValues inner ? inner.Items : [value])]),
        _ => NoValue.For(notRecorded()),
    };

    private static QueryValue Item(QueryValue of, int index, Func<string> notRecorded)
    {
        if (of is not SeveralValues { Items: var items })
        {
            return NoValue.For(notRecorded());
        }

        var at = index < 0 ? items.Count + index : index;
        return at >= 0 && at < items.Count ? items[at] : NoValue.For(notRecorded());
    }

    private static QueryValue Value(RecordField field, object? value, Func<string> notRecorded) => value switch
    {
        null => NoValue.For(notRecorded()),
        string text => text.Length == 0 ? NoValue.For(notRecorded()) : new TextValue(text),
        bool holds => TruthValue.Of(holds),
        int number => NumberValue.Of(number),
        long number => NumberValue.Of(number),
        decimal number => NumberValue.Of(number),
        double number => NumberValue.Of((decimal)number),
        DateOnly day => new DateValue(day, day, IsPeriod: false),
        PartialDate date => new DateValue(date.First, date.Last, IsPeriod: false, date.Text),
        Enum choice => new TextValue(JsonNamingPolicy.CamelCase.ConvertName(choice.ToString())),
        RecordRow row => new RowValue(row, field.Fields),
        IEnumerable<string> words => new SeveralValues([.. words.Select(word => new TextValue(word))]),
        IEnumerable<RecordRow> rows => new SeveralValues([.. rows.Select(row => new RowValue(row, field.Fields))]),
        _ => throw new InvalidOperationException($"A query cannot read a {value.GetType()}."),
    };
}
