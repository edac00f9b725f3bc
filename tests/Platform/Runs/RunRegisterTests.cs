using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;
using Pathfinder.Testing.Designs;

namespace Pathfinder.Platform.Tests.Runs;

public sealed class RunRegisterTests
{
    private static readonly ChangeContext Planner = new("p.lanner", "police", "first idea");

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Start_MergedDesignWithTheForceBesideIt_GivesAComparisonByBoroughThatCanBeMadeAgain(StoreKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.WorkAsync();
        var started = (await world.Starter.StartAsync(world.Request with { CompareWithForce = true }, Planner)).Value;
        var run = await world.EndAsync(started.Key);
        await world.EndAsync(started.ComparedWith!);
        run.Status.ShouldBe(RunStatus.Finished, string.Join("; ", run.Problems));

        var both = (await world.Runs.CompareAsync(started.ComparedWith!, started.Key, Today)).Value;
        both.Comparison.Paired.ShouldBeTrue();
        both.Changed.ShouldBe(["A", "B"]);
        both.Comparison.Areas.Select(area => area.Level + " " + area.Name).ShouldBe(
            ["changed West", "force Whole force", "command-unit Borough C", "command-unit Borough D", "borough Borough A", "borough Borough B", "borough Borough C", "borough Borough D"], ignoreOrder: true);
        both.Comparison.Areas.Single(area => area.Code == "C" && area.Level == "borough").Grades[0].InTargetDifference.Value.ShouldBe(0, "what does not change meets the same incidents in the same way");
        both.Reasons("I").ShouldNotBeEmpty();
        (await world.Runs.VerifyAsync(started.Key, 1)).Value.Same.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_ChangedWorldAssumptionWithTheForceBesideIt_IsAssumedOnBothSidesAndKeepsTheArea()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var designs = world.Designs;
        var drawn = (await designs.FindAsync(world.Request.Design, Today))!.Body!;
        await designs.SaveAsync(
            world.Request.Design, drawn with { Changed = new Dictionary<string, double>(StringComparer.Ordinal) { ["scene.I.meanMinutes"] = 77 } }, null, Planner);
        var started = (await world.Starter.StartAsync(world.Request with { CompareWithForce = true }, Planner)).Value;
        await world.EndAsync(started.Key);
        var beside = await world.EndAsync(started.ComparedWith!);
        beside.Run.Carried.ShouldBe(new Dictionary<string, double>(StringComparer.Ordinal) { ["scene.I.meanMinutes"] = 77 });
        var scenario = ScenarioJson.ReadScenario((await world.Runs.FindScenarioBytesAsync(beside.Run))!).Value;
        scenario.Grades.Single(grade => grade.Code == "I").Scene.MeanMinutes.ShouldBe(77);
        WorldAssumptions.Of(drawn with { Changed = new Dictionary<string, double>(StringComparer.Ordinal) { ["telephone.share"] = 0.2 } })
            .ShouldBeEmpty("the organisation chooses it, so the force as it is does not have it");

        var both = (await world.Runs.CompareAsync(started.ComparedWith!, started.Key, Today)).Value;
        both.SharedAssumptions.ShouldHaveSingleItem().ShouldStartWith("Immediate: mean time at scene, 77 minutes instead of ");
        both.DifferingAssumptions.ShouldBeEmpty();
        both.Changed.ShouldBe(["A", "B"]);
        both.Comparison.Areas.Single(area => area.Code == "C" && area.Level == "borough").Grades[0].InTargetDifference.Value.ShouldBe(0);
    }

    [Fact]
    public async Task Compare_TelephoneShareOfOneBorough_ChangesThatBoroughAloneAndCarriesNothing()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var drawn = (await world.Designs.FindAsync(world.Request.Design, Today))!.Body!;
        await world.Designs.SaveAsync(
            world.Request.Design, drawn with { Changed = new Dictionary<string, double>(StringComparer.Ordinal) { [AssumptionKeys.In("telephone.share", "C")] = 0.6 } }, null, Planner);
        var started = (await world.Starter.StartAsync(world.Request with { CompareWithForce = true }, Planner)).Value;
        await world.EndAsync(started.Key);
        (await world.EndAsync(started.ComparedWith!)).Run.Carried.ShouldBeEmpty();

