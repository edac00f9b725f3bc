using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder retrodict</c>: could a change have been foreseen from the months before it?</summary>
public static class RetrodictCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var plan = new Option<string?>("--plan") { Description = "Folder with plan.yaml, targets.csv and outcomes.csv; that of London where nothing is said" };
        var pack = new Option<string?>("--pack") { Description = "The force pack's folder; London where nothing is said" };
        var (budget, seed, threads) = (FitCommands.Budget(), FitCommands.Seed(), FitCommands.Threads());
        var output = new Option<string?>("--out", "-o") { Description = "Write the result as JSON to this file" };
        var keep = new Option<bool>("--keep") { Description = "Keep it in the store, so that the page shows it" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "retrodict",
            "Calibrate on the months before a change only, predict the months after it, and set the prediction against what happened and against naive forecasts. "
            + "Targets of the time predicted are refused.\n\nExample:\n  pathfinder retrodict --seed 1 --json > retrodiction.json")
        { plan, pack, budget, seed, threads, output, keep, store, json };
        command.SetAction(async (parse, cancellation) =>
        {
            var options = new CalibrationOptions(parse.GetValue(budget), parse.GetValue(seed), Math.Max(1, parse.GetValue(threads)));
            var folder = parse.GetValue(plan) ?? PackFolders.FindData("london-retrodiction") ?? Path.Combine("data", "london-retrodiction");
            var (planned, targets, outcomes) = (Text(folder, "plan.yaml"), Text(folder, "targets.csv"), Text(folder, "outcomes.csv"));
            List<Problem> problems = [.. planned.Problems, .. targets.Problems, .. outcomes.Problems];
            if (problems.Count > 0)
            {
                return Answers.Refuse(problems, parse.GetValue(json));
            }

            var inputs = (planned.Value, targets.Value, outcomes.Value);
            return parse.GetValue(keep)
                ? await KeepAsync(parse.GetValue(store), inputs, options, parse.GetValue(json), cancellation)
                : Run(parse.GetValue(pack) ?? PackFolders.Find("london") ?? Path.Combine("data", "london"), inputs, options, parse.GetValue(output), parse.GetValue(json), cancellation);
        });
        return command;
    }

    /// <summary>Keeps the retrodiction that comes with a force in a store that has none; says on the error stream why it could not.</summary>
    internal static async Task KeepFirstAsync(IServiceProvider services, string pack, CancellationToken cancellation)
    {
        var register = services.GetRequiredService<CalibrationRegister>();
        if (PackFolders.FindData(pack + "-retrodiction") is not { } folder || !File.Exists(Path.Combine(folder, "result.json"))
            || await register.ListRetrodictionsAsync(TimeProvider.System.Now(), cancellation) is not [])
        {
            return;
        }

        Task<string> Read(string name) => File.ReadAllTextAsync(Path.Combine(folder, name), cancellation);
        var refused = await register.KeepRetrodictionAsync(
            await Read("plan.yaml"), await Read("targets.csv"), await Read("outcomes.csv"), await File.ReadAllBytesAsync(Path.Combine(folder, "result.json"), cancellation),
            new ChangeContext("system", "pathfinder", "first start: kept the retrodiction that comes with the force"), TimeProvider.System.LondonToday(), cancellation);
        if (refused is not null)
        {
            Console.Error.WriteLine($"pathfinder: the retrodiction in {folder} was not kept:");
            Screen.Refuse([refused]);
        }
    }

    private static Outcome<string> Text(string folder, string file) => Screen.ReadText(Path.Combine(folder, file));

    private static int Run(string pack, (string Plan, string Targets, string Outcomes) inputs, CalibrationOptions options, string? output, bool json, CancellationToken cancellation)
    {
        var read = PackReader.Read(pack);
        if (!read.Succeeded)
        {
            return Answers.Refuse(read.Problems, json);
        }

        return FitCommands.Compute(
            "Predicting", progress => Retrodictor.Run(read.Value, inputs.Plan, inputs.Targets, inputs.Outcomes, options, progress, cancellation),
            result => Answer(result, output, json), json);
    }

    private static Task<int> KeepAsync(string? store, (string Plan, string Targets, string Outcomes) inputs, CalibrationOptions options, bool json, CancellationToken cancellation) =>
        RunCommand.WorkAsync(store, services =>
        {
            var register = services.GetRequiredService<CalibrationRegister>();
            return FitCommands.KeepAsync(
                services,
                () => register.StartRetrodictionAsync(inputs.Plan, inputs.Targets, inputs.Outcomes, options, StoreOption.Person("Retrodiction from the command line"), cancellation),
                async name => Answer((await register.FindRetrodictionAsync(name, TimeProvider.System.Now(), CancellationToken.None))!, null, json),
                json, cancellation);
        });

    private static int Answer(RetrodictionResult result, string? output, bool json) => FitCommands.Answer(CalibrationRegister.Write(result), output, json, () => Print(result));

    private static void Print(RetrodictionResult result)
    {
        Console.WriteLine(result.Title);
        foreach (var finding in result.Findings)
        {
            Console.WriteLine("  " + finding);
        }

        var months = new Table();
        months.AddColumns("Area", "Measure", "Month", "Before calibration", "Predicted: median (80%)", "Happened", "Stands");
        foreach (var month in result.Months.Concat(result.Periods))
        {
            months.AddRow(
                month.Area, month.Measure, Format($"{month.From:yyyy-MM-dd} to {month.To:yyyy-MM-dd}"), Span(month.Prior), Format($"{100 * month.Posterior.Median:0}% {Span(month.Posterior)}"),
                month.Observed is { } observed ? Format($"{100 * observed:0.#}%") : "–", month.Held switch { true => "inside", false => "outside", null => "not known" });
        }

        Screen.Print(months);
        var scores = new Table();
        scores.AddColumns("Forecast", "Area", "Months", "Inside", "Mean width", "Mean interval score");
        foreach (var score in result.Scores)
        {
            scores.AddRow(score.Forecast, score.Area, Format($"{score.Months}"), Format($"{score.Coverage:0%}"), Format($"{100 * score.MeanWidth:0.0}"), Format($"{100 * score.MeanScore:0.0}"));
        }

        Screen.Print(scores);
        var mechanisms = new Table();
        mechanisms.AddColumns("Mechanism", "Area", "Measure", "Effect in points: median (80%)");
        foreach (var each in result.Mechanisms)
        {
            mechanisms.AddRow(each.Mechanism, each.Area, each.Measure, Format($"{100 * each.Effect.Median:+0.0;−0.0;0.0} ({100 * each.Effect.Lower:+0.0;−0.0;0.0} to {100 * each.Effect.Upper:+0.0;−0.0;0.0})"));
        }

        Screen.Print(mechanisms);
    }

    private static string Span(Interval80 interval) => Format($"({100 * interval.Lower:0} to {100 * interval.Upper:0})");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
