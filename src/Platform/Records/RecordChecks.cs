using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>A key that a field of a record holds.</summary>
/// <param name="Path">JSON path of the field: "dependsOn[0].on".</param>
/// <param name="Text">As it is written.</param>
/// <param name="Kind">Name of the kind it leads to; empty where the text names no kind.</param>
/// <param name="Key">The key it leads to.</param>
internal sealed record RecordReference(string Path, string Text, string Kind, string Key);

/// <summary>What one record must meet by itself, field by field; problems name the field by its JSON path.</summary>
internal static class RecordChecks
{
    private static readonly ConcurrentDictionary<PropertyInfo, bool> Optional = [];

    /// <summary>Everything wrong with a record; what it refers to is added to <paramref name="references"/>.</summary>
    /// <param name="areas">Codes of the force; null while there is none to compare with.</param>
    public static List<Problem> Of(
        RecordKind kind, ProgrammeRecord body, IReadOnlySet<string>? areas, IQueryGrammar? queries, List<RecordReference> references)
    {
        var walk = new Walk(areas, queries, references);
        walk.Fields(body, kind.Fields, "");
        if (walk.IsWhole)
        {
            walk.Problems.AddRange(kind.Check(body));
        }

        return walk.Problems;
    }

    /// <summary>Everything a record refers to.</summary>
    public static IReadOnlyList<RecordReference> ReferencesOf(RecordKind kind, ProgrammeRecord body)
    {
        var references = new List<RecordReference>();
        new Walk(null, null, references).Fields(body, kind.Fields, "");
        return references;
    }

    private sealed class Walk(IReadOnlySet<string>? areas, IQueryGrammar? queries, List<RecordReference> references)
    {
        public List<Problem> Problems { get; } = [];

        /// <summary>Whether no list or row is missing altogether, so that rules of the kind can look at the record.</summary>
        public bool IsWhole { get; private set; } = true;

        public void Fields(object holder, IReadOnlyList<RecordField> fields, string prefix)
        {
            foreach (var field in fields)
            {
                Field(field, field.Of(holder), prefix + field.Name);
            }

            if (holder is Handling { Readers: not null } handling)
            {
                Readers(handling, prefix);
            }

            if (holder is Locator { Lines: { Length: > 0 } lines } && !AreLines(lines))
            {
                Problems.Add(new Problem("These are not lines of a document", Field: prefix + "lines", Found: lines, Accepted: "23 or 23-25, counted from 1"));
            }
        }

        private void Field(RecordField field, object? value, string path)
        {
            switch (field.Shape)
            {
                case FieldShape.Words or FieldShape.Rows when value is null:
                    Broken(path, "a list; leave it out or empty where there is nothing");
                    return;
                case FieldShape.Row when value is null && !field.Mark.Required && !IsOptional(field.Property):
                    Broken(path, "an object; leave it out where there is nothing");
                    return;
                case FieldShape.Choice when value is not null && !Enum.IsDefined(field.Choices!, value):
                    Problems.Add(new Problem($"{field.Mark.Label}: there is no such choice", Field: path, Found: Convert.ToString(value, CultureInfo.InvariantCulture), Accepted: Choices(field)));
                    return;
            }

            if (field.Mark.Required && IsMissing(value))
            {
                Problems.Add(new Problem($"{field.Mark.Label} is needed", Field: path, Accepted: Wanted(field)));
                return;
            }

            switch (value)
            {
                case string text:
                    Text(field, text, path);
                    break;
                case RecordRow row:
                    Fields(row, field.Fields, path + ".");
                    break;
                case IEnumerable items:
                    Items(field, items, path);
                    break;
            }
        }

        private void Items(RecordField field, IEnumerable items, string path)
        {
            var index = 0;
            foreach (var item in items)
            {
                var place = $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]";
                switch (item)
                {
                    case string text when !string.IsNullOrWhiteSpace(text):
                        Text(field, text, place);
                        break;
                    case RecordRow row:
                        Fields(row, field.Fields, place + ".");
                        break;
                    default:
                        Broken(place, field.Shape == FieldShape.Rows ? "an object" : "a word; leave the item out where there is none");
                        break;
                }

                index++;
            }
        }

