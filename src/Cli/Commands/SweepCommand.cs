using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Sweeps;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder sweep</c>: every possible unit, simulated once.</summary>
public static class SweepCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build() => new("sweep", "Simulate every possible unit of the force once, for the search over groupings.") { Groups(), Values() };

    private static Command Groups()
    {
        var dated = new Option<string>("--dated") { Description = "The date whose crews and controllers are taken", DefaultValueFactory = _ => "2016-12-01" };
        var size = new Option<int>("--max-size") { Description = "Most boroughs of a unit", DefaultValueFactory = _ => 4 };
        var days = new Option<int>("--days") { Description = "Days counted in each replication", DefaultValueFactory = _ => 28 };
        var replications = new Option<int>("--replications", "-n") { Description = "Replications", DefaultValueFactory = _ => 4 };
        var seed = FitCommands.Seed();
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "groups",
            "Simulate every connected set of boroughs as one unit under unit-only despatch. Stopped or killed, the same command goes on where it was.\n\nExample:\n  pathfinder sweep groups --replications 4")
        { dated, size, days, replications, seed, store, json };
        command.SetAction((parse, cancellation) =>
        {
            if (!DateOnly.TryParseExact(parse.GetValue(dated), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return Task.FromResult(Answers.Refuse([new Problem("This is not a date", Field: "--dated", Found: parse.GetValue(dated), Accepted: "year-month-day, such as 2016-12-01")], parse.GetValue(json)));
            }

            var request = new SweepRequest(day, parse.GetValue(size), parse.GetValue(days), parse.GetValue(replications), parse.GetValue(seed));
            return RunCommand.WorkAsync(parse.GetValue(store), services => RunAsync(services.GetRequiredService<GroupSweeps>(), request, parse.GetValue(json), cancellation));
        });
        return command;
    }

    private static async Task<int> RunAsync(GroupSweeps sweeps, SweepRequest request, bool json, CancellationToken cancellation)
    {
        var started = await sweeps.StartAsync(request, StoreOption.Person("Sweep from the command line"), CancellationToken.None);
        if (!started.Succeeded)
        {
            return Answers.Refuse(started.Problems, json);
        }

        for (var (still, before) = (0, -1); ; await Task.Delay(500, CancellationToken.None))
        {
            var view = (await sweeps.FindAsync(started.Value, TimeProvider.System.Now(), CancellationToken.None))!;
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{view.Done} of {view.Sweep.Groups} units   "));
            }

            if (view.Finished)
            {
                if (json)
                {
                    return StoreOption.PrintJson(new { view.Key, view.Sweep });
                }

                Console.WriteLine($"{view.Key}: {view.Sweep.Groups} units simulated; see pathfinder sweep values {view.Key}");
                return ExitCodes.Done;
            }

            if (cancellation.IsCancellationRequested)
            {
                return Screen.Fail(string.Create(CultureInfo.InvariantCulture, $"Stopped at {view.Done} of {view.Sweep.Groups} units; the same command goes on from there."));
            }

            still = view.Done == before ? still + 1 : 0;
            before = view.Done;
            if (still > 20 && !await sweeps.IsUnderWayAsync(view.Key, CancellationToken.None))
            {
                return Screen.Fail(string.Create(CultureInfo.InvariantCulture, $"A shard failed at {view.Done} of {view.Sweep.Groups} units; the same command tries again."));
            }
        }
    }

    private static Command Values()
    {
        var key = new Argument<string?>("SWEEP") { Description = "Key of the sweep; the newest finished one where nothing is said", Arity = ArgumentArity.ZeroOrOne };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command("values", "Print the values of a sweep as CSV, as pathfinder group --group-values reads them.\n\nExample:\n  pathfinder sweep values > group-values.csv") { key, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var sweeps = services.GetRequiredService<GroupSweeps>();
                var view = parse.GetValue(key) is { } named
                    ? await sweeps.FindAsync(named, TimeProvider.System.Now(), cancellation)
                    : await sweeps.ListAsync(TimeProvider.System.Now(), cancellation) is { Count: > 0 } all ? all.FirstOrDefault(each => each.Finished) ?? all[0] : null;
                if (view is null)
                {
                    return Answers.Refuse([new Problem("There is no such sweep", Field: "SWEEP", Found: parse.GetValue(key), Accepted: "a key that pathfinder sweep groups prints")], parse.GetValue(json));
                }

                var values = await sweeps.ValuesAsync(view.Key, cancellation);
                if (!view.Finished)
                {
                    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{view.Key} is not finished: {view.Done} of {view.Sweep.Groups} units; pathfinder sweep groups goes on with it."));
                }

                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(new { view.Key, view.Sweep, view.Done, Values = values });
                }

                Console.Out.Write(GroupSweeps.Csv(values));
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }
}
