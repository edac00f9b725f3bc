using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Decisions;

public sealed class DecisionProcessTests
{
    [Theory]
    [ClassData(typeof(StoreKinds))]
    public async Task Sign_CompletePaper_IsTakenWithSignatureOutcomesAndPinnedVersions(StoreKind kind)
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete, kind);
        var process = store.Get<DecisionProcess>();
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();

        var signed = await process.SignAsync(Papers.Deputy, "tranche-1", new Signing
        {
            Interests = "None",
            Outcomes = [new RecommendationAnswer(1, RecommendationOutcome.Amended)],
            Conditions = [new Condition { What = "Report in March", Due = PartialDate.Of(new DateOnly(2017, 3, 31)) }],
            Why = "The case is made",
        });

        signed.Problems.ShouldBeEmpty();
        var decision = (await store.View().FindAsync<Decision>("tranche-1"))!;
        decision.Account.ShouldBe("sophie");
        decision.Why.ShouldBe("The case is made");
        decision.Body.State.ShouldBe(DecisionState.Taken);
        decision.Body.Recommendations.Select(each => each.Outcome).ShouldBe([RecommendationOutcome.Amended, RecommendationOutcome.Agreed]);
        var today = store.Get<TimeProvider>().LondonToday();
        decision.Body.Signatures.ShouldHaveSingleItem().ShouldBe(new Signature { Post = "dmpc", Name = "sophie", Date = PartialDate.Of(today), As = "Decision maker" });
        decision.Body.Conditions.ShouldHaveSingleItem();
        var funding = (await store.View().FindAsync<Funding>("tranche-1"))!;
        decision.Body.RestsOn[0].Version.ShouldBe(funding.VersionId);
        decision.Body.RestsOn[0].Fingerprint.ShouldBe(Reliances.Fingerprint(funding));
    }

    [Fact]
    public async Task Submit_IncompletePaper_SaysEverythingThatIsMissingAndStaysADraft()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete with { Advice = [] });

        var submitted = await store.Get<DecisionProcess>().SubmitAsync(Papers.Officer, "tranche-1", "Ready");

        submitted.Problems.Count.ShouldBe(4);
        submitted.Problems.ShouldAllBe(problem => problem.Message.StartsWith("Not ready: advice of", StringComparison.Ordinal));
        (await store.View().FindAsync<Decision>("tranche-1"))!.Body.State.ShouldBe(DecisionState.Draft);
    }

    [Fact]
    public async Task Edit_ThatSetsTheStateByHand_IsRefusedAndTheProcessStillMovesIt()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var found = (await store.View().FindAsync<Decision>("tranche-1"))!;

        var edited = await store.Get<IRecords>().SaveAsync(
            Papers.Officer, [new RecordChange("decision", "tranche-1", found.Body with { State = DecisionState.Taken }, Expected: found.VersionId)], "Quicker", TestContext.Current.CancellationToken);

        edited.Problems.ShouldHaveSingleItem().Field.ShouldBe("state");
        var forged = await store.Get<IRecords>().SaveAsync(
            Papers.Officer, [new RecordChange("decision", null, new Decision { Title = "Forged", State = DecisionState.Taken })], "Quicker still", TestContext.Current.CancellationToken);
        forged.Problems.ShouldHaveSingleItem().Field.ShouldBe("state");
        (await store.View().FindAsync<Decision>("tranche-1"))!.Body.State.ShouldBe(DecisionState.Draft);
        (await store.Get<DecisionProcess>().SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sign_ByAnotherThanTheHolderOfThePost_IsRefused()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        await ProgrammeStore.AddAccountAsync(store, "sophie");
        await store.SaveAsync("person", "sophie", new Person { Title = "Sophie", Account = "sophie" });
        await store.SaveAsync("appointment", "sophie-dmpc", new Appointment { Title = "Sophie as Deputy Mayor", Person = "sophie", Post = "dmpc" });
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();

        var other = await process.SignAsync(Papers.Person("mark", Role.DecisionMaker), "tranche-1", new Signing { Interests = "None", Why = "Yes" });
        other.Problems.ShouldHaveSingleItem().Message.ShouldBe("Only Sophie signs this decision");

        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sign_WithoutInterestsOrByWhoMayNotDecide_IsRefused()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldHaveSingleItem().Message
            .ShouldBe("A decision that is draft cannot be signed");
        (await process.SubmitAsync(Papers.Deputy, "tranche-1", "Ready")).Problems.ShouldHaveSingleItem().Message.ShouldBe("You may not submit a decision");
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();

        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Why = "Yes" })).Problems.ShouldHaveSingleItem().Field.ShouldBe("interests");
        (await process.SignAsync(Papers.Officer, "tranche-1", new Signing { Interests = "None", Why = "Yes" })).Problems.ShouldHaveSingleItem().Message
            .ShouldBe("You may not sign a decision");
    }

    [Fact]
    public async Task Sign_VersionReadIsOld_IsRefused()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        var read = (await store.View().FindAsync<Decision>("tranche-1"))!.VersionId;
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();

        (await process.SignAsync(Papers.Deputy, "tranche-1", new Signing { Expected = read, Interests = "None", Why = "Yes" })).Problems.ShouldHaveSingleItem().Field.ShouldBe("version");
    }

    [Fact]
    public async Task Process_DeferSubmitRefuseReopenWithdraw_GoesThroughItsStates()
    {
        await using var store = await Papers.ProgrammeAsync(Papers.Complete);
        var process = store.Get<DecisionProcess>();
        async Task<DecisionState> State() => (await store.View().FindAsync<Decision>("tranche-1"))!.Body.State;
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Ready")).Problems.ShouldBeEmpty();

        (await process.DeferAsync(Papers.Deputy, "tranche-1", PartialDate.Of(new DateOnly(2016, 10, 2)), "Later")).Problems.ShouldHaveSingleItem().Field.ShouldBe("until");
        (await process.DeferAsync(Papers.Deputy, "tranche-1", PartialDate.Of(new DateOnly(2199, 1, 1)), "Later")).Problems.ShouldBeEmpty();
        (await State()).ShouldBe(DecisionState.Deferred);
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Again")).Problems.ShouldBeEmpty();
        (await process.RefuseAsync(Papers.Deputy, "tranche-1", "Not now")).Problems.ShouldBeEmpty();
        (await State()).ShouldBe(DecisionState.Refused);
        (await process.ReopenAsync(Papers.Officer, "tranche-1", "Another try")).Problems.ShouldBeEmpty();
        (await State()).ShouldBe(DecisionState.Draft);
        (await process.WithdrawAsync(Papers.Officer, "tranche-1", "Given up")).Problems.ShouldBeEmpty();
        (await State()).ShouldBe(DecisionState.Withdrawn);
        (await process.SubmitAsync(Papers.Officer, "tranche-1", "Again")).Problems.ShouldHaveSingleItem().Field.ShouldBe("state");
    }
}
