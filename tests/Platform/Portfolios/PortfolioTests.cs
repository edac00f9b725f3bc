using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Portfolios;

public sealed class PortfolioTests
{
    private const string Heading = "year,id,project,dept,rating,start,end,cost\n";

    private const string Mapping = """
        portfolio: demo
        title: Demonstration
        source: a test
        unit: £m
        known: "07-20"
        columns: { round: year, id: id, name: project, department: dept, rating: rating, start: start, end: end, cost: cost }
        scales:
          - until: 2021
            words: [Green, Amber/Green, Amber, Amber/Red, Red]
          - from: 2022
            words: [Green, Amber, Red]
        noRating: [Exempt]
        departments: { DHSC: [DOH, DH] }
        """;

    private const string Returns = Heading + """
        2019,,Case Management Programme,DOH,Green,2018-01-01,2020-03-31,100
        2019,,Old Ward,DHSC,Red,,,
        2020,,Case management programme,DHSC,Amber,2018-01-01,2020-09-30,120
        2021,X1,"Case Management, Programme",DHSC,Amber/Red,2018-01-01,2021-03-31,150
        2022,X1,Case Management Programme (renamed),DHSC,Amber,2018-01-01,2021-03-31,150
        2022,X2,New Ward,HO,Exempt,,,
        """;

    [Fact]
    public async Task Book_OfReturnsWithAndWithoutIds_FollowsAProjectAndComparesOnlyWithinAScale()
    {
        await using var store = await ImportedAsync(Returns);
        var book = await BookAsync(store, "2023-01-01");

        var project = book.Find("X1")!;
        project.Lines.Select(line => (line.Round, line.By)).ShouldBe([(2019, MatchedBy.SameName), (2020, MatchedBy.SameName), (2021, MatchedBy.Id), (2022, MatchedBy.Id)]);
        project.EndMoved.ShouldBe(365);
        project.CostMoved.ShouldBe(50);
        book.Rounds.Select(round => (round.Round, round.Worse, round.ScaleChanged)).ShouldBe([(2019, 0, false), (2020, 1, false), (2021, 1, false), (2022, 0, true)]);
        book.Rounds[1].ShouldSatisfyAllConditions(round => round.Left.ShouldBe(1), round => round.EndLater.ShouldBe(1), round => round.Entered.ShouldBe(0));
        book.Headline.ShouldContain("the scale changed since 2021");
        (await BookAsync(store, "2021-01-01")).Rounds[^1].Round.ShouldBe(2020, "a later return was not known yet");
    }

    [Fact]
    public async Task Match_ConfirmedRefusedAndTakenBack_IsWhatTheBookThenSays()
    {
        await using var store = await ImportedAsync(Returns);
        async Task<MatchedBy?> By(MatchState state)
        {
            (await DecideAsync(store, new MatchDecision(2019, "Case Management Programme", "DOH", "X1", state))).Problems.ShouldBeEmpty();
            return (await BookAsync(store, null)).Find("X1")!.Lines.FirstOrDefault(line => line.Round == 2019)?.By;
        }

        (await By(MatchState.Confirmed)).ShouldBe(MatchedBy.Confirmed);
        (await By(MatchState.Proposed)).ShouldBe(MatchedBy.SameName);
        (await By(MatchState.Refused)).ShouldBeNull();
        (await BookAsync(store, null)).Projects.ShouldContain(project => project.Key == "dhsc-case-management-programme");
        (await By(MatchState.Proposed)).ShouldBe(MatchedBy.SameName, "a refusal can be taken back too");
        var timeline = await store.Get<IRecords>().View(null, TimeProvider.System.Now()).TimelineAsync(store.Get<IRecords>().Catalogue.Get<PortfolioMatch>(), (await MatchesAsync(store)).Single().Key);
        timeline.Select(version => ((PortfolioMatch)version.Body).State).ShouldBe([MatchState.Confirmed, MatchState.Proposed, MatchState.Refused, MatchState.Proposed]);
    }

