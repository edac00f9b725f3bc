using Pathfinder.Platform.Designs;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Designs;

public class DesignEditsTests
{
    private static DesignUnit[] Response(Design design) => [.. design.Functions.Single(grouping => grouping.Function == "response").Units];

    [Fact]
    public void FromForce_OnEachDate_FollowsUnitsAndFunctionArrangements()
    {
        var pack = SmallForce.Pack();
        Response(SmallForce.Design(pack)).Select(unit => unit.Code).ShouldBe(["BA", "BB", "BC", "BD"]);
        var after = DesignStart.FromForce(pack, SmallForce.After, "After").Value;
        Response(after).Select(unit => unit.Code).ShouldBe(["AB", "BC", "BD"]);
        after.Functions.Single(grouping => grouping.Function == "neighbourhoods").Units.Select(unit => unit.Code).ShouldBe(["A", "B", "BC", "BD"]);
    }

    [Fact]
    public void FromForce_BeforeAnyCommand_SaysItOnce() =>
        DesignStart.FromForce(SmallForce.Pack(), new DateOnly(2001, 1, 1), "Early").Problems.ShouldHaveSingleItem().Message.ShouldBe("No borough is in a command unit on 1 January 2001");

    [Fact]
    public void Merge_ForResponseOnly_LeavesOtherFunctionsAndSplitRestores()
    {
        var pack = SmallForce.Pack();
        var design = SmallForce.Design(pack);
        var merged = DesignEdits.Merge(design, ["response"], ["B", "C"], "BC2", "Middle");
        Response(merged).Select(unit => unit.Name).ShouldBe(["Borough A", "Middle", "Borough D"], ignoreOrder: true);
        merged.Functions.Skip(1).ShouldBe(design.Functions.Skip(1));
        Response(DesignEdits.Split(merged, pack, ["response"], "BC2")).Select(unit => unit.Code).ShouldBe(["BA", "BB", "BC", "BD"]);
    }

    [Fact]
    public void UnitName_BoroughsThePackOnceCommandedTogether_AreNamedAsThePackDoes()
    {
        DesignEdits.UnitName(SmallForce.Pack(), ["B", "A"]).ShouldBe(("AB", "West"));
        DesignEdits.UnitName(SmallForce.Pack(), ["B", "C", "D"]).Name.ShouldBe("Borough B, Borough C and Borough D");
    }

    [Fact]
    public void DespatchByUnit_MergedUnit_PoolsControllersOnOneChannel()
    {
        var design = DesignEdits.DespatchByUnit(DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "B", "C"], "ABC", "Three"));
        design.DespatchGroups.Select(group => (group.Code, group.Controllers, group.Channels)).ShouldBe([("ABC", 3, 1), ("D", 1, 1)], ignoreOrder: true);
        DesignEdits.DespatchByBorough(design, SmallForce.Pack()).DespatchGroups.Count.ShouldBe(4);
    }

    [Fact]
    public void DespatchTogether_BoroughsOfALargerGroup_LeavesTheRestItsShare()
    {
        var design = DesignEdits.DespatchByUnit(DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "B", "C"], "ABC", "Three"));
        var groups = DesignEdits.DespatchTogether(design, ["C", "D"], "CD", "East").DespatchGroups;
        groups.Select(group => (group.Code, group.Controllers)).ShouldBe([("ABC", 2), ("CD", 2)], ignoreOrder: true);
    }

    [Fact]
    public void Assume_PackValue_IsNoChange()
    {
        var pack = SmallForce.Pack();
        var changed = DesignEdits.Assume(SmallForce.Design(pack), pack, "scene.I.meanMinutes", 40);
        changed.Changed["scene.I.meanMinutes"].ShouldBe(40);
        DesignEdits.Assume(changed, pack, "scene.I.meanMinutes", 50).Changed.ShouldBeEmpty();
    }

    [Fact]
    public void MoveParade_ToASiteInUse_AddsTheCrews()
    {
        var design = DesignEdits.SetCrews(SmallForce.Design(), new DesignCrews("site-B", "A", "early", 2, 2));
        var moved = DesignEdits.MoveParade(design, "A", "site-A", "site-B");
        moved.Crews.Where(line => line.Borough == "A").Select(line => (line.ParadeSite, line.Shift, line.Crews)).ShouldBe(
            [("site-B", "early", 8), ("site-B", "late", 6), ("site-B", "night", 6)], ignoreOrder: true);
    }

    [Fact]
    public void MoveParade_LastCrewLeavesASiteThatSharesVehicles_TakesThemAlong()
    {
        var shared = DesignEdits.ShareVehicles(SmallForce.Design(), "site-A", 4);
        DesignEdits.MoveParade(shared, "A", "site-A", "site-B").SharedVehicles.ShouldBeEmpty("the crews of B have vehicles by shift");
        DesignEdits.MoveParade(DesignEdits.ShareVehicles(shared, "site-B", 5), "A", "site-A", "site-B").SharedVehicles.ShouldBe(new Dictionary<string, int> { ["site-B"] = 9 });
        DesignEdits.MoveParade(shared, "A", "site-A", "site-A").SharedVehicles.ShouldBe(shared.SharedVehicles);
    }
}