        private void Text(RecordField field, string text, string path)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            if (field.Mark.RefersTo is { } target)
            {
                Reference(target, text, path);
            }

            if (field.Mark.IsArea && areas?.Contains(text) == false)
            {
                Problems.Add(new Problem("The force has no area of this code", Field: path, Found: text, Accepted: "the code of a borough, command unit or ward of the force"));
            }

            if (field.Mark.IsQuery && queries is not null)
            {
                Problems.AddRange(queries.Check(text, path));
            }
        }

        private void Reference(string target, string text, string path)
        {
            if (target != "*")
            {
                references.Add(new RecordReference(path, text, target, text));
                return;
            }

            var colon = text.IndexOf(':', StringComparison.Ordinal);
            references.Add(colon > 0 ? new RecordReference(path, text, text[..colon], text[(colon + 1)..]) : new RecordReference(path, text, "", text));
        }

        private void Readers(Handling handling, string prefix)
        {
            for (var index = 0; index < handling.Readers.Count; index++)
            {
                if (!Handlings.IsReader(handling.Readers[index]))
                {
                    Problems.Add(new Problem(
                        "This names no reader", Field: $"{prefix}readers[{index.ToString(CultureInfo.InvariantCulture)}]", Found: handling.Readers[index],
                        Accepted: $"organisation:CODE, account:NAME or role:NAME (a role is one of {string.Join(", ", Enum.GetNames<Role>())})"));
                }
            }

            var hasGround = !string.IsNullOrWhiteSpace(handling.Ground);
            if (handling.IsRestricted && !hasGround)
            {
                Problems.Add(new Problem("Withholding needs a ground", Field: prefix + "ground", Accepted: "why it is withheld: commercial sensitivity, personal data …"));
            }
            else if (!handling.IsRestricted && hasGround)
            {
                Problems.Add(new Problem("A ground for withholding needs its readers", Field: prefix + "readers", Accepted: "who alone may read it, or no ground"));
            }
        }

        private void Broken(string path, string accepted)
        {
            IsWhole = false;
            Problems.Add(new Problem("This may not be nothing", Field: path, Found: "null", Accepted: accepted));
        }
    }

    private static bool AreLines(string text)
    {
        var parts = text.Split('-');
        return parts.Length <= 2 && parts.All(part => part.Length is > 0 and < 8 && part.All(char.IsAsciiDigit) && part[0] != '0')
            && (parts.Length == 1 || Number(parts[1]) >= Number(parts[0]));

        static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
    }

    private static bool IsMissing(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        ICollection list => list.Count == 0,
        IEnumerable items => !items.Cast<object?>().Any(),
        _ => false,
    };

    /// <summary>What a field accepts, for an error message.</summary>
    public static string Wanted(RecordField field) => field.Shape switch
    {
        FieldShape.Text when field.Mark.RefersTo is "*" => "a record, as kind:key",
        FieldShape.Text when field.Mark.RefersTo is { } kind => $"the key of a {kind}",
        FieldShape.Text => "a text",
        FieldShape.Whole => "a whole number",
        FieldShape.Number => "a number",
        FieldShape.YesNo => "true or false",
        FieldShape.Choice => Choices(field),
        FieldShape.Day => "a day: 2017-05-12",
        FieldShape.PartialDate => PartialDate.Accepted,
        FieldShape.Words => "a list of words",
        FieldShape.Row => "an object of " + string.Join(", ", field.Fields.Select(inner => inner.Name)),
        _ => "a list of objects of " + string.Join(", ", field.Fields.Select(inner => inner.Name)),
    };

    private static string Choices(RecordField field) =>
        string.Join(", ", Enum.GetNames(field.Choices!).Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));

    private static bool IsOptional(PropertyInfo property) =>
        Optional.GetOrAdd(property, static found => new NullabilityInfoContext().Create(found).WriteState == NullabilityState.Nullable);
}
