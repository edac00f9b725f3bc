using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Queries;

/// <summary>A store with a few records, each saved as known and holding from a date.</summary>
public sealed class SmallProgramme : IAsyncDisposable
{
    /// <summary>Keeps the records.</summary>
    public static Actor Office { get; } = new("office", "Programme office", "mps", new HashSet<Role> { Role.ProgrammeOffice }, []);

    /// <summary>Speaks for Camden; keeps no records.</summary>
    public static Actor Camden { get; } = new("camden", "Camden", "camden", new HashSet<Role> { Role.Partner }, ["E09000007"]);

    private SmallProgramme(StoreFixture store) => Store = store;

    public StoreFixture Store { get; }

    public IRecords Records => Store.Get<IRecords>();

    public static async Task<SmallProgramme> CreateAsync() => new(await StoreFixture.CreateAsync());

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static PartialDate Date(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text, nameof(text));

    /// <summary>The view of a reader (null: the product) as at an effective date, known on another or the same.</summary>
    public RecordView At(string effective, string? known = null, Actor? reader = null) => Records.View(reader, new AsAt(Day(effective), Day(known ?? effective)));

    public async Task SaveAsync(string kind, string key, ProgrammeRecord body, string from, string? known = null, string? until = null)
    {
        var saved = await Records.SaveAsync(
            Office, [new RecordChange(kind, key, body, Day(from), until is null ? null : Day(until), Day(known ?? from))], "for the test", TestContext.Current.CancellationToken);
        saved.Problems.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
