using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.People;

/// <summary>Passwords, one-time links and sessions. Attempts are counted in the store before they are judged, so that many at once gain nothing.</summary>
internal sealed class SignIn(IHistory history, IPeople people, Store store, TimeProvider time, IPasswordHasher<Account> hasher) : ISignIn
{
    /// <summary>The account that a first start makes for the person at the machine.</summary>
    public const string FirstAccount = "administrator";

    private const string FirstOrganisation = "force";
    private const int Attempts = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private static readonly Account Nobody = new("nobody", false, []);

    private static readonly Problem Refused = new(
        "The user name or password is not right, or the account is locked. After five failures wait fifteen minutes, or ask an administrator",
        Field: "password");

    private static readonly Problem DeadLink = new("This sign-in link was used, was withdrawn or is too old. Ask an administrator for another", Field: "token");

    private readonly string _decoy = hasher.HashPassword(Nobody, PeopleStore.NewStamp());

    public async Task<Outcome<Session>> WithPasswordAsync(string userName, string password, CancellationToken cancellation = default)
    {
        var counted = await CountAttemptAsync(userName, cancellation);
        var account = await people.FindAccountAsync(userName, cancellation);
        var credential = await FindCredentialAsync(userName, cancellation);

        // An unknown name must take as long to refuse as a wrong password.
        var verdict = hasher.VerifyHashedPassword(account?.Account ?? Nobody, credential?.PasswordHash ?? _decoy, password);
        if (!counted || account is not { Account.Enabled: true } || credential?.PasswordHash is null || verdict == PasswordVerificationResult.Failed)
        {
            if (counted && await FindCredentialAsync(userName, cancellation) is { Failed: >= Attempts })
            {
                await NoteAsync(userName, "locked after five failures to sign in", cancellation);
            }

            return Refused;
        }

        var rehashed = verdict == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(account.Account, password) : credential.PasswordHash;
        await history.CommitAsync(
            Self(userName, account.Account, "signed in"),
            changes =>
            {
                changes.Note(PeopleKinds.Account.Name, userName, "signed in with a password");
                changes.Also((db, token) => db.Set<CredentialRow>().Where(row => row.Account == userName).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Failed, 0).SetProperty(row => row.LockedUntil, (long?)null)
                        .SetProperty(row => row.PasswordHash, rehashed),
                    token));
            },
            cancellation);
        return Session(userName, account.Account, credential.Stamp);
    }

    public async Task<Outcome<Session>> WithLinkAsync(string token, CancellationToken cancellation = default)
    {
        var hash = Hash(token);
        var now = time.GetUtcNow().ToMicroseconds();
        var userName = await store.WriteAsync(
            async (db, stop) =>
            {
                var links = db.Set<SignInLinkRow>().Where(link => link.TokenHash == hash && link.Used == null && link.Expires > now);
                var name = await links.Select(link => link.Account).SingleOrDefaultAsync(stop);
                // The row is marked and counted in one statement: of two that come at once, one is refused.
                return name is not null && await links.ExecuteUpdateAsync(set => set.SetProperty(link => link.Used, now), stop) == 1 ? name : null;
            },
            cancellation);
        if (userName is null
            || await people.FindAccountAsync(userName, cancellation) is not { Account: { Enabled: true } account }
            || await FindCredentialAsync(userName, cancellation) is not { } credential)
        {
            return DeadLink;
        }

        await history.CommitAsync(
            Self(userName, account, "signed in"),
            changes => changes.Note(PeopleKinds.Account.Name, userName, "signed in with a one-time link"),
            cancellation);
        return Session(userName, account, credential.Stamp);
    }

    public async Task<Outcome<string>> MakeLinkAsync(
        ChangeContext context, string userName, TimeSpan lifetime, CancellationToken cancellation = default)
    {
        if (await people.FindAccountAsync(userName, cancellation) is not { } account)
        {
            return PeopleStore.Unknown(userName);
        }

        if (!account.Account.Enabled)
        {
            return new Problem("The account is disabled", Field: "userName", Found: userName);
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var expires = time.GetUtcNow() + lifetime;
        await history.CommitAsync(
            context,
            changes =>
            {
                changes.Note(PeopleKinds.Account.Name, userName, $"one-time sign-in link made, to work until {expires.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
                changes.Also((db, stop) =>
                {
                    db.Add(new SignInLinkRow { TokenHash = Hash(token), Account = userName, Expires = expires.ToMicroseconds() });
                    return db.SaveChangesAsync(stop);
                });
            },
            cancellation);
        return token;
    }

    public async Task<string?> MakeFirstLinkAsync(TimeSpan lifetime, CancellationToken cancellation = default)
    {
        var accounts = await people.ListAccountsAsync(cancellation);
        if (accounts.Any(account => account.HasPassword && account.Account.Enabled
            && account.Account.Memberships.Any(membership => membership.Roles.Contains(Role.Administrator))))
        {
            return null;
        }

        var context = new ChangeContext("system", "pathfinder", "first start on this machine");
        if (!accounts.Any(account => account.UserName == FirstAccount))
        {
            if (!(await people.ListOrganisationsAsync(cancellation)).Any(organisation => organisation.Key == FirstOrganisation))
            {
                _ = (await people.SaveOrganisationAsync(context, FirstOrganisation, new Organisation("The force", []), cancellation)).Value;
            }

            // Alone at the machine, this person plans and analyses too.
            Role[] roles = [Role.Planner, Role.Analyst, Role.ProgrammeOffice, Role.Administrator];
            var first = new Account("Administrator", true, [new Membership(FirstOrganisation, roles, [])]);
            _ = (await people.AddAccountAsync(context, FirstAccount, first, null, cancellation)).Value;
        }

        var link = await MakeLinkAsync(context, FirstAccount, lifetime, cancellation);
        return link.Succeeded ? link.Value : null;
    }

    public async Task<Actor?> FindActorAsync(string userName, string organisation, string stamp, CancellationToken cancellation = default)
    {
        var credential = await FindCredentialAsync(userName, cancellation);
        if (credential is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(credential.Stamp), Encoding.UTF8.GetBytes(stamp)))
        {
            return null;
        }

        var account = (await history.FindAsync(PeopleKinds.Account, userName, time.Now(), cancellation))?.Body;
        return account is { Enabled: true } && account.Memberships.FirstOrDefault(membership => membership.Organisation == organisation) is { } held
            ? Actor(userName, account, held)
            : null;
    }

    public Task EndSessionsAsync(ChangeContext context, string userName, CancellationToken cancellation = default) => history.CommitAsync(
        context,
        changes =>
        {
            changes.Note(PeopleKinds.Account.Name, userName, "sessions ended");
            changes.Also((db, token) => PeopleStore.NewStampAsync(db, userName, token));
        },
        cancellation);

    /// <summary>Counts one attempt, locking at the last allowed one; false for an unknown name or a locked account.</summary>
    private async Task<bool> CountAttemptAsync(string userName, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        long? until = (now + LockedFor).ToMicroseconds();
        var instant = now.ToMicroseconds();
        return await store.WriteAsync(
            (db, token) => db.Set<CredentialRow>()
                .Where(row => row.Account == userName && (row.LockedUntil == null || row.LockedUntil <= instant))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.LockedUntil, row => row.LockedUntil == null && row.Failed + 1 >= Attempts ? until : null)
                        .SetProperty(row => row.Failed, row => row.LockedUntil == null ? row.Failed + 1 : 1),
                    token),
            cancellation) == 1;
    }

    private async Task<CredentialRow?> FindCredentialAsync(string userName, CancellationToken cancellation)
    {
        await using var db = await store.ReadAsync(cancellation);
        return await db.Set<CredentialRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Account == userName, cancellation);
    }

    private Task NoteAsync(string userName, string what, CancellationToken cancellation) => history.CommitAsync(
        new ChangeContext("system", "pathfinder", "protection against guessing"),
        changes => changes.Note(PeopleKinds.Account.Name, userName, what),
        cancellation);

    private static ChangeContext Self(string userName, Account account, string why) =>
        new(userName, account.Memberships.Count > 0 ? account.Memberships[0].Organisation : "pathfinder", why);

    private static Session Session(string userName, Account account, string stamp) => new(
        Actor(userName, account, account.Memberships[0]), stamp, account.Memberships.Select(membership => membership.Organisation).ToList());

    private static Actor Actor(string userName, Account account, Membership membership) =>
        new(userName, account.Name, membership.Organisation, membership.Roles.ToHashSet(), membership.Boroughs);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