    [Fact]
    public async Task Match_OfALineOrProjectThatIsNot_OrByAReader_IsRefused()
    {
        await using var store = await ImportedAsync(Returns);

        (await DecideAsync(store, new MatchDecision(2019, "No such line", "DOH", "X1", MatchState.Confirmed))).Problems.Single().Field.ShouldBe("name");
        (await DecideAsync(store, new MatchDecision(2021, "Case Management, Programme", "DHSC", "X2", MatchState.Confirmed))).Problems.Single().Field.ShouldBe("name", "its id says what it is");
        (await DecideAsync(store, new MatchDecision(2019, "Old Ward", "DHSC", "X9", MatchState.Confirmed))).Problems.Single().Field.ShouldBe("project");
        (await DecideAsync(store, new MatchDecision(2019, "Case Management Programme", "DOH", "dhsc-old-ward", MatchState.Confirmed))).Problems.Single().Field.ShouldBe("project", "its newest return is no newer");
        (await DecideAsync(store, new MatchDecision(2019, "Case Management Programme", "DOH", "X1", MatchState.Confirmed))).Problems.ShouldBeEmpty();
        (await DecideAsync(store, new MatchDecision(2019, "Old Ward", "DHSC", "X1", MatchState.Confirmed))).Problems.Single().Field.ShouldBe("round", "one line a project and round");
        var reader = ProgrammeStore.Office with { Roles = new HashSet<Role> { Role.Reader } };
        (await store.Get<PortfolioBooks>().DecideAsync(reader, "demo", [new(2019, "Old Ward", "DHSC", "X2", MatchState.Confirmed)], TimeProvider.System.LondonToday(), "no right")).Problems.ShouldNotBeEmpty();
        (await store.Get<IRecords>().SaveAsync(ProgrammeStore.Office, [new RecordChange("portfolio-match", "typed", new PortfolioMatch { Title = "T", Portfolio = "demo", Round = 2019, Name = "Old Ward", Project = "X1" })], "typed")).Problems.ShouldContain(problem => problem.Message.Contains("not typed"));
        (await MatchesAsync(store)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Projects_KnownToBeOneUnderTwoNames_AreJoinedAndParted()
    {
        await using var store = await ImportedAsync(Returns);
        var book = await BookAsync(store, null);
        var (old, now) = (book.Find("dhsc-old-ward")!, book.Find("X2")!);
        book.MayBe(now).ShouldBeEmpty("another department");
        book.MayBe(book.Find("X1")!).ShouldBeEmpty("both were in the return of 2019");

        (await DecideAsync(store, [.. PortfolioBook.Join(old, now)])).Problems.ShouldBeEmpty();
        (await BookAsync(store, null)).ShouldSatisfyAllConditions(
            joined => joined.Find("X2")!.Lines.Select(line => (line.Round, line.By)).ShouldBe([(2019, MatchedBy.Confirmed), (2022, MatchedBy.Id)]), joined => joined.Find("dhsc-old-ward").ShouldBeNull());

        (await DecideAsync(store, new MatchDecision(2019, "Old Ward", "DHSC", "X2", MatchState.Proposed))).Problems.ShouldBeEmpty();
        (await BookAsync(store, null)).Find("dhsc-old-ward").ShouldNotBeNull();
    }

    [Fact]
    public async Task Line_OfAnotherNameWithTheSameDates_IsProposedAsWhatItIs()
    {
        await using var store = await ImportedAsync(Heading + """
            2018,,Successor,MOD,Amber,2011-04-01,2031-03-31,30000
            2018,,Puma Helicopter Life Extension,MOD,Amber,2009-09-18,2016-03-31,300
            2018,,Astute Boats,MOD,Amber,1997-03-17,2024-03-31,9000
            2019,,Dreadnought,MOD,Amber,2011-04-01,2031-03-31,31000
            2019,,PUMA,MOD,Amber,2009-09-18,2017-03-31,300
            2019,,Spearfish,MOD,Amber,1997-03-17,2025-12-31,300
            """);
        var book = await BookAsync(store, null);

        book.Find("mod-dreadnought")!.Lines.Select(line => line.By).ShouldBe([MatchedBy.SameDates, MatchedBy.Nothing]);
        book.Find("mod-puma")!.Lines.Select(line => line.By).ShouldBe([MatchedBy.SameDates, MatchedBy.Nothing]);
        book.Find("mod-spearfish")!.Lines.Count.ShouldBe(1, "the start alone says nothing");
        book.Rounds[1].ShouldSatisfyAllConditions(round => round.EndLater.ShouldBe(1), round => round.CostMoved.ShouldBe(1000m), round => round.Entered.ShouldBe(1), round => round.Left.ShouldBe(1));
    }

    [Fact]
    public async Task Import_OfBadLines_NamesEachByRowAndFieldAndRecordsNothing()
    {
        await using var store = await StoreFixture.CreateAsync();
        var bad = Heading + "2019,,A,DOH,Purple,2018-13-01,,x\n19,,B,DOH,Green,,,\n2019,,,DOH,Green,,,\n2019,,A,DOH,Green,,,\n2022,,C,DOH,Amber/Red,,,\n2022,C\n";

        var problems = (await ImportAsync(store, bad)).Problems;

        problems.Select(problem => (problem.Row, problem.Field)).ShouldBe(
            [(2, "rating"), (2, "start"), (2, "cost"), (3, "year"), (4, "project"), (5, "project"), (6, "rating"), (7, null)], ignoreOrder: true);
        problems.First(problem => problem.Field == "rating").Accepted!.ShouldContain("Amber/Green");
        (await PortfolioBooks.ListAsync(store.Get<IRecords>().View(null, TimeProvider.System.Now()))).ShouldBeEmpty();
        (await ImportAsync(store, "year,id\n2019,1\n")).Problems.ShouldContain(problem => problem.Field == "project" && problem.Row == 1);
        (await ImportAsync(store, Returns)).Value.Recorded.ShouldBe(4);
        (await ImportAsync(store, Returns)).Value.Recorded.ShouldBe(0, "the same file again");
    }

    [Fact]
    public void Mapping_WithFaults_NamesThemAll()
    {
        var problems = PortfolioMapping.Read("portfolio: Not A Key\ntitle: T\nsource: S\nunit: x\nknown: July\ncolumns: { round: y }\ncolour: red\n", "map.yaml").Problems;

        foreach (var field in (string[])["portfolio", "known", "name", "department", "rating", "scales", "colour"])
        {
            problems.ShouldContain(problem => problem.Field!.Contains(field, StringComparison.Ordinal), field);
        }
    }

    /// <summary>Reads PATHFINDER_REFERENCE; says so and passes where the returns are not there.</summary>
    [Fact]
    public async Task Import_OfTheGovernmentsPortfolio_FollowsItsProjectsOverTenReturns()
    {
        var folder = Environment.GetEnvironmentVariable("PATHFINDER_REFERENCE");
        var file = Path.Combine(folder ?? "", "data", "ops", "gmpp", "gmpp_2014_2023_slim.csv");
        if (string.IsNullOrEmpty(folder) || !File.Exists(file))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("PATHFINDER_REFERENCE names no folder with the returns: nothing was imported.");
            return;
        }

        await using var store = await StoreFixture.CreateAsync();
        var mapping = PortfolioMapping.Read(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guides", "examples", "gmpp.yaml"), TestContext.Current.CancellationToken)).Value;
        var done = (await store.Get<PortfolioImport>().ImportAsync(null, new ChangeContext("test", "force", "a test imports"), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), "gmpp.csv", mapping, TestContext.Current.CancellationToken)).Value;
        done.Rounds.Values.Sum().ShouldBe(1727);
        done.WithoutId.ShouldBe(939);

        var book = (await store.Get<PortfolioBooks>().OpenAsync(store.Get<IRecords>().View(null, TimeProvider.System.Now()), "gmpp", TestContext.Current.CancellationToken))!;
        book.Projects.Sum(project => project.Lines.Count).ShouldBe(1727, "no line is lost or told twice");
        book.Projects.ShouldAllBe(project => project.Lines.Select(line => line.Round).Distinct().Count() == project.Lines.Count);
        book.Projects.Count.ShouldBeInRange(342, 760);
        book.Rounds.Single(round => round.ScaleChanged).Round.ShouldBe(2022);
        book.Proposed.Count().ShouldBeGreaterThan(400);
    }

    private static async Task<StoreFixture> ImportedAsync(string csv)
    {
        var store = await StoreFixture.CreateAsync();
        (await ImportAsync(store, csv)).Problems.ShouldBeEmpty();
        return store;
    }

    private static Task<Problems.Outcome<PortfolioImported>> ImportAsync(StoreFixture store, string csv) =>
        store.Get<PortfolioImport>().ImportAsync(null, new ChangeContext("test", "force", "a test imports"), csv, "returns.csv", PortfolioMapping.Read(Mapping).Value, TestContext.Current.CancellationToken);

    private static Task<Problems.Outcome<int>> DecideAsync(StoreFixture store, params MatchDecision[] decisions) =>
        store.Get<PortfolioBooks>().DecideAsync(ProgrammeStore.Office, "demo", decisions, TimeProvider.System.LondonToday(), "a test decides", TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<StoredRecord<PortfolioMatch>>> MatchesAsync(StoreFixture store) =>
        store.Get<IRecords>().View(null, TimeProvider.System.Now()).ListAsync<PortfolioMatch>(TestContext.Current.CancellationToken);

    private static async Task<PortfolioBook> BookAsync(StoreFixture store, string? date)
    {
        var day = date is null ? TimeProvider.System.LondonToday() : DateOnly.Parse(date);
        return (await store.Get<PortfolioBooks>().OpenAsync(store.Get<IRecords>().View(ProgrammeStore.Office, new AsAt(day, day)), "demo", TestContext.Current.CancellationToken))!;
    }
}
