using System.Globalization;
using System.Text;
using System.Text.Json;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Scenarios;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>A replay in the store, under the name of its log: what it found for the whole, and its result by hash.</summary>
/// <param name="Title">What the log is called.</param>
/// <param name="Source">Where the log comes from, with its licence.</param>
/// <param name="TestFrom">First day compared.</param>
/// <param name="TestTo">Last day compared.</param>
/// <param name="Incidents">Incidents compared.</param>
/// <param name="MedianError">Replayed over seen, less 1, for the whole.</param>
/// <param name="P90Error">The same of the 90th percentile.</param>
/// <param name="EngineVersion">Version of the engine that replayed it.</param>
/// <param name="ResultSha256">Hash of the result.</param>
/// <param name="StationsSha256">Hash of the stations it went out from, kept so that the log can be replayed again; null in those made before they were kept.</param>
/// <param name="RowsSha256">Hash of the rows of the log in the store; null where it was replayed from a file.</param>
public sealed record StoredReplay(
    string Title, string Source, DateOnly TestFrom, DateOnly TestTo, long Incidents, double MedianError, double P90Error, string EngineVersion, string ResultSha256,
    string? StationsSha256 = null, string? RowsSha256 = null);

/// <summary>Which log of the store to replay, and how.</summary>
/// <param name="Log">Key of the log.</param>
/// <param name="TestFrom">Journeys before this day are fitted to; incidents from this day on are replayed and compared.</param>
/// <param name="Stations">Where units come from, CSV; null for those of the last replay of this log.</param>
/// <param name="EngagedMinutes">How long a unit is engaged where the log does not say, on average: an assumption.</param>
/// <param name="Replications">Replications.</param>
/// <param name="Seed">The seed.</param>
public sealed record ReplayRequest(string Log, DateOnly TestFrom, string? Stations = null, double EngagedMinutes = 40, int Replications = 10, ulong Seed = 1);

/// <summary>Replays in the store: queue one, read what a log looked like when the simulation met its incidents. Only times by area are kept, no incident.</summary>
public sealed class LogReplays(IHistory history, IWork work, IForces forces, IncidentLogs logs, TimeProvider time)
{
    /// <summary>The kind of job that replays a log.</summary>
    public const string JobKind = "log-replay";

    /// <summary>The largest file of stations, bytes.</summary>
    public const int MaximumStationsBytes = 512 * 1024;

    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<StoredReplay> Kind { get; } = new("log-replay");

    // A replay says something about the simulation, not about a day.
    private static readonly EffectivePeriod Always = new(DateOnly.MinValue);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Queues the replay of a log; the id of its job. Refused with every fault of what is asked for and of the stations, before anything
    /// is queued: a log or stations that are not there, a day outside the log, numbers out of bounds.
    /// </summary>
    public async Task<Outcome<string>> StartAsync(ReplayRequest request, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new ReplayOptions(request.TestFrom, request.EngagedMinutes, request.Replications, request.Seed);
        var problems = new List<Problem>(options.Check());
        if (await logs.FindAsync(request.Log, time.Now(), cancellation) is not { Body: { } log })
        {
            problems.Add(new Problem("There is no such log in the store", Field: "log", Found: request.Log, Accepted: "the key of an imported despatch log"));
            return problems;
        }

        if (await forces.FindAsync(log.PackSha256, cancellation) is not { } pack)
        {
            problems.Add(new Problem("The force pack of the log is not in the store", Field: "log", Found: log.Force, Accepted: "a log of an imported pack"));
            return problems;
        }

        var (first, last) = (log.Day(log.From), log.Day(log.To));
        if (request.TestFrom <= first || request.TestFrom > last)
        {
            problems.Add(new Problem(
                "The day does not part the log", Field: "testFrom", Found: request.TestFrom.ToString("O", CultureInfo.InvariantCulture),
                Accepted: string.Create(CultureInfo.InvariantCulture, $"{first.AddDays(1):yyyy-MM-dd} to {last:yyyy-MM-dd}")));
        }

        if (log.Stations.Count == 0)
        {
            problems.Add(new Problem("The log names no stations, so nobody knows where units came from", Field: "log", Found: request.Log, Accepted: "a log imported with a mapping that has the column station"));
        }

        var csv = string.IsNullOrWhiteSpace(request.Stations) ? await StationsAsync(request.Log, cancellation) : request.Stations;
        if (csv is null)
        {
            problems.Add(new Problem("The log was not replayed before, so its stations are not known", Field: "stations", Accepted: "CSV with station, units, and easting and northing or zone"));
        }
        else
        {
            problems.AddRange(LogReplay.ReadStations(csv, pack, "the stations").Problems.Select(problem => problem.Beside("stations")));
        }

        return problems.Count > 0
            ? problems
            : await work.EnqueueAsync(JobRequest.Of(JobKind, new LogReplayJob.Payload(request.Log, log.RowsSha256, csv!, options), context, "log-replay/" + request.Log), cancellation);
    }

    /// <summary>Keeps a result under the name of its log; made again it is another version.</summary>
    /// <param name="mapping">How the log was read.</param>
    /// <param name="result">What the replay found.</param>
    /// <param name="stations">The stations it went out from, CSV.</param>
    /// <param name="context">Who keeps it, and why.</param>
    /// <param name="cancellation">Stops it.</param>
    public Task KeepAsync(LogMapping mapping, ReplayResult result, string stations, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(result);
        return history.CommitAsync(context, changes => Write(changes, mapping.Log, mapping.Source, null, stations, result), cancellation);
    }

    /// <summary>Replays as at the dates.</summary>
    public Task<IReadOnlyList<FactVersion<StoredReplay>>> ListAsync(AsAt at, CancellationToken cancellation = default) => history.ListAsync(Kind, at, cancellation);

    /// <summary>A replay as at the dates, or null.</summary>
    public Task<FactVersion<StoredReplay>?> FindAsync(string key, AsAt at, CancellationToken cancellation = default) => history.FindAsync(Kind, key, at, cancellation);

    /// <summary>The bytes of a replay as at the dates, as <c>pathfinder replay --json</c> prints them, or null.</summary>
    public async Task<byte[]?> FindBytesAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        await FindAsync(key, at, cancellation) is { Body: { } stored } ? await history.FindContentAsync(stored.ResultSha256, cancellation) : null;

    /// <summary>The result of a replay as at the dates, or null.</summary>
    public async Task<ReplayResult?> FindResultAsync(string key, AsAt at, CancellationToken cancellation = default) =>
        await FindBytesAsync(key, at, cancellation) is { } bytes ? JsonSerializer.Deserialize<ReplayResult>(bytes, Json) : null;

    internal void Write(IChangeSet changes, string log, string source, string? rowsSha256, string stations, ReplayResult result)
    {
        var whole = result.Areas[0];
        changes.Record(
            Kind, log,
            new StoredReplay(
                result.Title, source, result.TestFrom, result.TestTo, whole.Incidents, whole.MedianError, whole.P90Error, result.EngineVersion,
                changes.Keep(ScenarioJson.Write(result), "application/json"), changes.Keep(Encoding.UTF8.GetBytes(stations), "text/csv"), rowsSha256),
            Always, time.LondonToday());
    }

    private async Task<string?> StationsAsync(string log, CancellationToken cancellation) =>
        await FindAsync(log, time.Now(), cancellation) is { Body.StationsSha256: { } sha } && await history.FindContentAsync(sha, cancellation) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
