using Pathfinder.Analysis.Control;

namespace Pathfinder.Analysis.Tests.Control;

public class ProportionAndRunTests
{
    [Fact]
    public void PChart_EqualDenominators_LimitsByHand()
    {
        var chart = ProportionChart.Draw([10, 20, 12, 8, 30], [100, 100, 100, 100, 100], laney: false);

        chart.Points[0].Centre.ShouldBe(0.16);
        chart.Points[0].Upper.ShouldBe(0.16 + (3 * Math.Sqrt(0.16 * 0.84 / 100)), 1e-15);
        chart.Points.Select(point => point.Flags.Count).ShouldBe([0, 0, 0, 0, 1]);
    }

    [Fact]
    public void PChart_LimitsBeyondOneOrZero_AreClamped()
    {
        var chart = ProportionChart.Draw([10, 9, 10, 1], [10, 10, 10, 2], laney: false);

        chart.Points.ShouldAllBe(point => point.Upper <= 1 && point.Lower >= 0);
        chart.Points[3].Upper.ShouldBe(1);
    }

    [Fact]
    public void LaneyPrime_VariationBeyondBinomial_WidensByMeanRangeOfZ()
    {
        double[] x = [8_000, 8_300, 7_900, 8_400];
        double[] n = [10_000, 10_000, 10_000, 10_000];
        var p = x.Sum() / n.Sum();
        var s = Math.Sqrt(p * (1 - p) / 10_000);
        var sigma = ((300 + 400 + 500) / 3.0 / 10_000 / s) / 1.128;

        var prime = ProportionChart.Draw(x, n, laney: true);
        var binomial = ProportionChart.Draw(x, n, laney: false);

        prime.Points[0].Upper.ShouldBe(p + (3 * s * sigma), 1e-12);
        binomial.Points.Count(point => point.Flags.Count > 0).ShouldBeGreaterThan(2);
        prime.Points.ShouldAllBe(point => point.Flags.Count == 0);
    }

    [Fact]
    public void PChart_MoreSuccessesThanTrials_Refused() =>
        Should.Throw<ArgumentException>(() => ProportionChart.Draw([3], [2], laney: false));

    /// <summary>Montgomery's table 7.4 as qicharts2 holds it; reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void PChart_MontgomeryTable_OneSampleAboveItsLimit_NeedsReferenceFolder()
    {
        if (!ReferenceData.TryReadOutside("csv/qicharts2_sysdata__tbl_07.04.csv", out var table))
        {
            return;
        }

        // Montgomery, Introduction to Statistical Quality Control, section 7.3: p̄ = 234 / 2450 = 0.0955, sample 11 outside.
        var chart = ProportionChart.Draw(table.Numbers("count"), table.Numbers("size"), laney: false);

        chart.Points[0].Centre.ShouldBe(234 / 2450.0, 1e-12);
        chart.Points.Select((point, i) => (point, i)).Where(pair => pair.point.Flags.Count > 0).Select(pair => pair.i).ShouldBe([10]);
    }

    /// <summary>The individuals chart of qicharts2 with limits frozen after 20 points; reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void XmrAndRuns_ChartOfQicharts2_SameCentreLimitsAndRunTest_NeedsReferenceFolder()
    {
        if (!ReferenceData.TryReadOutside("csv/qictest_ex_6.5_3.csv", out var table))
        {
            return;
        }

        var values = table.Numbers("y");
        var chart = XmrChart.Draw(values, [new Segment(0, Baseline: 20)]);

        // qicharts2 keeps 3 / 1.128 unrounded where NHSRplotthedots rounds it to 2.66.
        var point = chart.Points[0];
        point.Centre.ShouldBe(table.Numbers("cl")[0]);
        ((point.Upper - point.Centre) / XmrChart.LimitFactor * 3 / 1.128).ShouldBe(table.Numbers("ucl")[0] - point.Centre, 1e-9);
        chart.Points.Select(p => p.Rules.Contains(Flag.Outside)).ShouldBe(table.Text("sigma.signal").Select(text => text == "TRUE"));
        var runs = chart.Segments[0].Runs;
        runs.Useful.ShouldBe((int)table.Numbers("n.useful")[0]);
        runs.LongestRun.ShouldBe((int)table.Numbers("longest.run")[0]);
        runs.LongestRunLimit.ShouldBe((int)table.Numbers("longest.run.max")[0]);
        runs.Crossings.ShouldBe((int)table.Numbers("n.crossings")[0]);
        runs.CrossingsLimit.ShouldBe((int)table.Numbers("n.crossings.min")[0]);
    }

    [Theory]
    [InlineData(10, 6, 2)]
    [InlineData(12, 7, 3)]
    [InlineData(16, 7, 4)]
    [InlineData(20, 7, 6)]
    [InlineData(24, 8, 8)]
    public void RunTest_TableOfAnhøj_SameLimits(int useful, int longest, int crossings)
    {
        var test = RunTest.About(Enumerable.Range(0, useful).Select(i => i % 2 == 0 ? 1.0 : -1.0).ToArray(), 0);

        test.LongestRunLimit.ShouldBe(longest);
        test.CrossingsLimit.ShouldBe(crossings);
        test.Crossings.ShouldBe(useful - 1);
    }

    [Fact]
    public void RunChart_LongRunWithAPointOnTheMedian_FlagsTheRunButNotThatPoint()
    {
        double[] values = [1, 9, 1, 9, 1, 9, 1, 9, 6, 7, 5, 8, 7, 8, 9, 7, 1, 2, 1, 2, 1];

        var chart = RunChart.Draw(values);

        chart.Points[0].Centre.ShouldBe(6);
        chart.Segments[0].Runs.LongestRun.ShouldBe(5);
        chart.Points.ShouldAllBe(point => point.Flags.Count == 0);
        var drift = RunChart.Draw([1, 1, 2, 1, 2, 1, 1, 2, 2, 5, 9, 9, 8, 9, 8, 9, 9, 8, 9]);
        drift.Segments[0].Runs.Signals.ShouldBeTrue();
        drift.Points.Select(point => point.Flags.Count).ShouldBe([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    }
}
