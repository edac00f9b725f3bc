using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records;

public sealed class RestrictedRecordTests
{
    private const string Canary = "quokka";
    private static readonly DateOnly Day = new(2017, 5, 12);
    private static readonly Actor Office = Person("office", "mps", Role.ProgrammeOffice);
    private static readonly Actor Chief = Person("chief", "mopac", Role.DecisionMaker);
    private static readonly Actor Outsider = Person("outsider", "camden", Role.ProgrammeOffice);
    private static readonly Handling Closed = new() { Readers = ["organisation:mps", "role:DecisionMaker"], Ground = "commercial sensitivity" };

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task ChangeLog_RecordOfOthers_NamesTheGroundAndNothingElse(StoreKind kind)
    {
        await using var store = await WithSecretAsync(kind);

        var open = await store.Get<IChangeLog>().ListAsync(Chief, new LogQuery(), Cancel);
        var closed = await store.Get<IChangeLog>().ListAsync(Outsider, new LogQuery(), Cancel);

        open.Changes.Any(change => change.Entry.New?.Contains(Canary, StringComparison.Ordinal) == true).ShouldBeTrue();
        closed.Changes.Count.ShouldBe(open.Changes.Count);
        closed.Changes.ShouldAllBe(change => !change.ToString().Contains(Canary, StringComparison.OrdinalIgnoreCase));
        var withheld = closed.Changes.First(change => change.Entry.Kind == "confidential-part");
        (withheld.Withheld, withheld.Entry.Key, withheld.Entry.Why, withheld.Entry.New).ShouldBe(("commercial sensitivity", "", "", null));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task ChangeLog_ReasonGivenForOpenAndRestrictedTogether_IsWithheldForBoth(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "document", "secret", new Document { Title = "Secret", Handling = Closed }, Day);
        await store.Get<IAttachments>().AttachAsync(Office, "secret", "secret.txt", "text"u8.ToArray(), $"The {Canary} was sent", Cancel);
        (await store.Get<IRecords>().SaveAsync(
            Office,
            [
                new RecordChange("decision", "open", new Decision { Title = "Open" }, Day, Known: Day),
                new RecordChange("decision", "closed", new Decision { Title = "Closed", Handling = Closed }, Day, Known: Day),
            ],
            $"Both, after the {Canary}", Cancel)).Problems.ShouldBeEmpty();

        foreach (var query in new[] { new LogQuery(), new LogQuery("content"), new LogQuery(Take: 1) })
        {
            var changes = (await store.Get<IChangeLog>().ListAsync(Outsider, query, Cancel)).Changes;
            changes.ShouldNotBeEmpty();
            changes.ShouldAllBe(change => !change.ToString().Contains(Canary, StringComparison.Ordinal));
        }
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Reference_ToARecordOfOthers_IsWithheldWhereverItStandsAndSurvivesAnEdit(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "work", $"the-{Canary}", new WorkItem { Title = "Closed work", Handling = Closed }, Day);
        await SaveAsync(store, "funding", $"the-{Canary}", new Funding { Title = "Closed money", Handling = Closed }, Day);
        var decision = new Decision
        {
            Title = "Open", Work = $"the-{Canary}",
            RestsOn = [new Reliance { On = $"funding:the-{Canary}" }, new Reliance { On = $"work:the-{Canary}" }],
        };
        await SaveAsync(store, "decision", "open", decision, Day);

        var (mine, theirs) = ((await View(store, Office).FindAsync<Decision>("open", Cancel))!, (await View(store, Outsider).FindAsync<Decision>("open", Cancel))!);

        mine.Body.RestsOn.Select(row => row.On).ShouldBe([$"funding:the-{Canary}", $"work:the-{Canary}"]);
        theirs.Body.RestsOn.Select(row => row.On).ShouldBe(["withheld:2", "withheld:1"]);
        theirs.Body.Work.ShouldBe("withheld-1");
        (await Reliances.OfAsync(View(store, Outsider), theirs.Body, Cancel)).Select(each => each.Name).ShouldBe(["withheld from you", "withheld from you"]);
        Reliances.Fingerprint(theirs).ShouldBe(Reliances.Fingerprint(mine), "what was relied on is the same for whoever looks");
        (await View(store, Outsider).ListAsync<Decision>(Cancel)).ShouldAllBe(record => !record.Body.ToString().Contains(Canary, StringComparison.Ordinal));
        (await View(store, Outsider).TimelineAsync(theirs.Kind, "open", Cancel)).ShouldAllBe(record => !theirs.Kind.Write(record.Body).Contains(Canary, StringComparison.Ordinal));
        (await store.Get<IChangeLog>().ListAsync(Outsider, new LogQuery("decision"), Cancel)).Changes.ShouldAllBe(change => !change.ToString().Contains(Canary, StringComparison.Ordinal));
        var exported = (await store.Get<IProgrammeExchange>().ExportAsync(Outsider, new ProgrammeSelection(), Cancel)).Value;
        System.Text.Encoding.UTF8.GetString(exported).ShouldNotContain(Canary);

        (await store.Get<IRecords>().SaveAsync(Outsider, [new RecordChange("decision", "open", theirs.Body with { Summary = "Seen by the council" }, Expected: theirs.VersionId)], "a comment", Cancel)).Problems.ShouldBeEmpty();

        var after = (await store.Get<IRecords>().View(Office, TimeProvider.System.Now()).FindAsync<Decision>("open", Cancel))!.Body;
        (after.Summary, after.Work).ShouldBe(("Seen by the council", $"the-{Canary}"));
        after.RestsOn.Select(row => row.On).ShouldBe([$"funding:the-{Canary}", $"work:the-{Canary}"]);
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task ChangeLog_AskedForTheKeyOfOthers_DoesNotSayWhetherItExists(StoreKind kind)
    {
        await using var store = await WithSecretAsync(kind);
        var query = new LogQuery("confidential-part", $"the-{Canary}");

        (await store.Get<IChangeLog>().ListAsync(Office, query, Cancel)).Changes.ShouldNotBeEmpty();
        (await store.Get<IChangeLog>().ListAsync(Outsider, query, Cancel)).Changes.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task ChangeLog_RecordOpenedLater_StaysClosedInItsEarlierVersions(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "decision", "paper", new Decision { Title = $"The {Canary}", Handling = Closed }, Day);
        await SaveAsync(store, "decision", "paper", new Decision { Title = "Published since" }, Day.AddDays(1));

        var changes = (await store.Get<IChangeLog>().ListAsync(Outsider, new LogQuery("decision"), Cancel)).Changes;

        changes.Select(change => change.Withheld).ShouldBe([null, "commercial sensitivity"]);
        changes[0].BeforeWithheld.ShouldBe("commercial sensitivity");
        changes[0].Entry.Old.ShouldBeNull();
        changes[0].Entry.New!.ShouldContain("Published since");
        (await store.Get<IRecords>().View(Outsider, new AsAt(Day, Day)).FindAsync("decision:paper", Cancel)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task ChangeLog_EndAndNoteOfRecordOfOthers_AreWithheldToo(StoreKind kind)
    {
        await using var store = await WithSecretAsync(kind);
        var record = (await View(store, Office).FindAsync($"confidential-part:the-{Canary}", Cancel))!;
        await store.Get<IRestrictedAccess>().LogConsultationAsync(Office, record, $"{Canary} asked for it", Cancel);
        await store.Get<IRecords>().EndAsync(Office, "confidential-part", $"the-{Canary}", Day.AddDays(9), $"the {Canary} is gone", Cancel);

        var changes = (await store.Get<IChangeLog>().ListAsync(Outsider, new LogQuery("confidential-part"), Cancel)).Changes;

        changes.Select(change => (change.Entry.Action, change.Withheld)).ShouldBe(
            [("end", "commercial sensitivity"), ("note", "commercial sensitivity"), ("record", "commercial sensitivity")]);
        changes.ShouldAllBe(change => !change.ToString().Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Timeline_EndOfWhatMayNotBeRead_IsNotShown(StoreKind kind)
    {
        await using var store = await WithSecretAsync(kind);
        await store.Get<IRecords>().EndAsync(Office, "confidential-part", $"the-{Canary}", Day.AddDays(9), $"the {Canary} is gone", Cancel);
        var part = store.Get<IRecords>().Catalogue.Get<ConfidentialPart>();
        var late = new AsAt(new DateOnly(9000, 1, 1), new DateOnly(9000, 1, 1));

        (await store.Get<IRecords>().View(Office, late).TimelineAsync(part, $"the-{Canary}", Cancel)).Count.ShouldBe(2);
        (await store.Get<IRecords>().View(Outsider, late).TimelineAsync(part, $"the-{Canary}", Cancel)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Access_OpenedAndPassedOn_IsListedWithWhoWhyAndToWhom(StoreKind kind)
    {
        await using var store = await WithSecretAsync(kind);
        var access = store.Get<IRestrictedAccess>();
        var record = (await View(store, Office).FindAsync($"confidential-part:the-{Canary}", Cancel))!;

        (await access.LogConsultationAsync(Chief, record, "To decide on 12 May", Cancel)).Succeeded.ShouldBeTrue();
        (await access.LogDisclosureAsync(Office, record, "The auditor", "The audit of 2017", "The figures", Cancel)).Succeeded.ShouldBeTrue();

        var listed = await access.ListAsync(View(store, Office), record, Cancel);
        listed.Select(entry => (entry.Kind, entry.Account, entry.Organisation, entry.Why, entry.ToWhom, entry.What)).ShouldBe(
        [
            (AccessKind.Disclosed, "office", "mps", "The audit of 2017", "The auditor", "The figures"),
            (AccessKind.Consulted, "chief", "mopac", "To decide on 12 May", null, null),
        ]);
        (await access.ListAsync(View(store, Outsider), record, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Access_WithoutReasonOrRight_IsRefusedAndNotLogged()
    {
        await using var store = await WithSecretAsync(StoreKind.Sqlite);
        var access = store.Get<IRestrictedAccess>();
        var record = (await View(store, Office).FindAsync($"confidential-part:the-{Canary}", Cancel))!;

        access.NeedsReason(record).ShouldBeTrue();
        (await access.LogConsultationAsync(Office, record, " ", Cancel)).Problems.Single().Field.ShouldBe("why");
        (await access.LogConsultationAsync(Outsider, record, "Curious", Cancel)).Succeeded.ShouldBeFalse();
        (await access.LogDisclosureAsync(Chief, record, "Anybody", "Because", null, Cancel)).Succeeded.ShouldBeFalse();
        (await access.LogDisclosureAsync(Office, record, "", "", null, Cancel)).Problems.Select(problem => problem.Field).ShouldBe(["toWhom", "why"]);
        (await access.ListAsync(View(store, Office), record, Cancel)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Attachment_Text_OpensByLineAlsoAsAtEarlierDates(StoreKind kind)
    {
        await using var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "document", "report", new Document { Title = "A report" }, Day);
        var attachments = store.Get<IAttachments>();

        var attached = await attachments.AttachAsync(Office, "report", "report.txt", "one\r\ntwo\nthree\n"u8.ToArray(), "The text was sent", Cancel);

        attached.Problems.ShouldBeEmpty();
        var text = await attachments.FindTextAsync(store.Get<IRecords>().View(Chief, new AsAt(Day, Day)), "report", Cancel);
        text!.Lines.ShouldBe(["one", "two", "three"]);
        (await View(store, Chief).FindAsync<Document>("report", Cancel))!.Body.Title.ShouldBe("A report");
    }

    [Theory]
    [InlineData("why", "text", "")]
    [InlineData("key", "text", "because", "nothing")]
    [InlineData("file", "\0\u0001\u0002", "because")]
    [InlineData("file", "", "because")]
    [InlineData("file", "PK\u0003\u0004 not a letter", "because")]
    public async Task Attachment_OfWhatCannotBeAttached_NamesTheFieldAndKeepsNothing(string field, string content, string why, string key = "report")
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "document", "report", new Document { Title = "A report" }, Day);

        var refused = await store.Get<IAttachments>().AttachAsync(Office, key, "report.txt", System.Text.Encoding.UTF8.GetBytes(content), why, Cancel);

        refused.Problems.Single().Field.ShouldBe(field);
        (await store.Get<IAudit>().ListAsync(new LogQuery(Action: "keep"), Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Attachment_HashOfRestrictedTextWrittenIntoAnOpenDocument_OpensNothing()
    {
        await using var store = await StoreFixture.CreateAsync();
        await SaveAsync(store, "document", "secret", new Document { Title = "Secret", Handling = Closed }, Day);
        await store.Get<IAttachments>().AttachAsync(Office, "secret", "secret.txt", System.Text.Encoding.UTF8.GetBytes(Canary), "Kept here", Cancel);
        var hash = (await View(store, Office).FindAsync<Document>("secret", Cancel))!.Body.Content;
        await SaveAsync(store, "document", "bait", new Document { Title = "Bait", Content = hash }, Day);

        (await store.Get<IAttachments>().FindTextAsync(View(store, Office), "bait", Cancel)).ShouldNotBeNull();
        (await store.Get<IAttachments>().FindTextAsync(View(store, Outsider), "bait", Cancel)).ShouldBeNull();
        (await store.Get<IAttachments>().FindTextAsync(View(store, Outsider), "secret", Cancel)).ShouldBeNull();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Actor Person(string account, string organisation, Role role) => new(account, account, organisation, new HashSet<Role> { role }, []);

    private static ConfidentialPart Part(string title, Handling handling) => new() { Title = title, Decision = "the-decision", Rationale = "Schedule 12A", Handling = handling };

    private static RecordView View(StoreFixture store, Actor reader) => store.Get<IRecords>().View(reader, store.Get<TimeProvider>().Now());

    private static async Task<StoreFixture> WithSecretAsync(StoreKind kind)
    {
        var store = await StoreFixture.CreateAsync(kind);
        await SaveAsync(store, "decision", "the-decision", new Decision { Title = "The decision" }, Day);
        await SaveAsync(store, "confidential-part", $"the-{Canary}", Part($"The {Canary}", Closed), Day, $"The {Canary} was sent");
        return store;
    }

    private static async Task SaveAsync(StoreFixture store, string kind, string key, ProgrammeRecord body, DateOnly known, string why = "As reported") =>
        (await store.Get<IRecords>().SaveAsync(Office, [new RecordChange(kind, key, body, Day, Known: known)], why, Cancel)).Problems.ShouldBeEmpty();
}
