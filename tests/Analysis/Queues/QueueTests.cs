using Pathfinder.Analysis.Queues;

namespace Pathfinder.Analysis.Tests.Queues;

/// <summary>Published and hand-computed answers.</summary>
public sealed class QueueTests
{
    [Fact]
    public void ErlangQueue_PublishedCases_AreMet()
    {
        ErlangQueue.ShareWaiting(1, 0.8).ShouldBe(0.8, 1e-12);
        ErlangQueue.MeanWait(1, 0.8).ShouldBe(4, 1e-12);
        ErlangQueue.ShareWaiting(3, 1.5).ShouldBe(0.2368421053, 1e-9);
        ErlangQueue.MeanWait(3, 1.5).ShouldBe(0.1578947368, 1e-9);
        ErlangQueue.ShareWaiting(10, 8).ShouldBe(0.4091801508, 1e-9);
        ErlangQueue.MeanWait(10, 8).ShouldBe(0.2045900754, 1e-9);
        ErlangQueue.ShareWaitingLonger(10, 8, 0.5).ShouldBe(0.15052897, 1e-8);
        ErlangQueue.MeanWait(30, 24).ShouldBe(0.02881034, 1e-8);
        ErlangQueue.ShareLost(10, 8).ShouldBe(0.1216610643, 1e-9);
        ErlangQueue.ShareWaiting(2, 3).ShouldBe(1);
        ErlangQueue.MeanWait(2, 3).ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData(5, 8, 9, 10)]
    [InlineData(10, 14, 16, 17)]
    [InlineData(20, 26, 27, 29)]
    [InlineData(50, 58, 61, 64)]
    public void SmallestServers_ThreeShares_AreAsPublished(double load, int fifth, int tenth, int twentieth)
    {
        ErlangQueue.SmallestServers(load, 0.2).ShouldBe(fifth);
        ErlangQueue.SmallestServers(load, 0.1).ShouldBe(tenth);
        ErlangQueue.SmallestServers(load, 0.05).ShouldBe(twentieth);
    }

    [Fact]
    public void Others_PublishedCases_AreMet()
    {
        SingleServerQueue.MeanWait(0.8, 0).ShouldBe(2, 1e-12);
        SingleServerQueue.MeanWait(0.8, 4).ShouldBe(10, 1e-12);
        PriorityQueue.MeanWaits(1, [0.2, 0.6]).ShouldBe([1, 5], 1e-12);
        PriorityQueue.MeanWaits(10, [2.4, 5.6]).ShouldBe([0.0538394935, 0.2691974676], 1e-9);
        PriorityQueue.MeanTimesWithPreemption([0.2, 0.6]).ShouldBe([1.25, 6.25], 1e-12);
        NearestUnit.MeanDistance(100, 25).ShouldBe(1);
        Should.Throw<ArgumentException>(() => PriorityQueue.MeanWaits(1, [0.5, 0.5]));
    }

    [Fact]
    public void Hypercube_ThreeUnitsOfTheTextbook_AreMet()
    {
        var solved = Hypercube.Of(3, [new([0, 1, 2], 0.5), new([0, 2, 1], 0.25), new([1, 0, 2], 0.35), new([2, 0, 1], 0.4)]);

        solved.Workloads.ShouldBe([0.5574, 0.4734, 0.4693], 5e-5);
        solved.ShareWaiting.ShouldBe(ErlangQueue.ShareWaiting(3, 1.5), 1e-12);
        Should.Throw<ArgumentException>(() => Hypercube.Of(2, [new([0], 0.5)]));
    }
}
