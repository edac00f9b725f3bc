using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Ratings;

public class OwnerReportsTests
{
    private static readonly Milestone GoLive = new() { Title = "Go live", Baselines = [new Baseline { Date = Stated("June 2030") }], Forecasts = [new Forecast { Date = Stated("June 2030") }] };

    [Fact]
    public async Task Last_AfterAnOwnerATitleAndASourceOfThePastWereSet_IsStillTheDayOfTheForecast()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("post", new Post { Title = "Commander" }), ("old", new Document { Title = "An old paper", Dated = Stated("5 October 2016") }), ("live", GoLive));
        await store.SaveAsync("2017-06-20", ("live", GoLive with { Owner = "post" }));
        await store.SaveAsync("2017-06-21", ("live", GoLive with { Owner = "post", Title = "Go live, all boroughs", Sources = [new Locator { Document = "old" }] }));

        (await LastAsync(store, "milestone:live", "2017-07-15")).ShouldBe(Day("2017-05-12"));
        (await store.ReadAsync("milestone", store.View("2017-07-15"))).Headline.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("a forecast")]
    [InlineData("a published rating")]
    [InlineData("completion")]
    [InlineData("an actual")]
    public async Task Last_AfterSomethingOfItsProgressWasStated_IsThatDay(string what)
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("live", GoLive));
        await store.SaveAsync("2017-06-12", ("live", what switch
        {
            "a forecast" => GoLive with { Forecasts = [.. GoLive.Forecasts, new Forecast { Date = Stated("July 2030") }] },
            "a published rating" => GoLive with { Published = new PublishedRating { Rating = "A" } },
            "completion" => GoLive with { Completion = new Completion { Done = 3 } },
            _ => GoLive with { Actual = new Actual { Date = Stated("June 2017") } },
        }));
        await store.SaveAsync("2017-06-20", ("live", (await store.View("2017-06-20").FindAsync<Milestone>("live"))!.Body with { Summary = "Put more plainly" }));

        (await LastAsync(store, "milestone:live", "2017-07-15")).ShouldBe(Day("2017-06-12"));
        (await LastAsync(store, "milestone:live", "2017-06-01")).ShouldBe(Day("2017-05-12"), "as known before");
    }

    [Fact]
    public async Task Last_WhereANewerDocumentSaysTheSameAgain_IsTheDayItWasKnown()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync("2017-05-12", ("live", GoLive), ("june", new Document { Title = "Highlight report of June", Dated = Stated("June 2017") }));
        await store.SaveAsync("2017-06-14", ("live", GoLive with { Sources = [new Locator { Document = "june", Lines = "3" }] }));

        (await LastAsync(store, "milestone:live", "2017-07-15")).ShouldBe(Day("2017-06-14"));
    }

    [Fact]
    public async Task Silence_OfWorkWhoseRecordsWereOnlyPutInOrder_CountsFromTheLastReport()
    {
        await using var store = await CreateAsync();
        var risk = new Risk { Title = "Disapproval", Event = "The public disapproves", Work = "slp", Current = new RiskLevel { Likelihood = 3, Impact = 4 }, Controls = [new RiskControl { What = "Talk" }] };
        await store.SaveAsync("2017-05-12", ("post", new Post { Title = "Commander" }), ("slp", new WorkItem { Title = "The programme", Level = WorkLevel.Programme }), ("risk", risk), ("live", GoLive with { Work = "slp" }));
        await store.SaveAsync("2017-06-12", ("live", GoLive with { Work = "slp", Published = new PublishedRating { Rating = "A" } }));
        await store.SaveAsync("2017-08-01", ("risk", risk with { Owner = "post", Controls = [new RiskControl { What = "Talk", Owner = "post" }] }), ("live", GoLive with { Work = "slp", Owner = "post", Published = new PublishedRating { Rating = "A" } }));

        var silent = new List<AttentionLine>();
        foreach (var room in store.Store.Services.GetServices<IProgrammeAttention>())
        {
            silent.AddRange((await room.ListAsync(store.View("2017-08-02"))).Where(line => line.Question == "Silent"));
        }

        silent.ShouldHaveSingleItem().Text.ShouldBe("Nothing was reported on two open records of The programme since 12 June 2017");
        (await store.ReadAsync("risk", store.View("2017-08-02"))).Cells["risk"][3].Text.ShouldBe("unchanged for two reports", "naming owners in August is no report of the risk");
    }

    private static async Task<DateOnly> LastAsync(ProgrammeStore store, string reference, string day)
    {
        var view = store.View(day);
        return await (await OwnerReports.OpenAsync(view)).LastAsync((await view.FindAsync(reference)).ShouldNotBeNull());
    }
}
