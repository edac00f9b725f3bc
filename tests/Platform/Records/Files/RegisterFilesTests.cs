using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Records.Files;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Records.Files;

public sealed class RegisterFilesTests
{
    private static readonly DateOnly Day = new(2017, 5, 12);
    private static readonly Actor Office = new("office", "Robin", "mps", new HashSet<Role> { Role.ProgrammeOffice }, []);
    private static readonly Actor Reader = new("reader", "Sam", "camden", new HashSet<Role> { Role.Reader }, []);

    private static readonly Milestone Awkward = new()
    {
        Title = "=HYPERLINK(\"http://evil.example\")",
        Summary = "two lines,\n\"quoted\"; 'tis ünïcode",
        Areas = [],
        Baselines = [new Baseline { Date = PartialDate.Of("21 May", new DateOnly(2017, 5, 21), new DateOnly(2017, 5, 21)), Why = "-1 is no number" }, new Baseline { Date = PartialDate.Of(Day) }],
        Completion = new Completion { Done = 3, Unit = "MASH" },
        Handling = new Handling { Readers = ["organisation:mps", "account:a|b\\c"], Ground = "trial" },
    };

    [Theory]
    [InlineData(RegisterFormat.Csv)]
    [InlineData(RegisterFormat.Xlsx)]
    public async Task Export_ThenImportIntoAFreshStore_GivesTheSameRecords(RegisterFormat format)
    {
        await using var from = await WithAsync(("awkward", Awkward), ("plain", new Milestone { Title = "Plain" }));
        var file = await ExportAsync(from, format, "To carry it over");

        await using var to = await StoreFixture.CreateAsync();
        var refused = await ImportAsync(to, file);
        var imported = await ImportAsync(to, format == RegisterFormat.Csv ? file with { Bytes = AsNew(file.Bytes) } : file with { Bytes = await AsNewAsync(from) });

        refused.Problems.Select(problem => problem.Field).ShouldBe(["key", "key"]);

        imported.Problems.ShouldBeEmpty();
        (imported.Value.Added.Count, imported.Value.Changed.Count, imported.Value.Saved).ShouldBe((2, 0, true));
        var (before, after) = (await ListAsync(from), await ListAsync(to));
        after.Select(Written).ShouldBe(before.Select(Written));
        after.Select(record => (record.Key, record.Known, record.Effective)).ShouldBe(before.Select(record => (record.Key, record.Known, record.Effective)));
    }

    [Theory]
    [InlineData(RegisterFormat.Csv)]
    [InlineData(RegisterFormat.Xlsx)]
    public async Task Import_OfTheExportItself_ChangesNothing(RegisterFormat format)
    {
        await using var store = await WithAsync(("awkward", Awkward), ("plain", new Milestone { Title = "Plain" }));
        var head = await store.Get<IAudit>().FindHeadAsync(Cancel);

        var imported = await ImportAsync(store, await ExportAsync(store, format, why: null));

        (imported.Value.Added.Count, imported.Value.Changed.Count, imported.Value.Unchanged).ShouldBe((0, 0, 1));
        (await store.Get<IAudit>().FindHeadAsync(Cancel)).ShouldBe(head);
    }

    [Fact]
    public async Task Import_OfTheSameFileAgain_ChangesNothing()
    {
        await using var store = await WithAsync(("first", new Milestone { Title = "First" }));
        var text = Encoding.UTF8.GetString((await ExportAsync(store, RegisterFormat.Csv)).Bytes).Replace("First", "The first", StringComparison.Ordinal);
        var added = "key,record.version,title\nsecond,new,Second\n,,Third\n";
        (await ImportAsync(store, "m.csv", text)).Value.Changed.ShouldBe(["first"]);
        (await ImportAsync(store, "n.csv", added)).Value.Added.Count.ShouldBe(2);
        var head = await store.Get<IAudit>().FindHeadAsync(Cancel);

        var again = (await ImportAsync(store, "m.csv", text)).Value;
        var twice = (await ImportAsync(store, "n.csv", added)).Value;

        (again.Added.Count, again.Changed.Count, again.Unchanged).ShouldBe((0, 0, 1));
        (twice.Added.Count, twice.Changed.Count, twice.Unchanged).ShouldBe((0, 0, 2));
        (await store.Get<IAudit>().FindHeadAsync(Cancel)).ShouldBe(head);
        (await ImportAsync(store, "m.csv", text.Replace("The first", "Another", StringComparison.Ordinal))).Problems.ShouldHaveSingleItem().Message.ShouldStartWith("Somebody saved this milestone in the meantime");
        (await ImportAsync(store, "x.csv", "key,record.version,title\nfirst,999999,Other\n")).Problems.ShouldHaveSingleItem().Message.ShouldBe("This milestone never had that version");
    }

