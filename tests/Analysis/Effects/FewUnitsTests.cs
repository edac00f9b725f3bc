using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

public class FewUnitsTests
{
    [Fact]
    public void Newcombe_Reference_Interval()
    {
        var result = TwoProportions.Compare(56, 70, 48, 80);

        result.Difference.Estimate.ShouldBe(0.2, 1e-12);
        result.Difference.Lower.ShouldMatch(0.05243147, 7);
        result.Difference.Upper.ShouldMatch(0.33387265, 8);
        result.Difference.P!.Value.ShouldBeInRange(0.001, 0.05);
    }

    [Fact]
    public void Newcombe_NothingOutOfNothing_Refused() => Should.Throw<ArgumentException>(() => TwoProportions.Compare(0, 0, 1, 2));

    [Fact]
    public void Contamination_PathfindersInsideTheMet_TheFallIsTheirs()
    {
        (double, double)[] areas = [(-13.875, 0.080), (-24.5, 0.072)];

        Contamination.ChangeOfRest(-2.75, areas).ShouldBe(0.15, 0.005);
        var range = Contamination.Range(-2.75, [new ContaminatingArea(-13.875, 0.06, 0.08), new ContaminatingArea(-24.5, 0.05, 0.072)]);
        range.High.ShouldBe(Contamination.ChangeOfRest(-2.75, areas), 1e-12);
        range.Low.ShouldBe(Contamination.ChangeOfRest(-2.75, [(-13.875, 0.06), (-24.5, 0.05)]), 1e-12);
        Should.Throw<ArgumentException>(() => Contamination.ChangeOfRest(1, [(1, 0.6), (1, 0.5)]));
    }

    [Fact]
    public void Multiplicity_FourValues_HolmAndBenjaminiHochbergByHand()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];

        Round(Multiplicity.Holm(p)).ShouldBe([0.03, 0.06, 0.06, 0.02]);
        Round(Multiplicity.BenjaminiHochberg(p)).ShouldBe([0.02, 0.04, 0.04, 0.02]);

        static double[] Round(IReadOnlyList<double> values) => [.. values.Select(v => Math.Round(v, 12))];
    }

    [Fact]
    public void TrendSensitivity_BreakdownIsWhereZeroEntersTheBounds()
    {
        var result = TrendSensitivity.Bound([0.5, -0.5, 1, 0], new EffectEstimate(-9, 1, -11, -7), 3, [0, 1, 2]);

        result.LargestStepBefore.ShouldBe(1.5);
        result.Bounds[1].ShouldBe(new SensitivityBound(1, -14, -4));
        result.Breakdown.ShouldBe(7 / 3.0, 1e-12);
        TrendSensitivity.Bound([0, 1], new EffectEstimate(1, 1, -1, 3), 1, []).Breakdown.ShouldBe(0);
    }

    [Fact]
    public void Suitability_PathfindersAndOneComparator_SyntheticMethodsRefusedDidOfferedWithACaution()
    {
        var panel = LongTable.Pathfinders();

        foreach (var method in new[] { EffectMethod.SyntheticControl, EffectMethod.DemeanedSyntheticControl, EffectMethod.SyntheticDifferenceInDifferences })
        {
            Suitability.Of(method, panel).Refusals.ShouldContain(reason => reason.StartsWith("1 comparator", StringComparison.Ordinal));
        }

        var did = Suitability.Of(EffectMethod.DifferenceInDifferences, panel);
        did.Offered.ShouldBeTrue();
        did.Cautions.ShouldContain(caution => caution.Contains("nothing tells how units differ by chance", StringComparison.Ordinal));
        Suitability.Of(EffectMethod.InterruptedTimeSeries, panel).Offered.ShouldBeTrue();
    }

    [Fact]
    public void Suitability_Prop99_AllOffered() =>
        Suitability.OfAll(LongTable.Prop99()).ShouldAllBe(s => s.Offered);

    [Fact]
    public void Panel_WithoutTransition_StartMovesToTheFirstTimeLeft()
    {
        var panel = LongTable.Pathfinders("2017-04", "2017-05");

        panel.Times.Count.ShouldBe(12);
        panel.Times[panel.Cohorts[0]].ShouldBe("2017-06");
    }

    [Fact]
    public void GapComparison_EastAgainstTheMet_ByHand()
    {
        double[] before = [-5, -8, -6, -6, -7, -7, -9, -12], after = [-31, -32, -34, -20];

        var along = GapComparison.Estimate(before, after);

        // Squares about the means 34 and 118.75; neighbours within the two stretches multiply to −18.81 in all, so no autocorrelation is allowed for.
        along.Sigma.ShouldBe(Math.Sqrt(152.75 / 10), 1e-12);
        along.Autocorrelation.ShouldBe(0);
        along.Effect.Estimate.ShouldBe(-21.75, 1e-12);
        along.Effect.Se!.Value.ShouldBe(Math.Sqrt(152.75 / 10) * Math.Sqrt(0.375), 1e-12);
        Should.Throw<ArgumentException>(() => GapComparison.Estimate([1], [2, 3, 4]));
    }

    [Fact]
    public void OneSidedTest_AtTheEndOfTheInterval_IsTheLevel()
    {
        OneSidedTest.Above(1.959963984540054, 0, 1, null).ShouldBe(0.025, 1e-12);
        OneSidedTest.Above(2.2281388520, 0, 1, 10).ShouldBe(0.025, 1e-9);
    }

    [Fact]
    public void SyntheticControl_LevelThatAllShare_ChangesNothing()
    {
        var panel = LongTable.Prop99();
        var raised = (double[,])panel.Outcome.Clone();
        for (var unit = 0; unit < panel.Units.Count; unit++)
        {
            for (var time = 0; time < panel.Times.Count; time++)
            {
                raised[unit, time] += 1e7;
            }
        }

        SyntheticControls.Estimate(new Panel(panel.Units, panel.Times, raised, panel.FirstTreated), SyntheticMethod.SyntheticControl).Effect.ShouldBe(-19.513630, 1e-5);
    }
}
