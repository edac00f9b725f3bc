using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Runs;

namespace Pathfinder.Platform.Evaluations;

/// <summary>The steps of a plan: draft → locked, then amended. Whether results had been seen is looked up, not asked.</summary>
public sealed class PlanProcess(IRecords records, PlanEvaluator evaluator, IMeasuredSeries measured, IForces forces, RunRegister runs, TimeProvider time)
{
    /// <summary>The permission the steps need.</summary>
    public const Permission Needs = Permission.KeepRecords;

    /// <summary>What is missing before a plan may be locked.</summary>
    public static IReadOnlyList<Problem> Missing(EvaluationPlan plan, bool resultsSeen)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var missing = new List<Problem>();
        if (plan.Pilots.Count == 0)
        {
            missing.Add(new Problem("Say which pilots it is for", Field: "pilots", Accepted: "the keys of pilots"));
        }

        if (!plan.Criteria.Any(criterion => criterion.Mandatory))
        {
            missing.Add(new Problem("No criterion is mandatory, so nothing could follow from it", Field: "criteria", Accepted: "at least one mandatory criterion"));
        }

        if (plan.AgreedBy.Count == 0 && !resultsSeen)
        {
            missing.Add(new Problem("Nobody has agreed to it yet", Field: "agreedBy", Accepted: "the parties that agreed; only a plan made after the results can be locked without"));
        }