    [Fact]
    public async Task Import_CellEditedInASpreadsheet_MakesOneVersionKnownToday()
    {
        await using var store = await WithAsync(("first", new Milestone { Title = "First" }), ("second", new Milestone { Title = "Second" }));
        var text = Encoding.UTF8.GetString((await ExportAsync(store, RegisterFormat.Csv)).Bytes).Replace("First", "The first", StringComparison.Ordinal);

        var trial = await ImportAsync(store, "m.csv", text, trial: true);
        var untouched = (await ListAsync(store)).Select(record => record.Body.Title).ToList();
        var saved = await ImportAsync(store, "m.csv", text);

        (trial.Value.Changed.Single(), trial.Value.Saved).ShouldBe(("first", false));
        untouched.ShouldBe(["First", "Second"]);
        saved.Value.Changed.ShouldBe(["first"]);
        var first = (await ListAsync(store))[0];
        (first.Body.Title, first.Known, first.Effective.From).ShouldBe(("The first", store.Get<TimeProvider>().LondonToday(), Day));
        (await store.Get<IRecords>().View(null, new AsAt(Day, Day)).FindAsync("milestone:first", Cancel))!.Body.Title.ShouldBe("First");
    }

    [Fact]
    public async Task Import_FaultsInSeveralRows_NamesEachByRowAndColumnAndSavesNothing()
    {
        await using var store = await WithAsync();
        const string text =
            """
            key,record.version,title,baselines[1].date,completion.done,work,handling.marking,dependsOn[1].on
            good,new,Good,April 2017,3,,official,milestone:bad
            bad,new,Bad,soonish,three,,secret,
            lost,new,Lost,,,no-such-work,,
            ,,,,,,,milestone:lost
            ran,new,=1+1,,,,,
            """;

        var refused = await ImportAsync(store, "m.csv", text);

        refused.Problems.Select(problem => (problem.File, problem.Row, problem.Field, problem.Found)).ShouldBe(
            [
                ("m.csv", 3, "handling.marking", "secret"), ("m.csv", 3, "baselines[1].date", "soonish"), ("m.csv", 3, "completion.done", "three"),
                ("m.csv", 4, "work", "no-such-work"), ("m.csv", 5, "title", null), ("m.csv", 6, "title", "=1+1"),
            ],
            ignoreOrder: true);
        refused.Problems.ShouldAllBe(problem => problem.Accepted != null);
        refused.Problems.Select(problem => problem.Row).ShouldBeInOrder();
        (await ListAsync(store)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("title,colour", "colour")]
    [InlineData("title,title", "title")]
    [InlineData("title,baselines[0].date", "baselines[0].date")]
    [InlineData("title,baselines.date", "baselines.date")]
    [InlineData("title,completion", "completion")]
    public async Task Import_ColumnThatIsNone_IsRefused(string headings, string field)
    {
        await using var store = await WithAsync();

        (await ImportAsync(store, "m.csv", headings + "\nOne,Two\n")).Problems.Single().Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("first,{1},Altered", "second,{1},Altered", "key", "second")]
    [InlineData("first,{1},Altered", "frist,{1},Altered", "key", "frist")]
    [InlineData("first,{1},Altered", ",{1},Altered", "key", null)]
    [InlineData("first,{1},Altered", "first,new,Altered", "record.version", "new")]
    [InlineData("first,{1},Altered", "first,,Altered", "record.version", null)]
    [InlineData("third,new,Third", "third,,Third", "key", "third")]
    public async Task Import_KeyAndVersionThatDoNotBelongTogether_MakeNoSecondRecord(string right, string wrong, string field, string? found)
    {
        await using var store = await WithAsync(("first", new Milestone { Title = "First" }), ("second", new Milestone { Title = "Second" }));
        var version = (await ListAsync(store))[0].VersionId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        string Text(string row) => "key,record.version,title\n" + row.Replace("{1}", version, StringComparison.Ordinal) + "\n";

        var refused = await ImportAsync(store, "m.csv", Text(wrong));
        var before = (await ListAsync(store)).Count;
        var imported = await ImportAsync(store, "m.csv", Text(right));

        (refused.Problems.Single().Row, refused.Problems.Single().Field, refused.Problems.Single().Found).ShouldBe((2, field, found));
        refused.Problems.Single().Accepted.ShouldNotBeNull();
        before.ShouldBe(2);
        imported.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_ColumnsNotInTheFile_StayAsTheyAre()
    {
        await using var store = await WithAsync(("first", new Milestone { Title = "First", Summary = "What it is", Baselines = [new Baseline { Date = PartialDate.Of(Day), Why = "Agreed" }] }));
        var version = (await ListAsync(store))[0].VersionId;

        var imported = await ImportAsync(store, "m.csv", $"key,record.version,title,baselines[1].why\nfirst,{version},The first,\n");

        imported.Value.Changed.ShouldBe(["first"]);
        var body = (Milestone)(await ListAsync(store))[0].Body;
        (body.Title, body.Summary, body.Baselines.Single().Date!.Text, body.Baselines.Single().Why).ShouldBe(("The first", "What it is", "12 May 2017", null));
    }

    [Fact]
    public async Task Import_DaysInNumbers_AreReadDayFirstAndSaidSoWhereTheyCouldBeReadTwoWays()
    {
        await using var store = await WithAsync();

        var trial = await ImportAsync(store, "m.csv", "title,record.from,baselines[1].date,baselines[2].date,baselines[3].date\nOne,1/2/2017,04/05/2017,04/04/2017,13/05/2017\n", trial: true);
        var refused = await ImportAsync(store, "m.csv", "title,baselines[1].date\nOne,05/13/2017\n", trial: true);

        trial.Value.DaysRead.Select(day => (day.Row, day.Column, day.Text, day.Read)).ShouldBe([(2, "record.from", "1/2/2017", "1 February 2017"), (2, "baselines[1].date", "04/05/2017", "4 May 2017")]);
        refused.Problems.Single().Field.ShouldBe("baselines[1].date");
        PartialDate.TryParse("04/05/2017 to 6.11.2017", out _).ShouldBeFalse();
        PartialDate.TryParse("04/05/2017 to 06/11/2017", out var range).ShouldBeTrue();
        range!.Text.ShouldBe("4 May 2017 to 6 November 2017");
    }

    [Fact]
    public async Task Import_SavedBySomebodyMeanwhile_IsRefused()
    {
        await using var store = await WithAsync(("first", new Milestone { Title = "First" }));
        var text = Encoding.UTF8.GetString((await ExportAsync(store, RegisterFormat.Csv)).Bytes);
        await SaveAsync(store, "first", new Milestone { Title = "Meanwhile" }, known: null);

        var refused = await ImportAsync(store, "m.csv", text.Replace("First", "Mine", StringComparison.Ordinal));

        (refused.Problems.Single().Row, refused.Problems.Single().Field).ShouldBe((2, "record.version"));
    }

    [Fact]
    public async Task Export_TextsThatLookLikeFormulas_NeverStartACellThatRuns()
    {
        await using var store = await WithAsync(("a", new Milestone { Title = "=1+1", Summary = "+44 20 7946 0000" }), ("b", new Milestone { Title = "@SUM(A1)", Summary = "-2+3" }), ("c", new Milestone { Title = "'quoted" }));

        var csv = Encoding.UTF8.GetString((await ExportAsync(store, RegisterFormat.Csv)).Bytes);
        using var book = SpreadsheetDocument.Open(new MemoryStream((await ExportAsync(store, RegisterFormat.Xlsx)).Bytes), isEditable: false);

        csv.Split(',', '\n').ShouldAllBe(cell => cell.Length == 0 || "=+@\t".IndexOf(cell[0]) < 0);
        csv.ShouldContain("'=1+1");
        csv.ShouldContain("'-2+3");
        csv.ShouldContain("''quoted");
        book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<CellFormula>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_AsWorkbook_IsValidAndTheSameBytesEachTime()
    {
        await using var store = await WithAsync(("awkward", Awkward));

        var (one, two) = (await ExportAsync(store, RegisterFormat.Xlsx, "A look"), await ExportAsync(store, RegisterFormat.Xlsx, "A look"));

        one.Bytes.ShouldBe(two.Bytes);
        using var book = SpreadsheetDocument.Open(new MemoryStream(one.Bytes), isEditable: false);
        new OpenXmlValidator().Validate(book).Select(error => error.Description).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WorkbookOfASpreadsheetProgram_ReadsSharedStringsDatesAndFlags()
    {
        await using var store = await WithAsync();
        var bytes = Workbook(
            [Text("title"), Text("baselines[1].date"), Text("baselines[2].date"), Text("completion.done"), Text("record.from"), Text("record.until")],
            [Shared(0), Styled("42867", 1), Styled("42826", 2), Styled("3", 0), Styled("42867", 1), Styled("43831", 1)]);

        var imported = await store.Get<RegisterFiles>().ImportAsync(Office, Kind(store), "m.xlsx", bytes, "As reported", trial: false, Cancel);

        imported.Problems.ShouldBeEmpty();
        var milestone = (Milestone)(await store.Get<IRecords>().View(null, new AsAt(new DateOnly(2019, 12, 31), store.Get<TimeProvider>().LondonToday())).FindAsync("milestone:" + imported.Value.Added[0], Cancel))!.Body;
        (milestone.Title, milestone.Baselines[0].Date!.Text, milestone.Baselines[1].Date!.Text, milestone.Completion!.Done).ShouldBe(("Shared title", "2017-05-12", "2017-04", 3));
    }

    [Fact]
    public async Task Import_WorkbookWithAFormula_IsRefusedByCell()
    {
        await using var store = await WithAsync();
        var bytes = Workbook([Text("title")], [new Cell { CellFormula = new CellFormula("1+1"), CellValue = new CellValue("2") }]);

        var refused = await store.Get<RegisterFiles>().ImportAsync(Office, Kind(store), "m.xlsx", bytes, "As reported", trial: false, Cancel);

        (refused.Problems.Single().Row, refused.Problems.Single().Field).ShouldBe((2, "A"));
    }

    [Fact]
    public async Task Import_BrokenOrSwollenFiles_AreRefusedAndNotRead()
    {
        await using var store = await WithAsync();
        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 80; i++)
            {
                part.Write(zeros);
            }
        }

        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("m.xlsx", bomb.ToArray()), ("m.xlsx", "PK\u0003\u0004 broken"u8.ToArray()), ("m.xlsx", []), ("m.csv", [0xff, 0xfe, 0x41]), ("m.csv", []), ("m.pdf", "%PDF-"u8.ToArray()),
        })
        {
            (await store.Get<RegisterFiles>().ImportAsync(Office, Kind(store), name, bytes, "A try", trial: false, Cancel)).Problems.Count.ShouldBe(1, name);
        }
    }

