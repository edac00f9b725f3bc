using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evidence;
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

    [Fact]
    public async Task ImportIncidents_KilledWhileItWrites_LeavesNoPartOfTheLogAndCanBeDoneAgain()
    {
        const int rows = 100_000;
        await using var store = await StoreFixture.CreateAsync();
        (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), Planner)).Succeeded.ShouldBeTrue();
        var folder = Directory.CreateTempSubdirectory("pathfinder-killed-");
        try
        {
            var (log, mapping, temporary) = (Path.Combine(folder.FullName, "calls.csv"), Path.Combine(folder.FullName, "map.yaml"), folder.CreateSubdirectory("tmp"));
            await File.WriteAllLinesAsync(log, Enumerable.Range(0, rows).Select(row => $"{row},{new DateTime(2016, 1, 1).AddMinutes(row):yyyy-MM-dd HH:mm},I,HZ001").Prepend("ref,at,grade,zone"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                mapping, "log: calls\ntime: {zone: UTC, formats: [yyyy-MM-dd HH:mm]}\ncolumns: {id: ref, created: at, grade: grade, area: zone}\ngrades: {I: I}\n", TestContext.Current.CancellationToken);
            string[] command = ["import", "incidents", log, "--map", mapping, "--store", store.Options.Location];
            var wal = new FileInfo(store.Options.Location + "-wal");
            var before = Length(wal);
            using (var import = Start(temporary.FullName, command))
            {
                // Rows spill into the write-ahead log long before they are committed.
                while (!import.HasExited && Length(wal) < before + (2 << 20))
                {
                    await Task.Delay(2, TestContext.Current.CancellationToken);
                }

                import.HasExited.ShouldBeFalse("an import that was over proves nothing");
                import.Kill(entireProcessTree: true);
                await import.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            await using (var after = store.Another())
            {
                (await after.GetRequiredService<IAudit>().VerifyAsync([], TestContext.Current.CancellationToken)).Findings.ShouldBeEmpty();
                (await after.GetRequiredService<IncidentLogs>().ListAsync(Today, TestContext.Current.CancellationToken)).ShouldBeEmpty();
                (await CountAsync(store.Options.Location)).ShouldBe(0);
            }

            temporary.EnumerateFiles("pathfinder-log-*").ShouldBeEmpty("what was staged goes with the process");
            var again = await CommandLine.RunAsync(command);
            again.ExitCode.ShouldBe(0, again.Error);
            again.Output.ShouldStartWith("calls: 100,000 of 100,000 rows imported");
            (await CountAsync(store.Options.Location)).ShouldBe(rows);
            (await CommandLine.RunAsync(command)).Output.ShouldStartWith("calls: nothing changed");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> CountAsync(string store)
    {
        await using var connection = new SqliteConnection($"Data Source={store};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM incident_rows";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static Process Start(params string[] arguments) => Start(null, arguments);

    private static Process Start(string? temporary, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (temporary is not null)
        {
            start.Environment["TMPDIR"] = temporary;
        }

        return Process.Start(start)!;
    }

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Exists ? file.Length : 0;
    }
}
