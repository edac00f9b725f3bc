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
    public void Write_VehiclesSharedAtASite_BoundTheSiteInsteadOfItsLines()
    {
        var pack = SmallForce.Pack();
        var scenario = ScenarioWriter.Write(DesignEdits.ShareVehicles(SmallForce.Design(pack), "site-A", 4), pack).Value;
        scenario.ParadeSites.Select(site => (site.Code, site.Vehicles)).ShouldBe([("site-A", 4), ("site-B", null), ("site-C", null), ("site-D", null)]);
        scenario.Crews.ShouldAllBe(line => line.ParadeSite == "site-A" ? line.Vehicles == null : line.Vehicles == 6);
    }

    [Fact]
    public void WriteInTurns_VehiclesSharedByOneOfTheDesigns_AreRefusedUnlessAllShareThem()
    {
        var pack = SmallForce.Pack();
        var (first, shared) = (SmallForce.Design(pack), DesignEdits.ShareVehicles(SmallForce.Design(pack), "site-A", 4));
        var turn = new DesignTurn(shared, SmallForce.Before.AddDays(14));
        ScenarioSequence.Write(first, [turn], pack).Problems.ShouldHaveSingleItem().ToString()
            .ShouldBe("sharedVehicles.site-A: The vehicles that shifts share at Station A cannot change inside a run; found \"by shift, then 4\"; accepted: the same in every design of the run that uses the site");
        ScenarioSequence.Write(shared, [turn], pack).Succeeded.ShouldBeTrue();
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

    [Fact]
    public void Write_EveryMechanismSet_StandsInTheScenario()
    {
        var pack = SmallForce.Pack();
        var design = SmallForce.Design(pack);
        foreach (var (key, value) in new Dictionary<string, double>
        {
            ["crews.abstraction.share"] = 0.05, ["crews.doubleCrewed.share"] = 0.9, ["support.I.share"] = 0.3, ["telephone.vulnerable.share"] = 0.2,
            ["inspector.I.share"] = 0.5, ["inspector.minutes"] = 4, ["inspector.onDuty"] = 2, ["endToEnd.share"] = 0.6,
        })
        {
            design = DesignEdits.Assume(design, pack, key, value);
        }

        var scenario = ScenarioWriter.Write(
            DesignEdits.Merge(design, ["response"], ["A", "B"], "AB", "West") with
            {
                Policy = new DesignPolicy("borough-then-command-unit", 3, 12, "patrol")
                {
                    PatrolMinutes = 20, StartOfShift = "travel-first", ForceAfterMinutesI = 25, KeepFreeS = 2, InspectorSpan = "command-unit",
                },
            },
            pack,
            new ScenarioOptions { Events = [new() { Name = "Match", From = new DateTime(2020, 1, 18, 14, 0, 0), Hours = 5, DemandMultiplier = 1.5, AidShare = 0.2, Boroughs = ["C"] }] }).Value;

        scenario.Crews.ShouldAllBe(line => line.AbstractionShare == 0.05 && line.DoubleCrewedShare == 0.9);
        scenario.Grades.Select(grade => grade.SupportShare).ShouldBe([0.3, 0, 0]);
        scenario.Grades.Select(grade => grade.DecisionShare).ShouldBe([0.5, 0, 0]);
        scenario.Grades.Select(grade => grade.VulnerableShare).ShouldBe([0, 0.2, 0.2]);
        scenario.Grades[0].EndToEndShare.ShouldBe(0.6);
        scenario.InspectorAreas.Select(area => (area.Code, area.Boroughs.Count, area.Inspectors, area.Decision.MeanMinutes)).ShouldBe([("AB", 2, 2, 4.0), ("BC", 1, 2, 4.0), ("BD", 1, 2, 4.0)], ignoreOrder: true);
        (scenario.Policy.WhenFree, scenario.Policy.PatrolMinutes, scenario.Policy.StartOfShift).ShouldBe(("patrol", 20, "travel-first"));
        scenario.Policy.ForceAfterMinutes!.ShouldBe(new Dictionary<string, double> { ["I"] = 25 });
        scenario.Policy.KeepFree!["S"].ShouldBe(2);
        scenario.Events.ShouldHaveSingleItem().Boroughs.ShouldBe(["C"]);
        Platform.Scenarios.ScenarioCompiler.Compile(scenario, new PackContent(pack)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Write_AssumptionsOfSomeBoroughs_StandInTheScenarioForThemAlone()
    {
        var pack = SmallForce.Pack();
        var design = DesignEdits.AssumeIn(SmallForce.Design(pack), pack, "endToEnd.share", ["A", "B"], 0.6);
        design = DesignEdits.AssumeIn(design, pack, "telephone.share", ["A", "B"], 0.4);
        design = DesignEdits.AssumeIn(design, pack, "inspector.I.share", ["B"], 0.5);
        design = DesignEdits.AssumeIn(design, pack, "crews.absence.share", ["D"], 0.25) with { Policy = new DesignPolicy("borough") { Queue = "first-unit-first" } };

        var scenario = ScenarioWriter.Write(design, pack).Value;

        scenario.Grades.ShouldAllBe(grade => grade.EndToEndShare == 0 && grade.DecisionShare == 0);
        var (a, b) = (scenario.GradesIn![0], scenario.GradesIn[1]);
        scenario.GradesIn.Count.ShouldBe(2);
        (a.Boroughs.Single(), b.Boroughs.Single()).ShouldBe(("A", "B"));
        a.Grades.Select(grade => (grade.Code, grade.EndToEndShare, grade.TelephoneShare, grade.DecisionShare)).ShouldBe([("I", 0.6, null, null), ("S", 0.6, 0.4, null), ("E", 0.6, 0.4, null)]);
        b.Grades[0].DecisionShare.ShouldBe(0.5);
        scenario.InspectorAreas.Count.ShouldBe(4, "where one borough needs decisions, every borough has inspectors");
        scenario.Crews.ShouldAllBe(line => line.AbsenceShare == (line.Borough == "D" ? 0.25 : 0));
        scenario.Policy.Queue.ShouldBe("first-unit-first");
        Platform.Scenarios.ScenarioCompiler.Compile(scenario, new PackContent(pack)).Problems.ShouldBeEmpty();
        ScenarioWriter.Write(SmallForce.Design(pack), pack).Value.GradesIn.ShouldBeNull();
        ScenarioWriter.Write(DesignEdits.AssumeIn(design, pack, "inspector.I.share", ["B"], null), pack).Value.GradesIn!.Single().Boroughs.ShouldBe(["A", "B"], "boroughs alike stand together");
    }

    [Fact]
    public void Write_AssumptionOfABoroughOutsideTheStudyArea_IsLeftOut()
    {
        var pack = SmallForce.Pack();
        var design = DesignEdits.AssumeIn(SmallForce.Design(pack), pack, "endToEnd.share", ["A", "D"], 0.6);
        ScenarioWriter.Write(design, pack, new ScenarioOptions { StudyArea = ["A"] }).Value.GradesIn!.Single().Boroughs.ShouldBe(["A"]);
        ScenarioWriter.Write(design, pack, new ScenarioOptions { StudyArea = ["B"] }).Value.GradesIn.ShouldBeNull();
    }

    [Fact]
    public void Sequence_PilotThatTakesOver_BringsItsOwnRulesAndTheNextEndsThem()
    {
        var pack = SmallForce.Pack();
        var force = SmallForce.Design(pack);
        var pilot = DesignEdits.AssumeIn(force, pack, "endToEnd.share", ["A"], 0.6) with { Name = "Pilot" };
        var scenario = ScenarioSequence.Write(force, [new DesignTurn(pilot, new DateOnly(2020, 1, 20)), new DesignTurn(force with { Name = "Back" }, new DateOnly(2020, 1, 27))], pack).Value;
        scenario.GradesIn.ShouldBeNull();
        scenario.Phases.Select(phase => phase.GradesIn!.Count).ShouldBe([1, 0]);
        Platform.Scenarios.ScenarioCompiler.Compile(scenario, new PackContent(pack)).Problems.ShouldBeEmpty();
        ScenarioSequence.Write(force, [new DesignTurn(force with { Name = "Same" }, new DateOnly(2020, 1, 20))], pack).Value.Phases.Single().GradesIn.ShouldBeNull();
    }

    [Fact]
    public void Write_NoMechanismSet_HoldsNoneOfThem()
    {
        var pack = SmallForce.Pack();
        var scenario = ScenarioWriter.Write(SmallForce.Design(pack), pack).Value;
        scenario.InspectorAreas.ShouldBeEmpty();
        scenario.Events.ShouldBeEmpty();
        scenario.Policy.ForceAfterMinutes.ShouldBeNull();
        scenario.Policy.KeepFree.ShouldBeNull();
        scenario.Crews.ShouldAllBe(line => line.AbstractionShare == 0 && line.DoubleCrewedShare == 1);
    }

    [Fact]
    public void Write_MechanismsOutOfBounds_SaysAllAtOnce()
    {
        var pack = SmallForce.Pack();
        var design = DesignEdits.Assume(DesignEdits.Assume(SmallForce.Design(pack), pack, "crews.doubleCrewed.share", 1.5), pack, "inspector.onDuty", 1.5) with
        {
            Policy = new DesignPolicy("borough") { StartOfShift = "late", InspectorSpan = "county", PatrolMinutes = -1, ForceAfterMinutesI = -5, KeepFreeS = 99 },
        };
        ScenarioWriter.Write(design, pack).Problems.Select(problem => problem.Field).ShouldBe(
            [
                "policy.startOfShift", "policy.inspectorSpan", "policy.patrolMinutes", "policy.forceAfterMinutesI", "policy.keepFreeS",
                "changed.crews.doubleCrewed.share", "changed.inspector.onDuty",
            ],
            ignoreOrder: true);
        ScenarioWriter.Write(SmallForce.Design(pack) with { Policy = new DesignPolicy("borough") { ForceAfterMinutesS = 30 } }, pack, new ScenarioOptions { StudyArea = ["A"] })
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("studyArea");
    }

    [Fact]
    public void Sequence_DesignsInTurn_EachHoldsFromItsDayUnderOneWorld()
    {
        var pack = SmallForce.Pack();
        var apart = SmallForce.Design(pack);
        var together = DesignEdits.DespatchByUnit(DesignEdits.Merge(apart, ["response"], ["A", "B"], "AB", "West")) with { Name = "West as one" };
        var scenario = ScenarioSequence.Write(
            apart, [new DesignTurn(together, new DateOnly(2020, 1, 20)), new DesignTurn(apart with { Name = "Back" }, new DateOnly(2020, 1, 27))], pack, new ScenarioOptions { StudyArea = ["A"] }).Value;
        scenario.CommandUnits.Count.ShouldBe(2, "A alone, and B beside it because a later design joins them");
        scenario.Phases.Select(phase => (phase.Name, phase.CommandUnits!.Count, phase.DespatchGroups!.Count)).ShouldBe([("West as one", 1, 1), ("Back", 2, 2)]);
        Platform.Scenarios.ScenarioCompiler.Compile(scenario, new PackContent(pack)).Problems.ShouldBeEmpty();
        ScenarioSequence.Write(apart, [new DesignTurn(together with { Name = "" }, new DateOnly(2020, 1, 20))], pack).Problems.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("2017-01-01", "2017-01-02")]
    [InlineData("2017-01-02", "2017-01-02")]
    [InlineData("2017-01-03", "2017-01-09")]
    public void FirstMonday_AnyDay_IsThatDayOrTheNextMonday(string date, string monday) =>
        ScenarioWriter.FirstMonday(DateOnly.Parse(date)).ShouldBe(DateOnly.Parse(monday));
}
