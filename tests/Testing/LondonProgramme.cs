using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Testing;

/// <summary>
/// London with its programme, as a first start leaves it. Loaded once a process into an SQLite store; a test that only reads shares it,
/// one that writes takes a copy.
/// </summary>
public static class LondonProgramme
{
    private static readonly Lazy<Task<StoreFixture>> Loaded = new(LoadAsync);

    /// <summary>The programme's files of the repository, in the order in which a first start reads them.</summary>
    public static IReadOnlyList<string> Files { get; } =
        Directory.GetFiles(Path.Combine(Repository.Root, "data", "london-programme"), "*.json").Order(StringComparer.Ordinal).ToList();

    /// <summary>The store that all tests of the process share: never write to it, never dispose of it.</summary>
    public static Task<StoreFixture> SharedAsync() => Loaded.Value;

    /// <summary>A store of one's own with the same content; the caller disposes of it.</summary>
    public static async Task<StoreFixture> CopyAsync(Action<IServiceCollection>? configure = null)
    {
        var shared = await SharedAsync();
        var file = Path.Combine(Directory.CreateTempSubdirectory("pathfinder-test-").FullName, "pathfinder.db");
        await shared.Store.BackUpAsync(file);
        return await StoreFixture.OpenFileAsync(file, configure);
    }

    /// <summary>Loads the force pack and the programme into a store.</summary>
    public static async Task LoadAsync(StoreFixture store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var start = new ChangeContext("system", "pathfinder", "first start");
        _ = (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "london"), start)).Value;
        var exchange = store.Get<IProgrammeExchange>();
        var files = Files.Select(file => exchange.Read(File.ReadAllBytes(file), Path.GetFileName(file)).Value).ToList();
        _ = (await exchange.ImportAsync(null, start, files)).Value;
    }

    private static async Task<StoreFixture> LoadAsync()
    {
        var store = await StoreFixture.CreateAsync(StoreKind.Sqlite);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await LoadAsync(store);
        return store;
    }
}
