using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Tests.Runs;

public class FindingsTests
{
    private static readonly Estimate Nothing = new(0, 0, 0, 0);

    private static RunComparison Comparison(double from, double to, double lower, double upper, double minutes = 4, double channel = 3.2) => new()
    {
        Schema = RunComparison.CurrentSchema,
        A = "borough command",
        B = "one channel",
        Paired = true,
        Areas =
        [
            new AreaComparison("force", "force", "Whole force",
            [
                new GradeComparison(
                    "I", new Estimate(from, 0.01, null, null), new Estimate(to, 0.01, null, null), new Estimate(to - from, 0.004, lower, upper), new Estimate(minutes, 0.1, 3, 5),
                    new WaitSplit(Nothing, new Estimate(channel, 0.1, 3, 4), new Estimate(minutes - channel, 0.1, 0, 1), Nothing)),
            ]),
        ],
    };

    [Fact]
    public void Unlike_AssumptionsThatDiffer_AreCountedAndTheFirstNamed()
    {
        Findings.Unlike([]).ShouldBeNull();
        Findings.Unlike(["a, 1 before and 2 after"]).ShouldBe("Not like with like: 1 assumption differs (a, 1 before and 2 after)");
        Findings.Unlike(["a", "b", "c", "d"]).ShouldBe("Not like with like: 4 assumptions differ (a; b; and 2 more)");
    }

    [Fact]
    public void OfComparison_IntervalBelowZero_SaysFallWithInterval() =>
        Findings.OfComparison(Comparison(0.841, 0.719, -0.130, -0.114), "force", "force", "I")
            .ShouldBe("Under one channel, immediate calls in time would fall from 84.1% to 71.9% (−12.2 points, 95% interval −13.0 to −11.4)");

    [Fact]
    public void OfComparison_ChangeInsideTheRun_SpeaksOfEachPhaseAndNeverOfTheirAverage()
    {
        var average = Comparison(0.740, 0.759, 0.010, 0.030);
        var before = Comparison(0.741, 0.741, 0, 0).Areas;
        var after = Comparison(0.739, 0.779, 0.030, 0.050).Areas;
        var comparison = average with
        {
            Phases =
            [
                new PhaseComparison("borough command", "borough command", new DateOnly(2017, 1, 9), 16, before) { IsAlike = true },
                new PhaseComparison("borough command", "one channel", new DateOnly(2017, 1, 25), 19, after),
            ],
        };

        Findings.OfComparison(comparison, "force", "force", "I").ShouldBe(
            "Immediate calls in time under one channel, 25 January to 12 February 2017, would rise from 73.9% to 77.9% (+4.0 points, 95% interval +3.0 to +5.0); 74.1% on both sides under borough command, 9 to 24 January 2017");
        Findings.Cause(comparison, "force", "force", "I")!.ShouldStartWith("Under one channel, 25 January to 12 February 2017: the mean wait");
        Reasons.Of(comparison, "force", "force", "I").ShouldAllBe(reason => reason.StartsWith("Under one channel, from 25 January 2017: "));
        var apart = comparison with { Phases = [.. comparison.Phases.Select(phase => phase with { A = null, IsAlike = false, Areas = OneSide(phase.Areas) })] };
        Findings.OfComparison(apart, "force", "force", "I").ShouldBe(
            "Immediate calls in time: 74.1% under borough command, 9 to 24 January 2017; 77.9% under one channel, 25 January to 12 February 2017. The other run gives no figures for just these days, so the change cannot be told from the weeks");
    }

    private static IReadOnlyList<AreaComparison> OneSide(IReadOnlyList<AreaComparison> areas)
    {
        var nothing = new Estimate(null, null, null, null);
        return [.. areas.Select(area => area with { Grades = [.. area.Grades.Select(grade => grade with { InTargetA = nothing, InTargetDifference = nothing, MeanMinutesDifference = nothing })] })];
    }

    [Fact]
    public void OfComparison_IntervalAboveZero_SaysRise() =>
        Findings.OfComparison(Comparison(0.7, 0.75, 0.04, 0.06), "force", "force", "I").ShouldContain("would rise from 70.0% to 75.0% (+5.0 points, 95% interval +4.0 to +6.0)");

    [Fact]
    public void OfComparison_IntervalHoldsZero_DoesNotClaimAChange() =>
        Findings.OfComparison(Comparison(0.841, 0.843, -0.003, 0.007), "force", "force", "I").ShouldContain("would not differ by more than chance: 84.1% and 84.3% (+0.2 points, 95% interval −0.3 to +0.7)");

    [Fact]
    public void OfComparison_GradeNotObserved_SaysSo() =>
        Findings.OfComparison(Comparison(0.8, 0.8, 0, 0), "force", "force", "S").ShouldStartWith("Nothing can be said of significant calls");

    [Fact]
    public void Cause_ChannelMakesMostOfIt_NamesItWithItsShare() =>
        Findings.Cause(Comparison(0.8, 0.7, -0.2, -0.1), "force", "force", "I")
            .ShouldBe("The mean wait for immediate calls would be 4 minutes longer; four fifths of what makes it longer is waiting for the radio channel.");
}
