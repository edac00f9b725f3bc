using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Evidence;

public sealed class IncidentImportTests
{
    private const string Mapping = """
        log: calls
        title: Calls of Harbour
        time:
          zone: Europe/London
          formats: [yyyy-MM-dd HH:mm:ss, yyyy-MM-dd HH:mm]
        columns:
          id: ref
          created: [day, clock]
          grade: priority
          longitude: lon
          latitude: lat
          area: place
          units: sent
          arrived: on_scene
          clearedAfterSeconds: took
        grades:
          "1": I
          "2": S
        """;

    private const string Header = "ref,day,clock,priority,lon,lat,place,sent,on_scene,took,secret\n";

    [Fact]
    public async Task Import_GoodRows_AreStoredByZoneInOrderOfCreationWithoutCoordinates()
    {
        await using var store = await HarbourAsync();
        var read = await ImportAsync(
            store,
            "a,2017-03-02,10:00:00,2,2.01,54.99,,1,2017-03-02 10:31:00,3600,x\n"
            + "b,2017-03-01,10:00:00,1,,,HZ003,2,,,x\n");

        read.Succeeded.ShouldBeTrue(string.Join('\n', read.Problems));
        var log = read.Value.Log;
        (log.InFile, log.Kept, log.Arrived, log.Cleared, log.PlacedByArea).ShouldBe((2, 2, 1, 1, 0));
        var logs = store.Get<IncidentLogs>();
        var incidents = await logs.ReadAsync(log).ToListAsync();
        incidents.Select(each => (each.Grade, each.Zone, each.Borough)).ShouldBe([("I", "HZ003", "HB01"), ("S", "HZ001", "HB01")]);
        incidents[1].Arrived.ShouldBe(incidents[1].Created.AddMinutes(31));
        incidents[1].Cleared.ShouldBe(incidents[1].Created.AddHours(1));
        (await logs.VerifyAsync(log)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("a,2017-03-02,10:00:00,2,2.01,54.99,,1,2017-03-02 09:59:59,,x", "arrival-before-creation", "on_scene")]
    [InlineData("a,2017-03-02,10:00:00,9,2.01,54.99,,1,,,x", "unknown-grade", "priority")]
    [InlineData("a,2017-03-02,10:00:00,1,-0.1,51.5,,1,,,x", "outside-force", "lon")]
    [InlineData("a,2017-03-02,10:00:00,1,,,E09000001,1,,,x", "outside-force", "place")]
    [InlineData("a,2017-03-02,10:00:00,1,,,,1,,,x", "no-place", null)]
    [InlineData("a,2017-03-26,01:30:00,1,2.01,54.99,,1,,,x", "time-does-not-exist", "day")]
    [InlineData("a,2017-10-29,01:30:00,1,2.01,54.99,,1,,,x", "time-happens-twice", "day")]
    [InlineData("a,2017-03-02,10:00:00Z,1,2.01,54.99,,1,,,x", "another-time-zone", "day")]
    [InlineData("a,2017-03-02,10:00:00+01:00,1,2.01,54.99,,1,,,x", "another-time-zone", "day")]
    [InlineData("a,2 March,10 am,1,2.01,54.99,,1,,,x", "unreadable-time", "day")]
    [InlineData(",2017-03-02,10:00:00,1,2.01,54.99,,1,,,x", "no-id", "ref")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,many,,,x", "unreadable-units", "sent")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,1,2017-03-02 11:00:00,60,x", "cleared-too-early", "took")]
    [InlineData("a,2017-03-02,10:00:00,1,east,54.99,,1,,,x", "unreadable-place", "lon")]
    [InlineData("a,2017-03-02,10:00:00,1", "malformed", null)]
    public async Task Import_BadRow_RefusesTheFileAndNamesRowFieldAndReason(string row, string reason, string? field)
    {
        await using var store = await HarbourAsync();
        var refused = await ImportAsync(store, "good,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n" + row + "\n");

        refused.Succeeded.ShouldBeFalse();
        refused.Problems[0].Message.ShouldContain("1 of 2 rows are bad, and nothing was imported");
        refused.Problems[0].Found.ShouldBe(reason + " 1");
        (refused.Problems[1].Row, refused.Problems[1].Field, refused.Problems[1].File).ShouldBe((3, field, "calls.csv"));
        (await store.Get<IncidentLogs>().ListAsync(TimeProvider.System.Now())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_KeepGood_KeepsTheGoodAndCountsTheOthersByReason()
    {
        await using var store = await HarbourAsync();
        var read = await ImportAsync(
            store,
            "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\na,2017-03-02,10:01:00,1,2.01,54.99,,1,,,x\nb,2017-03-02,10:02:00,7,2.01,54.99,,1,,,x\n",
            new ImportOptions(KeepGood: true));

        read.Value.Log.Kept.ShouldBe(1);
        read.Value.Log.LeftOut.ShouldBe(new Dictionary<string, long> { ["duplicate-id"] = 1, ["unknown-grade"] = 1 }, ignoreOrder: true);
        read.Value.Faults.Select(fault => fault.Row).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task Import_SameFileAgain_AddsNoRows()
    {
        await using var store = await HarbourAsync();
        const string rows = "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n";
        var first = await ImportAsync(store, rows);
        var second = await ImportAsync(store, rows);

        second.Value.Log.ShouldBeEquivalentTo(first.Value.Log);
        (await store.Get<IncidentLogs>().ReadAsync(first.Value.Log).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_Ground_KeepsCoordinatesAndRecordsTheGround()
    {
        await using var store = await HarbourAsync();
        const string rows = "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n";
        var dropped = (await ImportAsync(store, rows)).Value.Log;
        var kept = (await ImportAsync(store, rows, new ImportOptions(CoordinatesGround: "Audit of zones, DPA 2018 s35"))).Value.Log;

        kept.CoordinatesGround.ShouldBe("Audit of zones, DPA 2018 s35");
        kept.RowsSha256.ShouldNotBe(dropped.RowsSha256, "points are part of what is kept");
        (await store.Get<IncidentLogs>().VerifyAsync(kept)).ShouldBeTrue();
    }

    [Fact]
    public async Task Import_ClocksGoBackAndTheMappingSaysFirst_IsAnHourEarlierThanSecond()
    {
        await using var store = await HarbourAsync();
        const string rows = "a,2017-10-29,01:30:00,1,2.01,54.99,,1,,,x\n";
        var first = await ImportAsync(store, rows, mapping: Mapping.Replace("  zone:", "  ambiguous: first\n  zone:", StringComparison.Ordinal));
        var second = await ImportAsync(store, rows, mapping: Mapping.Replace("  zone:", "  ambiguous: second\n  zone:", StringComparison.Ordinal));

        (second.Value.Log.From - first.Value.Log.From).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Import_MissingColumnOrEmptyFile_IsAProblemOfTheHeader()
    {
        await using var store = await HarbourAsync();
        var missing = await ImportAsync(store, "", header: "ref,day,clock,priority\n");
        missing.Problems.Select(problem => problem.Field).ShouldContain("lon");
        missing.Problems.ShouldAllBe(problem => problem.Row == 1);
        (await ImportAsync(store, "")).Problems[0].Message.ShouldBe("The file has no rows");
        (await ImportAsync(store, "", header: "")).Problems[0].Message.ShouldBe("The file is empty");
    }

    [Fact]
    public async Task Import_AreaOfSeveralZones_PlacesByPopulationAndSaysSo()
    {
        await using var store = await HarbourAsync();
        var rows = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"id{i},2017-03-02,10:00:00,1,,,HB01,1,,,x\n");
        }

        var log = (await ImportAsync(store, rows.ToString())).Value.Log;
        log.PlacedByArea.ShouldBe(200);
        var zones = await store.Get<IncidentLogs>().ReadAsync(log).Select(incident => incident.Zone).Distinct().CountAsync();
        zones.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Upload_WithoutTheirFaults_IsImportedByAWorkerInTheNameOfWhoAsked()
    {
        await using var store = await HarbourAsync(worker: true);
        var uploads = store.Get<IncidentUploads>();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(Header + "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n"));
        var job = await uploads.QueueAsync(content, "calls.csv", Encoding.UTF8.GetBytes(Mapping), new ImportOptions(), new ChangeContext("robin", "force", "To replay"));
        var work = store.Get<IWork>();
        for (var look = 0; look < 500 && await work.FindAsync(job) is { HasEnded: false }; look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await work.FindAsync(job))!.State.ShouldBe(JobState.Finished);
        var log = (await store.Get<IncidentLogs>().FindAsync("calls", TimeProvider.System.Now()))!;
        (log.Account, log.Why, log.Body!.Kept).ShouldBe(("robin", "To replay", 1));
    }

    [Theory]
    [InlineData("log: calls", "log: My Calls", "log")]
    [InlineData("Europe/London", "Mars/Olympus", "time.zone")]
    [InlineData("yyyy-MM-dd HH:mm]", "yyyy-MM-dd HH:mm zzz]", "time.formats")]
    [InlineData("  id: ref", "  key: ref", "columns.id")]
    [InlineData("  id: ref", "  id: ref\n  colour: red", "columns.colour")]
    [InlineData("  longitude: lon\n", "", "columns.longitude")]
    [InlineData("grades:\n", "levels:\n", "grades")]
    public void Mapping_Fault_IsNamedByItsPath(string from, string to, string field)
    {
        var read = LogMapping.Read(Mapping.ReplaceLineEndings("\n").Replace(from, to, StringComparison.Ordinal), "map.yaml");

        read.Succeeded.ShouldBeFalse();
        read.Problems.ShouldContain(problem => problem.Field == field && problem.File == "map.yaml" && problem.Row > 0);
    }

    private static async Task<StoreFixture> HarbourAsync(bool worker = false)
    {
        var store = await StoreFixture.CreateAsync(configure: worker ? services => services.AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(20) }) : null);
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), new ChangeContext("system", "pathfinder", "test"))).Value;
        foreach (var service in store.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return store;
    }

    private static async Task<Outcome<ReadLog>> ImportAsync(StoreFixture store, string rows, ImportOptions? options = null, string? mapping = null, string? header = null)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes((header ?? Header) + rows));
        return await store.Get<IncidentImport>().ImportAsync(
            content, "calls.csv", Encoding.UTF8.GetBytes(mapping ?? Mapping), options ?? new ImportOptions(), new ChangeContext("robin", "force", "test"));
    }
}
