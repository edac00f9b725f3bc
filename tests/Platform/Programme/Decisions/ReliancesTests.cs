using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Tests.Programme.Decisions;

public sealed class ReliancesTests
{
    [Fact]
    public async Task Decision_ReliedOnFactChanges_IsToBeReconsideredUntilLookedAtAgain()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldBeEmpty();
        (await StandingAsync()).Reconsider.ShouldBeEmpty();

        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 727_946 });

        var standing = await StandingAsync();
        var changed = standing.Reconsider.ShouldHaveSingleItem();
        changed.Row.On.ShouldBe("funding:tranche-1");
        changed.Changes.ShouldHaveSingleItem().ToString().ShouldBe("Stated total: £730,000 → £727,946");
        standing.Headline(store.View().At.Effective).ShouldEndWith("one of the two facts it rests on has changed since");
        var lines = await store.AttentionAsync();
        lines.ShouldContain(line => line.Text == "Reconsider Tranche 1: Tranche 1 funding changed since it was relied on" && line.Standing == Standing.Bad);

        (await process.ReconsiderAsync(Papers.Deputy, "tranche-1", "It stands: it costs less")).Problems.ShouldBeEmpty();

        standing = await StandingAsync();
        standing.Reconsider.ShouldBeEmpty();
        standing.Rests[0].State.ShouldBe(RelianceState.Changed);
        standing.Record.Body.Reconsiderations.ShouldHaveSingleItem().Result.ShouldBe("It stands: it costs less");

        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 900_000 });
        (await StandingAsync()).Reconsider.ShouldHaveSingleItem().Changes.ShouldHaveSingleItem().ToString().ShouldBe("Stated total: £730,000 → £900,000");

        async Task<DecisionStanding> StandingAsync() =>
            await DecisionStanding.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!);
    }

    [Fact]
    public async Task Decision_RecordedWithoutVersions_ReliesOnWhatWasKnownOnItsDay()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete with { State = DecisionState.Taken, DecidedOn = PartialDate.Of(new DateOnly(2016, 10, 5)), Sources = [new Locator { Document = "minutes" }] });
        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 727_946 }, new DateOnly(2017, 5, 12));

        var now = await Reliances.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!.Body);
        var before = store.Get<IRecords>().View(null, new AsAt(new DateOnly(2017, 5, 11), new DateOnly(2017, 5, 11)));
        var then = await Reliances.OfAsync(before, (await before.FindAsync<Decision>("tranche-1"))!.Body);

        now.Select(each => each.State).ShouldBe([RelianceState.Changed, RelianceState.Unchanged]);
        now[0].Pinned.ShouldBeFalse();
        now[0].Changes.ShouldHaveSingleItem().ToString().ShouldBe("Stated total: £730,000 → £727,946");
        then.ShouldAllBe(each => each.State == RelianceState.Unchanged);
    }

    [Fact]
    public async Task Decision_ReliedOnFactGetsAnOwner_StandsAsItDid()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldBeEmpty();
        var funding = (await store.View().FindAsync<Funding>("tranche-1"))!.Body;
        var post = (await store.View().ListAsync<Pathfinder.Platform.Programme.Bodies.Post>())[0].Key;

        await store.SaveAsync("funding", "tranche-1", funding with { Owner = post });

        var standing = await DecisionStanding.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!);
        standing.Reconsider.ShouldBeEmpty("who answers for a sum changes nothing of the sum");
        standing.Rests[0].State.ShouldBe(RelianceState.Unchanged);
    }

    [Fact]
    public async Task Decision_ReliedOnFactIsFoundInAnotherLine_StandsAsItDidAndAnotherDocumentDoesNot()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        var cited = new Funding { Title = "Tranche 1 funding", StatedTotal = 730_000, Sources = [new Locator { Document = "minutes", Lines = "15" }] };
        await store.SaveAsync("funding", "tranche-1", cited);
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldBeEmpty();

        await store.SaveAsync("funding", "tranche-1", cited with { Sources = [new Locator { Document = "minutes", Lines = "16" }] });
        (await DecisionStanding.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!)).Reconsider.ShouldBeEmpty("the place in a document is corrected, not the fact");

        await store.SaveAsync("document", "letter", new Pathfinder.Platform.Programme.Documents.Document { Title = "A letter" });
        await store.SaveAsync("funding", "tranche-1", cited with { Sources = [new Locator { Document = "letter", Lines = "16" }] });
        (await DecisionStanding.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!)).Reconsider.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Decision_PinnedWhenPlacesInSourcesCounted_StandsAsItDid()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 730_000, Sources = [new Locator { Document = "minutes", Lines = "15" }] });
        var funding = (await store.View().FindAsync("funding:tranche-1"))!;
        var before = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(funding.Kind.Write(funding.Body with { Owner = null, Handling = new Handling() }))))[..16];

        var findings = await Reliances.OfAsync(store.View(), Papers.Complete with { State = DecisionState.Taken, RestsOn = [new Reliance { On = "funding:tranche-1", Fingerprint = before }] });

        before.ShouldNotBe(Reliances.Fingerprint(funding));
        findings.ShouldHaveSingleItem().State.ShouldBe(RelianceState.Unchanged);
    }

    [Fact]
    public async Task Sign_FactMovedAfterThePaperWasSubmitted_IsRefusedUntilThatChangeIsSeen()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 727_946 });

        var decision = (await store.View().FindAsync<Decision>("tranche-1"))!;
        var rests = (await store.Reading("decision").ReadAsync(store.View(), decision)).Parts.Single(part => part.Id == "rests-on");
        rests.Finding.ShouldBe("One fact has changed since the paper was submitted; the signature asks whether that was seen");
        rests.Rows[0][^1].Text.ShouldStartWith("Stated total: £730,000 → £727,946");
        var seen = (await Reliances.OfAsync(store.View(), decision.Body)).Where(each => each.Reconsider).Select(each => each.SeenMark).ToList();
        var refused = (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldHaveSingleItem();
        (refused.Field, refused.Message).ShouldBe(("seenChanges", "Tranche 1 funding changed since the paper was submitted: Stated total: £730,000 → £727,946"));

        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 900_000 });
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", SeenChanges = seen, Why = "Yes" })).Problems.ShouldHaveSingleItem("what was ticked was another change").Field.ShouldBe("seenChanges");

        seen = (await Reliances.OfAsync(store.View(), decision.Body)).Where(each => each.Reconsider).Select(each => each.SeenMark).ToList();
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", SeenChanges = seen, Why = "Yes" })).Problems.ShouldBeEmpty();
        (await DecisionStanding.OfAsync(store.View(), (await store.View().FindAsync<Decision>("tranche-1"))!)).Reconsider.ShouldBeEmpty("it is fixed to what was signed");
    }

    [Fact]
    public async Task Attention_PaperSubmitted_StandsFirstForWhoSignsIt()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        (await store.Get<DecisionProcess>().SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
        var room = store.Get<IEnumerable<IProgrammeAttention>>().Single(each => each.GetType().Name == "DecisionAttention");

        var first = (await room.ListAsync(store.View(Papers.Deputy)))[0];

        (first.Text, first.Page).ShouldBe(("Tranche 1 waits for your signature on £730,000", "/decisions/tranche-1/sign"));
        (await room.ListAsync(store.View(Papers.Officer))).ShouldNotContain(line => line.Text.Contains("your signature", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Edit_SectionThatSaysSomethingAndIsNil_IsRefused()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var both = Papers.Complete with { Sections = [.. Papers.Complete.Sections.Select(section => section.Name == "Legal comments" ? section with { Says = "A duty is owed." } : section)] };

        var refused = await store.Get<IRecords>().SaveAsync(Papers.Officer, [new RecordChange("decision", "tranche-1", both)], "Legal came in");

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Message).ShouldBe(("sections[3].nil", "\"Legal comments\" says something and is a nil return as well"));
    }

    [Fact]
    public async Task OnAsync_RecordThatTwoDecisionsRestOn_NamesBoth()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        await store.SaveAsync("decision", "second", Papers.Complete with { Title = "Second", RestsOn = [new Reliance { On = "funding:tranche-1" }] });

        (await Reliances.OnAsync(store.View(), "funding:tranche-1")).Select(each => each.Decision.Key).ShouldBe(["second", "tranche-1"]);
        (await Reliances.OnAsync(store.View(), "objective:quality")).Select(each => each.Decision.Key).ShouldBe(["tranche-1"]);
    }

    [Fact]
    public async Task Reading_TakenDecision_SaysWhatItRestsOnAndThatAPart2Exists()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete with { State = DecisionState.Taken, DecidedOn = PartialDate.Of(new DateOnly(2016, 10, 5)), Sources = [new Locator { Document = "minutes" }] });
        await store.SaveAsync("funding", "tranche-1", new Funding { Title = "Tranche 1 funding", StatedTotal = 727_946 }, new DateOnly(2017, 5, 12));
        await store.SaveAsync("objective", "quality", new Objective { Title = "Better quality", Drives = "Confidence" }, new DateOnly(2017, 5, 12));
        var record = (await store.View().FindAsync<Decision>("tranche-1"))!;

        var reading = await store.Reading("decision").ReadAsync(store.View(), record);

        reading.Headline.ShouldBe("Approved £730,000 on 5 October 2016; both facts it rests on have changed since");
        reading.Parts.Single(part => part.Id == "publication").Finding.ShouldBe("A Part 2 exists: Commercial sensitivity");
        reading.Parts.Single(part => part.Id == "rests-on").Rows[0][4].Text.ShouldBe("Stated total: £730,000 → £727,946 — reconsider");
        reading.Parts.Single(part => part.Id == "authority").Rows[0][2].Standing.ShouldBe(Standing.Good);
        (await store.Reading("decision").ReadAsync(store.View(), [record])).Headline.ShouldBe("The one decision is taken; one rests on facts that have changed since");
    }
}
