using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Evidence;

public sealed class LogReplaysTests
{
    private const string Mapping = """
        log: calls
        title: Calls of Harbour
        source: Invented
        time: {zone: Europe/London, formats: [yyyy-MM-dd HH:mm:ss]}
        columns: {id: ref, created: at, grade: grade, area: zone, arrivedAfterSeconds: took, station: station}
        grades: {I: I}
        """;

    private const string Stations = "station,zone,units\nNorth,HZ001,2\nSouth,HZ003,2\n";
    private static readonly ChangeContext Robin = new("robin", "force", "Does it hold in May?");

    [Fact]
    public async Task Start_LogOfTheStore_KeepsWhatTheSameFileGives()
    {
        await using var store = await HarbourAsync(worker: true);
        var replays = store.Get<LogReplays>();
        var options = new ReplayOptions(new DateOnly(2017, 5, 1), 30, 2, 7);
        var job = await replays.StartAsync(new ReplayRequest("calls", options.TestFrom, Stations, options.EngagedMinutes, options.Replications, options.Seed), Robin);
        var work = store.Get<IWork>();
        for (var look = 0; look < 1500 && await work.FindAsync(job.Value) is { HasEnded: false }; look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await work.FindAsync(job.Value))!.State.ShouldBe(JobState.Finished);
        var kept = (await replays.FindAsync("calls", TimeProvider.System.Now()))!;
        (kept.Account, kept.Why, kept.Body!.Source, kept.Body.RowsSha256 is null).ShouldBe(("robin", "Does it hold in May?", "Invented", false));

        var pack = PackReader.Read(Path.Combine(Repository.Root, "data", "harbour")).Value;
        var stations = LogReplay.ReadStations(Stations, pack, "stations.csv").Value;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Rows()));
        var (incidents, leftOut) = LogReplay.Read(file, "calls.csv", LogMapping.Read(Mapping).Value, pack, ["North", "South"]).Value;
        var ofFile = LogReplay.Run(pack, "Calls of Harbour", incidents, leftOut, stations, options).Value;
        (await replays.FindBytesAsync("calls", TimeProvider.System.Now())).ShouldBe(ScenarioJson.Write(ofFile));
        leftOut["unknown-station"].ShouldBe(1);

        (await replays.StartAsync(new ReplayRequest("calls", new DateOnly(2017, 4, 20)), Robin)).Succeeded.ShouldBeTrue("stations of the last replay serve again");
    }

    [Fact]
    public async Task Start_NoLogNoStationsDayOutsideOrNumbersOutOfBounds_NamesEach()
    {
        await using var store = await HarbourAsync();
        var replays = store.Get<LogReplays>();

        (await replays.StartAsync(new ReplayRequest("none", new DateOnly(2017, 5, 1), Stations), Robin)).Problems.ShouldHaveSingleItem().Field.ShouldBe("log");
        (await replays.StartAsync(new ReplayRequest("calls", new DateOnly(2016, 5, 1), null, 0, 0), Robin)).Problems.Select(problem => problem.Field)
            .ShouldBe(["engagedMinutes", "replications", "testFrom", "stations"]);
        (await replays.StartAsync(new ReplayRequest("calls", new DateOnly(2017, 5, 1), "station,zone,units\nNorth,Atlantis,2\n"), Robin)).Problems.ShouldHaveSingleItem().Message.ShouldContain("stands in no zone of the force");
        (await store.Get<IWork>().ListAsync(new JobQuery(Kind: LogReplays.JobKind))).ShouldBeEmpty();
    }

    private static async Task<StoreFixture> HarbourAsync(bool worker = false)
    {
        var store = await StoreFixture.CreateAsync(configure: worker ? services => services.AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(20) }) : null);
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Robin)).Value;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Rows()));
        var imported = await store.Get<IncidentImport>().ImportAsync(content, "calls.csv", new MappingFile("map.yaml", Encoding.UTF8.GetBytes(Mapping)), new ImportOptions(), Robin);
        imported.Succeeded.ShouldBeTrue(string.Join('\n', imported.Problems));
        foreach (var service in store.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return store;
    }

    // Not in order of time, which a replay from the store must not depend on.
    private static string Rows()
    {
        var rows = new StringBuilder("ref,at,grade,zone,took,station\nx,2017-05-02 10:00:00,I,HZ001,300,Elsewhere\n");
        for (var i = 0; i < 600; i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{i},{new DateTime(2017, 4, 1).AddMinutes((i * 7919 % 600) * 140):yyyy-MM-dd HH:mm:ss},I,HZ00{1 + (i % 4)},{200 + (i * 37 % 400)},{(i % 2 == 0 ? "North" : "South")}\n");
        }

        return rows.ToString();
    }
}
