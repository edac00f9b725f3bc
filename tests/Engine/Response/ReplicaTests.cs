using Pathfinder.Engine.Response;

namespace Pathfinder.Engine.Tests.Response;

public sealed class ReplicaTests
{
    [Theory]
    [InlineData(DespatchMode.Borough, WhenFree.Base, 1.0)]
    [InlineData(DespatchMode.CommandUnit, WhenFree.Stay, 1.5)]
    [InlineData(DespatchMode.BoroughThenCommandUnit, WhenFree.Home, 1.5)]
    [InlineData(DespatchMode.ForceWide, WhenFree.Base, 2.5)]
    public void Run_EveryMechanismAtWork_KeepsItsInvariants(DespatchMode mode, WhenFree whenFree, double load)
    {
        var replica = new Replica(Worlds.Busy(mode: mode, whenFree: whenFree, load: load)) { Trace = new List<TraceLine>() };
        var tally = replica.Run(11, 0);
        var trace = (List<TraceLine>)replica.Trace;

        var created = trace.Where(l => l.Kind == TraceKind.Created).Select(l => l.Incident).ToList();
        var telephone = trace.Where(l => l.Kind == TraceKind.Telephone).Select(l => l.Incident).ToHashSet();
        var closed = trace.Where(l => l.Kind == TraceKind.Closed).Select(l => l.Incident).ToList();
        var attended = trace.Where(l => l.Kind == TraceKind.Attended).Select(l => l.Incident).ToList();
        created.ShouldBe(Enumerable.Range(0, created.Count), "incidents are numbered in order");
        closed.Count.ShouldBe(closed.Distinct().Count(), "an incident closes once");
        attended.Count.ShouldBe(attended.Distinct().Count(), "an incident is attended first once");
        closed.ShouldBeSubsetOf(attended);
        closed.ShouldAllBe(i => !telephone.Contains(i));

        trace.Zip(trace.Skip(1)).ShouldAllBe(p => p.First.Time <= p.Second.Time);
        tally.Cells.Sum(c => c.Needing).ShouldBe((int)tally.Incidents - tally.Cells.Sum(c => c.Telephone), "whoever is not helped by telephone needs attendance");
        tally.Cells.Sum(c => c.Attended).ShouldBe(tally.ResponseHistogram.Sum() + tally.Longs);
        tally.Cells.Sum(c => c.ResponseSeconds).ShouldBe(tally.ResponseHistogram.Select((n, i) => (long)n * (i % Tally.Fine)).Sum() + tally.LongSeconds.Take(tally.Longs).Sum(s => (long)s));
        tally.Cells.ShouldAllBe(c => c.ControllerSeconds + c.ChannelSeconds + c.InspectorSeconds + c.TravelSeconds <= c.ResponseSeconds);
    }

    [Fact]
    public void Run_EveryUnit_IsInOnePlaceAtATime()
    {
        var replica = new Replica(Worlds.Busy(load: 1.6)) { Trace = new List<TraceLine>() };
        replica.Run(12, 0);
        var trace = (List<TraceLine>)replica.Trace;
        var allowed = new Dictionary<UnitState, UnitState[]>
        {
            [UnitState.OffDuty] = [UnitState.Briefing],
            [UnitState.Briefing] = [UnitState.Available, UnitState.Guard, UnitState.Travelling, UnitState.CaseWork, UnitState.OffDuty, UnitState.Meal],
            [UnitState.Available] = [UnitState.Travelling, UnitState.Meal, UnitState.OffDuty],
            [UnitState.Travelling] = [UnitState.AtScene, UnitState.Travelling, UnitState.Available, UnitState.CaseWork, UnitState.OffDuty, UnitState.Meal],
            [UnitState.AtScene] = [UnitState.Custody, UnitState.CaseWork, UnitState.Available, UnitState.Travelling, UnitState.OffDuty, UnitState.Meal],
            [UnitState.Custody] = [UnitState.CaseWork, UnitState.Available, UnitState.Travelling, UnitState.OffDuty, UnitState.Meal],
            [UnitState.CaseWork] = [UnitState.CaseWork, UnitState.Travelling, UnitState.Available, UnitState.OffDuty, UnitState.Meal],
            [UnitState.Guard] = [UnitState.OffDuty],
            [UnitState.Meal] = [UnitState.Available, UnitState.Travelling, UnitState.CaseWork, UnitState.OffDuty],
        };

        var seen = new HashSet<UnitState>();
        foreach (var unit in trace.Where(l => l.Kind == TraceKind.Unit).GroupBy(l => l.Unit))
        {
            var state = UnitState.OffDuty;
            foreach (var line in unit)
            {
                allowed[state].ShouldContain((UnitState)line.Value, $"unit {unit.Key} at {line.Time} from {state}");
                state = (UnitState)line.Value;
                seen.Add(state);
            }
        }

        seen.Count.ShouldBe(9, "a world in which a state is never entered proves nothing about it");
        trace.ShouldContain(l => l.Kind == TraceKind.Withdrawn);
    }

