using System.Collections;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>
/// The annex: everything that became known in the period and does not stand in the report already, record by record, with where it says
/// so. Of a record that changed within the period each state is told.
/// </summary>
internal sealed class ReportAnnex(IHistory history)
{
    private const string Heading = "Annex: what else became known in this period";

    // Longer lists are registers of their own and are counted here.
    private const int LongestList = 60;

    private static readonly HashSet<string> NotFacts = new(StringComparer.Ordinal) { "handling", "sources", "content", "original", "originalName" };

    /// <summary>Kinds in which the product keeps its own business, no fact of a programme; and plans of evaluations, which a section tells whole.</summary>
    private static readonly HashSet<string> NotKinds = new(StringComparer.Ordinal) { "report-series", "edition", "round", "round-line", "rating-rule", "chart-segment", "evaluation-plan" };

    public async Task WriteAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var view = writer.View;
        var versions = new List<StoredRecord>();
        foreach (var kind in view.Catalogue.Kinds.Where(kind => !NotKinds.Contains(kind.Name)))
        {
            versions.AddRange((await kind.VersionsAsync(history, keys: null, cancellation)).Where(version =>
                version.Stated is { } body && version.Known > writer.Since && version.Known <= view.At.Known && version.Effective.From <= view.At.Effective
                && (view.At.Recorded is not { } recorded || version.Recorded <= recorded) && Handlings.MayRead(view.Reader, body.Handling)));
        }

        var taken = Take(writer.Scope, versions);
        var rows = new List<IReadOnlyList<IReadOnlyList<ReportText>>>();
        foreach (var kind in view.Catalogue.Kinds)
        {
            foreach (var record in taken.Where(one => one.Kind == kind).GroupBy(one => one.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                // What holds at the end first; an earlier state of the period adds what it said otherwise.
                var told = new HashSet<(string, string)>();
                foreach (var version in record.OrderByDescending(one => one.Known).ThenByDescending(one => one.VersionId))
                {
                    var said = Said(writer, version).Where(one => told.Add((one.Fact.Path!, one.Fact.Words))).ToList();
                    if (said.Count > 0)
                    {
                        rows.Add(
                        [
                            [$"{char.ToUpperInvariant(kind.One[0])}{kind.One[1..]}", new(version.Body.Title, version.Reference, "title")],
                            [.. said.Select((one, i) => i > 0 && said[i - 1].Label == one.Label ? one.Fact : one.Fact with { Words = one.Label + one.Fact.Words })],
                            [.. version.Known == view.At.Known ? Array.Empty<ReportText>() : [Programme.Schedule.Numbers.Day(version.Known)], .. writer.Cite(version.Body.Sources) is { Length: > 0 } places ? [new ReportText(places, version.Reference, "sources")] : Array.Empty<ReportText>()],
                        ]);
                    }
                }
            }
        }

        if (rows.Count > 0)
        {
            writer.Add(new HeadingBlock(2, Heading));
            writer.Add(new ParagraphBlock($"What became known from {Programme.Schedule.Numbers.Day(writer.Since.AddDays(1))} to {Programme.Schedule.Numbers.Day(view.At.Known)} and does not stand above; known on the last day where no other is given."));
            writer.Add(new TableBlock(writer.Id("annex"), Heading, [new("Record", Share: 4), new("What is recorded", Share: 10), new("Where it says so", Share: 3)], rows, Dense: true));
        }
    }

    private static List<(string Label, ReportText Fact)> Said(ReportWriter writer, StoredRecord version)
    {
        var said = new List<(string, ReportText)>();
        foreach (var field in version.Kind.Fields.Where(field => !NotFacts.Contains(field.Name) && !field.Mark.IsQuery && field.Name != "title"))
        {
            if (field.Of(version.Body) is ICollection { Count: > LongestList } list)
            {
                said.Add(("", new ReportText(FieldWords.Number(list.Count, FactWords.Lower(field.Mark.Label)), version.Reference, field.Name)));
                continue;
            }

            // A row is told field by field, as some of them may stand above.
            if (field.Shape == FieldShape.Row && field.Of(version.Body) is not null)
            {
                said.AddRange(field.Fields.Where(part => !part.Mark.IsQuery && !(part.Shape == FieldShape.YesNo && part.Of(field.Of(version.Body)!) is false))
                    .SelectMany(part => writer.Words.Of(version, $"{field.Name}.{part.Name}").Where(text => !writer.IsShown(text)).Select(text => ($"{field.Mark.Label}, {FactWords.Lower(part.Mark.Label)}: ", text))));
                continue;
            }

            var facts = writer.Words.Of(version, field);
            // A plain "no" or "one" that nobody stated is the absence of a fact.
            if (field.Shape == FieldShape.YesNo && field.Of(version.Body) is false)
            {
                continue;
            }

            said.AddRange(facts.Where(text => !writer.IsShown(text)).Select(text => ($"{field.Mark.Label}: ", text)));
        }

        // A title that stands nowhere above is told by the row itself.
        return said.Count == 0 && !writer.IsShown(new ReportText(version.Body.Title, version.Reference, "title")) ? [("", new ReportText(version.Body.Title, version.Reference, "title"))] : said;
    }

    /// <summary>The versions that the series is about, and those that they refer to.</summary>
    private static List<StoredRecord> Take(ReportScope scope, List<StoredRecord> versions)
    {
        var byReference = versions.ToLookup(version => version.Reference, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(versions.Where(version => scope.Contains(version) && version.Body is not ObservationSet).Select(version => version.Reference));
        while (open.TryDequeue(out var reference))
        {
            if (taken.Add(reference))
            {
                foreach (var next in byReference[reference].SelectMany(version => References(version.Kind.Fields, version.Body)).Where(next => byReference.Contains(next)))
                {
                    open.Enqueue(next);
                }
            }
        }

        return versions.Where(version => taken.Contains(version.Reference)).ToList();
    }

    private static IEnumerable<string> References(IReadOnlyList<RecordField> fields, object holder)
    {
        foreach (var field in fields)
        {
            var held = field.Of(holder);
            var kind = field.Mark.RefersTo;
            var found = (field.Shape, held) switch
            {
                (_, null) => [],
                (FieldShape.Row, _) => References(field.Fields, held),
                (FieldShape.Rows, IEnumerable rows) => rows.Cast<object>().SelectMany(row => References(field.Fields, row)),
                (FieldShape.Words, IEnumerable<string> words) when kind is not null => words.Select(word => kind == "*" ? word : $"{kind}:{word}"),
                (FieldShape.Text, string { Length: > 0 } text) when kind is not null => [kind == "*" ? text : $"{kind}:{text}"],
                _ => [],
            };
            foreach (var reference in found)
            {
                yield return reference;
            }
        }
    }
}
