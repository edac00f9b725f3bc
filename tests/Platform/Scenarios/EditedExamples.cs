using System.Text;
using System.Text.Json.Nodes;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Scenarios;

/// <summary>The examples of the guide with a member changed, so that one mechanism at a time is seen.</summary>
internal static class EditedExamples
{
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "guides", "examples");

    public static RunResult Run(JsonObject node, int replications = 2) => new Simulator().Run(Compile(node).Value, replications, 1, 2);

    public static JsonObject With(Action<JsonObject> change)
    {
        var node = Node("two-boroughs.json");
        change(node);
        return node;
    }

    public static JsonObject Node(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Examples, file)))!.AsObject();

    public static Outcome<CompiledScenario> Compile(JsonObject node)
    {
        var read = ScenarioJson.ReadScenario(Encoding.UTF8.GetBytes(node.ToJsonString()), "test.json");
        return read.Succeeded ? ScenarioCompiler.Compile(read.Value, new ScenarioFolder(Examples), "test.json") : Outcome.Refused<CompiledScenario>(read.Problems);
    }
}
