using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Tests.Programme;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>Values that came in a table stand in reports like those that were recorded one by one.</summary>
public sealed class ImportedTableTests
{
    [Fact]
    public async Task Briefing_AfterAMonthOfOneAreaWasImported_ShowsItsValueWithItsSet()
    {
        await using var london = await LondonProgramme.CopyAsync();
        var import = london.Get<IObservationImport>();
        const string table = "month,East\n2016-06,77\n";
        var mapping = import.Guess(table, "june.csv", "i-in-target").Value with { Known = new DateOnly(2017, 9, 20) };
        var set = (await import.ImportAsync(ProgrammeStore.Office, mapping, table, "june.csv", "June, sent late", trial: false, TestContext.Current.CancellationToken)).Value.Saved;

        var report = await ShippedSeriesTests.BuildAsync(london, "performance-briefing", "2017-09-30");

        var row = report.Tables.SelectMany(one => one.Rows).Single(one => one.Any(cell => cell.Any(text => text.Reference == $"observation-set:{set}" && text.Path == "value")));
        row[0].Single().Words.ShouldBe("2016-06");
        row.SelectMany(cell => cell).Single(text => text.Path == "value").Words.ShouldBe("77%");
    }
}
