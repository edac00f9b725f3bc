using Pathfinder.Platform.History;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Performance;

public sealed class ObservationImportTests
{
    /// <summary>The table as it is copied out of the briefing: tabs between, month names whole, a per cent sign at each value.</summary>
    private const string Pasted = "Month\tBCU Central North\tBCU East Area\tMPS average\nJuly 16\t84%\t78%\t83%\nAugust 16\t85%\t76%\t84%\nMay 17\t70%\t52%\t83%\n";

    private static readonly Actor Partner = new("p.artner", "Pat", "camden", new HashSet<Role> { Role.Partner }, ["E09000007"]);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OfATablePastedFromAReport_FindsAreasPeriodsAndShares()
    {
        await using var london = await LondonProgramme.CopyAsync();
        var import = london.Get<IObservationImport>();
        var mapping = import.Guess(Pasted, "Pasted table", "s-in-target").Value with { Known = new DateOnly(2017, 9, 30), Series = "Appendix" };
        var trial = (await import.ImportAsync(ProgrammeStore.Office, mapping, Pasted, "Pasted table", "", trial: true, Now)).Value;
        (trial.New, trial.Saved).ShouldBe((9, null));
        trial.Areas.ShouldBe(["CN", "EA", "MPS"]);
        trial.Notices.ShouldContain("EA has no value for 1 September 2016 to 30 April 2017");

        var done = (await import.ImportAsync(ProgrammeStore.Office, mapping, Pasted, "Pasted table", "the appendix", trial: false, Now)).Value;
        done.Saved.ShouldNotBeNull();
        var view = london.Get<IRecords>().View(null, new AsAt(new DateOnly(2017, 9, 30), new DateOnly(2017, 9, 30)));
        var east = (await london.Get<IMeasuredSeries>().SeriesOfAsync(view, "s-in-target", "EA", Now))!;
        east.Points.Select(point => (point.Label, point.Value, point.Known)).ShouldBe(
            [("Jul 2016", 78, new DateOnly(2017, 9, 30)), ("Aug 2016", 76, new DateOnly(2017, 9, 30)), ("May 2017", 52, new DateOnly(2017, 9, 30))]);

        var again = (await import.ImportAsync(ProgrammeStore.Office, mapping, Pasted, "Pasted table", "the same again", trial: false, Now)).Value;
        (again.New, again.Same, again.Saved).ShouldBe((0, 9, null));
    }

    [Fact]
    public async Task Import_OfATableWithAnUnreadableMonthAndOtherFaults_NamesThemAllAtOnce()
    {
        await using var store = await StoreAsync();

        var problems = (await ImportAsync(store, "month,E1\n10/2016,80\nsoon,eighty\n12/2016,101\n", "2017-03-01")).Problems;

        problems.Select(problem => (problem.Row, problem.Message)).ShouldBe([(3, "This is no period"), (3, "This is not a number"), (4, "A percentage is over 100")]);
        (await ImportAsync(store, "month,E1\n10/2016,80\n11/2016,81\n12/2016,82\n", "2017-03-01")).Value.New.ShouldBe(3);
    }

    [Fact]
    public async Task Import_OfARevision_RecordsWhatDiffersAloneAndSaysWhatItWas()
    {
        await using var store = await StoreAsync();
        (await ImportAsync(store, "month,E1\n2017-01,80\n2017-02,70\n", "2017-03-01")).Problems.ShouldBeEmpty();
        var revised = (await ImportAsync(store, "month,E1\n2017-01,80\n2017-02,72\n2017-03,75\n", "2017-04-01")).Value;
        (revised.New, revised.Same).ShouldBe((1, 1));
        revised.Revised.ShouldBe([new RevisedValue("E1", "2017-02", 70, 72)]);
        var reading = store.Store.Get<IMeasuredSeries>();
        (await reading.SeriesOfAsync(store.View("2017-05-01", "2017-03-31"), "share", "E1", Now))!.Values.ShouldBe([80, 70]);
        (await reading.SeriesOfAsync(store.View("2017-05-01"), "share", "E1", Now))!.Values.ShouldBe([80, 72, 75]);
    }

    [Fact]
    public async Task Import_UnderAnotherNameWithAnotherFigure_AsksWhichStandsAndRecordsNothing()
    {
        await using var store = await StoreAsync();
        (await ImportAsync(store, "month,E1\n2017-01,80\n2017-02,70\n", "2017-03-01")).Problems.ShouldBeEmpty();
        var rival = Rival("2017-04-01");
        const string table = "month,E1\n2017-01,80\n2017-02,55\n";

        var trial = await ImportRivalAsync(store, rival, table, trial: true);
        trial.Value.Rivals.Select(one => (one.Area, one.Period, one.OnRecord, one.Here, one.Title)).ShouldBe([("E1", "2017-02", 70, 55, "return: 2017-01 to 2017-02")]);
        var refused = (await ImportRivalAsync(store, rival, table)).Problems.ShouldHaveSingleItem();
        refused.Field.ShouldBe("rivalry");
        refused.Found.ShouldBe("E1, 2017-02: 70 on record (return: 2017-01 to 2017-02), 55 here");
        (await SeriesAsync(store)).Values.ShouldBe([80, 70]);
    }

