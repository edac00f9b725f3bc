using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Promises: whether each is kept, since when, and what shows it.</summary>
internal sealed class CommitmentReading(PromiseCheck promises) : IRecordReading
{
    private static readonly string[] Headings = ["Verdict", "Since", "What shows it, or why it cannot be tested"];

    public string Kind => "commitment";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var verdicts = new List<PromiseVerdict>();
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        foreach (var record in records.OfType<StoredRecord<Commitment>>())
        {
            var verdict = await promises.CheckAsync(view, record, cancellation);
            verdicts.Add(verdict);
            var since = await promises.SinceAsync(view, verdict, cancellation);
            cells[record.Key] = [verdict.Verdict.Said(), since.Words(), verdict.Short()];
        }

        return new(PromiseReports.Headline(verdicts), Headings, cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var verdict = await promises.CheckAsync(view, (StoredRecord<Commitment>)record, cancellation);
        var since = await promises.SinceAsync(view, verdict, cancellation);
        var bands = await promises.BandsAsync(view, verdict.Promise, cancellation);
        List<ReadingPart> parts = [];
        if (verdict.Evidence.Count > 0)
        {
            parts.Add(EvidenceTables.Of(verdict.Evidence) with { Finding = since.Doubt() });
        }

        if (record.Body is Commitment { PartOf: { Length: > 0 } whole })
        {
            var rows = new List<IReadOnlyList<Said>>();
            foreach (var part in (await view.ListAsync<Commitment>(cancellation)).Where(one => one.Body.PartOf == whole))
            {
                var checkedPart = await promises.CheckAsync(view, part, cancellation);
                rows.Add([new Said(part.Body.Title, Reference: part.Reference), checkedPart.Verdict.Said(), (await promises.SinceAsync(view, checkedPart, cancellation)).Words()]);
            }

            parts.Add(new("parts", whole, "Each part is kept or broken by itself.", ["Part", "Verdict", "Since"], rows));
        }

        if (bands.Count > 0)
        {
            parts.Add(new(
                "over-time", "What would have been said, with the knowledge of each day", null, ["As known on", "From", "Until", "Verdict"],
                bands.SelectMany(band => band.Spans.Select(span => (IReadOnlyList<Said>)
                [
                    Numbers.Day(band.Known), Numbers.Day(span.From), span.Until is { } until ? Numbers.Day(until.AddDays(-1)) : "open",
                    span.Verdict is { } said ? said.Said() : new Said("not on record", Standing.Missing),
                ])).ToList()));
        }

        return new(Sentence(verdict, since), parts);
    }

    /// <summary>The verdict on one promise, a sentence; what is not sure about its day stands with the evidence.</summary>
    internal static string Sentence(PromiseVerdict verdict, VerdictSince since) => verdict.Verdict switch
    {
        Verdict.Kept => $"Kept since {since.Words()}",
        Verdict.Broken => verdict.BrokenWords(since),
        _ => $"Not testable: {(verdict.Why.Count > 0 ? verdict.Why[0] : "no rule says when it is kept")}",
    };
}

/// <summary>Evidence of a query as a table.</summary>
internal static class EvidenceTables
{
    /// <summary>One row a term: what it is, its value, since when that is known, and where the source says so.</summary>
    public static ReadingPart Of(IReadOnlyList<QueryTerm> evidence) => new(
        "evidence", "What the verdict rests on", null, ["Term", "Value", "Known on", "Where it says so"],
        evidence.Select(term => (IReadOnlyList<Said>)
        [
            new Said(term.Words, Reference: term.Reference),
            term.Value is { } value ? value : new Said("not recorded", Standing.Missing),
            term.Known is { } known ? Numbers.Day(known) : new Said("", Standing.Missing),
            term.Sources.Count > 0 ? new Said(string.Join("; ", term.Sources.Select(Place)), Reference: $"document:{term.Sources[0].Document}", Page: Passage(term.Sources[0])) : new Said("", Standing.Missing),
        ]).ToList());

    // The text of a document opens whatever day a page shows; its record, which holds from the day it is dated, would not.
    private static string Passage(Locator source) =>
        $"/documents/{Uri.EscapeDataString(source.Document)}/text{(source.Lines is { Length: > 0 } lines ? $"?lines={Uri.EscapeDataString(lines)}#L{lines.Split('-')[0].Trim()}" : "")}";

    /// <summary>A place in a document, in words.</summary>
    public static string Place(Locator source) => string.Join(
        ", ", new[] { source.Document, source.Section, source.Paragraph, source.Lines is { } lines ? $"line{(lines.Contains('-', StringComparison.Ordinal) ? "s" : "")} {lines}" : null }.Where(part => !string.IsNullOrEmpty(part)));
}