    [Fact]
    public void Run_UnitTakenOnItsWay_TurnsAtOnceToTheMoreUrgentFromWhereItIs()
    {
        var world = Worlds.Busy(load: 1.6);
        var replica = new Replica(world) { Trace = new List<TraceLine>() };
        replica.Run(12, 0);
        var trace = (List<TraceLine>)replica.Trace;
        var grade = trace.Where(l => l.Kind == TraceKind.Created).ToDictionary(l => l.Incident, l => l.Value);
        var legs = new Dictionary<int, TraceLine>();
        var redirected = 0;
        var mid = 0;
        for (var i = 0; i < trace.Count; i++)
        {
            var line = trace[i];
            if (line.Kind == TraceKind.Leg)
            {
                legs[line.Unit] = line;
            }

            if (line.Kind != TraceKind.Withdrawn || line.Value < 0 || !legs.TryGetValue(line.Unit, out var was) || was.Incident != line.Incident || was.Time + was.Seconds <= line.Time)
            {
                continue;
            }

            redirected++;
            grade[line.Value].ShouldBeLessThan(grade[line.Incident]);
            var sent = trace.Skip(i + 1).First(l => l.Unit == line.Unit && l.Kind == TraceKind.Despatched);
            (sent.Time, sent.Incident).ShouldBe((line.Time, line.Value));
            var now = trace.Skip(i + 1).First(l => l.Unit == line.Unit && l.Kind == TraceKind.Leg);
            now.Value.ShouldBeOneOf(was.Value, was.Other);
            var done = (double)(line.Time - was.Time) / was.Seconds;
            var metres = ((1 - done) * world.Distances.Metres(was.Value, now.Other)) + (done * world.Distances.Metres(was.Other, now.Other));
            sent.Other.ShouldBeInRange((int)metres - 20, (int)metres + 20);
            mid += done is > 0 and < 1 && was.Value != was.Other ? 1 : 0;
            trace.Skip(i + 1).First(l => l.Incident == line.Incident && l.Kind is TraceKind.Waits or TraceKind.Despatched or TraceKind.Attended or TraceKind.Closed).Time.ShouldBeGreaterThanOrEqualTo(line.Time);
        }

        redirected.ShouldBeGreaterThan(5);
        mid.ShouldBeGreaterThan(0, "a world in which nobody turns between two zones proves nothing about it");
    }

    [Fact]
    public void Run_Again_GivesTheSameWhateverRanBefore()
    {
        var scenario = Worlds.Busy();
        var fresh = Lines(new Replica(scenario), 3);
        var used = new Replica(scenario);
        used.Run(99, 7);

        Lines(used, 3).ShouldBe(fresh);
        Lines(used, 4).ShouldNotBe(fresh);
    }

    [Fact]
    public void Run_TwoPolicies_MeetTheSameIncidents()
    {
        var one = Lines(new Replica(Worlds.Busy(mode: DespatchMode.Borough)), 5).Where(l => l.Kind == TraceKind.Created);
        var other = Lines(new Replica(Worlds.Busy(mode: DespatchMode.ForceWide, crews: 12)), 5).Where(l => l.Kind == TraceKind.Created);
        var until = 9 * 86400;

        one.Where(l => l.Time < until).ShouldBe(other.Where(l => l.Time < until));
    }

    [Fact]
    public void Run_MoreUnits_NeverHurtBeyondNoise()
    {
        double InTarget(int crews)
        {
            var replica = new Replica(Worlds.Busy(crews, DespatchMode.CommandUnit, days: 14));
            double inTarget = 0, needing = 0;
            for (var r = 0; r < 6; r++)
            {
                var tally = replica.Run(21, r);
                inTarget += tally.Cells.Sum(c => c.InTarget);
                needing += tally.Cells[0].Needing + tally.Cells[1].Needing + tally.Cells[3].Needing + tally.Cells[4].Needing;
            }

            return inTarget / needing;
        }

        var shares = new[] { 5, 6, 8, 11, 15 }.Select(InTarget).ToList();

        shares.Zip(shares.Skip(1)).ShouldAllBe(p => p.Second > p.First - 0.005);
        shares[^1].ShouldBeGreaterThan(shares[0] + 0.05);
    }

    [Fact]
    public void Run_UnitTime_AddsUpToTheShiftsPlanned()
    {
        // No absence or overtime: three shifts of 9.5 hours a day and borough, seven crews each.
        var busy = Worlds.Busy(load: 0.0001);
        var tally = new Replica(busy).Run(1, 0);

        var paraded = tally.UnitSeconds.Where((_, i) => i % Tally.States != (int)UnitState.OffDuty).Sum();
        var planned = 2 * 3 * 7 * 34200L * 7;
        ((double)paraded / planned).ShouldBe(0.9, 0.05);
        tally.OvertimeSeconds.Sum().ShouldBeLessThan(36000);
        (tally.UnitSeconds.Sum() / (tally.UnitSeconds.Length / Tally.States) > 0).ShouldBeTrue();
    }

    [Fact]
    public void Run_AfterTheFirst_AllocatesAlmostNothing()
    {
        var replica = new Replica(Worlds.Busy(days: 21));
        replica.Run(1, 0);
        replica.Run(1, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var events = replica.Run(1, 0).Events;

        events.ShouldBeGreaterThan(20_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2_000, "nothing is allocated an event");
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Should.Throw<OperationCanceledException>(() => new Replica(Worlds.Busy()).Run(1, 0, source.Token));
    }

    private static List<TraceLine> Lines(Replica replica, int replication)
    {
        var lines = new List<TraceLine>();
        replica.Trace = lines;
        replica.Run(8, replication);
        replica.Trace = null;
        return lines;
    }
}
