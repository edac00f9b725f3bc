using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>A step that a decision can take.</summary>
public enum DecisionStep
{
    /// <summary>To the decision maker.</summary>
    Submit,

    /// <summary>Taken and signed.</summary>
    Sign,

    /// <summary>Put off to a date.</summary>
    Defer,

    /// <summary>Refused.</summary>
    Refuse,

    /// <summary>Withdrawn by its author.</summary>
    Withdraw,

    /// <summary>Back to a draft.</summary>
    Reopen,

    /// <summary>Looked at again after what it rests on had changed.</summary>
    Reconsider,
}

/// <summary>What became of one recommendation.</summary>
public sealed record RecommendationAnswer(int Number, RecommendationOutcome Outcome);

/// <summary>What a decision maker signs.</summary>
public sealed record Signing
{
    /// <summary>The version of the decision that was read; refused when somebody saved since.</summary>
    public long? Expected { get; init; }

    /// <summary>Outcome of each recommendation; those not named are agreed.</summary>
    public IReadOnlyList<RecommendationAnswer> Outcomes { get; init; } = [];

    /// <summary>Conditions added to those of the paper.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Interests declared by the signer; "None" is an answer.</summary>
    public string? Interests { get; init; }

    /// <summary>Rationale for signing without a step that is owed.</summary>
    public string? Exemption { get; init; }

    /// <summary>The date as at which the signer saw what it rests on; null for today.</summary>
    public AsAt? Seen { get; init; }

    /// <summary>What the signer has seen to have changed since the paper was submitted: <see cref="RelianceFinding.SeenMark"/> of each.</summary>
    public IReadOnlyList<string> SeenChanges { get; init; } = [];

    /// <summary>Why it is decided so.</summary>
    public string Why { get; init; } = "";
}

/// <summary>
/// The whole life of a decision: draft → submitted → taken, deferred or refused; withdrawn and reopened on the way. Whoever keeps
/// records drafts, submits, withdraws and reopens; a decision maker signs, defers, refuses and reconsiders.
/// </summary>
public sealed class DecisionProcess(IRecords records, TimeProvider time)
{
    private static readonly Dictionary<DecisionStep, (DecisionState[] From, Permission Needs)> Steps = new()
    {
        [DecisionStep.Submit] = ([DecisionState.Draft, DecisionState.Deferred], Permission.KeepRecords),
        [DecisionStep.Sign] = ([DecisionState.Submitted], Permission.Decide),
        [DecisionStep.Defer] = ([DecisionState.Submitted], Permission.Decide),
        [DecisionStep.Refuse] = ([DecisionState.Submitted], Permission.Decide),
        [DecisionStep.Withdraw] = ([DecisionState.Draft, DecisionState.Submitted, DecisionState.Deferred], Permission.KeepRecords),
        [DecisionStep.Reopen] = ([DecisionState.Submitted, DecisionState.Deferred, DecisionState.Refused, DecisionState.Withdrawn], Permission.KeepRecords),
        [DecisionStep.Reconsider] = ([DecisionState.Taken], Permission.Decide),
    };

    /// <summary>The permission a step needs.</summary>
    public static Permission Needs(DecisionStep step) => Steps[step].Needs;

    /// <summary>The steps open from where a decision stands, in the order of <see cref="DecisionStep"/>; each needs its permission.</summary>
    public static IReadOnlyList<DecisionStep> Open(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return Steps.Where(step => step.Value.From.Contains(decision.State)).Select(step => step.Key).Order().ToList();
    }

    /// <summary>From draft or deferred to submitted, once nothing is missing.</summary>
    public async Task<Outcome<string>> SubmitAsync(Actor actor, string key, string why, long? expected = null, CancellationToken cancellation = default)
    {
        var (view, found, problems) = await BeginAsync(actor, key, DecisionStep.Submit, expected, cancellation);
        if (found is null)
        {
            return problems;
        }

        var missing = DecisionReadiness.Missing(found.Body, await AuthorityAsync(view, found.Body, cancellation));
        return missing.Count > 0
            ? missing.Select(problem => problem with { Message = "Not ready: " + LowerFirst(problem.Message) }).ToList()
            : await SaveAsync(actor, found, found.Body with { State = DecisionState.Submitted, DeferredTo = null, RestsOn = await Reliances.SubmitAsync(view, found.Body, cancellation) }, why, cancellation);
    }

