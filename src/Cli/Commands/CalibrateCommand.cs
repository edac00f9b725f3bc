using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder calibrate</c>: which values make the simulation look like what was observed.</summary>
public static class CalibrateCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var targets = new Option<string>("--targets") { Description = "What was observed: CSV with area, measure, from, to, value, and where known tolerance and source", Required = true };
        var fit = new Option<string>("--fit") { Description = "What is fitted, over which ranges: YAML", Required = true };
        var pack = new Option<string>("--pack") { Description = "The force pack's folder", DefaultValueFactory = _ => Path.Combine("data", "london") };
        var (budget, seed, threads) = (FitCommands.Budget(), FitCommands.Seed(), FitCommands.Threads());
        var output = new Option<string?>("--out", "-o") { Description = "Write the result as JSON to this file" };
        var keep = new Option<bool>("--keep") { Description = "Keep it in the store under its name, so that runs can use it: run start DESIGN --calibration NAME" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "calibrate",
            "Find which values make the simulation look like what was observed, with an interval for each. Ctrl+C stops it and nothing is written.\n\n"
            + "Example:\n  pathfinder calibrate --targets docs/guides/examples/harbour-targets.csv --fit docs/guides/examples/harbour-fit.yaml --pack data/harbour")
        { targets, fit, pack, budget, seed, threads, output, keep, store, json };
        command.SetAction((parse, cancellation) =>
        {
            var options = new CalibrationOptions(parse.GetValue(budget), parse.GetValue(seed), Math.Max(1, parse.GetValue(threads)));
            return parse.GetValue(keep)
                ? KeepAsync(parse.GetValue(store), parse.GetValue(fit)!, parse.GetValue(targets)!, options, parse.GetValue(json), cancellation)
                : Task.FromResult(Run(parse.GetValue(pack)!, parse.GetValue(fit)!, parse.GetValue(targets)!, options, parse.GetValue(output), parse.GetValue(json), cancellation));
        });
        return command;
    }

    private static int Run(string pack, string fit, string targets, CalibrationOptions options, string? output, bool json, CancellationToken cancellation)
    {
        var (folder, parameters, observed) = (PackReader.Read(pack), Screen.ReadText(fit), Screen.ReadText(targets));
        List<Problem> problems = [.. folder.Problems, .. parameters.Problems, .. observed.Problems];
        if (problems.Count > 0)
        {
            return Answers.Refuse(problems, json);
        }

        return FitCommands.Compute(
            "Calibrating",
            progress => Calibrator.Fit(folder.Value, parameters.Value, observed.Value, options, Path.GetFileName(fit), Path.GetFileName(targets), progress, cancellation),
            result => Answer(result, output, json), json);
    }

    private static async Task<int> KeepAsync(string? store, string fit, string targets, CalibrationOptions options, bool json, CancellationToken cancellation)
    {
        var (parameters, observed) = (Screen.ReadText(fit), Screen.ReadText(targets));
        List<Problem> problems = [.. parameters.Problems, .. observed.Problems];
        if (problems.Count > 0)
        {
            return Answers.Refuse(problems, json);
        }

        return await RunCommand.WorkAsync(store, services =>
        {
            var register = services.GetRequiredService<CalibrationRegister>();
            return FitCommands.KeepAsync(
                services,
                () => register.StartAsync(parameters.Value, observed.Value, options, StoreOption.Person("Calibrated from the command line"), cancellation),
                async name => Answer((await register.FindAsync(name, TimeProvider.System.Now(), CancellationToken.None))!, null, json),
                json, cancellation);
        });
    }

    private static int Answer(CalibrationResult result, string? output, bool json) => FitCommands.Answer(CalibrationRegister.Write(result), output, json, () => Print(result));

    private static void Print(CalibrationResult result)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Title}: {result.Simulations:N0} simulations, {result.Rounds.Count} rounds, seed {result.Seed}; ended: {result.Ended}; last tolerance {result.Rounds[^1].Tolerance:0.00} standard units, effective sample {result.Rounds[^1].EffectiveSize:0} of {result.Particles.Count}"));
        var table = new Table();
        table.AddColumns("Parameter", "Before", "After: median (80% interval)", "Narrowed");
        foreach (var each in result.Parameters)
        {
            table.AddRow(
                Markup.Escape(each.Key), Text($"{each.Low:0.###} to {each.High:0.###}"),
                Text($"{each.Posterior.Median:0.###} ({each.Posterior.Lower:0.###} to {each.Posterior.Upper:0.###})"), Text($"{each.Narrowed:0%}"));
        }

        Screen.Print(table);
        var fits = new Table();
        fits.AddColumns("Area", "Measure", "Period", "Observed", "Simulated: median (80% interval)", "Stands");
        foreach (var each in result.Targets)
        {
            fits.AddRow(
                each.Area, each.Measure, Text($"{each.From:yyyy-MM-dd} to {each.To:yyyy-MM-dd}"), Text($"{each.Observed:0.###}"),
                Text($"{each.Posterior.Median:0.###} ({each.Posterior.Lower:0.###} to {each.Posterior.Upper:0.###})"), (each.HeldOut ? "held out, " : "") + (each.Held ? "inside" : "outside"));
        }

        Screen.Print(fits);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