        var both = (await world.Runs.CompareAsync(started.ComparedWith!, started.Key, Today)).Value;
        both.DifferingAssumptions.ShouldBeEmpty();
        both.Changed.ShouldContain("C");
        GradeComparison Significant(string borough) => both.Comparison.Areas.Single(area => area.Code == borough && area.Level == "borough").Grades.Single(grade => grade.Grade == "S");
        (Significant("D").InTargetDifference.Value, Significant("D").MeanMinutesDifference.Value).ShouldBe((0, 0));
        Significant("C").MeanMinutesDifference.Value!.Value.ShouldNotBe(0);
    }

    [Fact]
    public async Task Start_DesignWithTravelOfItsOwnThatTakesOver_TravelsSoFromItsDayAndIsNotLikeWithLike()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var drawn = (await world.Designs.FindAsync(world.Request.Design, Today))!.Body!;
        await world.Designs.SaveAsync(
            world.Request.Design,
            drawn with { OwnTravel = true, Changed = new Dictionary<string, double>(StringComparer.Ordinal) { ["travel.I.secondsPerKm.inner"] = 95, ["scene.I.meanMinutes"] = 55 } }, null, Planner);
        var started = (await world.Starter.StartAsync(
            world.Request with
            {
                CompareWithForce = true, Begin = RunRequest.ForceAsItIs, TakesOver = new DateOnly(2020, 1, 16),
                Calibrated = new Dictionary<string, double>(StringComparer.Ordinal) { ["travel.I.secondsPerKm.inner"] = 72, ["travel.I.interceptSeconds"] = 66 },
            },
            Planner)).Value;
        var run = (await world.EndAsync(started.Key)).Run;
        var beside = await world.EndAsync(started.ComparedWith!);

        var scenario = ScenarioJson.ReadScenario((await world.Runs.FindScenarioBytesAsync(run))!).Value;
        static (double Intercept, double Slope) Speed(IReadOnlyList<ScenarioTravelProfile> profiles) => (profiles[0].InterceptSeconds, profiles[0].SecondsPerKm["inner"]);
        Speed(scenario.Travel.Profiles).ShouldBe((66, 72), "before it, what was calibrated");
        Speed(scenario.Phases.ShouldHaveSingleItem().Travel!.Profiles).ShouldBe((66, 95), "from its day on, its own over what was calibrated");
        scenario.Grades[0].Scene.MeanMinutes.ShouldBe(55, "the rest of the world is one");
        beside.Run.Carried["travel.I.secondsPerKm.inner"].ShouldBe(72);
        var both = (await world.Runs.CompareAsync(started.ComparedWith!, started.Key, Today)).Value;
        both.Unlike.ShouldBe("Not like with like: 1 assumption differs (Immediate: inner boroughs, per km of the matrix, 72 before and 95 seconds per km after)");
        both.Comparison.Paired.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_TheSameInputsTwice_OffersTheStoredResult()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var first = (await world.Starter.StartAsync(world.Request, Planner)).Value;
        await world.EndAsync(first.Key);
        var again = (await world.Starter.StartAsync(world.Request, Planner with { Account = "other" })).Value;
        again.ShouldBe(new RunStarted(first.Key, true, null));
        (await world.Starter.StartAsync(world.Request with { Seed = 8 }, Planner)).Value.Key.ShouldNotBe(first.Key);
    }

    [Fact]
    public async Task Cancel_WhileQueued_KeepsNothingAndCanBeStartedAgain()
    {
        await using var world = await World.CreateAsync();
        var key = (await world.Starter.StartAsync(world.Request, Planner)).Value.Key;
        (await world.Starter.CancelAsync(key)).ShouldBeTrue();
        var cancelled = (await world.Runs.FindAsync(key, Today))!;
        cancelled.Status.ShouldBe(RunStatus.Cancelled);
        cancelled.Run.ResultSha256.ShouldBeNull();
        (await world.Runs.CompareAsync(key, key, Today)).Problems.ShouldAllBe(problem => problem.Message.Contains("not finished"));
        (await world.Starter.RestartAsync(key, Planner)).ShouldBeTrue();
        await world.WorkAsync();
        (await world.EndAsync(key)).Status.ShouldBe(RunStatus.Finished);
    }

    [Fact]
    public async Task Start_BadRequest_NamesEveryFaultAndRecordsNothing()
    {
        await using var world = await World.CreateAsync();
        var problems = (await world.Starter.StartAsync(world.Request with { Replications = 1, Days = 0, DemandMultiplier = -1 }, Planner)).Problems;
        problems.Select(problem => problem.Field).ShouldBe(["replications", "days", "demandMultiplier"]);
        (await world.Starter.StartAsync(world.Request with { Design = "nowhere" }, Planner)).Problems[0].Field.ShouldBe("design");
        (await world.Runs.ListAsync(Today)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_DesignThatTakesOverInTheRun_GivesASeriesByMonthAndMeetsTheIncidentsOfTheForceBeside()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var started = (await world.Starter.StartAsync(
            world.Request with
            {
                Days = 42, Replications = 2, CompareWithForce = true, Begin = RunRequest.ForceAsItIs, TakesOver = new DateOnly(2020, 2, 3),
                Events = [new ScenarioEvent { Name = "Fair", From = new DateTime(2020, 1, 18, 10, 0, 0), Hours = 12, DemandMultiplier = 2 }],
            },
            Planner)).Value;
        var run = (await world.EndAsync(started.Key)).Run;
        await world.EndAsync(started.ComparedWith!);
        (run.Begins, run.Turns.ShouldHaveSingleItem().From, run.Events.ShouldHaveSingleItem()).ShouldBe(("The force as it is", new DateOnly(2020, 2, 3), "Fair"));
        var result = (await world.Runs.FindResultAsync(run))!;
        result.Months.Where(month => month is { Level: "force", Grade: "I" }).Select(month => month.Month).ShouldBe(["2020-01", "2020-02"]);
        var both = (await world.Runs.CompareAsync(started.ComparedWith!, started.Key, Today)).Value;
        both.Comparison.Paired.ShouldBeTrue();
        both.Comparison.Phases.Select(phase => phase.From).ShouldBe([result.Phases[0].From, new DateOnly(2020, 2, 3)]);
        both.Comparison.Phases[0].Areas[0].Grades[0].InTargetDifference.Value.ShouldBe(0, "both are the same force until then");
        both.Comparison.Phases[1].Areas[0].Grades[0].InTargetDifference.Value.ShouldNotBe(0);
        both.InPhase(null).Shown!.From.ShouldBe(new DateOnly(2020, 2, 3), "what the design changes is shown first");
        both.InPhase(0).Comparison.Areas[0].Grades[0].InTargetDifference.Value.ShouldBe(0);
        both.Changed.ShouldNotBeEmpty("the boroughs are those in which the design differs from the force");
        var found = Findings.OfComparison(both.Comparison, both.Level, both.Code, "I");
        found.ShouldContain($"under {run.Name}, 3 to 23 February 2020");
        found.ShouldContain("on both sides under The force as it is, ");
        var alone = (await world.Starter.StartAsync(world.Request with { Days = 42, Replications = 2, Events = [new ScenarioEvent { Name = "Fair", From = new DateTime(2020, 1, 18, 10, 0, 0), Hours = 12, DemandMultiplier = 2 }] }, Planner)).Value.Key;
        await world.EndAsync(alone);
        var plain = (await world.Runs.CompareAsync(alone, started.Key, Today)).Value;
        plain.Comparison.A.ShouldNotBe(plain.Comparison.B, "two runs of one design are told apart");
        plain.Comparison.B.ShouldContain("then " + run.Name + " from 3 February 2020");
        Findings.OfComparison(plain.Comparison, plain.Level, plain.Code, "I").ShouldContain("The other run gives no figures for just these days");
        plain.Changed.ShouldBe(both.Changed);
        var beside = (await world.Runs.FindAsync(started.ComparedWith!, Today))!.Run;
        (beside.Turns.Count, beside.Events.Count).ShouldBe((0, 1), "the force beside has no change, and meets the same world");
    }

    [Fact]
    public async Task Start_TurnsThatMakeNoRun_AreRefusedWithEveryFault()
    {
        await using var world = await World.CreateAsync();
        (await world.Starter.StartAsync(world.Request with { TakesOver = new DateOnly(2020, 1, 15) }, Planner)).Problems.ShouldHaveSingleItem().Field.ShouldBe("begin");
        (await world.Starter.StartAsync(world.Request with { Begin = "nobody", TakesOver = new DateOnly(2020, 1, 15), Then = [new RunThen("nowhere", new DateOnly(2020, 1, 16))] }, Planner))
            .Problems.Select(problem => problem.Field).ShouldBe(["begin", "then"]);
        (await world.Starter.StartAsync(world.Request with { Begin = RunRequest.ForceAsItIs, TakesOver = new DateOnly(2021, 1, 1) }, Planner))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("takesOver");
        (await world.Starter.StartAsync(world.Request with { Then = [new RunThen(world.Request.Design, new DateOnly(2021, 1, 1))] }, Planner))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("then[0].from");
        (await world.Starter.StartAsync(world.Request with { Events = [new ScenarioEvent { Name = "A match", From = new DateTime(2025, 1, 1), Hours = 1 }] }, Planner))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("events[0].from");
        (await world.Runs.ListAsync(Today)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Late_OfOneReplication_CountsCausesAndEachTellsItsCourse()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var key = (await world.Starter.StartAsync(world.Request with { Replications = 8 }, Planner)).Value.Key;
        (await world.Replays.LateAsync(key, "1", "I")).Problems.ShouldHaveSingleItem().Message.ShouldContain("not finished");
        await world.EndAsync(key);

        var late = (await world.Replays.LateAsync(key, "2", "I")).Value;
        late.Replication.ShouldBe(2);
        late.Causes.Sum(cause => cause.Count).ShouldBe(late.Count);
        late.Latest.ShouldBe(late.Latest.OrderByDescending(each => each.LateMinutes));
        (await world.Replays.LateAsync(key, "2", null)).Value.Count.ShouldBeGreaterThanOrEqualTo(late.Count);
        for (var again = 0; again < 12; again++)
        {
            // More than is remembered: each grade of each replication is still told, and the same.
            (await world.Replays.LateAsync(key, (1 + (again % 8)).ToString(), again % 2 == 0 ? "I" : "S")).Value.Replication.ShouldBe(1 + (again % 8));
        }

        (await world.Replays.LateAsync(key, "2", "I")).Value.Count.ShouldBe(late.Count);
        var told = (await world.Replays.TellAsync(key, "2", late.Latest[0].Number.ToString())).Value;
        told.ResponseMinutes!.Value.ShouldBe(late.Latest[0].ResponseMinutes, 1e-9);
        told.Headline.ShouldContain(late.Latest[0].MainCause);
        (await world.Replays.TellAsync(key, "9", "1")).Problems.ShouldHaveSingleItem().Field.ShouldBe("replication");
        (await world.Replays.TellAsync(key, "1", "abc")).Problems.ShouldHaveSingleItem().Field.ShouldBe("incident");
        (await world.Replays.LateAsync(key, "0", "Q")).Problems.Select(problem => problem.Field).ShouldBe(["replication", "grade"]);
    }

    [Fact]
    public async Task ChangedArea_BoroughsTogether_EqualsTheUnitTheyForm()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var key = (await world.Starter.StartAsync(world.Request, Planner)).Value.Key;
        await world.EndAsync(key);
        var result = (await world.Runs.FindResultAsync((await world.Runs.FindAsync(key, Today))!.Run))!;
        var together = ChangedArea.Add(result, ["A", "B"], "West").Areas[0];
        var unit = result.Areas.Single(area => area.Level == "command-unit" && area.Code == "AB");
        for (var grade = 0; grade < unit.Grades.Count; grade++)
        {
            Same(together.Grades[grade].InTarget, unit.Grades[grade].InTarget);
            Same(together.Grades[grade].MeanMinutes, unit.Grades[grade].MeanMinutes);
            Same(together.Grades[grade].Wait.NoUnit, unit.Grades[grade].Wait.NoUnit);
        }

        together.UnitsAvailable.Value!.Value.ShouldBe(unit.UnitsAvailable.Value!.Value, 1e-9);
        together.Utilisation.Value!.Value.ShouldBe(unit.Utilisation.Value!.Value, 1e-3);
    }

    [Fact]
    public async Task Compare_WithAnotherPolicy_HasTheNewUnitOnBothSidesOnce()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var merged = (await world.Designs.FindAsync(world.Request.Design, Today))!.Body!;
        async Task<ComparedRuns> Compared(Design design)
        {
            var other = (await world.Designs.CreateAsync(design, Planner)).Value;
            var after = (await world.Starter.StartAsync(world.Request with { Design = other, CompareWithForce = true }, Planner)).Value.Key;
            await world.EndAsync(after);
            var before = (await world.Runs.FindAsync(after, Today))!.Run.ComparedWith!;
            await world.EndAsync(before);
            return (await world.Runs.CompareAsync(before, after, Today)).Value;
        }

        var everywhere = await Compared(merged with { Name = "Nearest", Policy = merged.Policy with { Queue = "first-unit-first" } });

        everywhere.Level.ShouldBe("force");
        everywhere.ChangedUnits.ShouldBe(["AB"]);
        var unit = everywhere.Comparison.Areas.Where(area => area.Code == "AB").ShouldHaveSingleItem();
        unit.Grades.ShouldAllBe(grade => grade.InTargetA.Value != null && grade.InTargetB.Value != null && grade.InTargetDifference.Value != null);
        everywhere.ResultA.Areas[0].Level.ShouldBe("force");
    }

    [Fact]
    public async Task Late_OfAUnitOrBorough_AreItsOwnAndAddUp()
    {
        await using var world = await World.CreateAsync();
        await world.WorkAsync();
        var key = (await world.Starter.StartAsync(world.Request, Planner)).Value.Key;
        await world.EndAsync(key);
        async Task<RunLate> Late(string? area) => (await world.Replays.LateAsync(key, null, null, area)).Value;

        var all = await Late(null);

        all.Areas[0].ShouldBe(new PlayedArea("AB", "West", true));
        var parts = new List<int>();
        foreach (var borough in all.Areas.Where(area => !area.IsUnit))
        {
            var late = await Late(borough.Code);
            late.Latest.ShouldAllBe(each => each.Borough == borough.Name);
            parts.Add(late.Count);
        }

        parts.Sum().ShouldBe(all.Count);
        (await Late("AB")).Count.ShouldBe((await Late("A")).Count + (await Late("B")).Count);
        (await world.Replays.LateAsync(key, null, null, "Z")).Problems.ShouldHaveSingleItem().Field.ShouldBe("area");
    }

    private static AsAt Today => TimeProvider.System.Now();

    private static void Same(Estimate a, Estimate b)
    {
        a.Value!.Value.ShouldBe(b.Value!.Value, 1e-9);
        a.Lower!.Value.ShouldBe(b.Lower!.Value, 1e-9);
        a.Upper!.Value.ShouldBe(b.Upper!.Value, 1e-9);
    }

    private sealed class World(StoreFixture store, string design) : IAsyncDisposable
    {
        private readonly List<IHostedService> _workers = [];

        public RunRegister Runs => store.Get<RunRegister>();

        public RunStarter Starter => store.Get<RunStarter>();

        public RunReplays Replays => store.Get<RunReplays>();

        public DesignRegister Designs => store.Get<DesignRegister>();

        public RunRequest Request => new() { Design = design, Replications = 4, Days = 7, Seed = 7 };

        public static async Task<World> CreateAsync(StoreKind kind = StoreKind.Sqlite)
        {
            var store = await StoreFixture.CreateAsync(kind, services => services
                .AddSingleton<IForcePacks>(new InstalledPacks(SmallForce.Pack()))
                .AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(20) }));
            var merged = DesignEdits.DespatchByUnit(DesignEdits.Merge(SmallForce.Design(), ["response"], ["A", "B"], "AB", "West")) with { Name = "West as one" };
            var key = (await store.Get<DesignRegister>().CreateAsync(merged, Planner)).Value;
            return new World(store, key);
        }

        public async Task WorkAsync()
        {
            foreach (var worker in store.Services.GetServices<IHostedService>())
            {
                await worker.StartAsync(CancellationToken.None);
                _workers.Add(worker);
            }
        }

        public async Task<RunView> EndAsync(string key)
        {
            for (var look = 0; look < 600; look++)
            {
                if (await Runs.FindAsync(key, Today) is { HasEnded: true } view)
                {
                    return view;
                }

                await Task.Delay(50);
            }

            throw new TimeoutException($"{key} did not end.");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in _workers)
            {
                await worker.StopAsync(CancellationToken.None);
            }

            await store.DisposeAsync();
        }
    }
}
