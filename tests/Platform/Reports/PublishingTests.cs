using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Platform.Tests.Programme;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>The life of an edition on a small programme.</summary>
public sealed class PublishingTests : IAsyncLifetime
{
    private static readonly DateOnly May = new(2017, 5, 12);
    private static readonly DateOnly June = new(2017, 6, 12);
    private ProgrammeStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await ProgrammeStore.CreateAsync();
        await _store.SaveAsync(
            "2017-05-12",
            ("merger", new WorkItem { Title = "Merger", Level = WorkLevel.Programme }),
            ("live", new Milestone { Title = "Go live", Work = "merger", Baselines = [new() { Date = ProgrammeStore.Stated("26 April 2017") }], Forecasts = [new() { Date = ProgrammeStore.Stated("21 May 2017") }] }),
            ("calls", new Measure { Title = "Calls in time", Work = "merger", Definition = "Share in time", Unit = "%", SuppressBelow = 5 }),
            ("calls-april", new Observation { Title = "April", Measure = "calls", Area = "EA", Period = ProgrammeStore.Stated("April 2017"), Value = 50, Numerator = 2, Denominator = 4 }),
            ("calls-may", new Observation { Title = "May", Measure = "calls", Area = "EA", Period = ProgrammeStore.Stated("May 2017"), Value = 63, Numerator = 63, Denominator = 100 }),
            ("monthly", new ReportSeries { Title = "Highlight report", Work = "merger", Template = "highlight-report", Class = "Programme reports" }),
            ("figures", new ReportSeries { Title = "Figures", Work = "merger", Template = "performance-briefing", Class = "Performance" }));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Publishing Publishing => _store.Store.Get<Publishing>();

