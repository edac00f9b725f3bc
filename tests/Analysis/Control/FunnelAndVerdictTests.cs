using Pathfinder.Analysis.Control;

namespace Pathfinder.Analysis.Tests.Control;

public class FunnelAndVerdictTests
{
    private static readonly double[] Numerators = [80, 165, 70, 250, 30, 88, 120, 61, 190, 33];
    private static readonly double[] Denominators = [100, 200, 100, 300, 40, 100, 160, 70, 220, 50];

    [Fact]
    public void Funnel_NoOverDispersion_LimitsOnTheArcsineScale()
    {
        var funnel = FunnelPlot.Draw(Numerators, Denominators);
        var theta = Numerators.Sum() / Denominators.Sum();

        funnel.Centre.ShouldBe(theta);
        var upper = Math.Pow(Math.Sin(Math.Asin(Math.Sqrt(theta)) + (3.090232 / 20)), 2);
        funnel.Points[0].Upper998.ShouldBe(upper, 1e-12);
        funnel.Points[0].Lower95.ShouldBe(Math.Pow(Math.Sin(Math.Asin(Math.Sqrt(theta)) - (1.959964 / 20)), 2), 1e-12);
    }

    [Fact]
    public void Funnel_AreasDifferByMoreThanChance_BothAllowancesWidenTheLimits()
    {
        double[] wide = [60, 195, 50, 295, 20, 99, 80, 69, 120, 45];

        var none = FunnelPlot.Draw(wide, Denominators);
        var additive = FunnelPlot.Draw(wide, Denominators, OverDispersion.Additive);
        var multiplicative = FunnelPlot.Draw(wide, Denominators, OverDispersion.Multiplicative);

        none.Phi.ShouldBeGreaterThan(5);
        none.TauSquared.ShouldBeGreaterThan(0);
        none.Points.Count(point => point.Flags.Count > 0).ShouldBeGreaterThan(5);
        additive.Points.ShouldAllBe(point => point.Flags.Count == 0);
        multiplicative.Points.Count(point => point.Flags.Count > 0).ShouldBeLessThan(3);
    }

    [Fact]
    public void Funnel_AreasAlike_NoVarianceBetweenThem() =>
        FunnelPlot.Draw([80, 81, 79, 80, 82], [100, 100, 100, 100, 100], OverDispersion.Additive).TauSquared.ShouldBe(0);

    [Theory]
    [InlineData(90.0, Improvement.Up, Assurance.HitOrMiss)]
    [InlineData(95.0, Improvement.Up, Assurance.ConsistentlyFails)]
    [InlineData(70.0, Improvement.Up, Assurance.ConsistentlyMeets)]
    [InlineData(95.0, Improvement.Down, Assurance.ConsistentlyMeets)]
    [InlineData(70.0, Improvement.Down, Assurance.ConsistentlyFails)]
    [InlineData(90.0, Improvement.Neither, Assurance.NotStated)]
    public void Assurance_TargetAgainstTheLastSegment_Verdict(double target, Improvement improvement, Assurance expected)
    {
        var chart = XmrChart.Draw(ResponseTimes.CentralNorth.AsSpan(0, 8));

        Verdicts.Assure(chart, target, improvement).ShouldBe(expected);
    }

    [Fact]
    public void Variation_LastPointBelowItsLimit_ConcernWhenHigherIsBetterAndTrialLimitsSaid()
    {
        var chart = XmrChart.Draw(ResponseTimes.East.AsSpan(0, 9), [new Segment(0, Baseline: 8)]);

        Verdicts.Variation(chart, Improvement.Up).ShouldBe("Signal of concern: the last point is below the lower limit (trial limits: 8 points)");
        Verdicts.Variation(chart, Improvement.Down).ShouldStartWith("Signal of improvement");
    }
}
