using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme.Decisions;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Resources;

public sealed class EstablishmentLedgerTests
{
    private static readonly Lazy<ForcePack> London = new(() => PackReader.Read(Path.Combine(Repository.Root, "data", "london")).Value);

    [Fact]
    public async Task Ledger_WholeWithParts_CountsNothingTwiceAndSaysWhatIsNotAccountedFor()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "all", new() { Title = "Neighbourhood officers", Function = "Neighbourhoods", Role = "Officer", Posts = 1_700 });
        await SaveAsync(store, "wards", new() { Title = "Ward officers", Function = "Neighbourhoods", Role = "Officer", Entry = EntryKind.Uplift, Posts = 260, PartOf = "all" });
        await SaveAsync(store, "youth", new() { Title = "Youth officers", Function = "Neighbourhoods", Role = "Officer", Posts = 600, PartOf = "all" });
        await SaveAsync(store, "prevention", new() { Title = "Prevention officers", Function = "Neighbourhoods", Role = "Officer", Posts = 240, PartOf = "all" });
        await SaveAsync(store, "safeguarding", new() { Title = "Safeguarding", Function = "Safeguarding", Entry = EntryKind.Uplift, Posts = 488 });
        await SaveAsync(store, "held", new() { Title = "Held", Function = "Neighbourhoods", Role = "Officer", Entry = EntryKind.Strength, Posts = 1_650 });

        var ledger = await EstablishmentLedger.OfAsync(store.View(), null);

        var officers = ledger.Positions.Single(position => position.Function == "Neighbourhoods");
        (officers.Total, officers.Uplift, officers.Strength, officers.Vacancies).ShouldBe((1_700, 0, 1_650, 50));
        ledger.Positions.Single(position => position.Function == "Safeguarding").Uplift.ShouldBe(488);
        ledger.Wholes.ShouldHaveSingleItem().NotAccounted.ShouldBe(600);
        var reading = await store.Reading("establishment-entry").ReadAsync(store.View(), (await store.View().FindAsync<EstablishmentEntry>("all"))!);
        reading.Headline.ShouldBe("240 + 260 + 600 of 1,700: 600 posts are not accounted for by a part");
        (await store.AttentionAsync()).ShouldNotContain(line => line.Reference == "establishment-entry:all");
    }

    [Fact]
    public async Task Ledger_PartsMoreThanTheirWhole_NeedsAttention()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "all", new() { Title = "All", Posts = 100 });
        await SaveAsync(store, "part", new() { Title = "Part", Posts = 130, PartOf = "all" });

        (await store.AttentionAsync()).ShouldContain(line => line.Text == "All: 130 is 30 posts more than the 100 they are part of" && line.Standing == Standing.Bad);
    }

    [Fact]
    public void Rate_WardOfficersOfLondon_AreTheWardsOfTheEditionInForceOnTheDay()
    {
        var day = new DateOnly(2017, 9, 30);
        var wards = London.Value.Wards.Count(ward => ward.From <= day && (ward.To is not { } to || to >= day) && London.Value.Boroughs.Any(borough => borough.InForce && borough.Code == ward.Borough));

        var rate = PostRates.Of(new EstablishmentEntry { Title = "Ward officers", Posts = 2, Per = "ward", Minimum = true }, London.Value, day);

        wards.ShouldBeInRange(600, 660);
        rate.Places.ShouldBe(wards);
        rate.Posts.ShouldBe(2 * wards);
        rate.Words.ShouldEndWith("posts at least");
    }

    [Fact]
    public void Rate_OfACommandUnitsWards_IsTheSumOfItsBoroughs()
    {
        var day = new DateOnly(2017, 9, 30);
        EstablishmentEntry Of(params string[] areas) => new() { Title = "Ward officers", Posts = 1, Per = "ward", Areas = areas };

        var unit = PostRates.Of(Of("CN"), London.Value, day).Posts;

        unit.ShouldNotBeNull();
        unit.ShouldBe(PostRates.Of(Of("E09000007"), London.Value, day).Posts + PostRates.Of(Of("E09000019"), London.Value, day).Posts);
        PostRates.Of(Of("CN"), London.Value, new DateOnly(2015, 1, 1)).Posts.ShouldBeNull();
    }

    [Fact]
    public void Rate_CommandTeamOfACommandUnit_CountsTheUnitsOfThatDay()
    {
        var superintendents = new EstablishmentEntry { Title = "Superintendents", Posts = 5, Per = "command unit" };

        PostRates.Of(superintendents, London.Value, new DateOnly(2017, 9, 30)).Posts.ShouldBe(10);
        PostRates.Of(superintendents, London.Value, new DateOnly(2019, 6, 1)).Posts.ShouldBe(60);
        PostRates.Of(superintendents, null, new DateOnly(2019, 6, 1)).Posts.ShouldBeNull();
    }

    [Fact]
    public async Task Reading_ReductionWithASaving_ShowsTheArithmeticOfAPost()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "fewer", new() { Title = "Fewer officers", Entry = EntryKind.Reduction, Posts = 1_583, Saving = 73_000_000 });

        var reading = await store.Reading("establishment-entry").ReadAsync(store.View(), (await store.View().FindAsync<EstablishmentEntry>("fewer"))!);

        reading.Headline.ShouldBe("£73,000,000 ÷ 1,583 posts = £46,115 a post");
    }

    private static Task SaveAsync(StoreFixture store, string key, EstablishmentEntry entry) => store.SaveAsync("establishment-entry", key, entry);
}
