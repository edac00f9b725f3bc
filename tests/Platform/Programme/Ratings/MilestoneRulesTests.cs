using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Ratings;

public class MilestoneRulesTests
{
    private static readonly DateOnly Today = TimeProvider.System.LondonToday();

    [Fact]
    public async Task Save_RatingThatDiffersFromTheComputed_NeedsReasonAndDay()
    {
        await using var store = await RuledAsync();
        var passed = Milestone("26 April 2017") with { Published = new PublishedRating { Rating = "G", Scale = "scale" } };
        (await SaveAsync(store, "passed", passed)).Select(problem => problem.Field).ShouldBe(["published.reason", "published.expires"]);
        (await SaveAsync(store, "passed", passed with { Published = passed.Published! with { Reason = "On track", Expires = Today.AddDays(30) } })).ShouldBeEmpty();
        (await SaveAsync(store, "as-computed", passed with { Published = passed.Published! with { Rating = "R" } })).ShouldBeEmpty();
        (await SaveAsync(store, "unrated", passed with { Published = null })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_OfThePast_IsKeptAsItWasPublished()
    {
        await using var store = await RuledAsync();
        var passed = Milestone("26 April 2017") with { Published = new PublishedRating { Rating = "G", Scale = "scale" } };
        await store.SaveAsync("2017-05-12", ("passed", passed));
        (await SaveAsync(store, "passed", passed with { Summary = "Nothing new is published" })).ShouldBeEmpty();
        var cell = (await store.ReadAsync("milestone", store.View("2017-05-12"))).Cells["passed"][3];
        cell.ShouldBe(new Said("G (differs from A as computed, without a reason; nobody said until when)", Standing.Watch));
    }

    [Fact]
    public async Task Save_RatingPastItsDayOrOutsideItsScale_IsFlagged()
    {
        await using var store = await RuledAsync();
        await store.SaveAsync("2017-05-12", ("expired", Milestone("26 April 2017") with { Published = new PublishedRating { Rating = "VH", Scale = "scale", Reason = "agreed", Expires = Day("2017-05-31") } }));
        (await store.ReadAsync("milestone", store.View("2017-06-01"))).Cells["expired"][3].Text
            .ShouldBe("VH (not a word of the scale: G, A, R; differs from A as computed; held until 31 May 2017, and was not looked at since)");
    }

    [Fact]
    public async Task Save_DependencyThatClosesARing_IsRefusedWithTheRing()
    {
        await using var store = await RuledAsync();
        await store.SaveAsync("2017-05-12", ("a", Milestone("June 2017")), ("b", Milestone("June 2017") with { DependsOn = [new Dependency { On = "milestone:a" }] }));
        (await SaveAsync(store, "a", Milestone("June 2017") with { DependsOn = [new Dependency { On = "milestone:b" }] })).ShouldHaveSingleItem().Found.ShouldBe("a, then b");
    }

    [Fact]
    public async Task Save_TwoChangesThatTogetherCloseARing_AreRefused()
    {
        await using var store = await RuledAsync();
        RecordChange Waits(string key, string on) => new("milestone", key, Milestone("June 2017") with { DependsOn = [new Dependency { On = "milestone:" + on }] });

        var refused = (await store.Records.SaveAsync(Office, [Waits("a", "b"), Waits("b", "c"), Waits("c", "a")], "a test says so")).Problems.ShouldHaveSingleItem();

        (refused.Field, refused.Row, refused.Found).ShouldBe(("dependsOn", 1, "a, then b, then c"));
    }

    [Fact]
    public async Task Save_AnotherDateInThePlaceOfABaseline_IsRefusedAndANewOneStandsAfterIt()
    {
        await using var store = await RuledAsync();
        var april = Milestone("April 2017");
        await store.SaveAsync("2017-01-10", ("go-live", april));

        var refused = (await SaveAsync(store, "go-live", april with { Baselines = [new Baseline { Date = Stated("June 2017") }] })).ShouldHaveSingleItem();
        (refused.Field, refused.Found, refused.Message).ShouldBe(("baselines[0].date", "June 2017", "The baseline April 2017 would be overwritten"));
        (await SaveAsync(store, "go-live", april with { Baselines = [] })).ShouldHaveSingleItem().Field.ShouldBe("baselines[0].date");
        (await SaveAsync(store, "go-live", april with { Baselines = [.. april.Baselines, new Baseline { Date = Stated("June 2017"), Why = "Agreed by the board" }] })).ShouldBeEmpty();
        (await SaveAsync(store, "go-live", april with { Baselines = [.. april.Baselines, new Baseline { Date = Stated("July 2017"), Why = "A slip of the pen" }] })).ShouldBeEmpty("what was first known today can be put right today");
    }

    [Theory]
    [InlineData(95, "G: on time: 1 January 2030")]
    [InlineData(48, "A: its measures do not show it on track: I in 15 minutes, EA, June 2017: 48")]
    [InlineData(null, "A: whether its measures show it on track cannot be told: No observation of I in 15 minutes for EA for a period that ended by 10 July 2017 is recorded as known on 10 July 2017")]
    public async Task Compute_MilestoneThatNamesWhatItsMeasuresMustShow_IsGreenOnlyWhereTheyDo(int? value, string words)
    {
        await using var store = await RuledAsync();
        await store.SaveAsync("2017-07-10", ("i", new Measure { Title = "I in 15 minutes", Definition = "Share in time" }), ("live", Milestone("1 January 2030") with { OnTrackWhile = "i[EA, latest] >= 90" }));
        if (value is { } observed)
        {
            await store.SaveAsync("2017-07-10", ("i-ea", new Observation { Title = "I EA", Measure = "i", Area = "EA", Period = Stated("June 2017"), Value = observed }));
        }

        var view = store.View("2017-07-10");
        var rated = await (await RatingBook.OpenAsync(view)).RateAsync((await view.FindAsync<Milestone>("live"))!);

        rated.Computed!.Words.ShouldBe(words);
        (await SaveAsync(store, "live", Milestone("1 January 2030") with { OnTrackWhile = "i[EA latest" })).ShouldHaveSingleItem().Field.ShouldBe("onTrackWhile");
    }

    [Theory]
    [InlineData(0, 91, "G", "R")]
    [InlineData(0, 90, "G", "A")]
    [InlineData(10, 10, "G", "G")]
    [InlineData(10, 11, "G", "A")]
    public void Compute_AtTheNumbersOfTheRule_TurnsTheDayAfter(int amberDays, int later, string green, string expected)
    {
        var baseline = Day("2030-01-01");
        var milestone = Milestone("1 January 2030") with { Forecasts = [new Forecast { Date = PartialDate.Of(baseline.AddDays(later)) }] };
        var day = Day("2029-01-01");
        var rule = new RatingRule { AmberDays = amberDays };
        RatingInputs Of(Milestone one) => new(MilestoneFacts.Of(one, day), [], [], day, null, day, day);
        RatingRules.Compute(rule, null, Of(Milestone("1 January 2030"))).Word.ShouldBe(green);
        RatingRules.Compute(rule, null, Of(milestone)).Word.ShouldBe(expected);
    }

    [Fact]
    public void Compute_OverdueForMonths_TurnsRedByItself()
    {
        var milestone = Milestone("26 April 2017");
        string On(string day) => RatingRules.Compute(new RatingRule(), null, new(MilestoneFacts.Of(milestone, Day(day)), [], [], Day(day), null, Day(day), Day(day))).Word;
        (On("2017-04-26"), On("2017-04-27"), On("2017-07-25"), On("2017-07-26")).ShouldBe(("G", "A", "A", "R"));
    }

    private static async Task<IReadOnlyList<Pathfinder.Platform.Problems.Problem>> SaveAsync(ProgrammeStore store, string key, Milestone milestone) =>
        (await store.Records.SaveAsync(Office, [new RecordChange("milestone", key, milestone)], "a test says so")).Problems;

    private static async Task<ProgrammeStore> RuledAsync()
    {
        var store = await CreateAsync();
        await store.SaveAsync(
            "2017-01-01",
            ("scale", new RatingScale { Title = "Highlight reports", Words = [new() { Word = "G", Place = 1 }, new() { Word = "A", Place = 2 }, new() { Word = "R", Place = 3 }] }),
            ("rule", new RatingRule { Title = "Milestones", Scale = "scale" }));
        return store;
    }

    private static Milestone Milestone(string date) => new()
    {
        Title = "Go live",
        Baselines = [new Baseline { Date = Stated(date) }],
        Forecasts = [new Forecast { Date = Stated(date) }],
    };
}
