using System.Diagnostics;
using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

public class SyntheticControlsTests
{
    [Theory]
    [InlineData(SyntheticMethod.DifferenceInDifferences, -27.349111, 8)]
    [InlineData(SyntheticMethod.SyntheticDifferenceInDifferences, -15.6053979, 9)]
    [InlineData(SyntheticMethod.SyntheticControl, -19.51362972, 9)]
    [InlineData(SyntheticMethod.DemeanedSyntheticControl, -11.109042, 8)]
    public void Synthetic_Prop99_ExactOptimum(SyntheticMethod method, double expected, int digits) =>
        SyntheticControls.Estimate(LongTable.Prop99(), method).Effect.ShouldMatch(expected, digits);

    [Fact]
    public void Sdid_Prop99_NoisePenaltyAndTimeWeights()
    {
        var cohort = SyntheticControls.Estimate(LongTable.Prop99(), SyntheticMethod.SyntheticDifferenceInDifferences).Cohorts.ShouldHaveSingleItem();

        cohort.NoiseLevel.ShouldMatch(5.49440101857951, 12);
        cohort.Zeta.ShouldMatch(10.2262325715, 11);
        Weight("1986").ShouldBe(0.366471, 1e-6);
        Weight("1987").ShouldBe(0.206453, 1e-6);
        Weight("1988").ShouldBe(0.427076, 1e-6);
        cohort.UnitWeights.Sum(w => w.Weight).ShouldBe(1, 1e-12);
        cohort.UnitWeights.ShouldAllBe(w => w.Weight >= 0);

        double Weight(string year) => cohort.TimeWeights.Single(w => w.Name == year).Weight;
    }

    [Theory]
    [InlineData(SyntheticMethod.DifferenceInDifferences, 17.518848, 0.1026)]
    [InlineData(SyntheticMethod.SyntheticControl, 10.775778, 0.0769)]
    [InlineData(SyntheticMethod.SyntheticDifferenceInDifferences, 9.494172, 0.0513)]
    public void Placebo_Prop99EveryControl_ErrorAndRank(SyntheticMethod method, double se, double p)
    {
        var test = Placebos.InSpace(LongTable.Prop99(), panel => SyntheticControls.Estimate(panel, method).Effect);

        test.Exhaustive.ShouldBeTrue();
        test.Placebos.Count.ShouldBe(38);
        test.StandardError.ShouldMatch(se, 7);
        test.P.ShouldBe(p, 5e-5);
    }

    [Fact]
    public void Placebo_Prop99NoiseHeld_ErrorOfTheReference()
    {
        var panel = LongTable.Prop99();
        var noise = SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticDifferenceInDifferences).Cohorts[0].NoiseLevel;

        var test = Placebos.InSpace(panel, p => SyntheticControls.Estimate(p, SyntheticMethod.SyntheticDifferenceInDifferences, noise).Effect);

