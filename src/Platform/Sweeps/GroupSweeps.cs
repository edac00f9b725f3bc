using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Engine.Response;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.Sweeps;

/// <summary>What of a sweep is asked for.</summary>
public sealed record SweepRequest(DateOnly Dated, int MaxSize = 4, int Days = 28, int Replications = 4, ulong Seed = 1);

/// <summary>A sweep as people see it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">What was recorded.</param>
/// <param name="Done">Units done.</param>
public sealed record SweepView(string Key, FactVersion<GroupSweep> Version, int Done)
{
    /// <summary>The sweep.</summary>
    public GroupSweep Sweep => Version.Body!;

    /// <summary>Whether every unit is done.</summary>
    public bool Finished => Done == Sweep.Groups;
}

/// <summary>
/// Sweeps in the store: queued in shards, each of which commits its own units, so that a sweep that is stopped or killed goes on
/// where it was.
/// </summary>
public sealed class GroupSweeps(IHistory history, IWork work, IForces forces, Store store, TimeProvider time)
{
    /// <summary>Units of one shard.</summary>
    public const int Shard = 16;

    /// <summary>The kind of governed fact.</summary>
    public static GovernedKind<GroupSweep> Kind { get; } = new("group-sweep");

    private static EffectivePeriod Always { get; } = new(DateOnly.MinValue);