    /// <summary>
    /// From submitted to taken: signed by the holder of the decision maker's post, with what it rests on fixed to the versions that the
    /// signer saw.
    /// </summary>
    public async Task<Outcome<string>> SignAsync(Actor actor, string key, Signing signing, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(signing);
        var (view, found, problems) = await BeginAsync(actor, key, DecisionStep.Sign, signing.Expected, cancellation);
        if (found is null)
        {
            return problems;
        }

        var exemption = string.IsNullOrWhiteSpace(signing.Exemption) ? found.Body.Exemption : signing.Exemption.Trim();
        var decision = found.Body with { Exemption = exemption };
        var owed = DecisionReadiness.Missing(decision, await AuthorityAsync(view, decision, cancellation));
        if (owed.Count > 0 && string.IsNullOrWhiteSpace(exemption))
        {
            problems.AddRange(owed.Select(problem => problem with { Message = "Not ready: " + LowerFirst(problem.Message) }));
        }

        var interests = string.IsNullOrWhiteSpace(signing.Interests) ? decision.Interests : signing.Interests.Trim();
        if (string.IsNullOrWhiteSpace(interests))
        {
            problems.Add(new Problem("Say which interests you have in the matter", Field: "interests", Accepted: "\"None\", or what they are"));
        }

        problems.AddRange(signing.Outcomes.Where(answer => !decision.Recommendations.Any(each => each.Number == answer.Number)).Select(answer => new Problem(
            "There is no recommendation of that number", Field: "outcomes", Found: answer.Number.ToString(CultureInfo.InvariantCulture))));
        var (holder, may) = await SignerAsync(view, actor, decision.DecisionMaker, cancellation);
        if (!may)
        {
            problems.Add(new Problem($"Only {holder} signs this decision", Field: "decisionMaker", Found: actor.Name, Accepted: holder));
        }

        var seen = signing.Seen is { } at ? view.As(at) : view;
        problems.AddRange((await Reliances.OfAsync(seen, decision, cancellation)).Where(each => each.Reconsider && !signing.SeenChanges.Contains(each.SeenMark, StringComparer.Ordinal)).Select(each => new Problem(
            $"{each.Name} changed since the paper was submitted{(each.Changes.Count == 0 ? "" : ": " + string.Join("; ", each.Changes))}", Field: "seenChanges", Found: each.Row.On, Accepted: "that you have seen it")));
        var (pinned, notSeen) = await Reliances.PinAsync(seen, decision, cancellation);
        problems.AddRange(notSeen.Select(reference => new Problem("It rests on a record that you cannot see as at these dates", Field: "restsOn", Found: reference)));
        if (problems.Count > 0)
        {
            return problems;
        }

        var today = time.LondonToday();
        var outcomes = signing.Outcomes.ToDictionary(answer => answer.Number, answer => answer.Outcome);
        return await SaveAsync(
            actor, found,
            decision with
            {
                State = DecisionState.Taken,
                DecidedOn = PartialDate.Of(today),
                DeferredTo = null,
                Interests = interests,
                Recommendations = [.. decision.Recommendations.Select(each => each with { Outcome = outcomes.GetValueOrDefault(each.Number, RecommendationOutcome.Agreed) })],
                Conditions = [.. decision.Conditions, .. signing.Conditions],
                RestsOn = pinned,
                Signatures = [.. decision.Signatures, new Signature { Post = decision.DecisionMaker, Name = actor.Name, Date = PartialDate.Of(today), As = "Decision maker" }],
            },
            signing.Why, cancellation);
    }

