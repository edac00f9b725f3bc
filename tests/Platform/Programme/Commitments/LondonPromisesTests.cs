using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Programme.Commitments;

/// <summary>What London's programme shows of its promises.</summary>
public sealed class LondonPromisesTests
{
    [Theory]
    [InlineData("2016-10-01", "2016-10-01", Verdict.NotTestable)]
    [InlineData("2017-04-01", "2018-02-28", Verdict.NotTestable)]
    [InlineData("2017-08-01", "2017-08-01", Verdict.NotTestable)]
    [InlineData("2017-05-12", "2018-02-28", Verdict.NotTestable)]
    [InlineData("2017-07-01", "2018-02-28", Verdict.Broken)]
    [InlineData("2017-08-01", "2018-02-28", Verdict.Broken)]
    [InlineData("2017-08-31", "2017-09-30", Verdict.Broken)]
    [InlineData("2017-09-04", "2017-09-30", Verdict.NotTestable)]
    [InlineData("2017-09-05", "2017-09-30", Verdict.Kept)]
    [InlineData("2017-11-01", "2018-02-28", Verdict.Kept)]
    public async Task WardOfficers_ByDay_AreBrokenWhileOfficersWereLentKeptAfterAndNotTestableWhereNothingTells(string effective, string known, Verdict verdict)
    {
        var (store, view) = await AtAsync(effective, known);
        var promise = (await view.FindAsync<Commitment>("ward-officers", Cancel)).ShouldNotBeNull();

        var found = await store.Get<PromiseCheck>().CheckAsync(view, promise, Cancel);

        found.Verdict.ShouldBe(verdict, string.Join("; ", found.Why));
        if (verdict == Verdict.Broken)
        {
            found.Evidence.ShouldContain(term => term.Reference == "abstraction:east-ward-officers-to-response" && term.Sources.Any(source => source.Document == "s1-pathfinder-briefing"));
        }
    }

    [Fact]
    public async Task WardOfficers_OverTime_TurnOnTheDaysOfficersWereLentAndReturned()
    {
        var (store, view) = await AtAsync("2017-11-01", "2018-02-28");
        var promise = (await view.FindAsync<Commitment>("ward-officers", Cancel)).ShouldNotBeNull();
        var check = store.Get<PromiseCheck>();

        var last = (await check.BandsAsync(view, promise, Cancel))[^1].Spans;

        last.ShouldContain(new VerdictSpan(new DateOnly(2017, 7, 1), new DateOnly(2017, 9, 1), Verdict.Broken));
        last.ShouldContain(new VerdictSpan(new DateOnly(2017, 9, 1), new DateOnly(2017, 9, 5), Verdict.NotTestable));
        last[^1].ShouldBe(new VerdictSpan(new DateOnly(2017, 9, 5), null, Verdict.Kept));
        (await check.SinceAsync(view, await check.CheckAsync(view, promise, Cancel), Cancel))
            .ShouldBe(new VerdictSince(new DateOnly(2017, 9, 5), Unstated));
    }

    [Fact]
    public async Task WardOfficers_WhileLent_SayHowUncertainTheDaysAre()
    {
        var (store, view) = await AtAsync("2017-08-01", "2017-09-30");
        var line = (await store.Get<PromiseCheck>().ReportAsync(view, Cancel)).Promises.Single(one => one.Key == "ward-officers");

        (line.Verdict, line.Since, line.SinceUncertain, line.PartOf).ShouldBe(("broken", new DateOnly(2017, 7, 1), Unstated, "The ward-officer promise"));
        var reading = store.Services.GetServices<IRecordReading>().Single(one => one.Kind == "commitment");
        (await reading.ReadAsync(view, (await view.FindAsync("commitment:ward-officers", Cancel))!, Cancel)).Headline.ShouldBe("Broken since 1 July 2017 at the latest");
        (await reading.ReadAsync(view, (await view.FindAsync("commitment:ward-officers", Cancel))!, Cancel)).Parts.Single(part => part.Id == "evidence").Rows.Select(row => row[^1].Page)
            .ShouldContain(page => page != null && page.StartsWith("/documents/s1-pathfinder-briefing/text?lines=", StringComparison.Ordinal), "the passage opens on any dates; the record of the document does not");
    }

    [Fact]
    public async Task TimeInWard_SinceItWasPromised_IsNotTestableAsNothingWasReportedOfLending()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");

        var found = await store.Get<PromiseCheck>().CheckAsync(view, (await view.FindAsync<Commitment>("time-in-ward", Cancel)).ShouldNotBeNull(), Cancel);

