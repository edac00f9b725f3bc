using System.Collections.Concurrent;
using System.Globalization;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>A promise with its verdict as at the dates of a view.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="Verdict">Whether it is kept.</param>
/// <param name="Why">Why it cannot be tested; for one that is broken or kept, what shows it. Sentences without full stop.</param>
/// <param name="Evidence">Each value that the rule used.</param>
public sealed record PromiseVerdict(StoredRecord<Commitment> Promise, Verdict Verdict, IReadOnlyList<string> Why, IReadOnlyList<QueryTerm> Evidence);

/// <summary>Since when a verdict has been what it is.</summary>
/// <param name="Day">The first day of the unbroken run of days up to the effective date.</param>
/// <param name="Uncertain">
/// What is not sure about the day, where the records that turn the verdict state no exact day and are held for the widest span that they
/// allow; null where nothing is.
/// </param>
public sealed record VerdictSince(DateOnly Day, string? Uncertain);

/// <summary>A stretch of days with one verdict.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Until">The first day after it; null where nothing recorded ends it.</param>
/// <param name="Verdict">The verdict; null where the promise is not on record.</param>
public sealed record VerdictSpan(DateOnly From, DateOnly? Until, Verdict? Verdict);

/// <summary>What would have been said of a promise with the knowledge of a day.</summary>
/// <param name="Known">The day of knowledge.</param>
/// <param name="Spans">The verdicts by day on which they hold, without a gap.</param>
public sealed record VerdictBand(DateOnly Known, IReadOnlyList<VerdictSpan> Spans);

/// <summary>Checks promises against what is recorded, as at the dates of a view.</summary>
public sealed class PromiseCheck(IQueries queries, IHistory history, RecordCatalogue catalogue)
{
    /// <summary>Answers kept until something is recorded; an answer as at three dates never changes before.</summary>
    private const int Kept = 50_000;

    private readonly ConcurrentDictionary<string, Verdict?> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FactTurns> _turns = new(StringComparer.Ordinal);

    /// <summary>Every promise that the reader may see, with its verdict, in ordinal order of key.</summary>
    public async Task<IReadOnlyList<PromiseVerdict>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var verdicts = new List<PromiseVerdict>();
        foreach (var promise in await view.ListAsync<Commitment>(cancellation))
        {
            verdicts.Add(await CheckAsync(view, promise, cancellation));
        }

