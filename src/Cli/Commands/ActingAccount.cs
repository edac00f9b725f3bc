using System.CommandLine;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Cli.Commands;

/// <summary>
/// <c>--as</c>: the account for which a command changes records. Holding the store's file gives nobody a role: who changes a record is an
/// account, with its roles, and the reason says who sat at the command line.
/// </summary>
internal sealed class ActingAccount
{
    private const int Named = 12;
    private readonly Option<string?> _account = new("--as") { Description = "User name of the account that does it, with its roles (see: pathfinder user list)" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_account);

    /// <summary>The person. Refused where none is named, or the account is none that can act.</summary>
    public async Task<Outcome<Actor>> ReadAsync(ParseResult parse, IServiceProvider services, CancellationToken cancellation)
    {
        var people = services.GetRequiredService<IPeople>();
        var name = parse.GetValue(_account);
        if (name is not null && await people.FindAccountAsync(name, cancellation) is { } account && account.AsActor() is { } actor)
        {
            return actor;
        }

        var accounts = (await people.ListAccountsAsync(cancellation)).Where(one => one.AsActor() is not null).Select(one => one.UserName).ToList();
        return new Problem(
            name is null ? "Say which account does it" : "There is no such account that can act", Field: "--as", Found: name,
            Accepted: accounts.Count is 0 or > Named ? "the user name of an account (pathfinder user list)" : string.Join(", ", accounts));
    }

    /// <summary>A reason with who sat at the command line; empty where none was given, so that it is asked for.</summary>
    public static string Why(string? why) => string.IsNullOrWhiteSpace(why) ? "" : $"{why.Trim()} (at the command line, {StoreOption.Person("").Account})";
}
