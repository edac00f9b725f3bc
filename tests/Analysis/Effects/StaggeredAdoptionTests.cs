using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

public class StaggeredAdoptionTests
{
    /// <summary>Minimum wages and teen employment (Callaway and Sant'Anna 2021); reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void AttGt_Mpdta_EveryEffectErrorAndAggregation_NeedsReferenceFolder()
    {
        if (!ReferenceData.TryReadOutside("csv/mpdta.csv", out var table) || !ReferenceData.TryReadOutside("expected/mpdta_attgt.csv", out var expected))
        {
            return;
        }

        var panel = Mpdta(table);
        var result = StaggeredAdoption.Estimate(panel, ComparisonGroup.NeverTreated);

        result.Units.ShouldBe(500);
        result.Effects.Count.ShouldBe(12);
        for (var row = 0; row < expected.Count; row++)
        {
            var effect = result.Effects.Single(e => panel.Times[e.Cohort] == expected.Text("group")[row] && panel.Times[e.Time] == expected.Text("time")[row]);
            effect.Estimate.Estimate.ShouldMatch(expected.Numbers("att")[row], 10);
            effect.Estimate.Se.ShouldMatch(expected.Numbers("se")[row], 6);
        }

        Match(result.Simple, -0.03995127516, 0.01203401277);
        Match(result.Group.Overall, -0.03101828223, 0.01244605932);
        Match(result.Dynamic.Overall, -0.07723982146, 0.01996498906);
        Match(result.Calendar.Overall, -0.04170043213, 0.01597185188);
        var pre = result.PreTrends.ShouldNotBeNull();
        pre.Statistic.ShouldMatch(7.791236627, 7);
        pre.Degrees.ShouldBe(5);
        pre.P.ShouldMatch(0.16812, 5);
        DifferenceInDifferences.Estimate(panel).Effect.Estimate.ShouldMatch(-0.03654893667, 9);

        static void Match(EffectEstimate estimate, double value, double se)
        {
            estimate.Estimate.ShouldMatch(value, 9);
            estimate.Se.ShouldMatch(se, 8);
        }
    }

    [Fact]
    public void AttGt_NotYetTreated_UsesLaterCohortsUntilTheyStart()
    {
        // Never treated flat, cohort of 2 gains 5, cohort of 4 drifts by one a time before it starts.
        double[,] outcome = { { 0, 0, 0, 0, 0 }, { 1, 1, 6, 6, 6 }, { 2, 2, 7, 7, 7 }, { 0, 1, 2, 3, 9 }, { 0, 0, 0, 0, 0 } };
        var panel = new Panel(["n1", "a1", "a2", "b", "n2"], ["0", "1", "2", "3", "4"], outcome, [null, 2, 2, 4, null]);

        var never = StaggeredAdoption.Estimate(panel, ComparisonGroup.NeverTreated);
        var notYet = StaggeredAdoption.Estimate(panel, ComparisonGroup.NotYetTreated);

        Att(never, 2, 2).ShouldBe(5);
        Att(notYet, 2, 2).ShouldBe(5 - (1 / 3.0), 1e-12);
        Att(notYet, 2, 3).ShouldBe(5 - (2 / 3.0), 1e-12);
        Att(notYet, 2, 4).ShouldBe(5, 1e-12);

        static double Att(StaggeredResult result, int cohort, int time) => result.Effects.Single(e => e.Cohort == cohort && e.Time == time).Estimate.Estimate;
    }

    [Fact]
    public void AttGt_NoNeverTreated_LastCohortServesUntilItStarts()
    {
        double[,] outcome = { { 1, 1, 4, 4 }, { 2, 2, 5, 5 }, { 0, 0, 0, 9 }, { 1, 1, 1, 9 } };
        var panel = new Panel(["a", "b", "c", "d"], ["0", "1", "2", "3"], outcome, [2, 2, 3, 3]);

        Suitability.Of(EffectMethod.StaggeredAdoption, panel).Offered.ShouldBeFalse();
        Suitability.Of(EffectMethod.StaggeredAdoption, panel, ComparisonGroup.NotYetTreated).Offered.ShouldBeTrue();
        Should.Throw<ArgumentException>(() => StaggeredAdoption.Estimate(panel, ComparisonGroup.NeverTreated));
        StaggeredAdoption.Estimate(panel, ComparisonGroup.NotYetTreated).Simple.Estimate.ShouldBe(3);
    }

    private static Panel Mpdta(Table table)
    {
        var first = table.Numbers("first.treat");
        return LongTable.Panel(table, "countyreal", "year", "lemp", row => first[row] > 0 ? first[row] : null);
    }
}
