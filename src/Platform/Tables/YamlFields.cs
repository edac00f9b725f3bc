using System.Globalization;
using Pathfinder.Platform.Problems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pathfinder.Platform.Tables;

/// <summary>
/// A mapping of a YAML file that a person wrote, read field by field. What cannot be used is a problem with its line; what
/// nobody asked for is one too, so that a misspelt name is never silently without effect.
/// </summary>
public sealed class YamlFields
{
    private readonly YamlMappingNode _node;
    private readonly string? _file;
    private readonly string _path;
    private readonly List<Problem> _problems;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    private YamlFields(YamlMappingNode node, string? file, string path, List<Problem> problems) => (_node, _file, _path, _problems) = (node, file, path, problems);

    /// <summary>The names of the mapping, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. _node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "")];

    /// <summary>Reads a text whose top is a mapping; problems found later are added to <paramref name="problems"/>. Null, with a problem, when it is none.</summary>
    public static YamlFields? Read(string text, string? file, List<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(text);
            stream.Load(reader);
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode top)
            {
                return new YamlFields(top, file, "", problems);
            }

            problems.Add(new Problem("The file holds no mapping of names to values", file, Accepted: "YAML such as \"name: value\", one document"));
        }
        catch (YamlException broken)
        {
            problems.Add(new Problem("The file is not YAML", file, (int)broken.Start.Line, Found: broken.Message, Accepted: "a YAML document"));
        }

        return null;
    }

    /// <summary>Text, or null where it is not stated.</summary>
    public string? TextOrNull(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } value } => value,
        YamlScalarNode => null,
        var other => Wrong<string>(other, name, "text"),
    };

    /// <summary>Text that must be stated; empty, with a problem, where it is not.</summary>
    public string Text(string name)
    {
        if (Find(name) is null)
        {
            Fault("A value is missing", name);
            return "";
        }

        return TextOrNull(name) ?? "";
    }

    /// <summary>A number, or null where it is not stated.</summary>
    public double? NumberOrNull(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        return node is YamlScalarNode scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : WrongNumber(node, name);
    }

    /// <summary>One text or a list of texts; empty where it is not stated.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        YamlScalarNode { Value: { Length: > 0 } value } => [value],
        YamlScalarNode => [],
        YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode) => [.. list.Children.Cast<YamlScalarNode>().Select(child => child.Value ?? "")],
        var other => Wrong<IReadOnlyList<string>>(other, name, "text, or a list of texts") ?? [],
    };

    /// <summary>A mapping, or null where it is not stated.</summary>
    public YamlFields? FieldsOrNull(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode mapping => new YamlFields(mapping, _file, Join(name), _problems),
        var other => Wrong<YamlFields>(other, name, "a mapping of names to values"),
    };

    /// <summary>A list of mappings; empty where it is not stated.</summary>
    public IReadOnlyList<YamlFields> List(string name) => Find(name) switch
    {
        null => [],
        YamlSequenceNode list when list.Children.All(child => child is YamlMappingNode) =>
            [.. list.Children.Cast<YamlMappingNode>().Select((child, index) => new YamlFields(child, _file, string.Create(CultureInfo.InvariantCulture, $"{Join(name)}[{index}]"), _problems))],
        var other => Wrong<IReadOnlyList<YamlFields>>(other, name, "a list of mappings") ?? [],
    };

    /// <summary>Adds a problem about one name of this mapping.</summary>
    public void Fault(string message, string name, string? found = null, string? accepted = null) =>
        _problems.Add(new Problem(message, _file, Line(name), Join(name), found, accepted));

    /// <summary>Adds a problem for each name that nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var name in Names.Where(name => !_asked.Contains(name)))
        {
            Fault("The name is unknown", name, name, string.Join(", ", _asked.Order(StringComparer.Ordinal)));
        }
    }

    private YamlNode? Find(string name)
    {
        _asked.Add(name);
        return _node.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == name).Value;
    }

    private int Line(string name) =>
        (int)(_node.Children.Keys.FirstOrDefault(key => key is YamlScalarNode scalar && scalar.Value == name) ?? _node).Start.Line;

    private string Join(string name) => _path.Length == 0 ? name : _path + "." + name;

    private double? WrongNumber(YamlNode node, string name)
    {
        Fault("This is not a number", name, (node as YamlScalarNode)?.Value, "a finite number with a point, such as 12.5");
        return null;
    }

    private T? Wrong<T>(YamlNode node, string name, string accepted)
        where T : class
    {
        Fault("The value is of the wrong kind", name, node.NodeType.ToString().ToLowerInvariant(), accepted);
        return null;
    }
}
