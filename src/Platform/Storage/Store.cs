using System.Data;
using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Storage;

/// <summary>
/// The one store of a process. It opens on first use: an empty store is created, an older one is brought up to this
/// version, and one that cannot be used throws <see cref="StoreException"/> with a problem. Writers take turns.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    private readonly IReadOnlyList<IEntityMap> _maps;
    private readonly IReadOnlyList<IStoreMigration> _migrations;
    private readonly TimeProvider _time;
    private readonly DbContextOptions<PathfinderDb> _context;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _opened;

    /// <summary>A store with what the rooms registered; touches nothing yet. Throws <see cref="StoreException"/> when its address cannot be read.</summary>
    public Store(StoreOptions options, IEnumerable<IEntityMap> maps, IEnumerable<IStoreMigration> migrations, TimeProvider time)
    {
        if (options.FindProblem() is { } problem)
        {
            throw new StoreException(problem);
        }

        Options = options;
        _maps = maps.OrderBy(map => map.GetType().FullName, StringComparer.Ordinal).ToList();
        _migrations = migrations.OrderBy(step => step.Id, StringComparer.Ordinal).ToList();
        _time = time;
        var builder = new DbContextOptionsBuilder<PathfinderDb>()
            .ReplaceService<IModelCacheKeyFactory, PathfinderDb.MapsModelCacheKeyFactory>();
        _context = options.Kind == StoreKind.Sqlite
            ? builder.UseSqlite(SqliteConnectionString(options)).AddInterceptors(new SqliteSettings(options.BusyTimeout)).Options
            : builder.UseNpgsql(StoreOptions.ToConnectionString(options.Location)).Options;
    }

    /// <summary>Which store this is.</summary>
    public StoreOptions Options { get; }

    /// <summary>The version of the product, as the store notes it with each step of its schema.</summary>
    public static string ProductVersion { get; } =
        typeof(Store).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Opens the store: creates an empty one, brings an older one up. Throws <see cref="StoreException"/> when it cannot be used.</summary>
    public async Task OpenAsync(CancellationToken cancellation = default)
    {
        if (_opened)
        {
            return;
        }

        await _opening.WaitAsync(cancellation);
        try
        {
            if (!_opened)
            {
                await Guarded(() => PrepareAsync(cancellation));
                _opened = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Steps of the schema this version knows and the store has not, in order; empty once open. Never changes the store.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation = default)
    {
        if (Options.FilePath is { } path && !File.Exists(path))
        {
            return _migrations.Select(step => step.Id).ToList();
        }

        IReadOnlyList<string> pending = [];
        await Guarded(async () =>
        {
            await using var db = NewContext();
            var applied = await StoreSchema.AppliedAsync(db, cancellation);
            ThrowIfNewer(applied);
            pending = _migrations.Select(step => step.Id).Where(id => !applied.ContainsKey(id)).ToList();
        });
        return pending;
    }

    /// <summary>A context for reading; the caller disposes of it.</summary>
    public async Task<PathfinderDb> ReadAsync(CancellationToken cancellation = default)
    {
        await OpenAsync(cancellation);
        var db = NewContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Runs work in one transaction, alone among this process's writers, and commits it; any exception undoes all of it.</summary>
    public async Task<T> WriteAsync<T>(Func<PathfinderDb, CancellationToken, Task<T>> work, CancellationToken cancellation = default)
    {
        if (Options.ReadOnly)
        {
            throw new StoreException(new Problem("Store: opened read-only, so nothing can be changed", File: Options.DisplayName));
        }

        await OpenAsync(cancellation);
        await _writer.WaitAsync(cancellation);
        try
        {
            T result = default!;
            await Guarded(async () =>
            {
                await using var db = NewContext();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                result = await work(db, cancellation);
                await transaction.CommitAsync(cancellation);
            });
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Runs work in one transaction, alone among this process's writers, and commits it.</summary>
    public Task WriteAsync(Func<PathfinderDb, CancellationToken, Task> work, CancellationToken cancellation = default) =>
        WriteAsync<object?>(
            async (db, token) =>
            {
                await work(db, token);
                return null;
            },
            cancellation);

    /// <summary>Reads many times from one moment of the store, whatever others write meanwhile, and blocks nobody.</summary>
    public async Task<T> SnapshotAsync<T>(Func<PathfinderDb, CancellationToken, Task<T>> read, CancellationToken cancellation = default)
    {
        await OpenAsync(cancellation);
        T result = default!;
        await Guarded(async () =>
        {
            await using var db = NewContext();
            await db.Database.OpenConnectionAsync(cancellation);
            await using DbTransaction transaction = db.Database.GetDbConnection() is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await db.Database.UseTransactionAsync(transaction, cancellation);
            result = await read(db, cancellation);
        });
        return result;
    }

    /// <summary>
    /// Copies an SQLite store into a new file while it may be in use, complete to one moment. Throws
    /// <see cref="StoreException"/> on PostgreSQL, which has pg_dump for it, and when the file exists.
    /// </summary>
    public async Task BackUpAsync(string file, CancellationToken cancellation = default)
    {
        if (Options.Kind == StoreKind.Postgres)
        {
            throw new StoreException(new Problem("Store: back a PostgreSQL store up with pg_dump (docs/guides/operating.md)", File: Options.DisplayName));
        }

        if (!File.Exists(Options.FilePath))
        {
            throw new StoreException(new Problem("Store: there is none to back up", File: Options.DisplayName));
        }

        if (File.Exists(file))
        {
            throw new StoreException(new Problem("A backup never replaces a file; name a new one", File: file));
        }

        var partial = file + ".partial";
        File.Delete(partial);
        await Guarded(async () =>
        {
            await using var db = NewContext();
            await db.Database.ExecuteSqlRawAsync("VACUUM INTO {0}", [partial], cancellation);
        });
        File.Move(partial, file);
    }

    /// <summary>Steps of the schema with when each was applied and by which version of the product.</summary>
    public async Task<IReadOnlyList<AppliedStep>> AppliedAsync(CancellationToken cancellation = default)
    {
        await using var db = await ReadAsync(cancellation);
        var applied = await StoreSchema.AppliedAsync(db, cancellation);
        return applied.Values.OrderBy(step => step.Id, StringComparer.Ordinal).ToList();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await using (var db = NewContext())
        {
            if (db.Database.GetDbConnection() is SqliteConnection connection)
            {
                SqliteConnection.ClearPool(connection);
            }
            else if (db.Database.GetDbConnection() is Npgsql.NpgsqlConnection postgres)
            {
                Npgsql.NpgsqlConnection.ClearPool(postgres);
            }
        }

        _writer.Dispose();
        _opening.Dispose();
    }

    internal PathfinderDb NewContext() => new(_context, Options.Kind, _maps);

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        if (Options.FilePath is { } path)
        {
            if (Options.ReadOnly && !File.Exists(path))
            {
                throw new StoreException(new Problem("Store: there is none at this place", File: path));
            }

            if (!Options.ReadOnly)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            }
        }

        await using var db = NewContext();
        var applied = await StoreSchema.AppliedAsync(db, cancellation);
        ThrowIfNewer(applied);
        var current = _migrations.TrueForAll(applied);
        if (Options.ReadOnly)
        {
            if (!current)
            {
                throw new StoreException(new Problem(
                    "Store: of an older version, and opened read-only; run \"pathfinder store migrate\" first", File: Options.DisplayName));
            }

            return;
        }

        if (Options.Kind == StoreKind.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        }

        if (!current)
        {
            await StoreSchema.MigrateAsync(db, _migrations, _time, cancellation);
        }
    }

    private void ThrowIfNewer(Dictionary<string, AppliedStep> applied)
    {
        var known = _migrations.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
        var newer = applied.Values.Where(step => !known.Contains(step.Id)).OrderBy(step => step.Id, StringComparer.Ordinal).LastOrDefault();
        if (newer is not null)
        {
            throw new StoreException(new Problem(
                $"Store: written by a newer version of Pathfinder ({newer.Product}, schema {newer.Id}); use that version or later",
                File: Options.DisplayName));
        }
    }

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (StoreFaults.MayExplain(exception) && StoreFaults.Find(exception, Options) is not null)
        {
            throw StoreFaults.Find(exception, Options)!;
        }
    }

    private static string SqliteConnectionString(StoreOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.FilePath,
        ForeignKeys = true,
        Mode = options.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.BusyTimeout.TotalSeconds)),
    }.ConnectionString;

    private sealed class SqliteSettings(TimeSpan busyTimeout) : DbConnectionInterceptor
    {
        // In WAL mode NORMAL loses nothing when a process is killed, and at most the last commits when power fails.
        private readonly string _text = $"PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds};";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Apply(connection);
            return Task.CompletedTask;
        }

        private void Apply(DbConnection connection)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and one number.
            command.CommandText = _text;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
