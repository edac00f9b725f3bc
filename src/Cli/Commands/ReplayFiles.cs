using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Cli.Commands;

/// <summary>The files of a replay on disk.</summary>
/// <param name="Log">The log, CSV.</param>
/// <param name="Mapping">Its mapping, YAML.</param>
/// <param name="Stations">Where units come from, CSV.</param>
internal sealed record ReplayFiles(string Log, string Mapping, string Stations)
{
    private static readonly ChangeContext Start = new("system", "pathfinder", "first start: replayed the log that comes with the force");

    /// <summary>Reads the files and replays them. Refused with every fault of each.</summary>
    public Outcome<(LogMapping Mapping, string Stations, ReplayResult Result)> Replay(ForcePack force, ReplayOptions options, int threads, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var (yaml, csv, bytes) = (Screen.ReadText(Mapping), Screen.ReadText(Stations), Screen.Read(Log));
        List<Problem> problems = [.. yaml.Problems, .. csv.Problems, .. bytes.Problems];
        if (problems.Count > 0)
        {
            return problems;
        }

        var mapped = LogMapping.Read(yaml.Value, Path.GetFileName(Mapping));
        var from = LogReplay.ReadStations(csv.Value, force, Path.GetFileName(Stations));
        problems = [.. mapped.Problems, .. from.Problems];
        if (problems.Count > 0)
        {
            return problems;
        }

        using var content = new MemoryStream(bytes.Value);
        var read = LogReplay.Read(content, Path.GetFileName(Log), mapped.Value, force, [.. from.Value.Select(station => station.Name)]);
        if (!read.Succeeded)
        {
            return Outcome.Refused<(LogMapping, string, ReplayResult)>(read.Problems);
        }

        var replayed = LogReplay.Run(force, mapped.Value.Title, read.Value.Incidents, read.Value.LeftOut, from.Value, options, threads, progress, cancellation);
        return replayed.Succeeded ? (mapped.Value, csv.Value, replayed.Value) : Outcome.Refused<(LogMapping, string, ReplayResult)>(replayed.Problems);
    }

    /// <summary>
    /// Replays the log that comes with a force (its folder is called "…-fire" beside the pack) into a store that has no replay yet, so
    /// that its page is there from the start. One that cannot be replayed is told of and keeps nothing from being served.
    /// </summary>
    public static async Task ReplayFirstAsync(IServiceProvider services, string pack, CancellationToken cancellation)
    {
        var replays = services.GetRequiredService<LogReplays>();
        if (PackFolders.FindData(pack + "-fire") is not { } folder || await replays.ListAsync(TimeProvider.System.Now(), cancellation) is not []
            || await services.GetRequiredService<IForces>().FindCurrentAsync(cancellation) is not { } force)
        {
            return;
        }

        var files = new ReplayFiles(Path.Combine(folder, "incidents.csv.gz"), Path.Combine(folder, "mapping.yaml"), Path.Combine(folder, "stations.csv"));
        var replayed = files.Replay(force, new ReplayOptions(new DateOnly(2017, 4, 1)), 1, null, cancellation);
        if (replayed.Succeeded)
        {
            await replays.KeepAsync(replayed.Value.Mapping, replayed.Value.Result, replayed.Value.Stations, Start, cancellation);
        }
        else
        {
            Console.Error.WriteLine($"pathfinder: the log in {folder} was not replayed:");
            Screen.Refuse(replayed.Problems);
        }
    }
}
