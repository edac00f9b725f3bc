using System.CommandLine;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Scenarios;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder compare</c>: two results set side by side.</summary>
public static class CompareCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var a = new Argument<string>("A.json") { Description = "The result compared from" };
        var b = new Argument<string>("B.json") { Description = "The result compared to" };
        var json = new Option<bool>("--json") { Description = "Print the comparison as JSON" };
        var command = new Command(
            "compare",
            "Compare two results, B minus A, pairwise where both met the same incidents. A result does not hold what its scenario assumes of the world, so keep that alike; for runs in a store, pathfinder run compare says what differs.\n\nExample:\n  pathfinder compare apart.json merged.json")
        {
            a, b, json,
        };
        command.SetAction(parse => Run(parse.GetValue(a)!, parse.GetValue(b)!, parse.GetValue(json)));
        return command;
    }

    private static int Run(string a, string b, bool json)
    {
        var (from, to) = (Read(a), Read(b));
        if (!from.Succeeded || !to.Succeeded)
        {
            return Screen.Refuse([.. from.Problems, .. to.Problems]);
        }

        var comparison = RunComparer.Compare(from.Value, to.Value);
        if (!comparison.Succeeded)
        {
            return Screen.Refuse(comparison.Problems);
        }

        if (json)
        {
            Screen.WriteBytes(ScenarioJson.Write(comparison.Value));
        }
        else
        {
            Print(from.Value, to.Value, comparison.Value);
        }

        return ExitCodes.Done;
    }

    private static Platform.Problems.Outcome<RunResult> Read(string path)
    {
        var bytes = Screen.Read(path);
        return bytes.Succeeded ? ScenarioJson.ReadResult(bytes.Value, path) : Platform.Problems.Outcome.Refused<RunResult>(bytes.Problems);
    }

    private static void Print(RunResult a, RunResult b, RunComparison comparison)
    {
        Console.WriteLine($"From \"{a.Name}\" to \"{b.Name}\" ({(comparison.Paired ? "same incidents, paired" : "different incidents, not paired")})");
        var table = new Table();
        table.AddColumns("Area", "Grade", "In target", "to", "Points", "Mean min", "Controllers", "Channel", "No unit", "Travel");
        foreach (var column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (var area in comparison.Areas)
        {
            foreach (var grade in area.Grades)
            {
                table.AddRow(
                    Markup.Escape(area.Level == "command-unit" ? $"{area.Name} ({area.Code})" : area.Name), Markup.Escape(grade.Grade),
                    Figures.Percent(grade.InTargetA), Figures.Percent(grade.InTargetB),
                    Figures.Points(grade.InTargetDifference), Figures.Change(grade.MeanMinutesDifference), Figures.Change(grade.WaitDifference.Controllers),
                    Figures.Change(grade.WaitDifference.Channel), Figures.Change(grade.WaitDifference.NoUnit), Figures.Change(grade.WaitDifference.Travel));
            }
        }

        Screen.Print(table);
        foreach (var grade in comparison.Areas[0].Grades)
        {
            foreach (var reason in Reasons.Of(comparison, comparison.Areas[0].Level, comparison.Areas[0].Code, grade.Grade))
            {
                Console.WriteLine($"{grade.Grade}: {reason}");
            }
        }

        foreach (var reason in Reasons.OverAllGrades(a, b, comparison.Areas[0].Level, comparison.Areas[0].Code))
        {
            Console.WriteLine($"All grades: {reason}");
        }
    }
}
