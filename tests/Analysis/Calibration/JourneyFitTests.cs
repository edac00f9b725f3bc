using Pathfinder.Analysis.Calibration;
using Pathfinder.Engine.Numerics;

namespace Pathfinder.Analysis.Tests.Calibration;

public sealed class JourneyFitTests
{
    [Fact]
    public void Of_JourneysOfKnownSpeed_FindsThem()
    {
        var journeys = new List<Journey>();
        for (var i = 0; i < 4000; i++)
        {
            var stream = RandomStream.Of(3, i);
            var (metres, group) = (5000 * stream.Uniform(1), i % 2);
            journeys.Add(new Journey(metres, (120 + (metres * (group == 0 ? 0.06 : 0.09))) * Math.Exp(0.3 * stream.Normal(2)), group));
        }

        var fit = JourneyFit.Of(journeys, 2);

        fit.Intercept.ShouldBe(120, 8);
        fit.SecondsPerKm[0].ShouldBe(60, 4);
        fit.SecondsPerKm[1].ShouldBe(90, 4);
        fit.Sigma.ShouldBe(0.3, 0.02);
    }

    [Fact]
    public void Of_CrewsThatWereThereAlready_DoNotMoveTheMedian()
    {
        var plain = Enumerable.Range(0, 400).Select(i => new Journey(i * 10, 100 + (i * 0.7), 0)).ToList();
        var mixed = plain.Concat(Enumerable.Range(0, 40).Select(i => new Journey(i * 100, 3, 0))).ToList();

        JourneyFit.Of(mixed, 1).SecondsPerKm[0].ShouldBe(JourneyFit.Of(plain, 1).SecondsPerKm[0], 1);
    }

    [Fact]
    public void Of_GroupOfFew_TakesTheSlopeOfAll() =>
        JourneyFit.Of([.. Enumerable.Range(0, 100).Select(i => new Journey(i * 50, 60 + (i * 4), 0)), new Journey(1000, 900, 1)], 2).SecondsPerKm[1].ShouldBe(80, 1);

    [Fact]
    public void Of_TooFew_Throws() => Should.Throw<ArgumentException>(() => JourneyFit.Of([new Journey(1, 1, 0)], 1));
}