        return verdicts;
    }

    /// <summary>One promise with its verdict.</summary>
    public async Task<PromiseVerdict> CheckAsync(RecordView view, StoredRecord<Commitment> promise, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(promise);
        if (string.IsNullOrWhiteSpace(promise.Body.Rule))
        {
            return new PromiseVerdict(promise, Verdict.NotTestable, [promise.Body.NotTestable ?? "No rule says when it is kept"], []);
        }

        var answer = await queries.EvaluateAsync(view, promise.Body.Rule, cancellation);
        var verdict = Verdicts.Of(answer.Truth);
        return new PromiseVerdict(promise, verdict, verdict == Verdict.NotTestable ? answer.Why : Shown(answer.Evidence), answer.Evidence);
    }

    /// <summary>
    /// Since when the verdict has been what it is, with the knowledge of the view: the first day of the unbroken run of days up to the
    /// effective date, and how sure that day is.
    /// </summary>
    public async Task<VerdictSince> SinceAsync(RecordView view, PromiseVerdict verdict, CancellationToken cancellation = default)
    {
        var day = await DayAsync(view, verdict, cancellation);
        // That nothing can be told is certain from its first day on.
        return new VerdictSince(day, verdict.Verdict == Verdict.NotTestable ? null : await UncertainAsync(view, verdict, day, cancellation));
    }

    private async Task<DateOnly> DayAsync(RecordView view, PromiseVerdict verdict, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(verdict);
        var head = await HeadAsync(view.At, cancellation);
        var turns = await TurnsAsync(view, verdict.Promise, head, cancellation);
        var since = view.At.Effective;
        foreach (var day in turns.Effective.Where(day => day <= view.At.Effective).OrderDescending())
        {
            if (await AnswerAsync(view.As(view.At with { Effective = day }), verdict.Promise.Key, head, cancellation) != verdict.Verdict)
            {
                return since;
            }

            since = day;
        }

        return since;
    }

    // A record that turned the verdict begins on the day, or ended the day before and is then evidence of the verdict before.
    private async Task<string?> UncertainAsync(RecordView view, PromiseVerdict verdict, DateOnly since, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var spans = new List<string>();
        foreach (var day in new[] { view.At.Effective, since.AddDays(-1) })
        {
            var then = view.As(view.At with { Effective = day });
            var evidence = day == view.At.Effective ? verdict.Evidence
                : string.IsNullOrWhiteSpace(verdict.Promise.Body.Rule) ? [] : (await queries.EvaluateAsync(then, verdict.Promise.Body.Rule, cancellation)).Evidence;
            foreach (var reference in evidence.Select(term => term.Reference).OfType<string>())
            {
                if (await then.FindAsync(reference, cancellation) is { } record && seen.Add(reference) && Span(record) is { } span)
                {
                    spans.Add(span);
                }
            }
        }

        return spans.Count == 0 ? null : "the days are not stated: " + string.Join("; ", spans);
    }

    private static string? Span(StoredRecord record) =>
        StatedDays.Of(record.Kind, record.Body) is { AreExact: false } days ? $"“{record.Body.Title}” {days.Words()}" : null;

    /// <summary>
    /// The verdict over time: for each day on which the programme learnt something that bears on it, up to the view's known date, what
    /// would have been said of each day then. Days of knowledge that changed nothing are left out. Empty before the promise is known.
    /// </summary>
    public async Task<IReadOnlyList<VerdictBand>> BandsAsync(RecordView view, StoredRecord<Commitment> promise, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(promise);
        var head = await HeadAsync(view.At, cancellation);
        var turns = await TurnsAsync(view, promise, head, cancellation);
        var bands = new List<VerdictBand>();
        foreach (var known in turns.Known)
        {
            // Only what was known then can turn the verdict of that day.
            var then = await TurnsAsync(view.As(view.At with { Known = known }), promise, head, cancellation);
            var spans = new List<VerdictSpan>();
            foreach (var day in then.Effective)
            {
                var verdict = await AnswerAsync(view.As(view.At with { Effective = day, Known = known }), promise.Key, head, cancellation);
                if (spans.Count > 0 && spans[^1].Verdict == verdict)
                {
                    continue;
                }

                if (spans.Count > 0)
                {
                    spans[^1] = spans[^1] with { Until = day };
                }
                else if (verdict is null)
                {
                    continue;
                }

                spans.Add(new VerdictSpan(day, null, verdict));
            }

            if (spans.Count > 0 && (bands.Count == 0 || !bands[^1].Spans.SequenceEqual(spans)))
            {
                bands.Add(new VerdictBand(known, spans));
            }
        }

        return bands;
    }

    // The days on which the verdict can turn: those on which the promise, or a record of a kind that its rule goes over, begins or ceases to hold,
    // or begins or ceases to do so for certain, and those on which values within a set of observations count and are known.
    private async Task<FactTurns> TurnsAsync(RecordView view, StoredRecord<Commitment> promise, DateTimeOffset head, CancellationToken cancellation)
    {
        var rule = promise.Body.Rule ?? "";
        var question = string.Create(CultureInfo.InvariantCulture, $"{ReaderOf(view)}|{promise.Key}|{view.At.Known:O}|{head:O}|{rule}");
        if (!_turns.TryGetValue(question, out var turns))
        {
            var at = view.At with { Recorded = head };
            var read = QueryUse.Of(rule, catalogue);
            turns = await history.ListTurnsAsync([new("commitment", promise.Key), .. read], at, cancellation);
            var (effective, known) = (new SortedSet<DateOnly>(turns.Effective), new SortedSet<DateOnly>(turns.Known));
            foreach (var measure in QueryUse.Measures(rule, catalogue))
            {
                var days = await ObservedValues.DaysAsync(view, measure, cancellation);
                effective.UnionWith(days.Effective);
                known.UnionWith(days.Known);
            }

            foreach (var kind in read.Select(fact => catalogue.Find(fact.Kind)).OfType<RecordKind>().Where(kind => kind.StatesDays).Distinct())
            {
                effective.UnionWith((await new RecordView(history, catalogue, null, at).KnownVersionsAsync(kind, cancellation))
                    .Where(version => version.Stated is not null).SelectMany(version => StatedDays.Of(kind, version.Body)!.Turns()));
            }

            _turns[question] = turns = new FactTurns([.. effective], [.. known]);
        }

        return turns;
    }

    // The newest change of the store: what was answered before it may be answered otherwise after.
    private async Task<DateTimeOffset> HeadAsync(AsAt at, CancellationToken cancellation)
    {
        if (_answers.Count > Kept)
        {
            _answers.Clear();
            _turns.Clear();
        }

        return at.Recorded ?? await history.LatestRecordedAsync(cancellation);
    }

    private async Task<Verdict?> AnswerAsync(RecordView view, string key, DateTimeOffset head, CancellationToken cancellation)
    {
        var question = string.Create(CultureInfo.InvariantCulture, $"{ReaderOf(view)}|{key}|{view.At.Effective:O}|{view.At.Known:O}|{head:O}");
        if (!_answers.TryGetValue(question, out var answer))
        {
            answer = await view.FindAsync<Commitment>(key, cancellation) is not { } promise ? null
                : string.IsNullOrWhiteSpace(promise.Body.Rule) ? Verdict.NotTestable : Verdicts.Of(await queries.TruthAsync(view, promise.Body.Rule, cancellation));
            _answers[question] = answer;
        }

        return answer;
    }

    private static string ReaderOf(RecordView view) => view.Reader is { } actor ? $"{actor.Account}|{actor.Organisation}|{string.Join(',', actor.Roles.Order())}" : "";

    internal static List<string> Shown(IReadOnlyList<QueryTerm> evidence)
    {
        var told = evidence.Where(term => term.Value is not null).Take(4).Select(term => $"{term.Words}: {term.Value}").ToList();
        if (evidence.Count(term => term.Value is not null) is > 4 and var all)
        {
            told.Add($"and {all - 4} more");
        }

        return told;
    }
}
