using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme.Decisions;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Resources;

public sealed class BenefitReadingTests
{
    [Fact]
    public async Task Reading_BenefitWithoutMeasure_IsNotMeasurableAsRecorded()
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.SaveAsync("objective", "quality", new Objective { Title = "Better quality" });
        await store.SaveAsync("benefit", "confidence", new Benefit { Title = "More confidence", Objective = "quality" });

        var list = await store.Reading("benefit").ReadAsync(store.View(), await store.View().ListAsync(store.View().Catalogue.Get<Benefit>()));

        list.Headline.ShouldBe("None of 1 benefits is measurable as recorded: none names a measure");
        list.Cells["confidence"][0].Text.ShouldBe("not measurable as recorded");
        (await store.Reading("objective").ReadAsync(store.View(), await store.View().ListAsync(store.View().Catalogue.Get<Objective>()))).Headline
            .ShouldBe("1 of 1 objectives have no benefit that can be measured");
    }

    [Theory]
    [InlineData(84, 80, "measured 84: target reached", Standing.Good)]
    [InlineData(84, 90, "measured 84: target of 90 not reached", Standing.Watch)]
    public async Task Reading_BenefitWithQuery_IsHeldAgainstItsTarget(int measured, int target, string outcome, Standing standing)
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.SaveAsync("funding", "pot", new Funding { Title = "Pot", StatedTotal = measured });
        await store.SaveAsync("benefit", "more", new Benefit { Title = "More", Baseline = 70, Target = target, Outcome = "funding:pot.statedTotal" });

        var reading = await store.Reading("benefit").ReadAsync(store.View(), (await store.View().FindAsync<Benefit>("more"))!);

        var cell = reading.Parts[0].Rows[^1][1];
        (cell.Text.Replace("£", "", StringComparison.Ordinal), cell.Standing).ShouldBe((outcome, standing));
        reading.Parts[1].Rows.ShouldContain(row => row[0].Reference == "funding:pot");
    }

    [Fact]
    public async Task Asset_CutOutOfMore_IsAShareOfTheWhole()
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.SaveAsync("asset", "cars", new Asset { Title = "Cars", What = "Vehicles", Change = -135, OutOf = 400 });

        (await store.Reading("asset").ReadAsync(store.View(), (await store.View().FindAsync<Asset>("cars"))!)).Headline.ShouldBe("135 of 400 to go (34%)");
    }

    [Fact]
    public async Task Savings_StatementsForDifferentTimes_StandSideBySideAndAreNotAdded()
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.SaveAsync("statement", "later", Savings("later", 325, "28 February 2018", "2021/22"));
        await store.SaveAsync("statement", "earlier", Savings("earlier", 400, "22 September 2016", "2017 to 2020"));

        var part = await SavingsStatements.ReadAsync(store.View());

        part.Finding.ShouldBe("2 figures, first £400 million on 22 September 2016, last £325 million on 28 February 2018; they are for different times and are not added up");
        part.Rows.Select(row => row[3].Text).ShouldBe(["£400 million over 4 years = £100 million a year", ""]);
    }

    private static Statement Savings(string title, decimal millions, string on, string period)
    {
        PartialDate.TryParse(on, out var stated).ShouldBeTrue();
        PartialDate.TryParse(period, out var when).ShouldBeTrue();
        return new Statement
        {
            Title = title, Says = title, Category = StatementCategory.Savings, Quantity = millions * 1_000_000, Unit = "£", StatedOn = stated, Period = when, NotTestable = "No savings are recorded",
        };
    }
}
