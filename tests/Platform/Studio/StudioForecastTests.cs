using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Studio;
using Pathfinder.Platform.Sweeps;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Studio;

public sealed class StudioForecastTests
{
    private static readonly StudioDesk Desk = new();
    private static readonly ForcePack Pack = PackReader.Read(Path.Combine(Repository.Root, "data", "harbour")).Value;

    // Drawn so that no two plans of two units tie: a unit does worse by each borough, HB04 most.
    private static readonly Lazy<StudioForce> Force = new(() => Desk.ForceOf(Pack, Forecast(3, boroughs => 0.95 - boroughs.Sum(code => 0.01 * (code[^1] - '0')) - (boroughs.Contains("HB04") ? 0.2 : 0))).Value);

    private static StudioState Small => Force.Value.Start with { Min = 1, Max = 3, Crossings = false, By = "in-time" };

    [Fact]
    public void Answer_ByCallsInTime_IsTheUnitsSharesWeightedByTheirCalls()
    {
        var view = Desk.Answer(Force.Value, Small).Value;

        var standing = view.Standings[0];
        standing.Criterion.Key.ShouldBe("in-time");
        standing.Value.ShouldNotBeNull().ShouldBe(InTime(Small.Plan), 1e-9);
        view.Units[0].ImmediateInTime.ShouldBe(Force.Value.Forecast!.Find(Small.Plan[0].Boroughs)!.Value.Immediate);
    }

    [Fact]
    public void Best_ByCallsInTime_IsTheBestOfAllPlansListed()
    {
        var all = Cuts([.. Force.Value.Boroughs.Select(borough => borough.Code)]).ToList();

        var view = Desk.Answer(Force.Value, Small).Value;

        view.Among.ShouldBe((UInt128)all.Count);
        view.Standings[0].Best.ShouldBe(all.Max(InTime), 1e-9);
        view.Standings[0].Better.ShouldBe((UInt128)all.Count(plan => InTime(plan) > InTime(Small.Plan) + 1e-12));
    }

    [Fact]
    public void Answer_ByTheWorstUnit_IsTheLargestShareNotInTime()
    {
        var view = Desk.Answer(Force.Value, Small with { By = "late" }).Value;

        view.Standings[0].Value.ShouldNotBeNull().ShouldBe(Small.Plan.Max(unit => 1 - Force.Value.Forecast!.Find(unit.Boroughs)!.Value.Immediate), 1e-9);
    }

    [Fact]
    public void Answer_OfAUnitThatIsCutOff_SaysThatItWasNotSimulated()
    {
        var state = Small with { Plan = [new("A", ["HB01", "HB04"]), new("B", ["HB02", "HB03", "HB05", "HB06"])], Max = 3 };

        var view = Desk.Answer(Force.Value, state).Value;

        view.Standings[0].Value.ShouldBeNull();
        view.Standings[0].Better.ShouldBe(view.Among);
        view.Faults.ShouldNotBeEmpty();
    }

    [Fact]
    public void Answer_BeyondWhatWasSimulated_SaysWhatTheForecastCovers()
    {
        Desk.Answer(Force.Value, Small with { Max = 4 }).Problems.ShouldHaveSingleItem().Accepted.ShouldNotBeNull().ShouldContain("at most 3");
        Desk.Answer(Desk.ForceOf(Pack).Value, Small).Problems.ShouldHaveSingleItem().Message.ShouldContain("must be simulated");
        Desk.Answer(Force.Value, Small with { Max = 4, By = "residents" }).Value.Standings.ShouldNotContain(standing => standing.Criterion.IsForecast);
    }

    [Fact]
    public void Forecast_OfASweepThatIsNotFinished_IsNone()
    {
        var groups = ConnectedGroups.Of(Pack, 3);

        StudioForecast.Of("half", Sweep(groups.Count, 3), [.. groups.Take(4).Select(group => Values(group, 0.9))]).ShouldBeNull();
        StudioForecast.Of("silent", Sweep(groups.Count, 3), [.. groups.Select(group => Values(group, 0.9) with { ImmediateInTarget = null })]).ShouldBeNull();
    }

    private static StudioForecast Forecast(int maxSize, Func<IReadOnlyList<string>, double> share)
    {
        var groups = ConnectedGroups.Of(Pack, maxSize);
        return StudioForecast.Of("drawn", Sweep(groups.Count, maxSize), [.. groups.Select(group => Values(group, share(group)))])!;
    }

    private static GroupSweep Sweep(int groups, int maxSize) => new()
    {
        Force = "Harbour", PackVersion = "1", PackSha256 = Pack.Sha256, Dated = new DateOnly(2016, 12, 1), MaxSize = maxSize, Days = 28, Replications = 4, Seed = 1, EngineVersion = "drawn", Groups = groups,
    };

    private static GroupValues Values(IReadOnlyList<string> boroughs, double share) => new(boroughs, 10, 4, share, share, 9, 30, 18, 0.5, 2, 0.2, 0);

    private static double InTime(IReadOnlyList<StudioUnit> plan)
    {
        double Calls(string code) => Force.Value.Columns["immediate"][Force.Value.PlaceOf(code)];
        return plan.Sum(unit => Force.Value.Forecast!.Find(unit.Boroughs)!.Value.Immediate * unit.Boroughs.Sum(Calls)) / Force.Value.Boroughs.Sum(borough => Calls(borough.Code));
    }

    // Every way to make two units of at most three boroughs that hang together.
    private static IEnumerable<IReadOnlyList<StudioUnit>> Cuts(IReadOnlyList<string> codes)
    {
        var connected = ConnectedGroups.Of(Pack, 3).Select(group => string.Join(' ', group)).ToHashSet(StringComparer.Ordinal);
        for (var mask = 1; mask < 1 << codes.Count; mask += 2)
        {
            var (a, b) = (codes.Where((_, i) => (mask >> i & 1) != 0).ToList(), codes.Where((_, i) => (mask >> i & 1) == 0).ToList());
            if (connected.Contains(string.Join(' ', a)) && connected.Contains(string.Join(' ', b)))
            {
                yield return [new("A", a), new("B", b)];
            }
        }
    }
}
