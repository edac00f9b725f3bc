using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme;

/// <summary>What London's programme could know on a day, and what its statements and promises were worth then.</summary>
public sealed class LondonKnowledgeTests
{
    private const string Report = "2017-05-12", Briefing = "2017-09-30", MemberBriefing = "2018-02-28";

    [Theory]
    [InlineData(Report, Report)]
    [InlineData("2018-12-31", Report)]
    public async Task NoRecord_AsKnownInMay2017_RestsOnALaterDocument(string effective, string known) =>
        (await DocumentsAsync(effective, known)).ShouldBe(
            ["gla-press-2016-07-21", "gla-press-2017-01-04", "london-datastore-crime", "mayor-answer-2014-3207", "met-press-calls-2014", "s0-highlight-report", "s2-decision-paper", "s2-outline-case", "s4-portfolio-report", "standard-calls-2014"]);

    [Fact]
    public async Task Records_AsKnownOnceAllIsSaid_RestOnEveryDocument() =>
        (await DocumentsAsync(MemberBriefing, MemberBriefing)).Where(document => document.StartsWith('s') && char.IsAsciiDigit(document[1])).ShouldBe(
            ["s0-highlight-report", "s1-pathfinder-briefing", "s2-decision-paper", "s2-outline-case", "s3-member-briefing", "s4-portfolio-report"]);

    [Fact]
    public async Task GoLiveOfTheFourthTranche_IsKnownToHaveHappened_OnlyFromTheBriefing()
    {
        var then = (await ViewAsync(Report, Report)).FindAsync<Milestone>("go-live-tranche-4", TestContext.Current.CancellationToken);
        var later = (await ViewAsync(Briefing, Briefing)).FindAsync<Milestone>("go-live-tranche-4", TestContext.Current.CancellationToken);

        (await then)!.Body.Actual.ShouldBeNull();
        (await later)!.Body.Actual!.Date!.Text.ShouldBe("end of April 2017");
    }

    [Fact]
    public async Task EastPathfinder_OfTheReport_HasTheOneBoroughItNames()
    {
        var then = await (await ViewAsync(Report, Report)).FindAsync<Pilot>("pathfinder-east", TestContext.Current.CancellationToken);
        var later = await (await ViewAsync(Report, Briefing)).FindAsync<Pilot>("pathfinder-east", TestContext.Current.CancellationToken);

        then!.Body.Boroughs.ShouldBe(["E09000026"]);
        later!.Body.Boroughs.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("ward-officers", "2017-08-01", MemberBriefing, Truth.False)]
    [InlineData("ward-officers", "2017-11-01", "2017-11-01", Truth.True)]
    [InlineData("evaluate-before-roll-out", MemberBriefing, MemberBriefing, Truth.Undecided)]
    [InlineData("recovery-of-response", MemberBriefing, MemberBriefing, Truth.Undecided)]
    [InlineData("engagement-and-preparation", MemberBriefing, MemberBriefing, Truth.False)]
    public async Task Promise_OfTheBriefings_IsJudgedAsAtTheDates(string key, string effective, string known, Truth expected)
    {
        var view = await ViewAsync(effective, known);
        var promise = await view.FindAsync<Commitment>(key, TestContext.Current.CancellationToken);

        (await JudgeAsync(view, promise!.Body.Rule!)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("s0-response-below-charter", Report, Truth.Undecided)]
    [InlineData("s0-response-below-charter", Briefing, Truth.True)]
    [InlineData("s0-tranche-4-on-track", Briefing, Truth.Undecided)]
    [InlineData("s1-cn-at-met-level", Briefing, Truth.False)]
    [InlineData("s1-cn-improved-consistently", Briefing, Truth.True)]
    [InlineData("s1-ea-below-met", Briefing, Truth.True)]
    [InlineData("s1-ea-will-recover", Briefing, Truth.Undecided)]
    [InlineData("s1-ea-strategy-discussions-24h", Briefing, Truth.Undecided)]
    [InlineData("s3-32-boroughs", MemberBriefing, Truth.True)]
    [InlineData("s3-12-units", MemberBriefing, Truth.True)]
    [InlineData("s3-pilot-since-2016", MemberBriefing, Truth.False)]
    [InlineData("s3-last-wave-november", MemberBriefing, Truth.True)]
    public async Task Statement_OfADocument_IsHeldAgainstWhatWasKnown(string key, string known, Truth expected)
    {
        var view = await ViewAsync(known, known);
        var statement = await view.FindAsync<Statement>(key, TestContext.Current.CancellationToken);

        (await JudgeAsync(view, statement!.Body.Query!)).ShouldBe(expected);
    }

    private static async Task<Truth> JudgeAsync(RecordView view, string query) =>
        (await (await LondonProgramme.SharedAsync()).Get<IQueries>().EvaluateAsync(view, query, TestContext.Current.CancellationToken)).Truth;

    private static async Task<IReadOnlyList<string>> DocumentsAsync(string effective, string known)
    {
        var view = await ViewAsync(effective, known);
        var documents = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var kind in view.Catalogue.Kinds)
        {
            documents.UnionWith((await view.ListAsync(kind, TestContext.Current.CancellationToken)).SelectMany(record => record.Body.Sources).Select(source => source.Document));
        }

        return documents.ToList();
    }

    private static async Task<RecordView> ViewAsync(string effective, string known) =>
        (await LondonProgramme.SharedAsync()).Get<IRecords>().View(null, new AsAt(Day(effective), Day(known)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
