using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Pathfinder.Platform.Scenarios;

/// <summary>
/// The JSON Schema of a scenario file: its shape from the records, what members mean from their comments, their bounds from
/// <see cref="BoundsAttribute"/>, and the words they may be.
/// </summary>
internal static partial class ScenarioSchema
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Comments = new(ReadComments);

    /// <summary>Describes one node of the schema.</summary>
    public static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node || context.PropertyInfo is not { } property || property.DeclaringType.GetProperty(Pascal(property.Name)) is not { } member)
        {
            return schema;
        }

        string[]? choices = (property.DeclaringType.Name, property.Name) switch
        {
            (nameof(ScenarioFile), "schema") => [ScenarioFile.CurrentSchema],
            (nameof(ScenarioDuration), "kind") => ScenarioWords.DurationKinds,
            (nameof(ScenarioPolicy), "mode") => ScenarioWords.Modes,
            (nameof(ScenarioPolicy), "whenFree") => ScenarioWords.WhenFree,
            (nameof(ScenarioPolicy), "startOfShift") => ScenarioWords.StartOfShift,
            (nameof(ScenarioPolicy), "queue") => ScenarioWords.Queues,
            (nameof(ScenarioGrade), "whenNoneFree") => ScenarioWords.WhenNoneFree,
            _ => null,
        };
        if (choices is not null)
        {
            node["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]);
        }

        if (member.GetCustomAttribute<BoundsAttribute>() is { } bounds)
        {
            var numbers = node;
            while ((numbers["items"] ?? numbers["additionalProperties"]) is JsonObject inner)
            {
                numbers = inner;
            }

            numbers["minimum"] = Number(bounds.Least);
            numbers["maximum"] = Number(bounds.Most);
        }

        if (Comments.Value.TryGetValue($"P:{member.DeclaringType!.FullName}.{member.Name}", out var comment))
        {
            node.Remove("description");
            node.Insert(0, "description", comment);
        }

        return node;
    }

    private static JsonNode Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? (long)value : value;

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    // The comments stand beside the assembly, where the compiler wrote them; without them the schema has shape and bounds alone.
    private static Dictionary<string, string> ReadComments()
    {
        var comments = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(AppContext.BaseDirectory, typeof(ScenarioFile).Assembly.GetName().Name + ".xml");
        if (!File.Exists(path))
        {
            return comments;
        }

        foreach (var member in XDocument.Load(path).Descendants("member"))
        {
            if (member.Attribute("name")?.Value is { } name && name.StartsWith($"P:{typeof(ScenarioFile).Namespace}.Scenario", StringComparison.Ordinal) && member.Element("summary") is { } summary)
            {
                comments[name] = Blank().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();
            }
        }

        return comments;
    }

    // A reference to another member is told by the name that the member has in a file.
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref")?.Value.Split('.')[^1] is { } member => member.StartsWith("Current", StringComparison.Ordinal) ? ScenarioFile.CurrentSchema : JsonNamingPolicy.CamelCase.ConvertName(member),
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blank();
}
