using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Pathfinder.Platform.Storage;

/// <summary>One step of the schema that a store has.</summary>
/// <param name="Id">The step.</param>
/// <param name="Product">The version of the product that applied it.</param>
/// <param name="Applied">When.</param>
public sealed record AppliedStep(string Id, string Product, DateTimeOffset Applied);

/// <summary>
/// Reads and brings up the schema. EF Core's own runner is not used: on SQLite it takes a lock that a killed process
/// leaves behind for ever, and it would not let each room register its steps.
/// </summary>
internal static class StoreSchema
{
    private const string Table = "store_migrations";
    private const long MigrationLock = 0x5041_5448_0000_0001;

    /// <summary>The steps a store has, by id; empty for a new store.</summary>
    public static async Task<Dictionary<string, AppliedStep>> AppliedAsync(PathfinderDb db, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, AppliedStep>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var exists = Command(db, db.Kind == StoreKind.Sqlite
                ? $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{Table}'"
                : $"SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '{Table}'");
            if (Convert.ToInt64(await exists.ExecuteScalarAsync(cancellation), System.Globalization.CultureInfo.InvariantCulture) == 0)
            {
                return applied;
            }

            await using var list = Command(db, $"SELECT id, product, applied FROM {Table}");
            await using var reader = await list.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var step = new AppliedStep(reader.GetString(0), reader.GetString(1), Instants.FromMicroseconds(reader.GetInt64(2)));
                applied.Add(step.Id, step);
            }

            return applied;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Applies every step the store lacks, in one transaction; two processes that start together take turns.</summary>
    public static async Task MigrateAsync(
        PathfinderDb db, IReadOnlyList<IStoreMigration> migrations, TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (db.Kind == StoreKind.Postgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellation);
        }

        await ExecuteAsync(
            db, $"CREATE TABLE IF NOT EXISTS {Table} (id text NOT NULL PRIMARY KEY, product text NOT NULL, applied bigint NOT NULL)", cancellation);
        var applied = await AppliedAsync(db, cancellation);
        var generator = db.GetService<IMigrationsSqlGenerator>();
        var model = db.GetService<IDesignTimeModel>().Model;
        foreach (var step in migrations.Where(step => !applied.ContainsKey(step.Id)))
        {
            await ApplyAsync(db, step, generator, model, cancellation);
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO store_migrations (id, product, applied) VALUES ({step.Id}, {Store.ProductVersion}, {time.GetUtcNow().ToMicroseconds()})",
                cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether every step is applied.</summary>
    public static bool TrueForAll(this IReadOnlyList<IStoreMigration> migrations, Dictionary<string, AppliedStep> applied) =>
        migrations.All(step => applied.ContainsKey(step.Id));

    private static async Task ApplyAsync(
        PathfinderDb db, IStoreMigration step, IMigrationsSqlGenerator generator, IModel model, CancellationToken cancellation)
    {
        var builder = new MigrationBuilder(db.Database.ProviderName);
        step.Up(builder, db.Kind);
        foreach (var command in generator.Generate(builder.Operations, model))
        {
            await ExecuteAsync(db, command.CommandText, cancellation);
        }
    }

    private static async Task ExecuteAsync(PathfinderDb db, string sql, CancellationToken cancellation)
    {
        await using var command = Command(db, sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static DbCommand Command(PathfinderDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Schema text of this product; nothing from a user.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }
}
