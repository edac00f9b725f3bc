using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Schedule;

public class ScheduleReadingTests
{
    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Milestones_OfTheHighlightReport_FiveOfSevenAreLaterAndOnePassed(StoreKind kind)
    {
        await using var store = await CreateAsync(kind);
        await HighlightReportAsync(store);
        var reading = await store.ReadAsync("milestone", store.View("2017-05-12"));
        reading.Headline.ShouldBe("Five of seven milestones are later than their baseline; one passed without an actual");
        reading.Columns.Count.ShouldBe(4);
        reading.Cells["m1"].Select(cell => cell.Text).ShouldBe(["slipped: 21 May 2017, 65 days later than its baseline; in place for 3 MASH; the whole number was not stated", "65 days later", "A", "A"]);
        reading.Cells["m2"][1].ShouldBe(new Said("one to three months later", Standing.Watch));
        reading.Cells["m3"].Select(cell => cell.Text).ShouldBe(["done: 27 March 2017", "on time", "G", "G"]);
        reading.Cells["m4"].Select(cell => cell.Text).ShouldBe(
            ["passed without an actual: 26 April 2017, 16 days ago", "overdue since 26 April 2017; 16 days later so far", "A", "G (differs from A as computed; nobody said until when)"]);
        reading.Cells["m4"][0].Standing.ShouldBe(Standing.Bad);
        reading.Cells["m6"][2].Text.ShouldBe("A");
    }

    [Fact]
    public async Task Milestones_SilentForLongerThanTheRule_HaveNoReportAndAreNeverGreen()
    {
        await using var store = await CreateAsync();
        await HighlightReportAsync(store);
        var reading = await store.ReadAsync("milestone", store.View("2017-06-28"));
        reading.Cells.Where(pair => pair.Key != "m3").Select(pair => pair.Value[2]).ShouldAllBe(cell => cell.Text == "no report" && cell.Standing == Standing.Missing);
        reading.Cells["m3"][2].Text.ShouldBe("G", "it was done, and stays so");
    }

    [Fact]
    public async Task Milestone_ForecastMovedInLaterVersions_ShowsTheTrailAsKnown()
    {
        await using var store = await CreateAsync();
        var milestone = Milestone("Business case", "June 2017", "June 2017");
        await store.SaveAsync("2017-03-01", ("case", milestone));
        await store.SaveAsync("2017-05-12", ("case", milestone with { Forecasts = [new Forecast { Date = Stated("September 2017"), Why = "More time to evaluate" }] }));
        await store.SaveAsync("2017-09-30", ("case", milestone with { Forecasts = [new Forecast { Date = Stated("12 February 2018"), MadeOn = Stated("September 2017") }] }));

        var known = (await store.ReadAsync("milestone", "case", store.View("2017-05-12"))).Parts.Single(part => part.Id == "forecasts");
        known.Rows.Select(row => row[1].Text).ShouldBe(["June 2017", "September 2017"], "the later forecast was not known yet");
        known.Finding.ShouldBe("The forecast moved one time, one time to a later date");
        known.Rows[1].Select(cell => cell.Text).ShouldBe(["12 May 2017", "September 2017", "two to four months later", "More time to evaluate"]);

        var later = (await store.ReadAsync("milestone", "case", store.View("2017-12-01"))).Parts.Single(part => part.Id == "forecasts");
        later.Rows[2].Select(cell => cell.Text).ShouldBe(["September 2017", "12 February 2018", "four to six months later", "not said"]);
    }

    [Fact]
    public async Task Milestone_BeforeWhatItWaitsFor_IsAConflictAndRatedAmber()
    {
        await using var store = await CreateAsync();
        await RuleAsync(store);
        await store.SaveAsync(
            "2017-05-12",
            ("case", Milestone("Business case", "September 2017", "September 2017")),
            ("announcement", Milestone("Announcement", "30 September 2017", "30 September 2017") with { DependsOn = [new Dependency { On = "milestone:case", LagDays = 14 }] }),
            ("soon", Milestone("Too soon", "1 June 2017", "1 June 2017") with { DependsOn = [new Dependency { On = "milestone:case" }] }));
        var view = store.View("2017-05-12");
        var waits = (await store.ReadAsync("milestone", "announcement", view)).Parts.Single(part => part.Id == "waits-for");
        waits.Finding.ShouldBe("Together they leave 15 September 2017 to 14 October 2017 at the earliest");
        waits.Rows[0][2].Standing.ShouldBe(Standing.Missing, "a month does not say whether 30 September leaves two weeks");

        var soon = (await store.ReadAsync("milestone", view)).Cells["soon"];
        soon[0].ShouldBe(new Said("on time: 1 June 2017; before what it waits for", Standing.Bad));
        soon[2].Text.ShouldBe("A");
    }

    [Fact]
    public void Milestone_WaitingForItselfThroughOthers_NamesTheRing()
    {
        Milestone Waiting(string on) => Milestone("Waits", "June 2017", "June 2017") with { DependsOn = [new Dependency { On = "milestone:" + on }] };
        var milestones = new Dictionary<string, Milestone> { ["a"] = Waiting("b"), ["b"] = Waiting("c"), ["c"] = Waiting("a"), ["d"] = Waiting("a") };
        Dependencies.FindRing("a", key => milestones[key]).ShouldBe(["a", "b", "c"]);
        Dependencies.FindRing("d", key => milestones[key]).ShouldBeNull("it waits for a ring but is not in it");
    }

