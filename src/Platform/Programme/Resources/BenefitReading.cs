using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What is said of benefits: objective → benefit → measure → baseline, target, measured outcome.</summary>
internal sealed class BenefitReading(IQueries queries) : IRecordReading
{
    public string Kind => "benefit";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.Cast<StoredRecord<Benefit>>().ToList();
        var cells = new Dictionary<string, IReadOnlyList<Said>>(StringComparer.Ordinal);
        foreach (var each in all)
        {
            cells[each.Key] = [MeasuredBy(each.Body, each.Body.Measure ?? ""), Path(each.Body), (await OutcomeAsync(view, each.Body, cancellation)).Outcome];
        }

        return new(Headline(all), ["Measured by", "Baseline to target", "Outcome"], cells);
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var benefit = ((StoredRecord<Benefit>)record).Body;
        var objective = benefit.Objective is { } key ? await view.FindAsync<Objective>(key, cancellation) : null;
        var measure = benefit.Measure is { } name ? await view.FindAsync<Measure>(name, cancellation) : null;
        var (outcome, evidence) = await OutcomeAsync(view, benefit, cancellation);
        return new(
            IsMeasurable(benefit) ? $"{Capital(FieldWords.Words(benefit.Kind))}: {outcome.Text}" : "Not measurable as recorded: it names no measure",
            [
                new("chain", "From objective to outcome", null, ["Step", "What"],
                [
                    ["Objective", objective is null ? new Said("none named", Standing.Missing) : new Said(objective.Body.Title, Standing.Plain, objective.Reference)],
                    ["Kind", benefit.Kind == BenefitKind.Disbenefit ? new Said("disbenefit", Standing.Watch) : FieldWords.Words(benefit.Kind)],
                    ["Measure", MeasuredBy(benefit, measure?.Body.Title ?? benefit.Measure ?? "")],
                    ["Baseline", Number(benefit.Baseline)],
                    ["Target", Number(benefit.Target)],
                    ["By", benefit.By is { } by ? by.Text : new Said("no date", Standing.Missing)],
                    ["Measured outcome", outcome],
                ]),
                new("outcome", "What the outcome was measured from", evidence.Count == 0 ? "Nothing yet" : null, ["Value", "What it was"],
                [
                    .. evidence.Select(each => (IReadOnlyList<Said>)[new Said(each.Words, Reference: each.Reference), each.Value ?? "not known"]),
                ]),
            ]);
    }

    internal static bool IsMeasurable(Benefit benefit) => benefit.Measure is not null || !string.IsNullOrWhiteSpace(benefit.Outcome);

    internal static string Headline(IReadOnlyList<StoredRecord<Benefit>> all)
    {
        if (all.Count == 0)
        {
            return "No benefit is recorded as at these dates";
        }

        var not = all.Count(each => !IsMeasurable(each.Body));
        return not switch
        {
            0 => $"All {FieldWords.Number(all.Count, null)} benefits name a measure",
            _ when not == all.Count => $"None of {FieldWords.Number(all.Count, null)} benefits is measurable as recorded: none names a measure",
            _ => $"{FieldWords.Number(not, null)} of {FieldWords.Number(all.Count, null)} benefits are not measurable as recorded",
        };
    }

    private static Said MeasuredBy(Benefit benefit, string title) => benefit switch
    {
        { Measure: { } measure } => new Said(title, Standing.Plain, "measure:" + measure),
        { Outcome.Length: > 0 } => benefit.Outcome,
        _ => new Said("not measurable as recorded", Standing.Missing),
    };

    private static Said Path(Benefit benefit) => (benefit.Baseline, benefit.Target) switch
    {
        (null, null) => new Said("neither recorded", Standing.Missing),
        ({ } from, { } to) => $"{FieldWords.Number(from, null)} → {FieldWords.Number(to, null)}",
        ({ } from, null) => new Said($"from {FieldWords.Number(from, null)}, no target", Standing.Watch),
        (null, { } to) => new Said($"to {FieldWords.Number(to, null)}, no baseline", Standing.Watch),
    };

    // Better is the way from the baseline to the target; without a baseline, upwards.
    private async Task<(Said Outcome, IReadOnlyList<QueryTerm> Evidence)> OutcomeAsync(RecordView view, Benefit benefit, CancellationToken cancellation)
    {
        if (!IsMeasurable(benefit))
        {
            return (new Said("not measurable as recorded", Standing.Missing), []);
        }

        var due = benefit.By is { } by && by.Last < view.At.Effective ? $", due {by.Text}" : "";
        if (string.IsNullOrWhiteSpace(benefit.Outcome))
        {
            return (new Said($"not measured: no query is recorded{due}", Standing.Missing), []);
        }

        var answer = await queries.EvaluateAsync(view, benefit.Outcome, cancellation);
        if (answer.Value is null)
        {
            return answer.Truth switch
            {
                Truth.True => (new Said("reached", Standing.Good), answer.Evidence),
                Truth.False => (new Said("not reached" + due, due.Length > 0 ? Standing.Bad : Standing.Watch), answer.Evidence),
                _ => (new Said($"not measured: {string.Join("; ", answer.Why)}{due}", Standing.Missing), answer.Evidence),
            };
        }

        if (benefit.Target is not { } target)
        {
            return (new Said($"measured {answer.Value}, no target to hold it against", Standing.Watch), answer.Evidence);
        }

        var sign = benefit.Baseline > target ? "<=" : ">=";
        var reached = await queries.EvaluateAsync(view, $"({benefit.Outcome}) {sign} {target.ToString(System.Globalization.CultureInfo.InvariantCulture)}", cancellation);
        return reached.Truth switch
        {
            Truth.True => (new Said($"measured {answer.Value}: target reached", Standing.Good), answer.Evidence),
            Truth.False => (new Said($"measured {answer.Value}: target of {FieldWords.Number(target, null)} not reached{due}", due.Length > 0 ? Standing.Bad : Standing.Watch), answer.Evidence),
            _ => (new Said($"measured {answer.Value}: whether the target is reached is not decided", Standing.Watch), answer.Evidence),
        };
    }

    private static Said Number(decimal? value) => value is { } number ? FieldWords.Number(number, null) : new Said("not recorded", Standing.Missing);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>What is said of objectives: the benefits that would show each.</summary>
