using System.Globalization;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Performance;

/// <summary>What was computed of a log.</summary>
/// <param name="Months">The months, from the first to the last that the log covers wholly.</param>
/// <param name="Measures">Values recorded by measure.</param>
/// <param name="Created">Keys of measures that the catalogue lacked, and has now.</param>
public sealed record LogMeasuresResult(IReadOnlyList<string> Months, IReadOnlyDictionary<string, int> Measures, IReadOnlyList<string> Created);

/// <summary>Computes the measures of response from a despatch log in the store, and records them as sets of observations.</summary>
public interface ILogMeasures
{
    /// <summary>
    /// Records every measure of response by month for each borough, command unit and the force, from a log. Units are those of today. Refused
    /// where there is no such log, it covers no whole month, no reason is given, the person may not import, or values differ from what is on
    /// record under another name and <paramref name="rivalry"/> does not say which stand.
    /// </summary>
    Task<Outcome<LogMeasuresResult>> ComputeAsync(Actor actor, string log, string why, Rivalry? rivalry = null, CancellationToken cancellation = default);
}

/// <summary>Reads the log once as a stream.</summary>
internal sealed class LogMeasures(IncidentLogs logs, IForces forces, IRecords records, TimeProvider time) : ILogMeasures
{
    public async Task<Outcome<LogMeasuresResult>> ComputeAsync(Actor actor, string log, string why, Rivalry? rivalry = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var at = new AsAt(time.LondonToday(), time.LondonToday());
        var view = records.View(actor, at);
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(why))
        {
            problems.Add(new Problem("Say why", Field: "why", Accepted: "a sentence"));
        }

        var found = await logs.FindAsync(log, at, cancellation);
        if (found?.Body is null)
        {
            problems.Add(new Problem("There is no such log of incidents", Field: "log", Found: log, Accepted: string.Join(", ", (await logs.ListAsync(at, cancellation)).Select(one => one.Key))));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var body = found!.Body!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(body.TimeZone);
        var (first, last) = (Day(body.From, zone), Day(body.To, zone));
        bool Whole(DateOnly month) => month >= first && month.AddMonths(1).AddDays(-1) <= last;
        var catalogue = (await view.ListAsync<Measure>(cancellation)).ToDictionary(measure => measure.Key, StringComparer.Ordinal);
        var threshold = ResponseMeasures.All.Where(measure => measure.Definition.Threshold is not null)
            .ToDictionary(measure => measure.Grade, measure => (double)(catalogue.GetValueOrDefault(measure.Key)?.Body.Threshold ?? measure.Definition.Threshold!.Value), StringComparer.Ordinal);
        var incidents = new List<ResponseIncident>();
        await foreach (var incident in logs.ReadAsync(body, cancellation: cancellation))
        {
            incidents.Add(new ResponseIncident(
                incident.Grade, TimeZoneInfo.ConvertTime(incident.Created, zone).DateTime, incident.Arrived is { } arrived ? (arrived - incident.Created).TotalMinutes : null, incident.Borough));
        }

        var units = (await forces.ListUnitsAsync(at, cancellation)).Where(unit => unit.Boroughs.Count > 1)
            .SelectMany(unit => unit.Boroughs.Select(borough => (borough, unit.Unit.Code))).ToDictionary(pair => pair.borough, pair => pair.Code, StringComparer.Ordinal);
        var values = ResponseMeasures.Compute(incidents, units, threshold, Whole).Where(pair => pair.Value.Count > 0).ToDictionary(StringComparer.Ordinal);
        if (values.Count == 0)
        {
            return new Problem(
                "The log covers no whole month with incidents graded I or S", log, Found: $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd}", Accepted: "a log from the first to the last day of a month at least");
        }

        return await SaveAsync(actor, body, log, why, rivalry, values, catalogue, at.Known, cancellation);
    }

    private async Task<Outcome<LogMeasuresResult>> SaveAsync(
        Actor actor, IncidentLog log, string key, string why, Rivalry? rivalry, Dictionary<string, IReadOnlyList<ObservedRow>> values, Dictionary<string, StoredRecord<Measure>> catalogue, DateOnly today, CancellationToken cancellation)
    {
        var changes = new List<RecordChange>();
        var created = new List<string>();
        foreach (var measure in ResponseMeasures.All.Where(measure => values.ContainsKey(measure.Key)))
        {
            var rows = values[measure.Key];
            var firstEnd = rows.Min(row => row.Period.Last);
            if (!catalogue.ContainsKey(measure.Key))
            {
                created.Add(measure.Key);
                changes.Add(new RecordChange("measure", measure.Key, measure.Definition, firstEnd, Known: today));
            }

            changes.Add(new RecordChange(
                "observation-set", $"log-{key}-{measure.Key}",
                ObservationSets.With(
                    new ObservationSet
                    {
                        Title = $"{(catalogue.GetValueOrDefault(measure.Key)?.Body ?? measure.Definition).Title}, from the log {log.Title}",
                        Measure = measure.Key,
                        Series = "Log of incidents: " + key,
                        Rivalry = rivalry,
                        Summary = $"Computed from {log.Kept.ToString("#,0", CultureInfo.InvariantCulture)} incidents of the log ({log.Source}); never attended counts as late. Rows of the log: SHA-256 {log.RowsSha256}.",
                    },
                    rows),
                firstEnd, Known: today));
        }

        var saved = await records.SaveAsync(actor, changes, why, cancellation);
        return saved.Succeeded
            ? new LogMeasuresResult(
                [.. values.Values.SelectMany(rows => rows).Select(row => row.Period.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                values.ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal), created)
            : Outcome.Refused<LogMeasuresResult>(saved.Problems);
    }

    private static DateOnly Day(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
