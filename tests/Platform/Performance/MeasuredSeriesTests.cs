using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Performance;

public sealed class MeasuredSeriesTests
{
    private static readonly AsAt Later = new(new DateOnly(2019, 6, 30), new DateOnly(2019, 6, 30));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Series_OfLondonsAppendix_HasBothClocksOfEveryMonth()
    {
        var london = await LondonProgramme.SharedAsync();
        var series = await london.Get<IMeasuredSeries>().SeriesOfAsync(london.Get<IRecords>().View(null, Later), "i-in-target", "ea", Now);
        series.ShouldNotBeNull();
        series.Area.Name.ShouldBe("East");
        series.Points.Select(point => point.Value).ShouldBe([78, 76, 77, 79, 79, 79, 79, 75, 66, 63, 52, 50, 48, 63]);
        series.Points[7].Label.ShouldBe("Feb 2017");
        series.Points[7].Period.Last.ShouldBe(new DateOnly(2017, 2, 28));
        series.Points.ShouldAllBe(point => point.Known == new DateOnly(2017, 9, 30));
        series.Points[0].References.ShouldBe(["observation:i-in-target-ea-2016-07"]);
        series.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Series_BeforeTheBriefingWasKnown_HasNoPoint()
    {
        var london = await LondonProgramme.SharedAsync();
        var view = london.Get<IRecords>().View(null, new AsAt(new DateOnly(2017, 8, 31), new DateOnly(2017, 9, 29)));
        (await london.Get<IMeasuredSeries>().SeriesOfAsync(view, "i-in-target", "EA", Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Series_WithAYearBesideItsMonths_SetsTheYearAside()
    {
        var london = await LondonProgramme.SharedAsync();
        var series = await london.Get<IMeasuredSeries>().SeriesOfAsync(london.Get<IRecords>().View(null, Later), "i-in-target", "MPS", Now);
        series!.Points.Count.ShouldBe(14);
        series.OtherPeriods.Select(point => (point.Label, point.Value)).ShouldBe([("2014", 92.6), ("year to September 2017", 85), ("year to September 2018", 86.9)]);
    }

    [Fact]
    public async Task RecordedCrime_OfTheProgramme_IsThatOfTheForcePack()
    {
        var london = await LondonProgramme.SharedAsync();
        var pack = (await london.Get<IForces>().FindCurrentAsync(Now))!;
        var totals = pack.RecordedCrime.GroupBy(crime => (crime.Borough, crime.Month)).ToDictionary(group => group.Key, group => group.Sum(crime => crime.Offences));
        var burglary = pack.RecordedCrime.Where(crime => crime.Category == "BURGLARY").ToDictionary(crime => (crime.Borough, crime.Month), crime => crime.Offences);
        var view = london.Get<IRecords>().View(null, Later);
        foreach (var (measure, expected) in new[] { ("recorded-crime", totals), ("recorded-burglary", burglary) })
        {
            var boroughs = (await london.Get<IMeasuredSeries>().SeriesOfAsync(view, measure, Now)).Where(one => one.Area.Level == AreaLevel.Borough).ToList();
            boroughs.Count.ShouldBe(32);
            boroughs.SelectMany(one => one.Points.Select(point => (one.Area.Code, point.Period.First, (int)point.Value)))
                .ShouldBe(expected.Select(pair => (pair.Key.Borough, pair.Key.Month, pair.Value)), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task CommandUnit_WithoutValuesOfItsOwn_IsTheSumOfTheBoroughsItHasOnTheDate()
    {
        var london = await LondonProgramme.SharedAsync();
        var reading = london.Get<IMeasuredSeries>();
        var after = await reading.SeriesOfAsync(london.Get<IRecords>().View(null, Later), "recorded-crime", Now);
        var east = after.Single(one => one.Area.Code == "EA");
        east.ComputedFrom.ShouldBe(["E09000002", "E09000016", "E09000026"]);
        var parts = after.Where(one => east.ComputedFrom.Contains(one.Area.Code)).ToList();
        east.Points[0].Value.ShouldBe(parts.Sum(part => part.Points[0].Value));
        after[0].Area.Code.ShouldBe("MPS");
        after[0].Points[5].Value.ShouldBe(after.Where(one => one.Area.Level == AreaLevel.Borough).Sum(one => one.Points[5].Value));
        after.Count(one => one.Area.Level == AreaLevel.CommandUnit).ShouldBe(12);

        var before = await reading.SeriesOfAsync(london.Get<IRecords>().View(null, new AsAt(new DateOnly(2016, 12, 1), new DateOnly(2019, 6, 30))), "recorded-crime", Now);
        before.ShouldNotContain(one => one.Area.Code == "EA");
        before[0].Points[^1].Label.ShouldBe("Nov 2016");
    }

    [Fact]
    public async Task Set_KnownAfterADelay_ShowsEachValueFromItsOwnDay()
    {
        var london = await LondonProgramme.SharedAsync();
        var view = london.Get<IRecords>().View(null, new AsAt(new DateOnly(2017, 4, 30), new DateOnly(2017, 4, 30)));
        var camden = await london.Get<IMeasuredSeries>().SeriesOfAsync(view, "recorded-crime", "E09000007", Now);
        camden!.Points[^1].Label.ShouldBe("Feb 2017");
        camden.Points[^1].Known.ShouldBe(new DateOnly(2017, 3, 31));
    }

    [Fact]
    public async Task LaterSet_OfTheSameSeries_RevisesAValueFromTheDayItIsKnown()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2017-01-01", ("i", Measure()));
        await store.SaveAsync("2017-02-10", ("first", Set("return", ("E1", "2017-01", 80m))));
        await store.SaveAsync("2017-03-10", ("second", Set("return", ("E1", "2017-01", 82m), ("E1", "2017-02", 70m))));
        await store.SaveAsync("2017-03-11", ("other", Set("another source", ("E1", "2017-02", 75m)) with { Rivalry = Rivalry.InPlace }));
        var reading = store.Store.Get<IMeasuredSeries>();

        (await reading.SeriesOfAsync(store.View("2017-02-28"), "i", "E1", Now))!.Values.ShouldBe([80]);
        (await reading.SeriesOfAsync(store.View("2017-03-10"), "i", "E1", Now))!.Values.ShouldBe([82, 70]);
        var last = (await reading.SeriesOfAsync(store.View("2017-03-31"), "i", "E1", Now))!;
        last.Values.ShouldBe([82, 75]);
        last.Points[1].Others.ShouldBe([new OtherStatement(70, "observation-set:second")]);
        last.Points[1].References.ShouldBe(["observation-set:other"]);
    }

    [Fact]
    public async Task Share_OfAUnit_IsMadeOfNumeratorsAndDenominatorsAlone()
    {
        await using var london = await LondonProgramme.CopyAsync();
        var records = london.Get<IRecords>();
        var set = ObservationSets.With(
            new ObservationSet { Title = "Log", Measure = "s-in-target", Series = "log" },
            [Row("E09000022", "2018-12", 60, 60, 100), Row("E09000028", "2018-12", 90, 270, 300), Row("E09000012", "2018-12", 50), Row("E09000030", "2018-12", 60)]);
        (await records.SaveAsync(ProgrammeStore.Office, [new RecordChange("observation-set", "log", set, new DateOnly(2018, 12, 1), Known: new DateOnly(2019, 1, 1))], "test", Now)).Problems.ShouldBeEmpty();
        var series = await london.Get<IMeasuredSeries>().SeriesOfAsync(records.View(null, Later), "s-in-target", Now);
        series.Single(one => one.Area.Code == "AS").Points.Single().Value.ShouldBe(82.5);
        // Shares of Hackney and Tower Hamlets cannot be added without what they are shares of.
        series.ShouldNotContain(one => one.Area.Code == "CE");
    }

    [Fact]
    public async Task Set_ChangedByHand_IsRefused()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2017-01-01", ("i", Measure()));
        var set = Set("return", ("E1", "2017-01", 80m));
        var saved = await store.Records.SaveAsync(
            ProgrammeStore.Office, [new RecordChange("observation-set", "typed", set with { Values = set.Values.Replace("80", "90", StringComparison.Ordinal) })], "to look better", Now);
        saved.Problems.ShouldContain(problem => problem.Message.Contains("imported, not typed", StringComparison.Ordinal));
    }

    private static Measure Measure() => new() { Title = "I in 15", Definition = "Share", Unit = "%" };

    private static ObservationSet Set(string series, params (string Area, string Period, decimal Value)[] rows) => ObservationSets.With(
        new ObservationSet { Title = "Set", Measure = "i", Series = series }, rows.Select(row => new ObservedRow(row.Area, ProgrammeStore.Stated(row.Period), row.Value)));

    private static ObservedRow Row(string area, string period, decimal value, decimal? numerator = null, decimal? denominator = null) =>
        new(area, ProgrammeStore.Stated(period), value, numerator, denominator);
}
