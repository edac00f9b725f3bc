using Pathfinder.Engine.Geography;
using Pathfinder.Engine.Response;
using Pathfinder.Engine.Travel;

namespace Pathfinder.Engine.Tests.Response;

/// <summary>Small worlds, built by hand.</summary>
internal static class Worlds
{
    /// <summary>One grade of a textbook queue.</summary>
    public sealed record Class(double PerHour, Duration Service, double TargetMinutes = -1);

    /// <summary>
    /// A textbook queue: zones without distance, one borough each, servers that are always there. With one pool the servers
    /// of all boroughs serve all.
    /// </summary>
    public static Scenario Queue(int servers, Class[] classes, int days, int boroughs = 1, bool onePool = false, int warmUpDays = 5)
    {
        var grades = classes.Length;
        var rates = new double[168 * boroughs * grades];
        for (var i = 0; i < rates.Length; i++)
        {
            rates[i] = classes[i % grades].PerHour;
        }

        return new Scenario
        {
            WarmUpSeconds = warmUpDays * 86400,
            CountedSeconds = days * 86400,
            DrainSeconds = 86400,
            StartHourOfWeek = 0,
            Arrivals = new ArrivalTable(rates, boroughs * grades),
            Distances = new DistanceMatrix(new double[boroughs * boroughs], new double[boroughs]),
            Travel = new TravelModel(new double[grades], new double[grades], [.. Enumerable.Repeat(1.0, 24 * grades)], 1, new byte[boroughs], 0),
            ZoneBorough = [.. Enumerable.Range(0, boroughs)],
            BoroughUnit = new int[boroughs],
            BoroughGroup = new int[boroughs],
            GuardUnits = [0],
            Grades = [.. classes.Select(c => new GradeRules { Scene = c.Service, TargetSeconds = c.TargetMinutes < 0 ? -1 : (int)(c.TargetMinutes * 60) })],
            Groups = [new GroupRules(0, new Duration[grades], 0, Duration.None, Duration.None)],
            Shifts = [new ShiftRules(0, 86400, 0, 0, [0], Standing: true)],
            Teams = 1,
            Crews = [.. Enumerable.Range(0, boroughs).Select(b => new CrewRules(b, b, 0, servers, int.MaxValue, 0))],
            Mode = onePool ? DespatchMode.ForceWide : DespatchMode.Borough,
            WhenFree = WhenFree.Stay,
        };
    }

    /// <summary>
    /// Two boroughs of two zones each, three shifts and five teams, with every mechanism at work: controllers, a channel,
    /// several units an incident, custody, case work, telephone, pre-emption, meals, guards, absence, vehicles.
    /// </summary>
    public static Scenario Busy(int crews = 7, DespatchMode mode = DespatchMode.BoroughThenCommandUnit, int days = 7, WhenFree whenFree = WhenFree.Base, double load = 1)
    {
        double[] perHour = [0.8, 1.0, 0.3];
        var rates = new double[168 * 4 * 3];
        for (var i = 0; i < rates.Length; i++)
        {
            rates[i] = load * perHour[i % 3] * (i / 12 % 24 is < 6 ? 0.5 : 1.2);
        }

        int[] cycle = [0, 0, 1, 1, 2, 2, -1, -1, -1, -1];
        ShiftRules Shift(int index, int start) => new(
            start * 3600, 34200, 1200, 2400,
            [.. Enumerable.Range(0, 10).Select(day => Enumerable.Range(0, 5).Single(k => cycle[(day - (2 * k) + 10) % 10] == index))], Standing: false);

        GradeRules Grade(int index) => new()
        {
            TargetSeconds = index == 2 ? -1 : index == 0 ? 900 : 3600,
            Scene = Duration.Lognormal(3000, 0.7),
            UnitsNeeded = index == 0 ? [0.5, 0.8, 1] : [0.9, 1],
            ArrestProbability = 0.1,
            Custody = Duration.Lognormal(9000, 0.4),
            TelephoneShare = index == 0 ? 0 : 0.3,
            PassBackShare = 0.2,
            PassBackAfterSeconds = 3600,
            CaseWorkProbability = 0.3,
            CaseWork = Duration.Exponential(3000),
            PreEmpts = index == 0,
            WidenAfterSeconds = index == 0 ? 300 : 1200,
        };

        double[] metres = [0, 2000, 4000, 5000, 2000, 0, 3000, 4000, 4000, 3000, 0, 2500, 5000, 4000, 2500, 0];
        return new Scenario
        {
            WarmUpSeconds = 2 * 86400,
            CountedSeconds = days * 86400,
            DrainSeconds = 86400,
            StartHourOfWeek = 48,
            Arrivals = new ArrivalTable(rates, 12),
            Distances = new DistanceMatrix(metres, [2, 2, 2, 2]),
            Travel = new TravelModel([60, 90, 90], [0.07, 0.12, 0.12], [.. Enumerable.Repeat(1.0, 72)], 1, new byte[4], 0.3),
            ZoneBorough = [0, 0, 1, 1],
            BoroughUnit = [0, 0],
            BoroughGroup = [0, 0],
            GuardUnits = [1],
            Grades = [Grade(0), Grade(1), Grade(2)],
            Groups = [new GroupRules(2, [Duration.Exponential(180), Duration.Exponential(240), Duration.Exponential(240)], 1, Duration.Exponential(60), Duration.Exponential(40))],
            Shifts = [Shift(0, 6), Shift(1, 14), Shift(2, 22)],
            Teams = 5,
            Crews =
            [
                .. Enumerable.Range(0, 3).SelectMany(shift => new[]
                {
                    new CrewRules(0, 0, shift, crews, crews + 1, 0.1), new CrewRules(3, 1, shift, crews, crews, 0.1),
                }),
            ],
            Mode = mode,
            WhenFree = whenFree,
        };
    }
}
