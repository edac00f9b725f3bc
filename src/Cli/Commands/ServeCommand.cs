using System.CommandLine;
using Pathfinder.Web;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder serve</c>: the web application.</summary>
public static class ServeCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Build()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Addresses to listen on, separated by semicolons",
            DefaultValueFactory = _ => "http://127.0.0.1:5080",
        };
        var command = new Command("serve", "Serve the web application and its API, and run queued work.") { urls };
        command.SetAction((parse, cancellation) => RunAsync(parse.GetValue(urls)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string urls, CancellationToken cancellation)
    {
        await using var app = PathfinderWeb.Build(new PathfinderWebOptions { Urls = urls, Services = _ => { } });
        await app.StartAsync(cancellation);
        Console.WriteLine($"Pathfinder listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
