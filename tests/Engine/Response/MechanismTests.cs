using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Engine.Tests.Response;

/// <summary>One mechanism at a time, in worlds small enough to reckon by hand.</summary>
public sealed class MechanismTests
{
    [Fact]
    public void Kinds_TwoTypesOfOneGrade_TakeTheirSharesOfSceneTime()
    {
        var world = Worlds.Queue(50, [new(30, Duration.Deterministic(1))], days: 60);
        var tally = new Replica(world with
        {
            Kinds = new IncidentKinds(
                [world.Grades[0] with { Scene = Duration.Deterministic(600) }, world.Grades[0] with { Scene = Duration.Deterministic(1800) }], [0, 2], [0.25, 1]),
        }).Run(1, 0);

        var cell = tally.Cells[0];
        cell.Cleared.ShouldBeGreaterThan(cell.Needing - 40, "the run ends when all are attended");
        var shorter = ((1800.0 * cell.Cleared) - cell.ClearedSeconds) / 1200 / cell.Cleared;
        shorter.ShouldBe(0.25, 0.01);
    }

    [Fact]
    public void Kinds_RulesOfOneBorough_LeaveTheOtherAsItWas()
    {
        var world = Worlds.Queue(2, [new(1, Duration.Exponential(3000), TargetMinutes: 15)], days: 30, boroughs: 2);
        var before = new Replica(world).Run(5, 0);
        var (mine, theirs) = (before.Cells[0], before.Cells[1]);
        var after = new Replica(world with
        {
            Kinds = new IncidentKinds([world.Grades[0], world.Grades[0] with { TelephoneShare = 0.5 }], [0, 1, 2], [1, 1]),
        }).Run(5, 0);

        after.Cells[0].ShouldBe(mine);
        (after.Cells[1].Telephone / (double)theirs.Needing).ShouldBe(0.5, 0.06);
        after.Cells[1].Needing.ShouldBe(theirs.Needing - after.Cells[1].Telephone);
        after.Cells[1].InTarget.ShouldNotBe(theirs.InTarget);
    }

    [Fact]
    public void Kinds_OfWhichOnePreEmpts_AreRefused()
    {
        var world = Worlds.Queue(2, [new(1, Duration.Exponential(3000))], days: 1);

        Should.Throw<ArgumentException>(() => new Replica(world with { Kinds = new IncidentKinds([world.Grades[0] with { PreEmpts = true }], [0, 1], [1]) }))
            .Message.ShouldContain("pre-empt");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Queue_FirstUnitFirst_SendsASecondUnitOnlyWhereNobodyWaitsForAFirst(bool firstUnitFirst)
    {
        var world = Worlds.Queue(6, [new(6, Duration.Exponential(1500))], days: 20);
        var replica = new Replica(world with
        {
            FirstUnitFirst = firstUnitFirst,
            Grades = [world.Grades[0] with { UnitsNeeded = [0.5, 1] }],
        })
        {
            Trace = new List<TraceLine>(),
        };
        var tally = replica.Run(3, 0);

        var sent = new Dictionary<int, int>();
        var waiting = new HashSet<int>();
        var passedOver = 0;
        foreach (var line in (List<TraceLine>)replica.Trace)
        {
            switch (line.Kind)
            {
                case TraceKind.Waits when sent.GetValueOrDefault(line.Incident) == 0:
                    waiting.Add(line.Incident);
                    break;
                case TraceKind.Despatched:
                    waiting.Remove(line.Incident);
                    passedOver += sent.GetValueOrDefault(line.Incident) > 0 && waiting.Count > 0 ? 1 : 0;
                    sent[line.Incident] = sent.GetValueOrDefault(line.Incident) + 1;
                    break;
                default:
                    break;
            }
        }

        tally.Cells[0].FoundNone.ShouldBeGreaterThan(500);
        (passedOver > 0).ShouldBe(!firstUnitFirst);
    }

    [Fact]
    public void Kilometres_ThereAndBackToBase_AreBothCounted()
    {
        var world = Worlds.Queue(1, [new(0.05, Duration.Deterministic(600))], days: 200, boroughs: 1);
        var tally = new Replica(world with
        {
            Arrivals = new ArrivalTable([.. Enumerable.Range(0, 168).SelectMany(_ => new[] { 0.0, 0.05 })], 2),
            Distances = new DistanceMatrix([0, 5000, 5000, 0], [0, 0]),
            Travel = new TravelModel([0], [0.1], [.. Enumerable.Repeat(1.0, 24)], 1, new byte[2], 0),
            ZoneBorough = [0, 0],
            WhenFree = WhenFree.Base,
        }).Run(1, 0);

        tally.Cells[0].Attended.ShouldBeGreaterThan(150);
        var journeys = (tally.Metres[0] / 5000, tally.OtherMetres[0] / 5000);
        journeys.Item1.ShouldBeInRange(tally.Cells[0].Attended - 6, tally.Cells[0].Attended + 1, "but for the few that an incident met on the way back");
        journeys.Item2.ShouldBeInRange(tally.Cells[0].Attended - 6, tally.Cells[0].Attended + 1);
    }

    [Fact]
    public void Guards_OfAUnit_AreSharedInProportionToTheCrewsThatParade()
    {
        var world = Worlds.Busy();
        var tally = new Replica(world with
        {
            GuardUnits = [3],
            Crews = [.. world.Crews.Select(row => row with { Crews = row.Borough == 0 ? 16 : 8, Vehicles = 99, AbsenceShare = 0 })],
        }).Run(1, 0);

        var guard = Enumerable.Range(0, 2).Select(b => tally.UnitSeconds[(b * Tally.States) + (int)UnitState.Guard]).ToList();
        guard[0].ShouldBe(2 * guard[1]);
        guard[1].ShouldBeGreaterThan(0);
    }
}
