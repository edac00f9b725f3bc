using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>Each series regenerates its source document from the records: every fact of the checklist stands in the report, and follows the records.</summary>
public sealed class ShippedSeriesTests
{
    /// <summary>Series, the date of its source document, and the documents whose facts it carries.</summary>
    public static TheoryData<string, string, string> Series { get; } = new()
    {
        { "highlight-report", "2017-05-12", "s0" },
        { "performance-briefing", "2017-09-30", "s1" },
        { "decision-paper", "2016-10-05", "s2" },
        { "member-briefing", "2018-02-28", "s3" },
        { "portfolio-progress-report", "2010-02-28", "s4" },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public async Task Report_OnTheDateOfItsSource_CarriesEveryFactOfTheChecklist(string series, string date, string document)
    {
        var store = await LondonProgramme.SharedAsync();
        var report = await BuildAsync(store, series, date);
        var view = store.Get<IRecords>().View(null, new AsAt(DateOnly.Parse(date), DateOnly.Parse(date)));
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var record in await view.ListAsync(kind, TestContext.Current.CancellationToken))
            {
                titles[record.Reference] = record.Body.Title;
            }
        }

        var pack = (await store.Get<IForces>().FindCurrentAsync(TestContext.Current.CancellationToken))!;
        string? Area(string code) => pack.Boroughs.FirstOrDefault(one => one.Code == code)?.Name ?? pack.CommandUnits.FirstOrDefault(one => one.Code == code)?.Name ?? (code == "MPS" ? "Whole force" : null);
        var texts = report.Texts.Where(text => text.Reference is not null).ToLookup(text => text.Reference!, StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var fact in CheckedFact.All().Where(fact => fact.Document.StartsWith(document, StringComparison.Ordinal)))
        {
            var kind = view.Catalogue.Find(fact.Kind)!;
            var words = fact.Words(kind, reference => titles.GetValueOrDefault(reference), Area);
            if (words is null)
            {
                continue;
            }

            var said = texts[fact.Reference].Where(text => text.Path is { } path && (fact.Path == path || fact.Path.StartsWith(path + ".", StringComparison.Ordinal) || fact.Path.StartsWith(path + "[", StringComparison.Ordinal))).ToList();
            // The area and the period of a value in a table are its column and its row.
            var found = said.Exists(text => text.Words.Contains(words, StringComparison.OrdinalIgnoreCase))
                || (fact.Kind == "observation" && fact.Path is "area" or "areas[0]" or "period" or "measure" or "title" && Placed(report, fact.Reference, words))
                || (fact.Path == "title" && texts[fact.Reference].Any(text => text.Words.Contains(words, StringComparison.Ordinal)));
            if (!found)
            {
                missing.Add($"{fact.Id} {fact.Reference} {fact.Path}: \"{words}\"{(said.Count > 0 ? $", but \"{said[0].Words}\"" : "")}");
            }
        }

        missing.ShouldBeEmpty($"{missing.Count} facts:{Environment.NewLine}{string.Join(Environment.NewLine, missing.Take(60))}");
    }

    private static bool Placed(ReportDocument report, string reference, string words)
    {
        foreach (var table in report.Tables)
        {
            foreach (var row in table.Rows)
            {
                var column = row.ToList().FindIndex(cell => cell.Any(text => text.Reference == reference && text.Path == "value"));
                if (column > 0)
                {
                    return row[0].Any(text => text.Words == words) || table.Columns[column].Heading.Contains(words, StringComparison.Ordinal) || table.Title == words;
                }
            }
        }

        return false;
    }

    internal static async Task<ReportDocument> BuildAsync(StoreFixture store, string series, string date, DateTimeOffset? recorded = null) =>
        (await store.Get<ReportBuilder>().BuildAsync(null, series, new AsAt(DateOnly.Parse(date), DateOnly.Parse(date), recorded), cancellation: TestContext.Current.CancellationToken)).Value;
}
