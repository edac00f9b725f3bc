using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>What is said of decisions beside what was typed in: what is asked, what it rests on, what is missing, what followed.</summary>
internal sealed class DecisionReading(PromiseCheck promises) : IRecordReading
{
    public string Kind => "decision";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var standings = new List<DecisionStanding>(records.Count);
        foreach (var record in records.Cast<StoredRecord<Decision>>())
        {
            standings.Add(await DecisionStanding.OfAsync(view, record, cancellation));
        }

        return new(Headline(standings), ["Where it stands", "Missing", "Rests on"], standings.ToDictionary(
            each => each.Record.Key,
            each => (IReadOnlyList<Said>)
            [
                new Said(each.Headline(view.At.Effective), Of(each)),
                each.IsOpen ? each.Missing.Count == 0 ? new Said("nothing", Standing.Good) : new Said(DecisionStanding.Counted(each.Missing.Count, "thing", "things"), Standing.Watch) : "",
                RestsCell(each),
            ],
            StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var standing = await DecisionStanding.OfAsync(view, (StoredRecord<Decision>)record, cancellation);
        var posts = (await view.ListAsync<Post>(cancellation)).ToDictionary(post => post.Key, post => post.Body.Title, StringComparer.Ordinal);
        var today = view.At.Effective;
        var part2 = (await view.ListAsync<ConfidentialPart>(cancellation)).FirstOrDefault(each => each.Body.Decision == record.Key);
        return new(standing.Headline(today),
        [
            Asked(standing),
            RestsOn(standing),
            Missing(standing),
            AuthorityPart(standing),
            .. await DecisionSurroundings.ReadAsync(view, promises, standing.Record.Body, cancellation),
            Conditions(standing, today),
            Follow(standing, today, posts),
            Published(standing.Record.Body, today, part2),
            await PassagesAsync(view, standing.Record.Body, cancellation),
        ]);
    }

    private static string Headline(List<DecisionStanding> all)
    {
        if (all.Count == 0)
        {
            return "No decision is recorded as at these dates";
        }

        var taken = all.Count(each => each.Record.Body.State == DecisionState.Taken);
        var waiting = all.Count(each => each.Record.Body.State == DecisionState.Submitted);
        var again = all.Count(each => each.Reconsider.Count > 0);
        var parts = new List<string> { taken == all.Count ? taken == 1 ? "The one decision is taken" : $"All {DecisionStanding.Counted(taken, "decision", "decisions")} are taken" : $"{Capital(DecisionStanding.Counted(taken, "", ""))} of {DecisionStanding.Counted(all.Count, "decision is", "decisions are")} taken" };
        if (waiting > 0)
        {
            parts.Add($"{DecisionStanding.Counted(waiting, "waits", "wait")} for a signature");
        }

        parts.Add(again == 0 ? "none rests on facts that have changed since" : $"{DecisionStanding.Counted(again, "rests", "rest")} on facts that have changed since");
        return string.Join("; ", parts);
    }

    private static ReadingPart Asked(DecisionStanding standing)
    {
        var decision = standing.Record.Body;
        var sum = decision.Recommendations.Sum(each => each.Amount ?? 0);
        return new(
            "recommendations", "What is asked",
            decision.Recommendations.Count == 0 ? "Nothing is recommended yet"
            : standing.Authority.Amount is { } amount ? $"{FieldWords.Number(amount, "£")} is asked for{(sum != 0 && sum != amount ? $", but the recommendations add up to {FieldWords.Number(sum, "£")}" : "")}"
            : "No money is asked for",
            ["Number", "Recommendation", "Amount", "Outcome"],
            [.. decision.Recommendations.Select(each => (IReadOnlyList<Said>)
            [
                FieldWords.Number(each.Number, null), each.What, each.Amount is { } pounds ? FieldWords.Number(pounds, "£") : "",
                new Said(FieldWords.Words(each.Outcome), each.Outcome switch
                {
                    RecommendationOutcome.Agreed => Standing.Good,
                    RecommendationOutcome.Refused => Standing.Bad,
                    RecommendationOutcome.Open => Standing.Plain,
                    _ => Standing.Watch,
                }),
            ])]);
    }

    private static ReadingPart RestsOn(DecisionStanding standing)
    {
        var again = standing.Reconsider.Count;
        return new(
            "rests-on", "What it rests on",
            standing.Rests.Count == 0 ? "It names no record that it rests on, so nobody can be told when one changes"
            : again > 0 && standing.Record.Body.State == DecisionState.Submitted ? $"{Capital(DecisionStanding.Counted(again, "fact has", "facts have"))} changed since the paper was submitted; the signature asks whether that was seen"
            : again > 0 ? $"Reconsider: {DecisionStanding.Counted(again, "fact has", "facts have")} changed since {(again == 1 ? "it was" : "they were")} relied on"
            : standing.Record.Body.State == DecisionState.Taken ? "Nothing asks for it to be reconsidered" : "Each is fixed to its exact version when the decision is signed",
            ["Record", "For", "Relied on", "Now", "Changed since"],
            [.. standing.Rests.Select(each => (IReadOnlyList<Said>)
            [
                new Said(each.Name, Standing.Plain, each.Row.On),
                each.Row.For ?? "",
                Version(each.Relied, each.Pinned || standing.Record.Body.State is DecisionState.Draft or DecisionState.Submitted ? "" : ", as known on the day of the decision"),
                each.Now is null ? new Said(each.State == RelianceState.Ended ? "no longer holds" : "not there for you", Standing.Missing) : Version(each.Now, ""),
                Changed(each, standing.Reconsider.Contains(each)),
            ])]);
    }

    private static Said Version(StoredRecord? version, string how) => version is null
        ? new Said("not known", Standing.Missing)
        : $"version {version.VersionId.ToString(System.Globalization.CultureInfo.InvariantCulture)}, known on {Day(version.Known)}{how}";

    private static Said Changed(RelianceFinding each, bool again) => each.State switch
    {
        RelianceState.Unchanged => new Said("nothing", Standing.Good),
        RelianceState.Unknown => new Said("not known: the version relied on was not recorded", Standing.Missing),
        RelianceState.Withheld => new Said("not there for you, or never recorded", Standing.Missing),
        RelianceState.Ended => new Said("it no longer holds" + (each.LookedAt ? " (looked at again)" : again ? ": reconsider" : ""), each.LookedAt ? Standing.Watch : Standing.Bad),
        _ => new Said(string.Join("; ", each.Changes) + (each.LookedAt ? " (looked at again)" : again ? " — reconsider" : ""), each.LookedAt ? Standing.Watch : Standing.Bad),
    };

    private static Said RestsCell(DecisionStanding standing) => standing switch
    {
        { Rests.Count: 0 } => new Said("nothing named", Standing.Missing),
        { Reconsider.Count: > 0 } => new Said($"reconsider: {string.Join(", ", standing.Reconsider.Select(each => each.Name))}", Standing.Bad, standing.Reconsider[0].Row.On),
        _ => DecisionStanding.Counted(standing.Rests.Count, "record", "records"),
    };

    private static ReadingPart Missing(DecisionStanding standing) => new(
        "missing", "What is missing",
        standing.Missing.Count == 0 ? "The paper is complete: every section, advice and declaration owed is there"
        : standing.IsOpen ? $"{Capital(DecisionStanding.Counted(standing.Missing.Count, "thing is", "things are"))} missing before it may be {(standing.Record.Body.State == DecisionState.Submitted ? "signed" : "submitted")}"
        : $"The paper as recorded lacks {DecisionStanding.Counted(standing.Missing.Count, "thing", "things")} that a paper owes",
        ["What", "Accepted"],
        [.. standing.Missing.Select(each => (IReadOnlyList<Said>)[new Said(each.Message, Standing.Missing), each.Accepted ?? ""])]);

    private static ReadingPart AuthorityPart(DecisionStanding standing) => new(
        "authority", "Authority", standing.Authority.Words,
        ["Rule", "Covers", "Named decision maker"],
        standing.Authority.Rule is not { } rule ? [] :
        [
            [
                new Said(rule.Body.Title, Standing.Plain, rule.Reference), Authority.Range(rule.Body) + (rule.Body.AppliesTo is { } to ? ", " + to : ""),
                standing.Authority.Verdict switch
                {
                    AuthorityVerdict.Held => new Said("has the authority", Standing.Good),
                    AuthorityVerdict.NotHeld => new Said("has not the authority", Standing.Bad),
                    _ => new Said("nobody is named", Standing.Missing),
                },
            ],
        ]);

    private static ReadingPart Conditions(DecisionStanding standing, DateOnly today)
    {
        var conditions = standing.Record.Body.Conditions;
        var met = conditions.Count(each => each.Met is not null);
        return new(
            "conditions", "Conditions",
            conditions.Count == 0 ? "It was made without conditions"
            : $"{OfAll(met, conditions.Count, "condition")} met{(standing.OverdueConditions.Count > 0 ? $", {DecisionStanding.Counted(standing.OverdueConditions.Count, "is", "are")} overdue" : "")}",
            ["Condition", "Due", "Stands", "Evidence"],
            [.. conditions.Select(each => (IReadOnlyList<Said>)
            [
                each.What, each.Due?.Text ?? "no date",
                each.Met is { } day ? new Said("met " + day.Text, each.Due is { } due && day.First > due.Last ? Standing.Watch : Standing.Good)
                : each.Due is { } by && by.Last < today ? new Said("overdue", Standing.Bad) : new Said("not met yet", Standing.Watch),
                each.Evidence is { Length: > 0 } evidence ? evidence : each.Met is null ? "" : new Said("none recorded", Standing.Missing),
            ])]);
    }

    // "The one condition is", "The one condition is not", "None of two conditions is", "One of two conditions is", "All three conditions are".
    private static string OfAll(int some, int all, string one) => (some, all) switch
    {
        (_, 1) => $"The one {one} is{(some == 0 ? " not" : "")}",
        (0, _) => $"None of {DecisionStanding.Counted(all, one, one + "s")} is",
        _ when some == all => $"All {DecisionStanding.Counted(all, one, one + "s")} are",
        _ => $"{Capital(DecisionStanding.Counted(some, "", ""))} of {DecisionStanding.Counted(all, one, one + "s")} {(some == 1 ? "is" : "are")}",
    };

    private static ReadingPart Follow(DecisionStanding standing, DateOnly today, Dictionary<string, string> posts)
    {
        var actions = standing.Record.Body.FollowThrough;
        var done = actions.Count(each => each.Done is not null);
        return new(
            "follow-through", "Follow-through",
            actions.Count == 0 ? "Nothing was agreed to be done after it"
            : $"{OfAll(done, actions.Count, "action")} done{(standing.OverdueActions.Count > 0 ? $", {DecisionStanding.Counted(standing.OverdueActions.Count, "is", "are")} overdue" : "")}",
            ["Action", "Who", "Agreed", "Reminded", "Done"],
            [.. actions.Select(each => (IReadOnlyList<Said>)
            [
                each.What, each.Who is { } who ? new Said(posts.GetValueOrDefault(who, who), Standing.Plain, "post:" + who) : new Said("nobody named", Standing.Missing),
                each.Agreed?.Text ?? "", each.Reminded?.Text ?? "",
                each.Done is { } day ? new Said("done " + day.Text, Standing.Good)
                : each.Due is { } due ? due.Last < today ? new Said($"overdue since {due.Text}", Standing.Bad) : new Said("due " + due.Text, Standing.Plain)
                : new Said("not done", Standing.Watch),
            ])]);
    }

    private static ReadingPart Published(Decision decision, DateOnly today, StoredRecord<ConfidentialPart>? part2)
    {
        var publication = decision.Publication;
        Said part1 = publication?.State switch
        {
            null => new Said("not said", Standing.Missing),
            PublicationState.Deferred when publication.DeferredUntil is { } until => new Said(
                $"deferred until {Day(until)}{(publication.DeferralReason is { Length: > 0 } why ? $": {why}" : "")}", until < today ? Standing.Bad : Standing.Watch),
            PublicationState.OnApproval when decision.State == DecisionState.Taken => new Said("to be published on approval; that it was is not recorded", Standing.Watch),
            PublicationState.Published => new Said("published", Standing.Good),
            { } state => FieldWords.Words(state),
        };
        return new(
            "publication", "Publication",
            publication switch
            {
                null => "Nothing is recorded about publication",
                { State: PublicationState.Deferred, DeferredUntil: { } until } when until < today => $"The deferral ended on {Day(until)}; that it was published is not recorded",
                { HasPart2: true } => $"A Part 2 exists: {publication.Part2Ground ?? "no ground is recorded"}",
                _ => null,
            },
            ["Part", "Stands"],
            [
                ["Part 1, public", part1],
                // That there is a Part 2 and on which ground is public; nothing else of it is. Its readers are led to it.
                ["Part 2, for its readers", part2 is not null ? new Said($"{publication?.Part2Ground ?? part2.Body.Handling.Ground ?? "no ground recorded"}: open it", Standing.Plain, part2.Reference) : publication is { HasPart2: true } ? new Said(publication.Part2Ground ?? "no ground recorded", publication.Part2Ground is null ? Standing.Missing : Standing.Plain) : "there is none"],
            ]);
    }

    private static async Task<ReadingPart> PassagesAsync(RecordView view, Decision decision, CancellationToken cancellation)
    {
        var cases = (await view.ListAsync<BusinessCase>(cancellation)).Where(each => decision.Work is { } work && each.Body.Work == work).ToList();
        var bodies = (await view.ListAsync<Body>(cancellation)).ToDictionary(body => body.Key, body => body.Body.ShortName ?? body.Body.Title, StringComparer.Ordinal);
        return new(
            "passages", "Business case",
            cases.Count == 0 ? "No business case of the same work is recorded" : string.Join("; ", cases.Select(each => CasePassages.Headline(each.Body, view.At.Effective))),
            CasePassages.Columns,
            [.. cases.SelectMany(each => CasePassages.Rows(each.Body, bodies, view.At.Effective))]);
    }

    private static Standing Of(DecisionStanding standing) => standing switch
    {
        { Reconsider.Count: > 0 } or { OverdueConditions.Count: > 0 } => Standing.Bad,
        { Record.Body.State: DecisionState.Taken } => Standing.Good,
        { IsOpen: true } => Standing.Watch,
        _ => Standing.Plain,
    };

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
