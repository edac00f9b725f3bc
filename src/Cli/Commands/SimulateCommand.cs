using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Scenarios;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder simulate</c>: runs a scenario file, without a server or a store.</summary>
public static class SimulateCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var scenario = new Argument<string>("SCENARIO.json") { Description = "A scenario file; its shape is printed by: pathfinder scenario schema" };
        var replications = new Option<int>("--replications", "-n") { Description = "Independent replications, 1 to 10000", DefaultValueFactory = _ => 20 };
        var seed = new Option<ulong>("--seed", "-s") { Description = "Seed; runs with the same seed meet the same incidents", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads", "-t") { Description = "Threads; the result does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var output = new Option<string?>("--out", "-o") { Description = "Write the result as JSON to this file" };
        var command = new Command(
            "simulate",
            "Simulate emergency response as a scenario file describes it.\n\nExample:\n  pathfinder simulate docs/guides/examples/two-boroughs.json --replications 20 --seed 1 --out apart.json")
        {
            scenario, replications, seed, threads, json, output,
        };
        command.SetAction((parse, cancellation) => Task.Run(
            () => Run(
                parse.GetValue(scenario)!, parse.GetValue(replications), parse.GetValue(seed), parse.GetValue(threads), parse.GetValue(json),
                parse.GetValue(output), cancellation),
            CancellationToken.None));
        return command;
    }

    private static int Run(string path, int replications, ulong seed, int threads, bool json, string? output, CancellationToken cancellation)
    {
        var scenario = ScenarioArgument.Open(
            path, ScenarioArgument.Bounds("The number of replications is out of bounds", "--replications", replications, 1, 10_000),
            ScenarioArgument.Bounds("The number of threads is out of bounds", "--threads", threads, 1, 1024));
        if (!scenario.Succeeded)
        {
            return Screen.Refuse(scenario.Problems);
        }

        var (file, compiled) = scenario.Value;

        try
        {
            var result = Screen.WithProgress(file.Name, progress => new Simulator().Run(
                compiled, replications, seed, threads, new Share(progress), cancellation));
            if (output is not null && Screen.Write(output, ScenarioJson.Write(result)) is { Succeeded: false } refused)
            {
                return Screen.Refuse(refused.Problems);
            }

            if (json)
            {
                Screen.WriteBytes(ScenarioJson.Write(result));
            }
            else
            {
                Print(result);
            }

            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled; nothing was written.");
        }
    }

    private static void Print(RunResult result)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Name}: {result.Replications} replications of {result.Days} days, seed {result.Seed}, {result.Incidents:N0} incidents"));
        var table = new Table();
        table.AddColumns("Area", "Grade", "A day", "In target", "Mean min", "Median", "90%", "Controllers", "Channel", "No unit", "Travel");
        foreach (var column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (var area in result.Areas.Where(a => a.Level != "command-unit" || result.Areas.Count(b => b.Level == "command-unit") > 1))
        {
            foreach (var grade in area.Grades)
            {
                table.AddRow(
                    Markup.Escape(area.Level switch { "force" => "Whole force", "command-unit" => $"{area.Name} ({area.Code})", _ => area.Name }), Markup.Escape(grade.Grade),
                    Figures.Number(grade.IncidentsPerDay), Figures.Percent(grade.InTarget), Mean(grade),
                    Figures.Number(grade.MedianMinutes), Figures.Number(grade.P90Minutes), Figures.Number(grade.Wait.Controllers),
                    Figures.Number(grade.Wait.Channel), Figures.Number(grade.Wait.NoUnit), Figures.Number(grade.Wait.Travel));
            }
        }

        Screen.Print(table);
        foreach (var phase in result.Phases)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{phase.Name}, {phase.From:yyyy-MM-dd} to {phase.To:yyyy-MM-dd}: {string.Join("; ", phase.Areas[0].Grades.Select(grade => $"{grade.Grade} in target {Figures.Percent(grade.InTarget)}, mean {Figures.NumberWithInterval(grade.MeanMinutes)} min"))}"));
        }

        if (result.Phases.Count > 0)
        {
            Console.WriteLine("The table above is over all days, the phases together.");
        }

        var force = result.Areas[0];
        Console.WriteLine(
            $"Unassigned (past the controllers, nobody there and no unit on its way) on average {Figures.Number(force.UnassignedMean)}, at most {Figures.Number(force.UnassignedMax)}; utilisation {Figures.Percent(force.Utilisation)}; "
            + $"units available {Figures.Number(force.UnitsAvailable)}");
        foreach (var warning in result.Warnings)
        {
            Console.Error.WriteLine($"Warning: {warning}");
        }
    }

    private static string Mean(GradeResult grade) => grade.NeverAttended.Value is > 0.005 and var never
        ? string.Create(CultureInfo.InvariantCulture, $"{Figures.NumberWithInterval(grade.MeanMinutes)} of the {1 - never:0%} attended")
        : Figures.NumberWithInterval(grade.MeanMinutes);

    private sealed class Share(IProgress<double> progress) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
