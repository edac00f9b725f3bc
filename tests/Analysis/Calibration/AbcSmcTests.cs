using Pathfinder.Analysis.Calibration;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Analysis.Tests.Calibration;

public sealed class AbcSmcTests
{
    // A normal mean seen through 25 draws of sd 1: with a flat prior the posterior is normal, mean 2, sd 0.2.
    private static double Distance(double[] values, int number)
    {
        var stream = RandomStream.Of(99, number);
        double sum = 0;
        for (var i = 0; i < 25; i++)
        {
            sum += values[0] + stream.Normal(i);
        }

        return Math.Abs((sum / 25) - 2) / 0.05;
    }

    [Fact]
    public void Run_NormalMean_FindsThePosteriorThatTheoryGives()
    {
        var result = AbcSmc.Run([new PriorRange("mean", -10, 10)], Distance, new AbcOptions(400, 20_000, 7));

        var values = result.Posterior.Select(each => (each.Values[0], each.Weight)).ToList();
        var mean = values.Sum(each => each.Item1 * each.Weight);
        var sd = Math.Sqrt(values.Sum(each => each.Weight * (each.Item1 - mean) * (each.Item1 - mean)));
        result.Ended.ShouldBe("close enough");
        mean.ShouldBe(2, 0.05);
        sd.ShouldBe(0.2, 0.03);
        result.Posterior.Sum(each => each.Weight).ShouldBe(1, 1e-9);
        result.Rounds.Select(round => round.Tolerance).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Run_ParameterWithoutEffect_KeepsItsPrior()
    {
        var result = AbcSmc.Run([new PriorRange("mean", -10, 10), new PriorRange("idle", 0, 1)], Distance, new AbcOptions(400, 20_000, 7));

        var idle = result.Posterior.Select(each => (each.Values[1], each.Weight)).ToList();
        AbcSmc.Quantile(idle, 0.1).ShouldBe(0.1, 0.06);
        AbcSmc.Quantile(idle, 0.5).ShouldBe(0.5, 0.08);
        AbcSmc.Quantile(idle, 0.9).ShouldBe(0.9, 0.06);
    }

    [Fact]
    public void Run_WholeNumber_TakesOnlyThoseAndFindsTheRightOne()
    {
        var result = AbcSmc.Run([new PriorRange("servers", 1, 6, Whole: true)], (values, _) => Math.Abs(values[0] - 4), new AbcOptions(50, 2000, 3, CloseEnough: 0.5));

        result.Posterior.ShouldAllBe(each => each.Values[0] == 4);
        result.Prior.Select(each => each.Values[0]).Distinct().Order().ShouldBe([1, 2, 3, 4, 5, 6]);
    }

    [Fact]
    public void Run_MoreThreads_GivesTheSameParticles()
    {
        PriorRange[] priors = [new("mean", -10, 10)];
        var one = AbcSmc.Run(priors, Distance, new AbcOptions(50, 600, 5, Threads: 1));
        var four = AbcSmc.Run(priors, Distance, new AbcOptions(50, 600, 5, Threads: 4));

        four.Posterior.Select(each => (each.Values[0], each.Weight, each.Number)).ShouldBe(one.Posterior.Select(each => (each.Values[0], each.Weight, each.Number)));
        four.Simulations.ShouldBe(one.Simulations);
    }

    [Fact]
    public void Run_BudgetSpent_AnswersTheLastCompletePopulation()
    {
        var result = AbcSmc.Run([new PriorRange("mean", -10, 10)], Distance, new AbcOptions(50, 120, 5));

        result.Ended.ShouldBe("budget");
        result.Simulations.ShouldBe(120);
        result.Posterior.Count.ShouldBe(50);
    }

    [Fact]
    public void Run_TooFewParticles_Throws() =>
        Should.Throw<ArgumentException>(() => AbcSmc.Run([new PriorRange("mean", 0, 1)], Distance, new AbcOptions(3, 100)));
}
