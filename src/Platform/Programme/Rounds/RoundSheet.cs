using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>Something the product already knows of a line, so that nobody is asked for it.</summary>
public sealed record KnownFact(string Label, Said Value);

/// <summary>A record that an owner is asked about in a round.</summary>
/// <param name="Record">The record.</param>
/// <param name="Known">What the product knows of it.</param>
/// <param name="DateLabel">What a new date is called; null where none is asked for.</param>
/// <param name="DoneLabel">What its end is called; null where an owner cannot end it.</param>
/// <param name="Ratings">Words of the scale that a new rating can be; empty where none is asked for.</param>
/// <param name="Answer">What was reported on it in this round; null while nothing was.</param>
/// <param name="AsksProgress">Whether it is asked what was done in the period and what comes next.</param>
/// <param name="HasPassed">Whether the date it is held to has passed: "nothing changed" then needs a reason.</param>
/// <param name="Changes">What the report changed, from what to what; empty where nothing changed but what was said.</param>
public sealed record DueLine(
    StoredRecord Record, IReadOnlyList<KnownFact> Known, string? DateLabel, string? DoneLabel, IReadOnlyList<string> Ratings, StoredRecord<RoundLine>? Answer,
    bool AsksProgress, bool HasPassed, IReadOnlyList<LineChange> Changes);

/// <summary>An owner with the lines that are due.</summary>
/// <param name="Post">Key of the post.</param>
/// <param name="Title">What the post is called.</param>
/// <param name="Holders">Who holds it; empty where nobody does, and then nobody can be asked.</param>
/// <param name="Lines">The lines in order.</param>
/// <param name="Chased">Days on which the owner was chased in this round.</param>
public sealed record RoundOwner(string Post, string Title, IReadOnlyList<PostHolder> Holders, IReadOnlyList<DueLine> Lines, IReadOnlyList<DateOnly> Chased)
{
    /// <summary>How many lines have a report.</summary>
    public int Reported => Lines.Count(line => line.Answer is not null);

    /// <summary>Whether every line has a report.</summary>
    public bool IsDone => Reported == Lines.Count;
}

