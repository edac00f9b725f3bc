using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder import</c>: brings data into the store, all or nothing.</summary>
public static class ImportCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("import", "Bring data into the store, all or nothing.");
        command.Subcommands.Add(Pack());
        command.Subcommands.Add(ImportIncidentsCommand.Build());
        return command;
    }

    private static Command Pack()
    {
        var folder = new Argument<string>("DIR") { Description = "The pack's folder" };
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command(
            "pack", "Import a force pack. The same pack again does nothing; a later version is recorded as known from today.\n\nExample:\n  pathfinder import pack data/london")
        {
            folder, store, json,
        };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store), services => RunAsync(services, parse.GetValue(folder)!, parse.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string folder, bool json, CancellationToken cancellation)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var import = await services.GetRequiredService<ForceImport>().ImportAsync(folder, StoreOption.Person("Import of the force pack " + name), cancellation);
        if (!import.Succeeded)
        {
            return Screen.Refuse(import.Problems);
        }

        var (pack, facts) = import.Value;
        if (json)
        {
            return StoreOption.PrintJson(new { pack.Name, pack.Title, pack.Version, pack.PackSha256, Facts = facts });
        }

        Console.Out.WriteLine(facts == 0
            ? $"{pack.Title} {pack.Version} is in the store already"
            : string.Create(CultureInfo.InvariantCulture, $"{pack.Title} {pack.Version} imported: {facts} facts recorded"));
        return ExitCodes.Done;
    }
}