    [Fact]
    public async Task Embargo_GoLiveBeforeItsEnd_IsFlaggedOnBoth()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync(
            "2017-05-12",
            ("next", Milestone("Next unit goes live", "October 2017", "October 2017")),
            ("after", Milestone("Unit after goes live", "June 2018", "June 2018")),
            ("no-other", new Embargo { Title = "No other unit", What = "Go-live elsewhere", NotBefore = Stated("December 2017"), AppliesTo = ["milestone:next", "milestone:after"] }));
        var view = store.View("2017-05-12");
        var embargoes = await store.ReadAsync("embargo", view);
        embargoes.Headline.ShouldBe("Something is planned against one of one embargo");
        embargoes.Cells["no-other"].Select(cell => (cell.Text, cell.Standing)).ShouldBe(
            [("in force: not before December 2017", Standing.Plain), ("Next unit goes live: October 2017", Standing.Bad)]);
        (await store.ReadAsync("milestone", view)).Cells["next"][0].Text.ShouldBe("on time: October 2017; against an embargo");
    }

    [Fact]
    public async Task Tranches_SameNumberInTwoSeries_AreNeverTheSame()
    {
        await using var store = await CreateAsync();
        await store.SaveAsync(
            "2017-05-12",
            ("plan-3", new Tranche { Title = "Tranche 3", Series = "Programme plan", Number = 3, Starts = Stated("April 2017"), Ends = Stated("March 2018") }),
            ("live-3", new Tranche { Title = "Tranche 3", Series = "Go-live", Number = 3, Starts = Stated("27 March 2017") }));
        var reading = await store.ReadAsync("tranche", store.View("2017-05-12"));
        reading.Headline.ShouldBe("Two tranches in two series; tranche 3 means different things in each");
        reading.Cells["plan-3"].Select(cell => cell.Text).ShouldBe(["running since April 2017", "none named", "Go-live 3: not the same"]);
    }

    [Fact]
    public async Task Milestone_ThreatenedByARiskOfTheWorstRating_IsAmber()
    {
        await using var store = await CreateAsync();
        await RuleAsync(store);
        var risk = new Risk { Title = "Disapproval", Event = "The public disapproves", Threatens = ["milestone:live"], Published = new PublishedRating { Rating = "VH", Scale = "scale" } };
        await store.SaveAsync("2017-05-12", ("live", Milestone("Go live", "June 2017", "June 2017")), ("disapproval", risk));
        (await store.ReadAsync("milestone", "live", store.View("2017-05-12"))).Parts.Single(part => part.Id == "ratings").Rows[0][2].Text
            .ShouldBe("an open risk of the worst rating threatens it: Disapproval");
        await store.SaveAsync("2017-05-20", ("disapproval", risk with { Closed = Stated("20 May 2017") }));
        (await store.ReadAsync("milestone", store.View("2017-05-20"))).Cells["live"][2].Text.ShouldBe("G");
    }

    private static Milestone Milestone(string title, string baseline, string forecast) => new()
    {
        Title = title,
        Baselines = [new Baseline { Date = Stated(baseline) }],
        Forecasts = [new Forecast { Date = Stated(forecast) }],
    };

    private static Task RuleAsync(ProgrammeStore store) => store.SaveAsync(
        "2017-01-01",
        ("scale", new RatingScale
        {
            Title = "Highlight reports",
            Words = [new() { Word = "G", Place = 1 }, new() { Word = "A", Place = 2 }, new() { Word = "R", Place = 3 }, new() { Word = "VH", Place = 3 }],
        }),
        ("rule", new RatingRule { Title = "Milestones", Scale = "scale" }));

    // The seven rows of a highlight report of 12 May 2017.
    private static async Task HighlightReportAsync(ProgrammeStore store)
    {
        await RuleAsync(store);
        (string Baseline, string Forecast, string Rating)[] rows =
        [
            ("17 March 2017", "21 May 2017", "A"), ("April 2017", "June 2017", "A"), ("27 March 2017", "27 March 2017", "G"), ("26 April 2017", "26 April 2017", "G"),
            ("June 2017", "30 July 2017", "A"), ("June 2017", "September 2017", "A"), ("June 2017", "September 2017", "A"),
        ];
        await store.SaveAsync("2017-05-12", rows.Select((row, i) => ($"m{i + 1}", (ProgrammeRecord)(Milestone($"Milestone {i + 1}", row.Baseline, row.Forecast) with
        {
            Completion = i == 0 ? new Completion { Done = 3, Unit = "MASH" } : null,
            Actual = i == 2 ? new Actual { Date = Stated("27 March 2017"), Evidence = "Teams have joined" } : null,
            Published = new PublishedRating { Rating = row.Rating, Scale = "scale", Reason = i == 3 ? "On track" : null },
        }))).ToArray());
    }
}
