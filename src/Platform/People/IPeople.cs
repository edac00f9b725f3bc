using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.People;

/// <summary>Organisations and accounts: who may act, for whom, as what. Every change is governed and logged.</summary>
public interface IPeople
{
    /// <summary>Whether somebody could sign in as an administrator: enabled, and with a password or a link that still works.</summary>
    Task<bool> HasAdministratorAsync(CancellationToken cancellation = default);

    /// <summary>Every account, in ordinal order of user name.</summary>
    Task<IReadOnlyList<AccountSummary>> ListAccountsAsync(CancellationToken cancellation = default);

    /// <summary>One account, or null.</summary>
    Task<AccountSummary?> FindAccountAsync(string userName, CancellationToken cancellation = default);

    /// <summary>Every organisation by code, in ordinal order.</summary>
    Task<IReadOnlyList<KeyValuePair<string, Organisation>>> ListOrganisationsAsync(CancellationToken cancellation = default);

    /// <summary>Adds an organisation, or changes the one that has the code.</summary>
    Task<Outcome<Organisation>> SaveOrganisationAsync(
        ChangeContext context, string code, Organisation organisation, CancellationToken cancellation = default);

    /// <summary>
    /// Adds an account; without a password it signs in by link only. Refuses a user name that is taken, an organisation
    /// that does not exist, a partner without a borough and a borough that the force does not have.
    /// </summary>
    Task<Outcome<AccountSummary>> AddAccountAsync(
        ChangeContext context, string userName, Account account, string? password, CancellationToken cancellation = default);

    /// <summary>Changes name, state or memberships. Refuses to leave nobody who can administer. Ends every session of the account.</summary>
    Task<Outcome<AccountSummary>> ChangeAccountAsync(
        ChangeContext context, string userName, Func<Account, Account> change, CancellationToken cancellation = default);

    /// <summary>Sets a new password, unlocks, and ends every session and link of the account.</summary>
    Task<Outcome<AccountSummary>> SetPasswordAsync(
        ChangeContext context, string userName, string password, CancellationToken cancellation = default);
}

/// <summary>Signing in, and whether a session still stands.</summary>
public interface ISignIn
{
    /// <summary>
    /// Signs in with a password. After five failures the account is locked for fifteen minutes; one problem says the same
    /// for an unknown name, a wrong password, a locked and a disabled account.
    /// </summary>
    Task<Outcome<Session>> WithPasswordAsync(string userName, string password, CancellationToken cancellation = default);

    /// <summary>Signs in with the token of a link, which works once.</summary>
    Task<Outcome<Session>> WithLinkAsync(string token, CancellationToken cancellation = default);

    /// <summary>Makes a one-time link's token for an account; it is shown once and kept only as a hash.</summary>
    Task<Outcome<string>> MakeLinkAsync(
        ChangeContext context, string userName, TimeSpan lifetime, CancellationToken cancellation = default);

    /// <summary>
    /// On a machine where nobody has set a password for administering: a token that signs in as the first administrator,
    /// who is made when missing. Null where an administrator with a password exists.
    /// </summary>
    Task<string?> MakeFirstLinkAsync(TimeSpan lifetime, CancellationToken cancellation = default);

    /// <summary>The person behind a session as things stand now, or null when it was ended, or the account disabled or taken out of the organisation.</summary>
    Task<Actor?> FindActorAsync(string userName, string organisation, string stamp, CancellationToken cancellation = default);

    /// <summary>Ends every session of an account, on every node.</summary>
    Task EndSessionsAsync(ChangeContext context, string userName, CancellationToken cancellation = default);
}

/// <summary>Somebody signed in.</summary>
/// <param name="Actor">Who, acting for their first organisation.</param>
/// <param name="Stamp">What the session must show to <see cref="ISignIn.FindActorAsync"/> later.</param>
/// <param name="Organisations">All the organisations they may act for, in the order of their memberships.</param>
public sealed record Session(Actor Actor, string Stamp, IReadOnlyList<string> Organisations);
