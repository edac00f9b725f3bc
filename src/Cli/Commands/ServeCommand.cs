using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Pathfinder.Platform;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;
using Pathfinder.Web;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder serve</c>: the web application, its API and the worker in one process.</summary>
public static class ServeCommand
{
    private const string DefaultUrls = "http://127.0.0.1:5080";
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(8);

    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons; port 0 takes a free one",
            DefaultValueFactory = _ => DefaultUrls,
        };
        var store = new Option<string?>("--store")
        {
            Description = $"SQLite file or postgresql:// address (default: ${StoreOptions.Variable}, else {StoreOptions.DefaultLocation})",
        };
        var pack = new Option<string>("--pack")
        {
            Description = "Force pack imported on first start: the name of one that comes with the product, or a folder",
            DefaultValueFactory = _ => "london",
        };
        var keys = new Option<string?>("--keys")
        {
            Description = "Folder of the keys that protect sessions; several servers share one (default: beside the store)",
        };
        var command = new Command(
            "serve",
            """
            Serve the pages and the API, and work the queue.

            The first start creates the store, imports the pack and the programme beside it (data/london-programme), and prints
            a link that signs in once. Examples:
              pathfinder serve
              pathfinder serve --pack harbour --store trial/pathfinder.db
              pathfinder serve --urls https://0.0.0.0:8443 --store postgresql://pathfinder@db/pathfinder
            """)
        { urls, store, pack, keys };
        command.SetAction((parse, cancellation) => RunAsync(
            parse.GetValue(urls)!, parse.GetValue(store), parse.GetValue(pack)!, parse.GetValue(keys), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string urls, string? given, string pack, string? keys, CancellationToken cancellation)
    {
        var store = StoreOptions.From(given);
        if (PackFolders.Find(pack) is not { } folder)
        {
            return Refuse($"There is no force pack \"{pack}\": give the name of one that comes with the product ({string.Join(", ", PackFolders.Names())}) or a folder with a manifest.json");
        }

        try
        {
            await using var app = PathfinderWeb.Build(new PathfinderWebOptions
            {
                Urls = urls,
                KeysFolder = keys ?? Path.Combine(Path.GetDirectoryName(store.FilePath ?? Path.GetFullPath(StoreOptions.DefaultLocation))!, "keys"),
                Services = services => services.AddPathfinder(store).AddWorker(),
            });
            return await ServeAsync(app, urls, given, store, folder, cancellation);
        }
        catch (StoreException exception)
        {
            return Refuse(exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Refuse($"{urls} is already in use; choose another with --urls");
        }
    }

    private static async Task<int> ServeAsync(WebApplication app, string urls, string? given, StoreOptions store, string pack, CancellationToken cancellation)
    {
        // Whoever can reach the server could take the first link's place: it is made only where that is this machine's user.
        var local = urls.Split(';', StringSplitOptions.RemoveEmptyEntries).All(IsLoopback);
        if (!local && store.FilePath is { } file && !File.Exists(file))
        {
            return Refuse(NeedsAdministrator(urls, given, store));
        }

        var services = app.Services;
        var opened = services.GetRequiredService<Store>();
        var isNew = (await opened.PendingAsync(cancellation)).Count > 0;
        await opened.OpenAsync(cancellation);
        Console.WriteLine($"Store: {store.DisplayName}{(isNew ? " (created or brought up to this version)" : "")}");

        if (!local && !await services.GetRequiredService<IPeople>().HasAdministratorAsync(cancellation))
        {
            return Refuse(NeedsAdministrator(urls, given, store));
        }

        if (await ImportAsync(services, pack, cancellation) is { Count: > 0 } problems)
        {
            return Refuse(string.Join(Environment.NewLine, problems));
        }

        await app.StartAsync(cancellation);
        var address = app.Urls.First().Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
        Console.WriteLine($"Pathfinder listens on {string.Join(", ", app.Urls)}");
        if (local && await services.GetRequiredService<ISignIn>().MakeFirstLinkAsync(LinkLifetime, cancellation) is { } token)
        {
            Console.WriteLine();
            Console.WriteLine("Open this link to sign in; it works once, for eight hours:");
            Console.WriteLine($"  {address}/account/link/{token}");
            Console.WriteLine();
        }
        else
        {
            Console.WriteLine($"Sign in at {address}/");
        }

        Console.WriteLine("Press Ctrl+C to stop.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    // An address may hold a password, so it is not repeated.
    private static string NeedsAdministrator(string urls, string? given, StoreOptions store)
    {
        var option = given is null ? "" : store.FilePath is null ? " --store ADDRESS" : $" --store \"{given}\"";
        return $"{urls} can be reached from other machines, and nobody can sign in as an administrator yet. Create one first (the password is asked for): pathfinder user add NAME --role administrator{option}";
    }

    // A store that holds a force keeps it: another pack goes in with the import command.
    private static async Task<IReadOnlyList<Problem>> ImportAsync(IServiceProvider services, string pack, CancellationToken cancellation)
    {
        if (await services.GetRequiredService<IForces>().FindCurrentAsync(cancellation) is { } current)
        {
            Console.WriteLine($"Force: {current.Manifest.Title}");
            await FirstProgramme.LoadAsync(services, current.Manifest.Name, cancellation);
            await ReplayFiles.ReplayFirstAsync(services, current.Manifest.Name, cancellation);
            await RetrodictCommand.KeepFirstAsync(services, current.Manifest.Name, cancellation);
            return [];
        }

        Console.WriteLine($"Importing {pack} …");
        var receipt = await services.GetRequiredService<ForceImport>()
            .ImportAsync(pack, new ChangeContext("system", "pathfinder", $"first start: imported the force pack {Path.GetFileName(pack)}"), cancellation);
        if (receipt.Succeeded)
        {
            Console.WriteLine($"Force: {receipt.Value.Pack.Title}, {receipt.Value.Facts} facts recorded");
            await FirstProgramme.LoadAsync(services, pack, cancellation);
            await ReplayFiles.ReplayFirstAsync(services, receipt.Value.Pack.Name, cancellation);
            await RetrodictCommand.KeepFirstAsync(services, receipt.Value.Pack.Name, cancellation);
        }

        return receipt.Problems;
    }

    private static bool IsLoopback(string url)
    {
        // Kestrel's wildcard hosts (*, +) are no host names and listen everywhere.
        var host = url.Contains("://*", StringComparison.Ordinal) || url.Contains("://+", StringComparison.Ordinal) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) ? "" : uri.Host.Trim('[', ']');
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine("pathfinder: " + message);
        return 2;
    }
}
