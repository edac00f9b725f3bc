using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder replay</c>: does the simulation reproduce a log it was not fitted to?</summary>
public static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var log = new Argument<string?>("LOG.csv") { Description = "The log; the fire brigade's of London where nothing is said", Arity = ArgumentArity.ZeroOrOne };
        var mapping = new Option<string?>("--map", "-m") { Description = "Its mapping, YAML" };
        var stations = new Option<string?>("--stations") { Description = "Where units come from: CSV with station, easting, northing (or zone) and units" };
        var pack = new Option<string?>("--pack") { Description = "The force pack's folder; London where nothing is said" };
        var from = new Option<string>("--test-from") { Description = "Journeys before this day are fitted to; incidents from it on are replayed and compared", DefaultValueFactory = _ => "2017-04-01" };
        var engaged = new Option<double>("--engaged-minutes") { Description = "How long a unit is engaged where the log does not say: an assumption", DefaultValueFactory = _ => 40 };
        var replications = new Option<int>("--replications", "-n") { Description = "Replications", DefaultValueFactory = _ => 10 };
        var (seed, threads) = (FitCommands.Seed(), FitCommands.Threads());
        var keep = new Option<bool>("--keep") { Description = "Keep what was found in the store, for its page" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "replay",
            "Replay a log from its stations, with journey times fitted on the days before a date, and set response times from that date on against those seen.\n\n"
            + "Example:\n  pathfinder replay data/london-fire/incidents.csv.gz --map data/london-fire/mapping.yaml --stations data/london-fire/stations.csv --test-from 2017-04-01")
        { log, mapping, stations, pack, from, engaged, replications, seed, threads, keep, store, json };
        command.SetAction((parse, cancellation) =>
        {
            var folder = PackFolders.FindData("london-fire") ?? Path.Combine("data", "london-fire");
            var problems = new List<Problem>();
            if (!DateOnly.TryParseExact(parse.GetValue(from), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var testFrom))
            {
                problems.Add(new Problem("This is not a date", Field: "--test-from", Found: parse.GetValue(from), Accepted: "year-month-day, such as 2017-04-01"));
            }

            var options = new ReplayOptions(testFrom, parse.GetValue(engaged), parse.GetValue(replications), parse.GetValue(seed));
            problems.AddRange(options.Check().Select(problem => problem with { Field = problem.Field == "engagedMinutes" ? engaged.Name : replications.Name }));
            if (problems.Count > 0)
            {
                return Task.FromResult(Answers.Refuse(problems, parse.GetValue(json)));
            }

            var files = new ReplayFiles(
                parse.GetValue(log) ?? Path.Combine(folder, "incidents.csv.gz"), parse.GetValue(mapping) ?? Path.Combine(folder, "mapping.yaml"), parse.GetValue(stations) ?? Path.Combine(folder, "stations.csv"));
            return RunAsync(
                files, parse.GetValue(pack) ?? PackFolders.Find("london") ?? Path.Combine("data", "london"), options, Math.Max(1, parse.GetValue(threads)),
                parse.GetValue(keep) ? (true, parse.GetValue(store)) : (false, null), parse.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ReplayFiles files, string pack, ReplayOptions options, int threads, (bool Keep, string? Store) kept, bool json, CancellationToken cancellation)
    {
        var force = PackReader.Read(pack);
        if (!force.Succeeded)
        {
            return Answers.Refuse(force.Problems, json);
        }

        try
        {
            var replayed = Screen.WithProgress("Replaying", progress => files.Replay(force.Value, options, threads, new Share(progress), cancellation));
            if (!replayed.Succeeded)
            {
                return Answers.Refuse(replayed.Problems, json);
            }

            var (mapping, stations, result) = replayed.Value;
            if (kept.Keep)
            {
                var code = await StoreOption.RunAsync(kept.Store, async services =>
                {
                    await services.GetRequiredService<LogReplays>().KeepAsync(mapping, result, stations, StoreOption.Person("Replayed from the command line"), cancellation);
                    return ExitCodes.Done;
                });
                if (code != ExitCodes.Done)
                {
                    return code;
                }
            }

            return FitCommands.Answer(ScenarioJson.Write(result), null, json, () => Print(result));
        }
        catch (OperationCanceledException)
        {
            return Screen.Fail("Cancelled; nothing was written.");
        }
    }

    private static void Print(ReplayResult result)
    {
        Console.WriteLine(Text($"{result.Title}: journeys fitted on {result.Fitted:N0} before {result.TestFrom:yyyy-MM-dd}: {result.InterceptSeconds:0.0} s and {result.SecondsPerKm.Values.Min():0.0} to {result.SecondsPerKm.Values.Max():0.0} s a km by borough, spread {result.Sigma:0.000}"));
        Console.WriteLine(Text($"{result.Stations} stations, {result.Units} units; engaged {result.EngagedMinutes:0.#} minutes on average (assumed). Left out: {string.Join(", ", result.LeftOut.Select(pair => Text($"{pair.Key} {pair.Value:N0}")))}"));
        var table = new Table();
        table.AddColumns("Area", "Incidents", "Median seen", "replayed", "error", "Mean seen", "replayed", "error", "90% seen", "replayed", "error");
        foreach (var area in result.Areas)
        {
            table.AddRow(
                Markup.Escape(area.Name), Text($"{area.Incidents:N0}"), Text($"{area.SeenMedian:0}"), Text($"{area.Median:0}"), Text($"{area.MedianError:+0.0%;−0.0%}"),
                Text($"{area.SeenMean:0}"), Text($"{area.Mean:0}"), Text($"{area.MeanError:+0.0%;−0.0%}"), Text($"{area.SeenP90:0}"), Text($"{area.P90:0}"), Text($"{area.P90Error:+0.0%;−0.0%}"));
        }

        Screen.Print(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Share(IProgress<double> progress) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => progress.Report((double)value.Done / value.Total);
    }
}
