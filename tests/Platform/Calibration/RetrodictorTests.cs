using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;
using Pathfinder.Testing.Calibration;

namespace Pathfinder.Platform.Tests.Calibration;

public sealed class RetrodictorTests
{
    private static readonly System.Text.Json.JsonSerializerOptions Web = new(System.Text.Json.JsonSerializerDefaults.Web);
    private static readonly Lazy<RetrodictionResult> Result = new(() => Run(HarbourMerger.Outcomes).Value);

    [Fact]
    public void Run_OfAMerger_PredictsEachMonthAndScoresThoseThatAreKnown()
    {
        var result = Result.Value;

        result.Months.Select(month => (month.Measure, month.From.Month)).ShouldBe([("I.inTarget", 4), ("I.inTarget", 5), ("I.inTarget", 6), ("S.inTarget", 4), ("S.inTarget", 5), ("S.inTarget", 6)]);
        result.Months.ShouldAllBe(month => month.Posterior.Lower <= month.Posterior.Median && month.Posterior.Median <= month.Posterior.Upper && month.Posterior.Lower >= 0 && month.Posterior.Upper <= 1);
        result.Months.Count(month => month.Observed is not null).ShouldBe(2);
        result.Scores.Where(score => score.Area == "all").Select(score => (score.Forecast, score.Months)).ShouldBe([("posterior", 2), ("prior", 2), ("no change", 2), ("straight line", 2)]);
        result.Calibration.Targets.Count.ShouldBe(3);
        result.Findings[0].ShouldContain("of 2 months");
        result.Findings.ShouldContain(finding => finding.StartsWith("North, immediate calls: all mechanisms together move them by", StringComparison.Ordinal));
        result.Recovery.ShouldNotBeEmpty();
        result.Recovery.ShouldContain(month => month.Prior != month.Posterior, "the recovery has its own interval before calibration");
    }

    [Fact]
    public void Run_Mechanisms_AreSwitchedOffOneAtATimeAndAllTogether()
    {
        var mechanisms = Result.Value.Mechanisms;

        mechanisms.Select(each => each.Mechanism).Distinct().ShouldBe([.. Retrodictor.Mechanisms.Select(each => each.Name), "all"]);
        mechanisms.Single(each => each.Mechanism == "demand" && each.Measure == "I.inTarget").Effect.ShouldBe(new Interval80(0, 0, 0), "the plan changes no demand, and incidents are identical");
        mechanisms.Single(each => each.Mechanism == "inspector" && each.Measure == "I.inTarget").Effect.Median.ShouldBeLessThan(0, "decisions of two boroughs wait for one inspector");
        mechanisms.Single(each => each.Mechanism == "ownership" && each.Measure == "S.inTarget").Effect.Median.ShouldBeLessThanOrEqualTo(0);
    }

    [Fact]
    public void Run_OnOneThreadAndOnTwo_GivesTheSameBytes() =>
        CalibrationRegister.Write(Run(HarbourMerger.Outcomes, threads: 1).Value).ShouldBe(CalibrationRegister.Write(Result.Value));

    [Fact]
    public void Run_OtherOutcomes_LeaveThePredictionAsItWas()
    {
        var other = Run(HarbourMerger.Outcomes.Replace("0.70", "0.95", StringComparison.Ordinal).Replace("0.71", "0.2", StringComparison.Ordinal)).Value;

        other.Months.Select(month => (month.Prior, month.Posterior)).ShouldBe(Result.Value.Months.Select(month => (month.Prior, month.Posterior)));
        other.Mechanisms.ShouldBe(Result.Value.Mechanisms);
        other.Scores.ShouldNotBe(Result.Value.Scores);
    }

    [Fact]
    public void Run_EveryMonthHeldByIntervalsAsWideAsBefore_IsNotSaidToMeetTheAim()
    {
        var known = Result.Value.Months.Where(month => month.Observed is not null).Select(month => month.Posterior.Median.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var held = Run(HarbourMerger.Outcomes.Replace("0.70", known[0], StringComparison.Ordinal).Replace("0.71", known[1], StringComparison.Ordinal)).Value;

        var (posterior, prior) = (held.Scores.Single(score => score is { Area: "all", Forecast: "posterior" }), held.Scores.Single(score => score is { Area: "all", Forecast: "prior" }));
        posterior.Coverage.ShouldBe(1);
        var narrowed = posterior.MeanWidth < 0.9 * prior.MeanWidth;
        held.Findings[0].ShouldEndWith(narrowed ? "which is met." : "that does not count.");
        held.Findings.Any(finding => finding.StartsWith("The calibration taught nothing", StringComparison.Ordinal)).ShouldBe(!narrowed);
    }

    [Fact]
    public void Run_TargetAfterTheBound_IsRefused()
    {
        var refused = Retrodictor.Run(
            HarbourMerger.Harbour, HarbourMerger.Plan, HarbourMerger.Targets + "North,I.inTarget,2017-04-01,2017-04-30,0.7\n", HarbourMerger.Outcomes, new CalibrationOptions(40));

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.File, problem.Row, problem.Field).ShouldBe(("targets.csv", 5, "to"));
    }

