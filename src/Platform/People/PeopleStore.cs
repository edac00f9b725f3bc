using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.People;

/// <summary>Accounts as governed facts, with their credentials beside them in the same transaction.</summary>
internal sealed class PeopleStore(IHistory history, Store store, TimeProvider time, IPasswordHasher<Account> hasher, IEnumerable<IBoroughCodes> boroughs) : IPeople
{
    public async Task<bool> HasAdministratorAsync(CancellationToken cancellation = default)
    {
        var accounts = await history.ListAsync(PeopleKinds.Account, time.Now(), cancellation);
        return await CanAdministerAsync(accounts.ToDictionary(account => account.Key, account => account.Body!, StringComparer.Ordinal), cancellation);
    }

    public async Task<IReadOnlyList<AccountSummary>> ListAccountsAsync(CancellationToken cancellation = default)
    {
        var accounts = await history.ListAsync(PeopleKinds.Account, time.Now(), cancellation);
        await using var db = await store.ReadAsync(cancellation);
        var credentials = await db.Set<CredentialRow>().AsNoTracking().ToDictionaryAsync(row => row.Account, StringComparer.Ordinal, cancellation);
        return accounts.Select(account => Summary(account.Key, account.Body!, credentials.GetValueOrDefault(account.Key))).ToList();
    }

