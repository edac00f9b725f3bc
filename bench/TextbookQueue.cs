using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Bench;

/// <summary>Scenarios of the engine that are a textbook's.</summary>
internal static class TextbookQueue
{
    /// <summary>Ten of many units busy, the others free where they last cleared: what an incident costs is to find the nearest.</summary>
    public static Scenario Nearest(int units, int days)
    {
        const int zones = 983;
        var metres = new double[zones * zones];
        for (var i = 0; i < metres.Length; i++)
        {
            metres[i] = i / zones == i % zones ? 0 : 500 + (i * 2654435761L % 30000);
        }

        return Scenario(days) with
        {
            Arrivals = new ArrivalTable([.. Enumerable.Repeat(600.0 / zones, 168 * zones)], zones), Distances = new DistanceMatrix(metres, new double[zones]),
            Travel = new TravelModel([1], [1e-6], [.. Enumerable.Repeat(1.0, 24)], 1, new byte[zones], 0), ZoneBorough = new int[zones],
            Crews = [.. Enumerable.Range(0, units).Select(unit => new CrewRules(unit * 7 % zones, 0, 0, 1, int.MaxValue, 0))],
        };
    }

    /// <summary>M/M/10 at load 0.8: one zone, no stage before despatch, no journey.</summary>
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
