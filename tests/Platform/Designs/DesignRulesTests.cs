using Pathfinder.Platform.Designs;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Designs;

public class DesignRulesTests
{
    private static IReadOnlyList<string> Messages(Design design) => [.. DesignRules.Check(design, SmallForce.Pack()).Problems.Select(problem => problem.Message)];

    [Fact]
    public void Check_ForceAsItIs_HasNothingToSay()
    {
        var check = DesignRules.Check(SmallForce.Design(), SmallForce.Pack());
        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Check_BoroughInNoUnitAndAnotherInTwo_NamesBothWithFunction()
    {
        var design = SmallForce.Design();
        var response = design.Functions[0] with { Units = [new DesignUnit("X", "Ex", ["A", "B"]), new DesignUnit("Y", "Why", ["B", "C"])] };
        var messages = Messages(design with { Functions = [response, .. design.Functions.Skip(1)] });
        messages.ShouldContain("Response: Borough B is in two command units, Ex and Why");
        messages.ShouldContain("Response: Borough D is in no command unit");
    }

    [Fact]
    public void Check_BoroughOutOfTheForce_IsRefused()
    {
        var design = DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "Z"], "AZ", "With the enclave");
        Messages(design).ShouldContain("Response: With the enclave holds a borough that is not in the force");
    }

    [Fact]
    public void Check_UnitInParts_WarnsByNameAndDoesNotRefuse()
    {
        var check = DesignRules.Check(DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "B", "D"], "ABD", "Odd"), SmallForce.Pack());
        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldHaveSingleItem().ShouldBe("Response: Odd is in 2 parts; Borough D is cut off from the rest");
    }

    [Fact]
    public void Check_NoCrewsNoSiteNoController_SaysAllAtOnce()
    {
        var design = SmallForce.Design();
        design = design with
        {
            Crews = [.. design.Crews.Where(line => line.Borough != "A").Select(line => line.Borough == "B" ? line with { Crews = 0 } : line)],
            DespatchGroups = [.. design.DespatchGroups.Where(group => group.Code != "D").Select(group => group with { Controllers = 0 })],
        };
        var messages = Messages(design);
        messages.ShouldContain("Borough A has no parade site");
        messages.ShouldContain("Borough B has no crew that could deploy");
        messages.ShouldContain("Despatch: Borough D is in no despatch group");
        messages.ShouldContain("Borough C: controllers is out of bounds");
    }

    [Fact]
    public void Check_SharedVehicles_AreBoundedKnownAndWarnedOfWhereTheyAreFew()
    {
        var design = DesignEdits.ShareVehicles(DesignEdits.ShareVehicles(SmallForce.Design(), "nowhere", 3), "site-B", -1);
        DesignRules.Check(design, SmallForce.Pack()).Problems.Select(problem => problem.Field).ShouldBe(["sharedVehicles.nowhere", "sharedVehicles.site-B", "crews.BB"]);
        var few = DesignRules.Check(DesignEdits.ShareVehicles(SmallForce.Design(), "site-A", 5), SmallForce.Pack());
        few.Problems.ShouldBeEmpty();
        few.Warnings.ShouldHaveSingleItem().ShouldBe("Station A: 6 crews of one shift share 5 vehicles with the other shifts, so some wait until one comes back");
    }

    [Theory]
    [InlineData("scene.I.meanMinutes", -5)]
    [InlineData("scene.I.meanMinutes", double.NaN)]
    [InlineData("arrest.I.probability", 1.5)]
    [InlineData("no.such.key", 1)]
    public void Check_AssumptionUnknownOrOutOfBounds_NamesIt(string key, double value)
    {
        var problem = DesignRules.Check(DesignEdits.Assume(SmallForce.Design(), SmallForce.Pack(), key, value), SmallForce.Pack()).Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe("changed." + key);
    }

    [Theory]
    [InlineData("endToEnd.share@Z", 0.5, "not in the force", "codes of boroughs of the force")]
    [InlineData("endToEnd.share@nowhere", 0.5, "not in the force", "codes of boroughs of the force")]
    [InlineData("endToEnd.share@A", 1.5, "in Borough A is out of bounds", "0 to 1 share")]
    [InlineData("travel.sigma@A", 0.5, "one value holds for the whole force", "travel.sigma")]
    [InlineData("cooking.share@A", 0.5, "no such assumption", "a key of the pack's assumptions")]
    [InlineData("units.I.one@A", 0.9, "Grade I, in Borough A: the shares", "three shares that add to 1")]
    public void Check_AssumptionOfABorough_IsHeldToTheForceAndItsBounds(string key, double value, string message, string accepted)
    {
        var pack = SmallForce.Pack();
        var problem = DesignRules.Check(DesignEdits.Assume(SmallForce.Design(pack), pack, key, value), pack).Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        problem.Accepted.ShouldBe(accepted);
    }

    [Fact]
    public void Check_UnknownPolicy_ListsWhatIsAccepted()
    {
        var design = SmallForce.Design();
        var problem = DesignRules.Check(design with { Policy = design.Policy with { Mode = "nearest" } }, SmallForce.Pack()).Problems.ShouldHaveSingleItem();
        problem.Accepted.ShouldBe("borough, command-unit, borough-then-command-unit, force-wide");
    }

    [Fact]
    public void Check_SharesOfUnitsNeeded_MustAddToOne()
    {
        var design = DesignEdits.Assume(SmallForce.Design(), SmallForce.Pack(), "units.I.two", 0.9);
        Messages(design).ShouldHaveSingleItem().ShouldStartWith("Grade I");
    }
}