    [Fact]
    public async Task Export_OfRestrictedRecords_NeedsAReasonAndIsLogged()
    {
        await using var store = await WithAsync(("open", new Milestone { Title = "Open" }), ("secret", new Milestone { Title = "Secret", Handling = new Handling { Readers = ["organisation:mps"], Ground = "commercial sensitivity" } }));
        var view = store.Get<IRecords>().View(Office, store.Get<TimeProvider>().Now());

        var without = (await store.Get<RegisterFiles>().ExportAsync(view, Kind(store), RegisterFormat.Csv, null, Cancel)).Value;
        var with = (await store.Get<RegisterFiles>().ExportAsync(view, Kind(store), RegisterFormat.Csv, "For the audit", Cancel)).Value;
        var others = (await store.Get<RegisterFiles>().ExportAsync(store.Get<IRecords>().View(Reader, view.At), Kind(store), RegisterFormat.Csv, "Curious", Cancel)).Value;

        (without.Records, without.LeftOut).ShouldBe((1, 1));
        (with.Records, with.LeftOut).ShouldBe((2, 0));
        (others.Records, others.LeftOut).ShouldBe((1, 0));
        var secret = (await view.FindAsync("milestone:secret", Cancel))!;
        (await store.Get<IRestrictedAccess>().ListAsync(view, secret, Cancel)).Select(entry => (entry.Account, entry.Why)).ShouldBe([("office", "For the audit")]);
    }

