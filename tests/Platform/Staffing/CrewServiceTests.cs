using Pathfinder.Platform.Staffing;

namespace Pathfinder.Platform.Tests.Staffing;

public sealed class CrewServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-crews-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string File(string name, params string[] lines)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllLines(path, lines);
        return path;
    }

    private string Demand() => File("demand.csv",
        ["unit,grade,hour,per_hour", .. from unit in new[] { "A", "B", "C", "D" } from grade in new[] { "I", "S" } from hour in Enumerable.Range(0, 24) select $"{unit},{grade},{hour},{(hour is >= 18 and < 22 ? 4 : 1.5)}"]);

    private string Shifts() => File("shifts.csv", "shift,start,minutes,briefing_minutes,meal_minutes", "early,06:00,570,30,45", "late,14:30,570,30,45", "night,22:00,570,30,45");

    private CrewRequest Request() => new()
    {
        DemandFile = Demand(), ShiftsFile = Shifts(), Held = ["I=60", "S=70"], Units = ["I=1.5"], Targets = ["I=11:0.9", "S=55:0.9"],
        GraphFile = File("graph.csv", "a,b,kind", "A,B,land", "B,C,land", "C,D,", "A,D,crossing"), Kinds = ["land"],
    };

    [Fact]
    public void Answer_OfFourUnitsAlike_TakesFewerOfficersTheFewerGroups()
    {
        var result = new CrewService().Answer(Request(), cancel: TestContext.Current.CancellationToken).Value;

        result.Units.Select(unit => unit.Officers).Distinct().Count().ShouldBe(1);
        result.Totals.Select(total => total.Groups).ShouldBe([1, 2, 3, 4]);
        result.Totals.Zip(result.Totals.Skip(1)).ShouldAllBe(pair => pair.First.Officers <= pair.Second.Officers);
        result.Totals[3].Officers.ShouldBe(4 * result.Units[0].Officers);
        result.Totals.Select(total => total.Plans).ShouldBe(["1", "3", "3", "1"], "cuts of a path of four");
        result.Units[0].Grades.ShouldAllBe(grade => grade.Reached >= grade.Target - 0.02);
    }

    [Fact]
    public void Answer_OfFaultyInput_NamesFileRowAndField()
    {
        var request = Request() with
        {
            DemandFile = File("demand.csv", "unit,grade,hour,per_hour", "A,I,0,-1", "A,X,0,1", "A,I,200,1", "A,S,3,2", "A,S,3,2"),
            GraphFile = null,
        };

        var problems = new CrewService().Answer(request, cancel: TestContext.Current.CancellationToken).Problems;

        problems.Select(problem => (problem.File, problem.Row, problem.Field)).ShouldBe(
            [("demand.csv", 2, "per_hour"), ("demand.csv", 3, "grade"), ("demand.csv", 4, "hour"), ("demand.csv", 6, "hour")]);
    }

    [Fact]
    public void Answer_WhereOptionsAndFilesAreBothFaulty_NamesAllAtOnce()
    {
        var request = Request() with { DemandFile = File("demand.csv", "unit,grade,hour,per_hour", "A,I,200,1"), Targets = ["S=55:1.9"], GraphFile = null };

        var problems = new CrewService().Answer(request, cancel: TestContext.Current.CancellationToken).Problems;

        problems.Select(problem => problem.Field).ShouldBe(["--target", "hour"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("I=15", "--target")]
    [InlineData("Z=15:0.9", "--target")]
    [InlineData("I=15:1.2", "--target")]
    public void Answer_OfATargetThatIsNone_SaysWhatOneLooksLike(string target, string field) =>
        new CrewService().Answer(Request() with { Targets = [target] }, cancel: TestContext.Current.CancellationToken).Problems.ShouldContain(problem => problem.Field == field);

    [Fact]
    public void Answer_WhereShiftsLeaveAGap_SaysWhen()
    {
        var request = Request() with { ShiftsFile = File("gap.csv", "shift,start,minutes", "early,06:00,480", "late,14:00,480", "night,23:00,420") };

        new CrewService().Answer(request, cancel: TestContext.Current.CancellationToken).Problems.ShouldContain(problem => problem.Found == "22:00");
    }

    [Fact]
    public void Answer_WhereJourneysAreTooLong_SaysSoOfTheUnit()
    {
        var far = File("travel.csv", ["unit,grade,minutes,weight", .. from unit in new[] { "A", "B", "C", "D" } from grade in new[] { "I", "S" } select $"{unit},{grade},{(unit == "C" ? 30 : 5)},1"]);

        var problems = new CrewService().Answer(Request() with { TravelFile = far }, cancel: TestContext.Current.CancellationToken).Problems;

        problems.ShouldHaveSingleItem().Found.ShouldNotBeNull().ShouldStartWith("C");
    }
}
