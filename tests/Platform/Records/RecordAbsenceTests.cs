using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records;

public sealed class RecordAbsenceTests
{
    private static readonly Actor Office = new("olive", "Olive", "mps", new HashSet<Role> { Role.ProgrammeOffice }, []);
    private static readonly Actor Camden = new("cam", "Cam", "camden", new HashSet<Role> { Role.Partner }, ["E09000007"]);
    private static readonly DateOnly Today = new(2019, 1, 1);
    private static readonly Handling Closed = new() { Readers = ["organisation:mps"], Ground = "trial" };

    // Known from 1 March 2018, holds from 1 June 2018 to the end of that year.
    [Theory]
    [InlineData("2018-07-01", "2018-02-01", AbsenceReason.NotKnownYet, "2018-03-01", "2018-07-01 2018-03-01")]
    [InlineData("2018-02-01", "2018-02-01", AbsenceReason.NotKnownYet, "2018-03-01", "2018-06-01 2018-03-01")]
    [InlineData("2018-04-01", "2018-04-01", AbsenceReason.NotYetHolding, "2018-06-01", "2018-06-01 2018-04-01")]
    [InlineData("2019-01-01", "2019-01-01", AbsenceReason.NoLongerHolding, "2018-12-31", "2018-12-30 2019-01-01")]
    public async Task Find_OnOtherDates_SaysWhyAndWhereItStands(string effective, string known, AbsenceReason why, string turn, string nearest)
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "2018-06-01", "2018-03-01", new Commitment { Title = "Six months’ notice", Promise = "p", NotTestable = "Nothing is counted" }, until: "2018-12-31");

        var found = await FindAsync(store, Office, effective, known);

        (found!.Title, found.Why, found.Turn).ShouldBe(("Six months’ notice", why, Day(turn)));
        $"{found.Nearest!.Effective:yyyy-MM-dd} {found.Nearest.Known:yyyy-MM-dd}".ShouldBe(nearest);
        found.StandsToday.ShouldBeFalse();
        (await store.Get<IRecords>().View(Office, found.Nearest).FindAsync("commitment:p", Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_WhereItStandsOrNeverWas_IsNothing()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "2018-06-01", "2018-03-01", new Commitment { Title = "T", Promise = "p", NotTestable = "Nothing is counted" });

        (await FindAsync(store, Office, "2018-07-01", "2018-07-01")).ShouldBeNull();
        (await FindAsync(store, Office, "2018-02-01", "2018-02-01"))!.StandsToday.ShouldBeTrue();
        (await store.Get<IRecords>().View(Office, new AsAt(Today, Today)).FindAbsenceAsync(Kind(store), "never", Today, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_OfWhatIsWithheldThenOrNow_IsNothingForWhoMayNotReadIt()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "2018-06-01", "2018-03-01", new Commitment { Title = "Secret first", Promise = "p", NotTestable = "Nothing is counted", Handling = Closed });
        await SaveAsync(store, "2018-06-01", "2018-05-01", new Commitment { Title = "Opened", Promise = "p", NotTestable = "Nothing is counted" });

        (await FindAsync(store, Camden, "2018-07-01", "2018-02-01"))!.ShouldSatisfyAllConditions(
            absent => absent.Turn.ShouldBe(Day("2018-05-01")), absent => absent.Title.ShouldBe("Opened"));
        (await FindAsync(store, Camden, "2018-07-01", "2018-04-01")).ShouldBeNull();

        await SaveAsync(store, "2018-06-01", "2018-09-01", new Commitment { Title = "Closed again", Promise = "p", NotTestable = "Nothing is counted", Handling = Closed });
        (await FindAsync(store, Camden, "2018-07-01", "2018-02-01")).ShouldBeNull();
        (await FindAsync(store, Camden, "2018-02-01", "2018-06-01")).ShouldBeNull();
        (await FindAsync(store, Office, "2018-07-01", "2018-02-01")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_OfWhatEnded_SaysSince()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "2018-06-01", "2018-03-01", new Commitment { Title = "T", Promise = "p", NotTestable = "Nothing is counted" });
        (await store.Get<IRecords>().EndAsync(Office, "commitment", "p", Day("2018-08-01"), "over", Cancel)).Succeeded.ShouldBeTrue();
        var now = store.Get<TimeProvider>().LondonToday();

        var found = await store.Get<IRecords>().View(Office, new AsAt(now, now)).FindAbsenceAsync(Kind(store), "p", now, Cancel);

        (found!.Why, found.Turn, found.Nearest!.Effective).ShouldBe((AbsenceReason.NoLongerHolding, Day("2018-08-01"), Day("2018-07-31")));
    }

    private static async Task SaveAsync(StoreFixture store, string from, string known, Commitment body, string? until = null) =>
        (await store.Get<IRecords>().SaveAsync(Office, [new RecordChange("commitment", "p", body, Day(from), until is null ? null : Day(until), Day(known))], "a test", Cancel)).Problems.ShouldBeEmpty();

    private static Task<RecordAbsence?> FindAsync(StoreFixture store, Actor reader, string effective, string known) =>
        store.Get<IRecords>().View(reader, new AsAt(Day(effective), Day(known))).FindAbsenceAsync(Kind(store), "p", Today, Cancel);

    private static RecordKind Kind(StoreFixture store) => store.Get<IRecords>().Catalogue.Get<Commitment>();

    private static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
