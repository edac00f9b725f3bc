using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Bench;

/// <summary>
/// Lists of records as at two dates in a store of 50,000 governed facts with ten versions each, through the views that pages read. Wall
/// time, as a user waits. PostgreSQL is measured where PATHFINDER_TEST_POSTGRES names a server.
/// </summary>
internal static class RecordsBench
{
    private const int Observations = 45_000;
    private const int Milestones = 5_000;
    private const int Versions = 10;
    private const int PageSize = 50;
    private const int Rounds = 7;
    private static readonly DateOnly Start = new(2016, 1, 1);
    private static readonly Actor Reader = new("anna", "Anna", "mps", new HashSet<Role> { Role.Reader }, []);
    private static readonly RecordCatalogue Catalogue = new(PlatformKinds.All);

    public static async Task WriteAsync(string folder)
    {
        var rows = new List<(string What, string Figure, string Mark)>();
        void Row(string what, FormattableString figure, string mark = "")
        {
            rows.Add((what, figure.ToString(CultureInfo.InvariantCulture), mark));
            Console.WriteLine($"{what}: {rows[^1].Figure}{(mark.Length > 0 ? $" (mark: {mark})" : "")}");
        }

        var temporary = Directory.CreateTempSubdirectory("pathfinder-bench-");
        try
        {
            await MeasureAsync("SQLite", new StoreOptions { Location = Path.Combine(temporary.FullName, "pathfinder.db") }, Row);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }

        if (Environment.GetEnvironmentVariable("PATHFINDER_TEST_POSTGRES") is { Length: > 0 } server)
        {
            var database = "pathfinder_bench_" + Guid.NewGuid().ToString("N");
            await AdministerAsync(server, $"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            try
            {
                await MeasureAsync("PostgreSQL", new StoreOptions { Location = new NpgsqlConnectionStringBuilder(server) { Database = database }.ConnectionString }, Row);
            }
            finally
            {
                await AdministerAsync(server, $"DROP DATABASE {database} WITH (FORCE)");
            }
        }

        var text = new StringBuilder("# The programme's records: speed\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Written by `./do bench`. {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors. Wall time, best of {Rounds} readings and their median, each with nothing in memory and on dates not asked for before; {Observations:#,0} observations and {Milestones:#,0} milestones, {Versions} versions each.\n\n| What | Measured | Mark |\n|---|---|---|\n");
        foreach (var (what, figure, mark) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} | {mark} |\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"records-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}-processors.md"), text.ToString());
    }

    private static async Task MeasureAsync(string name, StoreOptions options, Action<string, FormattableString, string> row)
    {
        await using (var services = Services(options))
        {
            await FillAsync(services.GetRequiredService<IHistory>());
            await ImportAsync(name, services.GetRequiredService<IProgrammeExchange>(), row);
        }

        foreach (var (kind, count) in new (RecordKind, int)[] { (Catalogue.Get<Observation>(), Observations), (Catalogue.Get<Milestone>(), Milestones) })
        {
            var (page, pageAgain, whole, wholeAgain) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                // Nothing of the store in memory each time, as after a start, and dates that nobody asked for before.
                await using var services = Services(options);
                var records = services.GetRequiredService<IRecords>();
                await services.GetRequiredService<Store>().OpenAsync();
                var own = records.Catalogue.Find(kind.Name)!;
                var at = new AsAt(Start.AddDays(45 + round), Start.AddDays(45 + round));
                async Task<int> PageAsync() => (await records.View(Reader, at).PageAsync(own, count / 2, PageSize)).Records.Count;
                async Task<int> WholeAsync() => (await records.View(Reader, at).ListAsync(own)).Count;
                page.Add(await TimeAsync(PageAsync, PageSize));
                pageAgain.Add(await TimeAsync(PageAsync, PageSize));
                whole.Add(await TimeAsync(WholeAsync, count));
                wholeAgain.Add(await TimeAsync(WholeAsync, count));
            }

            var many = $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {kind.Many}";
            row($"{name}: page of {PageSize} of {many}, first on its dates", Best(page), "under 300 ms");
            row($"{name}: the same page again", Best(pageAgain), "");
            row($"{name}: all {many}, for a list sorted or narrowed by what is computed, first after a start", Best(whole), "");
            row($"{name}: all of them again", Best(wholeAgain), "");
        }
    }

    private static FormattableString Best(List<double> times) => $"{times.Min():0} ms (median {times.Order().ElementAt(times.Count / 2):0} ms)";

    private static async Task<double> TimeAsync(Func<Task<int>> job, int expected)
    {
        var clock = Stopwatch.StartNew();
        var found = await job();
        var time = clock.Elapsed.TotalMilliseconds;
        return found == expected ? time : throw new InvalidOperationException($"{found} records where {expected} were expected.");
    }

    private static async Task FillAsync(IHistory history)
    {
        var context = new ChangeContext("bench", "pathfinder", "bench");
        var (observations, milestones) = (new GovernedKind<Observation>("observation"), new GovernedKind<Milestone>("milestone"));
        for (var version = 0; version < Versions; version++)
        {
            var day = Start.AddDays(version * 10);
            foreach (var part in Enumerable.Range(0, Observations).Chunk(5000))
            {
                await history.CommitAsync(context, set =>
                {
                    foreach (var i in part)
                    {
                        set.Record(observations, $"i-in-target-{i:00000}", new Observation
                        {
                            Title = $"Immediate calls in target, area {i}", Measure = "i-in-target", Area = "E09000002", Period = PartialDate.Of(day), Value = 0.5m + (i % 40 / 100m) + version,
                            Sources = [new Locator { Document = "s1-pathfinder-briefing", Section = "Performance", Lines = "23-25" }],
                        }, new EffectivePeriod(Start), day);
                    }
                });
            }

            await history.CommitAsync(context, set =>
            {
                for (var i = 0; i < Milestones; i++)
                {
                    set.Record(milestones, $"milestone-{i:0000}", new Milestone
                    {
                        Title = $"Milestone {i}", Summary = "What is to be reached, in a sentence or two as the office writes them down.",
                        Baselines = [new Baseline { Date = PartialDate.Of(Start.AddDays(i % 500)) }],
                        Forecasts = [.. Enumerable.Range(0, version + 1).Select(v => new Forecast { Date = PartialDate.Of(Start.AddDays((i % 500) + (v * 7))), MadeOn = PartialDate.Of(Start.AddDays(v * 10)), Why = "Moved" })],
                    }, new EffectivePeriod(Start), day);
                }
            });
        }
    }

    private static async Task ImportAsync(string name, IProgrammeExchange exchange, Action<string, FormattableString, string> row)
    {
        const int Records = 10_000;
        var kind = Catalogue.Get<ImpactAssessment>();
        var records = Enumerable.Range(0, Records).Select(i => new ProgrammeFileRecord(
            kind, $"imported-{i:00000}", new ImpactAssessment { Title = $"Imported {i}", OwedFor = i == 0 ? [] : [$"impact-assessment:imported-{i - 1:00000}"] }, Start, null, Start, "bench", i + 1)).ToList();
        var bytes = ProgrammeFile.Write("bench", records);
        var clock = Stopwatch.StartNew();
        var imported = await exchange.ImportAsync(null, new ChangeContext("bench", "pathfinder", "bench"), [exchange.Read(bytes, "bench.json").Value]);
        row($"{name}: importing a programme file of {Records.ToString("#,0", CultureInfo.InvariantCulture)} records that refer to each other", $"{clock.Elapsed.TotalSeconds:0.0} s, {imported.Value.Recorded} versions", "seconds");
        clock.Restart();
        var exported = (await exchange.ExportAsync(null, new ProgrammeSelection(["milestone"]))).Value;
        row($"{name}: exporting every version of the milestones", $"{clock.Elapsed.TotalSeconds:0.0} s, {exported.Length / 1048576} MB", "");
    }

    private static ServiceProvider Services(StoreOptions options) => new ServiceCollection().AddLogging().AddPathfinder(options).BuildServiceProvider();

    private static async Task AdministerAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