/// <summary>A round as at the dates of a view: what is due from whom, and what came in.</summary>
/// <param name="Round">The round.</param>
/// <param name="Owners">Owners whose post somebody holds, in order of title.</param>
/// <param name="Vacant">Owners whose post nobody holds: they cannot be asked.</param>
/// <param name="Unowned">Open records without an owner: nobody is asked for them.</param>
/// <param name="MyPosts">The posts the reader holds.</param>
public sealed record RoundSheet(
    StoredRecord<Round> Round, IReadOnlyList<RoundOwner> Owners, IReadOnlyList<RoundOwner> Vacant, IReadOnlyList<StoredRecord> Unowned, IReadOnlyList<string> MyPosts)
{
    /// <summary>Lines that somebody is asked for.</summary>
    public int Due => Owners.Sum(owner => owner.Lines.Count);

    /// <summary>Lines with a report.</summary>
    public int Reported => Owners.Sum(owner => owner.Reported);

    /// <summary>References of the lines without a report.</summary>
    public IReadOnlyList<string> Missing => Owners.SelectMany(owner => owner.Lines).Where(line => line.Answer is null)
        .Select(line => line.Record.Reference).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

    /// <summary>References of the open records that nobody can be asked for: without an owner, or of a post that nobody holds.</summary>
    public IReadOnlyList<string> NotAsked => Unowned.Select(record => record.Reference)
        .Concat(Vacant.SelectMany(owner => owner.Lines).Where(line => line.Answer is null).Select(line => line.Record.Reference))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

    /// <summary>Whether it is signed off.</summary>
    public bool IsSignedOff => Round.Body.SignedOffOn is not null;

    /// <summary>Where it stands, as a finding: what is reported, who owes the rest, and what nobody was asked for.</summary>
    public string Headline => IsSignedOff ? Signed : Open;

    private string Signed
    {
        get
        {
            var (missing, unasked) = (Round.Body.Missing.Count, Round.Body.NotAsked.Count);
            var owed = missing == 0 ? "" : $"{Numbers.Counted(missing, "line has", "lines have")} no report{OwedBy(Round.Body.Missing)}";
            return (missing, unasked) switch
            {
                (0, 0) => "Signed off with a report on every open record",
                (0, _) => $"Signed off with a report on every line that somebody was asked for; {Unasked(unasked, past: true)}",
                (_, 0) => $"Signed off; {owed}",
                _ => $"Signed off; {owed}, and {Unasked(unasked, past: true)}",
            };
        }
    }

    private string Open
    {
        get
        {
            var unasked = NotAsked.Count;
            if (Due == 0)
            {
                return unasked == 0 ? "Nothing is open, so nothing is asked" : $"Nobody can be asked for anything yet: {Unasked(unasked, past: false)}";
            }

            var asked = Reported == Due ? $"{(Due == 1 ? "The one line is" : $"All {Numbers.InWords(Due)} lines are")} reported; the round can be signed off"
                : $"{(Reported == 0 ? "None" : Numbers.InWords(Reported, capital: true))} of {Numbers.Counted(Due, "line", "lines")} {(Reported < 2 ? "is" : "are")} reported; {Numbers.Counted(Owners.Count(owner => !owner.IsDone), "owner is", "owners are")} still to answer";
            return unasked == 0 ? asked : $"{asked}; {Unasked(unasked, past: false)}";
        }
    }

    // The programme office owes what nobody is asked for: an owner, or a holder of the owner's post.
    private static string Unasked(int count, bool past) => past
        ? $"{Numbers.Counted(count, "open record was", "open records were")} asked of nobody, because the programme office named no owner who holds a post"
        : $"{Numbers.Counted(count, "open record is", "open records are")} asked of nobody until the programme office gives {(count == 1 ? "it an owner" : "them owners")}";

    private string OwedBy(IReadOnlyList<string> missing)
    {
        var owners = Owners.Concat(Vacant).Where(owner => owner.Lines.Any(line => missing.Contains(line.Record.Reference, StringComparer.Ordinal))).Select(owner => owner.Title).ToList();
        return owners.Count switch { 0 => "", 1 => $" from {owners[0]}", 2 => $" from {owners[0]} and {owners[1]}", _ => $" from {Numbers.InWords(owners.Count)} owners" };
    }

    /// <summary>Reads a round; null where there is none or the reader may not see it.</summary>
    public static async Task<RoundSheet?> FindAsync(RecordView view, string key, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (await view.FindAsync<Round>(key, cancellation) is not { } round)
        {
            return null;
        }

        var scope = await ScopeAsync(view, round.Body.Work, cancellation);
        var answers = (await view.ListAsync<RoundLine>(cancellation)).Where(line => line.Body.Round == key).ToDictionary(line => line.Body.About, StringComparer.Ordinal);
        var facts = await LineFacts.OpenAsync(view, round, cancellation);
        var holders = await PostHolders.OpenAsync(view, cancellation);
        var asked = new List<(RoundAsk Ask, StoredRecord Record, StoredRecord<RoundLine>? Answer)>();
        var unowned = new List<StoredRecord>();
        foreach (var ask in RoundAsks.All)
        {
            foreach (var record in await view.ListAsync(view.Catalogue.Find(ask.Kind)!, cancellation))
            {
                // A line answered in this round stays on its sheet, also when the answer was that it is done.
                var answer = answers.GetValueOrDefault(record.Reference);
                if ((scope is not null && !scope.Contains((ask.AsksProgress ? record.Key : record.Body.Work) ?? "")) || (answer is null && !ask.IsOpen(record.Body, view.At.Effective)))
                {
                    continue;
                }

                if (record.Body.Owner is not null)
                {
                    asked.Add((ask, record, answer));
                }
                else if (!ask.AsksProgress)
                {
                    // Work that nobody owns reports through the work above it.
                    unowned.Add(record);
                }
            }
        }

        await facts.ReadAsync(asked.Select(one => one.Record), cancellation);
        var changes = await ChangesAsync(view, asked, cancellation);
        var lines = new List<DueLine>(asked.Count);
        foreach (var (ask, record, answer) in asked)
        {
            lines.Add(new(
                record, await facts.OfAsync(record, ask, cancellation), ask.DateLabel, ask.DoneLabel, ask.Rates ? facts.Words(record) : [], answer,
                ask.AsksProgress, ask.HasPassed(record.Body, view.At.Effective), changes.GetValueOrDefault(record.Reference, [])));
        }

        var owners = lines.GroupBy(line => line.Record.Body.Owner!, StringComparer.Ordinal).Select(owner => new RoundOwner(
                owner.Key, holders.Title(owner.Key), holders.Of(owner.Key), owner.OrderBy(line => !line.HasPassed).ToList(),
                round.Body.Chased.Where(chase => chase.Owner == owner.Key && chase.On is not null).Select(chase => chase.On!.Value).ToList()))
            .OrderBy(owner => owner.Title, StringComparer.Ordinal).ToList();
        return new(
            round, owners.Where(owner => owner.Holders.Count > 0).ToList(), owners.Where(owner => owner.Holders.Count == 0).ToList(), unowned,
            view.Reader is { } reader ? holders.PostsOf(reader) : []);
    }

    // A report writes its line and the version it makes in one save, so that both were recorded at the same moment.
    private static async Task<Dictionary<string, IReadOnlyList<LineChange>>> ChangesAsync(
        RecordView view, IEnumerable<(RoundAsk Ask, StoredRecord Record, StoredRecord<RoundLine>? Answer)> asked, CancellationToken cancellation)
    {
        var changes = new Dictionary<string, IReadOnlyList<LineChange>>(StringComparer.Ordinal);
        foreach (var ofKind in asked.Where(one => one.Answer is { Body.Unchanged: false }).GroupBy(one => one.Record.Kind))
        {
            var timelines = await view.TimelinesAsync(ofKind.Key, ofKind.Select(one => one.Record.Key).ToList(), cancellation);
            foreach (var (ask, record, answer) in ofKind)
            {
                var timeline = timelines.GetValueOrDefault(record.Key, []);
                var place = timeline.ToList().FindIndex(version => version.Recorded == answer!.Recorded);
                if (place > 0 && timeline[place - 1].Stated is { } before && timeline[place].Stated is { } after)
                {
                    changes[record.Reference] = ask.Changes(before, after);
                }
            }
        }

        return changes;
    }

    private static async Task<HashSet<string>?> ScopeAsync(RecordView view, string? work, CancellationToken cancellation)
    {
        if (work is null)
        {
            return null;
        }

        var reports = await WorkReports.OpenAsync(view, cancellation);
        return reports.Tree(work).Select(one => one.Item.Key).Append(work).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>What the product knows of the lines of a round.</summary>
internal sealed class LineFacts
{
    private readonly RatingBook _book;
    private readonly OwnerReports _reports;
    private readonly WorkReports _work;
    private readonly ILookup<string, StoredRecord<RoundLine>> _said;
    private readonly Dictionary<string, PartialDate?> _before;
    private readonly StoredRecord<Round>? _last;
    private readonly Dictionary<string, RatedMilestone> _rated = new(StringComparer.Ordinal);

    private LineFacts(RatingBook book, OwnerReports reports, WorkReports work, ILookup<string, StoredRecord<RoundLine>> said, Dictionary<string, PartialDate?> before, StoredRecord<Round>? last) =>
        (_book, _reports, _work, _said, _before, _last) = (book, reports, work, said, before, last);

    public static async Task<LineFacts> OpenAsync(RecordView view, StoredRecord<Round> round, CancellationToken cancellation)
    {
        var book = await RatingBook.OpenAsync(view, cancellation);
        var said = (await view.ListAsync<RoundLine>(cancellation)).Where(line => line.Body.Round != round.Key && !string.IsNullOrWhiteSpace(line.Body.Says))
            .OrderBy(line => line.Known).ToLookup(line => line.Body.About, StringComparer.Ordinal);
        var last = (await view.ListAsync<Round>(cancellation))
            .Where(other => other.Key != round.Key && other.Body.SignedOffOn is { } day && day <= (round.Body.SignedOffOn ?? view.At.Known)).MaxBy(other => other.Body.SignedOffOn);
        var before = new Dictionary<string, PartialDate?>(StringComparer.Ordinal);
        if (last is not null)
        {
            var then = view.As(view.At with { Known = last.Body.SignedOffOn!.Value });
            foreach (var ask in RoundAsks.All.Where(ask => ask.DateLabel is not null))
            {
                foreach (var record in await then.ListAsync(then.Catalogue.Find(ask.Kind)!, cancellation))
                {
                    before[record.Reference] = ask.Date(record.Body);
                }
            }
        }

        return new(book, await OwnerReports.OpenAsync(view, cancellation), await WorkReports.OpenAsync(view, cancellation), said, before, last);
    }

    /// <summary>Reads what is asked of each of many records, for all of them at once.</summary>
    public async Task ReadAsync(IEnumerable<StoredRecord> records, CancellationToken cancellation)
    {
        var all = records.ToList();
        foreach (var rated in await _book.RateAsync(all.OfType<StoredRecord<Milestone>>(), cancellation))
        {
            _rated[rated.Record.Key] = rated;
        }

        await _reports.LastAsync(all.Where(record => OwnerReports.Covers(record.Kind)), cancellation);
    }

    public IReadOnlyList<string> Words(StoredRecord record) => _book.Scale(Published(record)?.Scale)?.Words.OrderBy(word => word.Place).Select(word => word.Word).ToList() ?? [];

    public async Task<IReadOnlyList<KnownFact>> OfAsync(StoredRecord record, RoundAsk ask, CancellationToken cancellation)
    {
        var facts = new List<KnownFact>();
        if (record is StoredRecord<WorkItem> work)
        {
            facts.Add(new("Latest report", _work.Latest(work.Key)));
            if (_work.Of(work.Key) is [.., { Body.Next: { Count: > 0 } next }])
            {
                facts.Add(new("It named as next", string.Join("; ", next.Select(one => one.When is null ? one.What : $"{one.What} ({one.When.Text})"))));
            }

            return facts;
        }

        if (record is StoredRecord<Milestone> milestone)
        {
            var rated = _rated[milestone.Key];
            facts.Add(new("Baseline", rated.Facts.Baseline is { } baseline ? baseline.Text : new Said("none", Standing.Missing)));
            facts.Add(new("Where it stands", new(rated.Facts.Words, rated.Facts.Standing)));
            if (rated.Computed is { } computed)
            {
                facts.Add(new("Computed rating", new(computed.Words, computed.Standing)));
            }

            if (rated.Published is { } published)
            {
                facts.Add(new("Published rating", new(published.Words, published.Standing)));
            }
        }
        else
        {
            if (record.Body is Risks.Risk risk)
            {
                facts.Add(new("Event", risk.Event));
                facts.Add(new("Controls", Risks.Controls.Of(risk.Controls, record.Known)));
            }

            if (record.Body is Risks.Issue issue)
            {
                facts.Add(new("What happened", issue.Event));
                facts.Add(new("Controls", Risks.Controls.Of(issue.Controls, record.Known)));
            }

            if (record.Body is Commitments.Commitment commitment)
            {
                facts.Add(new("Promise", commitment.Promise));
            }

            if (Published(record)?.Rating is { } word)
            {
                facts.Add(new("Published rating", word));
            }

            if (ask.Date(record.Body) is { } date)
            {
                facts.Add(new(ask.DateLabel is null ? "Raised" : "Date", date.Text));
            }
        }

        if (_last is not null && ask.Date(record.Body) is { } now && _before.GetValueOrDefault(record.Reference) is { } then && now != then)
        {
            var moved = Slippage.Between(then, now, "date before", "date");
            facts.Add(new($"Since {_last.Body.Title}", new($"moved from {then.Text}: {moved.Words}", moved.Standing)));
        }

        facts.Add(_said[record.Reference].LastOrDefault() is { } said
            ? new("Last said", $"{said.Body.Says} ({Numbers.Day(said.Known)})")
            : new("Last reported", OwnerReports.Covers(record.Kind) ? Numbers.Day(await _reports.LastAsync(record, cancellation)) : new Said("never in a round", Standing.Missing)));
        return facts;
    }

    private static PublishedRating? Published(StoredRecord record) => record.Body switch
    {
        Risks.Risk risk => risk.Published,
        Risks.Issue issue => issue.Published,
        _ => null,
    };
}
