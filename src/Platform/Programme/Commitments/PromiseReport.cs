using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>A party as an answer names it.</summary>
public sealed record PartyName(string Key, string Name);

/// <summary>A promise as the check of all promises answers it.</summary>
/// <param name="Verdict">"kept", "broken" or "not testable".</param>
/// <param name="PartOf">The promise that it is one part of; null where it stands by itself.</param>
/// <param name="Since">The first day of the unbroken run of days with this verdict.</param>
/// <param name="SinceUncertain">What is not sure about that day; null where nothing is.</param>
public sealed record PromiseLine(
    string Key, string Title, string? PartOf, string Promise, PartyName? By, IReadOnlyList<PartyName> To, string? MadeOn, IReadOnlyList<string> Areas, string Verdict, DateOnly Since, string? SinceUncertain,
    IReadOnlyList<string> Why, string? Rule, IReadOnlyList<QueryTerm> Evidence, IReadOnlyList<Locator> Sources, long Version);

/// <summary>Every promise with its verdict, as at dates.</summary>
public sealed record PromiseReport(
    DateOnly Effective, DateOnly Known, string Headline, int Kept, int Broken, int NotTestable, IReadOnlyList<PromiseLine> Promises);

/// <summary>Writes the check of all promises, for API and command line alike.</summary>
public static class PromiseReports
{
    /// <summary>Checks every promise that the reader of the view may see.</summary>
    public static async Task<PromiseReport> ReportAsync(this PromiseCheck promises, RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(promises);
        return await promises.ReportAsync(view, await promises.ListAsync(view, cancellation), cancellation);
    }

    /// <summary>Writes the verdicts on some promises.</summary>
    public static async Task<PromiseReport> ReportAsync(this PromiseCheck promises, RecordView view, IReadOnlyList<PromiseVerdict> verdicts, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(promises);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(verdicts);
        var lines = new List<PromiseLine>(verdicts.Count);
        foreach (var one in verdicts)
        {
            var body = one.Promise.Body;
            var since = await promises.SinceAsync(view, one, cancellation);
            lines.Add(new PromiseLine(
                one.Promise.Key, body.Title, body.PartOf, body.Promise, body.By is { } by ? await NameAsync(view, by, cancellation) : null, await NamesAsync(view, body.To, cancellation), body.MadeOn?.Text, body.Areas,
                one.Verdict.Words(), since.Day, since.Uncertain, one.Why, body.Rule, one.Evidence, body.Sources, one.Promise.VersionId));
        }

        return new PromiseReport(
            view.At.Effective, view.At.Known, Headline(verdicts), verdicts.Count(v => v.Verdict == Verdict.Kept), verdicts.Count(v => v.Verdict == Verdict.Broken),
            verdicts.Count(v => v.Verdict == Verdict.NotTestable), lines);
    }

    /// <summary>"One of nine promises is broken, four cannot be tested with what is recorded".</summary>
    public static string Headline(IReadOnlyCollection<PromiseVerdict> verdicts, string to = "")
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var (all, broken, kept, open) = (verdicts.Count, verdicts.Count(v => v.Verdict == Verdict.Broken), verdicts.Count(v => v.Verdict == Verdict.Kept), verdicts.Count(v => v.Verdict == Verdict.NotTestable));
        var promises = all == 1 ? "promise" : "promises";
        if (all == 0)
        {
            return $"No promise{to} is on record";
        }

        if (open == all)
        {
            return all == 1 ? $"The one promise{to} cannot be tested with what is recorded" : $"None of {Numbers.InWords(all)} {promises}{to} can be tested with what is recorded";
        }

        var first = broken == 0
            ? $"No promise{to} is known to be broken: {Numbers.InWords(kept)} of {Numbers.InWords(all)} {(kept == 1 ? "is" : "are")} kept"
            : $"{Numbers.InWords(broken, capital: true)} of {Numbers.InWords(all)} {promises}{to} {(broken == 1 ? "is" : "are")} broken";
        return open == 0 ? first : $"{first}, {Numbers.InWords(open)} cannot be tested with what is recorded";
    }

    /// <summary>What shows the verdict, or why there is none, short enough for a cell: the first two reasons and how many more.</summary>
    public static string Short(this PromiseVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return Shorten(verdict.Why);
    }

    /// <summary>The first two sentences, and how many more.</summary>
    internal static string Shorten(IReadOnlyList<string> why) =>
        why.Count <= 2 ? string.Join("; ", why) : $"{string.Join("; ", why.Take(2))}; and {Numbers.InWords(why.Count - 2)} more";

    /// <summary>The names of parties; the key of one that is not recorded.</summary>
    public static async Task<IReadOnlyList<PartyName>> NamesAsync(RecordView view, IEnumerable<string> keys, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var names = new List<PartyName>();
        foreach (var key in keys)
        {
            names.Add(await NameAsync(view, key, cancellation));
        }

        return names;
    }

    private static async Task<PartyName> NameAsync(RecordView view, string key, CancellationToken cancellation)
    {
        // Listed first, so that a view reads all parties once.
        await view.ListAsync<Party>(cancellation);
        return new PartyName(key, (await view.FindAsync<Party>(key, cancellation))?.Body.Title ?? key);
    }
}
