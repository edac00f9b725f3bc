using Pathfinder.Analysis.Intervals;

namespace Pathfinder.Analysis.Tests.Intervals;

public sealed class MeanIntervalTests
{
    [Fact]
    public void Of_FiveValues_IsStudentsInterval()
    {
        // mean 3, s = 1.5811388, se = .70710678, t(4, .975) = 2.7764451.
        var interval = MeanInterval.Of([1, 2, 3, 4, 5])!.Value;

        interval.Mean.ShouldBe(3);
        interval.Se!.Value.ShouldBe(0.70710678, 1e-8);
        interval.Lower!.Value.ShouldBe(3 - (2.7764451 * 0.70710678), 1e-6);
        interval.Upper!.Value.ShouldBe(3 + (2.7764451 * 0.70710678), 1e-6);
        interval.P!.Value.ShouldBe(0.0132, 5e-4);
    }

    [Fact]
    public void Of_OneValueOrNone_HasNoInterval()
    {
        MeanInterval.Of([]).ShouldBeNull();
        MeanInterval.Of([7])!.Value.ShouldBe(new MeanInterval(7, null, null, null, null, 1));
    }

    [Fact]
    public void OfDifferences_MissingPairs_AreLeftOut()
    {
        var interval = MeanInterval.OfDifferences([1, null, 3, 4], [2, 5, 3.5, null])!.Value;

        interval.N.ShouldBe(2);
        interval.Mean.ShouldBe(0.75);
        Should.Throw<ArgumentException>(() => MeanInterval.OfDifferences([1], [1, 2]));
    }

    [Fact]
    public void OfIndependent_UnequalVariances_IsWelchs()
    {
        // Means 3 and 6; variances of the means .5 and 2; degrees of freedom 6.25/(.25/4+4/4) = 5.8824; t = 2.4588 at .975.
        var interval = MeanInterval.OfIndependent([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])!.Value;

        interval.Mean.ShouldBe(3);
        interval.Se!.Value.ShouldBe(Math.Sqrt(2.5), 1e-12);
        interval.Upper!.Value.ShouldBe(3 + (2.4588 * Math.Sqrt(2.5)), 2e-3);
    }
}
