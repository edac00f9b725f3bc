using System.Diagnostics;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.History;

public sealed class BulkTests(ITestOutputHelper output)
{
    private static readonly GovernedKind<Observation> Observations = new("test-observation");
    private static readonly ChangeContext Anna = new("anna", "mps", "import");
    private static readonly DateOnly Day = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Commit_TwentyThousandVersionsTwice_KeepsAndChainsThemAll(StoreKind kind)
    {
        const int count = 20_000;
        await using var store = await StoreFixture.CreateAsync(kind);
        var watch = Stopwatch.StartNew();
        await RecordAsync(store, count, 1);
        var first = watch.Elapsed;
        await RecordAsync(store, count, 2);
        var second = watch.Elapsed - first;
        var listed = await store.History.ListAsync(Observations, new(Day, Day), Cancel);
        var list = watch.Elapsed - first - second;
        var report = await store.Get<IAudit>().VerifyAsync([], Cancel);

        listed.Count.ShouldBe(count);
        listed.ShouldAllBe(version => version.Body!.Share == 2);
        report.Findings.ShouldBeEmpty();
        report.Versions.ShouldBe(2 * count);
        output.WriteLine($"{kind}: {count} new {first.TotalSeconds:0.00} s, {count} again {second.TotalSeconds:0.00} s, list {list.TotalSeconds:0.00} s, verify {(watch.Elapsed - first - second - list).TotalSeconds:0.00} s");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task RecordAsync(StoreFixture store, int count, int value) => store.History.CommitAsync(
        Anna,
        changes =>
        {
            for (var i = 0; i < count; i++)
            {
                changes.Record(Observations, $"E05{i:000000}", new("Response in target", value, "monthly return, sheet 3"), new(Day), Day);
            }
        },
        Cancel);

    private sealed record Observation(string Measure, double Share, string Source);
}
