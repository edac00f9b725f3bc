using System.Collections.Concurrent;
using System.Globalization;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Portfolios;

/// <summary>A decision on matches: which lines, and what.</summary>
/// <param name="Round">The round.</param>
/// <param name="Name">Name in the return.</param>
/// <param name="Department">Department in the return.</param>
/// <param name="Project">The project it is proposed as.</param>
public sealed record MatchDecision(int Round, string Name, string Department, string Project, MatchState State);

/// <summary>The books of the portfolios in the store.</summary>
public sealed class PortfolioBooks(IRecords records)
{
    private const int Kept = 16;

    private readonly ConcurrentDictionary<string, PortfolioBook> _books = new(StringComparer.Ordinal);

    /// <summary>Keys and titles of the portfolios that have a return on the dates, in order of key.</summary>
    public static async Task<IReadOnlyList<(string Key, string Title)>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        return [.. (await view.ListAsync<PortfolioReturn>(cancellation)).GroupBy(one => one.Body.Portfolio, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.MaxBy(one => one.Body.Round)!.Body.Title.Split(',')[0]))];
    }

    /// <summary>The book of a portfolio as at the view's dates, or null where no return is known.</summary>
    public async Task<PortfolioBook?> OpenAsync(RecordView view, string portfolio, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        var returns = (await view.ListAsync<PortfolioReturn>(cancellation)).Where(one => one.Body.Portfolio == portfolio).OrderBy(one => one.Body.Round).ToList();
        if (returns.Count == 0)
        {
            return null;
        }

        var matches = (await view.ListAsync<PortfolioMatch>(cancellation)).Where(one => one.Body.Portfolio == portfolio && one.Body.State != MatchState.Proposed).ToList();
        // A version never changes, so the same versions make the same book.
        var versions = string.Join(' ', returns.Cast<StoredRecord>().Concat(matches).Select(one => one.VersionId.ToString(CultureInfo.InvariantCulture)));
        if (_books.Count > Kept)
        {
            _books.Clear();
        }

        return _books.GetOrAdd($"{portfolio} {versions}", _ => PortfolioBook.Build(portfolio, [.. returns.Select(one => one.Body)], matches));
    }

    /// <summary>
    /// Decides on matches, or takes a decision back (<see cref="MatchState.Proposed"/>): each a version of a record, so that it can be reversed.
    /// Refused where there is no such line or project, or the project has a line of that round already.
    /// </summary>
    public async Task<Outcome<int>> DecideAsync(Actor actor, string portfolio, IReadOnlyList<MatchDecision> decisions, DateOnly today, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(decisions);
        if (!actor.May(Permission.KeepRecords))
        {
            return new Problem("Matches are decided by those who keep the records", Found: actor.Account, Accepted: "an account that may keep records");
        }

        var view = records.View(actor, new(today, today));
        if (await OpenAsync(view, portfolio, cancellation) is not { } book)
        {
            return new Problem("There is no such portfolio", Field: "portfolio", Found: portfolio);
        }

        var held = (await view.ListAsync<PortfolioMatch>(cancellation)).Where(one => one.Body.Portfolio == portfolio).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var problems = decisions.Select(one => held.ContainsKey(Key(portfolio, one)) && one.State != MatchState.Confirmed ? null : Fault(book, one)).OfType<Problem>().ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        // A line is one project: confirmed as another, what was confirmed before is taken back with it.
        var before = held.Values.Where(one => one.Body.State == MatchState.Confirmed).ToLookup(one => (one.Body.Round, one.Body.Name, one.Body.Department));
        var takenBack = decisions.Where(one => one.State == MatchState.Confirmed).SelectMany(one => before[(one.Round, one.Name, one.Department)].Where(match => match.Body.Project != one.Project))
            .Select(match => new MatchDecision(match.Body.Round, match.Body.Name, match.Body.Department ?? "", match.Body.Project, MatchState.Proposed));
        var changes = takenBack.Concat(decisions).Select(one =>
        {
            var key = Key(portfolio, one);
            var body = new PortfolioMatch { Title = $"{one.Name}, {one.Round.ToString(CultureInfo.InvariantCulture)}", Portfolio = portfolio, Round = one.Round, Name = one.Name, Department = one.Department, Project = one.Project, State = one.State };
            // Whoever knows the whole series knows it of every round.
            return new RecordChange("portfolio-match", key, body, new DateOnly(one.Round, 1, 1), Expected: held.GetValueOrDefault(key)?.VersionId) { Step = MatchRule.Step };
        }).ToList();
        var saved = await records.SaveAsync(actor, changes, why, cancellation);
        return saved.Succeeded ? decisions.Count : Outcome.Refused<int>(saved.Problems);
    }

    private static Problem? Fault(PortfolioBook book, MatchDecision one)
    {
        if (book.Returns.FirstOrDefault(round => round.Round == one.Round) is not { } round || !ReturnLines.Of(round).Any(line => line.Id is null && line.Name == one.Name && line.Department == one.Department))
        {
            return new Problem("No line without an id has this name in this round", Field: "name", Found: $"{one.Round.ToString(CultureInfo.InvariantCulture)}: {one.Name}, {one.Department}", Accepted: "a line of a return that gives no id");
        }

        if (book.Find(one.Project) is not { } project)
        {
            return new Problem("There is no such project", Field: "project", Found: one.Project, Accepted: "the key of a project of this portfolio");
        }

        return one.State != MatchState.Confirmed ? null
            : project.Lines.Any(line => line.Round == one.Round && line.By is MatchedBy.Id or MatchedBy.Confirmed && (line.Line.Name, line.Line.Department) != (one.Name, one.Department))
                ? new Problem("The project has a line of this round already", Field: "round", Found: one.Round.ToString(CultureInfo.InvariantCulture), Accepted: "one line a project and round")
            : project.Lines.All(line => line.By != MatchedBy.Id) && project.Latest.Round <= one.Round && project.Latest.Line.Name != one.Name
                ? new Problem("The project's newest return is not newer than this line: its own lines are matched to this one instead", Field: "project", Found: one.Project, Accepted: "a project with an id, or with a newer return")
            : null;
    }

    private static string Key(string portfolio, MatchDecision one)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{one.Name}\n{one.Department}\n{one.Project}")))[..12];
        return $"{portfolio}-{one.Round.ToString(CultureInfo.InvariantCulture)}-{hash}";
    }
}

/// <summary>A match is decided on its page, which holds it against the returns, and nowhere else.</summary>
internal sealed class MatchRule : IRecordRule
{
    public const string Step = "decide-match";

    public Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Problem>>([.. changes.Where(change => change is { Body: PortfolioMatch, Step: not Step })
            .Select(change => new Problem("A match is decided on the page of matches, not typed", Field: "state", Found: change.Key, Accepted: "the matches of its portfolio under Portfolio"))]);
}
