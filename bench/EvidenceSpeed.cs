using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Bench;

/// <summary>Reading long despatch logs: an invented one of a million and of ten million rows, imported into a store of its own.</summary>
internal static class EvidenceSpeed
{
    private const string Mapping = """
        log: invented
        title: Invented calls
        time: {zone: Europe/London, formats: [yyyy-MM-dd HH:mm], ambiguous: first}
        columns: {id: ref, created: at, grade: grade, area: zone, arrived: there}
        grades: {I: I, S: S}
        """;

    private static readonly ChangeContext Context = new("bench", "pathfinder", "bench");

    public static async Task WriteAsync(string folder)
    {
        var text = new StringBuilder("# Importing despatch logs: speed and memory\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `./do bench evidence`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. A process of its own for each; seconds are processor time.\n\n| Rows | Kept | Left out | Seconds | Rows a second | Peak memory |\n|---|---|---|---|---|---|\n");
        foreach (var rows in new[] { 1_000_000, 10_000_000 })
        {
            var line = Peers.Own("log", rows.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("The import failed; run the bench with: log " + rows);
            Console.WriteLine(line);
            text.AppendLine(line);
        }

        text.Append("\nTen times the rows take more memory only by their ids, which are kept with their lines to find one that comes twice.\n");
        await File.WriteAllTextAsync(Path.Combine(folder, $"evidence-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    /// <summary>Imports a log of so many rows; a row of the table.</summary>
    public static async Task<string> ImportAsync(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("pathfinder-bench-log-");
        try
        {
            var file = Path.Combine(folder.FullName, "calls.csv");
            await WriteLogAsync(file, rows);
            await using var services = new ServiceCollection().AddLogging().AddPathfinder(new StoreOptions { Location = Path.Combine(folder.FullName, "pathfinder.db") }).BuildServiceProvider();
            await services.GetRequiredService<ForceImport>().ImportAsync(Path.Combine("data", "harbour"), Context);
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            await using var content = File.OpenRead(file);
            var read = await services.GetRequiredService<IncidentImport>().ImportAsync(content, "calls.csv", new MappingFile("map.yaml", Encoding.UTF8.GetBytes(Mapping)), new ImportOptions(true, null), Context);
            var process = Process.GetCurrentProcess();
            var seconds = (process.TotalProcessorTime - before).TotalSeconds;
            var log = read.Value.Log;
            return string.Create(
                CultureInfo.InvariantCulture, $"| {log.InFile:N0} | {log.Kept:N0} | {log.InFile - log.Kept:N0} | {seconds:0.0} | {log.InFile / seconds:N0} | {process.PeakWorkingSet64 / 1048576.0:0} MB |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A call each half minute and a bit from 2010 on, so that clocks change under it; what they skip is left out.
    private static async Task WriteLogAsync(string path, int rows)
    {
        await using var writer = new StreamWriter(path, false, new UTF8Encoding(false), 1 << 20);
        await writer.WriteLineAsync("ref,at,grade,zone,there");
        var start = new DateTime(2010, 1, 1);
        for (var i = 0; i < rows; i++)
        {
            var at = start.AddSeconds(i * 31L);
            await writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{i},{at:yyyy-MM-dd HH:mm},{(i % 3 == 0 ? 'I' : 'S')},HZ{1 + (i % 20):000},{at.AddMinutes(9):yyyy-MM-dd HH:mm}"));
        }
    }
}
