using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>
/// Expectations: nobody promised them, so that none is kept or broken; by the same language of rules each is met, not met, or not
/// testable, with who owes the evidence.
/// </summary>
internal sealed class ExpectationReading(IQueries queries) : IRecordReading
{
    private static readonly string[] Headings = ["Met?", "What shows it, or who owes the evidence", "Would be shown by"];

    public string Kind => "expectation";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Expectation>>().ToList();
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        var truths = new List<Truth>();
        foreach (var one in all)
        {
            var answer = await AnswerAsync(view, one.Body, cancellation);
            truths.Add(answer.Truth);
            cells[one.Key] = [Met(answer.Truth), new Said(PromiseReports.Shorten(Why(answer)), answer.Truth == Truth.Undecided ? Standing.Missing : Standing.Plain), await MeasureAsync(view, one.Body, cancellation)];
        }

        return new(Headline(truths), Headings, cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var expectation = (Expectation)record.Body;
        var answer = await AnswerAsync(view, expectation, cancellation);
        List<ReadingPart> parts =
        [
            new("met", "Whether it is met", "An expectation is no promise: nobody is held to have broken it.", ["What", "Result"],
            [
                [new Said("Met?"), Met(answer.Truth)],
                .. Why(answer).Select(why => (IReadOnlyList<Said>)[new Said(answer.Truth == Truth.Undecided ? "Evidence that is owed" : "What shows it"), new Said(why, answer.Truth == Truth.Undecided ? Standing.Missing : Standing.Plain)]),
                [new Said("Would be shown by"), await MeasureAsync(view, expectation, cancellation)],
            ]),
        ];
        if (answer.Evidence.Count > 0)
        {
            parts.Add(EvidenceTables.Of(answer.Evidence));
        }

        return new(
            answer.Truth switch
            {
                Truth.True => "Expected, not promised, and met",
                Truth.False => "Expected, not promised, and not met",
                _ => $"Expected, not promised; whether it is met cannot be told: {Lower(Why(answer)[0])}",
            },
            parts);
    }

    private static string Headline(List<Truth> truths)
    {
        if (truths.Count == 0)
        {
            return "No expectation is on record";
        }

        var (met, failed, open) = (truths.Count(truth => truth == Truth.True), truths.Count(truth => truth == Truth.False), truths.Count(truth => truth == Truth.Undecided));
        return $"{Numbers.Counted(truths.Count, "expectation", "expectations", capital: true)} {(truths.Count == 1 ? "is" : "are")} on record, none of them promised; "
            + (open == truths.Count ? "none can be tested with what is recorded" : $"{Numbers.InWords(met)} {(met == 1 ? "is" : "are")} met, {Numbers.InWords(failed)} {(failed == 1 ? "is" : "are")} not, {Numbers.InWords(open)} cannot be tested");
    }

    private async Task<QueryAnswer> AnswerAsync(RecordView view, Expectation expectation, CancellationToken cancellation) => string.IsNullOrWhiteSpace(expectation.Rule)
        ? new QueryAnswer(Truth.Undecided, null, [expectation.NotTestable ?? "No rule says when it is met"], [])
        : await queries.EvaluateAsync(view, expectation.Rule, cancellation) is { Truth: Truth.Undecided } open && expectation.NotTestable is { Length: > 0 } owed
            ? open with { Why = [.. open.Why, owed] }
            : await queries.EvaluateAsync(view, expectation.Rule, cancellation);

    private static Said Met(Truth truth) => truth switch { Truth.True => new("met", Standing.Good), Truth.False => new("not met", Standing.Bad), _ => new("not testable", Standing.Missing) };

    private static IReadOnlyList<string> Why(QueryAnswer answer) => answer.Truth == Truth.Undecided ? answer.Why : PromiseCheck.Shown(answer.Evidence);

    private static string Lower(string sentence) => sentence.Length > 1 && char.IsUpper(sentence[0]) && !char.IsUpper(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;

    private static async Task<Said> MeasureAsync(RecordView view, Expectation expectation, CancellationToken cancellation)
    {
        if (expectation.Measure is not { } key)
        {
            return new Said("no measure is named", Standing.Missing);
        }

        var title = (await view.FindAsync<Measure>(key, cancellation))?.Body.Title ?? key;
        var last = (await view.ListAsync<Observation>(cancellation)).Where(o => o.Body.Measure == key && o.Body.Period is not null).MaxBy(o => o.Body.Period!.Last);
        return new Said(last is null ? $"{title}; never observed" : $"{title}; last observed {last.Body.Period!.Text}", last is null ? Standing.Missing : Standing.Plain, $"measure:{key}");
    }
}
