using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>Statements: supported or contradicted by what is recorded, and what else says otherwise, seen from both sides.</summary>
internal sealed class StatementReading(IQueries queries) : IRecordReading
{
    private static readonly string[] Headings = ["Verdict", "What shows it, or why it cannot be tested", "Says otherwise"];

    public string Kind => "statement";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Statement>>().ToList();
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        var (supported, contradicted) = (0, 0);
        foreach (var one in all)
        {
            var answer = await TestAsync(view, one.Body, cancellation);
            supported += answer.Truth == Truth.True ? 1 : 0;
            contradicted += answer.Truth == Truth.False ? 1 : 0;
            var against = await AgainstAsync(view, one, cancellation);
            cells[one.Key] =
            [
                Verdict(answer.Truth), Why(answer),
                against.Count == 0 ? new Said("nothing recorded") : new Said(string.Join("; ", against.Select(other => other.Text)), Reference: against[0].Reference),
            ];
        }

        return new(Headline(all.Count, supported, contradicted), Headings, cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var statement = (StoredRecord<Statement>)record;
        var answer = await TestAsync(view, statement.Body, cancellation);
        var against = await AgainstAsync(view, statement, cancellation);
        List<ReadingPart> parts = [];
        if (answer.Evidence.Count > 0)
        {
            parts.Add(EvidenceTables.Of(answer.Evidence));
        }

        if (against.Count > 0)
        {
            parts.Add(new("says-otherwise", "What says otherwise", null, ["Record"], [.. against.Select(other => (IReadOnlyList<Said>)[other])]));
        }

        return new(
            answer.Truth switch
            {
                Truth.True => "Supported by what is recorded",
                Truth.False => "Contradicted by what is recorded",
                _ => $"Not testable: {(answer.Why.Count > 0 ? answer.Why[0] : "no query tests it")}",
            },
            parts);
    }

    private async Task<QueryAnswer> TestAsync(RecordView view, Statement statement, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(statement.Query)
            ? new QueryAnswer(Truth.Undecided, null, [statement.NotTestable ?? "No query tests it"], [])
            : await queries.EvaluateAsync(view, statement.Query, cancellation);

    private static Said Verdict(Truth truth) => truth switch
    {
        Truth.True => new Said("supported", Standing.Good),
        Truth.False => new Said("contradicted", Standing.Bad),
        _ => new Said("not testable", Standing.Missing),
    };

    private static Said Why(QueryAnswer answer) => answer.Truth == Truth.Undecided
        ? PromiseReports.Shorten(answer.Why)
        : string.Join("; ", answer.Evidence.Where(term => term.Value is not null).Take(4).Select(term => $"{term.Words}: {term.Value}"));

    // What this says is contradicted, and what says that it contradicts this.
    private static async Task<IReadOnlyList<Said>> AgainstAsync(RecordView view, StoredRecord<Statement> statement, CancellationToken cancellation)
    {
        var against = new SortedDictionary<string, Said>(StringComparer.Ordinal);
        foreach (var reference in statement.Body.Contradicts)
        {
            if (await view.FindAsync(reference, cancellation) is { } other)
            {
                against[other.Reference] = new Said(other.Body.Title, Reference: other.Reference);
            }
        }

        foreach (var other in await view.ListAsync<Statement>(cancellation))
        {
            if (other.Body.Contradicts.Contains(statement.Reference, StringComparer.Ordinal))
            {
                against[other.Reference] = new Said(other.Body.Title, Reference: other.Reference);
            }
        }

        return [.. against.Values];
    }

    private static string Headline(int all, int supported, int contradicted)
    {
        if (all == 0)
        {
            return "No statement is on record";
        }

        var open = all - supported - contradicted;
        var first = contradicted > 0
            ? $"{Numbers.InWords(contradicted, capital: true)} of {Numbers.Counted(all, "statement", "statements")} {(contradicted == 1 ? "is" : "are")} contradicted by what is recorded, {Numbers.InWords(supported)} {(supported == 1 ? "is" : "are")} supported"
            : supported > 0 ? $"{Numbers.InWords(supported, capital: true)} of {Numbers.Counted(all, "statement", "statements")} {(supported == 1 ? "is" : "are")} supported by what is recorded, none is contradicted"
            : $"None of {Numbers.Counted(all, "statement", "statements")} is supported or contradicted by what is recorded";
        return open == 0 ? first : $"{first}; {Numbers.InWords(open)} cannot be tested";
    }
}
