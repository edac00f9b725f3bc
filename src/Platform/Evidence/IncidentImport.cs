using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Evidence;

/// <summary>What of a log is taken.</summary>
/// <param name="KeepGood">Whether good rows are kept although others are bad; without it one bad row refuses the file.</param>
/// <param name="CoordinatesGround">The ground on which exact coordinates are kept; null drops them once the zone is known.</param>
public sealed record ImportOptions(bool KeepGood = false, string? CoordinatesGround = null);

/// <summary>A log that was read and checked, ready to be committed.</summary>
/// <param name="Key">Key of the log.</param>
/// <param name="Log">What is recorded of it.</param>
/// <param name="Faults">The first bad rows, each with its reason.</param>
public sealed record ReadLog(string Key, IncidentLog Log, IReadOnlyList<Problem> Faults);

/// <summary>
/// Brings a despatch log into the store, all or nothing: read once as a stream, each row checked, coordinates turned into
/// zones and dropped. What cannot be used is named and counted, and left out only when the user says so.
/// </summary>
public sealed class IncidentImport(IHistory history, IForces forces, Store store, TimeProvider time)
{
    /// <summary>Bad rows named one by one; the others are counted.</summary>
    public const int MaximumFaults = 100;

    private const int Chunk = 5000;

    /// <summary>Reads and commits a log; what was recorded, or every problem.</summary>
    public async Task<Outcome<ReadLog>> ImportAsync(
        Stream content, string file, byte[] mapping, ImportOptions options, ChangeContext context, IProgress<JobProgress>? progress = null, CancellationToken cancellation = default)
    {
        var prepared = await PrepareAsync(content, file, mapping, options, progress, cancellation);
        if (!prepared.Succeeded)
        {
            return Outcome.Refused<ReadLog>(prepared.Problems);
        }

        using var staged = prepared.Value.Staged;
        await history.CommitAsync(context, changes => Write(changes, prepared.Value), cancellation);
        return prepared.Value.Read;
    }

    internal sealed record Prepared(ReadLog Read, StagedLog Staged, byte[] Mapping, bool RowsAreThere);

    internal async Task<Outcome<Prepared>> PrepareAsync(
        Stream content, string file, byte[] mappingBytes, ImportOptions options, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return new Problem("There is no force in the store to put the incidents in", Accepted: "import a force pack first");
        }

        var mapping = LogMapping.Read(Encoding.UTF8.GetString(mappingBytes), "the mapping");
        if (!mapping.Succeeded)
        {
            return Outcome.Refused<Prepared>(mapping.Problems);
        }

