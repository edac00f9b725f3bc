using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>How a business case goes through its bodies: what is late, and what did not happen in the order of the route.</summary>
public static class CasePassages
{
    internal static readonly IReadOnlyList<string> Columns = ["Stage", "Through", "Planned", "Actual", "Outcome", "Stands"];

    /// <summary>The finding about a case, a sentence without full stop.</summary>
    public static string Headline(BusinessCase businessCase, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(businessCase);
        var passages = businessCase.Passages;
        if (passages.Count == 0)
        {
            return "No passage is recorded";
        }

        var parts = new List<string>();
        var last = passages.Where(each => each.Actual is { } actual && actual.First <= today).OrderBy(each => each.Actual!.Last).LastOrDefault();
        parts.Add(last is null ? "No stage has passed yet" : $"Last: {Stage(last.Stage)}, {last.Outcome ?? "passed"} {last.Actual!.Text}");
        var next = passages.Where(each => each.Actual is null && each.Planned is not null).OrderBy(each => each.Planned!.First).FirstOrDefault();
        if (next is not null)
        {
            parts.Add($"{(next.Planned!.Last < today ? "overdue" : "next")}: {Stage(next.Stage)}, planned {next.Planned.Text}");
        }

        var strange = passages.Count(each => OutOfOrder(passages, each) is not null);
        if (strange > 0)
        {
            parts.Add($"{DecisionStanding.Counted(strange, "passage", "passages")} out of order");
        }

        return string.Join("; ", parts);
    }

    /// <summary>Why a passage is out of the order mandate, outline, outline business case, full case; null where it is not.</summary>
    public static string? OutOfOrder(IReadOnlyList<Passage> passages, Passage passage)
    {
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(passage);
        if ((passage.Actual ?? passage.Planned) is not { } when)
        {
            return null;
        }

        // A stage comes after every stage before it; what cannot be told apart by the dates as stated is in order.
        var earlier = passages.Where(other => other.Stage < passage.Stage && (other.Actual ?? other.Planned) is { } date && date.First > when.Last).OrderBy(other => (other.Actual ?? other.Planned)!.First).FirstOrDefault();
        if (earlier is not null)
        {
            return $"before the {Stage(earlier.Stage)} ({(earlier.Actual ?? earlier.Planned)!.Text})";
        }

        var again = passage.Actual is null ? passages.FirstOrDefault(other => other.Stage == passage.Stage && other.Actual is { } date && date.Last < when.First) : null;
        return again is null ? null : $"expected again, after {again.Outcome ?? "a passage"} in {again.Actual!.Text}";
    }

    internal static IReadOnlyList<IReadOnlyList<Said>> Rows(BusinessCase businessCase, IReadOnlyDictionary<string, string> bodies, DateOnly today) =>
        [.. businessCase.Passages
            .OrderBy(each => (each.Actual ?? each.Planned)?.First ?? DateOnly.MaxValue).ThenBy(each => each.Stage)
            .Select(each => (IReadOnlyList<Said>)
            [
                Capital(Stage(each.Stage)),
                each.Body is { } body ? new Said(bodies.GetValueOrDefault(body, body), Standing.Plain, "body:" + body) : "",
                each.Planned?.Text ?? "", each.Actual?.Text ?? "", each.Outcome ?? "", Stands(businessCase.Passages, each, today),
            ])];

    internal static bool IsLate(Passage passage, DateOnly today) => passage is { Actual: null, Planned: { } planned } && planned.Last < today;

    internal static string Stage(CaseStage stage) => stage switch
    {
        CaseStage.Mandate => "mandate",
        CaseStage.Soc => "strategic outline case",
        CaseStage.Obc => "outline business case",
        _ => "full business case",
    };

    private static Said Stands(IReadOnlyList<Passage> passages, Passage passage, DateOnly today)
    {
        var order = OutOfOrder(passages, passage);
        var suffix = order is null ? "" : $"; out of order: {order}";
        return passage switch
        {
            { Actual: { } actual, Planned: { } planned } when actual.First > planned.Last => new Said("later than planned" + suffix, Standing.Watch),
            { Actual: not null } => new Said(order is null ? "done" : $"out of order: {order}", order is null ? Standing.Good : Standing.Watch),
            _ when IsLate(passage, today) => new Said("late: no passage is recorded" + suffix, Standing.Bad),
            { Planned: not null } => new Said(order is null ? "to come" : $"out of order: {order}", order is null ? Standing.Plain : Standing.Watch),
            _ => new Said("no date recorded", Standing.Missing),
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary>What is said of business cases.</summary>
internal sealed class BusinessCaseReading : IRecordReading
{
    public string Kind => "business-case";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var today = view.At.Effective;
        var cases = records.Cast<StoredRecord<BusinessCase>>().ToList();
        var late = cases.Count(each => each.Body.Passages.Any(passage => CasePassages.IsLate(passage, today)));
        var headline = cases.Count switch
        {
            0 => "No business case is recorded as at these dates",
            1 => CasePassages.Headline(cases[0].Body, today),
            _ => $"{(late == 0 ? "No" : FieldWords.Number(late, null))} of {FieldWords.Number(cases.Count, null)} business cases is late at a stage",
        };
        return Task.FromResult(new ListReading(headline, ["Where it stands"], cases.ToDictionary(
            each => each.Key,
            each => (IReadOnlyList<Said>)[new Said(CasePassages.Headline(each.Body, today), each.Body.Passages.Any(passage => CasePassages.IsLate(passage, today)) ? Standing.Bad : Standing.Plain)],
            StringComparer.Ordinal)));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var businessCase = ((StoredRecord<BusinessCase>)record).Body;
        var bodies = (await view.ListAsync<Body>(cancellation)).ToDictionary(body => body.Key, body => body.Body.ShortName ?? body.Body.Title, StringComparer.Ordinal);
        var strange = businessCase.Passages.Select(passage => (Passage: passage, Why: CasePassages.OutOfOrder(businessCase.Passages, passage))).Where(each => each.Why is not null)
            .Select(each => $"the {CasePassages.Stage(each.Passage.Stage)} of {(each.Passage.Actual ?? each.Passage.Planned)!.Text} stands {each.Why}").ToList();
        return new(CasePassages.Headline(businessCase, view.At.Effective),
        [
            new(
                "passages", "Through the bodies", strange.Count == 0 ? "Every stage comes after the stage before it" : string.Join("; ", strange),
                CasePassages.Columns, CasePassages.Rows(businessCase, bodies, view.At.Effective)),
        ]);
    }
}
