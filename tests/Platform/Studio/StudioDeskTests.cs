using System.IO.Compression;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Studio;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Studio;

public sealed class StudioDeskTests
{
    private static readonly StudioDesk Desk = new();
    private static readonly Lazy<StudioForce> Harbour = new(() => Desk.ForceOf(PackReader.Read(Path.Combine(Repository.Root, "data", "harbour")).Value).Value);
    private static readonly Lazy<StudioForce> London = new(() => Desk.ForceOf(PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value).Value);

    private static StudioState Small => Harbour.Value.Start with { Min = 1, Max = 3, Crossings = false };

    private static StudioState Read(StudioForce force, string query) => StudioState.Read(
        query.Split('&').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[1], StringComparer.Ordinal), force.Start, force.Names).Value;

    [Fact]
    public void Answer_OnHarbour_CountsAndRanksAsListingDoes()
    {
        // Six boroughs in a ring cut open between Kelsea and Eastcliff: a path, whose groups are runs of one to three.
        var view = Desk.Answer(Harbour.Value, Small).Value;

        view.Among.ShouldBe((UInt128)Runs(6, 2));
        view.Standings[0].Criterion.Key.ShouldBe("residents");
        (view.Standings[0].Better + view.Standings[0].Equal).ShouldBeGreaterThan(UInt128.Zero);
        view.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Answer_WhereABoroughIsCutOff_SaysWhichByName()
    {
        var state = Read(Harbour.Value, "plan=A:HB01.HB06_B:HB02.HB03.HB04.HB05&max=4&crossings=off");

        var view = Desk.Answer(Harbour.Value, state).Value;

        view.Faults.ShouldContain(fault => fault.Contains("cut off from the rest of A", StringComparison.Ordinal));
        view.Headline.ShouldContain("none of the");
    }

    [Fact]
    public void Answer_OfThePadlockedPlan_SaysWhatThePadlockCosts()
    {
        var free = Desk.Answer(Harbour.Value, Small).Value;
        var worst = Small with { Keep = [["HB01", "HB02", "HB03"]] };

        var view = Desk.Answer(Harbour.Value, worst).Value;

        view.Among.ShouldBe(UInt128.One);
        view.Costs.ShouldContain(cost => cost.Rule.StartsWith("Keep Eastcliff", StringComparison.Ordinal) || cost.Rule.Contains("Northgate", StringComparison.Ordinal));
        view.Costs[0].PlansWithout.ShouldBe(free.Among);
        view.Costs[0].Without.ShouldBeLessThanOrEqualTo(view.Costs[0].With);
    }

    [Fact]
    public void Answer_WhereNoPlanKeepsTheRules_NamesWhatWouldHelp()
    {
        var view = Desk.Answer(Harbour.Value, Small with { Part = [["HB01", "HB04"]], Join = [["HB01", "HB04"]] }).Value;

        view.Among.ShouldBe(UInt128.Zero);
        view.NoPlan.ShouldNotBeNull().ShouldContain("drop");
    }

    [Theory]
    [InlineData("plan=A:HB01.HB02", "in no unit")]
    [InlineData("plan=A:HB01.HB02.HB03_B:HB03.HB04.HB05.HB06", "in two units")]
    [InlineData("keep=HB99", "Unknown borough")]
    [InlineData("min=0", "Not an acceptable number")]
    [InlineData("ties=HB01.HB02*-3", "weight")]
    [InlineData("by=beauty", "Unknown criterion")]
    [InlineData("w-residents=11", "Not an acceptable number")]
    [InlineData("off=HB01", "between two boroughs")]
    public void Read_OfAFaultyAddress_NamesTheFault(string query, string says)
    {
        var read = StudioState.Read(query.Split('&').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[1], StringComparer.Ordinal), Harbour.Value.Start, Harbour.Value.Names);

        read.Problems.ShouldContain(problem => problem.ToString().Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void State_ThroughItsAddress_IsTheSame()
    {
        var query = "plan=NB:HB01.HB02.HB03_SB:HB04.HB05.HB06&min=1&max=4&crossings=on&off=HB01.HB04&keep=HB01.HB02.HB03&join=HB04.HB05&part=HB01.HB06&forbid=HB02.HB05&ties=HB01.HB02*2.5_HB04.HB05&by=overall&w-calls=3&w-residents=5&beside=X:HB01.HB02.HB03.HB04.HB05.HB06";

        Read(Harbour.Value, query).ToQuery().ShouldBe(query);
    }

    [Fact]
    public void Padlock_OfAUnitThatABoroughIsMovedInto_StaysOnTheOldSetAndIsBroken()
    {
        var state = Read(Harbour.Value, "plan=NB:HB01.HB02.HB03_SB:HB04.HB05.HB06&max=4&b-HB04=NB&locks=1&lock=NB");

        state.Keep.ShouldHaveSingleItem().ShouldBe(["HB01", "HB02", "HB03"]);
        Desk.Answer(Harbour.Value, state).Value.Faults.ShouldContain(fault => fault.Contains("under a padlock and no longer a unit", StringComparison.Ordinal));
        Read(Harbour.Value, "locks=1&held=HB02.HB03").Keep.ShouldHaveSingleItem().ShouldBe(["HB02", "HB03"]);
    }

    [Fact]
    public void Costs_OfTwoRules_CountTheBetterPlansThatEachAndBothRuleOut()
    {
        var both = Small with { Keep = [["HB01", "HB02"]], Forbid = [["HB03", "HB04"]], Plan = [new("A", ["HB01", "HB02"]), new("B", ["HB03"]), new("C", ["HB04", "HB05", "HB06"])] };

        var costs = Desk.Answer(Harbour.Value, both).Value.Costs;

        var together = costs.Single(cost => cost.Rule.StartsWith("All that", StringComparison.Ordinal));
        costs.ShouldAllBe(cost => cost.RuledOut <= cost.PlansWithout);
        together.RuledOut.ShouldNotBeNull().ShouldBe(Desk.Answer(Harbour.Value, together.State with { Plan = Desk.Answer(Harbour.Value, both).Value.Best?.State.Plan ?? both.Plan }).Value.Standings[0].Better);
    }

    [Fact]
    public void PlanOf_ADesignOfLongUnitCodes_HasAShortOneForEach()
    {
        var apart = DesignStart.FromForce(Harbour.Value.Pack, new DateOnly(2016, 12, 1), "apart").Value;
        var units = apart.Functions.First(grouping => grouping.Function == Functions.Response);
        var longer = apart with { Functions = [units with { Units = [.. units.Units.Select(unit => unit with { Code = "BOCU-E0900000-" + unit.Code })] }] };

        var plan = StudioDesigns.PlanOf(longer);

        plan.Select(unit => unit.Code).ShouldBeUnique();
        plan.ShouldAllBe(unit => unit.Code.Length <= StudioUnit.LongestCode);
        Read(Harbour.Value, "min=1&plan=" + StudioState.Write(plan)).Plan.Count.ShouldBe(6);
    }

    [Fact]
    public void Read_OfAForm_MovesBoroughsAndTakesNames()
    {
        var state = Read(Harbour.Value, "b-HB03=SB&join=Northgate, Marketside\r\n&locks=1&lock=NB");

        state.Plan.Select(unit => $"{unit.Code}:{string.Join('.', unit.Boroughs)}").ShouldBe(["NB:HB01.HB02", "SB:HB03.HB04.HB05.HB06"]);
        state.Join.ShouldHaveSingleItem().ShouldBe(["HB01", "HB02"]);
        state.Keep.ShouldHaveSingleItem().ShouldBe(["HB01", "HB02", "HB03"], "the padlock was on the unit as it was");
    }

    [Fact]
    public void Answer_WithAHugeNumberOfSizes_SaysWhatFitsBeforeMemoryRunsOut()
    {
        var refused = Desk.Answer(London.Value, London.Value.Start with { Min = 1, Max = 20 });

        refused.Problems.ShouldHaveSingleItem().Accepted.ShouldNotBeNull().ShouldContain("fit");
    }

    [Fact]
    public void Answer_OfLondonsTwelve_IsRankedAmongAllAndImprovedByTheLeast()
    {
        var start = London.Value.Start;
        var locked = start with { Keep = [.. start.Plan.Where(unit => unit.Code is "EA" or "CN" or "AW").Select(unit => unit.Boroughs)] };
        var free = Desk.Answer(London.Value, start).Value;
        var view = Desk.Answer(London.Value, locked).Value;

        free.Among.ShouldBe((UInt128)86_463_292);
        view.Among.ShouldBe((UInt128)235_911);
        free.Nearest.ShouldNotBeNull().Moved.ShouldHaveSingleItem();
        var better = Desk.Answer(London.Value, free.Nearest!.State).Value;
        better.Standings[0].Better.ShouldBeLessThan(free.Standings[0].Better);
        var best = Desk.Answer(London.Value, view.Best!.State).Value;
        best.Standings[0].Better.ShouldBe(UInt128.Zero);
        best.Nearest.ShouldBeNull();
        best.Units.Where(unit => unit.Kept).Select(unit => unit.Code).ShouldBe(["AW", "CN", "EA"], ignoreOrder: true);
        best.LeastLargestDeviation.ShouldNotBeNull().ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Crews_OfMergedBoroughs_AreNoMoreThanTheirsApart()
    {
        var crews = London.Value.Crews;
        crews.Problem.ShouldBeNull();
        ulong Mask(params string[] codes) => London.Value.Mask(codes);
        var (together, one, other) = (crews.Of(Mask("E09000007", "E09000019")), crews.Of(Mask("E09000007")), crews.Of(Mask("E09000019")));

        together.Strength.Officers.ShouldBeLessThan(one.Strength.Officers + other.Strength.Officers);
        together.Reach.ShouldAllBe(reach => reach.Reached >= reach.AskedFor - 0.03 && reach.Reached <= reach.Reachable + 1e-9);
        together.Strength.MinimumParade.ShouldBeLessThanOrEqualTo(together.Strength.OptimumParade);
    }

    [Fact]
    public void Design_OfAPlan_HasItsUnitsAndKeepsEveryCrew()
    {
        var made = StudioDesigns.Make(Harbour.Value, Small, "two", "", ["response"], despatchByUnit: true, crews: false).Value;

        StudioDesigns.PlanOf(made).Select(unit => unit.Code).ShouldBe(["NB", "SB"]);
        made.DespatchGroups.Count.ShouldBe(2);
        made.Crews.Sum(crews => crews.Crews).ShouldBe(Harbour.Value.Pack.Resources.Crews.Sum(crews => crews.Crews));
    }

    [Fact]
    public void Paper_AsADocument_IsTheSameBytesTwice()
    {
        var view = Desk.Answer(Harbour.Value, Small with { Beside = Small.Plan }).Value;

        var first = PaperDocument.Write(StudioPaper.Of(Harbour.Value, view));
        var second = PaperDocument.Write(StudioPaper.Of(Harbour.Value, Desk.Answer(Harbour.Value, Small with { Beside = Small.Plan }).Value));

        first.ShouldBe(second);
        using var archive = new ZipArchive(new MemoryStream(first));
        archive.Entries[0].FullName.ShouldBe("[Content_Types].xml");
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(first), false))
            .Select(error => error.Description).ShouldBeEmpty();
    }

    [Fact]
    public void Layer_OfAPlan_HasOneShapeAUnit()
    {
        var view = Desk.Answer(Harbour.Value, Small).Value;
        using var layer = System.Text.Json.JsonDocument.Parse(StudioLayers.Units(Harbour.Value, view).Value);

        var features = layer.RootElement.GetProperty("features").EnumerateArray().ToList();
        features.Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()).ShouldBe(["NB", "SB"]);
        features.ShouldAllBe(feature => feature.GetProperty("geometry").GetProperty("coordinates").GetArrayLength() > 0);
    }

    // Ways to cut a path of n into so many runs of one to three.
    private static int Runs(int n, int groups) => groups == 0 ? (n == 0 ? 1 : 0) : Enumerable.Range(1, Math.Min(3, Math.Max(n, 0))).Where(size => size <= n).Sum(size => Runs(n - size, groups - 1));
}
