using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Evaluations;

/// <summary>The worked evaluation of the two pathfinders: every number by hand from the briefing's table.</summary>
public sealed class LondonEvaluationTests
{
    private static readonly AsAt At = new(new(2018, 3, 1), new(2018, 3, 1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_OfTheRepository_SaysWhatItsLockVouchesForAndThatResultsWereSeen()
    {
        var (_, finding) = await EvaluateAsync();

        finding.Holds.ShouldBeTrue();
        finding.Plan.Body.Lock!.ResultsSeen.ShouldBeTrue();
        finding.Plan.Body.AgreedBy.ShouldBeEmpty();
        finding.Redefined.ShouldBeEmpty();
    }

    [Fact]
    public async Task Effects_WithAndWithoutTheTransition_AreThoseOfTheTableByHand()
    {
        var (_, finding) = await EvaluateAsync();

        var (cn, ea) = (Unit(finding, "i-against-met-cn"), Unit(finding, "i-against-met-ea"));
        cn.Study!.Effect.Estimate.ShouldBe(-11.125, 1e-9);
        ea.Study!.Effect.Estimate.ShouldBe(-21.75, 1e-9);
        cn.WithTransition!.Value.ShouldBe(-9.45, 1e-9);
        ea.WithTransition!.Value.ShouldBe(-18.95, 1e-9);
        (cn.Before, cn.After, ea.Before, ea.After).ShouldBe((86.625, 72.75, 77.75, 53.25));

        // Along time, by hand: the gap of East has a pooled standard deviation of √(152.75 / 10) and no autocorrelation above 0.
        var se = Math.Sqrt(152.75 / 10) * Math.Sqrt((1 / 8.0) + (1 / 4.0));
        ea.Study.Effect.Se!.Value.ShouldBe(se, 1e-9);
        ea.Study.Effect.Lower!.Value.ShouldBe(-21.75 - (2.2281388520 * se), 1e-6);
    }

    [Fact]
    public async Task Comparator_WithThePilotsInIt_TheRestHardlyMoved()
    {
        var (_, finding) = await EvaluateAsync();

        var within = Unit(finding, "i-against-met-ea").Contamination!;
        within.ComparatorChange.ShouldBe(-2.75, 1e-9);
        // At shares of 5.4% and 7.2%, then 8.0% and 8.7%.
        within.RestLow.ShouldBe((-2.75 + (0.054 * 13.875) + (0.072 * 24.5)) / (1 - 0.126), 1e-9);
        within.RestHigh.ShouldBe((-2.75 + (0.080 * 13.875) + (0.087 * 24.5)) / (1 - 0.167), 1e-9);
        within.EffectLow.ShouldBe(-24.5 - within.RestHigh, 1e-9);
    }

    [Fact]
    public async Task Gate_CentralNorthAdaptsEastReverts_AndBoroughsCannotBeTested()
    {
        var (_, finding) = await EvaluateAsync();

        finding.Pilots.Select(pilot => (pilot.Pilot.Key, pilot.Verdict)).ShouldBe([("pathfinder-central-north", GateVerdict.AdaptAndExtend), ("pathfinder-east", GateVerdict.Revert)]);
        var boroughs = finding.Results.Single(result => result.Criterion.Id == "i-each-borough-ea");
        (boroughs.Verdict, boroughs.Why).ShouldBe((CriterionVerdict.NotTestable, "No borough figures are recorded"));
        boroughs.Boroughs.Select(borough => borough.AreaName).ShouldBe(["Barking and Dagenham", "Havering", "Redbridge"]);
        finding.Results.Single(result => result.Criterion.Id == "strategy-discussions-ea").Why.ShouldContain("only words");
    }

    [Fact]
    public async Task Charts_WatchedMonthByMonth_SignalOnFebruaryInEastAndOnMarchInCentralNorth()
    {
        var (_, finding) = await EvaluateAsync();

        finding.Pilots.ToDictionary(pilot => pilot.Pilot.Body.Unit, pilot => pilot.Chart!.FirstSignals[0].Date).ShouldBe(
            new Dictionary<string, string> { ["CN"] = "2017-03", ["EA"] = "2017-02" }, ignoreOrder: true);
        var limits = finding.Pilots.Single(pilot => pilot.Pilot.Body.Unit == "CN").Chart!.Points[0];
        limits.Centre.ShouldBe(86.625, 1e-9);
        limits.Lower!.Value.ShouldBe(80.925, 1e-9);
        limits.Upper!.Value.ShouldBe(92.325, 1e-9);
    }

    [Fact]
    public async Task Numbers_FromThePanelAsAFile_AreThoseOfThePage()
    {
        var (_, finding) = await EvaluateAsync();
        var ea = Unit(finding, "i-against-met-ea");

        var again = Analyses.Study(ea.PanelCsv!, PanelText.Columns, ["time:2017-03..2017-04"], new(Analysis.Effects.EffectMethod.DifferenceInDifferences)).Value;

        again.Effect.ShouldBe(ea.Study!.Effect);
        ea.Command.ShouldBe("pathfinder evaluate effect pathfinder-panel-i-against-met-ea.csv --unit area --time time --outcome value --treated treated --method did --exclude time:2017-03..2017-04 --se time");
    }

    [Fact]
    public async Task Power_OfTheLock_IsWhatTheTableGivesAgain()
    {
        var (view, finding) = await EvaluateAsync();

        (await (await LondonProgramme.SharedAsync()).Get<PlanEvaluator>().PowerAsync(view, finding.Plan.Body, Cancel)).ShouldBe(finding.Plan.Body.Power);
    }

    [Fact]
    public async Task Claims_OfTheBriefing_CentralNorthIsNotAtTheLevelOfTheMet()
    {
        var store = await LondonProgramme.SharedAsync();
        var claims = await store.Get<ClaimCheck>().ListAsync(store.Get<IRecords>().View(null, At), "s1-pathfinder-briefing", performanceOnly: true, Cancel);

        var level = claims.Single(claim => claim.Statement.Key == "s1-cn-at-met-level");
        level.Then!.Verdict.ShouldBe(ClaimCheck.Contradicted);
        level.Then.Numbers.ShouldBe(["Immediate calls attended in charter time, Central North (CN), August 2017: 78", "Immediate calls attended in charter time, MPS, August 2017: 83"]);
        level.Turned.ShouldBeFalse();
        ClaimCheck.Headline(claims).ShouldStartWith("One of 15 claims is contradicted");
    }

    private static CriterionFinding Unit(PlanFinding finding, string id) => finding.Results.Single(result => result.Criterion.Id == id).Unit;

    private static async Task<(RecordView View, PlanFinding Finding)> EvaluateAsync()
    {
        var store = await LondonProgramme.SharedAsync();
        var view = store.Get<IRecords>().View(null, At);
        return (view, await store.Get<PlanEvaluator>().EvaluateAsync(view, (await view.FindAsync<EvaluationPlan>("pathfinder-evaluation", Cancel))!, Cancel));
    }
}
