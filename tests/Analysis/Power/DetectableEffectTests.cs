using Pathfinder.Analysis.Power;

namespace Pathfinder.Analysis.Tests.Power;

public class DetectableEffectTests
{
    [Fact]
    public void Multiplier_NormalAndStudent_References()
    {
        DetectableEffect.Multiplier(new PilotPlan(1, 8, 4, Quantiles: Quantiles.Normal)).ShouldBe(2.8016, 5e-5);
        DetectableEffect.Multiplier(new PilotPlan(1, 8, 4)).ShouldBe(3.1, 0.05);
    }

    [Fact]
    public void Minimum_Autocorrelated_FormulaByHand() =>
        DetectableEffect.Minimum(new PilotPlan(2, 8, 4, 0.3, Quantiles: Quantiles.Normal)).ShouldBe(2.801585 * 2 * Math.Sqrt((1 / 8.0) + 0.25) * Math.Sqrt(1.3 / 0.7), 1e-5);

    [Fact]
    public void PowerAt_TheMinimum_IsThePowerAskedFor()
    {
        foreach (var quantiles in Enum.GetValues<Quantiles>())
        {
            var plan = new PilotPlan(1.7, 10, 5, 0.2, 0.05, 0.9, quantiles);
            DetectableEffect.PowerAt(plan, DetectableEffect.Minimum(plan)).ShouldBe(0.9, 1e-9);
        }
    }

    [Fact]
    public void MonthsNeeded_SmallerEffect_MoreMonthsOrNever()
    {
        var plan = new PilotPlan(1.5, 12, 1, 0.2);

        var large = DetectableEffect.MonthsNeeded(plan, 5).ShouldNotBeNull();
        var small = DetectableEffect.MonthsNeeded(plan, 2.5).ShouldNotBeNull();
        small.ShouldBeGreaterThan(large);
        DetectableEffect.Minimum(plan with { MonthsAfter = small }).ShouldBeLessThanOrEqualTo(2.5);
        DetectableEffect.Minimum(plan with { MonthsAfter = small - 1 }).ShouldBeGreaterThan(2.5);
        DetectableEffect.MonthsNeeded(plan, 0.5).ShouldBeNull("twelve months before bound what any length after can show");
    }

    [Fact]
    public void Plan_ImpossibleAutocorrelation_Refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DetectableEffect.Minimum(new PilotPlan(1, 8, 4, 1)));
}
