using System.CommandLine;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder scenario from-design</c>: writes a design out as a scenario file.</summary>
public static class ScenarioFromDesignCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var design = new Argument<string>("DESIGN") { Description = "Key of the design, as pathfinder design list prints it" };
        var days = new Option<int>("--days") { Description = "Days counted, after a week of warming up", DefaultValueFactory = _ => 28 };
        var demand = new Option<double>("--demand") { Description = "Multiplies every arrival rate", DefaultValueFactory = _ => 1 };
        var boroughs = new Option<string[]>("--boroughs") { Description = "Only these boroughs (codes), widened to whole units and despatch groups", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--out", "-o") { Description = "Write to this file instead of standard output" };
        var store = StoreOption.New();
        var command = new Command(
            "from-design",
            "Write a design of the store out as a scenario file. The matrix and the demand stay in the force pack, held by its hash.\n\n"
            + "Example:\n  pathfinder scenario from-design one-channel-in-the-east --out east.json")
        { design, days, demand, boroughs, output, store };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var register = services.GetRequiredService<DesignRegister>();
                var key = parse.GetValue(design)!;
                if (await register.FindAsync(key, TimeProvider.System.Now(), cancellation) is not { Body: { } found })
                {
                    return Screen.Refuse([new Problem("There is no such design", Field: "DESIGN", Found: key, Accepted: "a key that pathfinder design list prints")]);
                }

                if (await register.PackOfAsync(found, cancellation) is not { } pack)
                {
                    return Screen.Refuse([new Problem("The force pack of the design is not in the store", Field: "DESIGN", Found: found.PackSha256, Accepted: "an imported pack")]);
                }

                var scenario = ScenarioWriter.Write(
                    found, pack, new ScenarioOptions { Days = parse.GetValue(days), DemandMultiplier = parse.GetValue(demand), StudyArea = parse.GetValue(boroughs)! });
                if (!scenario.Succeeded)
                {
                    return Screen.Refuse(scenario.Problems);
                }

                var bytes = ScenarioJson.Write(scenario.Value);
                if (parse.GetValue(output) is { } path)
                {
                    var written = Screen.Write(path, bytes);
                    return written.Succeeded ? ExitCodes.Done : Screen.Refuse(written.Problems);
                }

                Screen.WriteBytes(bytes);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }
}
