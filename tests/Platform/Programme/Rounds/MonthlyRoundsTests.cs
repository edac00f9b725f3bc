using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;
using static Pathfinder.Platform.Tests.Programme.ProgrammeStore;

namespace Pathfinder.Platform.Tests.Programme.Rounds;

public class MonthlyRoundsTests
{
    private static readonly Actor Owner = new("c.ommander", "Chris Commander", "force", new HashSet<Role> { Role.Planner }, []);
    private static readonly DateOnly Today = TimeProvider.System.LondonToday();

    [Theory, ClassData(typeof(StoreKinds))]
    public async Task Round_OwnerReportsTwoLines_ChangesTheRecordsAndIsSignedOffWithTheThirdMissing(StoreKind kind)
    {
        await using var store = await ProgrammeAsync(kind);
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today.AddDays(7), "programme")).Value;

        var sheet = await SheetAsync(store, round, Owner);
        sheet.Headline.ShouldBe("None of three lines is reported; one owner is still to answer; two open records are asked of nobody until the programme office gives them owners");
        sheet.MyPosts.ShouldBe(["commander"]);
        sheet.Owners.ShouldHaveSingleItem().Lines.Select(line => line.Record.Reference).ShouldBe(["milestone:case", "milestone:live", "risk:disapproval"]);
        sheet.Vacant.ShouldHaveSingleItem().Title.ShouldBe("Nobody's post");
        sheet.Unowned.Select(record => record.Key).ShouldBe(["unowned"]);
        sheet.Owners[0].Lines[1].Known.Select(fact => fact.Label).ShouldBe(["Baseline", "Where it stands", "Computed rating", "Published rating", "Last reported"]);

        var reported = await rounds.ReportAsync(Owner, round,
        [
            new("milestone:live", LineAnswerKind.Changed, NewDate: "September 2030", Why: "Technology is late"),
            new("risk:disapproval", LineAnswerKind.Unchanged),
        ]);
        reported.Problems.ShouldBeEmpty();
        var now = store.Records.View(Office, TimeProvider.System.Now());
        (await now.FindAsync<Milestone>("live"))!.Body.Forecasts.Select(forecast => (forecast.Date!.Text, forecast.Why)).ShouldBe([("June 2030", null), ("September 2030", "Technology is late")]);
        (await now.FindAsync<Milestone>("live"))!.Account.ShouldBe("c.ommander", "the log names who reported, not the office");

        (await rounds.ChaseAsync(Office, round, "commander")).Value.Mailed.ShouldBeEmpty("mail is off");
        (await SheetAsync(store, round, Owner)).Owners[0].Chased.ShouldBe([Today]);
        var asked = (await rounds.SignOffAsync(Office, round)).Problems.ShouldHaveSingleItem();
        (asked.Field, asked.Message).ShouldBe(("why", "Say why it is signed off although one line has no report and two open records are asked of nobody"));
        var named = (await rounds.SignOffAsync(Office, round, "The board meets today")).Value;
        named.Missing.ShouldBe(["milestone:case"]);
        named.NotAsked.ShouldBe(["milestone:unowned", "milestone:vacant"]);

        var signed = await SheetAsync(store, round, Owner);
        signed.Headline.ShouldBe("Signed off; one line has no report from Commander, and two open records were asked of nobody, because the programme office named no owner who holds a post");
        signed.Owners[0].Lines.Single(line => line.Record.Key == "live").Changes.ShouldHaveSingleItem().ToString().ShouldBe("New forecast: June 2030 → September 2030, two to four months later");
        signed.Owners[0].Lines.Single(line => line.Record.Key == "disapproval").Changes.ShouldBeEmpty("nothing changed");
        var milestones = await store.ReadAsync("milestone", store.Records.View(Office, TimeProvider.System.Now()));
        milestones.Cells["case"][2].Text.ShouldBe("no report", "a line without a report is never green");
        milestones.Cells["unowned"][2].Text.ShouldBe("no report", "what nobody was asked for is not reported either");
        milestones.Cells["live"][2].Text.ShouldBe("A");
        (await rounds.ReportAsync(Owner, round, [new("milestone:case", LineAnswerKind.Unchanged)])).Problems.ShouldHaveSingleItem().Message.ShouldStartWith("This round is signed off");
    }

    [Fact]
    public async Task SignOff_WithARestrictedRecordThatNobodyReported_DoesNotGiveItsKeyAway()
    {
        await using var store = await ProgrammeAsync();
        await store.SaveAsync("2017-01-01", ("zanzibar", new Milestone
        {
            Title = "Zanzibar", Work = "programme", Baselines = [new Baseline { Date = Stated("June 2030") }], Handling = new Handling { Readers = ["role:ProgrammeOffice"], Ground = "commercial" },
        }));
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value;

        var named = (await rounds.SignOffAsync(Office, round, "The board meets today")).Value;

        named.NotAsked.ShouldContain("milestone:zanzibar", "the office may read it");
        var seen = (await store.Records.View(Owner, TimeProvider.System.Now()).FindAsync<Round>(round))!.Body;
        seen.NotAsked.ShouldNotContain(name => name.Contains("zanzibar", StringComparison.Ordinal));
        seen.NotAsked.Count(WithheldReferences.IsMark).ShouldBe(1);
        var milestones = await store.ReadAsync("milestone", store.Records.View(Office, TimeProvider.System.Now()));
        milestones.Cells["zanzibar"][2].Text.ShouldBe("no report");
    }

    [Fact]
    public async Task Edit_ThatSignsOffByHand_IsRefusedAndTheStepStillSigns()
    {
        await using var store = await ProgrammeAsync();
        var records = store.Store.Get<IRecords>();
        var round = (await store.Store.Get<MonthlyRounds>().OpenAsync(Office, "May 2017", Today, null)).Value;
        var found = (await records.View(Office, store.Store.Get<TimeProvider>().Now()).FindAsync<Round>(round))!;

        var forged = await records.SaveAsync(Office, [new RecordChange("round", round, found.Body with { SignedOffBy = "The Deputy Mayor", SignedOffOn = Today })], "Quicker");

        forged.Problems.ShouldHaveSingleItem().Field.ShouldBe("signedOffBy");
        (await store.Store.Get<MonthlyRounds>().SignOffAsync(Office, round, "Nobody was asked")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Edit_ThatOpensARoundOrReportsALineByHand_IsRefusedAndTheWordsOfALineCanBeCorrected()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        (await store.Records.SaveAsync(Office, [new RecordChange("round", "mine", new Round { Title = "Mine", Period = Stated("May 2017"), Due = Today })], "Quicker"))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("period");
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        (await store.Records.SaveAsync(Office, [new RecordChange("round-line", "mine", new RoundLine { Title = "Mine", Round = round, About = "milestone:case", Unchanged = true })], "Quicker"))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("round");

        (await rounds.ReportAsync(Owner, round, [new("milestone:case", LineAnswerKind.Changed, Says: "Nearly their")])).Problems.ShouldBeEmpty();
        var line = (await store.Records.View(Office, TimeProvider.System.Now()).ListAsync<RoundLine>()).ShouldHaveSingleItem();
        (await store.Records.SaveAsync(Office, [new RecordChange("round-line", line.Key, line.Body with { Says = "Nearly there" })], "A slip of the pen")).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_WithADateThatHasPassed_AsksForTheActualInstead()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        var problem = (await rounds.ReportAsync(Owner, round, [new("milestone:live", LineAnswerKind.Changed, NewDate: "June 2017", Why: "Late")])).Problems.ShouldHaveSingleItem();
        problem.Field.ShouldBe("milestone:live.date");
        problem.Message.ShouldBe("This date has passed: answer “Done” if it was reached, with what shows it, or give a date to come");
        (await SheetAsync(store, round, Owner)).Reported.ShouldBe(0);
    }

    [Theory]
    [InlineData(-1, 1, " to ")]
    [InlineData(0, 2, " to ")]
    public async Task Report_WithASpanThatWouldNeverBeOverdue_IsRefused(int from, int until, string between)
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        var date = $"{Year(from)}{between}{Year(until)}";

        var problem = (await rounds.ReportAsync(Owner, round, [new("milestone:live", LineAnswerKind.Changed, NewDate: date, Why: "Late")])).Problems.ShouldHaveSingleItem();

        (problem.Field, problem.Found).ShouldBe(("milestone:live.date", date));
        problem.Message.ShouldStartWith("This is no date to be held to");
        (await rounds.ReportAsync(Owner, round, [new("milestone:live", LineAnswerKind.Changed, NewDate: Year(0), Why: "Late")])).Problems.ShouldBeEmpty("this year is how people speak of what comes");
    }

    [Fact]
    public async Task Report_DoneInAYearThatIsNotOver_IsRefusedByTheRoundAndByTheForm()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        var date = $"{Year(0)} to {Year(1)}";

        var problem = (await rounds.ReportAsync(Owner, round, [new("milestone:live", LineAnswerKind.Done, DoneOn: date, Evidence: "Teams have joined")])).Problems.ShouldHaveSingleItem();

        (problem.Field, problem.Found, problem.Message).ShouldBe(("milestone:live.done", date, "This may lie in the future"));
        var live = (await store.Records.View(Office, TimeProvider.System.Now()).FindAsync<Milestone>("live"))!;
        (await store.Records.SaveAsync(Office, [new RecordChange("milestone", "live", live.Body with { Actual = new Actual { Date = Stated(date) } }, Expected: live.VersionId)], "Done"))
            .Problems.ShouldHaveSingleItem().Field.ShouldBe("actual.date");
    }

    [Fact]
    public async Task Attention_OwnerOwesLines_SaysHowManyByWhenAndLeadsToThem()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today.AddDays(7), "programme")).Value;
        (await rounds.ChaseAsync(Office, round, "commander")).Problems.ShouldBeEmpty();

        var line = (await LinesAsync(Owner)).ShouldHaveSingleItem();

        line.Text.ShouldBe($"Three lines are asked of you as Commander by {Numbers.Day(Today.AddDays(7))}; chased on {Numbers.Day(Today)}");
        (line.Page, line.Standing).ShouldBe(($"/round/{round}", Standing.Bad));
        (await LinesAsync(Office)).ShouldBeEmpty("nothing is asked of the office");

        async Task<List<AttentionLine>> LinesAsync(Actor reader)
        {
            var lines = new List<AttentionLine>();
            foreach (var room in store.Store.Get<IEnumerable<IProgrammeAttention>>())
            {
                lines.AddRange(await room.ListAsync(store.Records.View(reader, TimeProvider.System.Now())));
            }

            return [.. lines.Where(line => line.Question == AttentionLine.Yours)];
        }
    }

    private static string Year(int after) => Today.AddYears(after).Year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Report_OnWork_MakesItsProgressReportOnceAndSaysWhyWhereThereIsNone()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        (await store.Store.Get<Ownership>().SetAsync(Office, [new("work:programme", "commander"), new("work:pilot", "commander")], "They lead it")).Value.ShouldBe(2);
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value;
        (await SheetAsync(store, round, Owner)).Owners.Single().Lines.Where(line => line.AsksProgress).Select(line => line.Record.Key).ShouldBe(["pilot", "programme"]);

        (await rounds.ReportAsync(Owner, round, [new("work:programme", LineAnswerKind.Changed), new("work:pilot", LineAnswerKind.Unchanged)])).Problems
            .Select(problem => problem.Field).ShouldBe(["work:programme.progress", "work:pilot.why"]);
        (await rounds.ReportAsync(Owner, round,
        [
            new("work:programme", LineAnswerKind.Changed, Progress: "Boards met\nTeams joined", Next: "Business case to the board (June 2030)\nGo live"),
            new("work:pilot", LineAnswerKind.Unchanged, Why: "The lead was away"),
        ])).Problems.ShouldBeEmpty();
        (await rounds.ReportAsync(Owner, round, [new("work:programme", LineAnswerKind.Changed, Progress: "Posts filled")])).Problems.ShouldBeEmpty();

        var reports = await store.Records.View(Office, TimeProvider.System.Now()).ListAsync<ProgressReport>();
        var one = reports.Single(report => report.Body.Work == "programme").Body;
        one.Progress.ShouldBe(["Boards met", "Teams joined", "Posts filled"]);
        one.Next.Select(next => (next.What, next.When?.Text)).ShouldBe([("Business case to the board", "June 2030"), ("Go live", null)]);
        reports.Single(report => report.Body.Work == "pilot").Body.NotReported.ShouldBe("The lead was away");
        RoundDraft.Of(await SheetAsync(store, round, Owner)).Select(part => part.Heading).Take(2).ShouldBe(["Progress", "No progress to report"]);
    }

    [Fact]
    public async Task SmtpMailer_WithAServer_SendsTheMessageAndSaysWhyItCouldNot()
    {
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var port = ((System.Net.IPEndPoint)server.LocalEndpoint).Port;
        var received = ReceiveAsync(server);
        var options = new MailOptions("127.0.0.1", port, "pathfinder@force.example", null, null, Tls: false, "force.example");

        (await new SmtpMailer(options).SendAsync("c.ommander", "Two lines are due", "Sign in to Pathfinder.", TestContext.Current.CancellationToken)).ShouldBe(new MailResult("c.ommander@force.example", null));

        var text = await received;
        text.ShouldContain("RCPT TO:<c.ommander@force.example>");
        text.ShouldContain("Sign in to Pathfinder.");
        server.Stop();
        (await new SmtpMailer(options).SendAsync("c.ommander", "Two lines are due", "x", TestContext.Current.CancellationToken)).Failure.ShouldNotBeNullOrEmpty("nobody listens any more");
    }

    // Just enough of RFC 5321 to take one message.
    private static async Task<string> ReceiveAsync(System.Net.Sockets.TcpListener server)
    {
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\r\n" };
        var received = new System.Text.StringBuilder();
        var inData = false;
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync() is { } line)
        {
            received.AppendLine(line);
            if (inData && line != ".")
            {
                continue;
            }

            if (line.StartsWith("QUIT", StringComparison.Ordinal))
            {
                await writer.WriteLineAsync("221 bye");
                break;
            }

            inData = line == "DATA";
            await writer.WriteLineAsync(inData ? "354 go on" : "250 ok");
            if (line == ".")
            {
                break;
            }
        }

        return received.ToString();
    }

    [Fact]
    public async Task Owners_SetForManyAtOnce_AreAskedInTheRoundAndAreNoReport()
    {
        await using var store = await ProgrammeAsync();
        var ownership = store.Store.Get<Ownership>();
        var before = (await SheetOfAsync(store, "programme")).NotAsked;
        before.ShouldBe(["milestone:unowned", "milestone:vacant"]);
        var unasked = await Ownership.ListAsync(store.Records.View(Office, TimeProvider.System.Now()), new OwnedQuery(Kind: "milestone", Work: "programme", OnlyUnasked: true));
        unasked.Select(one => (one.Record.Key, one.Owner)).ShouldBe([("vacant", "Nobody's post"), ("unowned", null)]);

        var wrong = await ownership.SetAsync(Office, [new("milestone:unowned", "no-such-post"), new("post:commander", "commander")], " ");
        wrong.Problems.Select(problem => problem.Field).ShouldBe(["milestone:unowned.owner", "post:commander.owner", "why"]);
        (await ownership.SetAsync(Owner, [new("milestone:unowned", "commander")], "Mine")).Succeeded.ShouldBeFalse("an owner names no owners");
        (await ownership.SetAsync(Office, [new("milestone:unowned", "commander"), new("milestone:vacant", "commander"), new("milestone:case", "commander")], "Agreed at the board")).Value.ShouldBe(2);

        (await SheetOfAsync(store, "programme")).NotAsked.ShouldBeEmpty();
        var milestones = await store.ReadAsync("milestone", store.Records.View(Office, TimeProvider.System.Now()));
        milestones.Cells["unowned"][2].Text.ShouldBe("no report", "nothing was reported since 2017, whoever owns it now");
    }

    [Fact]
    public async Task Appoint_SomebodyToANewPost_RecordsPostPersonAndAppointmentAtOnce()
    {
        await using var store = await ProgrammeAsync();
        var ownership = store.Store.Get<Ownership>();
        (await ownership.AppointAsync(Office, new Holding(null, null, null, "no.body"), "x")).Problems.Select(problem => problem.Field).ShouldBe(["newPost", "person", "account"]);
        var post = (await ownership.AppointAsync(Office, new Holding(null, "Programme director", "Robin Director", null), "For the round")).Value;
        post.ShouldBe("programme-director");
        (await ownership.AppointAsync(Office, new Holding("vacant-post", null, "Robin Director", null), "For the round")).Value.ShouldBe("vacant-post");
        var holders = await PostHolders.OpenAsync(store.Records.View(Office, TimeProvider.System.Now()));
        (holders.Of(post).ShouldHaveSingleItem().Name, holders.Of("vacant-post").ShouldHaveSingleItem().Name).ShouldBe(("Robin Director", "Robin Director"));
        (await store.Records.View(Office, TimeProvider.System.Now()).ListAsync<Person>()).Count.ShouldBe(2, "the same person holds both");
        (await ownership.AppointAsync(Office, new Holding(post, null, "Robin Director", null), "Again")).Problems.ShouldHaveSingleItem().Field.ShouldBe("person");
    }

    [Fact]
    public async Task Report_OnALineOfAnother_IsRefusedAndNothingIsWritten()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        var stranger = Owner with { Account = "other" };
        (await rounds.ReportAsync(stranger, round, [new("milestone:case", LineAnswerKind.Unchanged)])).Problems.ShouldHaveSingleItem().Message.ShouldBe("This line is not yours to report");
        var reader = Owner with { Roles = new HashSet<Role> { Role.Reader } };
        (await rounds.ReportAsync(reader, round, [new("milestone:case", LineAnswerKind.Unchanged)])).Succeeded.ShouldBeFalse();
        (await rounds.ReportAsync(Owner, round, [new("milestone:vacant", LineAnswerKind.Unchanged)])).Succeeded.ShouldBeFalse();
        (await SheetAsync(store, round, Office)).Reported.ShouldBe(0);
        (await rounds.ReportAsync(Office, round, [new("milestone:vacant", LineAnswerKind.Unchanged)])).Value.ShouldBe(1, "the office reports for everybody");
    }

    [Fact]
    public async Task Report_WithMistakes_NamesEachByLineAndFieldAndSavesNothing()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, null)).Value;
        var problems = (await rounds.ReportAsync(Owner, round,
        [
            new("milestone:live", LineAnswerKind.Changed, NewDate: "soonish"),
            new("milestone:case", LineAnswerKind.Done, DoneOn: "1 January 2200"),
            new("risk:disapproval", LineAnswerKind.Changed, Rating: "Z", Why: "worse"),
        ])).Problems;
        problems.Select(problem => problem.Field).ShouldBe(["milestone:live.date", "milestone:case.done", "milestone:case.evidence", "risk:disapproval.rating"]);
        (await SheetAsync(store, round, Owner)).Reported.ShouldBe(0);
    }

    [Fact]
    public async Task Report_Done_KeepsTheLineOnTheSheetAndAsksNoMore()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value;
        (await rounds.ReportAsync(Owner, round, [new("milestone:live", LineAnswerKind.Done, DoneOn: "June 2017", Evidence: "Teams have joined")])).Problems.ShouldBeEmpty();
        (await SheetAsync(store, round, Owner)).Owners[0].Lines.Single(line => line.Record.Key == "live").Answer!.Body.Says.ShouldBe("Teams have joined");
        var next = (await rounds.OpenAsync(Office, "June 2017", Today, "programme")).Value;
        (await SheetAsync(store, next, Owner)).Owners[0].Lines.Select(line => line.Record.Key).ShouldBe(["case", "disapproval"]);
    }

    [Fact]
    public async Task NextRound_AfterADateMoved_ShowsTheSlippageSinceTheLast()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        // A round of the past, signed off when the go-live was still expected in June.
        await store.SaveAsync("2017-06-01", ("past", new Round { Title = "Round of May 2017", Work = "programme", Period = Stated("May 2017"), Due = Day("2017-06-01"), SignedOffBy = "O", SignedOffOn = Day("2017-06-01") }));
        var live = (await store.Records.View(Office, TimeProvider.System.Now()).FindAsync<Milestone>("live"))!.Body;
        await store.SaveAsync("2017-07-01", ("live", live with { Forecasts = [.. live.Forecasts, new Forecast { Date = Stated("31 July 2030") }] }));
        var round = (await rounds.OpenAsync(Office, "July 2017", Today, "programme")).Value;
        var sheet = await SheetAsync(store, round, Owner);
        sheet.Owners[0].Lines.Single(line => line.Record.Key == "live").Known.Single(fact => fact.Label == "Since Round of May 2017").Value.Text
            .ShouldBe("moved from June 2030: one to two months later");
    }

    [Fact]
    public async Task Chase_WithMailOn_WritesToTheHolderWithoutTitlesOfLines()
    {
        var mailer = new KeptMail();
        await using var store = await ProgrammeAsync(mailer: mailer);
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value;
        (await rounds.ChaseAsync(Office, round, "commander")).Value.Mailed.ShouldBe(["c.ommander@force.example"]);
        (mailer.Subject + mailer.Text).ShouldNotContain("Disapproval");
        (await rounds.ChaseAsync(Office, round, "vacant-post")).Succeeded.ShouldBeFalse("nobody holds it");
    }

    [Fact]
    public void MailOptions_WithoutHost_AreOffAndCompleteNamesByDomain()
    {
        MailOptions.FromEnvironment(_ => null).Host.ShouldBeNull();
        var options = MailOptions.FromEnvironment(name => name switch { "PATHFINDER_SMTP_HOST" => "mail", "PATHFINDER_SMTP_DOMAIN" => "force.example", _ => null });
        (options.AddressOf("a.b"), options.AddressOf("a@b.example"), (options with { Domain = null }).AddressOf("a.b")).ShouldBe(("a.b@force.example", "a@b.example", null));
    }

    [Fact]
    public async Task Open_WithoutPeriodOrInThePast_NamesBoth()
    {
        await using var store = await CreateAsync();
        (await store.Store.Get<MonthlyRounds>().OpenAsync(Office, "sometime", Today.AddDays(-1), null)).Problems.Select(problem => problem.Field).ShouldBe(["period", "due"]);
    }

    [Fact]
    public async Task Open_OneThatIsOpenAlready_NamesItAndMakesNoSecond()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var twice = await Task.WhenAll(rounds.OpenAsync(Office, "May 2017", Today, "programme"), rounds.OpenAsync(Office, "May 2017", Today, "programme"));

        var open = twice.Single(one => one.Succeeded).Value;
        var refused = twice.Single(one => !one.Succeeded).Problems.ShouldHaveSingleItem();
        (refused.Field, refused.Found, refused.Message).ShouldBe(("period", open, "“Round of May 2017, The programme” is open already: report in it, or sign it off"));
        (await rounds.OpenAsync(Office, "2017-05", Today, "programme")).Problems.ShouldHaveSingleItem().Found.ShouldBe(open, "the same month in other words");
        (await rounds.OpenAsync(Office, "May 2017", Today, "pilot")).Succeeded.ShouldBeTrue("other work");
        (await rounds.SignOffAsync(Office, open, "Nobody answered")).Succeeded.ShouldBeTrue();
        (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value.ShouldBe(open + "-2", "the first is signed off");
    }

    [Fact]
    public async Task Report_DoneBeforeItWasReportedAsOpen_IsRefusedUnlessItSaysWhy()
    {
        await using var store = await ProgrammeAsync();
        var rounds = store.Store.Get<MonthlyRounds>();
        var round = (await rounds.OpenAsync(Office, "May 2017", Today, "programme")).Value;
        var done = new LineAnswer("milestone:live", LineAnswerKind.Done, DoneOn: "2016", Evidence: "Teams have joined");

        var refused = (await rounds.ReportAsync(Owner, round, [done])).Problems.ShouldHaveSingleItem();
        (refused.Field, refused.Found, refused.Message).ShouldBe(("milestone:live.done", "2016", "It was still expected on 12 May 2017, after this date"));
        (await SheetAsync(store, round, Owner)).Reported.ShouldBe(0);

        (await rounds.ReportAsync(Owner, round, [done with { OpenAfter = "The report of May was a year behind" }])).Problems.ShouldBeEmpty();
        var actual = (await store.Records.View(Office, TimeProvider.System.Now()).FindAsync<Milestone>("live"))!.Body.Actual!;
        (actual.Date!.Text, actual.OpenAfter).ShouldBe(("2016", "The report of May was a year behind"));
    }

    private static async Task<RoundSheet> SheetOfAsync(ProgrammeStore store, string work)
    {
        var opened = await store.Store.Get<MonthlyRounds>().OpenAsync(Office, "May 2017", Today, work);
        return await SheetAsync(store, opened.Succeeded ? opened.Value : opened.Problems[0].Found!, Office);
    }

    private static async Task<RoundSheet> SheetAsync(ProgrammeStore store, string round, Actor reader) =>
        (await RoundSheet.FindAsync(store.Records.View(reader, TimeProvider.System.Now()), round)).ShouldNotBeNull();

    private static async Task<ProgrammeStore> ProgrammeAsync(StoreKind kind = StoreKind.Sqlite, IMailer? mailer = null)
    {
        var store = await CreateAsync(kind, services =>
        {
            if (mailer is not null)
            {
                services.AddSingleton(mailer);
            }
        });
        await store.SaveAsync(
            "2017-05-12",
            ("scale", new RatingScale { Title = "Highlight reports", Words = [new() { Word = "G", Place = 1 }, new() { Word = "A", Place = 2 }, new() { Word = "R", Place = 3 }] }),
            ("rule", new RatingRule { Title = "Milestones", Scale = "scale", RedDays = 900 }),
            ("programme", new WorkItem { Title = "The programme", Level = WorkLevel.Programme }),
            ("pilot", new WorkItem { Title = "A pilot", Level = WorkLevel.Pilot, Work = "programme" }),
            ("elsewhere", new WorkItem { Title = "Elsewhere", Level = WorkLevel.Programme }),
            ("commander", new Post { Title = "Commander" }),
            ("vacant-post", new Post { Title = "Nobody's post" }),
            ("chris", new Person { Title = "Chris Commander", Account = "c.ommander" }),
            ("chris-commands", new Appointment { Title = "Commander", Person = "chris", Post = "commander" }),
            ("live", Milestone("Go live") with { Owner = "commander", Work = "pilot", Published = new PublishedRating { Rating = "G", Scale = "scale" } }),
            ("case", Milestone("Business case") with { Owner = "commander", Work = "programme" }),
            ("disapproval", new Risk { Title = "Disapproval", Event = "The public disapproves", Owner = "commander", Work = "programme", Published = new PublishedRating { Rating = "R", Scale = "scale" } }),
            ("vacant", Milestone("Asked of nobody") with { Owner = "vacant-post", Work = "programme" }),
            ("unowned", Milestone("Without an owner") with { Work = "programme" }),
            ("other", Milestone("Of another programme") with { Owner = "commander", Work = "elsewhere" }));
        return store;
    }

    private static Milestone Milestone(string title) => new()
    {
        Title = title,
        Baselines = [new Baseline { Date = Stated("June 2030") }],
        Forecasts = [new Forecast { Date = Stated("June 2030") }],
    };

    private sealed class KeptMail : IMailer
    {
        public string Subject { get; private set; } = "";

        public string Text { get; private set; } = "";

        public Task<MailResult> SendAsync(string account, string subject, string text, CancellationToken cancellation = default)
        {
            (Subject, Text) = (subject, text);
            return Task.FromResult(new MailResult(account + "@force.example", null));
        }
    }
}
