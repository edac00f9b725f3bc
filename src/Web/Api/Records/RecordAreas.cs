using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Api.Records;

/// <summary>The areas that records name by code.</summary>
public static class RecordAreas
{
    /// <summary>What a code is called; null for one that the force does not know.</summary>
    public static AreaName? Find(ForceView? force, string code) =>
        force is null ? null
        : force.FindBorough(code) is { } borough ? new AreaName(borough.Name, $"/areas/borough/{code}")
        : force.FindUnit(code) is { } unit ? new AreaName($"{unit.Name} ({unit.Code})", $"/areas/unit/{code}")
        : force.FindWard(code) is { } ward ? new AreaName(ward.Name, $"/areas/ward/{code}")
        : null;

    /// <summary>The code of an area that a user named by its name or code; the text itself where the force has none such.</summary>
    public static string Code(ForceView? force, string named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var text = named.Trim();
        return force is null || Find(force, text) is not null ? text
            : force.Pack.Boroughs.FirstOrDefault(borough => string.Equals(borough.Name, text, StringComparison.OrdinalIgnoreCase))?.Code
                ?? force.Pack.CommandUnits.FirstOrDefault(unit => string.Equals(unit.Name, text, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(unit.Code, text, StringComparison.OrdinalIgnoreCase) || string.Equals($"{unit.Name} ({unit.Code})", text, StringComparison.OrdinalIgnoreCase))?.Code
                ?? text;
    }

    /// <summary>The codes whose records are about an area: itself, and of a borough or ward the units that ever command it; of a unit its boroughs.</summary>
    public static IReadOnlySet<string> Scope(ForceView? force, string code)
    {
        var codes = new HashSet<string>(StringComparer.Ordinal) { code };
        if (force is null)
        {
            return codes;
        }

        var borough = force.FindWard(code)?.Borough ?? (force.FindBorough(code) is null ? null : code);
        if (borough is not null)
        {
            codes.Add(borough);
            codes.UnionWith(force.ListUnitsOf(borough).Select(pair => pair.Unit.Code));
        }
        else if (force.FindUnit(code) is { } unit)
        {
            codes.UnionWith(unit.Members.Select(member => member.Borough));
        }

        return codes;
    }

    /// <summary>The codes of areas that a record names, in its areas or anywhere in its rows.</summary>
    public static IEnumerable<string> Of(RecordKind kind, ProgrammeRecord body)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Of(kind.Fields, body);
    }

    private static IEnumerable<string> Of(IReadOnlyList<RecordField> fields, object holder) => fields.SelectMany(field => (field.Shape, field.Of(holder)) switch
    {
        (FieldShape.Words, IEnumerable<string> words) when field.Mark.IsArea => words,
        (FieldShape.Text, string { Length: > 0 } code) when field.Mark.IsArea || field.Name is "unit" or "code" => [code],
        (FieldShape.Row, { } row) => Of(field.Fields, row),
        (FieldShape.Rows, System.Collections.IEnumerable rows) => rows.Cast<object>().SelectMany(row => Of(field.Fields, row)),
        _ => [],
    });
}
