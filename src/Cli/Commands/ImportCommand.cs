using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder import</c>: brings data into the store, all or nothing.</summary>
public static class ImportCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("import", "Bring data into the store, all or nothing.");
        command.Subcommands.Add(Pack());
        return command;
    }

    private static Command Pack()
    {
        var folder = new Argument<string>("DIR") { Description = "The pack's folder" };
        var store = new Option<string?>("--store") { Description = "SQLite file or PostgreSQL connection; else PATHFINDER_STORE, else " + StoreOptions.DefaultLocation };
        var json = new Option<bool>("--json") { Description = "Answer in JSON" };
        var command = new Command(
            "pack", "Import a force pack. The same pack again does nothing; a later version is recorded as known from today.\nExample: pathfinder import pack data/london")
        {
            folder, store, json,
        };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(folder)!, parse.GetValue(store), parse.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? store, bool json, CancellationToken cancellation)
    {
        try
        {
            await using var services = new ServiceCollection().AddPathfinder(StoreOptions.From(store)).BuildServiceProvider();
            var import = await services.GetRequiredService<ForceImport>()
                .ImportAsync(folder, new ChangeContext("system", "pathfinder", "Import of the force pack in " + Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))), cancellation);
            if (!import.Succeeded)
            {
                return Screen.Refuse(import.Problems);
            }

            var (pack, facts) = import.Value;
            Console.Out.WriteLine(json
                ? JsonSerializer.Serialize(new { pack.Name, pack.Title, pack.Version, pack.PackSha256, Facts = facts }, Json)
                : string.Create(CultureInfo.InvariantCulture, facts == 0
                    ? $"{pack.Title} {pack.Version} is in the store already"
                    : $"{pack.Title} {pack.Version} imported: {facts} facts recorded"));
            return ExitCodes.Done;
        }
        catch (StoreException refused)
        {
            return Screen.Refuse([refused.Problem]);
        }
    }
}
