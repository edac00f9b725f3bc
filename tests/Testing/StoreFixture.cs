using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Pathfinder.Platform;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Testing;

/// <summary>
/// A fresh, empty store of its own with the whole platform on it. SQLite in a temporary folder; on PostgreSQL a database
/// of its own, copied from a template that is migrated once a process.
/// </summary>
public sealed class StoreFixture : IAsyncDisposable
{
    /// <summary>Names the PostgreSQL server that the tests may create databases on; without it they run on SQLite alone.</summary>
    public const string PostgresVariable = "PATHFINDER_TEST_POSTGRES";

    private static readonly SemaphoreSlim Templating = new(1, 1);
    private static string? _template;

    private readonly DirectoryInfo? _folder;
    private readonly string? _database;

    private StoreFixture(StoreOptions options, ServiceProvider services, DirectoryInfo? folder, string? database)
    {
        Options = options;
        Services = services;
        _folder = folder;
        _database = database;
    }

    /// <summary>Where the store is.</summary>
    public StoreOptions Options { get; }

    /// <summary>The platform's services.</summary>
    public ServiceProvider Services { get; }

    /// <summary>The store itself.</summary>
    public Store Store => Services.GetRequiredService<Store>();

    /// <summary>Governed facts.</summary>
    public IHistory History => Services.GetRequiredService<IHistory>();

    /// <summary>A service of the platform.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Makes a store, with services of the test's own added last.</summary>
    public static async Task<StoreFixture> CreateAsync(StoreKind kind = StoreKind.Sqlite, Action<IServiceCollection>? configure = null)
    {
        if (kind == StoreKind.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("pathfinder-test-");
            var options = new StoreOptions { Location = Path.Combine(folder.FullName, "pathfinder.db") };
            return await OpenAsync(options, folder, null, configure);
        }

        var template = await TemplateAsync();
        var database = "pathfinder_test_" + Guid.NewGuid().ToString("N");
        await AdministerAsync($"CREATE DATABASE {database} TEMPLATE {template}");
        return await OpenAsync(new StoreOptions { Location = ConnectionString(database) }, null, database, configure);
    }

    /// <summary>Opens an SQLite store that is there already, alone in its folder; both are removed with the fixture.</summary>
    public static Task<StoreFixture> OpenFileAsync(string file, Action<IServiceCollection>? configure = null) =>
        OpenAsync(new StoreOptions { Location = file }, new FileInfo(file).Directory, null, configure);

    /// <summary>A second, separate platform on the same store, as another process would have.</summary>
    public ServiceProvider Another(Func<StoreOptions, StoreOptions>? change = null) =>
        Provider(change is null ? Options : change(Options), null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None);
        }

        await Services.DisposeAsync();
        if (_folder is not null)
        {
            _folder.Delete(recursive: true);
        }

        if (_database is not null)
        {
            await AdministerAsync($"DROP DATABASE {_database} WITH (FORCE)");
        }
    }

    private static async Task<StoreFixture> OpenAsync(
        StoreOptions options, DirectoryInfo? folder, string? database, Action<IServiceCollection>? configure)
    {
        var services = Provider(options, configure);
        await services.GetRequiredService<Store>().OpenAsync();
        return new StoreFixture(options, services, folder, database);
    }

    private static ServiceProvider Provider(StoreOptions options, Action<IServiceCollection>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPathfinder(options);
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static async Task<string> TemplateAsync()
    {
        await Templating.WaitAsync();
        try
        {
            if (_template is null)
            {
                var name = "pathfinder_template_" + Guid.NewGuid().ToString("N");
                await AdministerAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
                await using (var services = Provider(new StoreOptions { Location = ConnectionString(name) }, null))
                {
                    await services.GetRequiredService<Store>().OpenAsync();
                }

                AppDomain.CurrentDomain.ProcessExit += (_, _) => AdministerAsync($"DROP DATABASE {name} WITH (FORCE)").GetAwaiter().GetResult();
                _template = name;
            }

            return _template;
        }
        finally
        {
            Templating.Release();
        }
    }

    private static string Server() => Environment.GetEnvironmentVariable(PostgresVariable)
        ?? throw new InvalidOperationException($"Set {PostgresVariable} to the connection string of a PostgreSQL server.");

    private static string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Server()) { Database = database, MaxPoolSize = 8 }.ConnectionString;

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Server()) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names made here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
