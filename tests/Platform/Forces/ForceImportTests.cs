using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Forces;

public sealed class ForceImportTests
{
    private static readonly ChangeContext Context = new("system", "pathfinder", "test");

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Import_Harbour_AnswersWhoCommandsAsAtAndAsKnown(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        (await store.Get<ForceImport>().ImportAsync(new EditedPack().Raw, Context)).Succeeded.ShouldBeTrue();
        var forces = store.Get<IForces>();

        (await forces.FindCurrentAsync())!.Manifest.Name.ShouldBe("harbour");
        (await forces.WhoCommandsAsync("HB04", At("2018-07-01", "2018-07-01")))!.Body!.Unit.ShouldBe("SB");
        (await forces.WhoCommandsAsync("HB04", At("2018-07-01", "2018-01-31")))!.Body!.Unit.ShouldBe("BOCU-HB04");
        (await forces.ListUnitsAsync(At("2016-05-01", "2016-05-01"))).Count.ShouldBe(6);
        (await forces.ListUnitsAsync(At("2019-05-01", "2019-05-01"))).Select(u => (u.Unit.Code, u.Boroughs.Count)).ShouldBe([("NB", 3), ("SB", 3)]);
    }

    [Fact]
    public async Task Import_SamePackAgain_DoesNothing()
    {
        await using var store = await StoreFixture.CreateAsync();
        var import = store.Get<ForceImport>();
        (await import.ImportAsync(new EditedPack().Raw, Context)).Value.Facts.ShouldBeGreaterThan(50);
        var recorded = await store.History.LatestRecordedAsync();

        (await import.ImportAsync(new EditedPack().Raw, Context)).Value.Facts.ShouldBe(0);
        (await store.History.LatestRecordedAsync()).ShouldBe(recorded);
    }

    [Fact]
    public async Task Import_CorrectedPack_ChangesWhatIsKnownNowAndKeepsWhatWasKnownBefore()
    {
        await using var store = await StoreFixture.CreateAsync();
        var import = store.Get<ForceImport>();
        await import.ImportAsync(new EditedPack().Raw, Context);
        var corrected = new EditedPack().Replace("command-unit-members.csv", "BOCU-HB04,HB04,2010-04-01,2018-05-31", "BOCU-HB04,HB04,2010-04-01,2018-08-31")
            .Replace("command-unit-members.csv", "SB,HB04,2018-06-01", "SB,HB04,2018-09-01").Hashed();

        (await import.ImportAsync(corrected, Context)).Problems.ShouldBeEmpty();

        var forces = store.Get<IForces>();
        var today = TimeProvider.System.LondonToday();
        (await forces.WhoCommandsAsync("HB04", new AsAt(new DateOnly(2018, 7, 1), today)))!.Body!.Unit.ShouldBe("BOCU-HB04");
        (await forces.WhoCommandsAsync("HB04", new AsAt(new DateOnly(2018, 10, 1), today)))!.Body!.Unit.ShouldBe("SB");
        (await forces.WhoCommandsAsync("HB04", At("2018-07-01", "2019-01-01")))!.Body!.Unit.ShouldBe("SB");
    }

    [Fact]
    public async Task Import_FaultyPack_LeavesTheStoreAsItWas()
    {
        await using var store = await StoreFixture.CreateAsync();

        (await store.Get<ForceImport>().ImportAsync(new EditedPack().Replace("demand.csv", "HZ001,I,", "HZ001,I,-").Hashed(), Context)).Succeeded.ShouldBeFalse();

        (await store.Get<IForces>().FindCurrentAsync()).ShouldBeNull();
    }

    private static AsAt At(string effective, string known) => new(DateOnly.ParseExact(effective, "yyyy-MM-dd"), DateOnly.ParseExact(known, "yyyy-MM-dd"));
}
