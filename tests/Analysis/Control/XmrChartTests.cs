using Pathfinder.Analysis.Control;

namespace Pathfinder.Analysis.Tests.Control;

public class XmrChartTests
{
    [Theory]
    [InlineData("nhsr_RQM_breaches.csv", true)]
    [InlineData("nhsr_deviations_screened.csv", true)]
    [InlineData("nhsr_deviations_unscreened.csv", false)]
    public void Xmr_PublishedChart_SameLimitsAndFlagAtEveryPoint(string file, bool screen)
    {
        var expected = ReferenceData.Read(file);

        var chart = XmrChart.Draw(expected.Numbers("y"), screen: screen);

        chart.Points.Count.ShouldBe(expected.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var point = chart.Points[i];
            point.Centre.ShouldBe(expected.Numbers("mean_col")[i], 1e-9);
            point.Lower.ShouldBe(expected.Numbers("lpl")[i], 1e-9);
            point.Upper.ShouldBe(expected.Numbers("upl")[i], 1e-9);
            point.Flags.ShouldBe(FlagOf(expected.Text("special_cause_type")[i]), $"point {i}");
            (point.Direction != 0).ShouldBe(expected.Text("point_type")[i] != "common_cause");
        }
    }

    [Fact]
    public void Xmr_EightBaselineMonthsOfThePathfinders_LimitsByHand()
    {
        Limits(ResponseTimes.CentralNorth).ShouldBe((86.625, 80.925, 92.325));
        Limits(ResponseTimes.East).ShouldBe((77.75, 74.33, 81.17));
        Limits(ResponseTimes.Met).ShouldBe((85.25, 82.21, 88.29));

        static (double, double, double) Limits(double[] values)
        {
            var point = XmrChart.Draw(values.AsSpan(0, 8)).Points[0];
            return (Math.Round(point.Centre, 3), Math.Round(point.Lower, 3), Math.Round(point.Upper, 3));
        }
    }

    [Fact]
    public void Xmr_FrozenBaseline_LaterPointsAreTestedButDoNotMoveTheLimits()
    {
        var chart = XmrChart.Draw(ResponseTimes.CentralNorth, [new Segment(0, Baseline: 8)]);

        chart.Points[^1].Centre.ShouldBe(86.625);
        chart.Points.Take(7).ShouldAllBe(point => point.Flags.Count == 0);
        chart.Points[7].Flags.ShouldBe([Flag.Shift], "filled back from the seventh month below the mean");
        chart.Points.Skip(8).ShouldAllBe(point => point.Flags[0] == Flag.Outside && point.Direction == -1);
        chart.Segments[0].TrialLimits.ShouldBeTrue();
    }

    [Fact]
    public void Xmr_Rebased_RulesAndLimitsStartAfresh()
    {
        double[] values = [.. Enumerable.Range(0, 6).Select(i => 10.0 + (i % 2)), .. Enumerable.Range(0, 6).Select(i => 20.0 + (i % 2))];

        var whole = XmrChart.Draw(values, screen: false);
        var rebased = XmrChart.Draw(values, [new Segment(6)], screen: false);

        whole.Points.ShouldAllBe(point => point.Centre == 15.5);
        rebased.Points[5].Centre.ShouldBe(10.5);
        rebased.Points[6].Centre.ShouldBe(20.5);
        rebased.Points[6].Segment.ShouldBe(1);
        rebased.Points.ShouldAllBe(point => point.Flags.Count == 0);
    }

    [Fact]
    public void Rules_SevenPointsOneSide_FilledBackAndBrokenByAPointOnTheMean()
    {
        double[] shifted = [1, -1, 1, 1, 2, 1, 1, 2, 1, -1];
        double[] broken = [1, -1, 1, 1, 2, 0, 1, 2, 1, 1];

        Rules(shifted).Select(rules => rules.Contains(Flag.Shift)).ShouldBe([false, false, true, true, true, true, true, true, true, false]);
        Rules(broken).ShouldAllBe(rules => rules.Count == 0);
    }

    [Fact]
    public void Rules_SixStrictSteps_TrendOnAllSevenPoints_ATieBreaksIt()
    {
        Rules([0, -3, -2, -1, 0, 1, 2, 3, 3]).Select(rules => rules.Contains(Flag.Trend)).ShouldBe([false, true, true, true, true, true, true, true, false]);
        Rules([-3, -2, -1, -1, 0, 1, 2]).ShouldAllBe(rules => rules.Count == 0);
    }

    [Fact]
    public void Rules_TwoOfThreeNearALimit_OnlyThosePointsAndOnlyOnOneSide()
    {
        Rules([0, 8, 1, 8, 0]).Select(rules => rules.Contains(Flag.TwoOfThree)).ShouldBe([false, true, false, true, false]);
        Rules([0, 8, -1, 8, 0]).ShouldAllBe(rules => rules.Count == 0);
    }

    [Fact]
    public void Rules_PointBreaksSeveral_FlagIsTheOneOfHighestPriority()
    {
        double[] values = [-6, -4, -2, 1, 3, 5, 11];

        var rules = ChartRules.Apply(values, 0, 10);

        rules[6].Rules.ShouldBe([Flag.Outside, Flag.Trend]);
        rules[0].Rules.ShouldBe([Flag.Trend]);
        rules[0].Direction.ShouldBe(1);
    }

    [Fact]
    public void Xmr_MissingValue_Refused() =>
        Should.Throw<ArgumentException>(() => XmrChart.Draw([1, double.NaN, 2]));

    private static IReadOnlyList<string>[] Rules(double[] values) => ChartRules.Apply(values, 0, 10).Select(point => point.Rules).ToArray();

    private static string[] FlagOf(string cause) => cause switch
    {
        "Common Cause" => [],
        "Above UCL" or "Below LCL" => [Flag.Outside],
        _ when cause.StartsWith("7 Point Trend", StringComparison.Ordinal) => [Flag.Trend],
        _ when cause.StartsWith("2 in 3", StringComparison.Ordinal) => [Flag.TwoOfThree],
        _ => [Flag.Shift],
    };
}
