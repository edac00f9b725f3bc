using System.Text.Json;
using System.Text.Json.Nodes;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Testing;

namespace Pathfinder.Platform.Tests.Reports;

/// <summary>No template holds an answer: a fact that is changed in the store is changed in the report.</summary>
public sealed class ChangedFactsTests
{
    [Fact]
    public async Task Report_AfterFactsOfEveryKindChanged_SaysWhatTheyNowSay()
    {
        await using var store = await LondonProgramme.CopyAsync();
        var records = store.Get<IRecords>();
        var changes = new List<ProgrammeFileRecord>();
        var expected = new List<(string Series, string Date, string Marker, CheckedFact Fact)>();
        foreach (var (series, date, document) in ShippedSeriesTests.Series.Select(row => row.Data))
        {
            var day = DateOnly.Parse(date);
            var view = records.View(null, new AsAt(day, day));
            // One text of each kind, so that each way of telling it is tried.
            foreach (var fact in CheckedFact.All().Where(fact => fact.Document.StartsWith(document, StringComparison.Ordinal) && IsPlainText(fact, records.Catalogue.Find(fact.Kind)!)).DistinctBy(fact => fact.Kind))
            {
                if (await view.FindAsync(fact.Reference, TestContext.Current.CancellationToken) is not { } found || changes.Exists(change => change.Kind == found.Kind && change.Key == found.Key))
                {
                    continue;
                }

                var marker = $"Changed fact {fact.Id}";
                var body = JsonNode.Parse(found.Kind.Write(found.Body))!;
                if (Replace(body, fact, marker))
                {
                    changes.Add(new ProgrammeFileRecord(found.Kind, found.Key, found.Kind.Read(body.ToJsonString()), found.Effective.From, found.Effective.Until, found.Known, "a test changes it", changes.Count + 1));
                    expected.Add((series, date, marker, fact));
                }
            }
        }

        expected.Count.ShouldBeGreaterThan(40);
        (await store.Get<IProgrammeExchange>().ImportAsync(null, new ChangeContext("test", "force", "a test changes facts"), [new ProgrammeFile("test", null, changes)])).Problems.ShouldBeEmpty();

        var missing = new List<string>();
        foreach (var edition in expected.GroupBy(one => (one.Series, one.Date)))
        {
            var report = await ShippedSeriesTests.BuildAsync(store, edition.Key.Series, edition.Key.Date);
            var said = report.Texts.Select(text => text.Words).ToList();
            missing.AddRange(edition.Where(one => !said.Exists(words => words.Contains(one.Marker, StringComparison.Ordinal))).Select(one => $"{one.Series}: {one.Fact.Reference} {one.Fact.Path}"));
        }

        missing.ShouldBeEmpty();
    }

    private static bool IsPlainText(CheckedFact fact, RecordKind kind) =>
        fact.Path is not ("series" or "function") && fact.Field(kind) is { Shape: FieldShape.Text or FieldShape.Words } field && field.Mark is { RefersTo: null, IsArea: false, IsQuery: false } && field.Name is not ("area" or "rating" or "code" or "unit" or "lines")
        && (field.Shape == FieldShape.Text || fact.Path.EndsWith(']'));

    private static bool Replace(JsonNode body, CheckedFact fact, string marker)
    {
        var steps = fact.Path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        JsonNode? at = body;
        foreach (var step in steps[..^1])
        {
            at = at is JsonArray list ? list[int.Parse(step)] : at?[step];
        }

        switch (at)
        {
            case JsonArray list when int.TryParse(steps[^1], out var index) && list[index]?.GetValueKind() == JsonValueKind.String:
                list[index] = marker;
                return true;
            case JsonObject holder when holder[steps[^1]]?.GetValueKind() == JsonValueKind.String:
                holder[steps[^1]] = marker;
                return true;
            default:
                return false;
        }
    }
}
