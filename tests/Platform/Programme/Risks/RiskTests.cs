using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Risks;

public class RiskTests
{
    private static readonly Risk Disapproval = new()
    {
        Title = "Disapproval",
        Event = "The public disapproves",
        Effect = "Partners leave",
        Current = new RiskLevel { Likelihood = 4, Impact = 5 },
        Published = new PublishedRating { Rating = "VH", Scale = "scale" },
        Controls = [new RiskControl { What = "Agree lines with partners", Due = Stated("April 2017") }, new RiskControl { What = "Brief members", Done = Stated("3 May 2017") }],
    };

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Happened_OpenRisk_BecomesAnIssueAndEachNamesTheOther(StoreKind kind)
    {
        await using var store = await CreateAsync(kind);
        await SaveAsync(store);
        var events = store.Store.Get<RiskEvents>();
        var key = (await events.HappenedAsync(Office, "disapproval", new(Stated("8 May 2017"), null, "Two councils left", "Minutes of the board"))).Value;
        var view = store.Records.View(Office, TimeProvider.System.Now());
        var issue = (await view.FindAsync<Issue>(key))!;
        (issue.Body.FromRisk, issue.Body.Event, issue.Body.Effect, issue.Body.Raised!.Text, issue.Why).ShouldBe(
            ("disapproval", "The public disapproves", "Two councils left", "8 May 2017", "Minutes of the board"));
        issue.Body.Controls.ShouldHaveSingleItem().What.ShouldBe("Agree lines with partners", "a control that is done stays with the risk");
        (await view.FindAsync<Risk>("disapproval"))!.Body.BecameIssue.ShouldBe(key);
        (await store.ReadAsync("risk", view)).Cells["disapproval"][0].ShouldBe(new Said("happened, and became an issue", Standing.Bad, "issue:" + key));
        (await events.HappenedAsync(Office, "disapproval", new(null, null, null, "again"))).Problems.ShouldHaveSingleItem().Message.ShouldBe("This risk has already become an issue");
    }

    [Fact]
    public async Task Happened_WithoutReasonOrInTheFuture_WritesNothing()
    {
        await using var store = await CreateAsync();
        await SaveAsync(store);
        var events = store.Store.Get<RiskEvents>();
        (await events.HappenedAsync(Office, "disapproval", new(null, null, null, " "))).Succeeded.ShouldBeFalse();
        (await events.HappenedAsync(Office, "disapproval", new(Stated("2190"), null, null, "why"))).Problems.ShouldHaveSingleItem().Field.ShouldBe("on");
        var view = store.Records.View(Office, TimeProvider.System.Now());
        (await view.ListAsync<Issue>()).ShouldBeEmpty();
        (await view.FindAsync<Risk>("disapproval"))!.Body.BecameIssue.ShouldBeNull();
    }

    [Fact]
    public async Task Risks_OverThreeReports_SayHowLongEachIsUnchanged()
    {
        await using var store = await CreateAsync();
        await SaveAsync(store);
        var other = Disapproval with { Title = "Performance", Published = new PublishedRating { Rating = "A", Scale = "scale" } };
        await store.SaveAsync("2017-06-12", ("performance", other));
        await store.SaveAsync("2017-07-12", ("performance", other with { Published = other.Published! with { Rating = "VH" } }));
        var reading = await store.ReadAsync("risk", store.View("2017-07-12"));
        reading.Headline.ShouldBe("Two of two risks are open, two at the worst rating");
        reading.Cells["disapproval"].Select(cell => cell.Text).ShouldBe(
            ["open", "20 of 25 (4 × 5)", "VH", "unchanged for three reports", "one of two done, one overdue"]);
        reading.Cells["performance"][3].Text.ShouldBe("new or changed in the last report");
        (await store.ReadAsync("risk", store.View("2017-06-12"))).Cells["performance"][2].Text.ShouldBe("A", "the later rating was not known yet");
    }

    [Fact]
    public async Task Attention_ControlsAcceptancesAndRatings_AreNamedOnceEach()
    {
        await using var store = await CreateAsync();
        await SaveAsync(store, Disapproval with { AcceptanceEnds = Day("2017-05-31"), Published = Disapproval.Published! with { Expires = Day("2017-06-30") } });
        var lines = new List<AttentionLine>();
        foreach (var attention in store.Store.Get<IEnumerable<IProgrammeAttention>>())
        {
            lines.AddRange(await attention.ListAsync(store.View("2017-07-12")));
        }

        lines.Where(line => line.Reference == "risk:disapproval").Select(line => (line.Question, line.Since)).ShouldBe(
            [("Silent", (DateOnly?)Day("2017-05-12")), ("Risks", Day("2017-05-01")), ("Risks", Day("2017-06-01")), ("Risks", Day("2017-07-01"))], ignoreOrder: true);
    }

    private static Task SaveAsync(ProgrammeStore store, Risk? risk = null) => store.SaveAsync(
        "2017-05-12",
        ("scale", new RatingScale { Title = "Risks", Words = [new() { Word = "A", Place = 2 }, new() { Word = "VH", Place = 4 }] }),
        ("disapproval", risk ?? Disapproval));
}
