using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>From what happened to what the rule proposes, and the decision beside it.</summary>
public sealed class GateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(87, 86, 88, 87, GateVerdict.Go, CriterionVerdict.Met)]
    [InlineData(81, 80, 82, 81, GateVerdict.AdaptAndExtend, CriterionVerdict.NotMet)]
    [InlineData(62, 61, 63, 62, GateVerdict.Revert, CriterionVerdict.NotMet)]
    public async Task Gate_AfterFourMonths_FollowsFromTheInterval(double a, double b, double c, double d, GateVerdict verdict, CriterionVerdict criterion)
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, a, b, c, d);

        var finding = await EvaluateAsync(store);

        finding.Pilots.ShouldHaveSingleItem().Verdict.ShouldBe(verdict);
        var result = finding.Results.ShouldHaveSingleItem();
        result.Verdict.ShouldBe(criterion);
        // By hand: the gap was 1.375 on average before; Y is at 86 after.
        result.Unit.Study!.Effect.Estimate.ShouldBe(((a + b + c + d) / 4) - 86 - 1.375, 1e-9);
        result.Unit.AdjustedP.ShouldBe(result.Unit.P);
    }

    [Fact]
    public async Task Gate_WindowNotObservedYet_IsNotTestableAndNamesTheMonths()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        await PlanWorld.ObserveAsync(store, "2016-11-15", 9, "X", [80, 81]);

        var finding = await EvaluateAsync(store);

        finding.Results[0].Verdict.ShouldBe(CriterionVerdict.NotTestable);
        finding.Results[0].Why.ShouldBe("X is not observed for November 2016 to December 2016");
        finding.Pilots[0].Verdict.ShouldBe(GateVerdict.AdaptAndExtend);
    }

    [Fact]
    public async Task Gate_FewerIsBetter_AnIncreaseIsTheHarm()
    {
        await using var store = await PlanWorld.CreateAsync();
        await store.SaveAsync("2016-08-31", ("in-time", new Measure { Title = "Minutes", Definition = "Minutes", Unit = "min", Direction = MeasureDirection.Down }));
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 110, 111, 112, 111);

        (await EvaluateAsync(store)).Pilots[0].Verdict.ShouldBe(GateVerdict.Revert);
    }

    [Fact]
    public async Task Criteria_SeveralPrimary_AreHeldToHolmsRuleTheRestToBenjaminiAndHochberg()
    {
        await using var store = await PlanWorld.CreateAsync();
        Criterion Of(string id, decimal margin, bool primary) => PlanWorld.Criterion with { Id = id, Value = margin, RevertFrom = null, Primary = primary };
        await store.SaveAsync("2016-08-31", (PlanWorld.Key, PlanWorld.Plan with { Criteria = [Of("a", 9, true), Of("b", 10, true), Of("c", 9, false), Of("d", 10, false)] }));
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 81, 80, 82, 81);

        var p = (await EvaluateAsync(store)).Results.ToDictionary(result => result.Criterion.Id, result => (Own: result.Unit.P!.Value, Adjusted: result.Unit.AdjustedP!.Value));

        p["a"].Own.ShouldBeGreaterThan(p["b"].Own);
        p["b"].Adjusted.ShouldBe(2 * p["b"].Own, 1e-15);
        p["a"].Adjusted.ShouldBe(Math.Max(p["a"].Own, 2 * p["b"].Own), 1e-15);
        p["c"].Adjusted.ShouldBe(p["c"].Own, 1e-15);
        p["d"].Adjusted.ShouldBe(Math.Min(2 * p["d"].Own, p["c"].Own), 1e-15);
    }

    [Fact]
    public async Task Decision_OnTheEvidence_AsksToBeReconsideredWhenAValueIsRevised()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 81, 80, 82, 81);
        var finding = await EvaluateAsync(store);
        finding.Evidence.Count.ShouldBe(1 + 1 + 24);
        var decision = new Decision { Title = "Go on with X?", State = DecisionState.Taken, DecidedOn = ProgrammeStore.Stated("20 January 2017"), RestsOn = finding.Evidence, Sources = [] };
        await store.SaveAsync("2017-01-20", ("report", new Platform.Programme.Documents.Document { Title = "Minutes" }));
        await store.SaveAsync("2017-01-20", ("go-on", decision with { Sources = [new Locator { Document = "report" }] }));
        (await DecisionsAsync(store)).ShouldHaveSingleItem().Reconsider.ShouldBeEmpty();

        await PlanWorld.ObserveAsync(store, "2017-03-01", 12, "X", [70]);

        (await DecisionsAsync(store)).ShouldHaveSingleItem().Reconsider.ShouldHaveSingleItem().ShouldContain("81 → 70");
    }

    [Fact]
    public async Task Draft_AtTheGate_AsksToBeReconsideredWhenItsEvidenceChangesOrIsDisplaced()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.LockAsync(store);
        await PlanWorld.HappenAsync(store, 81, 80, 82, 81);
        var process = store.Store.Get<PlanProcess>();
        var key = (await process.DraftDecisionAsync(ProgrammeStore.Office, PlanWorld.Key, Cancel)).Value;
        (await DecisionsAsync(store)).ShouldHaveSingleItem().Reconsider.ShouldBeEmpty();
        (await process.DraftDecisionAsync(ProgrammeStore.Office, PlanWorld.Key, Cancel)).Problems.ShouldHaveSingleItem().Found.ShouldBe(key);

        await PlanWorld.ObserveAsync(store, "2017-03-01", 12, "X", [70]);
        (await DecisionsAsync(store))[0].Reconsider.ShouldHaveSingleItem().ShouldContain("81 → 70");
        var reading = await store.ReadAsync("decision", key, PlanWorld.Today(store));
        reading.Headline!.ShouldEndWith("one fact it was drafted on has changed since");

        await store.SaveAsync("2017-03-02", ("rival", new Observation
        {
            Title = "Another count", Measure = "in-time", Area = "X", Period = ProgrammeStore.Stated("November 2016"), Value = 60, Rivalry = Rivalry.InPlace,
        }));
        (await DecisionsAsync(store))[0].Reconsider.ShouldBe(["In time: Value: 81 → 70", "The evaluation now also uses observation:rival", "The evaluation no longer uses observation:in-time-x-11"]);
        (await process.DraftDecisionAsync(ProgrammeStore.Office, PlanWorld.Key, Cancel)).Problems.ShouldBeEmpty("the evidence is another by now");
    }

    [Fact]
    public async Task Draft_OfAPlanThatIsNotLocked_IsRefused()
    {
        await using var store = await PlanWorld.CreateAsync();
        await PlanWorld.HappenAsync(store, 81, 80, 82, 81);

        var drafted = await store.Store.Get<PlanProcess>().DraftDecisionAsync(ProgrammeStore.Office, PlanWorld.Key, Cancel);

        drafted.Problems.ShouldHaveSingleItem().Found.ShouldBe("not locked");
        (await PlanWorld.Today(store).ListAsync<Decision>(Cancel)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<GateDecision>> DecisionsAsync(ProgrammeStore store) => await PlanDocuments.DecisionsAsync(PlanWorld.Today(store), await EvaluateAsync(store), Cancel);

    private static async Task<PlanFinding> EvaluateAsync(ProgrammeStore store) =>
        await store.Store.Get<PlanEvaluator>().EvaluateAsync(PlanWorld.Today(store), await PlanWorld.FindAsync(store), Cancel);
}
