using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
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
        var effective = new Option<string?>("--effective") { Description = "The day on which it is to hold, year-month-day; today where it is left out" };
        var known = new Option<string?>("--known") { Description = "The day of knowledge, year-month-day; the effective day where it is left out" };
        var fail = new Option<bool>("--fail-on-broken") { Description = "Answer with exit code 1 where a promise is broken" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "check",
            "Say of each promise whether it is kept, broken or not testable, with what shows it.\n\nExamples:\n  pathfinder commitments check --effective 2017-08-01 --known 2017-09-30\n  pathfinder commitments check --json --fail-on-broken")
        {
            effective, known, store, json, fail,
        };
        command.SetAction((parse, cancellation) =>
        {
            var problems = new List<Problem>();
            var at = At(parse.GetValue(effective), parse.GetValue(known), problems);
            return problems.Count > 0
                ? Task.FromResult(Answers.Refuse(problems, parse.GetValue(json)))
                : StoreOption.RunAsync(
                    parse.GetValue(store),
                    async services =>
                    {
                        var view = services.GetRequiredService<IRecords>().View(null, at);
                        var report = await services.GetRequiredService<PromiseCheck>().ReportAsync(view, cancellation);
                        var code = report.Broken > 0 && parse.GetValue(fail) ? ExitCodes.Failed : ExitCodes.Done;
                        if (parse.GetValue(json))
                        {
                            return StoreOption.PrintJson(report, code);
                        }

                        Print(report);
                        return code;
                    },
                    readOnly: true);
        });
        return command;
    }

    private static AsAt At(string? effective, string? known, List<Problem> problems)
    {
        DateOnly? Day(string? text, string option)
        {
            if (text is null)
            {
                return null;
            }

            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            problems.Add(new Problem("This is not a day", Field: option, Found: text, Accepted: "year-month-day, for example 2017-05-12"));
            return null;
        }

        var holds = Day(effective, "--effective") ?? TimeProvider.System.LondonToday();
        return new AsAt(holds, Day(known, "--known") ?? (effective is null ? TimeProvider.System.LondonToday() : holds));
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
                line.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Markup.Escape(string.Join("; ", line.Why)));
        }

        Screen.Print(table);
    }
}
