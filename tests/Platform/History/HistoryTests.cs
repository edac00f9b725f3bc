using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.History;

public sealed class HistoryTests
{
    private static readonly GovernedKind<Milestone> Milestones = new("test-milestone");
    private static readonly ChangeContext Anna = new("anna", "mps", "from the board paper");
    private static readonly DateOnly Jan = new(2017, 1, 1);
    private static readonly DateOnly Apr = new(2017, 4, 1);
    private static readonly DateOnly Jun = new(2017, 6, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Find_BeforeAndAfterACorrectionWasKnown_AnswersWhatWasKnown(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(Anna, c => c.Record(Milestones, "live", new("Go live", 10), new(Jan), Jan), Cancel);
        await store.History.CommitAsync(Anna with { Why = "slipped" }, c => c.Record(Milestones, "live", new("Go live", 12), new(Jan), Apr), Cancel);

        (await store.History.FindAsync(Milestones, "live", new(Jun, Apr.AddDays(-1)), Cancel)).ShouldNotBeNull().Body.ShouldBe(new Milestone("Go live", 10));
        var now = (await store.History.FindAsync(Milestones, "live", new(Jun, Apr), Cancel)).ShouldNotBeNull();
        now.Body.ShouldBe(new Milestone("Go live", 12));
        (now.Account, now.Organisation, now.Why).ShouldBe(("anna", "mps", "slipped"));
        (await store.History.FindAsync(Milestones, "live", new(Jun, Jan.AddDays(-1)), Cancel)).ShouldBeNull();
        (await store.History.FindAsync(Milestones, "live", new(Jan.AddDays(-1), Jun), Cancel)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Find_AtARecordedTime_IgnoresWhatWasRecordedLater(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(Anna, c => c.Record(Milestones, "live", new("first", 1), new(Jan), Jan), Cancel);
        var then = await store.History.LatestRecordedAsync(Cancel);
        await store.History.CommitAsync(Anna, c => c.Record(Milestones, "live", new("imported late", 2), new(Jan), Jan), Cancel);

        (await store.History.FindAsync(Milestones, "live", new(Jun, Jun, then), Cancel))!.Body!.Name.ShouldBe("first");
        (await store.History.FindAsync(Milestones, "live", new(Jun, Jun), Cancel))!.Body!.Name.ShouldBe("imported late");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task End_FromADay_LeavesEarlierDaysAndTheTimeline(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(Anna, c => c.Record(Milestones, "live", new("Go live", 1), new(Jan), Jan), Cancel);
        await store.History.CommitAsync(Anna, c => c.End(Milestones, "live", Apr, Apr), Cancel);

        (await store.History.FindAsync(Milestones, "live", new(Apr.AddDays(-1), Jun), Cancel)).ShouldNotBeNull();
        (await store.History.FindAsync(Milestones, "live", new(Apr, Jun), Cancel)).ShouldBeNull();
        (await store.History.FindAsync(Milestones, "live", new(Apr, Apr.AddDays(-1)), Cancel)).ShouldNotBeNull();
        (await store.History.ListAsync(Milestones, new(Jun, Jun), Cancel)).ShouldBeEmpty();
        (await store.History.TimelineAsync(Milestones, "live", Cancel)).Select(version => version.Body is null).ShouldBe([false, true]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task List_KeysOfMixedCase_AreInOrdinalOrder(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(
            Anna,
            c =>
            {
                foreach (var key in new[] { "b", "a", "B", "é", "_", "A" })
                {
                    c.Record(Milestones, key, new(key, 1), new(Jan), Jan);
                }
            },
            Cancel);

        (await store.History.ListAsync(Milestones, new(Jun, Jun), Cancel)).Select(version => version.Key).ShouldBe(["A", "B", "_", "a", "b", "é"]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Commit_ThatThrowsHalfWay_LeavesNothing(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await Should.ThrowAsync<InvalidOperationException>(() => store.History.CommitAsync(
            Anna,
            c =>
            {
                c.Record(Milestones, "live", new("Go live", 1), new(Jan), Jan);
                c.Also((_, _) => throw new InvalidOperationException("late"));
            },
            Cancel));

        (await store.History.ListAsync(Milestones, new(Jun, Jun), Cancel)).ShouldBeEmpty();
        (await store.History.LatestRecordedAsync(Cancel)).ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Keep_TheSameBytesTwice_KeepsThemOnce(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var first = await store.History.KeepAsync("abc"u8.ToArray(), "text/plain", Cancel);
        var latest = await store.History.LatestRecordedAsync(Cancel);

        (await store.History.KeepAsync("abc"u8.ToArray(), "text/plain", Cancel)).ShouldBe(first);

        first.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        (await store.History.FindContentAsync(first, Cancel)).ShouldBe("abc"u8.ToArray());
        (await store.History.FindContentAsync(new string('0', 64), Cancel)).ShouldBeNull();
        (await store.History.LatestRecordedAsync(Cancel)).ShouldBe(latest);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Commit_FromTwoProcessesAtOnce_MakesOneChain(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await using var other = store.Another();
        var histories = new[] { store.History, other.GetRequiredService<IHistory>() };

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            () => histories[i % 2].CommitAsync(Anna, c => c.Record(Milestones, $"m{i:00}", new("m", i), new(Jan), Jan), Cancel), Cancel)));

        var all = await store.History.ListAsync(Milestones, new(Jun, Jun), Cancel);
        all.Select(version => version.VersionId).Order().ShouldBe(Enumerable.Range(1, 40).Select(i => (long)i));
        all.Select(version => version.Recorded).Distinct().Count().ShouldBe(40);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record Milestone(string Name, int Weeks);
}
