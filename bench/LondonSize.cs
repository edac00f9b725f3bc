using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Bench;

/// <summary>A force of London's size with synthetic coordinates: 983 zones, 32 boroughs, about 3,300 incidents a day, five teams.</summary>
internal static class LondonSize
{
    private const int Boroughs = 32;

    /// <summary>
    /// The scenario with so many command units (32, or fewer with neighbours together) for so many days; other incidents,
    /// crews and zones than London's where given.
    /// </summary>
    public static ScenarioFile Scenario(int commandUnits, int days, double incidents = 1, double crews = 1, int zones = 983)
    {
        var boroughOf = Enumerable.Range(0, zones).Select(z => z * Boroughs / zones).ToArray();
        var points = Enumerable.Range(0, zones).Select(z => Point(z, boroughOf[z])).ToArray();
        var metres = points.Select(a => (IReadOnlyList<double>)[.. points.Select(b => Math.Round(1.3 * Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)))))]).ToArray();
        (string Code, double PerDay)[] grades = [("I", 1320), ("S", 1670), ("E", 320)];
        double[] shape = [.55, .45, .40, .35, .30, .35, .45, .65, .85, .95, 1, 1.05, 1.1, 1.1, 1.1, 1.15, 1.25, 1.35, 1.45, 1.5, 1.5, 1.4, 1.1, .8];
        var sum = shape.Sum();
        var rates =
            from z in Enumerable.Range(0, zones)
            from g in grades
            select new ScenarioRate($"Z{z}", g.Code, [.. Enumerable.Range(0, 168).Select(h => incidents * g.PerDay / zones * shape[h % 24] / sum * (0.5 + (z * 7919 % 100 / 100.0)))]);

        ScenarioDuration Lognormal(double minutes, double sigma = 0.7) => new("lognormal", minutes, sigma);
        ScenarioDuration Exponential(double minutes) => new("exponential", minutes);
        string[] shifts = ["early", "late", "night"];
        var units = Enumerable.Range(0, Boroughs).GroupBy(b => b * commandUnits / Boroughs).Select(g => g.Select(b => $"B{b}").ToArray()).ToArray();
        return new ScenarioFile
        {
            Schema = ScenarioFile.CurrentSchema,
            Name = "London's size",
            Days = days,
            WarmUpDays = 1,
            Boroughs = [.. Enumerable.Range(0, Boroughs).Select(b => new ScenarioBorough($"B{b}", $"Borough {b}"))],
            Zones = [.. Enumerable.Range(0, zones).Select(z => new ScenarioZone($"Z{z}", $"B{boroughOf[z]}", 1.6))],
            Travel = new ScenarioTravel
            {
                Metres = metres,
                Sigma = 0.3,
                Profiles =
                [
                    new ScenarioTravelProfile("I", 60, new Dictionary<string, double> { ["inner"] = 75 }),
                    new ScenarioTravelProfile("S", 90, new Dictionary<string, double> { ["inner"] = 140 }),
                ],
            },
            Demand = new ScenarioDemand { Rates = [.. rates] },
            Grades =
            [
                new ScenarioGrade
                {
                    Code = "I", TargetMinutes = 15, Scene = Lognormal(50), UnitsNeeded = [.45, .40, .15], ArrestProbability = .13, Custody = Lognormal(270, .3),
                    CrimeShare = .4, EndToEndShare = .5, CaseWork = Lognormal(50), PreEmpts = true,
                },
                new ScenarioGrade
                {
                    Code = "S", TargetMinutes = 60, Scene = Lognormal(60), ArrestProbability = .07, Custody = Lognormal(270, .3), TelephoneShare = .17,
                    PassBackShare = .18, CrimeShare = .4, EndToEndShare = .5, CaseWork = Lognormal(50),
                },
                new ScenarioGrade { Code = "E", Scene = Lognormal(60) },
            ],
            CommandUnits = [.. units.Select((boroughs, i) => new ScenarioCommandUnit($"U{i}", $"Unit {i}", boroughs))],
            DespatchGroups =
            [
                .. units.Select((boroughs, i) => new ScenarioDespatchGroup
                {
                    Code = $"D{i}", Name = $"Group {i}", Boroughs = boroughs, Controllers = 2 * boroughs.Length, Channels = boroughs.Length,
                    Handling = grades.ToDictionary(g => g.Code, _ => Exponential(3)), DespatchAirTime = Lognormal(1.5), StatusAirTime = Lognormal(1),
                }),
            ],
            Shifts =
            [
                new ScenarioShift("early", new TimeOnly(6, 0), 570, 20, 40), new ScenarioShift("late", new TimeOnly(14, 30), 570, 20, 40),
                new ScenarioShift("night", new TimeOnly(22, 0), 570, 20, 40),
            ],
            Teams = new ScenarioTeams(["A", "B", "C", "D", "E"], ["early", "early", "late", "late", "night", "night", "off", "off", "off", "off"], new DateOnly(2017, 1, 2)),
            ParadeSites = [.. Enumerable.Range(0, Boroughs).Select(b => new ScenarioParadeSite($"P{b}", $"Base {b}", $"Z{Array.IndexOf(boroughOf, b)}"))],
            Crews = [.. from b in Enumerable.Range(0, Boroughs) from s in shifts select new ScenarioCrews($"P{b}", $"B{b}", s, (int)Math.Round(crews * (s == "late" ? 20 : 17)), AbsenceShare: .05)],
            Policy = new ScenarioPolicy { Mode = "command-unit", WhenFree = "base" },
            Duties = new ScenarioDuties(units.Select((_, i) => i).ToDictionary(i => $"U{i}", _ => 1)),
        };
    }

    private static (double X, double Y) Point(int zone, int borough)
    {
        // Boroughs on a grid of 8 by 4, 7 km apart; zones spread in each by two irrational steps.
        var (x, y) = (zone * 0.6180339887 % 1, zone * 0.7548776662 % 1);
        return ((borough % 8 * 7000) + (x * 7000), (borough / 8 * 7000) + (y * 7000));
    }
}
