using Pathfinder.Platform.Designs;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Designs;

public class ScenarioWriterTests
{
    [Fact]
    public void Write_WholeForce_HoldsEveryBoroughOfTheForceAndNoOther()
    {
        var pack = SmallForce.Pack();
        var scenario = ScenarioWriter.Write(SmallForce.Design(pack), pack).Value;
        scenario.Boroughs.Select(borough => borough.Code).ShouldBe(["A", "B", "C", "D"]);
        scenario.Zones.Select(zone => zone.Code).ShouldBe(["A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2"]);
        scenario.Demand.Surface!.Sha256.ShouldBe(pack.Sha256);
        scenario.Start.DayOfWeek.ShouldBe(DayOfWeek.Monday);
        scenario.Grades.Select(grade => grade.Code).ShouldBe(["I", "S", "E"]);
        scenario.Grades[0].TelephoneShare.ShouldBe(0);
        scenario.Grades[1].TelephoneShare.ShouldBe(0.17);
        scenario.Grades[2].TargetShare.ShouldBeNull();
    }

    [Fact]
    public void Write_ChangedAssumption_IsWhatTheScenarioHolds()
    {
        var pack = SmallForce.Pack();
        var design = DesignEdits.Assume(SmallForce.Design(pack), pack, "scene.S.meanMinutes", 72);
        ScenarioWriter.Write(design, pack).Value.Grades[1].Scene.MeanMinutes.ShouldBe(72);
    }

    [Fact]
    public void Write_MergedUnit_NeitherGainsNorLosesGuards()
    {
        var pack = SmallForce.Pack();
        var before = ScenarioWriter.Write(SmallForce.Design(pack), pack).Value.Duties.GuardUnitsPerShift!;
        var after = ScenarioWriter.Write(DesignEdits.Merge(SmallForce.Design(pack), ["response"], ["A", "C"], "AC", "Pair"), pack).Value.Duties.GuardUnitsPerShift!;
        before.Values.Sum().ShouldBe(2, "half a unit in each of four boroughs");
        before["BC"].ShouldBe(1, "C is the busiest");
        after.Values.Sum().ShouldBe(2);
        after["AC"].ShouldBe(before["BA"] + before["BC"]);
    }

    [Fact]
    public void Write_StudyArea_WidensUntilNoGroupIsCut()
    {
        var pack = SmallForce.Pack();
        var design = DesignEdits.DespatchTogether(DesignEdits.Merge(SmallForce.Design(pack), ["response"], ["A", "B"], "AB", "West"), ["B", "C"], "BC", "Middle");
        var scenario = ScenarioWriter.Write(design, pack, new ScenarioOptions { StudyArea = ["A"] }).Value;
        scenario.Boroughs.Select(borough => borough.Code).ShouldBe(["A", "B", "C"]);
        scenario.Crews.ShouldAllBe(line => line.Borough != "D");
    }

    [Fact]
    public void Write_BadOptionsAndBadDesign_SaysAllAtOnce()
    {
        var pack = SmallForce.Pack();
        var design = SmallForce.Design(pack) with { Name = "", Policy = new DesignPolicy("force-wide") };
        var problems = ScenarioWriter.Write(design, pack, new ScenarioOptions { Days = 0, DemandMultiplier = -1, StudyArea = ["A", "nowhere"] }).Problems;
        problems.Select(problem => problem.Field).ShouldBe(["name", "days", "demandMultiplier", "studyArea", "studyArea"]);
    }

    [Theory]
    [InlineData("2017-01-01", "2017-01-02")]
    [InlineData("2017-01-02", "2017-01-02")]
    [InlineData("2017-01-03", "2017-01-09")]
    public void FirstMonday_AnyDay_IsThatDayOrTheNextMonday(string date, string monday) =>
        ScenarioWriter.FirstMonday(DateOnly.Parse(date)).ShouldBe(DateOnly.Parse(monday));
}
