using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.Evidence;

/// <summary>The despatch logs in the store and their incidents.</summary>
public sealed class IncidentLogs(IHistory history, IForces forces, Store store)
{
    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<IncidentLog> Kind { get; } = new("incident-log");

    /// <summary>A log is there on whatever date one looks at the force.</summary>
    internal static EffectivePeriod Always { get; } = new(DateOnly.MinValue);

    /// <summary>All logs as at the dates, in ordinal order of key.</summary>
    public Task<IReadOnlyList<FactVersion<IncidentLog>>> ListAsync(AsAt at, CancellationToken cancellation = default) => history.ListAsync(Kind, at, cancellation);

    /// <summary>A log as at the dates, or null.</summary>
    public Task<FactVersion<IncidentLog>?> FindAsync(string key, AsAt at, CancellationToken cancellation = default) => history.FindAsync(Kind, key, at, cancellation);

    /// <summary>
    /// The incidents of a log created from one instant to before another, in the order of creation. Streamed, so that a large
    /// log need not fit memory. Throws <see cref="InvalidOperationException"/> when the pack it was placed in is gone.
    /// </summary>
    public async IAsyncEnumerable<LoggedIncident> ReadAsync(
        IncidentLog log, DateTimeOffset? from = null, DateTimeOffset? to = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        var pack = await forces.FindAsync(log.PackSha256, cancellation) ?? throw new InvalidOperationException("The force pack of the log is not in the store.");
        var (least, greatest) = (from?.ToUnixTimeSeconds() ?? long.MinValue, to?.ToUnixTimeSeconds() ?? long.MaxValue);
        await using var db = await store.ReadAsync(cancellation);
        var rows = db.Set<IncidentRow>().AsNoTracking().Where(row => row.Rows == log.Rows && row.Created >= least && row.Created < greatest)
            .OrderBy(row => row.Created).ThenBy(row => row.Number).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            var zone = pack.Zones[(int)row.Zone];
            yield return new LoggedIncident(
                row.Number, DateTimeOffset.FromUnixTimeSeconds(row.Created), log.Grades[(int)row.Grade], zone.Code, zone.Borough, (int?)row.Units,
                Instant(row.Despatched), Instant(row.Arrived), Instant(row.Cleared), row.Station is { } station ? log.Stations[(int)station] : null);
        }
    }

    /// <summary>Whether the rows in the table are those that were imported, by their hash.</summary>
    public async Task<bool> VerifyAsync(IncidentLog log, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var db = await store.ReadAsync(cancellation);
        var rows = db.Set<IncidentRow>().AsNoTracking().Where(row => row.Rows == log.Rows).OrderBy(row => row.Number).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            StagedLog.Hash(hash, new LogRow
            {
                Created = row.Created,
                Despatched = row.Despatched ?? -1,
                Arrived = row.Arrived ?? -1,
                Cleared = row.Cleared ?? -1,
                Grade = (int)row.Grade,
                Zone = (int)row.Zone,
                Units = (int)(row.Units ?? -1),
                Station = (int)(row.Station ?? -1),
                HasPoint = row.LongitudeE6 is not null,
                LongitudeE6 = (int)(row.LongitudeE6 ?? 0),
                LatitudeE6 = (int)(row.LatitudeE6 ?? 0),
            });
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == log.RowsSha256;
    }

    private static DateTimeOffset? Instant(long? seconds) => seconds is { } value ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
}
