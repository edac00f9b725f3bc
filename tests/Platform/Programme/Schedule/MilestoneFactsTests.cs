using Pathfinder.Platform.Programme.Schedule;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Schedule;

public class MilestoneFactsTests
{
    private static readonly DateOnly Reported = Day("2017-05-12");

    [Theory]
    [InlineData("26 April 2017", "26 April 2017", MilestoneState.Overdue, "passed without an actual: 26 April 2017, 16 days ago")]
    [InlineData("17 March 2017", "21 May 2017", MilestoneState.Slipped, "slipped: 21 May 2017, 65 days later than its baseline")]
    [InlineData("April 2017", "May 2017", MilestoneState.Due, "due: May 2017, 1 to 60 days later than its baseline")]
    [InlineData("June 2017", "June 2017", MilestoneState.OnTime, "on time: June 2017")]
    [InlineData("June 2017", "13 May 2017", MilestoneState.OnTime, "expected 13 May 2017, 19 to 48 days earlier than its baseline")]
    [InlineData("June 2017", "21 June 2017", MilestoneState.CannotTell, "expected 21 June 2017; whether that is later cannot be told: the baseline is only a month")]
    [InlineData(null, "21 June 2017", MilestoneState.CannotTell, "expected 21 June 2017; it has no baseline")]
    [InlineData("June 2017", null, MilestoneState.OnTime, "on time: June 2017")]
    [InlineData(null, null, MilestoneState.NoDate, "no date")]
    public void Of_OpenMilestone_SaysWhereItStands(string? baseline, string? forecast, MilestoneState state, string words)
    {
        var facts = MilestoneFacts.Of(Milestone(baseline, forecast), Reported);
        (facts.State, facts.Words).ShouldBe((state, words));
    }

    [Theory]
    [InlineData("26 April 2017", "26 April 2017", "2017-05-12", "overdue since 26 April 2017; 16 days later so far")]
    [InlineData("April 2017", "April 2017", "2017-05-12", "overdue since April 2017; 12 to 41 days later so far")]
    [InlineData("June 2017", "April 2017", "2017-05-12", "overdue since April 2017")]
    [InlineData(null, "April 2017", "2017-05-12", "overdue since April 2017")]
    [InlineData("17 March 2017", "21 May 2017", "2017-05-12", "65 days later")]
    public void Lateness_OfAnOverdueMilestone_IsNeverOnTimeAndNoMoreExactThanItsDates(string? baseline, string? forecast, string day, string words) =>
        MilestoneFacts.Of(Milestone(baseline, forecast), Day(day)).Lateness(Day(day)).Text.ShouldBe(words);

    [Fact]
    public void Of_OverdueWithAMonthAlone_SaysAtLeastHowManyDays() =>
        MilestoneFacts.Of(Milestone("April 2017", "April 2017"), Reported).Words.ShouldBe("passed without an actual: April 2017, at least 12 days ago");

    [Fact]
    public void Of_ReachedLater_IsDoneWithItsSlippage()
    {
        var milestone = Milestone("17 March 2017", "21 May 2017") with { Actual = new Actual { Date = Stated("20 March 2017") } };
        var facts = MilestoneFacts.Of(milestone, Reported);
        (facts.State, facts.Words).ShouldBe((MilestoneState.Done, "done: 20 March 2017, 3 days later than its baseline"));
        MilestoneFacts.Of(milestone, Day("2017-03-18")).State.ShouldBe(MilestoneState.Slipped, "on 18 March it had not been reached");
    }

    [Fact]
    public void Of_InPlaceForThree_SaysThatTheWholeNumberIsNotStated()
    {
        var milestone = Milestone("17 March 2017", "21 May 2017") with { Completion = new Completion { Done = 3, Unit = "MASH" } };
        MilestoneFacts.Of(milestone, Reported).Completion.ShouldBe("in place for 3 MASH; the whole number was not stated");
        var all = MilestoneFacts.Of(milestone with { Completion = new Completion { Done = 3, Of = 3, Unit = "MASH" } }, Day("2017-06-30"));
        (all.State, all.Completion).ShouldBe((MilestoneState.Done, "in place for 3 of 3 MASH"));
    }

    [Fact]
    public void Of_TwoBaselines_HoldsTheLastAndTheFirstAgainstTheForecast()
    {
        var milestone = Milestone("1 June 2017", "1 September 2017");
        var facts = MilestoneFacts.Of(milestone with { Baselines = [.. milestone.Baselines, new Baseline { Date = Stated("1 September 2017") }] }, Reported);
        facts.AgainstLast!.Words.ShouldBe("on time");
        facts.AgainstFirst!.Words.ShouldBe("92 days later");
    }

    private static Milestone Milestone(string? baseline, string? forecast) => new()
    {
        Title = "Go live",
        Baselines = baseline is null ? [] : [new Baseline { Date = Stated(baseline) }],
        Forecasts = forecast is null ? [] : [new Forecast { Date = Stated(forecast) }],
    };
}