    /// <summary>
    /// Starts a sweep of the current pack, or takes up the one of the same inputs where it was: shards that were done stay. Its
    /// key. Refused when what is asked for is out of bounds or the force was not organised on the date.
    /// </summary>
    public async Task<Outcome<string>> StartAsync(SweepRequest request, ChangeContext context, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var problems = new List<Problem>();
        void Between(string field, int value, int least, int greatest)
        {
            if (value < least || value > greatest)
            {
                problems.Add(new Problem("The value is out of bounds", Field: field, Found: Text(value), Accepted: $"{Text(least)} to {Text(greatest)}"));
            }
        }

        Between("maxSize", request.MaxSize, 1, 5);
        Between("days", request.Days, 7, 366);
        Between("replications", request.Replications, 1, 100);
        if (await forces.FindCurrentAsync(cancellation) is not { } pack)
        {
            problems.Add(new Problem("There is no force in the store to simulate", Accepted: "import a force pack first"));
            return problems;
        }

        problems.AddRange(DesignStart.FromForce(pack, request.Dated, "Sweep").Problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var sweep = new GroupSweep
        {
            Force = pack.Manifest.Name,
            PackVersion = pack.Manifest.Version,
            PackSha256 = pack.Sha256,
            Dated = request.Dated,
            MaxSize = request.MaxSize,
            Days = request.Days,
            Replications = request.Replications,
            Seed = request.Seed,
            EngineVersion = Replica.Version,
            Groups = ConnectedGroups.Of(pack, request.MaxSize).Count,
        };
        var key = KeyOf(sweep);
        var found = await history.FindAsync(Kind, key, time.Now(), cancellation);
        if (await IsUnderWayAsync(key, cancellation))
        {
            // Under way already: shards that are queued will be done.
            return key;
        }

        var done = await DoneAsync(key, cancellation);
        await history.CommitAsync(
            context,
            changes =>
            {
                if (found is null)
                {
                    changes.Record(Kind, key, sweep, Always, time.LondonToday());
                }
                else if (done.Count * Shard < sweep.Groups)
                {
                    changes.Note(Kind.Name, key, "taken up again");
                }

                for (var from = 0; from < sweep.Groups; from += Shard)
                {
                    if (!done.Contains(from))
                    {
                        work.Enqueue(changes, context, SweepJob.Request(key, from, context));
                    }
                }
            },
            cancellation);
        return key;
    }

    /// <summary>Stops what is queued of a sweep; what is done stays.</summary>
    public async Task StopAsync(string key, CancellationToken cancellation = default)
    {
        foreach (var job in await work.ListAsync(new JobQuery(Kind: SweepJob.JobKind, Subject: SweepJob.Subject(key), Ended: false, Take: 1000), cancellation))
        {
            await work.CancelAsync(job.Id, cancellation);
        }
    }

    /// <summary>Whether shards of a sweep are queued or running.</summary>
    public async Task<bool> IsUnderWayAsync(string key, CancellationToken cancellation = default) =>
        (await work.ListAsync(new JobQuery(Kind: SweepJob.JobKind, Subject: SweepJob.Subject(key), Ended: false, Take: 1), cancellation)).Count > 0;

    /// <summary>What shards of a sweep that is not finished failed of, each once.</summary>
    public async Task<IReadOnlyList<Problem>> FaultsAsync(string key, CancellationToken cancellation = default) =>
        [.. (await work.ListAsync(new JobQuery(Kind: SweepJob.JobKind, Subject: SweepJob.Subject(key), Take: 100), cancellation)).SelectMany(job => job.Problems).Distinct()];

    /// <summary>Sweeps, newest first.</summary>
    public async Task<IReadOnlyList<SweepView>> ListAsync(AsAt at, CancellationToken cancellation = default)
    {
        var views = new List<SweepView>();
        foreach (var version in (await history.ListAsync(Kind, at, cancellation)).OrderByDescending(version => version.VersionId))
        {
            await using var db = await store.ReadAsync(cancellation);
            views.Add(new SweepView(version.Key, version, await db.Set<GroupValueRow>().CountAsync(row => row.Sweep == version.Key, cancellation)));
        }

        return views;
    }

    /// <summary>A sweep, or null.</summary>
    public async Task<SweepView?> FindAsync(string key, AsAt at, CancellationToken cancellation = default)
    {
        if (await history.FindAsync(Kind, key, at, cancellation) is not { Body: not null } version)
        {
            return null;
        }

        await using var db = await store.ReadAsync(cancellation);
        return new SweepView(key, version, await db.Set<GroupValueRow>().CountAsync(row => row.Sweep == key, cancellation));
    }

    /// <summary>The newest finished sweep of a pack, or null.</summary>
    public async Task<SweepView?> FindFinishedAsync(string packSha256, CancellationToken cancellation = default) =>
        (await ListAsync(time.Now(), cancellation)).FirstOrDefault(view => view.Finished && view.Sweep.PackSha256 == packSha256);

    /// <summary>The values of a sweep, in the order of <see cref="ConnectedGroups"/>; those done so far.</summary>
    public async Task<IReadOnlyList<GroupValues>> ValuesAsync(string key, CancellationToken cancellation = default)
    {
        await using var db = await store.ReadAsync(cancellation);
        var rows = await db.Set<GroupValueRow>().AsNoTracking().Where(row => row.Sweep == key).OrderBy(row => row.Number).Select(row => row.Body).ToListAsync(cancellation);
        return rows.ConvertAll(HistoryJson.Read<GroupValues>);
    }

    /// <summary>The table as <c>pathfinder group --group-values</c> reads it: units, then a column a value; empty where nothing was observed.</summary>
    public static string Csv(IReadOnlyList<GroupValues> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var csv = new StringBuilder("units,incidents_per_day,crews,immediate_in_target,significant_in_target,immediate_mean_minutes,significant_mean_minutes,immediate_p90_minutes,utilisation,units_available,channel_utilisation,cross_borough_per_day\n");
        foreach (var each in values)
        {
            double?[] columns =
            [
                each.IncidentsPerDay, each.Crews, each.ImmediateInTarget, each.SignificantInTarget, each.ImmediateMean, each.SignificantMean, each.ImmediateP90, each.Utilisation, each.UnitsAvailable,
                each.ChannelUtilisation, each.CrossBoroughPerDay,
            ];
            csv.Append(string.Join(' ', each.Boroughs));
            foreach (var value in columns)
            {
                csv.Append(',').Append(value?.ToString("R", CultureInfo.InvariantCulture));
            }

            csv.Append('\n');
        }

        return csv.ToString();
    }

    internal static string KeyOf(GroupSweep sweep) =>
        "sweep-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(HistoryJson.Write(sweep))))[..12];

    private async Task<HashSet<int>> DoneAsync(string key, CancellationToken cancellation)
    {
        await using var db = await store.ReadAsync(cancellation);
        var numbers = await db.Set<GroupValueRow>().AsNoTracking().Where(row => row.Sweep == key).Select(row => row.Number).ToListAsync(cancellation);
        return [.. numbers.Where(number => number % Shard == 0).Select(number => (int)number)];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
