using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Forces.Harbour;
using Pathfinder.Platform.Forces.London;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Forces;

public sealed class ShippedPackTests
{
    private static readonly Lazy<ForcePack> London = new(() => PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value);

    [Fact]
    public void Harbour_Committed_IsWhatItsCommandWrites()
    {
        var folder = Path.Combine(Repository.Root, "data", "harbour");

        foreach (var (path, bytes) in PackWriter.Write(HarbourPack.Build()))
        {
            File.ReadAllBytes(Path.Combine(folder, path)).ShouldBe(bytes, path);
        }
    }

    [Fact]
    public void London_HasTheAreasOfTheForce()
    {
        var pack = London.Value;

        pack.Boroughs.Count(b => b.InForce).ShouldBe(32);
        pack.Boroughs.Single(b => !b.InForce).Name.ShouldBe("City of London");
        pack.Zones.Count.ShouldBe(983);
        pack.Wards.Count(w => w.Edition == 2018).ShouldBe(633);
        pack.Wards.Count(w => w.Edition == 2014).ShouldBe(630);
        pack.Borders.Count(b => b.Kind == "crossing").ShouldBe(8);
        pack.Boroughs.Where(b => b.InForce).ShouldAllBe(b => pack.ParadeSites.Any(s => s.Borough == b.Code));
        pack.Zones.Sum(z => z.Population).ShouldBeInRange(8_700_000, 8_900_000);
    }

    [Fact]
    public void London_Demand_AddsUpAndCentralNorthComesOutAsPublished()
    {
        var pack = London.Value;
        double PerDay(string grade, params string[] boroughs) => pack.DemandRates
            .Where(r => r.Grade == grade && (boroughs.Length == 0 || boroughs.Contains(pack.Zones.First(z => z.Code == r.Zone).Borough, StringComparer.Ordinal)))
            .Sum(r => r.PerDay);

        PerDay("I").ShouldBe(1320, 0.1);
        PerDay("S").ShouldBe(1670, 0.1);
        PerDay("E").ShouldBe(320, 0.1);
        PerDay("I", "E09000007", "E09000019").ShouldBeInRange(95, 105);
        (pack.Demand.PerHour.Sum(v => (double)v) / 7).ShouldBe(3310, 1);
    }

    [Fact]
    public void London_Shape_HasThePublishedPeakAndNights()
    {
        var calls = London.Value.DemandProfiles["calls"];

        (calls.Take(24).Max() / calls.Take(24).Min()).ShouldBe(3.5, 0.01);
        for (var day = 0; day < 7; day++)
        {
            var peak = Enumerable.Range(0, 24).MaxBy(h => Math.Round(calls[(day * 24) + h], 5) + (h is >= 18 and < 22 ? 1e-9 : 0));
            peak.ShouldBeInRange(18, 21);
        }

        (calls[(5 * 24) + 2] / calls[24 + 2]).ShouldBe(2, 0.001);
    }

    [Theory]
    [InlineData("E09000002", "2016-12-31", "BOCU-E09000002")]
    [InlineData("E09000002", "2017-05-12", "EA")]
    [InlineData("E09000007", "2017-05-12", "CN")]
    [InlineData("E09000018", "2018-06-05", "BOCU-E09000018")]
    [InlineData("E09000018", "2018-06-06", "WA")]
    [InlineData("E09000022", "2018-10-01", "AS")]
    [InlineData("E09000033", "2019-03-01", "AW")]
    [InlineData("E09000010", "2019-01-09", "NA")]
    public void London_BoroughOnADay_IsInTheUnitOfThatDay(string borough, string day, string unit)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd");

        London.Value.CommandUnits.Single(u => u.Members.Any(m => m.Borough == borough && m.From <= date && (m.To is null || m.To >= date))).Code.ShouldBe(unit);
    }

    [Fact]
    public void London_ResponseOfThePathfinders_WentBackToBoroughsInSeptember2017()
    {
        var response = London.Value.Functions.Where(f => f.Function == "response" && f.OrganisedBy == "borough" && f.From.Year == 2017 && f.From.Month == 9).ToList();

        response.Select(f => (f.CommandUnit, f.From.Day)).ShouldBe([("CN", 7), ("EA", 5)], ignoreOrder: true);
        London.Value.Functions.Where(f => f.CommandUnit == "WA").SelectMany(f => f.Posts).Where(p => p.Rank == "superintendent").Sum(p => p.Posts).ShouldBe(5);
    }

    [Fact]
    public void London_EveryResource_SaysItsBasis()
    {
        London.Value.Resources.Crews.ShouldAllBe(c => c.Basis.StartsWith("background", StringComparison.Ordinal) && c.Vehicles >= c.Crews);
        London.Value.Assumptions.ShouldAllBe(a => a.Basis.Length > 0);
        London.Value.Resources.DespatchGroups.Count.ShouldBe(32);
    }

    [Fact]
    public void London_Layers_StayLight()
    {
        var layers = London.Value.Layers;

        layers["boroughs"].Length.ShouldBeLessThan(150_000);
        layers["wards-2018"].Length.ShouldBeLessThan(650_000);
        layers["zones"].Length.ShouldBeLessThan(850_000);
    }

    // Reads the published reference data in the folder that PATHFINDER_REFERENCE names; says so and passes where it is not there.
    [Fact]
    public void London_BuiltAgainFromReferenceData_GivesTheCommittedBytes()
    {
        if (Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE") is not { Length: > 0 } reference
            || new[] { reference, Path.Combine(reference, "data") }.FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "geo"))) is not { } raw)
        {
            TestContext.Current.TestOutputHelper?.WriteLine("PATHFINDER_REFERENCE names no folder with the raw files of London: the pack was not built again.");
            return;
        }

        var built = PackWriter.Write(LondonPack.Build(raw).Value, [.. LondonPack.Gzipped]);

        foreach (var (path, bytes) in built)
        {
            File.ReadAllBytes(Path.Combine(Repository.Root, "data", "london", path)).ShouldBe(bytes, path);
        }
    }
}
