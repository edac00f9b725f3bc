using Pathfinder.Platform.Runs;

namespace Pathfinder.Platform.Tests.Runs;

public class EventLinesTests
{
    [Fact]
    public void Read_Lines_GivesEvents()
    {
        var events = EventLines.Read("begin,hours,demand,aid,name\n2017-08-28 10:00,14,1.4,0.2,Carnival,E09000020 E09000033\n\n2017-12-31T22:00,8,1.2,0,\"New Year, eve\"\n").Value;
        events.Count.ShouldBe(2);
        (events[0].From, events[0].Hours, events[0].DemandMultiplier, events[0].AidShare, events[0].Name).ShouldBe((new DateTime(2017, 8, 28, 10, 0, 0), 14, 1.4, 0.2, "Carnival"));
        events[0].Boroughs.ShouldBe(["E09000020", "E09000033"]);
        (events[1].Name, events[1].Boroughs.Count).ShouldBe(("New Year, eve", 0));
        EventLines.Read(" \n").Value.ShouldBeEmpty();
    }

    [Fact]
    public void Read_BadLines_NamesEveryFaultByLine()
    {
        var problems = EventLines.Read("2017-08-28,0,much,2,\n2017-08-28 10:00,14,1.4\n", "days.csv").Problems;
        problems.Select(problem => (problem.Row, problem.Field)).ShouldBe([(1, "begin"), (1, "hours"), (1, "demand"), (1, "aid"), (1, "name"), (2, "events")]);
        problems.ShouldAllBe(problem => problem.File == "days.csv");
    }

    [Fact]
    public void Read_RowsOutsideTheRunAndAMalformedOne_NamesThemAllByRowAndField()
    {
        var bounds = new EventBounds(new DateTime(2017, 1, 2), new DateTime(2017, 2, 6), new HashSet<string> { "HB01" });
        var problems = EventLines.Read("2017-01-14 20:00,6,1.5,0.1,A match,HB01 E09000099\n2019-01-14 20:00,6,1.5,0.1,Too late\nwhat\n", bounds: bounds).Problems;

        problems.Select(problem => (problem.Row, problem.Field, problem.Found)).ShouldBe([(1, "boroughs", "E09000099"), (2, "begin", "2019-01-14 20:00"), (3, "events", "what")]);
        problems[1].Accepted.ShouldBe("2017-01-02 00:00 to 2017-02-05 23:00");
    }
}
