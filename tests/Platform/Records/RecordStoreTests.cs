using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records;

public sealed class RecordStoreTests
{
    private static readonly Actor Office = Person("olive", "mps", Role.ProgrammeOffice);
    private static readonly Actor Partner = Person("cllr", "camden", Role.Partner);
    private static readonly DateOnly Today = TimeProvider.System.LondonToday();

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_WithManyFaults_NamesEachByItsPath(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var milestone = new Milestone
        {
            Work = "no-such-work",
            Forecasts = [new Forecast { Date = PartialDate.Of(Today) }, new Forecast()],
            DependsOn = [new Dependency { On = "tranche:nowhere" }, new Dependency { On = "nonsense" }, new Dependency { On = "" }],
            Sources = [new Locator { Document = "paper", Lines = "12-9" }, new Locator { Document = "paper", Lines = "12 and 13" }],
            Handling = new Handling { Readers = ["mps", "role:emperor"] },
        };

        var refused = await store.Get<IRecords>().SaveAsync(Office, [new("milestone", "Go Live", milestone, Until: Today.AddDays(-1), Known: Today.AddDays(1))], " ", Cancel);

        refused.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal).ShouldBe(
        [
            "dependsOn[0].on", "dependsOn[1].on", "dependsOn[2].on", "forecasts[1].date", "handling.ground", "handling.readers[0]", "handling.readers[1]",
            "key", "known", "sources[0].document", "sources[0].lines", "sources[1].document", "sources[1].lines", "title", "until", "why", "work",
        ]);
        (await store.History.LatestRecordedAsync(Cancel)).ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_OfSeveralChanges_SaysWhichIsWrongAndSavesNone(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);

        var refused = await store.Get<IRecords>().SaveAsync(Office, [new("work", "good", new WorkItem { Title = "Good" }), new("work", "bad", new WorkItem()), new("wrok", "x", new WorkItem { Title = "x" })], "start", Cancel);

