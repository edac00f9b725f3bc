using System.CommandLine;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder scenario</c>: about scenario files.</summary>
public static class ScenarioCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var schema = new Command("schema", "Print the JSON Schema of a scenario file.\n\nExample:\n  pathfinder scenario schema > scenario.schema.json");
        schema.SetAction(_ =>
        {
            Screen.WriteBytes(System.Text.Encoding.UTF8.GetBytes(ScenarioJson.Schema()));
            return ExitCodes.Done;
        });
        var file = new Argument<string>("SCENARIO.json") { Description = "The file" };
        var check = new Command("check", "Check a scenario file and list all that is wrong with it.\n\nExample:\n  pathfinder scenario check docs/guides/examples/two-boroughs.json") { file };
        check.SetAction(parse => Check(parse.GetValue(file)!));
        return new Command("scenario", "Print the shape of scenario files, check one, or write one from a design.") { schema, check, ScenarioFromDesignCommand.Build() };
    }

    private static int Check(string path)
    {
        var bytes = Screen.Read(path);
        if (!bytes.Succeeded)
        {
            return Screen.Refuse(bytes.Problems);
        }

        var read = ScenarioJson.ReadScenario(bytes.Value, path);
        if (!read.Succeeded)
        {
            return Screen.Refuse(read.Problems);
        }

        var compiled = ScenarioCompiler.Compile(read.Value, new ScenarioFolder(Path.GetDirectoryName(Path.GetFullPath(path))!), path);
        if (!compiled.Succeeded)
        {
            return Screen.Refuse(compiled.Problems);
        }

        Console.WriteLine($"{path} is a scenario: {read.Value.Boroughs.Count} boroughs, {read.Value.Zones.Count} zones, {read.Value.Crews.Sum(c => c.Crews)} crews planned over {read.Value.Shifts.Count} shifts.");
        return ExitCodes.Done;
    }
}