    [Fact]
    public async Task Kinds_AllOfThem_GiveColumnsThatReadBack()
    {
        await using var store = await WithAsync();
        foreach (var kind in store.Get<IRecords>().Catalogue.Kinds)
        {
            var file = (await store.Get<RegisterFiles>().ExportAsync(store.Get<IRecords>().View(null, new AsAt(Day, Day)), kind, RegisterFormat.Csv, null, Cancel)).Value;

            (await store.Get<RegisterFiles>().ImportAsync(Office, kind, file.Name, file.Bytes, "Nothing in it", trial: true, Cancel)).Problems.ShouldBeEmpty(kind.Name);
        }
    }

    // As whoever carries a register to another store fills the column of versions.
    private static byte[] AsNew(byte[] csv) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", Encoding.UTF8.GetString(csv).Split("\r\n").Select(line => line.Split(',') is [var key, var version, ..] && long.TryParse(version, out _) ? $"{key},new,{line[(key.Length + version.Length + 2)..]}" : line)));

    private static async Task<byte[]> AsNewAsync(StoreFixture from)
    {
        var workbook = (await ExportAsync(from, RegisterFormat.Xlsx, "To carry it over")).Bytes;
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var book = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            foreach (var row in book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Skip(1))
            {
                row.ReplaceChild(new Cell { CellReference = row.Elements<Cell>().ElementAt(1).CellReference, DataType = CellValues.InlineString, InlineString = new InlineString(new Text("new")) }, row.Elements<Cell>().ElementAt(1));
            }
        }

