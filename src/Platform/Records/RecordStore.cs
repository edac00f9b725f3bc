using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Records as governed facts of the store.</summary>
internal sealed class RecordStore(IHistory history, RecordCatalogue catalogue, RecordPlanner planner, IEnumerable<IRecordRule> rules, IEnumerable<IRecordSetRule> setRules, TimeProvider time) : IRecords
{
    /// <summary>Looks again when somebody was quicker between the look and the commit; more often than this is a bug.</summary>
    private const int Attempts = 20;

    public RecordCatalogue Catalogue => catalogue;

    public RecordView View(Actor? reader, AsAt at) => new(history, catalogue, reader, at);

    public async Task<Outcome<IReadOnlyList<string>>> SaveAsync(Actor actor, IReadOnlyList<RecordChange> changes, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        changes = await UnmaskAsync(actor, changes, cancellation);
        if (await BrokenAsync(changes, cancellation) is { Count: > 0 } broken)
        {
            // What else is wrong stands beside it, so that nobody corrects twice.
            broken.InsertRange(0, (await planner.PlanAsync(actor, Edits(changes, why), isCopy: false, cancellation)).Problems);
            return broken;
        }

        var plan = await CommitAsync(actor, new ChangeContext(actor.Account, actor.Organisation, why), Edits(changes, why), isCopy: false, cancellation);
        return plan.Problems.Count > 0 ? plan.Problems : Outcome.Of(plan.Keys);
    }

    public async Task<IReadOnlyList<Problem>> CheckAsync(Actor actor, IReadOnlyList<RecordChange> changes, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        changes = await UnmaskAsync(actor, changes, cancellation);
        return [.. (await planner.PlanAsync(actor, Edits(changes, why), isCopy: false, cancellation)).Problems, .. await BrokenAsync(changes, cancellation)];
    }

    public async Task<Outcome<string>> EndAsync(Actor actor, string kind, string key, DateOnly from, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var end = new RecordEdit { Kind = kind, Key = key, From = from, Why = why };
        var plan = await CommitAsync(actor, new ChangeContext(actor.Account, actor.Organisation, why), [end], isCopy: false, cancellation);
        return plan.Problems.Count > 0 ? plan.Problems : key;
    }

    /// <summary>Plans edits and, where nothing is wrong with them, commits the versions they come to, all in one transaction.</summary>
    internal async Task<RecordPlan> CommitAsync(Actor? actor, ChangeContext context, IReadOnlyList<RecordEdit> edits, bool isCopy, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var plan = await planner.PlanAsync(actor, edits, isCopy, cancellation);
            if (plan.Problems.Count > 0 || plan.Versions.Count == 0)
            {
                return plan;
            }

            try
            {
                await history.CommitAsync(context with { Why = context.Why.Trim() }, changes => Write(changes, plan), cancellation);
                return plan;
            }
            catch (ChangedMeanwhileException) when (attempt < Attempts)
            {
                // Somebody was quicker: the next look sees what they saved, and refuses what was made on the version before.
            }
        }
    }

    // Whoever may not follow a reference sends back the mark that stood for it, and changes the rest.
    private async Task<IReadOnlyList<RecordChange>> UnmaskAsync(Actor actor, IReadOnlyList<RecordChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        bool IsMarked(RecordChange change) => change.Key is { Length: > 0 } && catalogue.Find(change.Kind) is { } kind && kind.Body == change.Body.GetType()
            && RecordChecks.ReferencesOf(kind, change.Body).Any(reference => WithheldReferences.IsMark(reference.Text));
        if (!changes.Any(IsMarked))
        {
            return changes;
        }

        var withheld = await View(actor, time.Now()).WithheldReferencesAsync(cancellation);
        var whole = new List<RecordChange>(changes.Count);
        foreach (var change in changes)
        {
            var stated = IsMarked(change) ? (await catalogue.Find(change.Kind)!.TimelineAsync(history, change.Key!, cancellation))
                .Where(version => version.Stated is { } body && Handlings.MayRead(actor, body.Handling)).OrderBy(version => version.Known).ThenBy(version => version.VersionId).ToList() : [];
            var original = stated.Find(version => version.VersionId == change.Expected) ?? stated.LastOrDefault();
            whole.Add(original is null ? change : change with { Body = withheld.Unmask(original.Kind, change.Body, original.Body) });
        }

        return whole;
    }

    private async Task<List<Problem>> BrokenAsync(IReadOnlyList<RecordChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var broken = new List<Problem>();
        var view = View(null, time.Now());
        for (var i = 0; i < changes.Count; i++)
        {
            foreach (var rule in rules)
            {
                // Asked of one change at a time, so that each problem can be told its row.
                broken.AddRange((await rule.CheckAsync(view, [changes[i]], cancellation)).Select(problem => changes.Count > 1 ? problem with { Row = i + 1 } : problem));
            }
        }

        broken.AddRange((await TogetherAsync(view, changes, cancellation)).Select(found => changes.Count > 1 ? found.Problem with { Row = found.Place + 1 } : found.Problem));
        return broken;
    }

    private async Task<List<(int Place, Problem Problem)>> TogetherAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation)
    {
        var broken = new List<(int Place, Problem Problem)>();
        foreach (var rule in setRules)
        {
            broken.AddRange(await rule.CheckAsync(view, changes, cancellation));
        }

        return broken;
    }

    /// <summary>What is wrong with copies as a set: the rules that hold for several records together.</summary>
    internal async Task<IReadOnlyList<Problem>> CheckCopiesAsync(IReadOnlyList<RecordEdit> edits, CancellationToken cancellation)
    {
        var stated = edits.Where(edit => edit.Body is not null).ToList();
        var changes = stated.ConvertAll(edit => new RecordChange(edit.Kind, edit.Key, edit.Body!, edit.From, edit.Until, edit.Known));
        return (await TogetherAsync(View(null, time.Now()), changes, cancellation)).ConvertAll(found => found.Problem with { File = stated[found.Place].File, Row = stated[found.Place].Row });
    }

    private static void Write(IChangeSet changes, RecordPlan plan)
    {
        foreach (var ((kind, key), newest) in plan.Newest)
        {
            changes.Expect(kind.Name, key, newest);
        }

        foreach (var version in plan.Versions)
        {
            changes.Because(version.Why);
            if (version.Body is { } body)
            {
                version.Kind.Record(changes, version.Key, body, new EffectivePeriod(version.From, version.Until), version.Known);
            }
            else
            {
                version.Kind.End(changes, version.Key, version.From, version.Known);
            }
        }
    }

    private static List<RecordEdit> Edits(IReadOnlyList<RecordChange> changes, string why)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Select((change, index) => new RecordEdit
        {
            Kind = change.Kind,
            Key = string.IsNullOrEmpty(change.Key) ? null : change.Key,
            Body = change.Body,
            From = change.From,
            Until = change.Until,
            Known = change.Known,
            Expected = change.Expected,
            Why = why,
            Row = changes.Count > 1 ? index + 1 : null,
            Step = change.Step,
        }).ToList();
    }
}
