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

    [Theory]
    [ClassData(typeof(StoreKinds))]
    public async Task Look_OfOneReader_LeavesWhatCameSince(StoreKind kind)
    {
        await using var store = await ProgrammeStore.CreateAsync(kind);
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d", Direction = MeasureDirection.Up }));
        await store.SaveAsync("2017-01-01", ("first", Set((1, 50), (2, 52), (3, 51), (4, 50), (5, 52), (6, 51), (7, 52), (8, 30))));
        var watch = store.Store.Get<IWatchList>();
        var reader = ProgrammeStore.Office;
        (await watch.ListAsync(store.View("2017-02-01"), Now)).Signalled.ShouldHaveSingleItem().New.ShouldBe(1);

        await watch.LookAsync(reader, Now);
        await watch.LookAsync(reader, Now);
        var seen = await watch.ListAsync(store.View("2017-02-01"), Now);
        seen.LookedLast.ShouldNotBeNull();
        seen.Signalled.ShouldHaveSingleItem().New.ShouldBe(0);

        await store.SaveAsync("2017-01-15", ("second", Set((9, 20))));
        var since = (await watch.ListAsync(store.View("2017-02-01"), Now)).Signalled.ShouldHaveSingleItem();
        (since.New, since.Latest.Point.Label, since.First.Point.Label, since.StillSignals).ShouldBe((1, "Sep 2016", "Aug 2016", true));
        var other = reader with { Account = "somebody.else" };
        (await watch.ListAsync(store.Records.View(other, new AsAt(new DateOnly(2017, 2, 1), new DateOnly(2017, 2, 1))), Now)).Signalled[0].New.ShouldBe(2);
    }

    private static ObservationSet Set(params (int Month, decimal Value)[] rows) => ObservationSets.With(
        new ObservationSet { Title = "s", Measure = "m", Series = "return" }, rows.Select(row => new ObservedRow("E1", ProgrammeStore.Stated($"2016-{row.Month:00}"), row.Value)));
}
