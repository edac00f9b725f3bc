using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder commitments</c>: which promises are kept.</summary>
public static class CommitmentsCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("commitments", "Which promises are kept.") { Check() };

    private static Command Check()
    {
        var fail = new Option<bool>("--fail-on-broken") { Description = "Answer with exit code 1 where a promise is broken" };
        var (store, json, dates) = (StoreOption.New(), StoreOption.NewJson(), new AsAtOptions());
        var command = new Command(
            "check",
            "Say of each promise whether it is kept, broken or not testable, with what shows it.\n\nExamples:\n  pathfinder commitments check --effective 2017-08-01 --known 2017-09-30\n  pathfinder commitments check --json --fail-on-broken")
        {
            store, json, fail,
        };
        dates.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            var asked = dates.Read(parse);
            return asked.Succeeded
                ? StoreOption.RunAsync(
                    parse.GetValue(store), services => RunAsync(services, asked.Value, parse.GetValue(json), parse.GetValue(fail), cancellation), readOnly: !asked.Value.Restricted)
                : Task.FromResult(Answers.Refuse(asked.Problems, parse.GetValue(json)));
        });
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, AsAtOptions.Asked asked, bool json, bool failOnBroken, CancellationToken cancellation)
    {
        var view = services.GetRequiredService<IRecords>().View(asked.Reader, asked.At);
        await asked.LogAsync(services, [.. await view.ListAsync<Commitment>(cancellation)], cancellation);
        var report = await services.GetRequiredService<PromiseCheck>().ReportAsync(view, cancellation);
        var code = report.Broken > 0 && failOnBroken ? ExitCodes.Failed : ExitCodes.Done;
        if (json)
        {
            return StoreOption.PrintJson(report, code);
        }

        Print(report);
        return code;
    }

    private static void Print(PromiseReport report)
    {
        Console.WriteLine(report.Headline);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"as at {report.Effective:yyyy-MM-dd}, as known on {report.Known:yyyy-MM-dd}"));
        var table = new Table();
        table.AddColumns("Promise", "By", "To", "Verdict", "Since", "Why");
        foreach (var line in report.Promises)
        {
            table.AddRow(
                Markup.Escape(line.Title), Markup.Escape(line.By?.Name ?? "not stated"), Markup.Escape(string.Join(", ", line.To.Select(to => to.Name))), line.Verdict,
                line.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (line.SinceUncertain is null ? "" : " at the latest"), Markup.Escape(string.Join("; ", line.SinceUncertain is null ? line.Why : [.. line.Why, line.SinceUncertain])));
        }

        Screen.Print(table);
    }
}
