using Pathfinder.Platform.History;

namespace Pathfinder.Platform.People;

/// <summary>An organisation that people act for: the force, a council, an oversight body. Governed; its key is its short code.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Boroughs">Codes of the boroughs it speaks for; empty for none in particular.</param>
public sealed record Organisation(string Name, IReadOnlyList<string> Boroughs);

/// <summary>A person's account. Governed; its key is the user name. Holds no secret.</summary>
/// <param name="Name">The name shown.</param>
/// <param name="Enabled">Whether it can sign in.</param>
/// <param name="Memberships">What the person is in each organisation.</param>
public sealed record Account(string Name, bool Enabled, IReadOnlyList<Membership> Memberships);

/// <summary>What a person is in one organisation.</summary>
/// <param name="Organisation">The organisation's code.</param>
/// <param name="Roles">Roles held there.</param>
/// <param name="Boroughs">For partners: codes of the boroughs they speak for.</param>
public sealed record Membership(string Organisation, IReadOnlyList<Role> Roles, IReadOnlyList<string> Boroughs);

/// <summary>An account as a list shows it.</summary>
/// <param name="UserName">Its key.</param>
/// <param name="Account">What it says.</param>
/// <param name="HasPassword">Whether a password is set.</param>
/// <param name="LockedUntil">Until when it is locked after failures; null when it is not.</param>
public sealed record AccountSummary(string UserName, Account Account, bool HasPassword, DateTimeOffset? LockedUntil)
{
    /// <summary>The person acting for the first of their organisations; null where the account is disabled or belongs to none.</summary>
    public Actor? AsActor() => Account is { Enabled: true, Memberships: [var held, ..] }
        ? new Actor(UserName, Account.Name, held.Organisation, held.Roles.ToHashSet(), held.Boroughs) : null;
}

/// <summary>The kinds of governed facts of this room.</summary>
public static class PeopleKinds
{
    /// <summary>Organisations by code.</summary>
    public static GovernedKind<Organisation> Organisation { get; } = new("organisation");

    /// <summary>Accounts by user name.</summary>
    public static GovernedKind<Account> Account { get; } = new("account");
}
