using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Work;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder import incidents</c>: a despatch log into the store.</summary>
internal static class ImportIncidentsCommand
{
    /// <summary>The command.</summary>
    public static Command Build()
    {
        var file = new Argument<string>("FILE.csv") { Description = "The log, CSV in UTF-8, or the same gzipped (.gz)" };
        var mapping = new Option<string>("--map", "-m") { Description = "The mapping: which column is what, YAML", Required = true };
        var keepGood = new Option<bool>("--keep-good") { Description = "Keep the good rows although others are bad; without it one bad row refuses the file" };
        var replace = new Option<bool>("--replace") { Description = "Replace the log that stands under the same key with other content; without it that is refused" };
        var ground = new Option<string?>("--keep-coordinates") { Description = "Keep exact coordinates, on this ground, which is recorded; without it they are dropped once the zone is known" };
        var why = new Option<string?>("--why") { Description = "Why it is imported, for the log of changes" };
        var (store, json) = (StoreOption.New(), StoreOption.NewJson());
        var command = new Command(
            "incidents",
            "Import a despatch log, to replay and to measure. Columns that the mapping does not name are never read.\n\n"
            + "Example:\n  pathfinder import incidents log.csv --map mapping.yaml --keep-good")
        { file, mapping, keepGood, replace, ground, why, store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            services => RunAsync(
                services, parse.GetValue(file)!, parse.GetValue(mapping)!, new ImportOptions(parse.GetValue(keepGood), parse.GetValue(ground), parse.GetValue(replace)),
                parse.GetValue(why), parse.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, string file, string mapping, ImportOptions options, string? why, bool json, CancellationToken cancellation)
    {
        var mapped = Screen.Read(mapping);
        if (!mapped.Succeeded)
        {
            return Answers.Refuse(mapped.Problems, json);
        }

        FileStream content;
        try
        {
            content = File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Answers.Refuse([new("The file cannot be read", file, Found: e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message)], json);
        }

        await using (content)
        {
            var name = Path.GetFileName(file);
            var imported = await services.GetRequiredService<IncidentImport>().ImportAsync(
                content, name, new MappingFile(Path.GetFileName(mapping), mapped.Value), options, StoreOption.Person(why ?? "Import of the log " + name), new Counting(), cancellation);
            if (!imported.Succeeded)
            {
                return Answers.Refuse(imported.Problems, json);
            }

            var (key, log, faults, _) = imported.Value;
            if (json)
            {
                return StoreOption.PrintJson(new { Key = key, imported.Value.Unchanged, Log = log });
            }

            Console.Out.WriteLine(imported.Value.Sentence);
            foreach (var (reason, count) in log.LeftOut)
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  left out: {reason} {count:N0}"));
            }

            foreach (var fault in faults)
            {
                Console.Error.WriteLine(fault.ToString());
            }

            return ExitCodes.Done;
        }
    }

    // A long file on a terminal says how far it is; a pipe is left alone.
    private sealed class Counting : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write("\r" + value.Text + "   ");
            }
        }
    }
}
