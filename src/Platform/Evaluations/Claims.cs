using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>A claim held against what was known on a day.</summary>
/// <param name="On">The day.</param>
/// <param name="Verdict">"supported", "contradicted" or "not testable".</param>
/// <param name="Numbers">The values that show it: "i-in-target[CN, 2017-08]: 78%".</param>
/// <param name="Why">Why it cannot be tested; empty where it can.</param>
/// <param name="Evidence">Each value used, with the exact version it came from.</param>
public sealed record ClaimTest(DateOnly On, string Verdict, IReadOnlyList<string> Numbers, IReadOnlyList<string> Why, IReadOnlyList<QueryTerm> Evidence);

/// <summary>A claim: what a document asserts, tested as known when it was stated, and as known now.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Then">As known on the day it was stated; null where that day is not known.</param>
/// <param name="Now">As known at the dates of the view.</param>
public sealed record ClaimFinding(StoredRecord<Statement> Statement, ClaimTest? Then, ClaimTest Now)
{
    /// <summary>Whether what is known now says otherwise than what was known then.</summary>
    public bool Turned => Then is not null && Then.Verdict != Now.Verdict;
}

/// <summary>Tests what documents assert. Assertions are statements of the programme's records; this adds the two days of knowledge.</summary>
public sealed class ClaimCheck(IQueries queries)
{
    /// <summary>Supported.</summary>
    public const string Supported = "supported";

    /// <summary>Contradicted.</summary>
    public const string Contradicted = "contradicted";

    /// <summary>Not testable.</summary>
    public const string NotTestable = "not testable";

    /// <summary>Every claim the reader may see; of one document only where its key is given; of performance only where that is asked for.</summary>
    public async Task<IReadOnlyList<ClaimFinding>> ListAsync(RecordView view, string? document = null, bool performanceOnly = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var views = new Dictionary<DateOnly, RecordView>();
        var claims = new List<ClaimFinding>();
        foreach (var statement in (await view.ListAsync<Statement>(cancellation)).Where(one =>
            (document is null || one.Body.Sources.Any(source => source.Document == document)) && (!performanceOnly || one.Body.Category == StatementCategory.Performance)))
        {
            var now = await TestAsync(view, statement.Body, cancellation);
            var day = statement.Body.StatedOn?.Last ?? statement.Known;
            ClaimTest? then = null;
            if (day <= view.At.Known)
            {
                if (!views.TryGetValue(day, out var past))
                {
                    views[day] = past = view.As(new AsAt(day, day, view.At.Recorded));
                }

                then = await TestAsync(past, statement.Body, cancellation);
            }

            claims.Add(new ClaimFinding(statement, then, now));
        }

        return claims;
    }

    /// <summary>"Nine of 40 claims are contradicted by what was known when they were made".</summary>
    public static string Headline(IReadOnlyCollection<ClaimFinding> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (claims.Count == 0)
        {
            return "No claim is on record at these dates";
        }

        var against = claims.Count(claim => (claim.Then ?? claim.Now).Verdict == Contradicted);
        var supported = claims.Count(claim => (claim.Then ?? claim.Now).Verdict == Supported);
        var all = Numbers.Counted(claims.Count, "claim", "claims");
        var first = against == 0 ? $"None of {all} is contradicted by what was known when it was made" : $"{Numbers.InWords(against, capital: true)} of {all} {(against == 1 ? "is" : "are")} contradicted by what was known when {(against == 1 ? "it was" : "they were")} made";
        var open = claims.Count - against - supported;
        return $"{first}, {Numbers.HowMany(supported)} {(supported <= 1 ? "is" : "are")} supported, {(open == 0 ? "and each can be tested" : $"{Numbers.InWords(open)} cannot be tested")}";
    }

    private async Task<ClaimTest> TestAsync(RecordView view, Statement statement, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(statement.Query))
        {
            return new ClaimTest(view.At.Known, NotTestable, [], [statement.NotTestable ?? "No query tests it"], []);
        }

        var answer = await queries.EvaluateAsync(view, statement.Query, cancellation);
        return new ClaimTest(
            view.At.Known,
            answer.Truth switch { Truth.True => Supported, Truth.False => Contradicted, _ => NotTestable },
            [.. answer.Evidence.Where(term => term.Value is not null).Select(term => $"{term.Words}: {term.Value}")],
            answer.Truth == Truth.Undecided ? answer.Why : [],
            answer.Evidence);
    }
}