    /// <summary>From submitted to deferred, to a date.</summary>
    public Task<Outcome<string>> DeferAsync(Actor actor, string key, PartialDate? until, string why, long? expected = null, CancellationToken cancellation = default) =>
        until is null || until.Last < time.LondonToday()
            ? Task.FromResult<Outcome<string>>(new Problem("Say to which date it is put off", Field: "until", Found: until?.Text, Accepted: "a date that is not past"))
            : MoveAsync(actor, key, DecisionStep.Defer, decision => decision with { State = DecisionState.Deferred, DeferredTo = until }, why, expected, cancellation);

    /// <summary>From submitted to refused; every recommendation still open is refused with it.</summary>
    public Task<Outcome<string>> RefuseAsync(Actor actor, string key, string why, long? expected = null, CancellationToken cancellation = default) => MoveAsync(
        actor, key, DecisionStep.Refuse,
        decision => decision with
        {
            State = DecisionState.Refused,
            DecidedOn = PartialDate.Of(time.LondonToday()),
            Recommendations = [.. decision.Recommendations.Select(each => each.Outcome == RecommendationOutcome.Open ? each with { Outcome = RecommendationOutcome.Refused } : each)],
            Signatures = [.. decision.Signatures, new Signature { Post = decision.DecisionMaker, Name = actor.Name, Date = PartialDate.Of(time.LondonToday()), As = "Decision maker, refusing" }],
        },
        why, expected, cancellation);

    /// <summary>From draft, submitted or deferred to withdrawn.</summary>
    public Task<Outcome<string>> WithdrawAsync(Actor actor, string key, string why, long? expected = null, CancellationToken cancellation = default) =>
        MoveAsync(actor, key, DecisionStep.Withdraw, decision => decision with { State = DecisionState.Withdrawn }, why, expected, cancellation);

    /// <summary>From submitted, deferred, refused or withdrawn back to a draft, its outcomes open again.</summary>
    public Task<Outcome<string>> ReopenAsync(Actor actor, string key, string why, long? expected = null, CancellationToken cancellation = default) => MoveAsync(
        actor, key, DecisionStep.Reopen,
        decision => decision with
        {
            State = DecisionState.Draft,
            DecidedOn = null,
            DeferredTo = null,
            Signatures = [],
            Recommendations = [.. decision.Recommendations.Select(each => each with { Outcome = RecommendationOutcome.Open })],
        },
        why, expected, cancellation);

    /// <summary>A taken decision stays taken: that it was looked at again is recorded, with what its relied-on records said then.</summary>
    public async Task<Outcome<string>> ReconsiderAsync(Actor actor, string key, string result, long? expected = null, CancellationToken cancellation = default)
    {
        var (view, found, problems) = await BeginAsync(actor, key, DecisionStep.Reconsider, expected, cancellation);
        if (found is null)
        {
            return problems;
        }

        if (string.IsNullOrWhiteSpace(result))
        {
            return new Problem("Say what came of looking at it again", Field: "result", Accepted: "a sentence: it stands because …, a new decision is sought because …");
        }

        var (holder, may) = await SignerAsync(view, actor, found.Body.DecisionMaker, cancellation);
        if (!may)
        {
            return new Problem($"Only {holder} reconsiders this decision", Field: "decisionMaker", Found: actor.Name, Accepted: holder);
        }

        var row = new Reconsideration { On = PartialDate.Of(time.LondonToday()), By = actor.Name, Result = result.Trim() };
        return await SaveAsync(
            actor, found,
            found.Body with { RestsOn = await Reliances.LookAgainAsync(view, found.Body, cancellation), Reconsiderations = [.. found.Body.Reconsiderations, row] },
            "Reconsidered: " + row.Result, cancellation);
    }

    /// <summary>The rule that says who must decide, as at a view's dates.</summary>
    public static async Task<AuthorityFinding> AuthorityAsync(RecordView view, Decision decision, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var posts = (await view.ListAsync<Post>(cancellation)).ToDictionary(post => post.Key, post => post.Body.Title, StringComparer.Ordinal);
        return Authority.Of(decision, await view.ListAsync<AuthorityRule>(cancellation), post => posts.GetValueOrDefault(post, post));
    }

