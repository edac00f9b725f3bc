using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Decisions;

public sealed class DecisionReadinessTests
{
    private static readonly IReadOnlyList<StoredRecord<AuthorityRule>> Rules = [Rule("large", 500_000, null, "dmpc"), Rule("small", null, 500_000, "director")];

    [Fact]
    public void Missing_CompletePaper_IsNothing()
    {
        Missing(Papers.Complete).ShouldBeEmpty();
    }

    [Fact]
    public void Missing_EmptyPaper_NamesEverySectionAdviceAndDeclaration()
    {
        var missing = Missing(new Decision { Title = "A paper" });

        missing.ShouldContain("It recommends nothing");
        missing.Count(each => each.StartsWith("The section", StringComparison.Ordinal)).ShouldBe(6);
        missing.Count(each => each.StartsWith("Advice of", StringComparison.Ordinal)).ShouldBe(4);
        missing.ShouldContain("No decision maker is named");
        missing.ShouldContain("Say when the public part is published, and whether there is a Part 2");
    }

    [Fact]
    public void Missing_SectionWithoutTextOrNilReturn_IsNamed()
    {
        var paper = Papers.Complete with { Sections = [.. Papers.Complete.Sections.Select(each => each with { Nil = false, Says = each.Name == "Legal comments" ? " " : "Something." })] };

        Missing(paper).ShouldBe(["The section \"Legal comments\" is empty"]);
    }

    [Fact]
    public void Missing_RecommendationsWithAGapAndAnotherSum_SaysBoth()
    {
        var paper = Papers.Complete with { Recommendations = [new Recommendation { Number = 1, What = "One", Amount = 300_000 }, new Recommendation { Number = 3, What = "Three", Amount = 427_946 }] };

        Missing(paper).ShouldBe(["Recommendations are numbered from 1 without gaps", "The recommendations ask for £727,946, the paper for £730,000"]);
    }

    [Theory]
    [InlineData(499_999.99, "director", AuthorityVerdict.Held)]
    [InlineData(500_000, "dmpc", AuthorityVerdict.Held)]
    [InlineData(500_000, "director", AuthorityVerdict.NotHeld)]
    [InlineData(100, "dmpc", AuthorityVerdict.Held)]
    [InlineData(730_000, null, AuthorityVerdict.NobodyNamed)]
    public void Authority_ByAmountAndDecisionMaker_FollowsTheRuleThatApplies(double amount, string? maker, AuthorityVerdict verdict)
    {
        var finding = Authority.Of(new Decision { Title = "A paper", Amount = (decimal)amount, DecisionMaker = maker }, Rules, post => post);

        finding.Verdict.ShouldBe(verdict);
        finding.Rule!.Key.ShouldBe(amount >= 500_000 ? "large" : "small");
    }

    [Fact]
    public void Authority_AmountNotRecorded_CannotBeTold()
    {
        Authority.Of(new Decision { Title = "A paper" }, Rules, post => post).Verdict.ShouldBe(AuthorityVerdict.NoRule);
    }

    [Fact]
    public void Authority_SumOfRecommendationsWithoutStatedAmount_IsTheAmount()
    {
        Authority.Of(Papers.Complete with { Amount = null }, Rules, post => post).Amount.ShouldBe(730_000);
    }

    [Fact]
    public void OutOfOrder_OutlineCaseBeforeItsMandate_SaysSoOfTheEarlyAndOfTheRepeatedPassage()
    {
        PartialDate.TryParse("September 2015", out var first).ShouldBeTrue();
        PartialDate.TryParse("May 2016", out var mandate).ShouldBeTrue();
        PartialDate.TryParse("spring 2017", out var again).ShouldBeTrue();
        Passage[] passages =
        [
            new() { Stage = CaseStage.Obc, Actual = first, Outcome = "submitted" }, new() { Stage = CaseStage.Mandate, Actual = mandate }, new() { Stage = CaseStage.Obc, Planned = again },
        ];

        CasePassages.OutOfOrder(passages, passages[0]).ShouldBe("before the mandate (May 2016)");
        CasePassages.OutOfOrder(passages, passages[1]).ShouldBeNull();
        CasePassages.OutOfOrder(passages, passages[2]).ShouldBe("expected again, after submitted in September 2015");
        CasePassages.Headline(new BusinessCase { Title = "Case", Passages = passages }, new DateOnly(2017, 6, 1))
            .ShouldBe("Last: mandate, passed May 2016; overdue: outline business case, planned spring 2017; two passages out of order");
    }

    private static List<string> Missing(Decision decision) =>
        [.. DecisionReadiness.Missing(decision, Authority.Of(decision, Rules, post => post)).Select(problem => problem.Message)];

    private static StoredRecord<AuthorityRule> Rule(string key, decimal? from, decimal? to, string decider) => new(
        PlatformKinds.All.First(kind => kind.Name == "authority-rule"), key, new AuthorityRule { Title = key, FromAmount = from, UpToAmount = to, Decider = decider }, 1,
        new EffectivePeriod(new DateOnly(2016, 1, 1)), new DateOnly(2016, 1, 1), DateTimeOffset.UnixEpoch, "olive", "mps", "a test");
}