        var staged = new StagedLog();
        var kept = false;
        try
        {
            var read = Read(content, file, mapping.Value, mappingBytes, pack, options, staged, progress, cancellation);
            if (!read.Succeeded)
            {
                return Outcome.Refused<Prepared>(read.Problems);
            }

            await using var db = await store.ReadAsync(cancellation);
            var there = await db.Set<IncidentRow>().AnyAsync(row => row.Rows == read.Value.Log.Rows, cancellation);
            kept = true;
            return new Prepared(read.Value, staged, mappingBytes, there);
        }
        finally
        {
            if (!kept)
            {
                staged.Dispose();
            }
        }
    }

    internal void Write(IChangeSet changes, Prepared prepared)
    {
        changes.Keep(prepared.Mapping, "application/yaml");
        changes.Record(IncidentLogs.Kind, prepared.Read.Key, prepared.Read.Log, IncidentLogs.Always, time.LondonToday());
        if (prepared.RowsAreThere)
        {
            return;
        }

        changes.Also(async (db, token) =>
        {
            var chunk = new List<object?[]>(Chunk);
            long number = 0;
            foreach (var row in prepared.Staged.Rows())
            {
                chunk.Add(
                [
                    prepared.Read.Log.Rows, number++, row.Created, (long)row.Grade, (long)row.Zone, Or(row.Units), Or(row.Despatched), Or(row.Arrived), Or(row.Cleared), Or(row.Station),
                    row.HasPoint ? (long)row.LongitudeE6 : null, row.HasPoint ? (long)row.LatitudeE6 : null,
                ]);
                if (chunk.Count == Chunk)
                {
                    await db.BulkInsertAsync(IncidentRow.Table, IncidentRow.Columns, chunk, token);
                    chunk.Clear();
                }
            }

            await db.BulkInsertAsync(IncidentRow.Table, IncidentRow.Columns, chunk, token);
        });
    }

    private static object? Or(long value) => value < 0 ? null : value;

    private static Outcome<ReadLog> Read(
        Stream content, string file, LogMapping mapping, byte[] mappingBytes, ForcePack pack, ImportOptions options, StagedLog staged, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        using var sha = SHA256.Create();
        using var hashed = new CryptoStream(content, sha, CryptoStreamMode.Read, leaveOpen: true);
        var faults = new List<Problem>();
        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long inFile = 0, arrived = 0, cleared = 0, byArea = 0, first = long.MaxValue, last = long.MinValue, bad = 0;
        LogReader reader;
        try
        {
            using var text = LogReader.Text(hashed, file);
            var opened = LogReader.Open(text, mapping, pack, file);
            if (!opened.Succeeded)
            {
                return Outcome.Refused<ReadLog>(opened.Problems);
            }

            reader = opened.Value;
            while (reader.Read(out var fault))
            {
                inFile++;
                if (inFile % 65536 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report(new JobProgress(inFile, 0, string.Create(CultureInfo.InvariantCulture, $"{inFile:N0} rows read, {bad:N0} of them bad")));
                }

                if (fault is { } why)
                {
                    bad++;
                    leftOut[why.Name()] = leftOut.GetValueOrDefault(why.Name()) + 1;
                    if (faults.Count < MaximumFaults)
                    {
                        faults.Add(new Problem(why.Sentence(), file, reader.Line, reader.About.Field, reader.About.Found));
                    }

                    continue;
                }

                var row = reader.Row;
                arrived += row.Arrived >= 0 ? 1 : 0;
                cleared += row.Cleared >= 0 ? 1 : 0;
                byArea += row.PlacedByArea ? 1 : 0;
                (first, last) = (Math.Min(first, row.Created), Math.Max(last, row.Created));
                if (options.CoordinatesGround is null)
                {
                    row.HasPoint = false;
                    row.LongitudeE6 = row.LatitudeE6 = 0;
                }

                staged.Add(row);
            }

            // What is left unread belongs to the file's hash too.
            hashed.CopyTo(Stream.Null);
        }
        catch (Exception broken) when (broken is DecoderFallbackException or InvalidDataException)
        {
            return new Problem("The file cannot be read", file, Found: broken.Message, Accepted: "CSV in UTF-8, or the same gzipped with a name ending in .gz");
        }

        if (inFile == 0)
        {
            return new Problem("The file has no rows", file);
        }

        if (bad > 0 && (!options.KeepGood || staged.Count == 0))
        {
            if (bad > faults.Count)
            {
                faults.Add(new Problem(string.Create(CultureInfo.InvariantCulture, $"And {bad - faults.Count:N0} more bad rows, not named here")));
            }

            faults.Insert(0, new Problem(
                string.Create(CultureInfo.InvariantCulture, $"{bad:N0} of {inFile:N0} rows are bad, and nothing was imported"), file,
                Found: string.Join(", ", leftOut.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}"))),
                Accepted: staged.Count == 0 ? "at least one good row" : "good rows alone, or the choice to keep the good ones"));
            return faults;
        }

        var rowsSha = staged.Sha256();
        var mappingSha = Convert.ToHexStringLower(SHA256.HashData(mappingBytes));
        var log = new IncidentLog
        {
            Title = mapping.Title,
            Source = mapping.Source,
            File = file,
            FileSha256 = Convert.ToHexStringLower(sha.Hash!),
            MappingSha256 = mappingSha,
            Force = pack.Manifest.Name,
            PackSha256 = pack.Sha256,
            TimeZone = pack.Manifest.TimeZone,
            Grades = reader.Grades,
            Stations = reader.Stations,
            Rows = rowsSha[..24],
            RowsSha256 = rowsSha,
            InFile = inFile,
            Kept = staged.Count,
            LeftOut = leftOut,
            Arrived = arrived,
            Cleared = cleared,
            PlacedByArea = byArea,
            From = DateTimeOffset.FromUnixTimeSeconds(first),
            To = DateTimeOffset.FromUnixTimeSeconds(last),
            CoordinatesGround = options.CoordinatesGround,
        };
        return new ReadLog(mapping.Log, log, faults);
    }
}
