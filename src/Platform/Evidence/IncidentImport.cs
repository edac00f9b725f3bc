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
/// <param name="Replace">Whether a log of the same key with other content is replaced; without it that is refused.</param>
public sealed record ImportOptions(bool KeepGood = false, string? CoordinatesGround = null, bool Replace = false);

/// <summary>A mapping as it was handed over.</summary>
/// <param name="Name">Name of its file, as faults name it.</param>
/// <param name="Yaml">Its text, UTF-8.</param>
public sealed record MappingFile(string Name, byte[] Yaml);

/// <summary>A log that was read and checked, ready to be committed.</summary>
/// <param name="Key">Key of the log.</param>
/// <param name="Log">What is recorded of it.</param>
/// <param name="Faults">What is wrong with the first bad rows.</param>
/// <param name="Before">What stood under its key, or null.</param>
public sealed record ReadLog(string Key, IncidentLog Log, IReadOnlyList<Problem> Faults, FactVersion<IncidentLog>? Before = null)
{
    /// <summary>Whether the same rows, read the same way from the same file, stand there already.</summary>
    public bool Unchanged => Before?.Body is { } before && before.RowsSha256 == Log.RowsSha256 && before.FileSha256 == Log.FileSha256
        && before.MappingSha256 == Log.MappingSha256 && before.PackSha256 == Log.PackSha256 && before.Kept == Log.Kept && before.CoordinatesGround == Log.CoordinatesGround;

    /// <summary>What came of it, in a sentence without a full stop.</summary>
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"{Key}: {(Unchanged ? $"nothing changed: the same file was imported by {Before!.Account} on {Before.Recorded:yyyy-MM-dd}, " : "")}{Log.Kept:N0} of {Log.InFile:N0} rows {(Unchanged ? "kept" : "imported")}, {Log.Arrived:N0} with an arrival, from {Log.From:yyyy-MM-dd} to {Log.To:yyyy-MM-dd}; coordinates {(Log.CoordinatesGround is null ? "dropped" : "kept")}");
}

/// <summary>
/// Brings a despatch log into the store, all or nothing: read once as a stream, each row checked, coordinates turned into
/// zones and dropped. What cannot be used is named and counted, and left out only when the user says so.
/// </summary>
public sealed class IncidentImport(IHistory history, IForces forces, Store store, TimeProvider time)
{
    /// <summary>Faults of rows told one by one, a row whole or not at all; other bad rows are counted.</summary>
    public const int MaximumFaults = 100;

    private const int Chunk = 5000;

    /// <summary>Reads and commits a log; what was recorded, or every problem.</summary>
    public async Task<Outcome<ReadLog>> ImportAsync(
        Stream content, string file, MappingFile mapping, ImportOptions options, ChangeContext context, IProgress<JobProgress>? progress = null, CancellationToken cancellation = default)
    {
        var prepared = await PrepareAsync(content, file, mapping, options, progress, cancellation);
        if (!prepared.Succeeded)
        {
            return Outcome.Refused<ReadLog>(prepared.Problems);
        }

        using var staged = prepared.Value.Staged;
        if (prepared.Value.Read.Unchanged)
        {
            return prepared.Value.Read;
        }

        try
        {
            await history.CommitAsync(context, changes => Write(changes, prepared.Value), cancellation);
            return prepared.Value.Read;
        }
        catch (ChangedMeanwhileException)
        {
            return new Problem("Somebody else imported a log of this key meanwhile", mapping.Name, Field: "log", Found: prepared.Value.Read.Key, Accepted: "another look, and the import again");
        }
    }

    internal sealed record Prepared(ReadLog Read, StagedLog Staged, byte[] Mapping, bool RowsAreThere);

    internal async Task<Outcome<Prepared>> PrepareAsync(
        Stream content, string file, MappingFile mappingFile, ImportOptions options, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            return new Problem("There is no force in the store to put the incidents in", Accepted: "import a force pack first");
        }

        var mapping = LogMapping.Read(Encoding.UTF8.GetString(mappingFile.Yaml), mappingFile.Name);
        if (!mapping.Succeeded)
        {
            return Outcome.Refused<Prepared>(mapping.Problems);
        }

        var staged = new StagedLog();
        var kept = false;
        try
        {
            var read = Read(content, file, mapping.Value, mappingFile.Yaml, pack, options, staged, progress, cancellation);
            if (!read.Succeeded)
            {
                return Outcome.Refused<Prepared>(read.Problems);
            }

            var log = read.Value with { Before = await history.FindAsync(IncidentLogs.Kind, read.Value.Key, time.Now(), cancellation) };
            if (log is { Before.Body: { } before, Unchanged: false } && !options.Replace)
            {
                return new Problem(
                    "Another log stands under this key, and nothing was imported", mappingFile.Name, Field: "log",
                    Found: string.Create(
                        CultureInfo.InvariantCulture,
                        $"{log.Key}: {before.Title}, {before.Kept:N0} incidents from {before.From:yyyy-MM-dd} to {before.To:yyyy-MM-dd} of {before.File}, imported by {log.Before.Account} on {log.Before.Recorded:yyyy-MM-dd}"),
                    Accepted: "a key of its own, or the choice to replace that log: the box on the page, replace=true in the API, --replace on the command line");
            }

            await using var db = await store.ReadAsync(cancellation);
            var there = await db.Set<IncidentRow>().AnyAsync(row => row.Rows == log.Log.Rows, cancellation);
            kept = true;
            return new Prepared(log, staged, mappingFile.Yaml, there);
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
        changes.Expect(IncidentLogs.Kind.Name, prepared.Read.Key, prepared.Read.Before?.VersionId ?? 0);
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

    private Outcome<ReadLog> Read(
        Stream content, string file, LogMapping mapping, byte[] mappingBytes, ForcePack pack, ImportOptions options, StagedLog staged, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        using var sha = SHA256.Create();
        using var hashed = new CryptoStream(content, sha, CryptoStreamMode.Read, leaveOpen: true);
        var faults = new List<Problem>();
        var leftOut = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long inFile = 0, arrived = 0, cleared = 0, byArea = 0, first = long.MaxValue, last = long.MinValue, bad = 0, told = 0;
        LogReader reader;
        try
        {
            using var text = LogReader.Text(hashed, file);
            var opened = LogReader.Open(text, mapping, pack, file, time.GetUtcNow());
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
                    if (faults.Count + reader.Faults.Count <= MaximumFaults && told == bad - 1)
                    {
                        told++;
                        faults.AddRange(reader.Faults.Select(each => each.In(file, reader.Line)));
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
            if (bad > told)
            {
                faults.Add(new Problem(string.Create(CultureInfo.InvariantCulture, $"And {bad - told:N0} more bad rows, not named here")));
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
