using Pathfinder.Platform.Groupings;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Tests.Groupings;

public sealed class SitingServiceTests : IDisposable
{
    // Four hamlets on a road at km 0, 2, 6 and 7; a station could stand at km 0, 6 or 7.
    private const string Road = "demand,site,distance\nA,west,0\nA,mid,6\nA,east,7\nB,west,2\nB,mid,4\nB,east,5\nC,west,6\nC,mid,0\nC,east,1\nD,west,7\nD,mid,1\nD,east,0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("siting-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("p-median", 2, null, null, 3)]
    [InlineData("p-centre", 2, null, null, 2)]
    [InlineData("p-center", 2, null, null, 2)]
    [InlineData("mclp", 1, 1.0, null, 2)]
    [InlineData("lscp", null, 2.0, null, 2)]
    [InlineData("mexclp", 2, 1.0, 0.5, 1.5)]
    public void Answer_EachModel_GivesTheValueFoundByHand(string objective, int? p, double? radius, double? busy, double value)
    {
        var answer = Answer(Request(objective) with { P = p, Radius = radius, Busy = busy });

        answer.Value.ShouldBe(value);
        answer.Proven.ShouldBeTrue();
        answer.Gap.ShouldBe(0);
    }

    [Fact]
    public void Answer_WithWeightsAndToday_RanksSitesByHowLittleTheyWouldBeMissed()
    {
        var request = Request("p-median") with { P = 1, DemandFile = Write("w.csv", "id,weight\nA,10\nB,1\nC,1\nD,1\n"), TodayFile = Write("today.csv", "site\nwest\nmid\neast\n") };

        var answer = Answer(request);

        answer.Sites.ShouldBe(["west"]);
        answer.Value.ShouldBe(15);
        answer.Today.ShouldNotBeNull().Value.ShouldBe(2);
        answer.Today.Sites.Select(s => s.Site).ShouldBe(["east", "mid", "west"]);
        answer.Today.Sites.Select(s => s.Loss).ShouldBe([1, 1, 62]);
    }

    [Theory]
    [InlineData("demand,site,distance\nA,west,1\nA,west,2\n", "row 3, demand,site: The pair stands twice (first in row 2)")]
    [InlineData("demand,site,distance\nA,west,-1\n", "row 2, distance: Not an acceptable number; found \"-1\"")]
    [InlineData("demand,site,distance\nA,west,1\nB,mid,2\n", "A distance is missing; found \"no line for A and mid\"")]
    [InlineData("demand,place,distance\nA,west,1\n", "row 1, site: A column is missing")]
    public void Answer_FaultyDistances_NamesTheFault(string distances, string fault) =>
        Problems(new SitingRequest { DistancesFile = Write("d.csv", distances), Objective = "p-median", P = 1 }).ShouldContain(p => p.ToString().Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Answer_OptionsThatAreMissing_AreAllNamed() =>
        Problems(Request("mexclp")).Select(p => p.Field).ShouldBe(["--p", "--radius", "--busy"]);

    [Fact]
    public void Answer_DemandOutOfReach_SaysTheRadiusThatWouldDo() =>
        Problems(new SitingRequest { DistancesFile = Write("far.csv", "demand,site,distance\nA,west,1\nB,west,9\n"), Objective = "lscp", Radius = 5 }).ShouldHaveSingleItem().Accepted.ShouldBe("a radius of at least 9");

    [Fact]
    public void Answer_WeightsOfOtherPlaces_AreNamed() =>
        Problems(Request("p-median") with { P = 1, DemandFile = Write("w.csv", "id,weight\nA,1\nB,-4\nC,1\n") }).Select(p => p.ToString())
            .ShouldContain(p => p.Contains("row 3, weight: Not an acceptable number; found \"-4\"", StringComparison.Ordinal));

    private SitingRequest Request(string objective) => new() { DistancesFile = Write("road.csv", Road), Objective = objective };

    private static SitingResult Answer(SitingRequest request) => new SitingService().Answer(request, TestContext.Current.CancellationToken).Value;

    private static IReadOnlyList<Problem> Problems(SitingRequest request)
    {
        var outcome = new SitingService().Answer(request, TestContext.Current.CancellationToken);
        outcome.Succeeded.ShouldBeFalse();
        return outcome.Problems;
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
