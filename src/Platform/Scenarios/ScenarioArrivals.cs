using Pathfinder.Engine.Response;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Makes the table of arrivals: the hours of the week, once for each multiplier of a phase, and each hour of an event.</summary>
internal static class ScenarioArrivals
{
    /// <summary>Hours of events that a scenario may have in all.</summary>
    public const int MostEventHours = 2000;

    /// <summary>Hours from the start of the run to the start of an event.</summary>
    public static int Hour(ScenarioFile scenario, ScenarioEvent happening) => (int)(happening.From - scenario.Start.ToDateTime(default)).TotalHours;

    /// <summary>The table, from rates [hour of week × cells + zone × grades + grade] that hold the scenario's own multiplier.</summary>
    public static ArrivalTable Of(ScenarioFile scenario, double[] rates)
    {
        var cells = scenario.Zones.Count * scenario.Grades.Count;
        var multipliers = Enumerable.Range(0, scenario.Phases.Count + 1).Select(p => ScenarioPhases.Of(scenario, p).Demand.Multiplier).ToList();
        var busy = scenario.Events.Where(e => e.DemandMultiplier != 1 || e.Extra.Count > 0).ToList();
        if (busy.Count == 0 && multipliers.TrueForAll(m => m == multipliers[0]))
        {
            return new ArrivalTable(rates, cells);
        }

        var rows = new List<double[]>();
        var tables = new Dictionary<(int Phase, int HourOfWeek), int>();
        var plan = new int[Math.Max((scenario.WarmUpDays + scenario.Days) * 24, 168)];
        var start = (((int)scenario.Start.DayOfWeek + 6) % 7) * 24;
        var phase = 0;
        for (var hour = 0; hour < plan.Length; hour++)
        {
            while (phase < scenario.Phases.Count && hour * 3600L >= ScenarioPhases.From(scenario, phase + 1))
            {
                phase++;
            }

            var now = busy.Where(e => Hour(scenario, e) <= hour && hour < Hour(scenario, e) + e.Hours).ToList();
            var week = (start + hour) % 168;
            if (now.Count == 0 && tables.TryGetValue((phase, week), out plan[hour]))
            {
                continue;
            }

            var factor = multipliers[phase] == multipliers[0] ? 1 : multipliers[phase] / multipliers[0];
            double[] row = [.. rates.AsSpan(week * cells, cells)];
            for (var cell = 0; cell < cells; cell++)
            {
                row[cell] *= factor;
            }

            foreach (var happening in now)
            {
                Add(scenario, happening, week, row);
            }

            plan[hour] = rows.Count;
            rows.Add(row);
            if (now.Count == 0)
            {
                tables[(phase, week)] = plan[hour];
            }
        }

        // After the window arrivals go on as in the last week; an event of that week does not come again.
        return new ArrivalTable([.. rows.SelectMany(r => r)], cells, plan);
    }

    private static void Add(ScenarioFile scenario, ScenarioEvent happening, int week, double[] row)
    {
        var grades = scenario.Grades.Count;
        for (var z = 0; z < scenario.Zones.Count; z++)
        {
            for (var g = 0; g < grades && (happening.Boroughs.Count == 0 || happening.Boroughs.Contains(scenario.Zones[z].Borough)); g++)
            {
                row[(z * grades) + g] *= happening.DemandMultiplier;
            }
        }

        foreach (var extra in happening.Extra)
        {
            var zone = scenario.Zones.TakeWhile(z => z.Code != extra.Zone).Count();
            var grade = scenario.Grades.TakeWhile(g => g.Code != extra.Grade).Count();
            row[(zone * grades) + grade] += extra.PerHour[extra.PerHour.Count == 1 ? 0 : week];
        }
    }
}
