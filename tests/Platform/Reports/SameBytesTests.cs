using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Platform.Storage;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>The same three dates give the same bytes, whatever happens to the store, the machine or its settings.</summary>
public sealed class SameBytesTests
{
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Formats = ["html", "docx", "csv", "json"];

    /// <summary>Every series that comes with London, each on a day on which it has something to say.</summary>
    private static readonly (string Series, string Date)[] All = [.. ShippedSeriesTests.Series.Select(row => (row.Data.Item1, row.Data.Item2)), ("evaluation-report", "2018-03-31")];

    [Fact]
    public async Task Reports_AfterLaterEditsAndARestart_AreTheSameBytesAsBefore()
    {
        await using var store = await LondonProgramme.CopyAsync();
        var recorded = await store.History.LatestRecordedAsync(TestContext.Current.CancellationToken);
        var builder = store.Get<ReportBuilder>();
        var before = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (series, date) in All)
        {
            before[series] = await BytesAsync(builder, series, date, recorded);
        }

        // Something that each of them says.
        foreach (var (kind, key) in (ValueTuple<string, string>[])[("milestone", "evaluation-complete"), ("pilot", "pathfinder-east"), ("decision", "slp-tranche-1"), ("wave", "wave-2018-06"), ("work", "met-streets"), ("measure", "i-in-target")])
        {
            await RenameAsync(store, kind, key, "Said otherwise");
        }

        await using var restarted = store.Another();
        var again = (ReportBuilder)restarted.GetService(typeof(ReportBuilder))!;
        foreach (var (series, date) in All)
        {
            (await BytesAsync(builder, series, date, recorded)).ShouldBe(before[series], series);
            (await BytesAsync(again, series, date, recorded)).ShouldBe(before[series], series);
            (await BytesAsync(builder, series, date, null)).ShouldNotBe(before[series], $"{series} says what was edited");
        }
    }

    [Theory]
    [ClassData(typeof(StoreKinds))]
    public async Task Reports_OnAnyStoreInAnotherTimeZoneAndCulture_AreTheSameBytes(StoreKind kind)
    {
        var expected = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var shared = (await LondonProgramme.SharedAsync()).Get<ReportBuilder>();
        foreach (var (series, date) in All)
        {
            expected[series] = await BytesAsync(shared, series, date, Later);
        }

        await using var store = kind == StoreKind.Sqlite ? await LondonProgramme.CopyAsync() : await StoreFixture.CreateAsync(kind);
        if (kind != StoreKind.Sqlite)
        {
            await LondonProgramme.LoadAsync(store);
        }

        var (culture, zone) = (CultureInfo.CurrentCulture, Environment.GetEnvironmentVariable("TZ"));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Environment.SetEnvironmentVariable("TZ", "Pacific/Kiritimati");
            TimeZoneInfo.ClearCachedData();
            foreach (var (series, date) in All)
            {
                var found = await BytesAsync(store.Get<ReportBuilder>(), series, date, Later);
                var first = Enumerable.Range(0, Math.Min(found.Length, expected[series].Length)).FirstOrDefault(i => found[i] != expected[series][i], -1);
                first.ShouldBe(-1, first < 0 ? "" : $"{series}: {Around(expected[series], first)} became {Around(found, first)}");
                found.ShouldBe(expected[series]);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    [Theory]
    [MemberData(nameof(ShippedSeriesTests.Series), MemberType = typeof(ShippedSeriesTests))]
    public async Task Report_AsDocxAndCsvAndJson_IsValidAndComesBackWhole(string series, string date, string document)
    {
        var report = await ShippedSeriesTests.BuildAsync(await LondonProgramme.SharedAsync(), series, date);

        using var docx = WordprocessingDocument.Open(new MemoryStream(ReportFiles.Write(report, "docx").Value.Bytes), isEditable: false);
        new OpenXmlValidator().Validate(docx).Select(fault => $"{fault.Path?.XPath}: {fault.Description}").ShouldBeEmpty();
        report.Tables.Count.ShouldBeGreaterThan(3, document);
        report.Tables.Select(table => table.Id).ShouldBeUnique();
        foreach (var table in report.Tables)
        {
            table.Rows.ShouldAllBe(row => row.Count == table.Columns.Count, table.Id);
            ReportFiles.Write(report, "csv", table.Id).Succeeded.ShouldBeTrue();
        }

        var json = ReportFiles.Write(report, "json").Value.Bytes;
        ReportFiles.Write(ReportFiles.Read(json), "json").Value.Bytes.ShouldBe(json);
        ReportFiles.Write(ReportFiles.Read(json), "html").Value.Bytes.ShouldBe(ReportFiles.Write(report, "html").Value.Bytes);
        ReportFiles.Write(report, "csv", "no-such-table").Problems.Single().Accepted!.ShouldContain(report.Tables[0].Id);
        ReportFiles.Write(report, "pdf").Problems.Single().Accepted.ShouldBe(ReportFiles.Formats);
    }

    internal static async Task RenameAsync(StoreFixture store, string kind, string key, string title)
    {
        var records = store.Get<IRecords>();
        var found = (await records.View(null, new AsAt(new(2018, 2, 28), new(2018, 2, 28))).FindAsync($"{kind}:{key}"))!;
        var body = found.Body with { Title = title };
        var file = new ProgrammeFile("test", null, [new ProgrammeFileRecord(found.Kind, key, body, found.Effective.From, found.Effective.Until, found.Known, "a test says so", 1)]);
        (await store.Get<IProgrammeExchange>().ImportAsync(null, new ChangeContext("test", "force", "a test says so"), [file])).Problems.ShouldBeEmpty();
    }

    private static string Around(byte[] bytes, int at) => System.Text.Encoding.UTF8.GetString(bytes[Math.Max(0, at - 60)..Math.Min(bytes.Length, at + 60)]);

    private static async Task<byte[]> BytesAsync(ReportBuilder builder, string series, string date, DateTimeOffset? recorded)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var report = (await builder.BuildAsync(null, series, new AsAt(day, day, recorded), cancellation: TestContext.Current.CancellationToken)).Value;
        return [.. Formats.SelectMany(format => ReportFiles.Write(report, format).Value.Bytes)];
    }
}
