using System.Text.Json;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>Examples of requests about records, made from the marks of the kind's fields, so that they change with them.</summary>
public static class RecordExamples
{
    private const string Reason = "As reported to the board";

    /// <summary>A new record with something in every field.</summary>
    public static JsonObject Create(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new JsonObject { ["why"] = Reason, ["key"] = RecordKeys.FromTitle(Title(kind), kind.Name), ["body"] = Row(kind, kind.Fields, _ => true) };
    }

    /// <summary>A change: the version that was read, and the whole body; shown with the fields that no record may lack.</summary>
    public static JsonObject Save(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return new JsonObject { ["why"] = Reason, ["version"] = 1234, ["body"] = Row(kind, kind.Fields, field => field.Mark.Required) };
    }

    /// <summary>The end of a record.</summary>
    public static JsonObject End() => new() { ["why"] = "It is over", ["from"] = "2018-12-31" };

    private static string Title(RecordKind kind) => $"An example of {(kind.One[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")} {kind.One}";

    private static JsonObject Row(RecordKind kind, IReadOnlyList<RecordField> fields, Func<RecordField, bool> shown)
    {
        var row = new JsonObject();
        foreach (var field in fields.Where(field => shown(field) && field.Name is not ("handling" or "ground" or "readers")))
        {
            row[field.Name] = Value(kind, field);
        }

        return row;
    }

    private static JsonNode? Value(RecordKind kind, RecordField field) => field.Shape switch
    {
        FieldShape.Text when field.Name == "title" => Title(kind),
        FieldShape.Text => Text(field),
        FieldShape.Words => new JsonArray(Text(field)),
        FieldShape.Whole => 3,
        FieldShape.Number => 0.5m,
        FieldShape.YesNo => true,
        FieldShape.Choice => JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(field.Choices!)[0]),
        FieldShape.Day => "2017-05-12",
        FieldShape.PartialDate => "26 April 2017",
        FieldShape.Row => Row(kind, field.Fields, _ => true),
        _ => new JsonArray(Row(kind, field.Fields, _ => true)),
    };

    private static JsonNode Text(RecordField field) => field.Mark switch
    {
        { RefersTo: "*" } => "milestone:key-of-a-milestone",
        { RefersTo: { } kind } => $"key-of-{(kind[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")}-{kind}",
        { IsArea: true } => "E09000007",
        { IsQuery: true } => "i-in-target[CN, 2017-08] >= 0.9",
        _ when field.Name == "lines" => "23-25",
        var mark => mark.Hint ?? mark.Label,
    };
}
