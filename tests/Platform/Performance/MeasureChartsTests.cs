using Pathfinder.Analysis.Control;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Performance;

public sealed class MeasureChartsTests
{
    private static readonly AsAt October = new(new DateOnly(2017, 10, 31), new DateOnly(2017, 10, 31));

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CN", 86.625, 80.925, 92.325)]
    [InlineData("EA", 77.75, 74.33, 81.17)]
    [InlineData("MPS", 85.25, 82.21, 88.29)]
    public async Task Chart_OfTheAppendix_HasTheLimitsOfItsEightBaselineMonths(string area, double centre, double lower, double upper)
    {
        var chart = await ChartAsync(area);
        chart.Kind.ShouldBe(ChartKind.Xmr);
        chart.Segments.ShouldHaveSingleItem().BaselinePoints.ShouldBe(8);
        chart.Segments[0].Reference.ShouldBe("chart-segment:i-in-target-baseline");
        chart.Segments[0].TrialLimits.ShouldBeTrue();
        chart.Points.ShouldAllBe(point => Math.Abs(point.Centre - centre) < 1e-9 && Math.Abs(point.Lower!.Value - lower) < 1e-9 && Math.Abs(point.Upper!.Value - upper) < 1e-9);
        chart.Points.Count(point => point.InBaseline).ShouldBe(8);
    }

    [Theory]
    [InlineData("EA", "Feb 2017", "2017-03-31")]
    [InlineData("CN", "Mar 2017", "2017-04-30")]
    public async Task Signals_OfAPathfinderReplayedMonthByMonth_SayOnWhoseDataAndWhenItCouldBeSeen(string area, string month, string inTime)
    {
        var first = (await ChartAsync(area)).Signals.First(signal => signal.Meaning == "concern");
        first.Point.Label.ShouldBe(month);
        first.InTime.ShouldBe(ProgrammeStore.Day(inTime));
        // The table was only known in September: nobody could see it before.
        first.KnownOn.ShouldBe(new DateOnly(2017, 9, 30));
    }

    [Fact]
    public async Task Chart_OfTwoValuesFarApart_SaysThatTheyAreTooFewAndReassuresNobody()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync(
            "2017-10-01",
            ("share", new Measure { Title = "Share", Definition = "d", Unit = "%", Direction = MeasureDirection.Up }),
            ("a", new Observation { Title = "a", Measure = "share", Area = "E1", Period = ProgrammeStore.Stated("July 2017"), Value = 80.3m }),
            ("b", new Observation { Title = "b", Measure = "share", Area = "E1", Period = ProgrammeStore.Stated("August 2017"), Value = 64.6m }));

        var chart = (await store.Store.Get<IMeasureCharts>().DrawAllAsync(store.View("2017-10-31"), "share", Now)).ShouldHaveSingleItem().Chart.Value;

