using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Records;

public sealed class RecordDifferencesTests
{
    private static readonly RecordKind Funding = PlatformKinds.All.First(kind => kind.Name == "funding");

    [Fact]
    public void Between_SameContentInOtherLists_FindsNothing()
    {
        var record = new Funding { Title = "Tranche 1", Lines = [new BudgetLine { For = "IT", Amount = 320_000 }] };

        RecordDifferences.Between(Funding, record, record with { Lines = [new BudgetLine { For = "IT", Amount = 320_000 }] }).ShouldBeEmpty();
    }

    [Fact]
    public void Between_NumberAndRowChanged_SaysFromAndToInWords()
    {
        var before = new Funding { Title = "Tranche 1", StatedTotal = 730_000, Lines = [new BudgetLine { For = "IT", Amount = 320_000 }] };
        var after = before with { StatedTotal = 727_946, Lines = [new BudgetLine { For = "IT", Amount = 325_000, Contingency = true }] };

        RecordDifferences.Between(Funding, before, after).Select(each => each.ToString()).ShouldBe(
            ["Stated total: £730,000 → £727,946", "Lines 1: Amount: £320,000 → £325,000", "Lines 1: Contingency: no → yes"]);
    }

    [Fact]
    public void Between_RowAddedAndFieldFirstGiven_SaysNothingBefore()
    {
        var before = new Funding { Title = "Tranche 1" };
        var after = before with { Fund = "Major Change Reserve", Lines = [new BudgetLine { For = "IT", Amount = 320_000 }] };

        RecordDifferences.Between(Funding, before, after).Select(each => each.ToString()).ShouldBe(
            ["Paid from: nothing → Major Change Reserve", "Lines: nothing → IT, amount: £320,000"]);
    }

    [Fact]
    public void Words_EnumOfSeveralWords_AreSpacedAndLower()
    {
        FieldWords.Words(PublicationState.NotPublished).ShouldBe("not published");
        FieldWords.Number(-2_054, "£").ShouldBe("−£2,054");
        FieldWords.Number(1_700, "posts").ShouldBe("1,700 posts");
        FieldWords.Number(0.00002m, null).ShouldBe("<0.0001", "small is not nought");
        FieldWords.Number(0, null).ShouldBe("0");
    }
}
