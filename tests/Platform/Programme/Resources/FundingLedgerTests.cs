using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme.Decisions;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Resources;

public sealed class FundingLedgerTests
{
    private static readonly Funding Tranche = new()
    {
        Title = "Tranche 1",
        StatedTotal = 727_946,
        Approved = 730_000,
        Lines =
        [
            new BudgetLine { For = "Programme resources", Amount = 307_946 },
            new BudgetLine { For = "Contingency", Amount = 100_000, Contingency = true },
            new BudgetLine { For = "IT supplier costs", Amount = 320_000 },
        ],
    };

    [Fact]
    public void Of_LinesStatedTotalAndApproval_FindsTheDifferenceOfTheApprovalAlone()
    {
        var ledger = FundingLedger.Of(Tranche);

        ledger.Sum.ShouldBe(727_946);
        ledger.StatedDifference.ShouldBe(0);
        ledger.ApprovedDifference.ShouldBe(2_054);
        ledger.Overspend.ShouldBeNull();
    }

    [Fact]
    public void Of_VirementFromContingencyAndSpend_MovesLinesAndDrawsContingency()
    {
        var ledger = FundingLedger.Of(Tranche with
        {
            Virements = [new Virement { From = "contingency", To = "IT supplier costs", Amount = 40_000, Why = "The supplier asks more" }],
            Spend =
            [
                new Spend { Line = "IT supplier costs", Actual = 200_000, Forecast = 150_000 }, new Spend { Line = "IT supplier costs", Forecast = 170_000 },
                new Spend { Line = "Contingency", Actual = 10_000 }, new Spend { Actual = 360_000 },
            ],
        });

        ledger.Lines.Select(line => line.Budget).ShouldBe([307_946, 60_000, 360_000]);
        ledger.ContingencyDrawn.ShouldBe(50_000);
        ledger.Spent.ShouldBe(570_000);
        ledger.ToCome.ShouldBe(170_000);
        ledger.Overspend.ShouldBe(10_000);
    }

    [Fact]
    public async Task Save_VirementFromALineWithoutEnough_IsRefusedWithWhatItHolds()
    {
        await using var store = await StoreFixture.CreateAsync();
        var funding = Tranche with
        {
            Virements =
            [
                new Virement { From = "Contingency", To = "Programme resources", Amount = 90_000, Why = "More people" },
                new Virement { From = "Contingency", To = "IT supplier costs", Amount = 20_000, Why = "More IT" },
                new Virement { From = "Contingency", To = "Travel", Amount = 1, Why = "No such line" },
            ],
        };

        var saved = await store.Get<IRecords>().SaveAsync(Papers.Officer, [new RecordChange("funding", "tranche-1", funding)], "a test");

        saved.Problems.Select(problem => (problem.Message, problem.Field)).ShouldBe(
            [("\"Contingency\" holds £10,000, which is not enough", "virements[1].amount"), ("A virement is between two lines of this funding", "virements[2].from")]);
    }

    [Fact]
    public async Task Reading_ApprovedMoreThanTheLines_IsAFindingAndALineOfAttention()
    {
        await using var store = await StoreFixture.CreateAsync();
        await store.SaveAsync("funding", "tranche-1", Tranche);

        var reading = await store.Reading("funding").ReadAsync(store.View(), (await store.View().FindAsync<Funding>("tranche-1"))!);

        reading.Headline.ShouldBe("£730,000 was approved, £2,054 more than its lines add up to (£727,946)");
        reading.Parts[0].Rows[0][2].Text.ShouldBe("307,946 + 100,000 + 320,000 = 727,946");
        (await store.AttentionAsync()).ShouldContain(line => line.Reference == "funding:tranche-1" && line.Text.Contains("£2,054 more", StringComparison.Ordinal));
    }
}
