using System.Collections;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Components.Records;

/// <summary>A reference found in a record.</summary>
/// <param name="Label">Label of the field that holds it; of a row, the label of the list it stands in.</param>
/// <param name="Reference">"kind:key".</param>
public sealed record FoundReference(string Label, string Reference);

/// <summary>Finds what records refer to.</summary>
public static class RecordReferences
{
    /// <summary>Every reference of a record, in reading order.</summary>
    public static IEnumerable<FoundReference> Of(RecordKind kind, ProgrammeRecord body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(body);
        return Of(kind.Fields, body, label: null);
    }

    /// <summary>References of a row or record with these fields.</summary>
    public static IEnumerable<FoundReference> Of(IReadOnlyList<RecordField> fields, object holder, string? label)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields.SelectMany(field => Of(field, holder, label ?? field.Mark.Label));
    }

    /// <summary>"kind:key" of what a field holds.</summary>
    public static string Full(RecordField field, string held)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Mark.RefersTo is { } kind and not "*" ? $"{kind}:{held}" : held;
    }

    private static IEnumerable<FoundReference> Of(RecordField field, object holder, string label)
    {
        var value = field.Of(holder);
        return (field.Shape, value) switch
        {
            (_, null) => [],
            (FieldShape.Row, { } row) => Of(field.Fields, row, label),
            (FieldShape.Rows, IEnumerable rows) => rows.Cast<object>().SelectMany(row => Of(field.Fields, row, label)),
            (FieldShape.Words, IEnumerable<string> words) when field.Mark.RefersTo is not null => words.Select(word => new FoundReference(label, Full(field, word))),
            (FieldShape.Text, string { Length: > 0 } key) when field.Mark.RefersTo is not null => [new FoundReference(label, Full(field, key))],
            _ => [],
        };
    }
}
