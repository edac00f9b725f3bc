using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Expectations: nobody promised them; whether a measure would show them, and whether it is observed.</summary>
internal sealed class ExpectationReading : IRecordReading
{
    private static readonly string[] Headings = ["Would be shown by", "Last observed"];

    public string Kind => "expectation";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Expectation>>().ToList();
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            cells[one.Key] = await CellsAsync(view, one.Body, cancellation);
        }

        var measured = all.Count(one => one.Body.Measure is not null);
        var headline = all.Count == 0
            ? "No expectation is on record"
            : $"{Numbers.Counted(all.Count, "expectation", "expectations", capital: true)} {(all.Count == 1 ? "is" : "are")} on record, none of them promised; {(measured == 0 ? "no measure would show whether they are met" : $"a measure would show {Numbers.InWords(measured)} of them")}";
        return new(headline, Headings, cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var expectation = (Expectation)record.Body;
        var cells = await CellsAsync(view, expectation, cancellation);
        return new(
            expectation.Measure is null ? "Expected, not promised; no measure is named that would show whether it is met" : $"Expected, not promised; {cells[0].Text} would show it",
            [new ReadingPart("shown-by", "What would show it", null, Headings, [cells])]);
    }

    private static async Task<IReadOnlyList<Said>> CellsAsync(RecordView view, Expectation expectation, CancellationToken cancellation)
    {
        if (expectation.Measure is not { } key)
        {
            return [new Said("no measure is named", Standing.Missing), new Said("", Standing.Missing)];
        }

        var title = (await view.FindAsync<Measure>(key, cancellation))?.Body.Title ?? key;
        var last = (await view.ListAsync<Observation>(cancellation)).Where(o => o.Body.Measure == key && o.Body.Period is not null).MaxBy(o => o.Body.Period!.Last);
        return
        [
            new Said(title, Reference: $"measure:{key}"),
            last is null ? new Said("never", Standing.Missing) : new Said(last.Body.Period!.Text, Reference: last.Reference),
        ];
    }
}
