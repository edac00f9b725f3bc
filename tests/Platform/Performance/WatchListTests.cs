using Pathfinder.Platform.History;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Performance;

public sealed class WatchListTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchList_OfLondonInOctober2017_HasBothPathfindersAndWhenEachSignalled()
    {
        var london = await LondonProgramme.SharedAsync();
        var report = await london.Get<IWatchList>().ListAsync(london.Get<IRecords>().View(null, new AsAt(new DateOnly(2017, 10, 31), new DateOnly(2017, 10, 31))), Now);
        report.Signalled.Where(one => one.Chart.Series.Measure.Key == "i-in-target" && one.IsConcern).Select(one => (one.Chart.Series.Area.Code, one.First.Point.Label))
            .ShouldBe([("CN", "Mar 2017"), ("EA", "Feb 2017")], ignoreOrder: true);
        report.Watched.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task WatchList_OfLondonAtTheEndOf2018_IsFewGroupedStrongestFirstWithWhatChanceAndSeasonsGive()
    {
        var london = await LondonProgramme.SharedAsync();
        var report = await london.Get<IWatchList>().ListAsync(london.Get<IRecords>().View(null, new AsAt(new DateOnly(2019, 6, 30), new DateOnly(2019, 6, 30))), Now);

        // The newest value of each series that has six before it; a fortieth of them by chance.
        report.Tested.ShouldBeInRange(250, report.Watched);
        (report.ByChance / report.Tested).ShouldBeInRange(0.02, 0.045);
        report.Fresh.Count.ShouldBeLessThan(report.Signalled.Count / 3);
        report.Fresh.ShouldAllBe(one => one.StillSignals && !one.WithTheForce);
        report.Signalled.Where(one => one.WithTheForce).ShouldAllBe(one => one.Latest.Meaning == "change", "harm is never left to the average");
        foreach (var measure in report.Signalled.GroupBy(one => one.Chart.Series.Measure.Key))
        {
            var shown = report.Signalled.Where(one => one.Chart.Series.Measure.Key == measure.Key).ToList();
            report.Signalled.ToList().IndexOf(shown[^1]).ShouldBe(report.Signalled.ToList().IndexOf(shown[0]) + shown.Count - 1, "one measure stands together");
            shown.Where(one => !one.CameBack).Select(one => -one.Strength).ShouldBeInOrder();
            shown.SkipWhile(one => !one.CameBack).ShouldAllBe(one => one.CameBack);
        }
    }

    [Fact]
    public async Task CameBack_OfASignalInTheSameMonthOfTheYearBefore_IsSaid()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2015-01-01", ("m", new Measure { Title = "M", Definition = "d" }));
        // December doubles each year; a fall in the last month of the other area came once.
        var season = Enumerable.Range(0, 36).Select(i => new ObservedRow("E1", ProgrammeStore.Stated($"{2014 + (i / 12)}-{(i % 12) + 1:00}"), i % 12 == 11 ? 100 : 50 + (i % 3)));
        var once = Enumerable.Range(0, 36).Select(i => new ObservedRow("E2", ProgrammeStore.Stated($"{2014 + (i / 12)}-{(i % 12) + 1:00}"), i == 35 ? 10 : 50 + (i % 3)));
        await store.SaveAsync("2017-01-10", ("set", ObservationSets.With(new ObservationSet { Title = "s", Measure = "m" }, [.. season, .. once])));

        var report = await store.Store.Get<IWatchList>().ListAsync(store.View("2017-02-01"), Now);

        report.Signalled.Select(one => (one.Chart.Series.Area.Code, one.CameBack, one.StillSignals)).ShouldBe([("E2", false, true), ("E1", true, true)]);
        report.Signalled[0].Strength.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Attention_OfOctober2017_NamesThePathfindersBeforeTheReaderAsks()
    {
        var london = await LondonProgramme.SharedAsync();
        var view = london.Get<IRecords>().View(ProgrammeStore.Office, new AsAt(new DateOnly(2017, 10, 31), new DateOnly(2017, 10, 31)));
        var lines = new List<AttentionLine>();
        foreach (var source in london.Get<IEnumerable<IProgrammeAttention>>())
        {
            lines.AddRange((await source.ListAsync(view, Now)).Where(line => line.Question == "Signals"));
        }

        var line = lines.Single(one => one.Reference == "measure:i-in-target");
        line.Text.ShouldStartWith("Immediate calls attended in charter time: Central North and East signal concern, East first on the data of Feb 2017");
        line.Standing.ShouldBe(Standing.Bad);
        line.Since.ShouldBe(new DateOnly(2017, 9, 30));
        line.Page.ShouldBe("/performance/i-in-target");
    }

    [Fact]
    public async Task Attention_WhereThePartsMoveWithTheWhole_NamesTheWhole()
    {
        var london = await LondonProgramme.SharedAsync();
        var view = london.Get<IRecords>().View(ProgrammeStore.Office, new AsAt(new DateOnly(2019, 6, 30), new DateOnly(2019, 6, 30)));
        var lines = new List<AttentionLine>();
        foreach (var source in london.Get<IEnumerable<IProgrammeAttention>>())
        {
            lines.AddRange((await source.ListAsync(view, Now)).Where(line => line.Question == "Signals"));
        }

        lines.Single(line => line.Reference == "measure:recorded-robbery").Text.ShouldStartWith("Recorded robbery: Metropolitan Police Service signals a change");
    }

    [Theory]
    [ClassData(typeof(StoreKinds))]
    public async Task Look_OfOneReader_LeavesWhatCameSince(StoreKind kind)
    {
        await using var store = await ProgrammeStore.CreateAsync(kind);
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d", Direction = MeasureDirection.Up }));
        await store.SaveAsync("2017-01-01", ("first", Set((1, 50), (2, 52), (3, 51), (4, 50), (5, 52), (6, 51), (7, 52), (8, 30))));
        var watch = store.Store.Get<IWatchList>();
        var reader = ProgrammeStore.Office;
        var never = await watch.ListAsync(store.View("2017-02-01"), Now);
        never.Signalled.ShouldHaveSingleItem().New.ShouldBe(1);
        (never.Fresh.Count, never.Tested).ShouldBe((1, 1));

        await watch.LookAsync(reader, Now);
        await watch.LookAsync(reader, Now);
        var seen = await watch.ListAsync(store.View("2017-02-01"), Now);
        seen.LookedLast.ShouldNotBeNull();
        seen.Signalled.ShouldHaveSingleItem().New.ShouldBe(0);
        (seen.Fresh.Count, seen.Tested, seen.ByChance).ShouldBe((0, 0, 0));

        await store.SaveAsync("2017-01-15", ("second", Set((9, 20))));
        var since = (await watch.ListAsync(store.View("2017-02-01"), Now)).Signalled.ShouldHaveSingleItem();
        (since.New, since.Latest.Point.Label, since.First.Point.Label, since.StillSignals).ShouldBe((1, "Sep 2016", "Aug 2016", true));
        var other = reader with { Account = "somebody.else" };
        (await watch.ListAsync(store.Records.View(other, new AsAt(new DateOnly(2017, 2, 1), new DateOnly(2017, 2, 1))), Now)).Signalled[0].New.ShouldBe(2);
    }

    private static ObservationSet Set(params (int Month, decimal Value)[] rows) => ObservationSets.With(
        new ObservationSet { Title = "s", Measure = "m", Series = "return" }, rows.Select(row => new ObservedRow("E1", ProgrammeStore.Stated($"2016-{row.Month:00}"), row.Value)));
}
