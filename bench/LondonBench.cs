using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Bench;

/// <summary>The product on the real London pack: reading, simulating, starting to serve, and each page. Wall time, as a user waits.</summary>
internal static partial class LondonBench
{
    private static readonly string[] Pages =
    [
        "/", "/force", "/force?effective=2016-12-01&known=2018-03-01", "/areas/borough/E09000026", "/areas/unit/EA", "/assumptions",
        "/designs", "/designs/new", "/runs", "/changes", "/about", "/api/v1/boroughs",
    ];

    public static async Task WriteAsync(string folder)
    {
        var rows = new List<(string What, string Figure, string Mark)>();
        void Row(string what, FormattableString figure, string mark = "")
        {
            rows.Add((what, figure.ToString(CultureInfo.InvariantCulture), mark));
            Console.WriteLine($"{what}: {rows[^1].Figure}{(mark.Length > 0 ? $" (mark: {mark})" : "")}");
        }

        Simulate(Row);
        await ServeAsync(Row);
        var text = new StringBuilder("# The product on London: speed\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Wall time.\n\n| What | Measured | Mark |\n|---|---|---|\n");
        foreach (var (what, figure, mark) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} | {mark} |\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"london-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    /// <summary>Prints how long a run is waited for, and writes nothing.</summary>
    public static async Task PrintWaitsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-bench-");
        try
        {
            using var server = Start(folder.FullName);
            try
            {
                using var client = await SignInAsync(await LinkAsync(server));
                await RunWait.MeasureAsync(client, (what, figure, _) => Console.WriteLine($"{what}: {figure.ToString(CultureInfo.InvariantCulture)}"));
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Simulate(Action<string, FormattableString, string> row)
    {
        var folder = Path.Combine("data", "london");
        var clock = Stopwatch.StartNew();
        var pack = PackReader.Read(folder).Value;
        row("Reading and checking data/london", $"{clock.Elapsed.TotalSeconds:0.00} s", "");
        var design = DesignStart.FromForce(pack, new DateOnly(2016, 12, 1), "Borough command").Value;
        var content = new ScenarioFolder(".", new PackFolderContent(name => Path.Combine("data", name), () => ["london"]));
        var week = ScenarioCompiler.Compile(ScenarioWriter.Write(design, pack, new ScenarioOptions { Days = 7 }).Value, content).Value;
        var simulator = new Simulator();
        simulator.Run(week, 1, 1, 1);
        clock.Restart();
        const int Rounds = 5;
        for (ulong seed = 1; seed <= Rounds; seed++)
        {
            simulator.Run(week, 1, seed, 1);
        }

        row("London whole, one counted week after a week of warm-up, one replication, one thread", $"{clock.Elapsed.TotalMilliseconds / Rounds:0} ms ({clock.Elapsed.TotalMilliseconds / Rounds / 2:0} ms a simulated week)", "under 100 ms a week");
        var month = ScenarioCompiler.Compile(ScenarioWriter.Write(design, pack, new ScenarioOptions { Days = 28 }).Value, content).Value;
        clock.Restart();
        simulator.Run(month, 20, 1, Environment.ProcessorCount);
        row($"London whole, twenty replications of four weeks, {Environment.ProcessorCount} threads", $"{clock.Elapsed.TotalSeconds:0.0} s", "two designs in under a minute");
    }

    private static async Task ServeAsync(Action<string, FormattableString, string> row)
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-bench-");
        try
        {
            foreach (var what in new[] { "First start, London imported, until it listens", "Later start, until it listens" })
            {
                var clock = Stopwatch.StartNew();
                using var server = Start(folder.FullName);
                try
                {
                    var link = await LinkAsync(server);
                    row(what, $"{clock.Elapsed.TotalSeconds:0.0} s", what[0] == 'F' ? "first serve, build included, under 3 minutes" : "under 3 s");
                    if (what[0] == 'L')
                    {
                        using var client = await SignInAsync(link);
                        await PagesAsync(client, Pages, row);
                        await RunWait.MeasureAsync(client, row);
                    }
                }
                finally
                {
                    server.Kill(entireProcessTree: true);
                    await server.WaitForExitAsync();
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A client that a link signed in.</summary>
    internal static async Task<HttpClient> SignInAsync(Uri link)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new System.Net.CookieContainer() }) { BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)) };
        var token = Token().Match(await client.GetStringAsync(link)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        (await client.PostAsync(link, form)).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Times each page.</summary>
    internal static async Task PagesAsync(HttpClient client, IReadOnlyList<string> pages, Action<string, FormattableString, string> row)
    {
        foreach (var page in pages)
        {
            var clock = Stopwatch.StartNew();
            var bytes = (await client.GetByteArrayAsync(new Uri(page, UriKind.Relative))).Length;
            var first = clock.Elapsed.TotalMilliseconds;
            var times = new double[15];
            for (var i = 0; i < times.Length; i++)
            {
                clock.Restart();
                await client.GetByteArrayAsync(new Uri(page, UriKind.Relative));
                times[i] = clock.Elapsed.TotalMilliseconds;
            }

            Array.Sort(times);
            row($"Page `{page}`", $"{times[7]:0} ms (median of 15; the first {first:0} ms); {bytes / 1024} kB", "under 200 ms");
        }
    }

    /// <summary>The product serving a store in a folder.</summary>
    internal static Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.GetFullPath(Path.Combine("src", "Cli", "bin", "Release", "net10.0", "Pathfinder.Cli.dll")), "serve", "--urls", "http://127.0.0.1:0", "--store", Path.Combine(folder, "pathfinder.db")])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>The link that a server prints once it listens.</summary>
    internal static async Task<Uri> LinkAsync(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Link().Match(line) is { Success: true } match)
            {
                return new Uri(match.Value);
            }
        }

        throw new InvalidOperationException("The server stopped: " + await server.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"http://\S+/account/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
