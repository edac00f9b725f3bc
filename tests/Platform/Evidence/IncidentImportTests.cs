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
    [InlineData("a,2017-03-02,10:00:00,1,-0.1,51.5,,1,,,x", "outside-force", "lon, lat")]
    [InlineData("a,2017-03-02,10:00:00,1,,,E09000001,1,,,x", "outside-force", "place")]
    [InlineData("a,2017-03-02,10:00:00,1,,,,1,,,x", "no-place", "lon, lat, place")]
    [InlineData("a,2017-03-26,01:30:00,1,2.01,54.99,,1,,,x", "time-does-not-exist", "day, clock")]
    [InlineData("a,2017-10-29,01:30:00,1,2.01,54.99,,1,,,x", "time-happens-twice", "day, clock")]
    [InlineData("a,2017-03-02,10:00:00Z,1,2.01,54.99,,1,,,x", "another-time-zone", "day, clock")]
    [InlineData("a,2017-03-02,10:00:00+01:00,1,2.01,54.99,,1,,,x", "another-time-zone", "day, clock")]
    [InlineData("a,2 March,10 am,1,2.01,54.99,,1,,,x", "unreadable-time", "day, clock")]
    [InlineData(",2017-03-02,10:00:00,1,2.01,54.99,,1,,,x", "no-id", "ref")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,many,,,x", "unreadable-units", "sent")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,1,2017-03-02 11:00:00,60,x", "cleared-too-early", "took")]
    [InlineData("a,2017-03-02,10:00:00,1,east,54.99,,1,,,x", "unreadable-place", "lon")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,1,,soon,x", "unreadable-seconds", "took")]
    [InlineData("a,2017-03-02,10:00:00,1,54.99,2.01,,1,,,x", "coordinates-exchanged", "lon, lat")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,540.99,,1,,,x", "outside-force", "lon, lat")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,1,2018-03-02 10:00:00,,x", "too-long-after-creation", "on_scene")]
    [InlineData("a,2017-03-02,10:00:00,1,2.01,54.99,,1,,604801,x", "too-long-after-creation", "took")]
    [InlineData("a,2099-03-02,10:00:00,1,2.01,54.99,,1,,,x", "created-after-import", "day, clock")]
    [InlineData("a,1817-03-02,10:00:00,1,2.01,54.99,,1,,,x", "outside-period", "day, clock")]
    [InlineData("a,2017-03-02,10:00:00,1", "malformed", null)]
    public async Task Import_BadRow_RefusesTheFileAndNamesRowFieldAndReason(string row, string reason, string? field)
    {
        await using var store = await HarbourAsync();
        var refused = await ImportAsync(store, "good,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n" + row + "\n");

        refused.Succeeded.ShouldBeFalse();
        refused.Problems[0].Message.ShouldContain("1 of 2 rows are bad, and nothing was imported");
        refused.Problems[0].Found.ShouldBe(reason + " 1");
        (refused.Problems[1].Row, refused.Problems[1].Field, refused.Problems[1].File).ShouldBe((3, field, "calls.csv"));
        refused.Problems[1].Found.ShouldNotBeNull();
        refused.Problems[1].Accepted.ShouldNotBeNullOrEmpty();
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
    public async Task Import_RowWithSeveralFaults_TellsThemAllWithWhatIsAcceptedAndCountsItOnce()
    {
        await using var store = await HarbourAsync();
        var refused = await ImportAsync(store, "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\na,2017-03-02,10 am,Q,,,,many,2017-03-02 11:00:00,,x\n");

        refused.Problems[0].Found.ShouldBe("duplicate-id 1");
        refused.Problems.Skip(1).Select(problem => (problem.Row, problem.Field, problem.Found, problem.Accepted)).ShouldBe(
        [
            (3, "ref", "a", "an id of its own for every row; row 2 had this one first"),
            (3, "day, clock", "2017-03-02 10 am", "yyyy-MM-dd HH:mm:ss, yyyy-MM-dd HH:mm"),
            (3, "priority", "Q", "1, 2"),
            (3, "lon, lat, place", "", "both coordinates, or the code of an area"),
            (3, "sent", "many", "0 to 999, or nothing"),
        ]);
    }

    [Fact]
    public async Task Import_MoreFaultsThanAreTold_TellsWholeRowsAndCountsTheOthers()
    {
        await using var store = await HarbourAsync();
        var refused = await ImportAsync(store, string.Concat(Enumerable.Range(0, 40).Select(row => $"r{row},2017-03-02,10 am,Q,,,,1,,,x\n")));

        refused.Problems.Count.ShouldBe(1 + 99 + 1);
        refused.Problems[^2].Row.ShouldBe(34);
        refused.Problems[^1].Message.ShouldBe("And 7 more bad rows, not named here");
    }

    [Fact]
    public async Task Import_GridReferenceOutsideTheForce_ShowsWhatTheRowSaysAndWhereThatIs()
    {
        await using var store = await HarbourAsync();
        var mapping = Mapping.Replace("longitude: lon", "easting: lon", StringComparison.Ordinal).Replace("latitude: lat", "northing: lat", StringComparison.Ordinal);
        var refused = await ImportAsync(store, "a,2017-03-02,10:00:00,1,430000,280000,,1,,,x\nb,2017-03-02,10:00:00,1,930000,980000,,1,,,x\n", mapping: mapping);

        refused.Problems.Skip(1).Select(problem => (problem.Field, problem.Found)).ShouldBe([("lon, lat", "430000, 280000 (longitude -1.56033, latitude 52.41718)"), ("lon, lat", "930000, 980000")]);
        refused.Problems.Skip(1).ShouldAllBe(problem => problem.Message == "The place lies outside the force" && problem.Accepted!.StartsWith("longitude "));
    }

    [Fact]
    public async Task Import_PlaceAmongTheBoroughsAndInNone_SaysSoAndWhichIsNearest()
    {
        await using var store = await HarbourAsync();

        // Harbour's river, between Marketside and Southquay.
        var refused = await ImportAsync(store, "a,2017-03-02,10:00:00,1,2.11,54.957,,1,,,x\n");

        refused.Problems[0].Found.ShouldBe("in-no-borough 1");
        var told = refused.Problems.Skip(1).ShouldHaveSingleItem();
        told.Message.ShouldBe("The place is in no borough of the force");
        told.Found.ShouldBe("2.11, 54.957; the nearest is Marketside, 0.8 km away");
        told.Accepted.ShouldBe("a place in one of the 6 boroughs of the force");
    }

    // Clocks went back from 02:00 to 01:00 on 29 October 2017: between 00:00 and 01:00 UTC they showed summer time.
    [Theory]
    [InlineData("first", "01:55", "01:05", 10)]
    [InlineData("second", "01:55", "01:05", 10)]
    [InlineData("refuse", "01:55", "01:05", 10)]
    [InlineData("first", "01:05", "01:55", 50)]
    [InlineData("first", "00:50", "01:10", 20)]
    [InlineData("second", "00:50", "01:10", 80)]
    [InlineData("first", "01:10", "02:10", 120)]
    [InlineData("second", "01:10", "02:10", 60)]
    public async Task Import_ClocksGoBackBetweenTheTimesOfARow_KeepsTheirOrderAndElseTheStatedRule(string rule, string created, string arrived, int minutes)
    {
        await using var store = await HarbourAsync();
        var read = await ImportAsync(store, $"a,2017-10-29,{created}:00,1,2.01,54.99,,1,2017-10-29 {arrived}:00,,x\n", mapping: Mapping.Replace("  zone:", $"  ambiguous: {rule}\n  zone:", StringComparison.Ordinal));

        read.Succeeded.ShouldBeTrue(string.Join('\n', read.Problems));
        var incident = await store.Get<IncidentLogs>().ReadAsync(read.Value.Log).SingleAsync();
        (incident.Arrived!.Value - incident.Created).ShouldBe(TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task Import_ClocksGoBackAndTheOrderDoesNotSettleIt_IsRefusedWhereTheMappingStatesNoRule()
    {
        await using var store = await HarbourAsync();
        var refused = await ImportAsync(store, "a,2017-10-29,01:05:00,1,2.01,54.99,,1,2017-10-29 01:55:00,,x\n");

        refused.Problems.Skip(1).Select(problem => problem.Field).ShouldBe(["day, clock", "on_scene"]);
        refused.Problems[1].Accepted.ShouldBe("a time that happened once or carries its offset, or ambiguous: first or second in the mapping");
    }

    [Fact]
    public async Task Import_MappingStatesWhatIsPlausible_HoldsRowsToIt()
    {
        await using var store = await HarbourAsync();
        var mapping = Mapping + "\nplausible: {withinDays: 0.5, from: 2017-03-01, to: 2017-03-31}\n";
        var refused = await ImportAsync(
            store,
            "a,2017-03-31,23:59:00,1,2.01,54.99,,1,2017-04-01 11:00:00,,x\nb,2017-04-01,00:00:00,1,2.01,54.99,,1,,,x\nc,2017-02-28,23:59:00,1,2.01,54.99,,1,,,x\nd,2017-03-02,10:00:00,1,2.01,54.99,,1,2017-03-02 22:01:00,,x\n",
            mapping: mapping);

        refused.Problems.Skip(1).Select(problem => (problem.Row, problem.Accepted)).ShouldBe(
        [
            (3, "2017-03-01 to 2017-03-31 (plausible: from and to in the mapping)"),
            (4, "2017-03-01 to 2017-03-31 (plausible: from and to in the mapping)"),
            (5, "within 0.5 days of the creation, 2017-03-02 10:00:00 (plausible: withinDays in the mapping)"),
        ]);
    }

    [Fact]
    public async Task Import_OtherContentUnderTheSameKey_IsRefusedUntilItMayReplace()
    {
        await using var store = await HarbourAsync();
        var first = (await ImportAsync(store, "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n")).Value.Log;
        const string others = "b,2017-03-03,10:00:00,1,2.01,54.99,,1,,,x\nc,2017-03-03,11:00:00,1,2.01,54.99,,1,,,x\n";
        var refused = await ImportAsync(store, others);

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.File, problem.Field).ShouldBe(("map.yaml", "log"));
        problem.Found!.ShouldStartWith("calls: Calls of Harbour, 1 incidents from 2017-03-02 to 2017-03-02 of calls.csv, imported by robin on ");
        problem.Accepted!.ShouldContain("--replace");
        (await store.Get<IncidentLogs>().FindAsync("calls", TimeProvider.System.Now()))!.Body!.RowsSha256.ShouldBe(first.RowsSha256);

        (await ImportAsync(store, others, new ImportOptions(Replace: true))).Value.Unchanged.ShouldBeFalse();
        (await store.Get<IncidentLogs>().FindAsync("calls", TimeProvider.System.Now()))!.Body!.Kept.ShouldBe(2);
    }

    [Fact]
    public async Task Import_SameFileAgain_SaysThatNothingChangedAndWritesNothing()
    {
        await using var store = await HarbourAsync();
        const string rows = "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n";
        var first = await ImportAsync(store, rows);
        var second = await ImportAsync(store, rows);

        second.Value.Unchanged.ShouldBeTrue();
        second.Value.Sentence.ShouldStartWith("calls: nothing changed: the same file was imported by robin on ");
        first.Value.Sentence.ShouldStartWith("calls: 1 of 1 rows imported");
        (await store.Get<IHistory>().TimelineAsync(IncidentLogs.Kind, "calls")).Count.ShouldBe(1);
        second.Value.Log.ShouldBeEquivalentTo(first.Value.Log);
        (await store.Get<IncidentLogs>().ReadAsync(first.Value.Log).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Import_Ground_KeepsCoordinatesAndRecordsTheGround()
    {
        await using var store = await HarbourAsync();
        const string rows = "a,2017-03-02,10:00:00,1,2.01,54.99,,1,,,x\n";
        var dropped = (await ImportAsync(store, rows)).Value.Log;
        var kept = (await ImportAsync(store, rows, new ImportOptions(CoordinatesGround: "Audit of zones, DPA 2018 s35", Replace: true))).Value.Log;

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
        var second = await ImportAsync(store, rows, new ImportOptions(Replace: true), mapping: Mapping.Replace("  zone:", "  ambiguous: second\n  zone:", StringComparison.Ordinal));

        (second.Value.Log.From - first.Value.Log.From).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Import_MissingColumnOrEmptyFile_IsAProblemOfTheHeader()
    {
        await using var store = await HarbourAsync();
        var missing = await ImportAsync(store, "", header: "ref,day,clock,priority\n");
        missing.Problems.Select(problem => problem.Field).ShouldContain("lon");
        missing.Problems.ShouldAllBe(problem => problem.Row == 1);
        (await ImportAsync(store, "", mapping: "log: x\n")).Problems.ShouldAllBe(problem => problem.File == "map.yaml");
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
        var job = await uploads.QueueAsync(content, "calls.csv", new MappingFile("map.yaml", Encoding.UTF8.GetBytes(Mapping)), new ImportOptions(), new ChangeContext("robin", "force", "To replay"));
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
    [InlineData("grades:\n", "plausible: {from: 1817-01-01}\ngrades:\n", "plausible.from")]
    [InlineData("grades:\n", "plausible: {from: 2017-02-01, to: 2017-01-01}\ngrades:\n", "plausible.to")]
    [InlineData("grades:\n", "plausible: {withinDays: 0}\ngrades:\n", "plausible.withinDays")]
    [InlineData("grades:\n", "plausible: {days: 3}\ngrades:\n", "plausible.days")]
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
            content, "calls.csv", new MappingFile("map.yaml", Encoding.UTF8.GetBytes(mapping ?? Mapping)), options ?? new ImportOptions(), new ChangeContext("robin", "force", "test"));
    }
}
