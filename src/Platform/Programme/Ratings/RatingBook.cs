using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>A milestone with all that is computed of it.</summary>
/// <param name="Record">The milestone.</param>
/// <param name="Facts">What follows from its dates.</param>
/// <param name="Dependencies">What it waits for.</param>
/// <param name="Ring">The ring of milestones waiting for each other that it stands in; null where it stands in none.</param>
/// <param name="Breaches">Embargoes that it is planned against.</param>
/// <param name="Computed">The rating the rule computes; null where no rule is in the store.</param>
/// <param name="Published">The published rating, judged; null where none was published.</param>
/// <param name="Reported">When something was last reported on it.</param>
public sealed record RatedMilestone(
    StoredRecord<Milestone> Record, MilestoneFacts Facts, IReadOnlyList<DependencyFinding> Dependencies, IReadOnlyList<string>? Ring,
    IReadOnlyList<EmbargoBreach> Breaches, ComputedRating? Computed, PublishedJudgement? Published, DateOnly Reported);

/// <summary>
/// Rates milestones as at the dates of a view, from the rule, scales, risks, embargoes and rounds in it. What the reader may not see
/// does not rate.
/// </summary>
public sealed class RatingBook
{
    private readonly RecordView _view;
    private readonly Dictionary<string, RatingScale> _scales;
    private readonly ILookup<string, string> _worstRisks;
    private readonly ILookup<string, EmbargoBreach> _breaches;
    private readonly Dictionary<string, Milestone> _milestones;
    private readonly StoredRecord<Round>? _signedOff;
    private readonly OwnerReports _reports;

    private RatingBook(
        RecordView view, RatingRule? rule, Dictionary<string, RatingScale> scales, ILookup<string, string> worstRisks,
        ILookup<string, EmbargoBreach> breaches, Dictionary<string, Milestone> milestones, StoredRecord<Round>? signedOff, OwnerReports reports)
    {
        (_view, Rule, _scales, _worstRisks, _breaches, _milestones, _signedOff, _reports) = (view, rule, scales, worstRisks, breaches, milestones, signedOff, reports);
    }

    /// <summary>The rule that holds: the highest version in the view; null where there is none.</summary>
    public RatingRule? Rule { get; }

    /// <summary>Opens the book of a view.</summary>
    public static async Task<RatingBook> OpenAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var rule = (await view.ListAsync<RatingRule>(cancellation)).Select(record => record.Body).MaxBy(body => body.Version);
        var scales = (await view.ListAsync<RatingScale>(cancellation)).ToDictionary(record => record.Key, record => record.Body, StringComparer.Ordinal);
        var milestones = (await view.ListAsync<Milestone>(cancellation)).ToDictionary(record => record.Key, record => record.Body, StringComparer.Ordinal);
        var risks = (await view.ListAsync<Risk>(cancellation))
            .Where(record => IsOpen(record.Body, view.At.Effective) && IsWorst(record.Body, rule, scales))
            .SelectMany(record => record.Body.Threatens.Select(threatened => (threatened, record.Body.Title)))
            .ToLookup(pair => pair.threatened, pair => pair.Title, StringComparer.Ordinal);
        var breaches = (await Embargoes.BreachesAsync(view, cancellation)).ToLookup(breach => breach.Held.Reference, StringComparer.Ordinal);
        var signedOff = (await view.ListAsync<Round>(cancellation)).Where(record => record.Body.SignedOffOn <= view.At.Known).MaxBy(record => record.Body.SignedOffOn);
        return new(view, rule, scales, risks, breaches, milestones, signedOff, await OwnerReports.OpenAsync(view, cancellation));
    }

    /// <summary>The scale of a key, or that of the rule where none is named; null where there is none.</summary>
    public RatingScale? Scale(string? key) => (key ?? Rule?.Scale) is { } name ? _scales.GetValueOrDefault(name) : null;

    /// <summary>Rates a milestone.</summary>
    public async Task<RatedMilestone> RateAsync(StoredRecord<Milestone> record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var milestone = record.Body;
        var facts = MilestoneFacts.Of(milestone, _view.At.Effective);
        var waits = await Schedule.Dependencies.OfAsync(_view, milestone, facts.Expected, cancellation);
        var breaches = _breaches[record.Reference].ToList();
        var reported = await _reports.LastAsync(record, cancellation);
        var computed = Rule is null ? null : RatingRules.Compute(Rule, Scale(Rule.Scale), new(
            facts,
            waits.Where(wait => wait.Verdict == DependencyVerdict.Conflict).Select(wait => wait.On!.Body.Title).ToList(),
            _worstRisks[record.Reference].ToList(),
            reported,
            Missed(record.Reference, reported),
            _view.At.Known,
            _view.At.Effective,
            facts.IsDone ? null : await AgainstAsync(milestone.OnTrackWhile, cancellation)));
        return new(
            record, facts, waits,
            milestone.DependsOn.Count == 0 ? null : Schedule.Dependencies.FindRing(record.Key, key => key == record.Key ? milestone : _milestones.GetValueOrDefault(key)),
            breaches, computed, PublishedJudgement.Of(milestone.Published, Scale(milestone.Published?.Scale), computed, _view.At.Effective), reported);
    }

    private async Task<string?> AgainstAsync(string? query, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return null;
        }

        var answer = await RecordQueries.EvaluateAsync(_view, _view.Unread, query, new QueryNames(_view, null, cancellation), cancellation);
        return answer.Truth switch
        {
            Truth.True => null,
            Truth.False => $"its measures do not show it on track: {string.Join("; ", PromiseCheck.Shown(answer.Evidence))}",
            _ => $"whether its measures show it on track cannot be told: {(answer.Why is [var why, ..] ? why : "nothing says")}",
        };
    }

    /// <summary>Rates every milestone of a list.</summary>
    public async Task<IReadOnlyList<RatedMilestone>> RateAsync(IEnumerable<StoredRecord<Milestone>> records, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var rated = new List<RatedMilestone>();
        var all = records.ToList();
        await _reports.LastAsync(all, cancellation);
        foreach (var record in all)
        {
            rated.Add(await RateAsync(record, cancellation));
        }

        return rated;
    }

    /// <summary>Whether a risk may still happen: not closed, and not happened.</summary>
    public static bool IsOpen(Risk risk, DateOnly effective)
    {
        ArgumentNullException.ThrowIfNull(risk);
        return risk.BecameIssue is null && (risk.Closed is null || risk.Closed.First > effective);
    }

    // A report on the day of the sign-off may have come after it or before: only a later day makes up for what was missing.
    private string? Missed(string reference, DateOnly reported)
    {
        if (_signedOff is not { } round || reported > round.Body.SignedOffOn)
        {
            return null;
        }

        return round.Body.Missing.Contains(reference, StringComparer.Ordinal) ? $"its owner reported nothing in {round.Body.Title}"
            : round.Body.NotAsked.Contains(reference, StringComparer.Ordinal) ? $"nobody was asked for it in {round.Body.Title}"
            : null;
    }

    private static bool IsWorst(Risk risk, RatingRule? rule, Dictionary<string, RatingScale> scales)
    {
        var word = risk.Published?.Rating ?? risk.Current?.Rating;
        return word is not null && (risk.Published?.Scale ?? rule?.Scale) is { } key && scales.GetValueOrDefault(key) is { Words.Count: > 0 } scale
            && scale.Words.FirstOrDefault(one => string.Equals(one.Word, word, StringComparison.OrdinalIgnoreCase)) is { } entry
            && entry.Place == scale.Words.Max(one => one.Place);
    }
}