    public async Task<AccountSummary?> FindAccountAsync(string userName, CancellationToken cancellation = default)
    {
        var account = await history.FindAsync(PeopleKinds.Account, userName, time.Now(), cancellation);
        if (account is null)
        {
            return null;
        }

        await using var db = await store.ReadAsync(cancellation);
        return Summary(userName, account.Body!, await db.Set<CredentialRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Account == userName, cancellation));
    }

    public async Task<IReadOnlyList<KeyValuePair<string, Organisation>>> ListOrganisationsAsync(CancellationToken cancellation = default) =>
        (await history.ListAsync(PeopleKinds.Organisation, time.Now(), cancellation))
        .Select(organisation => KeyValuePair.Create(organisation.Key, organisation.Body!)).ToList();

    public async Task<Outcome<Organisation>> SaveOrganisationAsync(
        ChangeContext context, string code, Organisation organisation, CancellationToken cancellation = default)
    {
        if (PeopleChecks.Organisation(code, organisation) is { Count: > 0 } problems)
        {
            return problems;
        }

        var today = time.LondonToday();
        await history.CommitAsync(context, changes => changes.Record(PeopleKinds.Organisation, code, organisation, new(today), today), cancellation);
        return organisation;
    }

    public async Task<Outcome<AccountSummary>> AddAccountAsync(
        ChangeContext context, string userName, Account account, string? password, CancellationToken cancellation = default)
    {
        var problems = PeopleChecks.Account(userName, account, await OrganisationCodesAsync(cancellation), await BoroughsAsync(cancellation));
        if (password is not null && PeopleChecks.Password(userName, password) is { } weak)
        {
            problems.Add(weak);
        }

        if ((await history.TimelineAsync(PeopleKinds.Account, userName, cancellation)).Count > 0)
        {
            problems.Add(new Problem("That user name is taken, now or by somebody before", Field: "userName", Found: userName));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var credential = new CredentialRow
        {
            Account = userName,
            PasswordHash = password is null ? null : hasher.HashPassword(account, password),
            Stamp = NewStamp(),
        };
        var today = time.LondonToday();
        await history.CommitAsync(
            context,
            changes =>
            {
                changes.Record(PeopleKinds.Account, userName, account, new(today), today);
                changes.Also((db, token) =>
                {
                    db.Add(credential);
                    return db.SaveChangesAsync(token);
                });
            },
            cancellation);
        return Summary(userName, account, credential);
    }

    public async Task<Outcome<AccountSummary>> ChangeAccountAsync(
        ChangeContext context, string userName, Func<Account, Account> change, CancellationToken cancellation = default)
    {
        var accounts = (await history.ListAsync(PeopleKinds.Account, time.Now(), cancellation))
            .ToDictionary(row => row.Key, row => row.Body!, StringComparer.Ordinal);
        if (!accounts.TryGetValue(userName, out var before))
        {
            return Unknown(userName);
        }

        var account = change(before);
        // A borough that the account had before stays, also where a newer pack has it no more.
        var held = before.Memberships.SelectMany(membership => membership.Boroughs);
        var problems = PeopleChecks.Account(userName, account, await OrganisationCodesAsync(cancellation), await BoroughsAsync(cancellation), held);
        var couldAdminister = await CanAdministerAsync(accounts, cancellation);
        accounts[userName] = account;
        if (couldAdminister && !await CanAdministerAsync(accounts, cancellation))
        {
            problems.Add(new Problem("Nobody could administer after this change; make somebody else an administrator first", Field: "userName", Found: userName));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var today = time.LondonToday();
        await history.CommitAsync(
            context,
            changes =>
            {
                changes.Record(PeopleKinds.Account, userName, account, new(today), today);
                changes.Also((db, token) => NewStampAsync(db, userName, token));
            },
            cancellation);
        return (await FindAccountAsync(userName, cancellation))!;
    }

    public async Task<Outcome<AccountSummary>> SetPasswordAsync(
        ChangeContext context, string userName, string password, CancellationToken cancellation = default)
    {
        if (await FindAccountAsync(userName, cancellation) is not { } account)
        {
            return Unknown(userName);
        }

        if (PeopleChecks.Password(userName, password) is { } weak)
        {
            return weak;
        }

        var hash = hasher.HashPassword(account.Account, password);
        await history.CommitAsync(
            context,
            changes =>
            {
                changes.Note(PeopleKinds.Account.Name, userName, "password set; sessions and links ended");
                changes.Also(async (db, token) =>
                {
                    await NewStampAsync(db, userName, token);
                    await db.Set<CredentialRow>().Where(row => row.Account == userName).ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.PasswordHash, hash).SetProperty(row => row.Failed, 0)
                            .SetProperty(row => row.LockedUntil, (long?)null),
                        token);
                    var now = time.GetUtcNow().ToMicroseconds();
                    await db.Set<SignInLinkRow>().Where(row => row.Account == userName && row.Used == null)
                        .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, now), token);
                });
            },
            cancellation);
        return (await FindAccountAsync(userName, cancellation))!;
    }

    internal static Problem Unknown(string userName) => new("There is no such account", Field: "userName", Found: userName);

    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    internal static Task NewStampAsync(PathfinderDb db, string userName, CancellationToken cancellation)
    {
        var stamp = NewStamp();
        return db.Set<CredentialRow>().Where(row => row.Account == userName)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stamp, stamp), cancellation);
    }

    private async Task<bool> CanAdministerAsync(Dictionary<string, Account> accounts, CancellationToken cancellation)
    {
        var administrators = accounts
            .Where(account => account.Value.Enabled && account.Value.Memberships.Any(membership => membership.Roles.Contains(Role.Administrator)))
            .Select(account => account.Key).ToList();
        var now = time.GetUtcNow().ToMicroseconds();
        await using var db = await store.ReadAsync(cancellation);
        return await db.Set<CredentialRow>().AnyAsync(
            row => administrators.Contains(row.Account)
                && (row.PasswordHash != null
                    || db.Set<SignInLinkRow>().Any(link => link.Account == row.Account && link.Used == null && link.Expires > now)),
            cancellation);
    }

    private async Task<IReadOnlySet<string>> OrganisationCodesAsync(CancellationToken cancellation) =>
        (await ListOrganisationsAsync(cancellation)).Select(organisation => organisation.Key).ToHashSet(StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<string, string>?> BoroughsAsync(CancellationToken cancellation)
    {
        foreach (var source in boroughs)
        {
            if (await source.FindAsync(cancellation) is { } known)
            {
                return known;
            }
        }

        return null;
    }

    private AccountSummary Summary(string userName, Account account, CredentialRow? credential) => new(
        userName, account, credential?.PasswordHash is not null,
        credential?.LockedUntil is { } until && until > time.GetUtcNow().ToMicroseconds() ? Instants.FromMicroseconds(until) : null);
}
