using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>How an owner answers a line.</summary>
public enum LineAnswerKind
{
    /// <summary>It stands as the product has it; where its date has passed, with the reason why it has no new one.</summary>
    Unchanged,

    /// <summary>A date or rating is new, or there is something to say.</summary>
    Changed,

    /// <summary>It is done or closed.</summary>
    Done,
}

/// <summary>An owner's answer on one line: only what the product cannot know.</summary>
/// <param name="About">The record, as kind:key.</param>
/// <param name="Answer">How it is answered.</param>
/// <param name="NewDate">A new date, as people write dates.</param>
/// <param name="Rating">A new rating, a word of the scale.</param>
/// <param name="Why">Why the date or rating is new.</param>
/// <param name="DoneOn">When it was done or closed.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Says">What is to be said of it.</param>
/// <param name="Expected">The version of the record that the owner saw; null to skip the check.</param>
/// <param name="Progress">Of work: what was done in the period, one thing a line.</param>
/// <param name="Next">Of work: what comes next, one thing a line, with its date in brackets where it has one.</param>
/// <param name="OpenAfter">Why it was on record as open after it was done; needed where it was.</param>
public sealed record LineAnswer(
    string About, LineAnswerKind Answer, string? NewDate = null, string? Rating = null, string? Why = null, string? DoneOn = null, string? Evidence = null,
    string? Says = null, long? Expected = null, string? Progress = null, string? Next = null, string? OpenAfter = null);

/// <summary>What came of chasing an owner.</summary>
/// <param name="Mailed">User names or addresses that were written to; empty where mail is off or nobody has an address.</param>
/// <param name="Failed">Why a message could not be sent; null where none failed.</param>
public sealed record Chased(IReadOnlyList<string> Mailed, string? Failed);

/// <summary>What a sign-off named.</summary>
/// <param name="Missing">References of the lines without a report.</param>
/// <param name="NotAsked">References of the open records that nobody was asked for.</param>
public sealed record SignedOff(IReadOnlyList<string> Missing, IReadOnlyList<string> NotAsked);

