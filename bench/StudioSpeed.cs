using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Studio;
using Pathfinder.Platform.Sweeps;

namespace Pathfinder.Bench;

/// <summary>What a planner waits for in the studio on London: everything that the page says about a plan, after one change.</summary>
internal static class StudioSpeed
{
    /// <summary>Measures and writes its own page of results. Wall time, as a planner waits; the page adds some milliseconds of drawing.</summary>
    public static void Run(string folder)
    {
        var pack = PackReader.Read(Path.Combine("data", "london")).Value;
        var desk = new StudioDesk();
        var force = desk.ForceOf(pack, Forecast(pack)).Value;
        var text = new StringBuilder("# The studio on London: speed\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Wall time of everything that the page says, among 86,463,292 plans (1,252,620,461 with crossings), by thirteen criteria.\n\n| What | Median | Slowest | Mark |\n|---|---|---|---|\n");
        void Row(string what, string mark, IEnumerable<StudioState> states)
        {
            var times = states.Select(state =>
            {
                var clock = Stopwatch.StartNew();
                _ = desk.Answer(force, state).Value;
                return clock.Elapsed.TotalMilliseconds;
            }).Order().ToList();
            var line = string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[times.Count / 2]:0} ms | {times[^1]:0} ms | {mark} |");
            text.Append(line).Append('\n');
            Console.WriteLine(line);
        }

        var start = force.Start;
        Row("the first question after the server started", "", [start]);
        Row("a borough moved: each of 32 to another unit", "under 300 ms", force.Boroughs.Select(borough => Moved(start, borough.Code)));
        Row("the criterion changed: each of them, the first time", "under 300 ms", StudioCriteria.All.Where(criterion => StudioCriteria.Applies(criterion, force, start)).Select(criterion => start with { By = criterion.Key }));
        Row("a slider moved, judged by the overall score: 20 weights never asked before", "under 300 ms", Enumerable.Range(1, 20).Select(i => start with
        {
            By = StudioCriteria.Overall,
            Weights = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["residents"] = 1 + (i % 10), ["calls"] = 1 + (i * 3 % 10), ["compactness"] = 1 + (i * 7 % 10), ["in-time"] = i % 7 },
        }));
        Row("a padlock closed: each unit alone, never asked before", "under 300 ms", start.Plan.Select(unit => start with { Keep = [unit.Boroughs] }));
        Row("crossings counted as borders, the first time", "", [start with { Crossings = true }]);
        Row("with crossings, a borough moved: each of 32", "under 300 ms", force.Boroughs.Select(borough => Moved(start with { Crossings = true }, borough.Code)));
        Row("units of 2 to 5 boroughs, the first time", "", [start with { Max = 5 }]);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"studio-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    private static StudioState Moved(StudioState state, string code)
    {
        var from = state.Plan.First(unit => unit.Boroughs.Contains(code));
        var to = state.Plan[(state.Plan.ToList().IndexOf(from) + 1) % state.Plan.Count];
        return state with
        {
            Plan = [.. state.Plan.Select(unit => unit == from ? unit with { Boroughs = [.. unit.Boroughs.Where(other => other != code)] }
                : unit == to ? unit with { Boroughs = [.. unit.Boroughs.Append(code).Order(StringComparer.Ordinal)] } : unit).Where(unit => unit.Boroughs.Count > 0)],
        };
    }

    // Shares spread like simulated ones: only their number and their variety matter to the time.
    private static StudioForecast Forecast(ForcePack pack)
    {
        var groups = ConnectedGroups.Of(pack, 4);
        var sweep = new GroupSweep { Force = pack.Manifest.Name, PackVersion = "", PackSha256 = pack.Sha256, Dated = default, MaxSize = 4, Days = 28, Replications = 4, Seed = 1, EngineVersion = "", Groups = groups.Count };
        return StudioForecast.Of("bench", sweep, [.. groups.Select((group, i) => new GroupValues(group, 100, 12, 0.8 + (i * 7919 % 1009 / 6000.0), 0.85 + (i * 104729 % 997 / 8000.0), 10, 30, 20, 0.5, 5, 0.1, 0))])!;
    }
}
