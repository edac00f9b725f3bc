using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>What a decision maker must see around a decision: what is uncertain, what was promised, how it is undone if it goes wrong. All of the same work and the work under it.</summary>
internal static class DecisionSurroundings
{
    public static async Task<IReadOnlyList<ReadingPart>> ReadAsync(RecordView view, PromiseCheck promises, Decision decision, CancellationToken cancellation)
    {
        if (decision.Work is null)
        {
            return [];
        }

        var work = await WorkAsync(view, decision.Work, cancellation);
        return
        [
            await RisksAsync(view, work, cancellation),
            await PromisesAsync(view, promises, work, cancellation),
            await ReversalAsync(view, work, cancellation),
        ];
    }

    private static async Task<HashSet<string>> WorkAsync(RecordView view, string root, CancellationToken cancellation)
    {
        var children = (await view.ListAsync<WorkItem>(cancellation)).ToLookup(item => item.Body.Work ?? "", item => item.Key, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([root]);
        while (open.TryDequeue(out var key))
        {
            if (found.Add(key))
            {
                foreach (var child in children[key])
                {
                    open.Enqueue(child);
                }
            }
        }

        return found;
    }

    private static async Task<ReadingPart> RisksAsync(RecordView view, HashSet<string> work, CancellationToken cancellation)
    {
        var risks = (await view.ListAsync<Risk>(cancellation)).Where(each => each.Body.Work is { } key && work.Contains(key) && RatingBook.IsOpen(each.Body, view.At.Effective)).ToList();
        var issues = (await view.ListAsync<Issue>(cancellation)).Where(each => each.Body.Work is { } key && work.Contains(key) && IssueReading.IsOpen(each.Body, view.At.Effective)).ToList();
        var withheld = (await view.WithheldAsync(view.Catalogue.Get<Risk>(), cancellation)).Values.Sum() + (await view.WithheldAsync(view.Catalogue.Get<Issue>(), cancellation)).Values.Sum();
        var unjudged = risks.Count(each => Level(each.Body) is null);
        return new(
            "risks", "What is uncertain, and what may go wrong",
            (risks.Count + issues.Count == 0 ? "No open risk or issue of this work is recorded" + (withheld > 0 ? " that you may read" : "")
            : $"{Capital(DecisionStanding.Counted(risks.Count, "risk is", "risks are"))} open{(unjudged > 0 ? $", {DecisionStanding.Counted(unjudged, "", "")} of them not rated" : "")}{(issues.Count > 0 ? $"; {DecisionStanding.Counted(issues.Count, "has", "have")} already happened" : "")}")
            + (withheld > 0 ? $"; {DecisionStanding.Counted(withheld, "is", "are")} withheld from you, of whatever work" : ""),
            ["Risk or issue", "Effect", "Rated", "Controls"],
            [
                .. issues.Select(each => each.Body.Handling.IsRestricted ? Closed("Happened: ", each) : (IReadOnlyList<Said>)
                [
                    new Said("Happened: " + each.Body.Title, Standing.Plain, each.Reference), each.Body.Effect ?? "",
                    each.Body.Severity is { } severity ? severity : new Said("not rated", Standing.Missing), Controls(each.Body.Controls.Count),
                ]),
                .. risks.Select(each => each.Body.Handling.IsRestricted ? Closed("", each) : (IReadOnlyList<Said>)
                [
                    new Said(each.Body.Title, Standing.Plain, each.Reference), each.Body.Effect ?? "",
                    Level(each.Body) is { } level ? level : new Said("not rated", Standing.Missing), Controls(each.Body.Controls.Count),
                ]),
            ]);
    }

    // What is restricted is read on its own page, for a reason that is logged: here it is only named.
    private static IReadOnlyList<Said> Closed(string before, StoredRecord record) =>
        [new Said(before + record.Stated?.Title, Standing.Plain, record.Reference), new Said("restricted: open it for a reason", Standing.Missing), "", ""];

    private static async Task<ReadingPart> PromisesAsync(RecordView view, PromiseCheck promises, HashSet<string> work, CancellationToken cancellation)
    {
        var verdicts = new List<PromiseVerdict>();
        foreach (var promise in (await view.ListAsync<Commitment>(cancellation)).Where(each => each.Body.Work is { } key && work.Contains(key)))
        {
            verdicts.Add(await promises.CheckAsync(view, promise, cancellation));
        }

        int Count(Verdict verdict) => verdicts.Count(each => each.Verdict == verdict);
        return new(
            "promises", "What was promised",
            verdicts.Count == 0 ? "No promise of this work is recorded"
            : $"Of {DecisionStanding.Counted(verdicts.Count, "promise", "promises")} of this work {DecisionStanding.Counted(Count(Verdict.Kept), "is", "are")} kept, {DecisionStanding.Counted(Count(Verdict.Broken), "is", "are")} broken and {DecisionStanding.Counted(Count(Verdict.NotTestable), "", "")} cannot be tested",
            ["Promise", "Stands", "Why"],
            [.. verdicts.OrderByDescending(each => each.Verdict == Verdict.Broken).ThenByDescending(each => each.Verdict == Verdict.Kept).ThenBy(each => each.Promise.Key, StringComparer.Ordinal)
                .Select(each => (IReadOnlyList<Said>)[new Said(each.Promise.Body.Title, Standing.Plain, each.Promise.Reference), each.Verdict.Said(), each.Why.Count > 0 ? each.Why[0] : ""])]);
    }

    private static async Task<ReadingPart> ReversalAsync(RecordView view, HashSet<string> work, CancellationToken cancellation)
    {
        var pilots = (await view.ListAsync<Pilot>(cancellation)).Where(each => work.Contains(each.Key) || (each.Body.Work is { } key && work.Contains(key))).ToList();
        var closed = pilots.Where(pilot => pilot.Body.Handling.IsRestricted).ToList();
        var steps = pilots.Except(closed).SelectMany(pilot => pilot.Body.Reversal.Select(step => (Pilot: pilot, Step: step))).ToList();
        var rehearsed = steps.Count(each => each.Step.RehearsedOn is not null);
        return new(
            "reversal", "If it goes wrong",
            pilots.Count == 0 ? "No test of this work is recorded, and so nothing of how it would be reversed"
            : steps.Count == 0 ? closed.Count > 0 ? "How the tests would be reversed is restricted" : "How the tests would be reversed is not recorded"
            : $"{Capital(DecisionStanding.Counted(steps.Count, "thing", "things"))} would be restored; {DecisionStanding.Counted(rehearsed, "was", "were")} rehearsed",
            ["Test", "Restore", "Called for by", "Lead time", "Cost", "Rehearsed"],
            [.. closed.Select(pilot => (IReadOnlyList<Said>)[.. Closed("", pilot), "", ""]), .. steps.Select(each => (IReadOnlyList<Said>)
            [
                new Said(each.Pilot.Body.Title, Standing.Plain, each.Pilot.Reference), each.Step.What + (each.Step.How is { Length: > 0 } how ? $": {how}" : ""),
                each.Step.Trigger is { Length: > 0 } trigger ? trigger : new Said("not said", Standing.Missing),
                each.Step.LeadDays is { } days ? FieldWords.Number(days, "days") : new Said("not said", Standing.Missing),
                each.Step.Cost is { } cost ? FieldWords.Number(cost, "£") : new Said("not said", Standing.Missing),
                each.Step.RehearsedOn is { } day ? day.Text : new Said("no", Standing.Watch),
            ])]);
    }

    private static string? Level(Risk risk) =>
        risk.Published?.Rating is { Length: > 0 } word ? word
        : (risk.Current ?? risk.Residual ?? risk.Inherent) is { } level ? level.Rating ?? (level is { Likelihood: { } likelihood, Impact: { } impact } ? $"likelihood {FieldWords.Number(likelihood, null)}, impact {FieldWords.Number(impact, null)}" : null)
        : null;

    private static Said Controls(int count) => count == 0 ? new Said("none", Standing.Watch) : FieldWords.Number(count, null);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
