using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Sweeps;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Sweeps;

public sealed class GroupSweepTests
{
    private static readonly ChangeContext Planner = new("p.lanner", "police", "to search");

    [Fact]
    public void ConnectedGroups_OfLondon_Are541OfTwoToFourAnd32Single()
    {
        var groups = ConnectedGroups.Of(PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value, 4);

        groups.Count(group => group.Count == 1).ShouldBe(32);
        groups.Count(group => group.Count > 1).ShouldBe(541);
        groups.Select(group => string.Join(' ', group)).ShouldBeUnique();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Sweep_StoppedHalfWay_GoesOnWhereItWasAndEndsWithAValueForEveryUnit(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind, services => services.AddWorker(WorkOptions.Default with { Parallel = 1, Poll = TimeSpan.FromMilliseconds(20) }));
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Planner)).Value;
        var sweeps = store.Get<GroupSweeps>();
        var request = new SweepRequest(new DateOnly(2016, 12, 1), MaxSize: 5, Days: 7, Replications: 2);
        var key = (await sweeps.StartAsync(request, Planner)).Value;
        var open = (await sweeps.FindAsync(key, TimeProvider.System.Now()))!;
        (open.Done, open.Finished).ShouldBe((0, false));

        // Stopped once the first shard is in: what is queued is cancelled, what is done stays.
        await WorkAsync(store);
        await UntilAsync(async () => (await sweeps.FindAsync(key, TimeProvider.System.Now()))!.Done >= GroupSweeps.Shard);
        await sweeps.StopAsync(key);
        await UntilAsync(async () => !await sweeps.IsUnderWayAsync(key));
        var first = await sweeps.ValuesAsync(key);
        (await sweeps.StartAsync(request, Planner)).Value.ShouldBe(key);
        await UntilAsync(async () => (await sweeps.FindAsync(key, TimeProvider.System.Now()))!.Finished);

        var values = await sweeps.ValuesAsync(key);
        values.Count.ShouldBe(open.Sweep.Groups);
        values.Take(first.Count).Select(each => each.ImmediateInTarget).ShouldBe(first.Select(each => each.ImmediateInTarget));
        values.ShouldAllBe(each => each.ImmediateInTarget > 0 && each.ImmediateInTarget <= 1 && each.Crews > 0 && each.Utilisation > 0);
        GroupSweeps.Csv(values).Split('\n')[1].ShouldStartWith("HB01,");
        var pack = (await store.Get<IForces>().FindCurrentAsync())!;
        (await sweeps.FindFinishedAsync(pack.Sha256))!.Key.ShouldBe(key);
    }

    [Fact]
    public async Task Start_OutOfBounds_NamesEveryFault()
    {
        await using var store = await StoreFixture.CreateAsync();
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Planner)).Value;

        var refused = await store.Get<GroupSweeps>().StartAsync(new SweepRequest(new DateOnly(2016, 12, 1), MaxSize: 9, Days: 1, Replications: 0), Planner);

        refused.Problems.Select(problem => problem.Field).ShouldBe(["maxSize", "days", "replications"]);
    }

    private static async Task WorkAsync(StoreFixture store)
    {
        foreach (var service in store.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var look = 0; look < 1500; look++)
        {
            if (await done())
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("It did not come about.");
    }
}