        chart.Finding.ShouldBe("E1: 64.6% in Aug 2017; 2 values are too few to tell a signal from ordinary variation");
        chart.Hindsight.ShouldBe("2 values are too few to tell a signal from ordinary variation");
        chart.Variation.ShouldBe("Too few points to tell a signal from ordinary variation: 2");
    }

    [Fact]
    public async Task Assurance_OfASeriesThatHasLeftItsLimits_CountsWhatMetTheTargetInsteadOfChance()
    {
        var chart = await ChartAsync("CN");
        // The target of 90 lies within the limits of the months before, which no month since has met.
        chart.Segments[^1].BaselinePoints.ShouldBe(8);
        chart.Assurance.ShouldBe("The last points signal, so the limits no longer say what to expect: none of 6 points since the baseline met the target");
    }

    [Fact]
    public void Chart_WhoseLimitsAreSetByWhatChanged_IsNotCalledOrdinaryAndABaselineTellsIt()
    {
        var csv = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "examples", "response-times.csv"));
        var series = SeriesReader.Read(csv, "response-times.csv", new SeriesColumns("month", "east"), ChartKind.Xmr).Value;

        var all = SeriesChart.Draw(series, new ChartRequest(ChartKind.Xmr, Improvement.Up, 90)).Value;
        var guided = SeriesChart.Draw(series, new ChartRequest(ChartKind.Xmr, Improvement.Up, 90, Baseline: 8)).Value;

        all.Variation!.ShouldContain("let a baseline set them");
        guided.Variation!.ShouldStartWith("Signal of concern");
    }

    [Fact]
    public async Task Marks_OfEast_AreGoLiveAndTheChangeOfSeptember()
    {
        var chart = await ChartAsync("EA");
        chart.Marks.Select(mark => (mark.Number, mark.Kind, mark.When.Text)).ShouldBe([(1, MarkKind.GoLive, "end of April 2017"), (2, MarkKind.Adaptation, "5 September 2017")]);
        // 24 April lies late in April, the tenth month; September has no value yet.
        chart.Marks[0].Position!.Value.ShouldBe(9 - 0.5 + (23 / 30.0), 1e-9);
        chart.Marks[1].Position.ShouldBeNull();
        chart.Marks[0].Reference.ShouldBe("pilot:pathfinder-east");
    }

    [Fact]
    public async Task Comparator_OfAPilot_SaysThatItContainsThePilots()
    {
        var chart = await ChartAsync("EA");
        chart.Comparator!.Area.Code.ShouldBe("MPS");
        chart.ComparatorContains!.ShouldContain("the two pathfinders included");
        chart.Points[^1].Comparator.ShouldBe(83);
        chart.Target.ShouldBe(90);
        chart.Assurance.ShouldBe("The target will be missed every month unless something changes");
        (await ChartAsync("MPS")).Comparator.ShouldBeNull();
    }

    [Fact]
    public async Task Finding_OfEast_IsTheSignalWithItsLimits()
    {
        var chart = await ChartAsync("EA");
        chart.Finding.ShouldBe("East signalled concern on the data of Feb 2017: 75%, below the lower limit (75.9 to 80.4 by then); 6 of 6 values since the baseline signal");
        chart.Hindsight.ShouldBe("In hindsight 8 of 14 values signal, the first in Jan 2017");
        chart.Cautions.ShouldContain(caution => caution.StartsWith("Trial limits", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kind_FollowsTheData()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("share", new Measure { Title = "Share", Definition = "d", Unit = "%" }), ("single", new Measure { Title = "Single", Definition = "d" }));
        var wild = Enumerable.Range(1, 12).Select(month => new ObservedRow("E1", Month(month), month % 2 == 0 ? 80 : 60, month % 2 == 0 ? 800 : 600, 1000));
        var calm = Enumerable.Range(1, 12).Select(month => new ObservedRow("E2", Month(month), 70 + (month % 2), 700 + (10 * (month % 2)), 1000));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(new ObservationSet { Title = "s", Measure = "share" }, [.. wild, .. calm])),
            ("few", ObservationSets.With(new ObservationSet { Title = "f", Measure = "single" }, Enumerable.Range(1, 5).Select(month => new ObservedRow("E1", Month(month), month)))));

        (await DrawAsync(store, "share", "E1")).Value.Kind.ShouldBe(ChartKind.PPrime);
        var p = (await DrawAsync(store, "share", "E2")).Value;
        p.Kind.ShouldBe(ChartKind.P);
        // Per cent, as the measure is; limits p ± 3 √(p(1−p)/n).
        p.Points[0].Centre.ShouldBe(70.5, 1e-9);
        p.Points[0].Upper!.Value.ShouldBe(70.5 + (300 * Math.Sqrt(0.705 * 0.295 / 1000)), 1e-9);
        p.Monitored.Count.ShouldBe(6);
        (await DrawAsync(store, "single", "E1")).Value.Kind.ShouldBe(ChartKind.Run);
        (await DrawAsync(store, "single", "E1", ChartKind.PPrime)).Problems.ShouldHaveSingleItem().Message.ShouldContain("numerator and a denominator");
        (await DrawAsync(store, "single", "E1", ChartKind.Xmr)).Value.Kind.ShouldBe(ChartKind.Xmr);
    }

    [Theory]
    [InlineData(true, "1,2,3,4,5,6,7,8", "Rolling averages are put on no control chart")]
    [InlineData(false, "5", "at least two values")]
    [InlineData(false, "5,5,5,5", "All values are the same")]
    public async Task Chart_OfWhatCannotBeCharted_IsRefusedWithTheReason(bool rolling, string values, string reason)
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d", Rolling = rolling }));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(
            new ObservationSet { Title = "s", Measure = "m" }, values.Split(',').Select((value, i) => new ObservedRow("E1", Month(i + 1), decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))))));
        (await DrawAsync(store, "m", "E1")).Problems.ShouldHaveSingleItem().Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Segments_SetByHandOrByANewDefinition_StartLimitsAfresh()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "first" }));
        await store.SaveAsync("2016-05-01", ("m", new Measure { Title = "M", Definition = "first, in other words" }));
        await store.SaveAsync("2016-07-01", ("m", new Measure { Title = "M", Definition = "second", Version = 2 }));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(
            new ObservationSet { Title = "s", Measure = "m" }, Enumerable.Range(1, 12).Select(month => new ObservedRow("E1", Month(month), 10 + month + (month % 3))))));
        await store.SaveAsync("2017-02-01", ("mine", new ChartSegment { Title = "New recording", Measure = "m", Area = "E1", Starts = new DateOnly(2016, 10, 1), Reason = "A new system records calls" }));
        await store.SaveAsync("2017-02-01", ("late", new ChartSegment { Title = "Late", Measure = "m", Starts = new DateOnly(2017, 6, 1), Reason = "Later" }));

        var before = (await DrawAsync(store, "m", "E1", at: "2017-01-31")).Value;
        before.Segments.Select(segment => (segment.Start, segment.Reason)).ShouldBe([("Jan 2016", null), ("Jul 2016", "Definition 2 holds from here")]);
        var chart = (await DrawAsync(store, "m", "E1")).Value;
        chart.Segments.Select(segment => (segment.Start, segment.Points)).ShouldBe([("Jan 2016", 6), ("Jul 2016", 3), ("Oct 2016", 3)]);
        chart.Marks.Select(mark => (mark.Kind, mark.Position)).ShouldBe([(MarkKind.Definition, 5.5), (MarkKind.Rebase, 8.5)]);
        chart.Segments[2].Reference.ShouldBe("chart-segment:mine");
        chart.Cautions.ShouldContain(caution => caution.Contains("1 June 2017, after the last value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Segment_OfAnAreaThatNobodyHas_IsRefusedWithThoseThatAreObserved()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d" }));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(new ObservationSet { Title = "s", Measure = "m" }, [new ObservedRow("E1", Month(1), 1), new ObservedRow("E2", Month(1), 2)])));
        var segment = new ChartSegment { Title = "New recording", Measure = "m", Area = "E3", Starts = new DateOnly(2016, 10, 1), Reason = "A new system" };

        var refused = await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("chart-segment", null, segment)], "typed", Now);

        var problem = refused.Problems.ShouldHaveSingleItem();
        (problem.Field, problem.Found).ShouldBe(("area", "E3"));
        problem.Accepted!.ShouldContain("E1, E2");
        (await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("chart-segment", null, segment with { Area = "e2" })], "typed", Now)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Baseline_WithNothingSet_EndsBeforeTheFirstEventOfTheArea()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d" }));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(
            new ObservationSet { Title = "s", Measure = "m" }, Enumerable.Range(1, 12).Select(month => new ObservedRow("XX", Month(month), 50 + (month % 4) - (month > 8 ? 30 : 0))))));
        await store.SaveAsync("2017-01-31", ("pilot", new Pilot { Title = "Test", Unit = "XX", Live = ProgrammeStore.Stated("15 September 2016") }));

        var chart = (await DrawAsync(store, "m", "XX")).Value;
        chart.Segments.ShouldHaveSingleItem().BaselinePoints.ShouldBe(8);
        chart.Segments[0].Reference.ShouldBe("pilot:pilot");
        chart.Points.Where(point => !point.InBaseline).ShouldAllBe(point => point.Flags.Contains(Flag.Outside));
    }

    [Fact]
    public async Task Funnel_OfAreasInOnePeriod_NamesThoseOutside()
    {
        await using var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("m", new Measure { Title = "M", Definition = "d", Unit = "%" }));
        var rows = Enumerable.Range(1, 10).Select(i => new ObservedRow($"E{i}", Month(1), i == 10 ? 40 : 80 + (i % 2), i == 10 ? 400 : 800 + (10 * (i % 2)), 1000));
        await store.SaveAsync("2017-01-31", ("set", ObservationSets.With(new ObservationSet { Title = "s", Measure = "m" }, rows)));
        var charts = store.Store.Get<IMeasureCharts>();

        var funnel = (await charts.FunnelAsync(store.View("2017-03-01"), "m", null, Now)).Value;
        funnel.Answer.Points.Count.ShouldBe(10);
        funnel.Finding.ShouldContain("E10");
        (await charts.FunnelAsync(store.View("2017-03-01"), "m", "2016-02", Now)).Problems.ShouldHaveSingleItem().Message.ShouldContain("fewer than three areas");
    }

    private static PartialDate Month(int month) => ProgrammeStore.Stated($"2016-{month:00}");

    private static async Task<Platform.Problems.Outcome<MeasureChart>> DrawAsync(ProgrammeStore store, string measure, string area, ChartKind? kind = null, string at = "2017-03-01")
    {
        var view = store.View(at);
        var series = await store.Store.Get<IMeasuredSeries>().SeriesOfAsync(view, measure, area, Now);
        return await store.Store.Get<IMeasureCharts>().DrawAsync(view, series!, kind, Now);
    }

    private static async Task<MeasureChart> ChartAsync(string area)
    {
        var london = await LondonProgramme.SharedAsync();
        var view = london.Get<IRecords>().View(null, October);
        var series = await london.Get<IMeasuredSeries>().SeriesOfAsync(view, "i-in-target", area, Now);
        return (await london.Get<IMeasureCharts>().DrawAsync(view, series!, null, Now)).Value;
    }
}
