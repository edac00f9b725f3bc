using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.SelfTest;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder self-test</c>: the simulator against queues whose answers are known.</summary>
public static class SelfTestCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var quick = new Option<bool>("--quick") { Description = "To within 3% instead of 1%, in a ninth of the time" };
        var threads = new Option<int>("--threads", "-t") { Description = "Threads; the result does not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON" };
        var command = new Command(
            "self-test",
            "Simulate queues whose answers are known exactly, and set each beside its answer. Exit code 1 when a line does not hold.\n\nExample:\n  pathfinder self-test --quick")
        {
            quick, threads, json,
        };
        command.SetAction((parse, cancellation) => Task.Run(
            () => Run(parse.GetValue(quick), parse.GetValue(threads), parse.GetValue(json), cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(bool quick, int threads, bool json, CancellationToken cancellation)
    {
        if (threads is < 1 or > 1024)
        {
            return Screen.Refuse([new("The number of threads is out of bounds", Field: "--threads", Found: threads.ToString(CultureInfo.InvariantCulture), Accepted: "1 to 1024")]);
        }

        try
        {
            var result = Screen.WithProgress("Self-test", progress => TheoryTable.Run(quick ? TheoryTable.Quick : TheoryTable.Full, threads, new Share(progress), cancellation));
            if (json)
            {
                Screen.WriteBytes(ScenarioJson.Write(result));
            }
            else
            {
                Print(result);
            }

            return result.Passed ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled; nothing was written.");
        }
    }

    private static void Print(SelfTestResult result)
    {
        var table = new Table();
        table.AddColumns("Queue", "Measure", "Simulated", "Interval", "Exact", "Verdict");
        foreach (var line in result.Lines)
        {
            table.AddRow(
                Markup.Escape(line.Model), Markup.Escape(line.Measure), Number(line.Simulated), $"{Number(line.Lower)} to {Number(line.Upper)}", Number(line.Exact), line.Verdict);
        }

        Screen.Print(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Lines.Count(l => l.Verdict == SelfTestVerdict.Holds)} of {result.Lines.Count} lines hold, to within {result.Precision:0.#%}; {result.Customers / 1e6:0} million customers. Intervals hold for the whole table at once with {result.Level:0%}. Times are in mean services."));
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private sealed class Share(IProgress<double> progress) : IProgress<SelfTestProgress>
    {
        public void Report(SelfTestProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