        return stream.ToArray();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static RecordKind Kind(StoreFixture store) => store.Get<IRecords>().Catalogue.Get<Milestone>();

    private static string Written(StoredRecord record) => record.Kind.Write(record.Body);

    private static async Task<IReadOnlyList<StoredRecord>> ListAsync(StoreFixture store) =>
        await store.Get<IRecords>().View(null, store.Get<TimeProvider>().Now()).ListAsync(Kind(store), Cancel);

    private static async Task<StoreFixture> WithAsync(params (string Key, Milestone Body)[] milestones)
    {
        var store = await StoreFixture.CreateAsync();
        foreach (var (key, body) in milestones)
        {
            await SaveAsync(store, key, body, Day);
        }

        return store;
    }

    private static async Task SaveAsync(StoreFixture store, string key, Milestone body, DateOnly? known) =>
        (await store.Get<IRecords>().SaveAsync(Office, [new RecordChange("milestone", key, body, Day, Known: known)], "As reported", Cancel)).Problems.ShouldBeEmpty();

    private static async Task<RegisterFile> ExportAsync(StoreFixture store, RegisterFormat format, string? why = null) =>
        (await store.Get<RegisterFiles>().ExportAsync(store.Get<IRecords>().View(Office, store.Get<TimeProvider>().Now()), Kind(store), format, why, Cancel)).Value;

    private static Task<Pathfinder.Platform.Problems.Outcome<RegisterImport>> ImportAsync(StoreFixture store, RegisterFile file) =>
        store.Get<RegisterFiles>().ImportAsync(Office, Kind(store), file.Name, file.Bytes, "From a spreadsheet", trial: false, Cancel);

    private static Task<Pathfinder.Platform.Problems.Outcome<RegisterImport>> ImportAsync(StoreFixture store, string name, string text, bool trial = false) =>
        store.Get<RegisterFiles>().ImportAsync(Office, Kind(store), name, Encoding.UTF8.GetBytes(text), "From a spreadsheet", trial, Cancel);

    private static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };

    private static Cell Shared(int index) => new() { DataType = CellValues.SharedString, CellValue = new CellValue(index) };

    private static Cell Styled(string value, uint style) => new() { CellValue = new CellValue(value), StyleIndex = style };

    // As spreadsheet programs write it: shared strings, styles by number, dates as days since 1900.
    private static byte[] Workbook(params Cell[][] rows)
    {
        using var stream = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = book.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(rows.Select(row => new Row(row))));
            workbook.AddNewPart<SharedStringTablePart>().SharedStringTable = new SharedStringTable(new SharedStringItem(new Text("Shared title")));
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(new CellFormat { NumberFormatId = 0 }, new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 17 }));
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "Sheet1" }));
        }

        return stream.ToArray();
    }
}