internal sealed class ObjectiveReading : IRecordReading
{
    public string Kind => "objective";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var benefits = (await view.ListAsync<Benefit>(cancellation)).ToLookup(each => each.Body.Objective ?? "", StringComparer.Ordinal);
        var bare = records.Count(each => !benefits[each.Key].Any(benefit => BenefitReading.IsMeasurable(benefit.Body)));
        return new(
            records.Count == 0 ? "No objective is recorded as at these dates"
            : bare == 0 ? $"Each of {FieldWords.Number(records.Count, null)} objectives has a benefit that can be measured"
            : $"{FieldWords.Number(bare, null)} of {FieldWords.Number(records.Count, null)} objectives have no benefit that can be measured",
            ["Benefits"], records.ToDictionary(each => each.Key, each => (IReadOnlyList<Said>)[Words([.. benefits[each.Key]])], StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var benefits = (await view.ListAsync<Benefit>(cancellation)).Where(each => each.Body.Objective == record.Key).ToList();
        return new(benefits.Count == 0 ? "No benefit is recorded for it" : BenefitReading.Headline(benefits),
        [
            new("benefits", "Benefits", null, ["Benefit", "Kind", "Measurable"],
            [.. benefits.Select(each => (IReadOnlyList<Said>)
            [
                new Said(each.Body.Title, Standing.Plain, each.Reference), FieldWords.Words(each.Body.Kind),
                BenefitReading.IsMeasurable(each.Body) ? new Said("yes", Standing.Good) : new Said("not as recorded", Standing.Missing),
            ])]),
        ]);
    }

    private static Said Words(List<StoredRecord<Benefit>> benefits) => benefits.Count == 0
        ? new Said("none", Standing.Missing)
        : $"{FieldWords.Number(benefits.Count, null)}, of which {FieldWords.Number(benefits.Count(each => BenefitReading.IsMeasurable(each.Body)), null)} measurable";
}
