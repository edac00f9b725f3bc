using System.Numerics;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Engine.Tests.Grouping;

/// <summary>The reorganisation of 2018 among all that were possible: 32 boroughs, 12 groups of 2 to 4, land borders.</summary>
public sealed class LondonGroupingTests
{
    private static readonly Worlds.London London = Worlds.LondonBoroughs();

    private static readonly PlanGraph Plans = PlanGraphCompiler.Compile(London.Graph, Worlds.London.Rules(12)).Plans!;

    private static readonly int[] Real = Plans.FindPlan(London.RealPlan)!;

    private static readonly Criterion Population = Criterion.Worst("population", GroupMeasures.Deviations(Plans.Groups, London.Population, 12));

    private static readonly Criterion Crime = Criterion.Worst("crime", GroupMeasures.Deviations(Plans.Groups, London.Crime, 12));

    private static readonly Criterion Diameter = Criterion.Worst("diameter", GroupMeasures.Diameters(Plans.Groups, London.XKm, London.YKm));

    private static readonly Criterion Border = Criterion.Total("internal border", GroupMeasures.InternalBorders(Plans.Groups, London.Graph), moreIsBetter: true);

    private static readonly Criterion Inertia = Criterion.Total("inertia", GroupMeasures.Inertias(Plans.Groups, London.Crime, London.XKm, London.YKm));

    [Fact]
    public void FindPlan_TheRealPlan_IsContiguousOnLand() => Real.Length.ShouldBe(12);

    [Theory]
    [InlineData(false, 541)]
    [InlineData(true, 830)]
    public void Compile_London_FindsEveryConnectedGroup(bool crossings, int groups)
    {
        var plans = PlanGraphCompiler.Compile(Worlds.LondonBoroughs(crossings).Graph, new GroupingRules { MinSize = 2, MaxSize = 4 }, cancel: TestContext.Current.CancellationToken).Plans!;

        // A group is only kept when the rest can be grouped too, so this counts connected sets of 2 to 4 directly.
        ConnectedSets(Worlds.LondonBoroughs(crossings).Graph, 2, 4).ShouldBe(groups);
        plans.Groups.Length.ShouldBeInRange(1, groups);
    }

    [Fact]
    public void Best_OfDeviations_IsThePublishedOptimum()
    {
        Population.ValueOf(Population.ScoreOf(Real)).ShouldBe(0.356, 0.0005);
        Crime.ValueOf(Crime.ScoreOf(Real)).ShouldBe(0.484, 0.0005);
        Value(Population).ShouldBe(0.1269, 0.00005);
        Value(Crime).ShouldBe(0.1442, 0.00005);

        static double Value(Criterion criterion) => criterion.ValueOf(criterion.ScoreOf(Optimum.AnyPlan(Optimum.Best(Plans, criterion))));
    }

    [Fact]
    public void AtLeastAsGood_OnAllFiveCriteria_IsTheRealPlanAlone() =>
        Ranking.AtLeastAsGood(Plans, [Population, Crime, Diameter, Border, Inertia], Real, TestContext.Current.CancellationToken).ShouldBe(UInt128.One);

    [Fact]
    public void Within_TenPercentOnBoth_ThereIsNoPlan()
    {
        bool Close(ulong group) => Deviation(group, London.Population) <= 0.1 && Deviation(group, London.Crime) <= 0.1;

        PlanGraphCompiler.Compile(London.Graph, Worlds.London.Rules(12) with { Allows = Close }, cancel: TestContext.Current.CancellationToken).Plans!.IsEmpty.ShouldBeTrue();

        static double Deviation(ulong group, double[] column) => GroupMeasures.Deviations([group], column, 12)[0];
    }

    [Fact]
    public void Standing_WithPathfindersAndTriBoroughLocked_Has9754Ties()
    {
        ulong[] locked = [London.Mask("E09000002", "E09000016", "E09000026"), London.Mask("E09000007", "E09000019"), London.Mask("E09000013", "E09000020", "E09000033")];
        var plans = PlanGraphCompiler.Compile(London.Graph, Worlds.London.Rules(12) with { Locked = locked }, cancel: TestContext.Current.CancellationToken).Plans!;
        var population = Criterion.Worst("population", GroupMeasures.Deviations(plans.Groups, London.Population, 12));
        var real = plans.FindPlan(London.RealPlan)!;

        Ranking.Of(plans, population, real, TestContext.Current.CancellationToken).Equal.ShouldBe((UInt128)9754);
    }

    [Fact]
    public void Scan_OfEveryPlan_AgreesWithTheExactRanks()
    {
        Criterion[] criteria = [Population, Crime, Diameter, Border, Inertia];

        var scan = PlanScan.Run(Plans, criteria, Real, cancel: TestContext.Current.CancellationToken);

        scan.Plans.ShouldBe(86_463_292);
        scan.AtLeastAsGood.ShouldBe(1);
        for (var i = 0; i < criteria.Length; i++)
        {
            scan.Standings[i].ShouldBe(Ranking.Of(Plans, criteria[i], Real, TestContext.Current.CancellationToken), criteria[i].Name);
            scan.Spreads[i].Bins.Sum().ShouldBe(86_463_292);
        }
    }

    [Fact]
    public void NearestImprovement_OfTheRealPlan_MovesFewestAndIsBetter()
    {
        var found = NearestImprovement.Find(Plans, [Population], Real, London.RealPlan, TestContext.Current.CancellationToken).ShouldNotBeNull();

        Population.ScoreOf(found.Groups).ShouldBeLessThan(Population.ScoreOf(Real));
        BitOperations.PopCount(NearestImprovement.Moved(Plans.PlanOf(found.Groups), London.RealPlan)).ShouldBe(BitOperations.PopCount(found.Moved));
        BitOperations.PopCount(found.Moved).ShouldBe(1);
    }

    [Fact]
    public void ParetoFront_OfPopulationAndCrime_HoldsBothOptima()
    {
        var front = ParetoFront.Of(Plans, [Population, Crime], cancel: TestContext.Current.CancellationToken).ShouldNotBeNull();

        front[0].Scores[0].ShouldBe(Population.ScoreOf(Optimum.AnyPlan(Optimum.Best(Plans, Population))));
        front[^1].Scores[1].ShouldBe(Crime.ScoreOf(Optimum.AnyPlan(Optimum.Best(Plans, Crime))));
        foreach (var plan in front)
        {
            var tied = Ranking.CountWithin(Optimum.Best(Plans.WhereGroups(group => Population.Scores[group] <= plan.Scores[0]), Crime), [new Bound(Population, plan.Scores[0])], TestContext.Current.CancellationToken);
            Ranking.AtLeastAsGood(Plans, [Population, Crime], plan.Groups, TestContext.Current.CancellationToken).ShouldBe(tied);
        }
    }

    private static int ConnectedSets(UnitGraph graph, int min, int max)
    {
        var seen = new HashSet<ulong>();
        var pending = new Queue<ulong>(Enumerable.Range(0, graph.Count).Select(unit => 1UL << unit));
        var count = 0;
        while (pending.TryDequeue(out var set))
        {
            if (!seen.Add(set))
            {
                continue;
            }

            var size = BitOperations.PopCount(set);
            count += size >= min ? 1 : 0;
            for (var unit = 0; unit < graph.Count && size < max; unit++)
            {
                if ((set >> unit & 1) == 0 && (graph.NeighboursOf(unit) & set) != 0)
                {
                    pending.Enqueue(set | (1UL << unit));
                }
            }
        }

        return count;
    }
}
