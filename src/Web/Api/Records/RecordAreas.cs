using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>The areas that records name by code.</summary>
public static class RecordAreas
{
    /// <summary>What a code is called; null for one that the force does not know.</summary>
    public static AreaName? Find(ForceView? force, string code) =>
        force is not null && ForceAreas.Of(force.Pack).Find(code) is { } area ? new AreaName(area.Words, $"/areas/{Path(area.Kind)}/{code}") : null;

    /// <summary>The code of an area that a user named by its name or code; the text itself where the force has none such.</summary>
    public static string Code(ForceView? force, string named)
    {
        ArgumentNullException.ThrowIfNull(named);
        return force is not null && ForceAreas.Of(force.Pack).Named(named) is [var first, ..] ? first.Code : named.Trim();
    }

    /// <summary>The codes whose records are about an area: itself, and of a borough or ward the units that ever command it; of a unit its boroughs.</summary>
    public static IReadOnlySet<string> Scope(ForceView? force, string code) =>
        force is null ? new HashSet<string>(StringComparer.Ordinal) { code } : ForceAreas.Of(force.Pack).Scope(code);

    /// <summary>The codes of areas that a record names, in its areas or anywhere in its rows.</summary>
    public static IEnumerable<string> Of(RecordKind kind, ProgrammeRecord body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Of(kind.Fields, body);
    }

    private static string Path(AreaKind kind) => kind switch { AreaKind.Borough => "borough", AreaKind.CommandUnit => "unit", _ => "ward" };

    private static IEnumerable<string> Of(IReadOnlyList<RecordField> fields, object holder) => fields.SelectMany(field => (field.Shape, field.Of(holder)) switch
    {
        (FieldShape.Words, IEnumerable<string> words) when field.Mark.IsArea => words,
        (FieldShape.Text, string { Length: > 0 } code) when field.Mark.IsArea || field.Name is "unit" or "code" => [code],
        (FieldShape.Row, { } row) => Of(field.Fields, row),
        (FieldShape.Rows, System.Collections.IEnumerable rows) => rows.Cast<object>().SelectMany(row => Of(field.Fields, row)),
        _ => [],
    });
}
