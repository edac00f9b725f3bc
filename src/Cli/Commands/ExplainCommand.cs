using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Scenarios;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder explain</c>: why an incident of a simulation was attended when it was.</summary>
public static class ExplainCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var scenario = new Argument<string>("SCENARIO.json") { Description = "The scenario file that was simulated" };
        var incident = new Option<int?>("--incident", "-i") { Description = "Number of the incident; without it, the latest incidents are listed" };
        var replication = new Option<int>("--replication", "-r") { Description = "Which replication, from 0" };
        var seed = new Option<ulong>("--seed", "-s") { Description = "The seed it was simulated with", DefaultValueFactory = _ => 1 };
        var most = new Option<int>("--most") { Description = "How many late incidents to list, 1 to 1000", DefaultValueFactory = _ => 10 };
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON" };
        var command = new Command(
            "explain",
            "Say in words why an incident of a simulation was attended when it was.\n\nExamples:\n  pathfinder explain docs/guides/examples/two-boroughs.json\n  pathfinder explain docs/guides/examples/two-boroughs.json --incident 1234")
        {
            scenario, incident, replication, seed, most, json,
        };
        command.SetAction((parse, cancellation) => Task.Run(
            () => Run(
                parse.GetValue(scenario)!, parse.GetValue(incident), parse.GetValue(replication), parse.GetValue(seed), parse.GetValue(most), parse.GetValue(json), cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Run(string path, int? incident, int replication, ulong seed, int most, bool json, CancellationToken cancellation)
    {
        var scenario = ScenarioArgument.Open(
            path, ScenarioArgument.Bounds("There is no such replication", "--replication", replication, 0, int.MaxValue),
            ScenarioArgument.Bounds("The number of incidents is out of bounds", "--most", most, 1, 1000));
        if (!scenario.Succeeded)
        {
            return Screen.Refuse(scenario.Problems);
        }

        var compiled = scenario.Value.Compiled;

        if (incident is not { } number)
        {
            return List(IncidentStories.Late(compiled, seed, replication, most, cancellation), json);
        }

        if (IncidentStories.Tell(compiled, seed, replication, number, cancellation) is not { } story)
        {
            return Screen.Refuse([new("The replication has no such incident", Field: "--incident", Found: number.ToString(CultureInfo.InvariantCulture), Accepted: "a number from the list of late incidents")]);
        }

        if (json)
        {
            Screen.WriteBytes(ScenarioJson.Write(story));
            return ExitCodes.Done;
        }

        Console.WriteLine($"Incident {story.Number.ToString(CultureInfo.InvariantCulture)}: {story.Headline}");
        foreach (var step in story.Steps)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step.At:ddd d MMM yyyy HH:mm:ss}  {step.Text}"));
        }

        return ExitCodes.Done;
    }

    private static int List(IReadOnlyList<LateIncident> late, bool json)
    {
        if (json)
        {
            Screen.WriteBytes(ScenarioJson.Write(late));
            return ExitCodes.Done;
        }

        var table = new Table();
        table.AddColumns("Incident", "Grade", "Created", "Borough", "Zone", "Minutes", "Beyond target", "Most of it");
        foreach (var each in late)
        {
            table.AddRow(
                each.Number.ToString(CultureInfo.InvariantCulture), Markup.Escape(each.Grade), each.Created.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture), Markup.Escape(each.Borough),
                Markup.Escape(each.Zone), each.ResponseMinutes.ToString("0.0", CultureInfo.InvariantCulture), each.LateMinutes.ToString("0.0", CultureInfo.InvariantCulture), each.MainCause);
        }

        Screen.Print(table);
        return ExitCodes.Done;
    }
}