        found.Verdict.ShouldBe(Verdict.NotTestable);
        found.Why.ShouldHaveSingleItem().ShouldEndWith("nothing says whether there was one");
    }

    [Theory]
    [InlineData("2016-10-05", "2016-10-05", Verdict.NotTestable)]
    [InlineData("2017-08-01", "2018-02-28", Verdict.NotTestable)]
    [InlineData("2018-01-15", "2017-12-27", Verdict.NotTestable)]
    [InlineData("2017-12-28", "2017-12-28", Verdict.Kept)]
    [InlineData("2018-02-28", "2018-02-28", Verdict.Kept)]
    public async Task WardOfficerNumbers_ByDay_AreKeptFromTheDayTheFigureIsKnownAndNotTestableBefore(string effective, string known, Verdict verdict)
    {
        var (store, view) = await AtAsync(effective, known);

        var found = await store.Get<PromiseCheck>().CheckAsync(view, (await view.FindAsync<Commitment>("ward-officer-numbers", Cancel)).ShouldNotBeNull(), Cancel);

        found.Verdict.ShouldBe(verdict, string.Join("; ", found.Why));
        if (verdict == Verdict.Kept)
        {
            found.Evidence.Where(term => term.Sources.Any(source => source.Document == "city-hall-ward-officers-2017")).Select(term => term.Value).ShouldBe(["1,258", "629", "2", "1"], ignoreOrder: true);
        }
    }

    [Fact]
    public async Task WardOfficerUplift_OnceTheCountOfJanuaryIsKnown_IsKept()
    {
        foreach (var (day, verdict) in new[] { ("2017-01-03", Verdict.NotTestable), ("2017-01-04", Verdict.Kept) })
        {
            var (store, view) = await AtAsync(day, day);
            (await store.Get<PromiseCheck>().CheckAsync(view, (await view.FindAsync<Commitment>("ward-officer-uplift", Cancel))!, Cancel)).Verdict.ShouldBe(verdict, day);
        }
    }

    [Fact]
    public async Task Expectations_OfLondon_AreEachNotTestableWithWhoOwesTheEvidence()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");
        var reading = store.Services.GetServices<IRecordReading>().Single(one => one.Kind == "expectation");

        var list = await reading.ReadAsync(view, await view.ListAsync(view.Catalogue.Get<Expectation>(), Cancel), Cancel);

        list.Headline.ShouldBe("10 expectations are on record, none of them promised; none can be tested with what is recorded");
        list.Cells.Values.ShouldAllBe(cells => cells[0].Text == "not testable" && cells[1].Text.Contains("owe", StringComparison.Ordinal));
        list.Cells["safeguarding-2"][1].Text.ShouldStartWith("No observation of Assessments of children in the statutory time for MPS", Case.Sensitive, "its rule waits for a figure");
    }

    [Fact]
    public async Task Report_OfEveryPromise_SaysAVerdictWithEvidenceOrWhyNot()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");

        var report = await store.Get<PromiseCheck>().ReportAsync(view, Cancel);

        report.Promises.Count.ShouldBe(report.Kept + report.Broken + report.NotTestable);
        report.Promises.Count.ShouldBeGreaterThan(20);
        foreach (var line in report.Promises)
        {
            line.Verdict.ShouldBeOneOf("kept", "broken", "not testable");
            line.Why.ShouldNotBeEmpty(line.Key);
            (line.Verdict == "not testable" || line.Evidence.Count > 0).ShouldBeTrue(line.Key);
            line.Sources.ShouldNotBeEmpty(line.Key);
            line.Since.ShouldBeLessThanOrEqualTo(view.At.Effective);
        }
    }

    [Fact]
    public async Task Rules_OfEveryPromiseStatementAndPlan_CanBeRead()
    {
        var (store, _) = await AtAsync("2018-03-15", "2018-03-15");
        var grammar = store.Get<IQueryGrammar>();
        var read = 0;
        foreach (var file in LondonProgramme.Files.Select(file => ProgrammeFile.Read(File.ReadAllBytes(file), file, store.Get<IRecords>().Catalogue).Value))
        {
            foreach (var record in file.Records.Where(record => record.Body is not null))
            {
                foreach (var field in record.Kind.Fields.Where(field => field.Mark.IsQuery))
                {
                    if (field.Of(record.Body!) is string { Length: > 0 } query)
                    {
                        grammar.Check(query, field.Name).ShouldBeEmpty($"{record.Kind.Name}:{record.Key} {query}");
                        read++;
                    }
                }
            }
        }

        read.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Groups_OfACouncil_PutItsOwnUnitFirst()
    {
        var (store, view) = await AtAsync("2017-10-15", "2018-02-28");
        var verdicts = await store.Get<PromiseCheck>().ListAsync(view, Cancel);

        var groups = await store.Get<BoroughPromises>().GroupAsync(view, verdicts, ["E09000026"], Cancel);

        groups.Own.ShouldContain(one => one.Promise.Key == "recovery-of-response", "it is about East, which Redbridge is part of");
        groups.Everywhere.ShouldContain(one => one.Promise.Key == "ward-officers");
        (groups.Own.Count + groups.Everywhere.Count + groups.Elsewhere.Count).ShouldBe(verdicts.Count);
        (await store.Get<BoroughPromises>().GroupAsync(view, verdicts, ["E09000033"], Cancel)).Own.ShouldNotContain(one => one.Promise.Key == "recovery-of-response");
    }

    [Fact]
    public async Task Plan_OfTheRollOut_ShowsThatJune2018BreaksThePromiseOfSixMonths()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");

        var plan = await store.Get<RollOutPlanner>().PlanAsync(view, cancellation: Cancel);

        var june = plan.Waves.Single(wave => wave.Wave.Key == "wave-2018-06");
        june.Kept.ShouldBe(Truth.False);
        june.Notice.ShouldBe("at most 4.6 of 6 months");
        june.Preparation!.Ends.First.ShouldBe(new DateOnly(2018, 8, 12));
        plan.Waves.Single(wave => wave.Wave.Key == "wave-2018-09").Kept.ShouldBe(Truth.True);
        plan.Waves.Single(wave => wave.Wave.Key == "wave-2018-11").Kept.ShouldBe(Truth.True);
        plan.Waves.Single(wave => wave.Wave.Key == "wave-pilots").IsBound.ShouldBeFalse("the pilots were live before the announcement");
        plan.Headline.ShouldContain("at most 4.6 of 6 months");
        plan.Missing.ShouldBeEmpty();
        plan.Twice.ShouldBeEmpty();
        var lines = new List<AttentionLine>();
        foreach (var room in store.Services.GetServices<IProgrammeAttention>())
        {
            lines.AddRange(await room.ListAsync(view, Cancel));
        }

        lines.ShouldContain(line => line.Reference == "wave:wave-2018-06" && line.Standing == Standing.Bad);
    }

    [Fact]
    public async Task Plan_WithAnotherDate_GivesItsVerdictAndSavesNothing()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");
        var planner = store.Get<RollOutPlanner>();
        PartialDate.TryParse("August 2018", out var august).ShouldBeTrue();

        var tried = (await planner.PlanAsync(view, new Dictionary<string, PartialDate>(StringComparer.Ordinal) { ["wave-2018-06"] = august! }, Cancel)).Waves.Single(wave => wave.Wave.Key == "wave-2018-06");

        tried.IsWhatIf.ShouldBeTrue();
        tried.Kept.ShouldBe(Truth.Undecided, "1 to 11 August is too early, 12 to 31 August is not");
        (await planner.PlanAsync(view, cancellation: Cancel)).Waves.Single(wave => wave.Wave.Key == "wave-2018-06").GoesLive!.Text.ShouldBe("June 2018");
    }

    [Fact]
    public async Task Readings_OfEveryKindOfLondon_SayAFindingForListAndRecord()
    {
        var (store, view) = await AtAsync("2018-03-15", "2018-03-15");
        string[] mine = ["commitment", "expectation", "statement", "pilot", "wave", "roll-out-terms", "recovery-plan", "engagement", "impact-assessment", "measure", "observation", "body", "meeting", "post", "appointment", "inspection"];
        var readings = store.Services.GetServices<IRecordReading>().ToDictionary(reading => reading.Kind, StringComparer.Ordinal);
        foreach (var name in mine)
        {
            var kind = view.Catalogue.Find(name)!;
            var records = await view.ListAsync(kind, Cancel);
            records.ShouldNotBeEmpty(name);
            var list = await readings[name].ReadAsync(view, records, Cancel);
            list.Headline.ShouldNotBeNullOrWhiteSpace(name);
            list.Headline.ShouldNotContain("  ");
            list.Cells.Keys.Order(StringComparer.Ordinal).ShouldBe(records.Select(record => record.Key).Order(StringComparer.Ordinal), name);
            list.Cells.Values.ShouldAllBe(cells => cells.Count == list.Columns.Count);
            foreach (var record in records.Take(5))
            {
                foreach (var part in (await readings[name].ReadAsync(view, record, Cancel)).Parts)
                {
                    part.Rows.ShouldAllBe(row => row.Count == part.Columns.Count, $"{record.Reference} {part.Id}");
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {list.Headline}");
        }
    }

    private const string Unstated = "the days are not stated: “Ward officers of East lent to response” began some day from 26 April 2017 to 1 July 2017 and ended some day from 31 August 2017 to 4 September 2017";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<(StoreFixture Store, RecordView View)> AtAsync(string effective, string known)
    {
        var store = await LondonProgramme.SharedAsync();
        DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return (store, store.Get<IRecords>().View(null, new AsAt(Day(effective), Day(known))));
    }
}
