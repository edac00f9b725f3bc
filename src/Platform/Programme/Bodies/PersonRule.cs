using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>The account that a person signs in with is one there is: whoever is asked for a report through it must be able to answer.</summary>
internal sealed class PersonRule(IPeople people) : IRecordRule
{
    private const int Named = 12;

    public async Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default)
    {
        var problems = new List<Problem>();
        foreach (var change in changes.Where(change => change.Body is Person { Account.Length: > 0 }))
        {
            var account = ((Person)change.Body).Account!;
            var before = change.Key is { Length: > 0 } key ? (await view.FindAsync<Person>(key, cancellation))?.Body.Account : null;
            if (account == before || await people.FindAccountAsync(account, cancellation) is not null)
            {
                continue;
            }

            var accounts = await people.ListAccountsAsync(cancellation);
            problems.Add(new Problem(
                "There is no such account", Field: "account", Found: account,
                Accepted: accounts.Count is 0 or > Named ? "the user name of an account, or empty" : $"{string.Join(", ", accounts.Select(one => one.UserName))}, or empty"));
        }

        return problems;
    }
}
