using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Platform.Work;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>What a simulation forecasts stands as what a criterion expects, until the plan is locked.</summary>
public sealed class ForecastTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forecast_OfAFinishedRun_IsWhatTheCriterionExpects()
    {
        await using var store = await ProgrammeStore.CreateAsync(StoreKind.Sqlite, services => services
            .AddSingleton<IForcePacks>(new InstalledPacks(SmallForce.Pack())).AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(20) }));
        foreach (var worker in store.Store.Services.GetServices<IHostedService>())
        {
            await worker.StartAsync(Cancel);
        }

        var planner = new ChangeContext("p.lanner", "police", "a forecast");
        var merged = DesignEdits.DespatchByUnit(DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "B"], "AB", "West")) with { Name = "West as one" };
        var design = (await store.Store.Get<DesignRegister>().CreateAsync(merged, planner, Cancel)).Value;
        var runs = store.Store.Get<RunRegister>();
        var run = (await store.Store.Get<RunStarter>().StartAsync(new RunRequest { Design = design, Replications = 4, Days = 7, Seed = 7 }, planner, Cancel)).Value.Key;
        await store.SaveAsync(
            "2016-08-31",
            ("ab", new Pilot { Title = "Pilot of AB", Unit = "AB" }),
            ("in-time", new Measure { Title = "In time", Definition = "Share in time", Unit = "%", Direction = MeasureDirection.Up }),
            (PlanWorld.Key, PlanWorld.Plan with { Pilots = ["ab"], AgreedBy = [], Criteria = [PlanWorld.Criterion with { Area = "AB" }] }));
        while (await runs.FindAsync(run, TimeProvider.System.Now(), Cancel) is not { HasEnded: true })
        {
            await Task.Delay(50, Cancel);
        }

        var process = store.Store.Get<PlanProcess>();
        (await process.ForecastAsync(ProgrammeStore.Office, PlanWorld.Key, "in-time", run, "I", Cancel)).Problems.ShouldBeEmpty();
        var criterion = (await PlanWorld.FindAsync(store)).Body.Criteria[0];

        var forecast = (await runs.FindResultAsync((await runs.FindAsync(run, TimeProvider.System.Now(), Cancel))!.Run, Cancel))!.Areas.Single(area => area.Code == "AB").Grades.Single(grade => grade.Grade == "I").InTarget;
        ((double)criterion.Expected!.Value).ShouldBe(100 * forecast.Value!.Value, 0.001);
        ((double)criterion.ExpectedLower!.Value).ShouldBe(100 * forecast.Lower!.Value, 0.001);
        criterion.ExpectedRun.ShouldBe(run);
        (await process.ForecastAsync(ProgrammeStore.Office, PlanWorld.Key, "in-time", "no-such-run", "I", Cancel)).Problems.ShouldHaveSingleItem().Field.ShouldBe("run");
        (await process.ForecastAsync(ProgrammeStore.Office, PlanWorld.Key, "other", run, "I", Cancel)).Problems.ShouldHaveSingleItem().Field.ShouldBe("criterion");
    }
}
