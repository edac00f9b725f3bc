using Pathfinder.Engine.Response;
using static Pathfinder.Engine.Tests.Response.Worlds;

namespace Pathfinder.Engine.Tests.Response;

/// <summary>
/// Queues with exact answers, within 3%. Mean service is ten minutes, so that whole seconds do not matter; waits are told in
/// mean service times. Seeds were fixed before the first run.
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
    public void TenServers_ShareWaitingLongerThanHalfAService_IsAsErlangC()
    {
        var runs = Run(Queue(10, [new Class(48, Duration.Exponential(Service), TargetMinutes: 5)], 150), 8);

        (1 - ((double)runs.Sum(r => r.InTarget[0]) / runs.Sum(r => r.Needing[0]))).ShouldBe(0.15052897, 0.15052897 * Tolerance);
    }

    [Fact]
    public void ThreePoolsOfTen_MadeOne_WaitASeventhAsLong()
    {
        var apart = Run(Queue(10, [new Class(48, Duration.Exponential(Service))], 60, boroughs: 3), 6);
        var pooled = Run(Queue(10, [new Class(48, Duration.Exponential(Service))], 120, boroughs: 3, onePool: true), 6);

        ((double)apart.Sum(r => r.ResponseSeconds.Sum()) / apart.Sum(r => r.Attended.Sum()) / Service).ShouldBe(0.20459008, 0.20459008 * Tolerance);
        ((double)pooled.Sum(r => r.ResponseSeconds.Sum()) / pooled.Sum(r => r.Attended.Sum()) / Service).ShouldBe(0.02881034, 0.02881034 * Tolerance);
    }

    [Fact]
    public void OneServer_DeterministicService_WaitsAsPollaczekKhinchine()
    {
        var runs = Run(Queue(1, [new Class(4.8, Duration.Deterministic(Service))], 800), 12);

        MeanWait(runs, 0).ShouldBe(2, 2 * Tolerance);
    }

    [Fact]
    public void OneServer_VariableService_WaitsAsPollaczekKhinchine()
    {
        // Lognormal with squared coefficient of variation 4: sigma squared = ln 5.
        var runs = Run(Queue(1, [new Class(4.8, Duration.Lognormal(Service, Math.Sqrt(Math.Log(5))))], 2500), 16);

        MeanWait(runs, 0).ShouldBe(10, 10 * Tolerance);
    }

    [Theory]
    [InlineData(1, 0.25, 1, 5, 1000, 16)]
    [InlineData(10, 0.3, 0.0538394935, 0.2691974676, 150, 8)]
    public void TwoClasses_FirstBeforeSecond_WaitAsCobham(int servers, double firstShare, double first, double second, int days, int replications)
    {
        var perHour = servers * 0.8 * 6;
        var runs = Run(
            Queue(servers, [new Class(perHour * firstShare, Duration.Exponential(Service)), new Class(perHour * (1 - firstShare), Duration.Exponential(Service))], days),
            replications);

        MeanWait(runs, 0).ShouldBe(first, first * Tolerance);
        MeanWait(runs, 1).ShouldBe(second, second * Tolerance);
    }

    [Fact]
    public void Controllers_AsServers_WaitAsErlangC()
    {
        // The first stage alone: three controllers at half load, and units in plenty.
        var queue = Queue(60, [new Class(9, Duration.Exponential(60))], 200);
        var staged = WithGroup(queue, new GroupRules(3, [Duration.Exponential(Service)], 0, Duration.None, Duration.None));

        var runs = Run(staged, 8);

        ((double)runs.Sum(r => r.ControllerWaitSeconds[0]) / runs.Sum(r => r.GroupIncidents[0]) / Service).ShouldBe(0.1578947368, 0.1578947368 * Tolerance);
        ((double)runs.Sum(r => r.ControllerSeconds[0]) / runs.Sum(r => r.Attended[0]) / Service).ShouldBe(1.1578947368, 1.1578947368 * Tolerance);
    }

    [Fact]
    public void Channel_WithStatusMessages_CarriesTheirLoad()
    {
        // Despatch 120 s and status 60 s a deployment at 12 an hour: 0.4 of the channel and 0.2 more.
        var queue = Queue(60, [new Class(12, Duration.Exponential(60))], 200);
        var staged = WithGroup(queue, new GroupRules(0, new Duration[1], 1, Duration.Deterministic(120), Duration.Deterministic(60)));

        var runs = Run(staged, 4);

        (runs.Sum(r => r.ChannelBusySeconds[0]) / (4 * 200 * 86400.0)).ShouldBe(0.6, 0.6 * Tolerance);
        runs.Sum(r => r.ChannelWaitSeconds[0]).ShouldBeGreaterThan(0);
    }

    private static Scenario WithGroup(Scenario s, GroupRules group) => new()
    {
        WarmUpSeconds = s.WarmUpSeconds, CountedSeconds = s.CountedSeconds, DrainSeconds = s.DrainSeconds, StartHourOfWeek = s.StartHourOfWeek,
        Arrivals = s.Arrivals, Distances = s.Distances, Travel = s.Travel, ZoneBorough = s.ZoneBorough, BoroughUnit = s.BoroughUnit,
        BoroughGroup = s.BoroughGroup, GuardUnits = s.GuardUnits, Grades = s.Grades, Groups = [group], Shifts = s.Shifts, Teams = s.Teams,
        Crews = s.Crews, Mode = s.Mode, WhenFree = s.WhenFree,
    };

    private static double MeanWait(List<Counts> runs, int grade) => (double)runs.Sum(r => r.ResponseSeconds[grade]) / runs.Sum(r => r.Attended[grade]) / Service;

    private static List<Counts> Run(Scenario scenario, int replications)
    {
        var runs = new Counts[replications];
        Parallel.For(0, replications, () => new Replica(scenario), (r, _, replica) => { runs[r] = Counts.Of(replica.Run(20170226, r)); return replica; }, _ => { });
        return [.. runs];
    }

    private sealed record Counts(
        long[] Needing, long[] Attended, long[] InTarget, long[] ResponseSeconds, long[] ControllerSeconds,
        long[] ControllerWaitSeconds, long[] ChannelBusySeconds, long[] ChannelWaitSeconds, long[] GroupIncidents)
    {
        public static Counts Of(Tally t) => new(
            [.. t.Needing], [.. t.Attended], [.. t.InTarget], [.. t.ResponseSeconds], [.. t.ControllerSeconds],
            [.. t.ControllerWaitSeconds], [.. t.ChannelBusySeconds], [.. t.ChannelWaitSeconds], [.. t.GroupIncidents]);
    }
}
