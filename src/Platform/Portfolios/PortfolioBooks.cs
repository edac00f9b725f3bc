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

    /// <summary>Decides on matches, or takes a decision back (<see cref="MatchState.Proposed"/>): each a version of a record, so that it can be reversed.</summary>
    public async Task<Outcome<int>> DecideAsync(Actor actor, string portfolio, IReadOnlyList<MatchDecision> decisions, DateOnly today, string why, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        var held = (await records.View(actor, new(today, today)).ListAsync<PortfolioMatch>(cancellation)).ToDictionary(one => one.Key, StringComparer.Ordinal);
        var changes = decisions.Select(one =>
        {
            var key = Key(portfolio, one);
            var body = new PortfolioMatch { Title = $"{one.Name}, {one.Round.ToString(CultureInfo.InvariantCulture)}", Portfolio = portfolio, Round = one.Round, Name = one.Name, Department = one.Department, Project = one.Project, State = one.State };
            // Whoever knows the whole series knows it of every round.
            var from = new DateOnly(one.Round, 1, 1);
            return new RecordChange("portfolio-match", key, body, from, Expected: held.GetValueOrDefault(key)?.VersionId);
        }).ToList();
        var saved = await records.SaveAsync(actor, changes, why, cancellation);
        return saved.Succeeded ? changes.Count : Outcome.Refused<int>(saved.Problems);
    }

    private static string Key(string portfolio, MatchDecision one)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{one.Name}\n{one.Department}\n{(one.State == MatchState.Refused ? one.Project : "")}")))[..12];
        return $"{portfolio}-{one.Round.ToString(CultureInfo.InvariantCulture)}-{hash}";
    }
}
