using FsCheck;
using FsCheck.Fluent;
using Pathfinder.Engine.Staffing;

namespace Pathfinder.Engine.Tests.Staffing;

public sealed class CrewRequirementTests
{
    // Everything arrives at once: what is left is the wait alone.
    private static readonly double[] NoJourney = [1];

    private static readonly DailyShift[] ThreeShifts = [new(360, 570, 30, 45), new(870, 570, 30, 45), new(1320, 570, 30, 45)];

    private static double[] Steady(double perHour) => [.. Enumerable.Repeat(perHour, 168)];

    [Theory]
    [InlineData(1, 0.8, 0.8)]
    [InlineData(3, 1.5, 0.2368421053)]
    [InlineData(10, 8, 0.4091801508)]
    public void ErlangC_OfPublishedQueues_IsAsPublished(int servers, double load, double expected) =>
        CrewRequirement.ErlangC(servers, load).ShouldBe(expected, 1e-9);

    [Theory]
    [InlineData(5, 8, 9, 10)]
    [InlineData(10, 14, 16, 17)]
    [InlineData(20, 26, 27, 29)]
    [InlineData(50, 58, 61, 64)]
    public void ByHour_WhereNobodyMayWait_AsksForThePublishedServers(double load, int at20, int at10, int at5)
    {
        GradeLoad[] grades = [new(Steady(load), 1, 60, NoJourney)];
        int Required(double wait) => CrewRequirement.ByHour(grades, [new CrewTarget(0, 1 - wait)])[0];

        (Required(.2), Required(.1), Required(.05)).ShouldBe((at20, at10, at5));
    }

    [Fact]
    public void ShareInTarget_OfOneGradeInMM10_IsThePublishedWait()
    {
        GradeLoad[] grades = [new(Steady(8), 1, 60, NoJourney)];

        // P(W > half a holding time) at c = 10, rho = .8.
        (1 - CrewRequirement.ShareInTarget(grades, 0, 30, Steady(10))).ShouldBe(0.15052897, 1e-8);
    }

    [Fact]
    public void ShareInTarget_OfTwoGrades_HasTheMeanWaitsOfCobham()
    {
        // c = 10, rho = .8, shares .3 and .7: mean waits .0538394935 and .2691974676 of a holding time.
        GradeLoad[] grades = [new(Steady(2.4), 1, 60, NoJourney), new(Steady(5.6), 1, 60, NoJourney)];

        double MeanWait(int grade)
        {
            // The integral of P(W > t), by minutes, in the middle of each.
            var sum = 0.0;
            for (var minute = 0; minute < 6000; minute++)
            {
                sum += 1 - CrewRequirement.ShareInTarget(grades, grade, minute + .5, Steady(10));
            }

            return sum / 60;
        }

        MeanWait(0).ShouldBe(0.0538394935, 0.0538394935 * 0.02);
        MeanWait(1).ShouldBe(0.2691974676, 0.2691974676 * 0.01);
    }

    [Fact]
    public void ByHour_OfAPeak_FollowsItOneHoldingTimeLater()
    {
        var peak = Steady(2);
        peak[20] = 10;

        var required = CrewRequirement.ByHour([new GradeLoad(peak, 1, 120, NoJourney)], [new CrewTarget(5, .9)]);

        Array.IndexOf(required, required.Max()).ShouldBe(22);
    }

    [Fact]
    public void ByHour_WhereTheJourneyAloneIsTooLong_SaysOutOfReach()
    {
        double[] far = [.. Enumerable.Repeat(0.0, 20), 1];

        CrewRequirement.ByHour([new GradeLoad(Steady(1), 1, 60, far)], [new CrewTarget(15, .9)]).ShouldAllBe(crews => crews > CrewRequirement.MostCrews);
    }

    [Fact]
    public void Cover_OfRandomWeeks_IsWhatListingAllFinds()
    {
        // Two shifts a day of a four-hour overlap; needs that differ by the hour; listing is possible where crews are few.
        DailyShift[] two = [new(360, 840, 0, 0), new(960, 840, 0, 0)];
        var cover = ShiftCover.Lay(two).Cover!;
        var weeks = from needs in Gen.Choose(0, 2).ArrayOf(24) select needs;
        Prop.ForAll(weeks.ToArbitrary(), day =>
        {
            // The same needs on each day: by symmetry the listing may use one pattern of two days at most.
            int[] required = [.. Enumerable.Range(0, 168).Select(hour => day[hour % 24])];
            var found = cover.Solve(required);
            cover.FreeByHour(found.Crews).Zip(required).ShouldAllBe(pair => pair.First >= pair.Second - 1e-9);
            return found.Total == LeastByListing(day) * 7;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Cover_OfTheThreeShifts_HasNoHourWithoutItsCrews()
    {
        var cover = ShiftCover.Lay(ThreeShifts).Cover!;
        int[] required = [.. Enumerable.Range(0, 168).Select(hour => 4 + (hour % 24 is >= 18 and < 22 ? 5 : 0) + (hour / 24 == 5 && hour % 24 < 4 ? 6 : 0))];

        var found = cover.Solve(required);

        cover.FreeByHour(found.Crews).Zip(required).ShouldAllBe(pair => pair.First >= pair.Second - 1e-9);
        found.Crews[14 + 1].ShouldBeLessThanOrEqualTo(found.Largest);
        found.Largest.ShouldBe(found.Crews[(4 * 3) + 2], "Friday's night shift carries Saturday's early hours");
    }

    [Theory]
    [InlineData(360, 480, "gap")]
    [InlineData(0, 1440, "")]
    public void Lay_OfOneShift_SaysWhereNobodyIsOnDuty(int start, int minutes, string why) =>
        (ShiftCover.Lay([new DailyShift(start, minutes, 0, 0)]).Why ?? "").ShouldBe(why);

    [Fact]
    public void Strength_OfAnEvenWeek_IsTheSameSteeredOrNot()
    {
        var even = new WeekCover([.. Enumerable.Repeat(10, 21)], 3);

        var strength = TeamStrength.Of(even, even, new Roster(5, 10, 6, 2, 0.2));

        strength.ShouldBe(new TeamStrength(OptimumParade: 20, MinimumParade: 20, Team: 25, Officers: 125, OfficersIfSteered: 125));
    }

    private static int LeastByListing(int[] day)
    {
        // Early 06-20, late 16-06: the same pair every day, since needs repeat daily; an odd week could not do with less on average.
        for (var total = 0; ; total++)
        {
            for (var early = 0; early <= total; early++)
            {
                var late = total - early;
                if (Enumerable.Range(0, 24).All(hour => day[hour] <= (hour is >= 6 and < 20 ? early : 0) + (hour is >= 16 or < 6 ? late : 0)))
                {
                    return total;
                }
            }
        }
    }
}
