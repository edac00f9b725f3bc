using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Pathfinder.Bench;

/// <summary>
/// Reports, contradictions and the pages of a portfolio, on London's programme and, where PATHFINDER_REFERENCE names them, ten annual
/// returns of 1,727 lines. Wall time, as a user waits.
/// </summary>
internal static class ReportsBench
{
    private static readonly string[] Reports =
    [
        "/reports", "/reports/highlight-report?effective=2017-05-12&known=2017-05-12", "/reports/performance-briefing?effective=2017-09-30&known=2017-09-30", "/reports/decision-paper?effective=2016-10-05&known=2016-10-05",
        "/reports/member-briefing?effective=2018-02-28&known=2018-02-28", "/reports/portfolio-progress-report?effective=2010-02-28&known=2010-02-28", "/contradictions?effective=2018-02-28&known=2018-02-28", "/published",
    ];

    private static readonly string[] Portfolio = ["/portfolio/gmpp", "/portfolio/gmpp?department=MOD", "/portfolio/gmpp?effective=2018-12-31&known=2018-12-31", "/portfolio/gmpp/matches", "/portfolio/gmpp/projects/CO_0020_1718-Q4"];

    public static async Task WriteAsync(string folder)
    {
        var text = new StringBuilder("# Reports and portfolios: speed\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Wall time.\n\n| What | Measured | Mark |\n|---|---|---|\n");
        void Row(string what, FormattableString figure, string mark = "")
        {
            var measured = figure.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {measured} | {mark} |\n");
            Console.WriteLine($"{what}: {measured}{(mark.Length > 0 ? $" (mark: {mark})" : "")}");
        }

        var store = Directory.CreateTempSubdirectory("pathfinder-bench-");
        try
        {
            using var server = LondonBench.Start(store.FullName);
            try
            {
                using var client = await LondonBench.SignInAsync(await LondonBench.LinkAsync(server));
                await LondonBench.PagesAsync(client, Reports, Row);
                Command("`pathfinder report highlight-report`, the start of the process included", Row, "", "report", "highlight-report", "--effective", "2017-05-12", "--known", "2017-05-12", "--out", Path.Combine(store.FullName, "report.html"), "--store", Path.Combine(store.FullName, "pathfinder.db"));
                Command("`pathfinder contradictions`, the start of the process included", Row, "", "contradictions", "--known", "2018-02-28", "--json", "--store", Path.Combine(store.FullName, "pathfinder.db"));
                var returns = Path.Combine(Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE") ?? "", "data", "ops", "gmpp", "gmpp_2014_2023_slim.csv");
                if (File.Exists(returns))
                {
                    Command("`pathfinder portfolio import`, 1,727 lines of ten rounds, the start of the process included", Row, "under 5 s", "portfolio", "import", returns, "--map", Path.Combine("docs", "guides", "examples", "gmpp.yaml"), "--store", Path.Combine(store.FullName, "pathfinder.db"));
                    await LondonBench.PagesAsync(client, Portfolio, Row);
                }
                else
                {
                    Row("Pages of a portfolio", $"not measured: PATHFINDER_REFERENCE names no returns", "under 200 ms");
                }
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync();
            }
        }
        finally
        {
            store.Delete(recursive: true);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"reports-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    private static void Command(string what, Action<string, FormattableString, string> row, string mark, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(Path.Combine("src", "Cli", "bin", "Release", "net10.0", "Pathfinder.Cli.dll")), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        row(what, process.ExitCode == 0 ? (FormattableString)$"{clock.Elapsed.TotalSeconds:0.00} s" : throw new InvalidOperationException(errors.Result), mark);
    }
}
