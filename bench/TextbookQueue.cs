using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Bench;

/// <summary>M/M/10 at load 0.8 as a scenario of the engine: one zone, no stage before despatch, no journey.</summary>
internal static class TextbookQueue
{
    public static Scenario Scenario(int days) => new()
    {
        WarmUpSeconds = 0, CountedSeconds = days * 86400, DrainSeconds = 86400, StartHourOfWeek = 0,
        Arrivals = new ArrivalTable([.. Enumerable.Repeat(480.0, 168)], 1), Distances = new DistanceMatrix([0], [0]),
        Travel = new TravelModel([0], [0], [.. Enumerable.Repeat(1.0, 24)], 1, [0], 0), ZoneBorough = [0], BoroughUnit = [0], BoroughGroup = [0],
        GuardUnits = [0], Grades = [new GradeRules { Scene = Duration.Exponential(60) }],
        Groups = [new GroupRules(0, [Duration.None], 0, Duration.None, Duration.None)],
        Shifts = [new ShiftRules(0, 86400, 0, 0, [0], Standing: true)], Teams = 1,
        Crews = [new CrewRules(0, 0, 0, 10, int.MaxValue, 0)], Mode = DespatchMode.Borough, WhenFree = WhenFree.Stay,
    };
}
