using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.History;

/// <summary>
/// This test program starts itself again as a process that commits in a loop, and kills it. Each commit records two facts
/// that must agree and a content: a store that holds one without the others was half written.
/// </summary>
public sealed class KilledProcessTests
{
    private static readonly GovernedKind<Half> Halves = new("test-half");
    private static readonly ChangeContext Anna = new("anna", "mps", "test");
    private static readonly DateOnly Day = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Kill_InTheMiddleOfCommits_LeavesAStoreThatVerifiesAndHoldsNothingHalfWritten(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        for (var round = 1; round <= 3; round++)
        {
            var before = (await store.History.TimelineAsync(Halves, "left", Cancel)).Count;
            using var writer = StartWriter(store.Options);
            try
            {
                while ((await store.History.TimelineAsync(Halves, "left", Cancel)).Count < before + 3)
                {
                    writer.HasExited.ShouldBeFalse("the writing process ended by itself");
                    await Task.Delay(20 + (7 * round), Cancel);
                }
            }
            finally
            {
                writer.Kill();
                await writer.WaitForExitAsync(Cancel);
            }

            await using var opened = store.Another();
            var history = opened.GetRequiredService<IHistory>();
            (await opened.GetRequiredService<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
            var left = await history.TimelineAsync(Halves, "left", Cancel);
            var right = await history.TimelineAsync(Halves, "right", Cancel);
            left.Count.ShouldBeGreaterThanOrEqualTo(before + 3);
            right.Select(half => half.Body).ShouldBe(left.Select(half => half.Body));
            (await history.FindContentAsync(left[^1].Body!.Sha256, Cancel)).ShouldNotBeNull();
            await history.CommitAsync(Anna, changes => changes.Note("test", "after", "the store takes new changes"), Cancel);
        }
    }

    /// <summary>What the started process does: commits until it is killed.</summary>
    internal static async Task WriteForEverAsync(string location)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPathfinder(new StoreOptions { Location = location });
        await using var provider = services.BuildServiceProvider();
        var history = provider.GetRequiredService<IHistory>();
        for (var i = 0; ; i++)
        {
            var bytes = new byte[50_000];
            BitConverter.TryWriteBytes(bytes, Environment.ProcessId);
            BitConverter.TryWriteBytes(bytes.AsSpan(8), i);
            await history.CommitAsync(
                Anna,
                changes =>
                {
                    var half = new Half(i, changes.Keep(bytes, "application/octet-stream"));
                    changes.Record(Halves, "left", half, new(Day), Day);
                    for (var filler = 0; filler < 50; filler++)
                    {
                        changes.Record(Halves, $"filler{filler}", half, new(Day), Day);
                    }

                    changes.Record(Halves, "right", half, new(Day), Day);
                });
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Process StartWriter(StoreOptions options) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        Environment = { ["DOTNET_STARTUP_HOOKS"] = typeof(KilledProcessTests).Assembly.Location, [StartupHook.Variable] = options.Location },
        UseShellExecute = false,
    })!;

    private sealed record Half(int Number, string Sha256);
}
