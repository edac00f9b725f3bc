using Pathfinder.Engine.Numerics;

namespace Pathfinder.Engine.Tests.Numerics;

public sealed class RandomStreamTests
{
    [Fact]
    public void Bits_SameKeys_AreTheSameWheneverAsked()
    {
        var stream = RandomStream.Of(42, 3).At(17);

        stream.Bits(5).ShouldBe(RandomStream.Of(42, 3).At(17).Bits(5));
        stream.Bits(5).ShouldNotBe(stream.Bits(6));
        stream.Bits(5).ShouldNotBe(RandomStream.Of(42, 3).At(18).Bits(5));
        stream.Bits(5).ShouldNotBe(RandomStream.Of(42, 4).At(17).Bits(5));
        stream.Bits(5).ShouldNotBe(RandomStream.Of(43, 3).At(17).Bits(5));
    }

    [Fact]
    public void Uniform_OverIncidentsAndPurposes_FillsAHundredBinsEvenly()
    {
        var root = RandomStream.Of(1, 0).At(0);
        var bins = new int[100];
        for (var incident = 0UL; incident < 20_000; incident++)
        {
            for (var purpose = 0; purpose < 10; purpose++)
            {
                bins[(int)(root.At(incident).Uniform(purpose) * 100)]++;
            }
        }

        // Chi squared with 99 degrees of freedom: 99.99% quantile 161.
        bins.Sum(n => (n - 2000.0) * (n - 2000.0) / 2000.0).ShouldBeLessThan(161);
    }

    [Fact]
    public void Uniform_OfNeighbours_IsUncorrelated()
    {
        var root = RandomStream.Of(9, 9);
        double incidents = 0, purposes = 0;
        const int N = 100_000;
        for (var i = 0UL; i < N; i++)
        {
            var here = root.At(i).Uniform(0) - 0.5;
            incidents += here * (root.At(i + 1).Uniform(0) - 0.5);
            purposes += here * (root.At(i).Uniform(1) - 0.5);
        }

        Math.Abs(incidents / N * 12).ShouldBeLessThan(0.015);
        Math.Abs(purposes / N * 12).ShouldBeLessThan(0.015);
    }

    [Fact]
    public void Exponential_AndNormal_HaveTheirMoments()
    {
        var root = RandomStream.Of(5, 5);
        double sum = 0, squares = 0, exponential = 0;
        const int N = 200_000;
        for (var i = 0UL; i < N; i++)
        {
            var z = root.At(i).Normal(0);
            sum += z;
            squares += z * z;
            exponential += root.At(i).Exponential(1);
        }

        (sum / N).ShouldBe(0, 0.01);
        (squares / N).ShouldBe(1, 0.015);
        (exponential / N).ShouldBe(1, 0.01);
    }

    [Fact]
    public void AliasTable_UnevenWeights_DrawsInProportion()
    {
        double[] weights = [0, 5, 1, 0.5, 3.5];
        var table = new AliasTable(weights);
        var counts = new int[5];
        for (var i = 0UL; i < 200_000; i++)
        {
            counts[table.Pick(RandomStream.Of(1, 1).At(i).Bits(0))]++;
        }

        counts[0].ShouldBe(0);
        for (var i = 1; i < 5; i++)
        {
            (counts[i] / 20_000.0).ShouldBe(weights[i], 0.06);
        }

        Should.Throw<ArgumentException>(() => new AliasTable([0, 0]));
        Should.Throw<ArgumentException>(() => new AliasTable([1, -1]));
    }
}
