using Pathfinder.Engine.Response;
using static Pathfinder.Engine.Tests.Response.Worlds;

namespace Pathfinder.Engine.Tests.Response;

/// <summary>
/// Queues with exact answers, within 3%; the table of the self-test holds the others. Mean service is ten minutes, so that whole
/// seconds do not matter; waits are told in mean service times. Seeds were fixed before the first run.
/// </summary>
public sealed class TheoryTests
{
    private const double Service = 600;
    private const double Tolerance = 0.03;

    [Theory]
    [InlineData(1, 0.8, 4, 800, 24)]
    [InlineData(3, 0.5, 0.1578947368, 300, 6)]
    [InlineData(10, 0.8, 0.2045900754, 150, 8)]
    public void ExponentialServers_ManyArrivals_WaitAsErlangC(int servers, double load, double wait, int days, int replications)
    {
        var runs = Run(Queue(servers, [new Class(servers * load * 6, Duration.Exponential(Service))], days), replications);

        MeanWait(runs, 0).ShouldBe(wait, wait * Tolerance);
    }

    [Fact]
    public void Controllers_AsServers_WaitAsErlangC()
    {
        // The first stage alone: three controllers at half load, and units in plenty.
        var queue = Queue(60, [new Class(9, Duration.Exponential(60))], 200);
        var staged = queue with { Groups = [new GroupRules(3, [Duration.Exponential(Service)], 0, Duration.None, Duration.None)] };

        var runs = Run(staged, 8);

        ((double)runs.Sum(r => r.ControllerWaitSeconds[0]) / runs.Sum(r => r.GroupIncidents[0]) / Service).ShouldBe(0.1578947368, 0.1578947368 * Tolerance);
        ((double)runs.Sum(r => r.Cells[0].ControllerSeconds) / runs.Sum(r => r.Cells[0].Attended) / Service).ShouldBe(1.1578947368, 1.1578947368 * Tolerance);
    }

    [Fact]
    public void Channel_WithStatusMessages_CarriesTheirLoad()
    {
        // Despatch 120 s and status 60 s a deployment at 12 an hour: 0.4 of the channel and 0.2 more.
        var queue = Queue(60, [new Class(12, Duration.Exponential(60))], 200);
        var staged = queue with { Groups = [new GroupRules(0, new Duration[1], 1, Duration.Deterministic(120), Duration.Deterministic(60))] };

        var runs = Run(staged, 4);

        (runs.Sum(r => r.ChannelBusySeconds[0]) / (4 * 200 * 86400.0)).ShouldBe(0.6, 0.6 * Tolerance);
        runs.Sum(r => r.ChannelWaitSeconds[0]).ShouldBeGreaterThan(0);
    }

    private static double MeanWait(List<Kept> runs, int grade) => (double)runs.Sum(r => r.Cells[grade].ResponseSeconds) / runs.Sum(r => r.Cells[grade].Attended) / Service;

    private static List<Kept> Run(Scenario scenario, int replications)
    {
        var runs = new Kept[replications];
        Parallel.For(0, replications, () => new Replica(scenario), (r, _, replica) => { runs[r] = Kept.Of(replica.Run(20170226, r)); return replica; }, _ => { });
        return [.. runs];
    }

    private sealed record Kept(Counts[] Cells, long[] ControllerWaitSeconds, long[] ChannelBusySeconds, long[] ChannelWaitSeconds, long[] GroupIncidents)
    {
        public static Kept Of(Tally t) => new([.. t.Cells], [.. t.ControllerWaitSeconds], [.. t.ChannelBusySeconds], [.. t.ChannelWaitSeconds], [.. t.GroupIncidents]);
    }
}