/// <summary>
/// The monthly round: opened, answered line by line, chased, signed off. An answer changes the record itself, so that nothing is
/// typed twice; a line without one is named at sign-off and stays without a report.
/// </summary>
public sealed class MonthlyRounds(IRecords records, IMailer mailer, TimeProvider time)
{
    /// <summary>Opens a round for a period. Gives its key.</summary>
    public async Task<Outcome<string>> OpenAsync(Actor actor, string? period, DateOnly? due, string? work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var problems = new List<Problem>();
        if (!PartialDate.TryParse(period, out var stated))
        {
            problems.Add(new Problem("Give the period the round is for", Field: "period", Found: period, Accepted: PartialDate.Accepted));
        }

        var today = time.LondonToday();
        if (due is null || due < today)
        {
            problems.Add(new Problem("Give the day by which owners answer, today or later", Field: "due", Found: due is { } day ? Numbers.Day(day) : null, Accepted: "a date from today on"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var of = work is { Length: > 0 } ? work : null;
        if (await OpenedAsync(actor, of, stated!, cancellation) is { } open)
        {
            return open;
        }

        var named = of is null ? null : await records.View(actor, time.Now()).FindAsync("work:" + of, cancellation);
        var title = named is null ? $"Round of {stated!.Text}" : $"Round of {stated!.Text}, {named.Body.Title}";
        var round = new Round { Title = title, Work = of, Period = stated, Due = due };
        // The key is the same for whoever opens it at the same moment, so that one of two is refused.
        var taken = (await records.View(null, time.Now()).ListAsync<Round>(cancellation)).Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        var key = RecordKeys.FirstFree(RecordKeys.FromTitle(title, "round"), taken.Contains);
        var saved = await records.SaveAsync(actor, [new RecordChange("round", key, round, Expected: 0) { Step = nameof(MonthlyRounds) }], $"Round opened for {stated.Text}", cancellation);
        return saved.Succeeded ? saved.Value[0]
            : saved.Problems.All(problem => problem.Field == "version") && await OpenedAsync(actor, of, stated, cancellation) is { } quicker ? quicker
            : Outcome.Refused<string>(saved.Problems);
    }

    // The round that is open already for the same work and period; its key is what was found.
    private async Task<Problem?> OpenedAsync(Actor actor, string? work, PartialDate period, CancellationToken cancellation) =>
        (await records.View(actor, time.Now()).ListAsync<Round>(cancellation)).FirstOrDefault(round =>
            round.Body.SignedOffOn is null && round.Body.Work == work && round.Body.Period is { } other && other.First == period.First && other.Last == period.Last) is { } open
            ? new Problem($"“{open.Body.Title}” is open already: report in it, or sign it off", Field: "period", Found: open.Key, Accepted: "another period or work")
            : null;

    /// <summary>
    /// Records answers in one save: each changes its record and writes its line of the round. An owner may answer for the posts held,
    /// the programme office for everybody. Fields of problems are "kind:key.field".
    /// </summary>
    public async Task<Outcome<int>> ReportAsync(Actor actor, string round, IReadOnlyList<LineAnswer> answers, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(answers);
        var now = time.Now();
        if (await RoundSheet.FindAsync(records.View(actor, now), round, cancellation) is not { } sheet)
        {
            return new Problem("There is no such round", Field: "round", Found: round);
        }

        if (sheet.IsSignedOff)
        {
            return new Problem("This round is signed off; report in the next one", Field: "round", Found: sheet.Round.Body.Title);
        }

        if (answers.Count == 0)
        {
            return new Problem("Answer at least one line", Field: "answers", Accepted: "nothing changed, something changed, or done");
        }

        var problems = new List<Problem>();
        var changes = new List<(LineAnswer Answer, RecordChange Change)>();
        // The round itself lets an owner change what it asks for, and nothing else.
        void Add(LineAnswer answer, RecordChange change) => changes.Add((answer, change with { Step = nameof(MonthlyRounds) }));
        var told = await records.View(null, now).ListAsync<ProgressReport>(cancellation);
        foreach (var answer in answers)
        {
            var owner = sheet.Owners.Concat(sheet.Vacant).FirstOrDefault(one => one.Lines.Any(line => line.Record.Reference == answer.About));
            if (owner is null && !sheet.Unowned.Any(record => record.Reference == answer.About))
            {
                problems.Add(new Problem("This round has no such line", Field: answer.About + ".answer", Found: answer.About, Accepted: "a line of the round's sheet, as kind:key"));
                continue;
            }

            if (owner is null || !(actor.May(Permission.KeepRecords) || (actor.May(Permission.Report) && sheet.MyPosts.Contains(owner.Post, StringComparer.Ordinal))))
            {
                problems.Add(new Problem("This line is not yours to report", Field: answer.About + ".answer", Found: answer.About));
                continue;
            }

            var line = owner.Lines.First(one => one.Record.Reference == answer.About);
            var found = new Reading(line, answer, now.Known);
            problems.AddRange(found.Problems);
            if (found.Problems.Count == 0)
            {
                if (found.Record is { } changed)
                {
                    Add(answer, new RecordChange(line.Record.Kind.Name, line.Record.Key, changed, Expected: answer.Expected));
                }

                if (found.Progress is { } progress)
                {
                    Add(answer, ProgressChange(told, sheet.Round.Body.Period!, line.Record, progress));
                }

                Add(answer, new RecordChange("round-line", LineKey(round, line.Record), Line(sheet.Round, line.Record, answer)));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var saved = await records.SaveAsync(actor, changes.ConvertAll(one => one.Change), $"Reported in {sheet.Round.Body.Title}", cancellation);
        return saved.Succeeded ? answers.Count : Outcome.Refused<int>(saved.Problems.Select(problem => AsAnswered(problem, changes)));
    }

    // What is wrong with the record that an answer would make is told at the field of the answer, which has its reason beside it.
    private static Problem AsAnswered(Problem problem, List<(LineAnswer Answer, RecordChange Change)> changes)
    {
        var about = changes[Math.Clamp((problem.Row ?? 1) - 1, 0, changes.Count - 1)].Answer.About;
        return problem.Field is "actual.date" or "closed"
            ? problem with { Row = null, Field = about + ".done", Accepted = problem.Accepted?.Replace(" in actual.openAfter", "", StringComparison.Ordinal).Replace(" in openAfter", "", StringComparison.Ordinal) }
            : problem;
    }

    /// <summary>Records that an owner was chased today, and writes to the holders of the post where mail is on.</summary>
    public async Task<Outcome<Chased>> ChaseAsync(Actor actor, string round, string post, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = time.Now();
        if (await RoundSheet.FindAsync(records.View(actor, now), round, cancellation) is not { IsSignedOff: false } sheet)
        {
            return new Problem("There is no such round, or it is signed off", Field: "round", Found: round);
        }

        if (sheet.Owners.FirstOrDefault(one => one.Post == post) is not { } owner)
        {
            return new Problem("Nobody holds this post, or it has no line in the round", Field: "owner", Found: post);
        }

        if (owner.IsDone)
        {
            return new Problem($"{owner.Title} has answered every line", Field: "owner", Found: post);
        }

        var body = sheet.Round.Body with { Chased = [.. sheet.Round.Body.Chased, new Chase { Owner = post, On = now.Known }] };
        var saved = owner.Chased.Contains(now.Known)
            ? Outcome.Of<IReadOnlyList<string>>([round])
            : await records.SaveAsync(actor, [new RecordChange("round", round, body, Expected: sheet.Round.VersionId) { Step = nameof(MonthlyRounds) }], $"{owner.Title} was chased", cancellation);
        if (!saved.Succeeded)
        {
            return Outcome.Refused<Chased>(saved.Problems);
        }

        var mailed = new List<string>();
        string? failed = null;
        foreach (var account in owner.Holders.Select(holder => holder.Account).OfType<string>())
        {
            // Titles of lines stay in the product: a message goes where handling does not reach.
            var sent = await mailer.SendAsync(
                account,
                $"{sheet.Round.Body.Title}: {Numbers.Counted(owner.Lines.Count - owner.Reported, "line is", "lines are")} due",
                $"{Numbers.Counted(owner.Lines.Count - owner.Reported, "line", "lines", capital: true)} of {owner.Title} wait for your report by {Numbers.Day(sheet.Round.Body.Due!.Value)}.\nSign in to Pathfinder, open Rounds, then {sheet.Round.Body.Title}.\n",
                cancellation);
            if (sent is { Address: { } address, Failure: null })
            {
                mailed.Add(address);
            }

            failed ??= sent.Failure;
        }

        return new Chased(mailed, failed);
    }

    /// <summary>
    /// Signs a round off. Lines without a report, and open records that nobody was asked for, are named and stay without one; where there are any, it
    /// asks why it is signed off without them.
    /// </summary>
    public async Task<Outcome<SignedOff>> SignOffAsync(Actor actor, string round, string? why = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = time.Now();
        if (await RoundSheet.FindAsync(records.View(actor, now), round, cancellation) is not { IsSignedOff: false } sheet)
        {
            return new Problem("There is no such round, or it is signed off already", Field: "round", Found: round);
        }

        var (missing, unasked) = (sheet.Missing, sheet.NotAsked);
        if (missing.Count + unasked.Count > 0 && Trimmed(why) is null)
        {
            var without = new[]
            {
                missing.Count == 0 ? null : $"{Numbers.Counted(missing.Count, "line has", "lines have")} no report",
                unasked.Count == 0 ? null : $"{Numbers.Counted(unasked.Count, "open record is", "open records are")} asked of nobody",
            };
            return new Problem($"Say why it is signed off although {string.Join(" and ", without.OfType<string>())}", Field: "why", Accepted: "a sentence");
        }

        var body = sheet.Round.Body with { SignedOffBy = actor.Name, SignedOffOn = now.Known, Missing = missing, NotAsked = unasked };
        var saved = await records.SaveAsync(
            actor, [new RecordChange("round", round, body, Expected: sheet.Round.VersionId) { Step = nameof(MonthlyRounds) }],
            (missing.Count == 0 ? "Signed off with every line reported" : $"Signed off; {Numbers.Counted(missing.Count, "line", "lines")} without a report")
                + (unasked.Count == 0 ? "" : $"; {Numbers.InWords(unasked.Count)} asked of nobody") + (Trimmed(why) is { } reason ? ": " + reason : ""), cancellation);
        return saved.Succeeded ? new SignedOff(missing, unasked) : Outcome.Refused<SignedOff>(saved.Problems);
    }

    private static RoundLine Line(StoredRecord<Round> round, StoredRecord record, LineAnswer answer) => new()
    {
        Title = record.Body.Title,
        Work = record.Body.Work,
        Owner = record.Body.Owner,
        Areas = record.Body.Areas,
        Handling = record.Body.Handling,
        Round = round.Key,
        About = record.Reference,
        Unchanged = answer.Answer == LineAnswerKind.Unchanged,
        Says = Trimmed(answer.Says) ?? Trimmed(answer.Why) ?? Trimmed(answer.Evidence) ?? Told(answer),
    };

    private static string? Told(LineAnswer answer)
    {
        var (done, next) = (string.Join("; ", Lines(answer.Progress)), string.Join("; ", Lines(answer.Next)));
        return (done, next) switch { ("", "") => null, (_, "") => done, ("", _) => "Next: " + next, _ => $"{done}. Next: {next}" };
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // The report on the period that is there already is added to; a second one would leave two to read.
    private static RecordChange ProgressChange(IReadOnlyList<StoredRecord<ProgressReport>> told, PartialDate period, StoredRecord work, ProgressReport progress)
    {
        var before = told.FirstOrDefault(one => one.Body.Work == work.Key && one.Body.Period?.First == period.First && one.Body.Period.Last == period.Last);
        var body = before is null
            ? progress with { Title = $"{work.Body.Title}, {period.Text}", Work = work.Key, Owner = work.Body.Owner, Areas = work.Body.Areas, Handling = work.Body.Handling, Period = period }
            : before.Body with { Progress = [.. before.Body.Progress, .. progress.Progress], Next = [.. before.Body.Next, .. progress.Next], NotReported = progress.NotReported };
        return new RecordChange("progress-report", before?.Key ?? RecordKeys.FromTitle($"{work.Key} {period.First:yyyy-MM-dd} {period.Last:yyyy-MM-dd}", "report"), body, Expected: before?.VersionId);
    }

    // Long keys of a round and a record together would be no key; the hash keeps them apart.
    private static string LineKey(string round, StoredRecord record)
    {
        var key = $"{round}-{record.Kind.Name}-{record.Key}";
        return key.Length <= 90 ? key : $"{key[..70].TrimEnd('-')}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..12]}";
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Reads one answer: what is wrong with it, or the record as it changes.</summary>
    private sealed class Reading
    {
        private readonly DueLine _line;
        private readonly LineAnswer _answer;
        private readonly DateOnly _today;

        public Reading(DueLine line, LineAnswer answer, DateOnly today)
        {
            (_line, _answer, _today) = (line, answer, today);
            if (line.AsksProgress)
            {
                Worked();
            }
            else if (answer.Answer == LineAnswerKind.Changed)
            {
                Changed();
            }
            else if (answer.Answer == LineAnswerKind.Done)
            {
                Done();
            }
            else if (line.HasPassed && Trimmed(answer.Says) is null && Trimmed(answer.Why) is null)
            {
                Problems.Add(Problem("why", "Its date has passed: say why it was not reached and has no new date", "a sentence"));
            }
        }

        public List<Problem> Problems { get; } = [];

        public ProgrammeRecord? Record { get; private set; }

        public ProgressReport? Progress { get; private set; }

        private RoundAsk Ask => RoundAsks.Find(_line.Record.Kind.Name)!;

        private void Worked()
        {
            if (_answer.Answer == LineAnswerKind.Done)
            {
                Problems.Add(Problem("answer", "Work is not ended in a round", "progress, or nothing to report with why"));
            }
            else if (_answer.Answer == LineAnswerKind.Unchanged)
            {
                if ((Trimmed(_answer.Why) ?? Trimmed(_answer.Says)) is { } why)
                {
                    Progress = new ProgressReport { NotReported = why };
                }
                else
                {
                    Problems.Add(Problem("why", "Say why there is nothing to report", "a sentence"));
                }
            }
            else
            {
                var next = Lines(_answer.Next).Select(Deliverable).ToList();
                Progress = new ProgressReport { Progress = Lines(_answer.Progress).ToList(), Next = next };
                if (Progress.Progress.Count == 0 && next.Count == 0)
                {
                    Problems.Add(Problem("progress", "Say what was done, or what comes next", "one thing a line"));
                }
            }
        }

        // "Business case to the board (June 2017)": a date in brackets at the end is when.
        private static Deliverable Deliverable(string line)
        {
            var open = line.LastIndexOf('(');
            return line.EndsWith(')') && open > 0 && PartialDate.TryParse(line[(open + 1)..^1], out var when)
                ? new Deliverable { What = line[..open].Trim(), When = when }
                : new Deliverable { What = line };
        }

        private void Changed()
        {
            var (date, rating, why) = (Trimmed(_answer.NewDate), Trimmed(_answer.Rating), Trimmed(_answer.Why));
            if (date is null && rating is null && Trimmed(_answer.Says) is null)
            {
                Problems.Add(Problem("says", "Say what changed", "a new date with its reason, or what to say"));
                return;
            }

            var body = _line.Record.Body;
            if (date is not null)
            {
                if (Ask.DateLabel is null || !PartialDate.TryParse(date, out var stated))
                {
                    Problems.Add(Problem("date", "This is not a date", PartialDate.Accepted, date));
                }
                else if (stated.Last < _today)
                {
                    Problems.Add(Problem(
                        "date", Ask.DoneLabel is { } done ? $"This date has passed: answer “{done}” if it was reached, with what shows it, or give a date to come" : "This date has passed: give a date to come",
                        $"a date from {Numbers.Day(_today)} on", date));
                }
                else if (IsTooWide(stated))
                {
                    Problems.Add(Problem("date", "This is no date to be held to: it begins before today and may mean much else, or is wider than a year", $"a day, month, season or year that ends on {Numbers.Day(_today)} or after, or a span within a year that begins on or after it", date));
                }
                else if (why is null)
                {
                    Problems.Add(Problem("why", "Say why the date is new", "what moved it"));
                }
                else
                {
                    body = Ask.Moved(body, stated, _today, why);
                }
            }

            if (rating is not null)
            {
                if (!_line.Ratings.Contains(rating, StringComparer.OrdinalIgnoreCase))
                {
                    Problems.Add(Problem("rating", "This is not a word of the scale", string.Join(", ", _line.Ratings), rating));
                }
                else if (why is null)
                {
                    Problems.Add(Problem("why", "Say why the rating is new", "what changed"));
                }
                else
                {
                    body = Ask.Rated(body, rating, why);
                }
            }

            Record = ReferenceEquals(body, _line.Record.Body) ? null : body;
        }

        private void Done()
        {
            var (on, evidence) = (Trimmed(_answer.DoneOn), Trimmed(_answer.Evidence));
            if (Ask.DoneLabel is null)
            {
                Problems.Add(Problem("answer", $"A {_line.Record.Kind.One} is not ended in a round", "nothing changed, or something changed"));
                return;
            }

            if (!PartialDate.TryParse(on, out var date))
            {
                Problems.Add(Problem("done", "Say when", PartialDate.Accepted, on));
            }
            else if (date.Last > _today)
            {
                Problems.Add(Problem("done", date.First > _today ? "This lies in the future" : "This may lie in the future", $"a date up to {Numbers.Day(_today)}", on));
            }

            if (evidence is null)
            {
                Problems.Add(Problem("evidence", "Say what shows it", "a sentence"));
            }

            if (Problems.Count == 0)
            {
                Record = Ask.Ended(_line.Record.Body, date!, evidence!, Trimmed(_answer.OpenAfter));
            }
        }

        // "2016 to 2027" would never be overdue. The month, season or year of today is how people speak of what comes; a span of two dates that begins
        // before today is not.
        private bool IsTooWide(PartialDate date) =>
            date.Last > date.First.AddYears(1) || (date.First < _today && date.Text.Contains(" to ", StringComparison.OrdinalIgnoreCase));

        private Problem Problem(string field, string message, string accepted, string? found = null) => new(message, Field: $"{_answer.About}.{field}", Found: found, Accepted: accepted);
    }
}
