using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Ratings;

/// <summary>
/// When something was last reported on a record, as at the dates of a view (docs/methods/reports.md). A report says how the record
/// stands: it is stated for the first time, states something new of its progress, is said again by a newer document, or is answered in
/// a round. Putting it in order (owner, title, work, areas, sources, handling) is no report.
/// </summary>
public sealed class OwnerReports
{
    private readonly RecordView _view;
    private readonly Dictionary<string, DateOnly> _lines;
    private readonly Dictionary<string, DateOnly> _dated;
    private readonly Dictionary<RecordKind, ILookup<string, KnownVersion>> _known = [];
    private readonly Dictionary<string, DateOnly> _last = new(StringComparer.Ordinal);

    private OwnerReports(RecordView view, Dictionary<string, DateOnly> lines, Dictionary<string, DateOnly> dated) => (_view, _lines, _dated) = (view, lines, dated);

    /// <summary>Opens the reports of a view.</summary>
    public static async Task<OwnerReports> OpenAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var lines = (await view.ListAsync<RoundLine>(cancellation)).GroupBy(line => line.Body.About, StringComparer.Ordinal)
            .ToDictionary(about => about.Key, about => about.Max(line => line.Known), StringComparer.Ordinal);
        var dated = (await view.ListAsync<Document>(cancellation)).Where(document => document.Body.Dated is not null)
            .ToDictionary(document => document.Key, document => document.Body.Dated!.Last, StringComparer.Ordinal);
        return new(view, lines, dated);
    }

    /// <summary>Whether records of a kind are reported on by what they say themselves; the others only by a line of a round.</summary>
    public static bool Covers(RecordKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return kind.Body == typeof(Milestone) || kind.Body == typeof(Risk) || kind.Body == typeof(Issue) || kind.Body == typeof(ProgressReport);
    }

    /// <summary>The day of the last report on a record of a kind that <see cref="Covers"/> names.</summary>
    public async Task<DateOnly> LastAsync(StoredRecord record, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        await FindAsync([record], cancellation);
        return _last[record.Reference];
    }

    /// <summary>The day of the last report on each of many such records, by reference; quicker than one by one.</summary>
    public async Task<IReadOnlyDictionary<string, DateOnly>> LastAsync(IEnumerable<StoredRecord> records, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (var ofKind in records.GroupBy(record => record.Kind))
        {
            await FindAsync(ofKind.ToList(), cancellation);
        }

        return _last;
    }

    /// <summary>The newest days on which something was reported on records of a kind, with the records, newest first; at most so many days.</summary>
    public async Task<IReadOnlyList<(DateOnly Day, string Key)>> DaysAsync(RecordKind kind, int most, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var chains = await KnownAsync(kind, cancellation);
        var found = new List<(DateOnly Day, string Key)>();
        foreach (var day in chains.SelectMany(chain => chain).GroupBy(version => version.Known).OrderByDescending(day => day.Key))
        {
            var pairs = day.Select(version => (Version: version, Before: chains[version.Key].TakeWhile(other => other != version).LastOrDefault())).ToList();
            var bodies = await BodiesAsync(kind, pairs.SelectMany(pair => new[] { pair.Version, pair.Before }).OfType<KnownVersion>(), cancellation);
            found.AddRange(pairs.Where(pair => IsReport(bodies, pair.Version, pair.Before)).Select(pair => (day.Key, pair.Version.Key)).Distinct());
            if (found.Select(one => one.Day).Distinct().Count() >= most)
            {
                break;
            }
        }

        return found;
    }

    private async Task FindAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellation)
    {
        var open = records.Where(record => !_last.ContainsKey(record.Reference)).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var kind = open[0].Kind;
        var chains = await KnownAsync(kind, cancellation);
        var left = new List<(StoredRecord Record, List<KnownVersion> Chain)>();
        foreach (var record in open)
        {
            // What is about to be saved is a report by itself: its rating is judged before it stands in the store.
            var chain = record.VersionId == 0 ? [] : chains[record.Key].ToList();
            if (chain.Count == 0)
            {
                Keep(record, record.Known);
            }
            else
            {
                left.Add((record, chain));
            }
        }

        // Back from the newest version; most records are settled by the first look, and each look is one reading for all of them.
        while (left.Count > 0)
        {
            var bodies = await BodiesAsync(kind, left.SelectMany(one => one.Chain.TakeLast(2)), cancellation);
            var further = new List<(StoredRecord Record, List<KnownVersion> Chain)>();
            foreach (var (record, chain) in left)
            {
                if (chain.Count == 1 || IsReport(bodies, chain[^1], chain[^2]))
                {
                    Keep(record, chain[^1].Known);
                }
                else
                {
                    chain.RemoveAt(chain.Count - 1);
                    further.Add((record, chain));
                }
            }

            left = further;
        }
    }

    private void Keep(StoredRecord record, DateOnly said) =>
        _last[record.Reference] = _lines.TryGetValue(record.Reference, out var line) && line > said ? line : said;

    private async Task<ILookup<string, KnownVersion>> KnownAsync(RecordKind kind, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(kind, out var known))
        {
            _known[kind] = known = (await _view.ListKnownAsync(kind, cancellation)).ToLookup(version => version.Key, StringComparer.Ordinal);
        }

        return known;
    }

    private async Task<Dictionary<long, ProgrammeRecord?>> BodiesAsync(RecordKind kind, IEnumerable<KnownVersion> versions, CancellationToken cancellation) =>
        (await _view.VersionsAsync(kind, versions.Select(version => version.VersionId).Distinct().ToList(), cancellation)).ToDictionary(version => version.VersionId, version => version.Stated);

    private bool IsReport(Dictionary<long, ProgrammeRecord?> bodies, KnownVersion version, KnownVersion? before)
    {
        var now = bodies.GetValueOrDefault(version.VersionId);
        var then = before is null ? null : bodies.GetValueOrDefault(before.VersionId);
        return now is not null && (then is null || Standing(now) != Standing(then) || IsSaidAgain(now, then, before!.Known));
    }

    // A document newer than what was known says it again; an old one cited late does not.
    private bool IsSaidAgain(ProgrammeRecord now, ProgrammeRecord then, DateOnly knownBefore) => now.Sources.Any(source =>
        !then.Sources.Any(other => other.Document == source.Document) && _dated.TryGetValue(source.Document, out var day) && day > knownBefore);

    /// <summary>What of a record says how it stands, as text to be compared.</summary>
    private static string Standing(ProgrammeRecord record) => JsonSerializer.Serialize<object>(
        record switch
        {
            Milestone one => new { one.Forecasts, one.Actual, one.Completion, one.Published, one.NextActivities },
            Risk one => new { one.Current, one.Residual, one.Proximity, Controls = one.Controls.Select(Standing), one.Published, one.BecameIssue, one.Closed },
            Issue one => new { one.Event, one.Effect, one.Severity, Controls = one.Controls.Select(Standing), one.Published, one.Closed },
            ProgressReport one => new { one.Period, one.Progress, one.Next, one.NotReported, one.Summary },
            _ => throw new ArgumentException($"Nothing says which fields of {record.GetType().Name} are reported.", nameof(record)),
        },
        RecordJson.Options);

    private static object Standing(RiskControl control) => new { control.What, control.Due, control.Done, control.Effect };
}
