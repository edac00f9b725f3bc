using System.Globalization;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tables;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>A row of the checklists of London's programme: a fact of a source document, and where it stands among the records.</summary>
internal sealed partial record CheckedFact(string Id, string Document, string Value, string Kind, string Key, string Path, DateOnly Known)
{
    public string Reference => $"{Kind}:{Key}";

    public static List<CheckedFact> All()
    {
        var all = new List<CheckedFact>();
        foreach (var file in Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "data", "london-programme"), "checklist-*.csv").Order(StringComparer.Ordinal))
        {
            var csv = new CsvRecords(File.ReadAllText(file));
            csv.Read().ShouldBeTrue();
            while (csv.Read())
            {
                all.Add(new(csv.Fields[0], csv.Fields[1], csv.Fields[4], csv.Fields[5], csv.Fields[6], csv.Fields[7], DateOnly.ParseExact(csv.Fields[8], "yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }
        }

        return all;
    }

    /// <summary>The field at the end of the path; of a list without an index the list's.</summary>
    public RecordField Field(RecordKind kind)
    {
        var fields = kind.Fields;
        RecordField? found = null;
        foreach (var name in Name().Matches(Path).Select(match => match.Value))
        {
            found = fields.Single(field => field.Name == name);
            fields = found.Fields;
        }

        return found!;
    }

    /// <summary>What a reader must find for the fact; titles and names of areas stand for keys and codes. Null for a plain "no", which nobody says.</summary>
    public string? Words(RecordKind kind, Func<string, string?> title, Func<string, string?> area)
    {
        var field = Field(kind);
        var list = field.Shape is FieldShape.Words or FieldShape.Rows && !Path.EndsWith(']');
        if (list || Value == "false")
        {
            return null;
        }

        return field.Shape switch
        {
            FieldShape.YesNo => "",
            FieldShape.Whole or FieldShape.Number => FieldWords.Number(decimal.Parse(Value, CultureInfo.InvariantCulture), field.Mark.Unit),
            FieldShape.Choice => Value is "soc" or "obc" or "fbc" ? Value.ToUpperInvariant() : CapitalLetter().Replace(Value, match => " " + match.Value.ToLowerInvariant()),
            _ when field.Mark.RefersTo is { } to => title(to == "*" ? Value : $"{to}:{Value}") ?? Value,
            _ when field.Mark.IsArea || field.Name is "area" => area(Value) ?? Value,
            _ => Value,
        };
    }

    [GeneratedRegex("[A-Za-z][A-Za-z0-9]*(?=$|[.\\[])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CapitalLetter();
}