        return missing;
    }

    /// <summary>Why a plan could not be locked with what is known at the dates of a view; empty where it could.</summary>
    public async Task<IReadOnlyList<Problem>> WhyNotAsync(RecordView view, EvaluationPlan plan, CancellationToken cancellation = default) =>
        [.. Missing(plan, await SeenAsync(view, plan, cancellation) > 0), .. await UnusableAsync(view, plan, [], cancellation)];

    /// <summary>Locks a plan: power and definitions are written into it as known today, then it is hashed and dated. The key, or every problem.</summary>
    public async Task<Outcome<string>> LockAsync(Actor actor, string key, string why, long? expected = null, CancellationToken cancellation = default)
    {
        var (view, found, problems) = await BeginAsync(actor, key, expected, cancellation);
        if (found is null)
        {
            return problems;
        }

        if (found.Body.Lock is not null)
        {
            return new Problem("The plan is locked already", Field: "lock", Found: found.Body.Lock.Hash, Accepted: "an amendment");
        }

        if (await WhyNotAsync(view, found.Body, cancellation) is { Count: > 0 } missing)
        {
            return missing.ToList();
        }

        var seen = await SeenAsync(view, found.Body, cancellation);
        var measures = (await view.ListAsync<Measure>(cancellation)).ToDictionary(measure => measure.Key, measure => measure.Body, StringComparer.Ordinal);
        var plan = found.Body with
        {
            Power = await evaluator.PowerAsync(view, found.Body, cancellation),
            Definitions = [.. found.Body.Criteria.Select(criterion => criterion.Measure).Distinct(StringComparer.Ordinal).Where(measures.ContainsKey)
                .Select(measure => new PlanMeasure { Measure = measure, Version = measures[measure].Version, Definition = measures[measure].Definition })],
        };
        plan = plan with { Lock = new PlanLock { On = time.LondonToday(), By = actor.Name, Hash = PlanSeal.Hash(plan), ResultsSeen = seen > 0, Seen = SeenWords(seen) } };
        return await SaveAsync(actor, found, plan, why, cancellation);
    }

    /// <summary>
    /// Changes a locked plan: what it asks is replaced by that of <paramref name="changed"/>, with a reason kept beside it for ever.
    /// The key, or every problem.
    /// </summary>
    public async Task<Outcome<string>> AmendAsync(Actor actor, string key, EvaluationPlan changed, string reason, long? expected = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var (view, found, problems) = await BeginAsync(actor, key, expected, cancellation);
        if (found is null)
        {
            return problems;
        }

        if (found.Body.Lock is null)
        {
            return new Problem("The plan is not locked: edit it", Field: "lock", Accepted: "a locked plan");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Problem("Say why it is amended", Field: "reason", Accepted: "a sentence");
        }

        var next = changed with { Lock = found.Body.Lock, Definitions = found.Body.Definitions, Power = found.Body.Power, Amendments = found.Body.Amendments };
        var (before, after) = (PlanSeal.Hash(found.Body), PlanSeal.Hash(next));
        if (before == after && next.Title == found.Body.Title)
        {
            return new Problem("Nothing of what is locked would change", Field: "criteria", Accepted: "a change of title, questions, criteria, agreements or shares");
        }

        if (await UnusableAsync(view, next, found.Body.Criteria, cancellation) is { Count: > 0 } unusable)
        {
            return unusable;
        }

        // What a changed criterion could find is computed anew, from what is known now; the others keep what was promised.
        var power = await evaluator.PowerAsync(view, next, cancellation);
        next = next with
        {
            Power = [.. next.Criteria.Zip(power, (criterion, fresh) =>
                found.Body.Criteria.Any(old => Same(old, criterion)) ? found.Body.Power.FirstOrDefault(row => row.Criterion == criterion.Id) ?? fresh : fresh)],
        };
        var amendment = new PlanAmendment
        {
            On = time.LondonToday(),
            By = actor.Name,
            Reason = reason.Trim(),
            ResultsSeen = await SeenAsync(view, found.Body, cancellation) > 0,
            Changed = string.Join("; ", RecordDifferences.Between(found.Kind, found.Body, next).Where(change => !change.ToString().StartsWith("Power", StringComparison.Ordinal)).Select(change => change.ToString())),
            Before = PlanSeal.Vouched(found.Body),
            After = PlanSeal.Hash(next),
        };
        return await SaveAsync(actor, found, next with { Amendments = [.. found.Body.Amendments, amendment] }, "Amended: " + amendment.Reason, cancellation);
    }

    /// <summary>
    /// Takes what a finished run forecasts (the share in target, in percent) for a grade in the criterion's area as what the criterion of a
    /// plan that is not locked yet expects. The key, or every problem.
    /// </summary>
    public async Task<Outcome<string>> ForecastAsync(Actor actor, string key, string criterion, string run, string grade, CancellationToken cancellation = default)
    {
        var (_, found, problems) = await BeginAsync(actor, key, null, cancellation);
        if (found is null)
        {
            return problems;
        }

        if (found.Body.Lock is not null)
        {
            return new Problem("The plan is locked: what it expects changes by an amendment", Field: "criterion", Found: criterion, Accepted: "an amendment");
        }

        if (found.Body.Criteria.FirstOrDefault(one => one.Id == criterion) is not { } asked)
        {
            return new Problem("There is no such criterion", Field: "criterion", Found: criterion, Accepted: string.Join(", ", found.Body.Criteria.Select(one => one.Id)));
        }

        if (await runs.FindAsync(run, time.Now(), cancellation) is not { } view || await runs.FindResultAsync(view.Run, cancellation) is not { } result)
        {
            return new Problem("There is no finished run of this key", Field: "run", Found: run, Accepted: "the key of a finished run");
        }

        if (result.Areas.FirstOrDefault(one => string.Equals(one.Code, asked.Area, StringComparison.OrdinalIgnoreCase))?.Grades.FirstOrDefault(one => one.Grade == grade)?.InTarget is not { Value: { } share } estimate)
        {
            return new Problem("The run says nothing of this area and grade", Field: "run", Found: $"{asked.Area}, {grade}", Accepted: "an area of the run: " + string.Join(", ", result.Areas.Select(one => one.Code).Take(50)));
        }

        static decimal Percent(double value) => Math.Round((decimal)(100 * value), 3);
        var expects = asked with
        {
            Expected = Percent(share),
            ExpectedLower = estimate.Lower is { } lower ? Percent(lower) : null,
            ExpectedUpper = estimate.Upper is { } upper ? Percent(upper) : null,
            ExpectedRun = run,
        };
        return await SaveAsync(actor, found, found.Body with { Criteria = [.. found.Body.Criteria.Select(one => one.Id == criterion ? expects : one)] }, $"What run {run} forecasts is expected", cancellation);
    }

    // Methods that the comparators or months of a criterion could never feed; those of criteria that were agreed before are left.
    private async Task<List<Problem>> UnusableAsync(RecordView view, EvaluationPlan plan, IReadOnlyList<Criterion> agreed, CancellationToken cancellation)
    {
        var problems = await new PlanNames(forces).CheckAsync(view, plan, agreed, [], cancellation);
        for (var i = 0; i < plan.Criteria.Count; i++)
        {
            var criterion = plan.Criteria[i];
            if (agreed.Any(old => Same(old, criterion)))
            {
                continue;
            }

            var series = await measured.SeriesOfAsync(view, criterion.Measure, criterion.Area, cancellation);
            var length = series is null ? null : ObservedValues.CommonLength(series.Points.Select(point => point.Period));
            var prefix = string.Create(CultureInfo.InvariantCulture, $"criteria[{i}].");
            problems.AddRange(PlanMethods.Of(criterion, length).Select(problem => problem with { Field = prefix + problem.Field }));
        }

        return problems;
    }

    /// <summary>
    /// Drafts the decision beside the gate of a locked plan: what the rule proposes on what is known today, resting on exact versions of the
    /// evidence. The key, or every problem; a draft that rests on the very same evidence is not made twice.
    /// </summary>
    public async Task<Outcome<string>> DraftDecisionAsync(Actor actor, string key, CancellationToken cancellation = default)
    {
        var (view, found, problems) = await BeginAsync(actor, key, null, cancellation);
        if (found is null)
        {
            return problems;
        }

        if (found.Body.Lock is null)
        {
            return new Problem("Nothing can be decided at the gate of a plan that is not locked: it holds nobody to anything yet", Field: "lock", Found: "not locked", Accepted: "a locked plan");
        }

        var finding = await evaluator.EvaluateAsync(view, found, cancellation);
        if (!finding.Holds)
        {
            return new Problem("The plan was changed outside an amendment: nothing follows from it until that is cleared up", Field: "lock", Found: PlanSeal.Hash(found.Body), Accepted: PlanSeal.Vouched(found.Body));
        }

        static string Evidence(IEnumerable<Reliance> rows) => string.Join('\n', rows.Select(row => $"{row.On} {row.Version} {row.Fingerprint}").Order(StringComparer.Ordinal));
        var evidence = Evidence(finding.Evidence);
        if ((await view.ListAsync<Decision>(cancellation)).FirstOrDefault(one => one.Body.State is DecisionState.Draft or DecisionState.Submitted && Evidence(one.Body.RestsOn) == evidence) is { } drafted)
        {
            return new Problem($"The decision on this evidence is drafted already: {drafted.Body.Title}", Field: "decision", Found: drafted.Key, Accepted: "that draft, or new evidence");
        }

        var plan = found.Body;
        var decision = new Decision
        {
            Title = $"Gate: {plan.Title}",
            Work = plan.Work,
            Areas = plan.Areas,
            Summary = finding.Headline,
            Recommendations = [.. finding.Pilots.Where(pilot => pilot.Verdict != GateVerdict.None).Select((pilot, i) => new Recommendation { Number = i + 1, What = $"{pilot.Pilot.Body.Title}: {GateRule.Words(pilot.Verdict)}" })],
            RestsOn = finding.Evidence,
        };
        var saved = await records.SaveAsync(actor, [new RecordChange("decision", null, decision)], $"Drafted at the gate of {plan.Title}", cancellation);
        return saved.Succeeded ? saved.Value[0] : Outcome.Refused<string>(saved.Problems);
    }

    /// <summary>Whether two criteria say the same.</summary>
    internal static bool Same(Criterion a, Criterion b) => a with { Comparators = [] } == b with { Comparators = [] } && a.Comparators.SequenceEqual(b.Comparators, StringComparer.Ordinal);

    /// <summary>How many values of the windows of a plan are known at the dates of a view.</summary>
    private async Task<int> SeenAsync(RecordView view, EvaluationPlan plan, CancellationToken cancellation)
    {
        var seen = new HashSet<(string Measure, string Area, DateOnly First)>();
        foreach (var group in plan.Criteria.GroupBy(criterion => criterion.Measure, StringComparer.Ordinal))
        {
            var panel = await MeasurePanel.ReadAsync(measured, view, group.Key, [], cancellation);
            foreach (var criterion in group.Where(criterion => criterion.Window is not null))
            {
                seen.UnionWith(panel.Within(criterion.Area, criterion.Window!).Select(point => (group.Key, criterion.Area.ToUpperInvariant(), point.Period.First)));
            }
        }

        return seen.Count;
    }

    private static string SeenWords(int seen) => seen == 0 ? "No value of a window was known" : $"{Numbers.Counted(seen, "value of a window was", "values of the windows were", capital: true)} known";

    private async Task<(RecordView View, StoredRecord<EvaluationPlan>? Found, List<Problem> Problems)> BeginAsync(Actor actor, string key, long? expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var view = records.View(actor, time.Now());
        if (await view.FindAsync<EvaluationPlan>(key, cancellation) is not { } found)
        {
            return (view, null, [new Problem("There is no such evaluation plan", Field: "key", Found: key, Accepted: "the key of one that you may read")]);
        }

        if (!actor.May(Needs))
        {
            return (view, null, [new Problem("You may not lock or amend a plan", Field: "key", Accepted: "somebody who keeps the programme's records")]);
        }

        return expected is { } version && version != found.VersionId
            ? (view, null, [new Problem("Somebody changed it since you opened it; read it again", Field: "version", Found: version.ToString(CultureInfo.InvariantCulture))])
            : (view, found, []);
    }

    private async Task<Outcome<string>> SaveAsync(Actor actor, StoredRecord<EvaluationPlan> found, EvaluationPlan plan, string why, CancellationToken cancellation)
    {
        var saved = await records.SaveAsync(actor, [new RecordChange(found.Kind.Name, found.Key, plan, Expected: found.VersionId) { Step = nameof(PlanProcess) }], why, cancellation);
        return saved.Succeeded ? saved.Value[0] : Outcome.Refused<string>(saved.Problems);
    }
}
