using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Testing;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Designs;

public class DesignRegisterTests
{
    private static readonly ChangeContext Planner = new("p.lanner", "police", "first idea");

    private static Task<StoreFixture> Store() => StoreFixture.CreateAsync(configure: services => services
        .AddSingleton<IForcePacks>(new InstalledPacks(SmallForce.Pack())).AddDesigns());

    private static AsAt Today => TimeProvider.System.Now();

    [Fact]
    public async Task Create_TwoOfOneName_GetKeysOfTheirOwn()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        var design = SmallForce.Design() with { Name = "Côté East & West!" };
        (await register.CreateAsync(design, Planner)).Value.ShouldBe("cote-east-west");
        (await register.CreateAsync(design, Planner)).Value.ShouldBe("cote-east-west-2");
        (await register.ListAsync(Today)).Select(version => version.Key).ShouldBe(["cote-east-west-2", "cote-east-west"]);
    }

    [Fact]
    public async Task Create_BrokenDesign_RecordsNothing()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        (await register.CreateAsync(SmallForce.Design() with { Name = "", Crews = [] }, Planner)).Problems.Count.ShouldBe(5);
        (await register.ListAsync(Today)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_AnotherVersion_IsATimelineOfWhoWhyFromAndTo()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        var key = (await register.CreateAsync(SmallForce.Design(), Planner)).Value;
        var first = (await register.FindAsync(key, Today))!;
        var merged = DesignEdits.Merge(first.Body!, ["response"], ["A", "B"], "AB", "West");
        (await register.SaveAsync(key, merged, first.VersionId, new ChangeContext("a.nalyst", "police", "try the west"))).Succeeded.ShouldBeTrue();

        var timeline = await register.TimelineAsync(key);
        timeline.Select(save => (save.Number, save.Version.Account, save.Version.Why)).ShouldBe([(1, "p.lanner", "first idea"), (2, "a.nalyst", "try the west")]);
        var change = timeline[1].Changes.ShouldHaveSingleItem();
        change.ShouldBe(change with
        {
            Topic = "Response", What = "Borough A and Borough B", From = "Borough A on its own; Borough B on its own", To = "one unit, West (AB)",
        });
        (await register.FindVersionAsync(key, first.VersionId))!.Body!.Functions[0].Units.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Save_AfterSomebodyElse_IsRefusedAndSaysWho()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        var key = (await register.CreateAsync(SmallForce.Design(), Planner)).Value;
        var seen = (await register.FindAsync(key, Today))!;
        await register.SaveAsync(key, seen.Body! with { Purpose = "theirs" }, seen.VersionId, Planner with { Account = "other", Why = "quick" });
        var problems = (await register.SaveAsync(key, seen.Body! with { Purpose = "mine" }, seen.VersionId, Planner with { Why = " " })).Problems;
        problems.Select(problem => problem.Field).ShouldBe(["version", "why"]);
        problems[0].Message.ShouldContain("other: quick");
        (await register.FindAsync(key, Today))!.Body!.Purpose.ShouldBe("theirs");
    }

    [Fact]
    public async Task Save_ThatChangesNothing_IsNoVersion()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        var key = (await register.CreateAsync(SmallForce.Design(), Planner)).Value;
        var seen = (await register.FindAsync(key, Today))!;

        (await register.SaveAsync(key, seen.Body!, seen.VersionId, Planner with { Why = "once more" })).Value.ShouldBe(seen.VersionId);

        (await register.TimelineAsync(key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ForceAsItIs_AskedTwice_IsOneDesign()
    {
        await using var store = await Store();
        var register = store.Get<DesignRegister>();
        var pack = SmallForce.Pack();
        var key = (await register.ForceAsItIsAsync(pack, SmallForce.After, Planner)).Value;
        (await register.ForceAsItIsAsync(pack, SmallForce.After, Planner)).Value.ShouldBe(key);
        DesignRegister.IsForceAsItIs(key).ShouldBeTrue();
        (await register.TimelineAsync(key)).Count.ShouldBe(1);
        var named = (await register.CreateAsync(SmallForce.Design() with { Name = "Force 2020-06-01" }, Planner)).Value;
        DesignRegister.IsForceAsItIs(named).ShouldBeFalse();
    }

    [Fact]
    public void Between_AssumptionOfAUnit_NamesItAndTouchesItsBoroughsAlone()
    {
        var pack = SmallForce.Pack();
        var force = SmallForce.Design(pack);
        var unit = DesignEdits.Merge(force, ["response"], ["A", "B"], "AB", "West");
        var pilot = DesignEdits.AssumeIn(unit, pack, "endToEnd.share", ["A", "B"], 0.6) with { Policy = unit.Policy with { Queue = "first-unit-first" } };

        var changes = DesignDifferences.Between(unit, pilot, pack);
        changes.Select(change => (change.Topic, change.What, change.From, change.To)).ShouldBe(
            [
                ("Policy", "Of the incidents that wait, in the whole force", "The oldest comes first", "Those that have no unit yet come before those that need another"),
                ("Assumptions", "Share of those crimes that the attending unit keeps end to end, in West (Borough A and Borough B)", "0 share", "0.6 share"),
            ]);
        changes[1].Boroughs.ShouldBe(["A", "B"]);
        var wider = DesignEdits.Assume(pilot, pack, "endToEnd.share", 0.6);
        DesignDifferences.Between(pilot, wider, pack).ShouldHaveSingleItem().What.ShouldNotContain("in West", Case.Sensitive, "nothing changes there");
        DesignBasis.Of(pilot, pack).LeftOut.ShouldNotContain("crimes kept end to end by the attending unit");
        DesignBasis.Of(pilot, pack).Weak.ShouldContain("Case work on a crime that is kept");
        DesignBasis.Of(unit, pack).Weak.ShouldNotContain("Case work on a crime that is kept");
    }

    [Fact]
    public void WorldAssumptions_SceneTimeOfABorough_IsAssumedOfTheForceBesideThere()
    {
        var pack = SmallForce.Pack();
        var force = SmallForce.Design(pack);
        var pilot = DesignEdits.AssumeIn(DesignEdits.AssumeIn(force, pack, "scene.I.meanMinutes", ["A", "B"], 70), pack, "endToEnd.share", ["A"], 0.5);

        var world = WorldAssumptions.Of(pilot);
        world.Keys.ShouldBe(["scene.I.meanMinutes@A", "scene.I.meanMinutes@B"], "what the organisation chooses is not the world’s");
        var beside = WorldAssumptions.Under(force, pilot);
        WorldAssumptions.Differing(beside, pilot, pack).ShouldBeEmpty();
        WorldAssumptions.Shared(beside, pilot, pack).ShouldHaveSingleItem().ShouldBe("Immediate: mean time at scene, in Borough A and Borough B, 70 minutes instead of 50");
        WorldAssumptions.Differing(force, pilot, pack).ShouldHaveSingleItem().ShouldBe("Immediate: mean time at scene, in Borough A and Borough B, 50 before and 70 minutes after");
    }

    [Fact]
    public void Between_CrewsDespatchPolicyAndAssumptions_SaysFromAndTo()
    {
        var pack = SmallForce.Pack();
        var before = SmallForce.Design(pack);
        var after = DesignEdits.SetCrews(before, new DesignCrews("site-C", "C", "night", 4, 5));
        after = DesignEdits.StaffDespatch(after, "D", 2, 1);
        after = DesignEdits.Assume(after with { Policy = after.Policy with { Mode = "force-wide" } }, pack, "telephone.share", 0.32);
        DesignDifferences.Between(before, after, pack).Select(change => $"{change.Topic}: {change.What}: {change.From} → {change.To}").ShouldBe(
        [
            "Despatch: Borough D: Borough D: 1 controller, 1 channel → Borough D: 2 controllers, 1 channel",
            "Crews: Borough C, night, at Station C: 6 crews, 6 vehicles → 4 crews, 5 vehicles",
            "Policy: Who may be sent, in the whole force: Any unit of the command unit → Any unit of the force",
            "Assumptions: Significant and by appointment: share resolved without attendance: 0.17 share → 0.32 share",
        ]);
        DesignDifferences.Between(before, before, pack).ShouldBeEmpty();
    }
}
