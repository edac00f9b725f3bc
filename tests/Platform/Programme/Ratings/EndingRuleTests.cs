using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Ratings;

/// <summary>A milestone is reached, a risk or issue closed, on a date that can be true beside what was reported.</summary>
public sealed class EndingRuleTests
{
    private static readonly Milestone GoLive = new() { Title = "Go live", Forecasts = [new Forecast { Date = Stated("June 2017"), MadeOn = Stated("12 May 2017") }] };

    [Theory]
    [InlineData("2001", "It was still expected on 12 May 2017, after this date")]
    [InlineData("11 May 2017", "It was still expected on 12 May 2017, after this date")]
    [InlineData("12 May 2017", null)]
    [InlineData("2017", null)]
    [InlineData("June 2017", null)]
    [InlineData("1 January 2200", "What has happened does not lie in the future")]
    public async Task Save_Actual_IsNotBeforeTheLastReportThatItWasOpen(string date, string? refused)
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("go-live", GoLive));

        var problems = await SaveAsync(store, "go-live", GoLive with { Actual = new Actual { Date = Stated(date) } });

        problems.Select(problem => (problem.Field, problem.Message)).ShouldBe(refused is null ? [] : [("actual.date", refused)]);
        if (date == "2001")
        {
            (await SaveAsync(store, "go-live", GoLive with { Actual = new Actual { Date = Stated(date), OpenAfter = "A pilot of the same name went live then" } })).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Save_Actual_IsHeldAgainstReportsAndNotAgainstPuttingInOrder()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("commander", new Post { Title = "Commander" }), ("go-live", GoLive));
        await store.SaveAsync("2017-08-01", ("go-live", GoLive with { Owner = "commander" }));

        (await SaveAsync(store, "go-live", GoLive with { Owner = "commander", Actual = new Actual { Date = Stated("27 June 2017") } })).ShouldBeEmpty("naming an owner in August does not say that it was still open");
    }

    [Fact]
    public async Task Save_ActualBeforeTheWorkBegan_IsRefused()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("slp", new WorkItem { Title = "Local policing", Starts = Stated("October 2016") }));

        (await SaveAsync(store, "first-board", new Milestone { Title = "First board", Work = "slp", Actual = new Actual { Date = Stated("2006") } }))
            .ShouldHaveSingleItem().Message.ShouldBe("This lies before its work began: Local policing, October 2016");
        (await SaveAsync(store, "first-board", new Milestone { Title = "First board", Work = "slp", Actual = new Actual { Date = Stated("2016") } })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_RiskOrIssueClosedBeforeItWasOpen_IsRefused()
    {
        await using var store = await CreateAsync();
        var risk = new Risk { Title = "Vetting", Event = "Vetting is slow" };
        var issue = new Issue { Title = "Estates", Event = "No space", Raised = Stated("1 March 2017") };
        await store.SaveAsync("2017-05-12", ("vetting", risk), ("estates", issue));

        (await SaveAsync(store, "vetting", risk with { Closed = Stated("2016") })).ShouldHaveSingleItem().Field.ShouldBe("closed");
        (await SaveAsync(store, "vetting", risk with { Closed = Stated("1 June 2017") })).ShouldBeEmpty();
        (await SaveAsync(store, "new-one", issue with { Closed = Stated("1 February 2017") })).ShouldHaveSingleItem().Message.ShouldBe("It was still open on 1 March 2017, after this date");
    }

    [Fact]
    public async Task ProgrammeFile_ThatSaysBoth_IsRefusedWithItsRow()
    {
        await using var store = await CreateAsync();
        var kind = store.Records.Catalogue.Get<Milestone>();
        ProgrammeFileRecord Version(string known, Milestone body, int row) => new(kind, "go-live", body, Day("2017-01-01"), null, Day(known), null, row);
        var files = new[] { new ProgrammeFile("f.json", null, [Version("2017-05-12", GoLive, 1), Version("2017-09-30", GoLive with { Actual = new Actual { Date = Stated("April 2017") } }, 2)]) };

        var refused = (await store.Store.Get<IProgrammeExchange>().ImportAsync(null, new ChangeContext("system", "pathfinder", "a test"), files)).Problems.ShouldHaveSingleItem();

        (refused.File, refused.Row, refused.Field, refused.Accepted).ShouldBe(("f.json", 2, "actual.date", "a date from 12 May 2017 on, or why it was so in actual.openAfter"));
    }

    private static async Task<IReadOnlyList<Problem>> SaveAsync(ProgrammeStore store, string key, ProgrammeRecord body) =>
        (await store.Records.SaveAsync(Office, [new RecordChange(store.Records.Catalogue.Kinds.Single(kind => kind.Body == body.GetType()).Name, key, body)], "a test says so")).Problems;
}