    [Theory]
    [InlineData(Rivalry.Beside, 70, 55)]
    [InlineData(Rivalry.InPlace, 55, 70)]
    public async Task Import_OfARival_StandsAsWasSaidAndKeepsTheOtherBesideIt(Rivalry rivalry, double stands, double beside)
    {
        await using var store = await StoreAsync();
        (await ImportAsync(store, "month,E1\n2017-01,80\n2017-02,70\n", "2017-03-01")).Problems.ShouldBeEmpty();

        (await ImportRivalAsync(store, Rival("2017-04-01") with { Rivalry = rivalry }, "month,E1\n2017-02,55\n")).Value.Rivals.Count.ShouldBe(1);

        var point = (await SeriesAsync(store)).Points[1];
        (point.Value, (double)point.Others.ShouldHaveSingleItem().Value).ShouldBe((stands, beside));
        // Before it was known, nothing had been said against what was on record.
        (await store.Store.Get<IMeasuredSeries>().SeriesOfAsync(store.View("2017-05-01", "2017-03-31"), "share", "E1", Now))!.Points[1].Others.ShouldBeEmpty();
        // The next table of that name is not asked again, and a revision of the first name revises it alone.
        (await ImportRivalAsync(store, Rival("2017-05-01"), "month,E1\n2017-02,56\n")).Problems.ShouldBeEmpty();
        (await ImportAsync(store, "month,E1\n2017-02,71\n", "2017-05-01")).Problems.ShouldBe([], ignoreOrder: false);
        (await SeriesAsync(store)).Values[1].ShouldBe(rivalry == Rivalry.Beside ? 71 : 56);
    }

    [Fact]
    public async Task Observation_TypedAgainstOneOnRecord_IsAskedAboutToo()
    {
        await using var store = await StoreAsync();
        (await ImportAsync(store, "month,E1\n2017-01,80\n", "2017-03-01")).Problems.ShouldBeEmpty();
        var typed = new Observation { Title = "E1", Measure = "share", Area = "e1", Period = ProgrammeStore.Stated("January 2017"), Value = 79 };

        async Task<IReadOnlyList<Problem>> SaveAsync(Observation one) => (await store.Records.SaveAsync(ProgrammeStore.Office, [new RecordChange("observation", null, one)], "typed", Now)).Problems;

        (await SaveAsync(typed)).ShouldHaveSingleItem().Message.ShouldStartWith("A value differs from what is on record under another name");
        (await SaveAsync(typed with { Value = 80 })).ShouldBeEmpty("the same figure from two sources is no rival");
        (await SaveAsync(typed with { Rivalry = Rivalry.Beside })).ShouldBeEmpty();
    }

    private static ObservationMapping Rival(string known) => new() { Measure = "share", Series = "another log", Known = ProgrammeStore.Day(known) };

    private static Task<Outcome<ObservationImportResult>> ImportRivalAsync(ProgrammeStore store, ObservationMapping mapping, string table, bool trial = false) =>
        store.Store.Get<IObservationImport>().ImportAsync(ProgrammeStore.Office, mapping, table, "log.csv", "another log", trial, Now);

    private static async Task<MeasuredSeries> SeriesAsync(ProgrammeStore store) => (await store.Store.Get<IMeasuredSeries>().SeriesOfAsync(store.View("2017-06-01"), "share", "E1", Now))!;

    [Fact]
    public async Task Import_OfAFractionAmongPercentages_IsRefusedByRow()
    {
        await using var store = await StoreAsync();
        var problem = (await ImportAsync(store, "month,E1\n2017-01,70%\n2017-02,0.75\n", "2017-03-01")).Problems.ShouldHaveSingleItem();
        (problem.Row, problem.Field, problem.Found).ShouldBe((3, "E1", "0.75"));
        (await ImportAsync(store, "month,E1\n2017-01,70%\n2017-02,0.75%\n", "2017-03-01")).Problems.ShouldBeEmpty("the sign says that it is meant so");
    }

    [Fact]
    public async Task Import_OfALongTable_MakesTheShareOfItsParts()
    {
        await using var store = await StoreAsync();
        const string table = "area;month;in_time;incidents\nE1;01/02/2017;1,700;2,000\nE1;01/03/2017;1,500;2,000\nE2;01/02/2017;9;10\n";
        var mapping = new ObservationMapping { Measure = "share", Period = "month", Area = "area", Numerator = "in_time", Denominator = "incidents", KnownAfterDays = 10 };
        (await store.Store.Get<IObservationImport>().ImportAsync(ProgrammeStore.Office, mapping, table, "log.csv", "the log", trial: false, Now)).Problems.ShouldBeEmpty();
        var series = (await store.Store.Get<IMeasuredSeries>().SeriesOfAsync(store.View("2017-04-05"), "share", "E1", Now))!;
        series.Points.ShouldHaveSingleItem().Label.ShouldBe("Feb 2017");
        (series.Points[0].Value, series.Points[0].Denominator).ShouldBe((85, 2000));
        (await store.Store.Get<IMeasuredSeries>().SeriesOfAsync(store.View("2017-04-10"), "share", "E1", Now))!.Values.ShouldBe([85, 75]);
    }

