using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

public class DifferenceInDifferencesTests
{
    [Fact]
    public void Did_PathfindersByHand_EffectInPercentagePoints()
    {
        Effect("East").ShouldBe(-9.45, 1e-9);
        Effect("Central North").ShouldBe(-18.95, 1e-9);
        Effect("East", "2017-03", "2017-04").ShouldBe(-11.125, 1e-9);
        Effect("Central North", "2017-03", "2017-04").ShouldBe(-21.75, 1e-9);

        static double Effect(string leftOut, params string[] transition)
        {
            var panel = LongTable.Pathfinders(transition);
            var result = DifferenceInDifferences.Estimate(panel.OfUnits([leftOut == "East" ? 0 : 1, 2]));
            result.Effect.Se.ShouldBeNull("one treated unit");
            return result.Effect.Estimate;
        }
    }

    [Fact]
    public void Did_Prop99_Reference() => DifferenceInDifferences.Estimate(LongTable.Prop99()).Effect.Estimate.ShouldMatch(-27.349111, 8);

    [Fact]
    public void Did_UnbalancedPanel_SameAsIndicatorsForUnitsAndTimes()
    {
        var random = new Random(4);
        double[,] outcome = new double[6, 5];
        for (var i = 0; i < 6; i++)
        {
            for (var t = 0; t < 5; t++)
            {
                outcome[i, t] = random.NextDouble() + i + (0.3 * t * t);
            }
        }

        outcome[2, 3] = double.NaN;
        outcome[5, 0] = double.NaN;
        var panel = new Panel(["a", "b", "c", "d", "e", "f"], ["1", "2", "3", "4", "5"], outcome, [2, 3, null, null, 2, null]);
        var rows = (from i in Enumerable.Range(0, 6) from t in Enumerable.Range(0, 5) where !double.IsNaN(outcome[i, t]) select (i, t)).ToList();
        List<double[]> columns = [rows.Select(r => panel.IsTreated(r.i, r.t) ? 1.0 : 0).ToArray()];
        columns.AddRange(Enumerable.Range(0, 6).Select(i => rows.Select(r => r.i == i ? 1.0 : 0).ToArray()));
        columns.AddRange(Enumerable.Range(1, 4).Select(t => rows.Select(r => r.t == t ? 1.0 : 0).ToArray()));

        var expected = LeastSquares.Fit(columns, rows.Select(r => outcome[r.i, r.t]).ToArray()).Coefficients[0];

        DifferenceInDifferences.Estimate(panel).Effect.Estimate.ShouldBe(expected, 1e-10);
    }

    [Fact]
    public void Did_UnitNeverObservedUntreated_Refused()
    {
        var panel = new Panel(["a", "b"], ["1", "2"], new double[,] { { 1, 2 }, { 1, 3 } }, [0, null]);

        Should.Throw<ArgumentException>(() => DifferenceInDifferences.Estimate(panel));
        Suitability.Of(EffectMethod.DifferenceInDifferences, panel).Refusals.ShouldHaveSingleItem().ShouldContain("without a before");
    }

    /// <summary>fixest's base_did with and without its covariate; reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void Did_BaseDid_EstimateErrorAndEventStudy_NeedsReferenceFolder()
    {
        if (!ReferenceData.TryReadOutside("csv/base_did.csv", out var table))
        {
            return;
        }

        var treat = table.Text("treat");
        var panel = LongTable.Panel(table, "id", "period", "y", row => treat[row] == "1" ? 6 : null, ["x1"]);

        var result = DifferenceInDifferences.Estimate(panel);
        result.Effect.Estimate.ShouldMatch(4.850645143, 9);
        result.Effect.Se.ShouldMatch(0.4552220459, 9);
        var plain = DifferenceInDifferences.Estimate(new Panel(panel.Units, panel.Times, panel.Outcome, panel.FirstTreated));
        plain.Effect.Estimate.ShouldMatch(4.993390, 7);

        var study = DifferenceInDifferences.EventStudy(panel);
        (double, double)?[] expected =
        [
            (-1.403045, 1.110267), (-1.247511, 1.093145), (-0.273206, 1.106935), (-1.795721, 1.087974), null,
            (0.784452, 1.028388), (3.598897, 1.101563), (3.811766, 1.247502), (4.731426, 1.097113), (6.606229, 1.120494),
        ];
        study.Reference.ShouldBe(4);
        for (var t = 0; t < expected.Length; t++)
        {
            study.Effects[t].Estimate.Estimate.ShouldMatch(expected[t]?.Item1 ?? 0, 6);
            if (expected[t] is { } pair)
            {
                study.Effects[t].Estimate.Se.ShouldMatch(pair.Item2, 6);
            }
        }
    }
}
