using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Evidence;

public sealed class LogReplayTests
{
    private static readonly ForcePack London = PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value;

    [Fact]
    public void FireBrigade_AprilReplayedWithTheJourneysOfJanuaryToMarch_IsNearWhatWasSeen()
    {
        var folder = Path.Combine(Repository.Root, "data", "london-fire");
        var mapping = LogMapping.Read(File.ReadAllText(Path.Combine(folder, "mapping.yaml"))).Value;
        var stations = LogReplay.ReadStations(File.ReadAllText(Path.Combine(folder, "stations.csv")), London, "stations.csv").Value;
        using var content = File.OpenRead(Path.Combine(folder, "incidents.csv.gz"));
        var (incidents, leftOut) = LogReplay.Read(content, "incidents.csv.gz", mapping, London, [.. stations.Select(station => station.Name)]).Value;

        (incidents.Count + leftOut.Values.Sum()).ShouldBe(32_247);
        var result = LogReplay.Run(London, mapping.Title, incidents, leftOut, stations, new ReplayOptions(new DateOnly(2017, 4, 1), Replications: 2), 2).Value;

        var whole = result.Areas[0];
        Math.Abs(whole.MedianError).ShouldBeLessThan(0.05);
        Math.Abs(whole.MeanError).ShouldBeLessThan(0.05);
        Math.Abs(whole.P90Error).ShouldBeLessThan(0.10);
        result.Areas.Count.ShouldBe(33);
    }

    [Fact]
    public void Read_ExampleOfTheGuide_IsReadWholeAndSaysThatItIsInvented()
    {
        var folder = Path.Combine(Repository.Root, "docs", "guides", "examples");
        var mapping = LogMapping.Read(File.ReadAllText(Path.Combine(folder, "despatch-log.yaml"))).Value;
        mapping.Source.ShouldContain("Invented");
        using var content = File.OpenRead(Path.Combine(folder, "despatch-log.csv"));
        var (incidents, leftOut) = LogReplay.Read(
            content, "despatch-log.csv", mapping, London, ["Barking", "Romford", "Ilford", "Kentish Town", "Islington", "Brixton", "Croydon", "Harrow", "West End Central"]).Value;

        incidents.Count.ShouldBe(10);
        leftOut.ShouldBe(new Dictionary<string, long> { ["no-arrival"] = 2 });
    }

    [Fact]
    public void Run_TooLittleBeforeTheDate_IsRefused()
    {
        var refused = LogReplay.Run(London, "Nothing", [], new Dictionary<string, long>(), [new ReplayStation("A", London.Zones[1].Code, 1)], new ReplayOptions(new DateOnly(2017, 4, 1)));

        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("testFrom");
    }

    [Theory]
    [InlineData("Soho,0,0,1", "station")]
    [InlineData("Soho,529630,181124,none", "units")]
    public void Stations_BadRow_IsNamed(string row, string field) =>
        LogReplay.ReadStations("station,easting,northing,units\n" + row + "\n", London, "stations.csv").Problems.ShouldHaveSingleItem().Field.ShouldBe(field);
}
