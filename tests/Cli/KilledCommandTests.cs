using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Runs;
using Pathfinder.Testing;

namespace Pathfinder.Cli.Tests;

/// <summary>A command killed in the middle leaves a store that opens, verifies and holds nothing half written.</summary>
public sealed class KilledCommandTests
{
    private static readonly AsAt Today = new(new DateOnly(2026, 1, 1), new DateOnly(2100, 1, 1));
    private static readonly ChangeContext Planner = new("p.lanner", "police", "kill it in the middle");

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    [InlineData(500)]
    public async Task Import_KilledWhileItWorks_LeavesAllOrNothingAndCanBeDoneAgain(int milliseconds)
    {
        await using var store = await StoreFixture.CreateAsync();
        var pack = Path.Combine(Repository.Root, "data", "london");
        using (var import = Start("import", "pack", pack, "--store", store.Options.Location))
        {
            // The pack is read before anything is written: kill some time after the process has touched the store's log.
            var log = new FileInfo(store.Options.Location + "-wal");
            var before = Length(log);
            while (!import.HasExited && Length(log) == before)
            {
                await Task.Delay(2, TestContext.Current.CancellationToken);
            }

            await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
            import.Kill(entireProcessTree: true);
            await import.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using (var after = store.Another())
        {
            (await after.GetRequiredService<IAudit>().VerifyAsync([], TestContext.Current.CancellationToken)).Findings.ShouldBeEmpty();
            var units = await after.GetRequiredService<IForces>().ListUnitsAsync(Today, TestContext.Current.CancellationToken);
            units.Count.ShouldBeOneOf(0, 12);
        }

        (await CommandLine.RunAsync(["import", "pack", pack, "--store", store.Options.Location])).ExitCode.ShouldBe(0);
        await using var again = store.Another();
        (await again.GetRequiredService<IForces>().ListUnitsAsync(Today, TestContext.Current.CancellationToken)).Count.ShouldBe(12);
    }

    [Fact]
    public async Task Run_KilledWhileItWorks_HoldsNoResultAndGivesItWhenRunAgain()
    {
        await using var store = await StoreFixture.CreateAsync();
        (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Planner)).Succeeded.ShouldBeTrue();
        var pack = (await store.Get<IForces>().FindCurrentAsync())!;
        var design = (await store.Get<DesignRegister>().ForceAsItIsAsync(pack, new DateOnly(2017, 6, 1), Planner)).Value;
        using (var run = Start("run", "start", design, "--replications", "900", "--days", "200", "--store", store.Options.Location))
        {
            while (!run.HasExited && !(await store.Get<RunRegister>().ListAsync(Today)).Any(view => view.Status == RunStatus.Running))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await Task.Delay(300, TestContext.Current.CancellationToken);
            run.HasExited.ShouldBeFalse("a run that was over proves nothing");
            run.Kill(entireProcessTree: true);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var after = store.Another();
        (await after.GetRequiredService<IAudit>().VerifyAsync([], TestContext.Current.CancellationToken)).Findings.ShouldBeEmpty();
        var left = (await after.GetRequiredService<RunRegister>().ListAsync(Today)).ShouldHaveSingleItem();
        left.Run.ResultSha256.ShouldBeNull();
        left.Status.ShouldNotBe(RunStatus.Finished);
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }
}
