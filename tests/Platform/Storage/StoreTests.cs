using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Storage;

public sealed class StoreTests
{
    private static readonly GovernedKind<Thing> Things = new("test-thing");
    private static readonly ChangeContext Anna = new("anna", "mps", "test");
    private static readonly DateOnly Day = new(2017, 1, 1);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Migrations_AllApplied_MakeWhatTheMapsSay(StoreKind kind)
    {
        await using var migrated = await StoreFixture.CreateAsync(kind);
        await using var mapped = await StoreFixture.CreateAsync(kind);
        await using (var db = await mapped.Store.ReadAsync(Cancel))
        {
            foreach (var drop in await DropAllAsync(db))
            {
                await ExecuteAsync(db, drop);
            }

            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(Cancel);
        }

        var fromSteps = await CatalogueAsync(migrated.Store);
        var fromMaps = await CatalogueAsync(mapped.Store);

        fromMaps.Count.ShouldBeGreaterThan(60);
        fromSteps.ShouldBe(fromMaps);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Open_StoreOfANewerVersion_IsRefusedWithAProblem(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await using (var db = await store.Store.ReadAsync(Cancel))
        {
            await ExecuteAsync(db, "INSERT INTO store_migrations (id, product, applied) VALUES ('9999-future', '9.9', 1)");
        }

        await using var again = store.Another();
        var refusal = await Should.ThrowAsync<StoreException>(() => again.GetRequiredService<Store>().OpenAsync(Cancel));
        refusal.Problem.Message.ShouldContain("newer version of Pathfinder (9.9, schema 9999-future)");
        refusal.Problem.File.ShouldBe(store.Options.DisplayName);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Open_TwoProcessesOnAnEmptyStore_BothSucceed(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await using (var db = await store.Store.ReadAsync(Cancel))
        {
            foreach (var drop in (await DropAllAsync(db)).Append("DROP TABLE store_migrations"))
            {
                await ExecuteAsync(db, drop);
            }
        }

        await using var one = store.Another();
        await using var two = store.Another();
        await Task.WhenAll(
            Task.Run(() => one.GetRequiredService<Store>().OpenAsync(Cancel), Cancel),
            Task.Run(() => two.GetRequiredService<Store>().OpenAsync(Cancel), Cancel));

        (await two.GetRequiredService<Store>().PendingAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_WhileAnotherProcessHoldsTheFile_IsRefusedWithAProblem()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var other = store.Another(options => options with { BusyTimeout = TimeSpan.FromMilliseconds(200) });
        await other.GetRequiredService<Store>().OpenAsync(Cancel);
        await using var holder = new SqliteConnection($"Data Source={store.Options.FilePath};Pooling=False");
        await holder.OpenAsync(Cancel);
        await using var held = holder.BeginTransaction(deferred: false);

        var refusal = await Should.ThrowAsync<StoreException>(
            () => other.GetRequiredService<IHistory>().CommitAsync(Anna, c => c.Record(Things, "a", new(1), new(Day), Day), Cancel));

        refusal.Problem.Message.ShouldContain("locked by another process");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Write_ToAStoreOpenedReadOnly_IsRefusedAndReadingWorks(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await store.History.CommitAsync(Anna, c => c.Record(Things, "a", new(1), new(Day), Day), Cancel);
        await using var other = store.Another(options => options with { ReadOnly = true });
        var history = other.GetRequiredService<IHistory>();

        (await history.FindAsync(Things, "a", new(Day, Day), Cancel)).ShouldNotBeNull();
        var refusal = await Should.ThrowAsync<StoreException>(() => history.CommitAsync(Anna, c => c.End(Things, "a", Day, Day), Cancel));
        refusal.Problem.Message.ShouldContain("read-only");
    }

    [Fact]
    public async Task Write_WhenTheDatabaseRefusesAsReadOnly_IsRefusedWithAProblem()
    {
        await using var store = await StoreFixture.CreateAsync();

        var refusal = await Should.ThrowAsync<StoreException>(() => store.Store.WriteAsync(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlRawAsync("PRAGMA query_only = ON", token);
                await db.Database.ExecuteSqlRawAsync("DELETE FROM jobs", token);
            },
            Cancel));

        refusal.Problem.Message.ShouldContain("read-only; give this account the right");
    }

    [Fact]
    public async Task Open_AFileThatIsNoStore_IsRefusedWithAProblem()
    {
        await using var store = await StoreFixture.CreateAsync();
        var path = Path.Combine(Path.GetDirectoryName(store.Options.FilePath)!, "letter.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("Dear Sir or Madam, ", 100)), Cancel);
        await using var other = store.Another(options => options with { Location = path });

        var refusal = await Should.ThrowAsync<StoreException>(() => other.GetRequiredService<Store>().OpenAsync(Cancel));

        refusal.Problem.Message.ShouldContain("not a Pathfinder store");
        (await File.ReadAllTextAsync(path, Cancel)).ShouldStartWith("Dear Sir");
    }

    [Fact]
    public async Task Open_APostgresServerThatIsNotThere_IsRefusedWithAProblem()
    {
        await using var store = await StoreFixture.CreateAsync();
        await using var other = store.Another(options => options with { Location = "Host=127.0.0.1;Port=1;Username=nobody;Password=secret;Database=x;Timeout=2" });

        var refusal = await Should.ThrowAsync<StoreException>(() => other.GetRequiredService<Store>().OpenAsync(Cancel));

        refusal.Problem.ToString().ShouldContain("cannot be reached");
        refusal.Problem.ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task BackUp_WhileWriting_IsACompleteStoreThatVerifies()
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.History.CommitAsync(Anna, c => c.Record(Things, "before", new(1), new(Day), Day), Cancel);
        var file = Path.Combine(Path.GetDirectoryName(store.Options.FilePath)!, "backup.db");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await store.History.CommitAsync(Anna, c => c.Record(Things, $"during{i}", new(i), new(Day), Day), Cancel);
                }
            },
            Cancel);

        await store.Store.BackUpAsync(file, Cancel);
        await stop.CancelAsync();
        await writing;

        await using var restored = store.Another(options => options with { Location = file });
        (await restored.GetRequiredService<IAudit>().VerifyAsync([], Cancel)).Findings.ShouldBeEmpty();
        (await restored.GetRequiredService<IHistory>().FindAsync(Things, "before", new(Day, Day), Cancel)).ShouldNotBeNull();
        (await Should.ThrowAsync<StoreException>(() => store.Store.BackUpAsync(file, Cancel))).Message.ShouldContain("never replaces");
    }

    [Theory]
    [InlineData("store/x.db", StoreKind.Sqlite)]
    [InlineData("Host=db;Database=pathfinder", StoreKind.Postgres)]
    [InlineData("postgresql://anna:p%40ss@db:5433/pathfinder?SslMode=Require", StoreKind.Postgres)]
    public void Options_Location_TellsTheKind(string location, StoreKind kind) => new StoreOptions { Location = location }.Kind.ShouldBe(kind);

    [Fact]
    public void Options_PostgresAddress_IsShownWithoutPassword() =>
        new StoreOptions { Location = "postgresql://anna:p%40ss@db:5433/pathfinder?SslMode=Require" }.DisplayName.ShouldBe("postgresql://db:5433/pathfinder");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<List<string>> DropAllAsync(PathfinderDb db)
    {
        if (db.Kind == StoreKind.Postgres)
        {
            var tables = await db.Database.SqlQueryRaw<string>(
                "SELECT table_name::text AS \"Value\" FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'store_migrations'").ToListAsync(Cancel);
            return [$"DROP TABLE {string.Join(", ", tables)} CASCADE", "DROP FUNCTION refuse_change()"];
        }

        var names = await db.Database.SqlQueryRaw<string>(
            "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name <> 'store_migrations'").ToListAsync(Cancel);
        return [$"PRAGMA foreign_keys = OFF; {string.Concat(names.Select(name => $"DROP TABLE \"{name}\";"))} PRAGMA foreign_keys = ON"];
    }

    /// <summary>Columns, keys and indexes, without the names of constraints.</summary>
    private static async Task<List<string>> CatalogueAsync(Store store)
    {
        await using var db = await store.ReadAsync(Cancel);
        var sql = db.Kind == StoreKind.Postgres
            ? """
              SELECT format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL
              SELECT regexp_replace(indexdef, 'INDEX \S+ ON', 'INDEX ON') FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL
              SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              """
            : """
              SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
              UNION ALL
              SELECT m.name || ' index ' || i."unique" || ' ' || (SELECT group_concat(x.name || ' ' || x."desc") FROM pragma_index_xinfo(i.name) x WHERE x.key)
              FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table'
              UNION ALL
              SELECT m.name || ' refers ' || f."from" || ' ' || f."table" || '.' || f."to" || ' ' || f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
              """;
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using DbDataReader reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancel))
        {
            rows.Add(reader.GetString(0));
        }

        return rows.Order(StringComparer.Ordinal).ToList();
    }

    private static async Task ExecuteAsync(PathfinderDb db, string sql)
    {
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private sealed record Thing(int Value);
}
