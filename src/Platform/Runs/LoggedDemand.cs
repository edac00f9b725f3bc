using System.Globalization;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Runs;

/// <summary>Puts the incidents of a despatch log in the place of a pack's demand.</summary>
internal sealed class LoggedDemand(IHistory history, IncidentLogs logs, TimeProvider time)
{
    private const int WarmUpDays = 7;

    /// <summary>
    /// The scenario with the log instead of the demand, over days that the log has: warmed up on its first days where there are
    /// enough. Refused when there is no such log, it was placed in another pack, or it has no incident in the days asked for.
    /// </summary>
    public async Task<Outcome<(ScenarioFile Scenario, IncidentLog Log)>> ApplyAsync(
        ScenarioFile scenario, ForcePack pack, string key, DateOnly? from, int days, CancellationToken cancellation)
    {
        if (await logs.FindAsync(key, time.Now(), cancellation) is not { Body: { } log })
        {
            return new Problem("There is no such log", Field: "log", Found: key, Accepted: "the key of an imported despatch log");
        }

        if (log.Force != pack.Manifest.Name)
        {
            return new Problem("The log is of another force", Field: "log", Found: log.Force, Accepted: pack.Manifest.Name);
        }

        var (first, last) = (log.Day(log.From), log.Day(log.To));
        var warmUp = Math.Clamp(from is { } asked ? asked.DayNumber - first.DayNumber : (last.DayNumber - first.DayNumber + 1) / 5, 0, WarmUpDays);
        var counted = from ?? first.AddDays(warmUp);
        var length = Math.Min(days, last.DayNumber - counted.DayNumber + 1);
        if (counted < first || length < 1)
        {
            return new Problem(
                "The log has no incident on the days asked for", Field: "logFrom", Found: counted.ToString("O", CultureInfo.InvariantCulture),
                Accepted: string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd}"));
        }

        return (scenario with
        {
            Start = counted.AddDays(-warmUp),
            WarmUpDays = warmUp,
            Days = length,
            Demand = new ScenarioDemand { Incidents = new ScenarioContent(Log: key, Sha256: log.RowsSha256), SkipOtherZones = true },
        }, log);
    }

    /// <summary>The content of a scenario that replays a log: the pack's matrix, and the log's incidents of the days simulated.</summary>
    public async Task<IScenarioContent> ContentAsync(ScenarioFile scenario, ForcePack pack, IncidentLog log, CancellationToken cancellation)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(log.TimeZone);
        var from = scenario.Start.ToDateTime(default);
        var to = from.AddDays(scenario.WarmUpDays + scenario.Days);
        var incidents = new List<ContentIncident>();

        // A day more on either side: the log is read by instants, the days simulated are local.
        await foreach (var each in logs.ReadAsync(log, new DateTimeOffset(from.AddDays(-1), TimeSpan.Zero), new DateTimeOffset(to.AddDays(1), TimeSpan.Zero), cancellation))
        {
            var local = TimeZoneInfo.ConvertTime(each.Created, clock).DateTime;
            if (local >= from && local < to)
            {
                incidents.Add(new ContentIncident(
                    local, each.Zone, each.Grade, each.Units ?? 0, each is { Cleared: { } cleared, Arrived: { } arrived } ? (cleared - arrived).TotalMinutes : double.NaN));
            }
        }

        return new Content(new PackContent(pack), new ContentIncidents(incidents, log.RowsSha256));
    }

    /// <summary>The log as it stood when its rows had this hash, or null.</summary>
    public async Task<IncidentLog?> FindAsync(string key, string rowsSha256, CancellationToken cancellation) =>
        (await history.TimelineAsync(IncidentLogs.Kind, key, cancellation)).Select(version => version.Body).FirstOrDefault(log => log?.RowsSha256 == rowsSha256);

    private sealed class Content(PackContent pack, ContentIncidents incidents) : IScenarioContent
    {
        public Outcome<ContentMatrix> Matrix(ScenarioContent reference) => pack.Matrix(reference);

        public Outcome<ContentSurface> Surface(ScenarioContent reference) => pack.Surface(reference);

        public Outcome<ContentIncidents> Incidents(ScenarioContent reference) => incidents;
    }
}
