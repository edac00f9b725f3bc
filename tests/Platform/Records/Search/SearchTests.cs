using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Search;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records.Search;

public sealed class SearchTests
{
    private static readonly DateOnly Day = new(2017, 5, 12);
    private static readonly Actor Office = new("office", "Robin", "mps", new HashSet<Role> { Role.ProgrammeOffice }, []);
    private static readonly Actor Reader = new("reader", "Sam", "camden", new HashSet<Role> { Role.Reader }, []);

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Search_Words_MustAllBeThereAndTheTitleCountsMore(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "below", new Milestone { Title = "Something else", Summary = "The safeguarding hub of the café opens" });
        await SaveAsync(store, "above", new Milestone { Title = "Safeguarding café" });
        await SaveAsync(store, "half", new Milestone { Title = "Safeguarding" });

        var found = await FindAsync(store, new SearchQuery("SAFEGUARD cafe"));

        found.Hits.Select(hit => hit.Key).ShouldBe(["above", "below"]);
        (found.Hits[0].Excerpt.Count, found.Hits[1].Label).ShouldBe((0, "Summary"));
        found.Hits[1].Excerpt.ShouldBe([new("The ", false), new("safeguard", true), new("ing hub of the ", false), new("café", true), new(" opens", false)]);
    }

    [Fact]
    public async Task Search_AsAtDates_FindsWhatWasKnownThen()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "one", new Milestone { Title = "Spring" });
        await SaveAsync(store, "one", new Milestone { Title = "Autumn" }, Day.AddDays(100));

        (await FindAsync(store, new SearchQuery("spring"), new AsAt(Day, Day))).Total.ShouldBe(1);
        (await FindAsync(store, new SearchQuery("spring"))).Total.ShouldBe(0);
        (await FindAsync(store, new SearchQuery("autumn"), new AsAt(Day, Day))).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Search_RestrictedRecord_IsFoundByItsReadersByTitleAlone()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "secret", new Milestone { Title = "Sale of the site", Summary = "quokka", Handling = new Handling { Readers = ["organisation:mps"], Ground = "commercial sensitivity" } });

        (await FindAsync(store, new SearchQuery("sale"), reader: Reader)).Total.ShouldBe(0);
        (await FindAsync(store, new SearchQuery("quokka"), reader: Office)).Total.ShouldBe(0);
        var hit = (await FindAsync(store, new SearchQuery("sale"), reader: Office)).Hits.Single();
        (hit.Ground, hit.Excerpt.Count).ShouldBe(("commercial sensitivity", 0));
    }

    [Fact]
    public async Task Search_ByAreaNameBodyDateAndKind_Narrows()
    {
        await using var store = await StoreFixture.CreateAsync();
        (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), new ChangeContext("system", "pathfinder", "a force"), Cancel)).Problems.ShouldBeEmpty();
        var pack = (await store.Get<IForces>().FindCurrentAsync(Cancel))!;
        var borough = pack.Boroughs.First(b => b.InForce);
        var unit = pack.CommandUnits.First(u => u.Members.Any(member => member.Borough == borough.Code));
        await SaveAsync(store, "board", new Body { Title = "The board" }, kind: "body");
        await SaveAsync(store, "here", new Milestone { Title = "Here", Areas = [borough.Code], Baselines = [new Baseline { Date = Stated("April 2017"), ApprovedBy = "board" }] });
        await SaveAsync(store, "unit", new Milestone { Title = "Its unit", Areas = [unit.Code], Baselines = [new Baseline { Date = Stated("2019") }] });
        await SaveAsync(store, "nowhere", new Milestone { Title = "Nowhere" });

        async Task<IEnumerable<string>> Keys(SearchQuery query) => (await FindAsync(store, query)).Hits.Select(hit => hit.Key).Order(StringComparer.Ordinal);
        (await Keys(new SearchQuery(Area: borough.Name.ToUpperInvariant()))).ShouldBe(["here", "unit"]);
        (await Keys(new SearchQuery(Body: "board"))).ShouldBe(["board", "here"]);
        (await Keys(new SearchQuery(From: new DateOnly(2017, 4, 20), To: new DateOnly(2017, 12, 31)))).ShouldBe(["here"]);
        (await Keys(new SearchQuery("board", Kind: "bodies"))).ShouldBe(["board"]);
        (await Keys(new SearchQuery(borough.Name, Kind: "borough"))).ShouldBe([borough.Code]);
    }

    [Theory]
    [InlineData("area", "Atlantis")]
    [InlineData("kind", "unicorn")]
    [InlineData("body", "nobody")]
    public async Task Search_ForWhatIsNotKnown_SaysSo(string field, string value)
    {
        await using var store = await StoreFixture.CreateAsync();
        (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), new ChangeContext("system", "pathfinder", "a force"), Cancel)).Problems.ShouldBeEmpty();
        var query = field switch { "area" => new SearchQuery(Area: value), "kind" => new SearchQuery(Kind: value), _ => new SearchQuery(Body: value) };

        var refused = await store.Get<ISearch>().FindAsync(store.Get<IRecords>().View(Office, new AsAt(Day, Day)), query, Cancel);

        (refused.Problems.Single().Field, refused.Problems.Single().Found).ShouldBe((field, value));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PartialDate Stated(string text) => PartialDate.TryParse(text, out var date) ? date : throw new ArgumentException(text);

    private static async Task<SearchAnswer> FindAsync(StoreFixture store, SearchQuery query, AsAt? at = null, Actor? reader = null)
    {
        var found = await store.Get<ISearch>().FindAsync(store.Get<IRecords>().View(reader ?? Office, at ?? store.Get<TimeProvider>().Now()), query, Cancel);
        found.Problems.ShouldBeEmpty();
        return found.Value;
    }

    private static async Task SaveAsync(StoreFixture store, string key, ProgrammeRecord body, DateOnly? known = null, string kind = "milestone") =>
        (await store.Get<IRecords>().SaveAsync(Office, [new RecordChange(kind, key, body, Day, Known: known ?? Day)], "As reported", Cancel)).Problems.ShouldBeEmpty();
}
