using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme;

/// <summary>A small store of the programme's records, in which a test says what was known when.</summary>
internal sealed class ProgrammeStore : IAsyncDisposable
{
    public static readonly Actor Office = new("o.fficer", "Olive Officer", "force", new HashSet<Role> { Role.ProgrammeOffice }, []);

    private ProgrammeStore(StoreFixture store) => Store = store;

    public StoreFixture Store { get; }

    public IRecords Records => Store.Get<IRecords>();

    public static async Task<ProgrammeStore> CreateAsync(StoreKind kind = StoreKind.Sqlite, Action<IServiceCollection>? configure = null) =>
        new(await StoreFixture.CreateAsync(kind, configure));

    /// <summary>A date as stated.</summary>
    public static PartialDate Stated(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text, nameof(text));

    /// <summary>A day.</summary>
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Saves records as known from a day; people have the accounts that they are said to sign in with.</summary>
    public async Task SaveAsync(string known, params (string Key, ProgrammeRecord Body)[] records)
    {
        foreach (var account in records.Select(one => one.Body).OfType<Person>().Select(person => person.Account).OfType<string>())
        {
            await AddAccountAsync(Store, account);
        }

        var saved = await Records.SaveAsync(
            Office,
            records.Select(one => new RecordChange(KindOf(one.Body), one.Key, one.Body, Day(known), Known: Day(known))).ToList(),
            "a test says so");
        saved.Problems.ShouldBeEmpty();
    }

    /// <summary>Gives somebody an account, where there is none yet.</summary>
    public static async Task AddAccountAsync(StoreFixture store, string account)
    {
        var people = store.Get<IPeople>();
        if (await people.FindAccountAsync(account) is null)
        {
            var context = new ChangeContext("root", "force", "a test needs somebody");
            await people.SaveOrganisationAsync(context, "force", new Organisation("The force", []));
            (await people.AddAccountAsync(context, account, new Account(account, true, [new("force", [Role.Reader], [])]), null)).Problems.ShouldBeEmpty();
        }
    }

    /// <summary>The records as the office sees them on a day.</summary>
    public RecordView View(string day, string? known = null) => Records.View(Office, new AsAt(Day(day), Day(known ?? day)));

    /// <summary>What the reading of a kind says of the whole list.</summary>
    public async Task<ListReading> ReadAsync(string kind, RecordView view)
    {
        var reading = Reading(kind);
        return await reading.ReadAsync(view, await view.ListAsync(view.Catalogue.Find(kind)!));
    }

    /// <summary>What the reading of a kind says of one record.</summary>
    public async Task<RecordReading> ReadAsync(string kind, string key, RecordView view) =>
        await Reading(kind).ReadAsync(view, (await view.FindAsync($"{kind}:{key}"))!);

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static string KindOf(ProgrammeRecord body) => PlatformKinds.All.Single(kind => kind.Body == body.GetType()).Name;

    private IRecordReading Reading(string kind) => Store.Get<IEnumerable<IRecordReading>>().Single(reading => reading.Kind == kind);
}
