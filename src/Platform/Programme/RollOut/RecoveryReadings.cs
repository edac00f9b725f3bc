using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>Recovery plans: whether what was to be recovered has been.</summary>
internal sealed class RecoveryPlanReading(IQueries queries) : IRecordReading
{
    public string Kind => "recovery-plan";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        var recovered = 0;
        foreach (var record in records)
        {
            var answer = await TestAsync(view, (RecoveryPlan)record.Body, cancellation);
            recovered += answer.Truth == Truth.True ? 1 : 0;
            cells[record.Key] = [Word(answer.Truth), Why(answer)];
        }

        var headline = records.Count == 0 ? "No recovery plan is on record"
            : $"{(recovered == 0 ? "None" : Numbers.InWords(recovered, capital: true))} of {Numbers.Counted(records.Count, "recovery plan", "recovery plans")} has brought back what it was to recover";
        return new(headline, ["Recovered", "What shows it"], cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var answer = await TestAsync(view, (RecoveryPlan)record.Body, cancellation);
        return new(
            answer.Truth switch { Truth.True => "Recovered", Truth.False => "Not recovered yet", _ => $"Cannot be told: {answer.Why[0]}" },
            answer.Evidence.Count == 0 ? [] : [EvidenceTables.Of(answer.Evidence)]);
    }

    private async Task<QueryAnswer> TestAsync(RecordView view, RecoveryPlan plan, CancellationToken cancellation) => string.IsNullOrWhiteSpace(plan.Recovered)
        ? new QueryAnswer(Truth.Undecided, null, ["nothing says when it counts as recovered"], [])
        : await queries.EvaluateAsync(view, plan.Recovered, cancellation);

    private static Said Word(Truth truth) => truth switch { Truth.True => new("recovered", Standing.Good), Truth.False => new("not yet", Standing.Bad), _ => new("cannot be told", Standing.Missing) };

    private static string Why(QueryAnswer answer) => answer.Truth == Truth.Undecided
        ? string.Join("; ", answer.Why)
        : string.Join("; ", answer.Evidence.Where(term => term.Value is not null).Take(4).Select(term => $"{term.Words}: {term.Value}"));
}

/// <summary>Engagement: what was asked for and what follows from it.</summary>
internal sealed class EngagementReading : IRecordReading
{
    public string Kind => "engagement";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<Engagement>>().ToList();
        var undated = all.Count(one => one.Body.When is null);
        var asked = all.Sum(one => one.Body.Asked.Count);
        var headline = all.Count == 0
            ? "No engagement is on record"
            : $"{Numbers.Counted(all.Count, "exchange", "exchanges", capital: true)} with people outside {(all.Count == 1 ? "is" : "are")} on record, from which {(asked == 0 ? "nothing was asked" : $"{Numbers.Counted(asked, "request", "requests")} came")}{(undated > 0 ? $"; {Numbers.InWords(undated)} without a date" : "")}";
        return Task.FromResult(new ListReading(headline, ["Asked for"], all.ToDictionary(
            one => one.Key, one => (IReadOnlyList<Said>)[one.Body.Asked.Count == 0 ? "nothing recorded" : string.Join("; ", one.Body.Asked)], StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var engagement = (Engagement)record.Body;
        return Task.FromResult(new RecordReading(
            engagement.Asked.Count == 0 ? null : $"{Numbers.Counted(engagement.Asked.Count, "request", "requests", capital: true)} came from it", []));
    }
}

/// <summary>Impact assessments: owed and not done.</summary>
internal sealed class ImpactAssessmentReading : IRecordReading
{
    public string Kind => "impact-assessment";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.OfType<StoredRecord<ImpactAssessment>>().ToList();
        var owed = all.Count(one => Owed(one.Body, view.At.Effective));
        var headline = all.Count == 0 ? "No assessment of impact is on record"
            : owed == 0 ? $"{(all.Count == 1 ? "The assessment" : $"All {Numbers.InWords(all.Count)} assessments")} of impact {(all.Count == 1 ? "is" : "are")} done"
            : $"{Numbers.InWords(owed, capital: true)} of {Numbers.Counted(all.Count, "assessment", "assessments")} of impact {(owed == 1 ? "is" : "are")} owed and not done";
        return Task.FromResult(new ListReading(headline, ["State"], all.ToDictionary(one => one.Key, one => (IReadOnlyList<Said>)[State(one.Body, view.At.Effective)], StringComparer.Ordinal)));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var assessment = (ImpactAssessment)record.Body;
        var rows = new List<IReadOnlyList<Said>>();
        foreach (var reference in assessment.OwedFor)
        {
            rows.Add([new Said((await view.FindAsync(reference, cancellation))?.Body.Title ?? reference, Reference: reference), State(assessment, view.At.Effective)]);
        }

        var state = State(assessment, view.At.Effective).Text;
        return new(char.ToUpperInvariant(state[0]) + state[1..], rows.Count == 0 ? [] : [new("owed-for", "What needs it", null, ["Record", "State"], rows)]);
    }

    private static bool Owed(ImpactAssessment assessment, DateOnly effective) => assessment.Done is not { } done || done.First > effective;

    private static Said State(ImpactAssessment assessment, DateOnly effective) => assessment.Done is { } done
        ? done.First > effective ? new($"owed; expected {done.Text}", Standing.Watch) : new($"done {done.Text}", Standing.Good)
        : new("owed and not done", Standing.Bad);
}