    [Theory]
    [InlineData("month,E1\n2017-01,80\nFeb-17,70\n", 3, "Periods are written in more than one way")]
    [InlineData("month,E1\n2017-01,80\nsoon,70\n", 3, "This is no period")]
    [InlineData("month,E1\n2017-01,180\n", 2, "A percentage is over 100")]
    [InlineData("month,E1\n2017-01,-1\n", 2, "A percentage is below nought")]
    [InlineData("month,E1\n2017-01,eighty\n", 2, "This is not a number")]
    [InlineData("month,E1\n2017-01,\"8,0\"\n", 2, "This is not a number")]
    [InlineData("month,E1\n2017-01,80\n2017-01,81\n", 3, "Two rows are for E1 and this period")]
    [InlineData("month,E1\n2016-12,80,9\n", 2, "another number of fields")]
    [InlineData("month,E1 rolling average\n2017-01,80\n", 1, "This is a rolling average")]
    [InlineData("month,E1\n2031-01,80\n", 2, "The period has not ended yet")]
    [InlineData("month,E1,E1\n2017-01,80,81\n", 1, "Two columns have one name")]
    [InlineData("month,E 1?\n2017-01,80\n", 1, "No area has this name or code")]
    [InlineData("month\n2017-01\n", 1, "one column alone")]
    [InlineData("month,E1\n2017-01,\n", null, "The table has no value")]
    [InlineData("", null, "The table is empty")]
    [InlineData("month,E1\n", null, "no rows below its header")]
    public async Task Import_OfABadTable_NamesTheRowAndRecordsNothing(string table, int? row, string message)
    {
        await using var store = await StoreAsync();
        var done = await ImportAsync(store, table, null);
        var problem = done.Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain(message);
        (problem.File, problem.Row).ShouldBe(("return.csv", row));
        (await store.View("2026-01-01").ListAsync<ObservationSet>(Now)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WithManyFaults_NamesThemAllAtOnce()
    {
        await using var store = await StoreAsync();
        const string table = "area,month,x,n\nE1,2017-01,5,0\nE1,2017-02,9,8\nE1,2017-03,a,b\nE1,2017-04,1,2\n";
        var mapping = new ObservationMapping { Measure = "share", Period = "month", Area = "area", Numerator = "x", Denominator = "n" };
        var done = await store.Store.Get<IObservationImport>().ImportAsync(ProgrammeStore.Office, mapping, table, "log.csv", "why", trial: false, Now);
        done.Problems.Select(problem => (problem.Row, problem.Field)).ShouldBe([(2, "n"), (3, "x"), (4, "x"), (4, "n")]);
    }

    [Fact]
    public async Task Import_WithoutReasonMeasureOrPermission_IsRefused()
    {
        await using var store = await StoreAsync();
        var import = store.Store.Get<IObservationImport>();
        var mapping = new ObservationMapping { Measure = "none", Known = new DateOnly(2099, 1, 1) };
        var done = await import.ImportAsync(Partner, mapping, "month,E1\n2017-01,80\n", "return.csv", " ", trial: false, Now);
        done.Problems.Select(problem => problem.Message).ShouldBe(
            ["You may not import observations", "Say why", "Nothing can be known before its day has come", "There is no such measure"]);
        var early = await ImportAsync(store, "month,E1\n2017-01,80\n", "2017-01-15");
        early.Problems.ShouldHaveSingleItem().Message.ShouldContain("had not ended by the day");
    }

    [Fact]
    public async Task Import_OfADeclaredRollingAverage_IsKeptWithoutAChart()
    {
        await using var store = await StoreAsync();
        await store.SaveAsync("2016-06-01", ("share", new Measure { Title = "Share", Definition = "d", Unit = "%", Rolling = true }));
        (await ImportAsync(store, "month,E1\n2017-01,80\n2017-02,81\n", null)).Problems.ShouldBeEmpty();
        var view = store.View(DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var charted = (await store.Store.Get<IMeasureCharts>().DrawAllAsync(view, "share", Now)).ShouldHaveSingleItem();
        charted.Series.Points.Count.ShouldBe(2);
        charted.Chart.Problems.ShouldHaveSingleItem().Message.ShouldStartWith("Rolling averages are put on no control chart");
    }

    private static async Task<ProgrammeStore> StoreAsync()
    {
        var store = await ProgrammeStore.CreateAsync();
        await store.SaveAsync("2016-01-01", ("share", new Measure { Title = "Share", Definition = "d", Unit = "%" }));
        return store;
    }

    private static Task<Outcome<ObservationImportResult>> ImportAsync(ProgrammeStore store, string table, string? known) => store.Store.Get<IObservationImport>().ImportAsync(
        ProgrammeStore.Office, new ObservationMapping { Measure = "share", Series = "return", Known = known is null ? null : ProgrammeStore.Day(known) }, table, "return.csv", "the return", trial: false, Now);
}
