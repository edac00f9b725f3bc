using System.Globalization;
using System.Text;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Performance;

public sealed class ResponseMeasuresTests
{
    private static readonly Dictionary<string, double> Charter = new(StringComparer.Ordinal) { ["I"] = 15, ["S"] = 60 };

    [Fact]
    public void Compute_OfAMonth_CountsNeverAttendedAsLateAndLeavesItOutOfTimes()
    {
        var incidents = new[] { (5.0, "E1"), (15, "E1"), (16, "E1"), (double.NaN, "E1"), (10, "E2") }
            .Select(one => new ResponseIncident("I", new DateTime(2017, 3, 2, 23, 59, 0), double.IsNaN(one.Item1) ? null : one.Item1, one.Item2))
            .Append(new ResponseIncident("R", new DateTime(2017, 3, 2), 1, "E1")).Append(new ResponseIncident("I", new DateTime(2017, 4, 1), 1, "E1"));
        var values = ResponseMeasures.Compute(incidents, new Dictionary<string, string> { ["E1"] = "XX", ["E2"] = "XX" }, Charter, month => month.Month == 3);

        values["i-in-target"].Select(row => (row.Area, row.Period.Text, row.Value, row.Numerator, row.Denominator)).ShouldBe(
            [("E1", "2017-03", 50, 2, 4), ("E2", "2017-03", 100, 1, 1), ("MPS", "2017-03", 60, 3, 5), ("XX", "2017-03", 60, 3, 5)]);
        values["i-median-time"].Select(row => row.Value).ShouldBe([15, 10, 12.5m, 12.5m]);
        values["i-p90-time"].Single(row => row.Area == "E1").Value.ShouldBe(15.8m);
        values["i-mean-time"].Single(row => row.Area == "E1").Value.ShouldBe(12);
        values["i-incidents"].Single(row => row.Area == "XX").Value.ShouldBe(5);
        values["s-in-target"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Compute_OfAnImportedLog_RecordsWholeMonthsByBoroughUnitAndForce()
    {
        await using var store = await StoreFixture.CreateAsync();
        var start = new ChangeContext("system", "pathfinder", "the tests' force");
        (await store.Get<ForceImport>().ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), start)).Problems.ShouldBeEmpty();
        var log = new StringBuilder("id,created,grade,area,arrived\n");
        var id = 0;
        foreach (var (month, minutes) in new[] { (2, 10), (3, 20), (4, 5) })
        {
            for (var day = month == 4 ? 2 : 1; day <= (month == 2 ? 28 : 31) && !(month == 4 && day > 12); day++)
            {
                var at = new DateTime(2017, month, day, 12, 0, 0);
                log.Append(CultureInfo.InvariantCulture, $"{++id},{at:yyyy-MM-dd HH:mm:ss},I,{(day % 2 == 0 ? "HB01" : "HB02")},{at.AddMinutes(minutes):yyyy-MM-dd HH:mm:ss}\n");
            }
        }

        const string mapping = """
            log: calls
            title: Calls of Harbour
            time:
              zone: Europe/London
              formats: [yyyy-MM-dd HH:mm:ss]
            columns:
              id: id
              created: [created]
              grade: grade
              area: area
              arrived: arrived
            grades:
              I: I
            """;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(log.ToString()));
        (await store.Get<IncidentImport>().ImportAsync(content, "calls.csv", new MappingFile("map.yaml", Encoding.UTF8.GetBytes(mapping)), new ImportOptions(), start)).Problems.ShouldBeEmpty();

        var done = (await store.Get<ILogMeasures>().ComputeAsync(ProgrammeStore.Office, "calls", "the log", cancellation: TestContext.Current.CancellationToken)).Value;
        done.Months.ShouldBe(["2017-02", "2017-03"]);
        done.Created.ShouldBe(["i-in-target", "i-median-time", "i-mean-time", "i-p90-time", "i-incidents"]);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var series = await store.Get<IMeasuredSeries>().SeriesOfAsync(store.Get<IRecords>().View(null, new AsAt(today, today)), "i-in-target", TestContext.Current.CancellationToken);
        series.Select(one => one.Area.Code).ShouldBe(["MPS", "NB", "HB02", "HB01"]);
        series[0].Points.Select(point => (point.Label, point.Value, point.Denominator)).ShouldBe([("Feb 2017", 100, 28), ("Mar 2017", 0, 31)]);

        (await store.Get<ILogMeasures>().ComputeAsync(ProgrammeStore.Office, "no-such", " ", cancellation: TestContext.Current.CancellationToken)).Problems.Select(problem => problem.Field).ShouldBe(["why", "log"]);
    }
}