    [Theory]
    [InlineData("blind: yes", "blind: no", "blind")]
    [InlineData("high: 1, basis: background, why: invented}\n  - {key: after.crews", "high: 1, basis: fit, why: invented}\n  - {key: after.crews", "after")]
    [InlineData("from: 2017-04-01", "from: 2017-01-01", "from")]
    [InlineData("inForceFrom: 2017-03-25", "inForceFrom: 2017-04-02", "inForceFrom")]
    [InlineData("inForceFrom: 2017-03-25", "inForceFrom: 2017-01-25", "inForceFrom")]
    [InlineData("inForceSource: Invented\n", "", "inForceSource")]
    [InlineData("to: 2017-06-30", "to: 2017-03-30", "to")]
    [InlineData("recoveryTogether: [North]", "recoveryTogether: [South]", "recoveryTogether")]
    public void Plan_Fault_IsNamed(string from, string to, string field) =>
        RetrodictionPlan.Read(HarbourMerger.Plan.ReplaceLineEndings("\n").Replace(from, to, StringComparison.Ordinal), HarbourMerger.Harbour).Problems.ShouldContain(problem => problem.Field == field);

    [Fact]
    public void Plan_SilentOnAValueThatThePackMarksFitted_IsRefused()
    {
        var silent = string.Join('\n', HarbourMerger.Plan.Split('\n').Where(line => !line.Contains("scene.I.meanMinutes", StringComparison.Ordinal)));

        RetrodictionPlan.Read(silent, HarbourMerger.Harbour).Problems.ShouldHaveSingleItem().Found.ShouldBe("scene.I.meanMinutes");
    }

    [Fact]
    public void LondonPlan_AndItsTargets_AreAcceptedAndEndBeforeTheChange()
    {
        var london = PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value;
        var folder = Path.Combine(Repository.Root, "data", "london-retrodiction");
        var plan = RetrodictionPlan.Read(File.ReadAllText(Path.Combine(folder, "plan.yaml")), london, "plan.yaml");

        plan.Problems.ShouldBeEmpty();
        var targets = TargetFile.Read(File.ReadAllText(Path.Combine(folder, "targets.csv")), [.. plan.Value.Fit.Areas.Keys], plan.Value.Fit.TargetsBefore).Value;
        targets.Count.ShouldBe(16);
        targets.ShouldAllBe(target => target.To < new DateOnly(2017, 2, 1));
        var fitted = london.Assumptions.Where(each => each.Status == "fit").Select(each => each.Key).ToHashSet(StringComparer.Ordinal);
        plan.Value.InForceFrom.ShouldBe(new DateOnly(2017, 4, 26));
        plan.Value.Fit.Parameters.Count.ShouldBe(30);
        plan.Value.Fit.Parameters.ShouldAllBe(parameter => parameter.Prior.High - parameter.Prior.Low > 0 && parameter.Why.Length > 0);
        plan.Value.Fit.Held.Keys.ShouldAllBe(key => !fitted.Contains(key));
    }

    [Fact]
    public async Task Register_Retrodiction_IsKeptWithItsCalibrationByAWorker()
    {
        await using var store = await StoreFixture.CreateAsync(configure: services => services.AddWorker(WorkOptions.Default with { Poll = TimeSpan.FromMilliseconds(20) }));
        var context = new ChangeContext("robin", "force", "To see");
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), context)).Value;
        foreach (var service in store.Services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        var register = store.Get<CalibrationRegister>();
        var job = (await register.StartRetrodictionAsync(HarbourMerger.Plan, HarbourMerger.Targets, HarbourMerger.Outcomes, new CalibrationOptions(40, 4), context)).Value;
        for (var look = 0; look < 3000 && await store.Get<IWork>().FindAsync(job) is { HasEnded: false }; look++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await store.Get<IWork>().FindAsync(job))!.State.ShouldBe(JobState.Finished);
        var kept = (await register.FindRetrodictionAsync("harbour-merger", TimeProvider.System.Now()))!;
        CalibrationRegister.Write(kept).ShouldBe(CalibrationRegister.Write(Result.Value));
        (await register.FindAsync("harbour-merger", TimeProvider.System.Now()))!.Targets.Count.ShouldBe(3);
        (await register.StartRetrodictionAsync(HarbourMerger.Plan + "\nluck: 1\n", HarbourMerger.Targets, HarbourMerger.Outcomes, new CalibrationOptions(40), context)).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task LondonResult_ThatComesWithTheProduct_IsOfItsInputsAndOfThisEngine()
    {
        var folder = Path.Combine(Repository.Root, "data", "london-retrodiction");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "result.json"));
        var result = System.Text.Json.JsonSerializer.Deserialize<RetrodictionResult>(bytes, Web)!;

        CalibrationRegister.Write(result).ShouldBe(bytes, "the file is what the command writes");
        result.Calibration.EngineVersion.ShouldBe(Pathfinder.Engine.Response.Replica.Version, "make it again: pathfinder retrodict --budget 24000 --seed 1 --out data/london-retrodiction/result.json");
        string Sha(string name) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))));
        result.Calibration.FitSha256.ShouldBe(Sha("plan.yaml"));
        result.Calibration.TargetsSha256.ShouldBe(Sha("targets.csv"));
        result.OutcomesSha256.ShouldBe(Sha("outcomes.csv"));
        (result.Calibration.Seed, result.Calibration.Budget).ShouldBe((1UL, 24_000));
    }

    private static Outcome<RetrodictionResult> Run(string outcomes, int threads = 2) =>
        Retrodictor.Run(HarbourMerger.Harbour, HarbourMerger.Plan, HarbourMerger.Targets, outcomes, new CalibrationOptions(40, 4, threads));
}
