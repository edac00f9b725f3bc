using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Scenarios;

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
public sealed record StoredReplay(
    string Title, string Source, DateOnly TestFrom, DateOnly TestTo, long Incidents, double MedianError, double P90Error, string EngineVersion, string ResultSha256);

/// <summary>Replays in the store: what a log looked like when the simulation met its incidents. Only times by area are kept, no incident.</summary>
public sealed class LogReplays(IHistory history, TimeProvider time)
{
    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<StoredReplay> Kind { get; } = new("log-replay");

    // A replay says something about the simulation, not about a day.
    private static readonly EffectivePeriod Always = new(DateOnly.MinValue);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Keeps a result under the name of its log; made again it is another version.</summary>
    public Task KeepAsync(LogMapping mapping, ReplayResult result, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(result);
        var whole = result.Areas[0];
        return history.CommitAsync(
            context,
            changes => changes.Record(
                Kind, mapping.Log,
                new StoredReplay(
                    result.Title, mapping.Source, result.TestFrom, result.TestTo, whole.Incidents, whole.MedianError, whole.P90Error, result.EngineVersion,
                    changes.Keep(ScenarioJson.Write(result), "application/json")),
                Always, time.LondonToday()),
            cancellation);
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
}