    /// <summary>
    /// Who signs: the holders of the post whose people sign in here, and whether the actor is one. A post that nobody with an account
    /// holds is signed for by whoever may decide.
    /// </summary>
    public static async Task<(string Holder, bool May)> SignerAsync(RecordView view, Actor actor, string? post, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(actor);
        if (string.IsNullOrEmpty(post))
        {
            return ("the decision maker", true);
        }

        var held = (await view.ListAsync<Appointment>(cancellation))
            .Where(each => each.Body.Post == post && (each.Body.From is not { } from || from.First <= view.At.Effective) && (each.Body.Until is not { } until || until.Last >= view.At.Effective))
            .Select(each => each.Body.Person).ToHashSet(StringComparer.Ordinal);
        var people = (await view.ListAsync<Person>(cancellation)).Where(person => held.Contains(person.Key) && !string.IsNullOrWhiteSpace(person.Body.Account)).ToList();
        return people.Count == 0
            ? ("a decision maker", true)
            : (string.Join(" or ", people.Select(person => person.Body.Title)), people.Exists(person => string.Equals(person.Body.Account, actor.Account, StringComparison.OrdinalIgnoreCase)));
    }

    private async Task<Outcome<string>> MoveAsync(
        Actor actor, string key, DecisionStep step, Func<Decision, Decision> move, string why, long? expected, CancellationToken cancellation)
    {
        var (_, found, problems) = await BeginAsync(actor, key, step, expected, cancellation);
        return found is null ? problems : await SaveAsync(actor, found, move(found.Body), why, cancellation);
    }

    private async Task<(RecordView View, StoredRecord<Decision>? Found, List<Problem> Problems)> BeginAsync(
        Actor actor, string key, DecisionStep step, long? expected, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var today = time.LondonToday();
        var view = records.View(actor, new AsAt(today, today));
        var (from, needs) = Steps[step];
        if (await view.FindAsync<Decision>(key, cancellation) is not { } found)
        {
            return (view, null, [new Problem("There is no such decision", Field: "key", Found: key)]);
        }

        if (!actor.May(needs))
        {
            return (view, null, [new Problem($"You may not {Verb(step)} a decision", Field: "state", Accepted: needs == Permission.Decide ? "a decision maker" : "somebody who keeps the programme's records")]);
        }

        if (!from.Contains(found.Body.State))
        {
            return (view, null, [new Problem(
                $"A decision that is {FieldWords.Words(found.Body.State)} cannot be {Past(step)}", Field: "state", Found: FieldWords.Words(found.Body.State),
                Accepted: string.Join(", ", from.Select(state => FieldWords.Words(state))))]);
        }

        return expected is { } version && version != found.VersionId
            ? (view, null, [new Problem("Somebody changed it since you opened it; read it again", Field: "version")])
            : (view, found, []);
    }

    private async Task<Outcome<string>> SaveAsync(Actor actor, StoredRecord<Decision> found, Decision changed, string why, CancellationToken cancellation)
    {
        var saved = await records.SaveAsync(actor, [new RecordChange(found.Kind.Name, found.Key, changed, Expected: found.VersionId) { Step = nameof(DecisionProcess) }], why, cancellation);
        return saved.Succeeded ? saved.Value[0] : Outcome.Refused<string>(saved.Problems);
    }

    private static string Verb(DecisionStep step) => step.ToString().ToLowerInvariant();

    private static string Past(DecisionStep step) => step switch
    {
        DecisionStep.Submit => "submitted",
        DecisionStep.Sign => "signed",
        DecisionStep.Defer => "put off",
        DecisionStep.Refuse => "refused",
        DecisionStep.Withdraw => "withdrawn",
        DecisionStep.Reopen => "reopened",
        _ => "reconsidered",
    };

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
