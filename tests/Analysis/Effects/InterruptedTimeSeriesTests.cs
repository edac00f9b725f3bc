using Pathfinder.Analysis.Effects;

namespace Pathfinder.Analysis.Tests.Effects;

public class InterruptedTimeSeriesTests
{
    /// <summary>Smoking ban and coronary events in Sicily (Bernal et al. 2017); reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void Linear_Sicily_CoefficientsAndNeweyWestErrors_NeedsReferenceFolder()
    {
        if (!TrySicily(out var counts, out var population, out var start))
        {
            return;
        }

        var rate = counts.Zip(population, (y, n) => y / n * 1e5).ToArray();
        var series = new InterruptedSeries(rate, start);

        var adjusted = InterruptedTimeSeries.Linear(series, new InterruptionModel());
        var plain = InterruptedTimeSeries.Linear(series, new InterruptionModel(), lag: 3, smallSample: false);

        adjusted.Lag.ShouldBe(3);
        double[] coefficients = [194.1087404964, 1.0358486353, -24.8443635864, 0.1272204429];
        double[] errors = [4.217916942, 0.184751614, 7.608879765, 0.440815762];
        double[] unadjusted = [4.072427509, 0.178378941, 7.346425189, 0.425610618];
        for (var j = 0; j < 4; j++)
        {
            adjusted.Coefficients[j].Estimate.Estimate.ShouldMatch(coefficients[j], 9, adjusted.Coefficients[j].Name);
            adjusted.Coefficients[j].Estimate.Se.ShouldMatch(errors[j], 8);
            plain.Coefficients[j].Estimate.Se.ShouldMatch(unadjusted[j], 8);
        }
    }

    /// <summary>The four log-linear models of the same paper; reads PATHFINDER_REFERENCE.</summary>
    [Fact]
    public void Counts_Sicily_RateRatiosOfFourModels_NeedsReferenceFolder()
    {
        if (!TrySicily(out var counts, out var population, out var start))
        {
            return;
        }

        var series = new InterruptedSeries(counts, start, population);

        Match(InterruptedTimeSeries.Counts(series, new InterruptionModel(SlopeChange: false), quasi: false), 0.894377, 0.864686, 0.925086, null);
        Match(InterruptedTimeSeries.Counts(series, new InterruptionModel(SlopeChange: false)), 0.894377, 0.839189, 0.953193, 3.559195);
        Match(InterruptedTimeSeries.Counts(series, new InterruptionModel(SlopeChange: false, Harmonics: 2)), 0.885072, 0.839401, 0.933227, 2.262186);
        Match(InterruptedTimeSeries.Counts(series, new InterruptionModel(Harmonics: 2)), 0.876464, 0.826753, 0.929165, 2.274563);

        static void Match(InterruptionResult result, double ratio, double lower, double upper, double? dispersion)
        {
            var rr = result.RateRatio.ShouldNotBeNull();
            rr.Estimate.ShouldMatch(ratio);
            rr.Lower.ShouldMatch(lower);
            rr.Upper.ShouldMatch(upper);
            if (dispersion is { } phi)
            {
                result.Dispersion.ShouldMatch(phi);
            }
        }
    }

    [Fact]
    public void Linear_ExactSegments_Recovered()
    {
        double[] outcome = [.. Enumerable.Range(0, 20).Select(t => t < 12 ? 5 + (2.0 * (t + 1)) : 5 + (2.0 * (t + 1)) - 7 + (0.5 * (t - 11)))];
        outcome[12] = double.NaN;

        var result = InterruptedTimeSeries.Linear(new InterruptedSeries(outcome, 12), new InterruptionModel());

        result.Level.Estimate.ShouldBe(-7, 1e-9);
        result.Slope!.Estimate.ShouldBe(0.5, 1e-9);
        result.Counterfactual[19].ShouldBe(45, 1e-9);
    }

    [Fact]
    public void Linear_TooFewTimesAfter_Refused() =>
        Should.Throw<ArgumentException>(() => InterruptedTimeSeries.Linear(new InterruptedSeries([1, 2, 3, 4, 6], 4), new InterruptionModel()));

    [Fact]
    public void AutomaticLag_PointsOfTheReference_Three() => InterruptedTimeSeries.AutomaticLag(59).ShouldBe(3);

    private static bool TrySicily(out double[] counts, out double[] population, out int start)
    {
        (counts, population, start) = ([], [], 0);
        if (!ReferenceData.TryReadOutside("csv/sicily.csv", out var table))
        {
            return false;
        }

        counts = table.Numbers("aces");
        population = table.Numbers("stdpop");
        start = Array.IndexOf(table.Text("smokban"), "1");
        return true;
    }
}