        test.StandardError.ShouldMatch(9.496973, 7);
    }

    [Fact]
    public void Placebo_RatioOfGaps_RankOfTheReference()
    {
        var test = Placebos.InSpace(LongTable.Prop99(), panel => SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticControl).RmspeRatio!.Value);

        test.P.ShouldBe(0.076923, 1e-6);
    }

    [Fact]
    public void SyntheticControl_Basque_EffectWeightsAndRank()
    {
        var panel = LongTable.Basque();

        var result = SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticControl);
        var weights = result.Cohorts[0].UnitWeights.Where(w => w.Weight > 1e-9).ToDictionary(w => w.Name.Split(' ')[0], w => w.Weight);

        result.Effect.ShouldMatch(-0.89458855, 8);
        result.RmspeRatio.ShouldMatch(13.410961, 8);
        weights.Count.ShouldBe(3);
        weights["Madrid"].ShouldBe(0.483128, 1e-6);
        weights["Baleares"].ShouldBe(0.311075, 1e-6);
        weights["Rioja"].ShouldBe(0.205797, 1e-6);
        var test = Placebos.InSpace(panel, p => SyntheticControls.Estimate(p, SyntheticMethod.SyntheticControl).RmspeRatio!.Value);
        test.P.ShouldBe(0.4117647058823529, 1e-12);
    }

    [Fact]
    public void Synthetic_SeveralCohorts_AverageByTreatedUnitTimes()
    {
        var panel = LongTable.Prop99();
        int?[] starts = [.. panel.FirstTreated];
        starts[0] = 25;
        var staggered = new Panel(panel.Units, panel.Times, panel.Outcome, starts);

        var result = SyntheticControls.Estimate(staggered, SyntheticMethod.SyntheticDifferenceInDifferences);

        result.Cohorts.Select(c => c.Start).ShouldBe([19, 25]);
        result.Effect.ShouldBe(((12 * result.Cohorts[0].Effect) + (6 * result.Cohorts[1].Effect)) / 18, 1e-12);
        result.RmspeRatio.ShouldBeNull();
    }

    [Fact]
    public void Simplex_OptimumOverManyRandomProblems_SatisfiesItsConditions()
    {
        var random = new Random(11);
        for (var problem = 0; problem < 60; problem++)
        {
            int rows = 3 + random.Next(12), count = 2 + random.Next(30);
            var ridge = problem % 3 == 0 ? 0 : random.NextDouble();
            var columns = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 10).ToArray()).ToList();
            columns[^1] = columns[0];
            var target = Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 14).ToArray();

            var weights = SimplexLeastSquares.Solve(columns, target, ridge, intercept: false);

            weights.Sum().ShouldBe(1, 1e-9);
            var residual = Enumerable.Range(0, rows).Select(row => columns.Select((c, j) => weights[j] * c[row]).Sum() - target[row]).ToArray();
            var slopes = columns.Select((c, j) => c.Zip(residual, (a, r) => a * r).Sum() + (ridge * weights[j])).ToArray();
            var least = slopes.Min();
            for (var j = 0; j < count; j++)
            {
                weights[j].ShouldBeGreaterThanOrEqualTo(0);
                if (weights[j] > 1e-9)
                {
                    slopes[j].ShouldBe(least, 1e-7);
                }
            }
        }
    }

    [Fact]
    public void Synthetic_ConstantControls_NoNoiseNoPenaltyAndStillAnAnswer()
    {
        double[,] outcome = { { 5, 5, 5, 5, 9 }, { 1, 1, 1, 1, 1 }, { 2, 2, 2, 2, 2 }, { 3, 3, 3, 3, 3 } };
        var panel = new Panel(["t", "a", "b", "c"], ["1", "2", "3", "4", "5"], outcome, [4, null, null, null]);

        SyntheticControls.Estimate(panel, SyntheticMethod.SyntheticDifferenceInDifferences).Effect.ShouldBe(4, 1e-9);
        Suitability.Of(EffectMethod.SyntheticControl, panel).Refusals.ShouldHaveSingleItem().ShouldContain("beyond every comparator");
    }

    [Fact]
    public void Placebo_TwoTreatedUnits_PseudoCommandUnitsOfEveryPair()
    {
        var panel = LongTable.Prop99();
        var some = panel.OfUnits([2, .. panel.Controls.Take(8).Where(i => i != 2)], [19, 19, .. Enumerable.Repeat<int?>(null, 6)]);

        var test = Placebos.InSpace(some, p => DifferenceInDifferences.Estimate(p).Effect.Estimate);

        test.Exhaustive.ShouldBeTrue();
        test.Placebos.Count.ShouldBe(15);
        test.Placebos.Select(p => string.Join('+', p.Units)).Distinct().Count().ShouldBe(15);
        Placebos.InSpace(some, p => DifferenceInDifferences.Estimate(p).Effect.Estimate, most: 10).Exhaustive.ShouldBeFalse();
    }

    [Fact]
    public void PlaceboInTime_BeforeEastWentLive_OnlyFebruaryStandsOut()
    {
        var panel = LongTable.Pathfinders("2017-03", "2017-04").OfUnits([1, 2]);

        var placebos = Placebos.InTime(panel, p => DifferenceInDifferences.Estimate(p).Effect.Estimate);

        placebos.Count.ShouldBe(6);
        placebos.Take(5).ShouldAllBe(p => Math.Abs(p.Statistic) <= 4 + 1e-9);
        placebos[5].Time.ShouldBe("2017-02");
        placebos[5].Statistic.ShouldBe(75 - (547 / 7.0) - (87 - 85), 1e-9, "East by hand: its mean until January was 547/7, the Met's 85");
    }

    [Fact]
    public void Placebo_FortyUnitsThirtyTimes_AllOfThemWithinSeconds()
    {
        var random = new Random(3);
        var outcome = new double[40, 30];
        for (var i = 0; i < 40; i++)
        {
            for (var t = 0; t < 30; t++)
            {
                outcome[i, t] = (10 * random.NextDouble()) + i + (t > 0 ? 0.5 * outcome[i, t - 1] : 0);
            }
        }

        var panel = new Panel([.. Enumerable.Range(0, 40).Select(i => $"u{i}")], [.. Enumerable.Range(0, 30).Select(t => $"{t}")], outcome, [20, .. Enumerable.Repeat<int?>(null, 39)]);
        var clock = Stopwatch.StartNew();

        var test = Placebos.InSpace(panel, p => SyntheticControls.Estimate(p, SyntheticMethod.SyntheticDifferenceInDifferences).Effect);

        test.Placebos.Count.ShouldBe(39);
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed.TotalSeconds:0.000} s");
    }
}
