using System.Globalization;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Translates the incidents of a log for the engine.</summary>
internal static class ScenarioLog
{
    private const int Most = 20;

    /// <summary>
    /// The log in order of time, without incidents before the first simulated day or after the window; what was left out is
    /// said in <paramref name="notes"/>, unknown zones and grades are problems.
    /// </summary>
    public static IncidentLog Translate(ScenarioFile scenario, ContentIncidents content, ScenarioContent reference, string? name, List<Problem> problems, List<string> notes)
    {
        var zones = Index(scenario.Zones.Select(z => z.Code));
        var grades = Index(scenario.Grades.Select(g => g.Code));
        var start = scenario.Start.ToDateTime(default);
        double seconds = (scenario.WarmUpDays + scenario.Days) * 86400.0;
        var kept = new List<(int Time, int Zone, int Index)>(content.Incidents.Count);
        int elsewhere = 0, outside = 0;

        // A file beside the scenario is told by its own lines; a log from elsewhere by the order of its incidents, from 1.
        void Fault(string message, string field, ContentIncident incident, int at, string found, string accepted) => problems.Add(
            reference.File is { } file && incident.Line > 0
                ? new Problem(message, file, incident.Line, field, found, accepted)
                : new Problem(message, name, Field: string.Create(CultureInfo.InvariantCulture, $"$.demand.incidents, incident {at + 1}, {field}"), Found: found, Accepted: accepted));
        for (var i = 0; i < content.Incidents.Count; i++)
        {
            var incident = content.Incidents[i];
            var time = (incident.Created - start).TotalSeconds;
            if (!zones.TryGetValue(incident.Zone, out var zone))
            {
                elsewhere++;
                if (!scenario.Demand.SkipOtherZones && problems.Count < Most)
                {
                    Fault("An incident of the log lies in no zone of the scenario", "zone", incident, i, incident.Zone, "a zone of the scenario, or skipOtherZones");
                }
            }
            else if (!grades.ContainsKey(incident.Grade))
            {
                if (problems.Count < Most)
                {
                    Fault("An incident of the log has a grade that the scenario has not", "grade", incident, i, incident.Grade, string.Join(", ", grades.Keys));
                }
            }
            else if (time < 0 || time >= seconds)
            {
                outside++;
            }
            else
            {
                kept.Add(((int)time, zone, i));
            }
        }

        if (elsewhere > 0 && scenario.Demand.SkipOtherZones)
        {
            notes.Add($"{elsewhere} of {content.Incidents.Count} incidents of the log lie in other zones and were left out.");
        }

        if (outside > 0)
        {
            notes.Add($"{outside} of {content.Incidents.Count} incidents of the log were created outside the days simulated and were left out.");
        }

        var order = kept.OrderBy(k => k.Time).ThenBy(k => k.Index).ToArray();
        return new IncidentLog(
            Array.ConvertAll(order, k => k.Time),
            Array.ConvertAll(order, k => k.Zone),
            Array.ConvertAll(order, k => (byte)grades[content.Incidents[k.Index].Grade]),
            Array.ConvertAll(order, k => (byte)Math.Clamp(content.Incidents[k.Index].Units, 0, 32)),
            Array.ConvertAll(order, k => content.Incidents[k.Index].SceneMinutes is >= 0 and var minutes ? (int)((minutes * 60) + 0.5) : -1));
    }

    private static Dictionary<string, int> Index(IEnumerable<string> codes)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            index.TryAdd(code, index.Count);
        }

        return index;
    }
}
