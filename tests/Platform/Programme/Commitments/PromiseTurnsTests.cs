using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Queries;

namespace Pathfinder.Platform.Tests.Programme.Commitments;

/// <summary>A return of many months is one version of one record; the verdict of a promise turns on each month in it all the same.</summary>
public sealed class PromiseTurnsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verdict_OnAReturnWhoseMonthsBecameKnownOneByOne_TurnsOnEachMonthsOwnDay()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2017-01-01", ("share", new Measure { Title = "Share", Definition = "d", Unit = "%" }), ("above", new Commitment { Title = "Always 80 or more", Promise = "Always 80 or more", Rule = "share[E1, latest] >= 80" }));
        await store.SaveAsync("2017-02-10", ("return", ObservationSets.With(
            new ObservationSet { Title = "s", Measure = "share", Series = "return", KnownAfterDays = 10 },
            [Row("2017-01", 85), Row("2017-02", 75), Row("2017-03", 90)])));
        var check = store.Store.Get<PromiseCheck>();
        var view = store.View("2017-05-01");
        var promise = (await view.FindAsync<Commitment>("above", Cancel))!;

        var bands = await check.BandsAsync(view, promise, Cancel);

        // Known ten days after each month ended: what January's figure showed was overturned for February on 10 March, and mended on 10 April.
        bands.Select(band => (band.Known, band.Spans[^1].Verdict)).TakeLast(3).ShouldBe(
            [(new(2017, 2, 10), Verdict.Kept), (new(2017, 3, 10), Verdict.Broken), (new(2017, 4, 10), Verdict.Kept)]);
        bands[^1].Spans.Where(span => span.Verdict == Verdict.Broken).ShouldBe([new VerdictSpan(new(2017, 2, 28), new(2017, 3, 31), Verdict.Broken)]);
        (await check.SinceAsync(view, await check.CheckAsync(view, promise, Cancel), Cancel)).Day.ShouldBe(new DateOnly(2017, 3, 31));
    }

    [Theory]
    [InlineData("12 October 2018", "Known to be broken since 26 November 2026, by what happened on 12 October 2018")]
    [InlineData("October 2018", "Broken since 26 November 2026")]
    [InlineData("26 November 2026", "Broken since 26 November 2026")]
    [InlineData("75", "Broken since 26 November 2026")]
    public void BrokenWords_OfWhatWasLearntLater_SayBothDays(string value, string words)
    {
        var known = new DateOnly(2026, 11, 26);
        var verdict = new PromiseVerdict(null!, Verdict.Broken, [], [new QueryTerm("actual", value, null, null, known, [], "Actual")]);

        verdict.BrokenWords(new VerdictSince(known, null)).ShouldBe(words);
        verdict.BrokenWords(new VerdictSince(known.AddDays(-30), null)).ShouldBe("Broken since 27 October 2026", "it was turned by something else");
    }

    private static ObservedRow Row(string month, decimal value) => new("E1", ProgrammeStore.Stated(month), value);
}
