using System.Globalization;
using Pathfinder.Engine.Siting;

namespace Pathfinder.Engine.Tests.Siting;

public sealed class SiteSelectionTests
{
    private static readonly SitingLimits TreeOnly = new(Enumerated: 0);

    [Fact]
    public void Median_OfOrLibraryOne_Is5819Proven()
    {
        var (model, p) = OrLibrary.Read(Path.Combine(AppContext.BaseDirectory, "Data", "design", "pmed1.txt"));

        var solution = SiteSelection.Median(model, p, cancel: TestContext.Current.CancellationToken);

        solution.Value.ShouldBe(5819);
        solution.Proven.ShouldBeTrue();
        solution.Open.Length.ShouldBe(5);
        model.WeightedDistance(solution.Open).ShouldBe(5819);
    }

    /// <summary>With PATHFINDER_REFERENCE set, instances without published answers at hand must be solved to proof; without it, this passes.</summary>
    [Theory]
    [InlineData("pmed2")]
    [InlineData("pmed4")]
    [InlineData("pmed6")]
    [InlineData("pmed11")]
    [InlineData("pmed16")]
    public void Median_OfFurtherInstances_IsProvenOptimal(string name)
    {
        if (Reference("design", "unanswered", name + ".txt") is not { } path)
        {
            return;
        }

        var (model, p) = OrLibrary.Read(path);
        var solution = SiteSelection.Median(model, p, cancel: TestContext.Current.CancellationToken);

        solution.Proven.ShouldBeTrue();
        solution.Value.ShouldBe(model.WeightedDistance(solution.Open));
    }

    /// <summary>San Francisco, 205 tracts and 16 stores (spopt): with PATHFINDER_REFERENCE set, the published optima; without it, this passes.</summary>
    [Fact]
    public void AllModels_OnSanFrancisco_GiveThePublishedOptima()
    {
        if (Reference("design", "sf", "SF_network_distance_candidateStore_16_censusTract_205_new.csv") is not { } path)
        {
            return;
        }

        var model = SanFrancisco(path);
        var cancel = TestContext.Current.CancellationToken;

        foreach (var limits in new[] { new SitingLimits(), TreeOnly })
        {
            SiteSelection.MaximalCovering(model, 4, 5000, limits, cancel).Value.ShouldBe(875_247);
            SiteSelection.Median(model, 4, limits, cancel).Value.ShouldBe(2_848_268_129.7145, 0.001);
            SiteSelection.Centre(model, 4, limits, cancel).Value.ShouldBe(7403.06, 0.005);
            SiteSelection.SetCovering(model, 5000, limits, cancel)!.Value.ShouldBe(8);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void EveryModel_OnRandomPlaces_AgreesWithTryingAll(int seed)
    {
        var random = new Random(seed);
        for (var world = 0; world < 20; world++)
        {
            var model = Places(random, demand: 3 + random.Next(15), sites: 3 + random.Next(7));
            var p = 1 + random.Next(model.SiteCount - 1);
            var radius = random.Next(10, 70);
            var cancel = TestContext.Current.CancellationToken;

            var median = SiteSelection.Median(model, p, TreeOnly, cancel);
            median.Value.ShouldBe(SiteSelection.Median(model, p, cancel: cancel).Value, 1e-9);
            median.Proven.ShouldBeTrue();
            SiteSelection.MaximalCovering(model, p, radius, TreeOnly, cancel).Value.ShouldBe(SiteSelection.MaximalCovering(model, p, radius, cancel: cancel).Value, 1e-9);
            SiteSelection.Centre(model, p, TreeOnly, cancel).Value.ShouldBe(Subsets(model.SiteCount, p).Min(open => model.LargestDistance(open)), 1e-9);
            SiteSelection.SetCovering(model, radius, TreeOnly, cancel)?.Value.ShouldBe(Enumerable.Range(1, model.SiteCount).First(k => Subsets(model.SiteCount, k).Any(open => model.LargestDistance(open) <= radius)));
            ExpectedCovering.Best(model, p, radius, 0.4, cancel: cancel).Value.ShouldBe(Multisets(model.SiteCount, p).Max(units => model.ExpectedCovered(units, radius, 0.4)), 1e-9);
        }
    }

    [Fact]
    public void SetCovering_DemandOutOfReach_HasNoAnswer() =>
        SiteSelection.SetCovering(new SitingModel([1, 1], [1, 2, 50, 60]), 10, cancel: TestContext.Current.CancellationToken).ShouldBeNull();

    [Fact]
    public void Median_StoppedByItsLimit_StatesABoundBelowItsValue()
    {
        var model = Places(new Random(7), demand: 80, sites: 60);

        var solution = SiteSelection.Median(model, 9, new SitingLimits(Enumerated: 0, Iterations: 20), TestContext.Current.CancellationToken);

        solution.Proven.ShouldBeFalse();
        solution.Method.ShouldBe("search with bound");
        solution.Bound.ShouldBeLessThanOrEqualTo(SiteSelection.Median(model, 9, cancel: TestContext.Current.CancellationToken).Value);
    }

    private static SitingModel Places(Random random, int demand, int sites)
    {
        var points = Enumerable.Range(0, demand + sites).Select(_ => (X: random.Next(100), Y: random.Next(100))).ToArray();
        var distance = new double[demand * sites];
        for (var i = 0; i < distance.Length; i++)
        {
            var (a, b) = (points[i / sites], points[demand + (i % sites)]);
            distance[i] = Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
        }

        return new SitingModel(Enumerable.Range(0, demand).Select(_ => (double)random.Next(1, 50)).ToArray(), distance);
    }

    private static IEnumerable<int[]> Subsets(int sites, int p) => p == 0
        ? [[]]
        : Enumerable.Range(p - 1, sites - p + 1).SelectMany(last => Subsets(last, p - 1).Select(rest => (int[])[.. rest, last]));

    private static IEnumerable<int[]> Multisets(int sites, int p) => p == 0
        ? [[]]
        : Enumerable.Range(0, sites).SelectMany(last => Multisets(last + 1, p - 1).Select(rest => (int[])[.. rest, last]));

    private static string? Reference(params string[] parts) => Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE") is { Length: > 0 } folder
        ? new[] { Path.Combine([folder, .. parts]), Path.Combine([folder, "data", .. parts]) }.FirstOrDefault(File.Exists)
        : null;

    private static SitingModel SanFrancisco(string path)
    {
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).ToList();
        var demand = rows.Select(row => row[2]).Distinct(StringComparer.Ordinal).ToList();
        var sites = rows.Select(row => row[1]).Distinct(StringComparer.Ordinal).ToList();
        var (weight, distance) = (new double[demand.Count], new double[demand.Count * sites.Count]);
        foreach (var row in rows)
        {
            var place = demand.IndexOf(row[2]);
            weight[place] = double.Parse(row[3], CultureInfo.InvariantCulture);
            distance[(place * sites.Count) + sites.IndexOf(row[1])] = double.Parse(row[0], CultureInfo.InvariantCulture);
        }

        return new SitingModel(weight, distance);
    }
}
