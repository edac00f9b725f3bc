using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Cli.Commands;

/// <summary>What the commands that work on a store share: the option that names it, and how its state is told.</summary>
internal static class StoreOption
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary><c>--store</c>.</summary>
    public static Option<string?> New() => new("--store")
    {
        Description = $"SQLite file or PostgreSQL address; else {StoreOptions.Variable}, else {StoreOptions.DefaultLocation}",
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> NewJson() => new("--json") { Description = "Print JSON" };

    /// <summary>Runs with the platform on the store named; a store that cannot be used is bad input.</summary>
    public static async Task<int> RunAsync(string? store, Func<IServiceProvider, Task<int>> run, bool readOnly = false)
    {
        try
        {
            var options = StoreOptions.From(store) with { ReadOnly = readOnly };
            await using var services = new ServiceCollection().AddLogging().AddPathfinder(options).BuildServiceProvider();
            return await run(services);
        }
        catch (StoreException refused)
        {
            return Screen.Refuse([refused.Problem]);
        }
    }

    /// <summary>Prints a value as JSON and answers that all is done.</summary>
    public static int PrintJson<T>(T value, int exitCode = ExitCodes.Done)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));
        return exitCode;
    }

    /// <summary>The person at the command line, as the log names them: the account of the operating system.</summary>
    public static ChangeContext Person(string why) => new("os:" + Environment.UserName, "pathfinder", why);
}