    [Fact]
    public async Task Edition_DraftedCheckedPublishedAndCorrected_KeepsTheBytesOfEach()
    {
        var first = (await Publishing.DraftAsync(ProgrammeStore.Office, "monthly", May, May, null, "May is due")).Value;
        AuthorSentence[] sentences = [new() { Says = "Calls improved", Query = "calls[EA, 2017-05] > calls[EA, 2017-04]" }, new() { Says = "All calls are in time", Query = "calls[EA, 2017-05] >= 90" }, new() { Says = "Partners are content" }];
        (await Publishing.WriteAsync(ProgrammeStore.Office, first, sentences, null, "the author's summary")).Problems.ShouldBeEmpty();
        (await Publishing.PublishAsync(ProgrammeStore.Office, first, new(true), "too early")).Problems.Single().Message.ShouldContain("Check it first");
        (await Publishing.CheckAsync(ProgrammeStore.Office, first, "before it goes out")).Problems.ShouldBeEmpty();
        (await Publishing.FindAsync(null, first))!.Body.Sentences.Select(sentence => sentence.Verdict).ShouldBe(["supported", "contradicted", "not testable"]);

        // What is recorded after the check is not in what was checked.
        await _store.SaveAsync("2017-05-12", ("live", new Milestone { Title = "Go live", Work = "merger", Forecasts = [new() { Date = ProgrammeStore.Stated("30 June 2017") }] }));
        (await Publishing.PublishAsync(ProgrammeStore.Office, first, new(true), "the month is over")).Problems.ShouldBeEmpty();
        var html = await BytesAsync(first, "html");
        Encoding.UTF8.GetString(html).ShouldSatisfyAllConditions(page => page.ShouldContain("21 May 2017"), page => page.ShouldNotContain("30 June 2017"), page => page.ShouldContain("contradicted: "));
        var edition = (await Publishing.FindAsync(null, first))!.Body;
        edition.Html.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(html)));
        edition.AuditHead.ShouldNotBeNull();
        Encoding.UTF8.GetString(html).ShouldContain(edition.AuditHead!);
        (await Publishing.WriteAsync(ProgrammeStore.Office, first, [], null, "a second thought")).Problems.Single().Message.ShouldContain("not changed");

        var correction = (await Publishing.DraftAsync(ProgrammeStore.Office, "monthly", May, May, first, "a date was wrong")).Value;
        (await Publishing.CheckAsync(ProgrammeStore.Office, correction, "check")).Problems.ShouldBeEmpty();
        (await Publishing.PublishAsync(ProgrammeStore.Office, correction, new(true), "publish")).Problems.Single().Field.ShouldBe("correction");
        (await Publishing.WriteAsync(ProgrammeStore.Office, correction, [], "The forecast of go-live was out of date", "say what")).Problems.ShouldBeEmpty();
        (await Publishing.CheckAsync(ProgrammeStore.Office, correction, "check again")).Problems.ShouldBeEmpty();
        (await Publishing.PublishAsync(ProgrammeStore.Office, correction, new(true), "publish")).Problems.ShouldBeEmpty();

        (await Publishing.FindAsync(null, first))!.Body.State.ShouldBe(EditionState.Corrected);
        (await BytesAsync(first, "html")).ShouldBe(html);
        var changes = (await Publishing.ChangesAsync(null, first, correction))!;
        changes.ShouldContain(change => change.What == "Sentence 2" && change.Was!.StartsWith("All calls are in time", StringComparison.Ordinal) && change.Now == null);
        changes.ShouldNotContain(change => change.What == "sources");
        changes.ShouldContain(change => change.Record == "Go live" && change.Was!.Contains("21 May 2017", StringComparison.Ordinal) && change.Now!.Contains("30 June 2017", StringComparison.Ordinal));
        (await _store.Store.Get<IAudit>().VerifyAsync([])).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task Edition_OfALaterMonth_SupersedesTheOneBefore()
    {
        var (may, june) = (await PublishAsync("monthly", May, new(true)), await PublishAsync("monthly", June, new(true)));

        (await Publishing.FindAsync(null, may))!.Body.State.ShouldBe(EditionState.Superseded);
        (await Publishing.FindAsync(null, june))!.Body.State.ShouldBe(EditionState.Published);
        (await Publishing.OpenAsync()).Select(one => one.Key).ShouldBe([june, may]);
    }

    [Fact]
    public async Task Edition_DeferredOrNotOpen_OpensForNobodyWithoutAnAccount()
    {
        var closed = await PublishAsync("monthly", May, new(false));
        var deferred = await PublishAsync("figures", May, new(true, new DateOnly(2999, 1, 1), "a trial is pending"));

        (await Publishing.FindFileAsync(null, closed, "html")).ShouldBeNull();
        (await Publishing.FindFileAsync(null, deferred, "html")).ShouldBeNull();
        (await Publishing.FindFileAsync(ProgrammeStore.Office, closed, "html"))!.Succeeded.ShouldBeTrue();
        (await Publishing.OpenAsync()).ShouldBeEmpty();
        (await PublishProblemsAsync("figures", June, new(true, new DateOnly(2999, 1, 1)))).Single().Field.ShouldBe("deferralReason");
    }

    [Fact]
    public async Task Edition_WithSensitiveOrRestrictedRecords_WithholdsThemOrIsRefused()
    {
        await _store.SaveAsync(
            "2017-05-12",
            ("secret", new Milestone { Title = "Move of a covert unit", Work = "merger", Handling = new() { Readers = ["account:anna"], Ground = "Operational security" } }));
        var open = await PublishAsync("monthly", May, new(true));
        Encoding.UTF8.GetString(await BytesAsync(open, "html")).ShouldSatisfyAllConditions(page => page.ShouldNotContain("covert"), page => page.ShouldContain("One milestone: operational security"));

        await _store.SaveAsync("2017-05-12", ("estates", new Milestone { Title = "Sale of a station", Work = "merger", Handling = new() { Marking = Marking.OfficialSensitive } }));
        (await PublishProblemsAsync("monthly", June, new(true))).Single().Found.ShouldBe("OFFICIAL-SENSITIVE");
    }

    [Fact]
    public async Task OpenData_OfPublishedMeasures_SuppressesSmallCounts()
    {
        (await _store.Store.Get<OpenData>().ListAsync()).ShouldBeEmpty();
        await PublishAsync("figures", May, new(true));

        var values = await _store.Store.Get<OpenData>().ListAsync();
        values.Select(one => (one.Period, one.Value, one.Note)).ShouldBe([("April 2017", null, "suppressed"), ("May 2017", 63m, null)]);
        values[0].Denominator.ShouldBeNull();
        Encoding.UTF8.GetString(await _store.Store.Get<OpenData>().CsvAsync()).ShouldNotContain(",50,");
    }

    [Fact]
    public async Task Edition_TypedIntoTheRegister_IsRefused() =>
        (await _store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("edition", "mine", new Edition { Title = "Mine", Series = "monthly", AsAt = May, KnownOn = May, State = EditionState.Published })], "by hand"))
            .Problems.ShouldContain(problem => problem.Message.Contains("own page", StringComparison.Ordinal));

    private async Task<byte[]> BytesAsync(string key, string format) => (await Publishing.FindFileAsync(null, key, format))!.Value.Bytes;

    private async Task<string> PublishAsync(string series, DateOnly on, PublishingTerms terms)
    {
        var key = (await Publishing.DraftAsync(ProgrammeStore.Office, series, on, on, null, "due")).Value;
        (await Publishing.CheckAsync(ProgrammeStore.Office, key, "check")).Problems.ShouldBeEmpty();
        (await Publishing.PublishAsync(ProgrammeStore.Office, key, terms, "due")).Problems.ShouldBeEmpty();
        return key;
    }

    private async Task<IReadOnlyList<Problems.Problem>> PublishProblemsAsync(string series, DateOnly on, PublishingTerms terms)
    {
        var key = (await Publishing.DraftAsync(ProgrammeStore.Office, series, on, on, null, "due")).Value;
        (await Publishing.CheckAsync(ProgrammeStore.Office, key, "check")).Problems.ShouldBeEmpty();
        return (await Publishing.PublishAsync(ProgrammeStore.Office, key, terms, "due")).Problems;
    }
}
