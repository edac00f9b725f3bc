using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

public sealed class ContradictionsTests
{
    /// <summary>What the sources contradict themselves or each other in, each with a part of the id of the line that says so.</summary>
    public static TheoryData<string, string> Known { get; } = new()
    {
        { "Central North at the level of the Met, against 78 and 83", "statement:s1-cn-at-met-level" },
        { "a recovery of September that shows in August", "recovered-before|observation:i-in-target-ea-2017-08" },
        { "three objectives against four or five", "statement:s1-three-objectives" },
        { "four objectives against five", "data|statement:four-objectives" },
        { "£730,000 against £727,946", "sum-approved|funding:slp-tranche-1" },
        { "Major Change Reserve against Fund", "statement:major-change-reserve" },
        { "posts from August against approval on 5 October", "statement:slp-posts-before-approval" },
        { "an outline case of September 2015, and one expected in spring 2017", "stage-obc|business-case:slp" },
        { "£400 million against £325 million", "statement:s3-savings-to-make" },
        { "no equality implications, and potentially many", "statement:slp-no-equality-implications" },
        { "the business case to MOPAC in August, against September", "statement:s0-case-to-mopac-august" },
        { "tranche 4 on track after its date", "passed|milestone:go-live-tranche-4" },
        { "the wave of June 2018 against two and four months", "notice|roll-out-terms:roll-out-2018|wave:wave-2018-06" },
        { "March 2018 against November 2018", "statement:s3-last-wave-november" },
        { "since 2016 against fully live in April 2017", "statement:s3-pilot-since-2016" },
        { "two clusters called West", "name-west" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Contradictions_OfLondon_ListWhatTheSourcesContradict(string what, string id)
    {
        var all = (await ListAsync("2018-02-28")).Contradictions;

        var found = all.Where(one => one.Id.Contains(id, StringComparison.Ordinal)).ToList();
        found.ShouldNotBeEmpty($"{what}: none of{Environment.NewLine}{string.Join(Environment.NewLine, all.Select(one => one.Id).Distinct(StringComparer.Ordinal))}");
        found[0].ShouldSatisfyAllConditions(
            one => one.Title.ShouldNotBeNullOrWhiteSpace(), one => one.First.Says.ShouldNotBeNullOrWhiteSpace(), one => one.Second.Says.ShouldNotBeNullOrWhiteSpace(),
            one => one.First.Where.ShouldNotBeEmpty(), one => one.Second.Where.ShouldNotBeEmpty());
    }

    [Fact]
    public async Task Contradictions_AsKnownAtADate_AreOnlyThoseOfWhatWasKnown()
    {
        (await ListAsync("2016-10-05")).Contradictions.ShouldAllBe(one => !one.Id.Contains(":s1-", StringComparison.Ordinal) && !one.Id.Contains(":s3-", StringComparison.Ordinal));
        (await ListAsync("2018-02-28")).Contradictions.Count.ShouldBeGreaterThan(20);
        (await ListAsync("2000-01-01")).ShouldSatisfyAllConditions(list => list.Contradictions.ShouldBeEmpty(), list => list.Headline.ShouldStartWith("Nothing that is known"));
    }

    private static async Task<ContradictionList> ListAsync(string date)
    {
        var store = await LondonProgramme.SharedAsync();
        var day = DateOnly.Parse(date);
        return await store.Get<ContradictionFinder>().ListAsync(store.Get<IRecords>().View(null, new AsAt(day, day)), TestContext.Current.CancellationToken);
    }
}
