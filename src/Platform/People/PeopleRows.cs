using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.People;

/// <summary>What proves who somebody is: kept apart from the governed account and never in the log.</summary>
internal sealed class CredentialRow
{
    /// <summary>The user name.</summary>
    public required string Account { get; init; }

    /// <summary>Salted hash of the password; null while none is set.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes whenever every session must end.</summary>
    public required string Stamp { get; set; }

    /// <summary>Attempts since the last success.</summary>
    public long Failed { get; set; }

    /// <summary>Until when no attempt is heard, in microseconds since 1970 UTC; null when not locked.</summary>
    public long? LockedUntil { get; set; }
}

/// <summary>A one-time sign-in link; only the hash of its token is kept.</summary>
internal sealed class SignInLinkRow
{
    /// <summary>SHA-256 of the token, in lower-case hex.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The user name.</summary>
    public required string Account { get; init; }

    /// <summary>When it ceases to work, in microseconds since 1970 UTC.</summary>
    public long Expires { get; init; }

    /// <summary>When it was used or withdrawn; null while it works.</summary>
    public long? Used { get; set; }
}

/// <summary>Maps the secrets of accounts.</summary>
internal sealed class PeopleMap : IEntityMap
{
    public void Map(ModelBuilder model)
    {
        model.Entity<CredentialRow>(credential =>
        {
            credential.ToTable("credentials");
            credential.HasKey(row => row.Account);
        });
        model.Entity<SignInLinkRow>(link =>
        {
            link.ToTable("sign_in_links");
            link.HasKey(row => row.TokenHash);
            link.HasIndex(row => row.Account);
        });
    }
}

/// <summary>The first schema of credentials.</summary>
internal sealed class PeopleMigration : IStoreMigration
{
    public string Id => "0002-people";

    public void Up(MigrationBuilder migration, StoreKind kind)
    {
        migration.CreateTable(
            "credentials",
            table => new
            {
                account = table.Column<string>(),
                password_hash = table.Column<string>(nullable: true),
                stamp = table.Column<string>(),
                failed = table.Column<long>(),
                locked_until = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_credentials", row => row.account));
        migration.CreateTable(
            "sign_in_links",
            table => new
            {
                token_hash = table.Column<string>(),
                account = table.Column<string>(),
                expires = table.Column<long>(),
                used = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_sign_in_links", row => row.token_hash));
        migration.CreateIndex("ix_sign_in_links_account", "sign_in_links", "account");
    }
}
