using Pathfinder.Analysis.Calibration;

namespace Pathfinder.Analysis.Tests.Calibration;

public sealed class ForecastTests
{
    [Theory]
    [InlineData(55, 20)]
    [InlineData(40, 20 + (10 * 10))]
    [InlineData(75, 20 + (10 * 5))]
    public void Score_Of80PerCent_IsWidthAndTenTimesTheMiss(double value, double expected) =>
        new ForecastInterval(50, 60, 70).Score(value, 0.8).ShouldBe(expected, 1e-9);

    // Mean 78.142857, s 1.214986, t(6, .9) 1.439756: half-width 1.439756 × 1.214986 × √(8/7).
    [Fact]
    public void NoChange_MonthsOfEast_IsTheNormalPredictionInterval()
    {
        var forecast = NaiveForecasts.NoChange([78, 76, 77, 79, 79, 79, 79], 0.8);

        forecast.Middle.ShouldBe(78.142857, 1e-6);
        (forecast.Upper - forecast.Middle).ShouldBe(1.439756 * 1.214986 * Math.Sqrt(8.0 / 7), 1e-4);
    }

    [Fact]
    public void StraightLine_PerfectLine_IsCarriedOnWithoutWidth()
    {
        var forecast = NaiveForecasts.StraightLine([1, 3, 5, 7], 10, 0.8);

        forecast.Middle.ShouldBe(21, 1e-9);
        (forecast.Upper - forecast.Lower).ShouldBe(0, 1e-6);
    }

    // By hand: mean 608/7, Σxy 23 over Sxx 28 about the middle month; residual sum of squares 26.857143 − 23²/28 = 7.964286, t(5, .9) 1.475884.
    [Fact]
    public void StraightLine_MonthsOfCentralNorth_IsTheLeastSquaresPredictionInterval()
    {
        var forecast = NaiveForecasts.StraightLine([84, 85, 86, 89, 87, 87, 90], 10, 0.8);

        forecast.Middle.ShouldBe((608.0 / 7) + (23.0 / 28 * 7), 1e-9);
        (forecast.Upper - forecast.Middle).ShouldBe(1.475884 * Math.Sqrt(7.964286 / 5) * Math.Sqrt(1 + (1.0 / 7) + (49.0 / 28)), 1e-4);
    }
}