        refused.Problems.Select(problem => (problem.Row, problem.Field)).ShouldBe([(2, "title"), (3, "kind")]);
        (await Now(store).ListAsync<WorkItem>(Cancel)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_ReferencesWithinTheSet_AreFollowed(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);

        var saved = await store.Get<IRecords>().SaveAsync(
            Office,
            [new("milestone", null, new Milestone { Title = "Go live", Work = "slp", DependsOn = [new Dependency { On = "work:slp" }] }), new("work", "slp", new WorkItem { Title = "SLP" })],
            "start", Cancel);

        saved.Value.ShouldBe(["go-live", "slp"]);
        (await Now(store).FindAsync("milestone:go-live", Cancel)).ShouldNotBeNull().Why.ShouldBe("start");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_WithoutKey_MakesOneOfTheTitleThatNobodyHas(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var risk = new Risk { Event = "e", Title = "Fleet – vehicles late (Été)" };

        var first = await records.SaveAsync(Office, [new("risk", null, risk), new("risk", null, risk)], "s", Cancel);
        var next = await records.SaveAsync(Office, [new("risk", null, risk), new("risk", null, new Risk { Event = "e", Title = "???" })], "s", Cancel);

        first.Value.ShouldBe(["fleet-vehicles-late-ete", "fleet-vehicles-late-ete-2"]);
        next.Value.ShouldBe(["fleet-vehicles-late-ete-3", "risk"]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_ThatChangesNothing_IsNoVersion(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var body = new WorkItem { Title = "SLP", Summary = "as it was" };
        var day = new DateOnly(2017, 5, 12);
        await records.SaveAsync(Office, [new("work", "slp", body, day, null, day)], "start", Cancel);

        (await records.SaveAsync(Office, [new("work", "slp", body)], "again", Cancel)).Value.ShouldBe(["slp"]);
        (await records.SaveAsync(Office, [new("work", "slp", body, day, null, day)], "the same again", Cancel)).Value.ShouldBe(["slp"]);
        (await TimelineAsync(store, "slp")).Count.ShouldBe(1);

        // Stated again by a later document is something that happened.
        await records.SaveAsync(Office, [new("work", "slp", body, day, null, day.AddDays(30))], "stated again", Cancel);
        await records.SaveAsync(Office, [new("work", "slp", body with { Summary = "as it is" })], "changed", Cancel);
        await records.SaveAsync(Office, [new("work", "slp", body with { Summary = "as it is" }, Today.AddDays(3))], "no news", Cancel);
        (await TimelineAsync(store, "slp")).Select(version => version.Why).ShouldBe(["start", "stated again", "changed"]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_MadeOnAnOlderVersion_IsRefusedWithWhoWasQuicker(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "SLP" }, Expected: 0)], "start", Cancel);
        var seen = (await Now(store).FindAsync("work:slp", Cancel))!.VersionId;
        await records.SaveAsync(Person("quick", "mps", Role.ProgrammeOffice), [new("work", "slp", new WorkItem { Title = "SLP 2" }, Expected: seen)], "was quicker", Cancel);

        var late = await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "SLP 3" }, Expected: seen)], "late", Cancel);
        var again = await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "new" }, Expected: 0)], "new", Cancel);
        var bogus = await records.SaveAsync(Office, [new("work", "other", new WorkItem { Title = "new" }, Expected: 77)], "bogus", Cancel);

        late.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Field.ShouldBe("version"), p => p.Message.ShouldContain("quick: was quicker"));
        again.Problems.ShouldHaveSingleItem().Field.ShouldBe("version");
        bogus.Problems.ShouldHaveSingleItem().Field.ShouldBe("version");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_AfterAnOlderReportWasEnteredLate_IsNoConflict(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var (old, recent) = (new DateOnly(2016, 9, 22), new DateOnly(2017, 5, 12));
        await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "2017" }, recent, null, recent)], "report", Cancel);
        var seen = (await Now(store).FindAsync("work:slp", Cancel))!.VersionId;
        await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "2016" }, old, null, old)], "older report", Cancel);

        (await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "now" }, Expected: seen)], "change", Cancel)).Succeeded.ShouldBeTrue();
        (await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "then" }, old, Expected: seen)], "reaches back", Cancel)).Problems.ShouldHaveSingleItem().Field.ShouldBe("version");
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_ByTwentyAtOnceOnOneVersion_OneWins(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await using var another = store.Another();
        var records = new[] { store.Get<IRecords>(), (IRecords)another.GetService(typeof(IRecords))! };
        await records[0].SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "SLP" })], "start", Cancel);
        var seen = (await Now(store).FindAsync("work:slp", Cancel))!.VersionId;

        var saves = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => records[i % 2].SaveAsync(Office, [new("work", "slp", new WorkItem { Title = $"try {i}" }, Expected: seen)], "try", Cancel))));
        var creations = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => records[i % 2].SaveAsync(Office, [new("risk", null, new Risk { Event = "e", Title = "Same title" })], "new", Cancel))));

        saves.Count(save => save.Succeeded).ShouldBe(1);
        (await TimelineAsync(store, "slp")).Count.ShouldBe(2);
        creations.Select(created => created.Value[0]).Distinct(StringComparer.Ordinal).Count().ShouldBe(10);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_OfWhatOneMayNotRead_IsNotFound(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var secret = new Risk { Event = "e", Title = "Secret", Handling = new Handling { Readers = ["account:olive"], Ground = "personal data" } };
        await records.SaveAsync(Office, [new("risk", "secret", secret)], "start", Cancel);
        var other = Person("otto", "mps", Role.ProgrammeOffice);

        foreach (var refused in new[]
        {
            (await records.SaveAsync(other, [new("risk", "secret", new Risk { Event = "e", Title = "Mine" })], "guess", Cancel)).Problems,
            (await records.EndAsync(other, "risk", "secret", Today, "guess", Cancel)).Problems,
            (await records.EndAsync(other, "risk", "absent", Today, "guess", Cancel)).Problems,
        })
        {
            refused.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Message.ShouldBe("There is no such risk"), p => p.Field.ShouldBe("key"));
        }

        var pointed = await records.SaveAsync(other, [new("issue", "probe", new Issue { Event = "e", Title = "Probe", FromRisk = "secret" })], "guess", Cancel);
        pointed.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Message.ShouldBe("There is no such risk"), p => p.Field.ShouldBe("fromRisk"));
        (await records.SaveAsync(Office, [new("risk", "secret", secret with { Summary = "more" })], "reader", Cancel)).Succeeded.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_KeepingAReferenceThatOneMayNotFollow_IsSaved(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        var secret = new Risk { Event = "e", Title = "Secret", Handling = new Handling { Readers = ["account:olive"], Ground = "personal data" } };
        var issue = new Issue { Event = "e", Title = "Open", FromRisk = "secret" };
        await records.SaveAsync(Office, [new("risk", "secret", secret), new("issue", "open", issue)], "start", Cancel);

        (await records.SaveAsync(Person("otto", "mps", Role.ProgrammeOffice), [new("issue", "open", issue with { Summary = "more" })], "change", Cancel)).Succeeded.ShouldBeTrue();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Save_WithoutPermission_IsRefused(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);

        var refused = await store.Get<IRecords>().SaveAsync(Partner, [new("work", "slp", new WorkItem { Title = "SLP" })], "try", Cancel);

        refused.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Field.ShouldBe("kind"), p => p.Message.ShouldBe("You may not change work items"));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task End_TwiceAndOfNothing_RecordsOneEnd(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        var records = store.Get<IRecords>();
        await records.SaveAsync(Office, [new("work", "slp", new WorkItem { Title = "SLP" }, new DateOnly(2017, 1, 1), null, new DateOnly(2017, 1, 1))], "start", Cancel);

        (await records.EndAsync(Office, "work", "slp", Today, "", Cancel)).Problems.ShouldHaveSingleItem().Field.ShouldBe("why");
        (await records.EndAsync(Partner, "work", "slp", Today, "over", Cancel)).Problems.ShouldHaveSingleItem().Field.ShouldBe("kind");
        (await records.EndAsync(Office, "work", "slp", Today, "over", Cancel)).Value.ShouldBe("slp");
        (await records.EndAsync(Office, "work", "slp", Today, "over again", Cancel)).Value.ShouldBe("slp");

        (await TimelineAsync(store, "slp")).Select(version => version.Stated is null).ShouldBe([false, true]);
        (await Now(store).FindAsync("work:slp", Cancel)).ShouldBeNull();
        (await records.SaveAsync(Office, [new("risk", "later", new Risk { Event = "e", Title = "Later", Work = "slp" })], "its history is there", Cancel)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Save_WithListsThatAreNothing_IsRefusedRatherThanThrown()
    {
        await using var store = await StoreFixture.CreateAsync();
        var body = new Commitment { Title = "t", Promise = "p", Areas = null!, Handling = null!, To = ["mps", " "], SaidAgain = [null!] };

        var refused = await store.Get<IRecords>().SaveAsync(Office, [new("commitment", "c", body), new("commitment", "c", body)], "try", Cancel);

        refused.Problems.Where(problem => problem.Row == 1).Select(problem => problem.Field).Order(StringComparer.Ordinal).ShouldBe(["areas", "handling", "saidAgain[0]", "to[0]", "to[1]"]);
    }

    [Fact]
    public async Task Save_WithAQueryThatCannotBeAsked_NamesItsField()
    {
        await using var store = await StoreFixture.CreateAsync();

        var refused = await store.Get<IRecords>().SaveAsync(Office, [new("commitment", "c", new Commitment { Title = "t", Promise = "p", Rule = "1 +" })], "try", Cancel);

        refused.Problems.ShouldHaveSingleItem().Field.ShouldBe("rule");
    }

    [Fact]
    public async Task Check_OfAGoodAndABadSave_SavesNeither()
    {
        await using var store = await StoreFixture.CreateAsync();
        var records = store.Get<IRecords>();

        (await records.CheckAsync(Office, [new("work", null, new WorkItem { Title = "SLP" })], "dry", Cancel)).ShouldBeEmpty();
        (await records.CheckAsync(Office, [new("work", null, new WorkItem())], "dry", Cancel)).ShouldHaveSingleItem().Field.ShouldBe("title");
        (await store.History.LatestRecordedAsync(Cancel)).ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Theory]
    [InlineData("go-live-2", true)]
    [InlineData("2", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("Go", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void IsKey_OfTexts_IsLowerCaseLettersDigitsAndHyphens(string text, bool expected) => RecordKeys.IsKey(text).ShouldBe(expected);

    [Fact]
    public void References_OfEveryKind_NameKindsThatExist()
    {
        var catalogue = new RecordCatalogue(PlatformKinds.All);
        var targets = catalogue.Kinds.SelectMany(kind => Marks(kind.Fields)).Select(mark => mark.RefersTo).OfType<string>().Where(target => target != "*").ToList();

        targets.Count.ShouldBeGreaterThan(40);
        targets.ShouldAllBe(target => catalogue.Find(target) != null);

        static IEnumerable<FieldAttribute> Marks(IReadOnlyList<RecordField> fields) => fields.SelectMany(field => Marks(field.Fields).Prepend(field.Mark));
    }

    private static RecordView Now(StoreFixture store) => store.Get<IRecords>().View(null, TimeProvider.System.Now());

    private static async Task<IReadOnlyList<StoredRecord>> TimelineAsync(StoreFixture store, string work)
    {
        var view = Now(store);
        return (await view.TimelineAsync(view.Catalogue.Get<WorkItem>(), work, Cancel)).OrderBy(version => version.VersionId).ToList();
    }

    private static Actor Person(string account, string organisation, params Role[] roles) => new(account, account, organisation, new HashSet<Role>(roles), []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
