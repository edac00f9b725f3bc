using System.CommandLine;
using System.Globalization;
using Pathfinder.Cli.Terminal;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Spectre.Console;

namespace Pathfinder.Cli.Commands;

/// <summary><c>pathfinder user</c>: accounts. A password is typed or read from standard input, never an argument.</summary>
public static class UserCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Build()
    {
        var command = new Command("user", "Give, change and take away access.");
        command.Subcommands.Add(Add());
        command.Subcommands.Add(ListAll());
        command.Subcommands.Add(Roles());
        command.Subcommands.Add(Reset());
        command.Subcommands.Add(Link());
        command.Subcommands.Add(Switch("disable", "Bar an account from signing in, and end its sessions", enabled: false));
        command.Subcommands.Add(Switch("enable", "Let a disabled account sign in again", enabled: true));
        return command;
    }

    private static Command Add()
    {
        var user = UserArgument();
        var name = new Option<string?>("--name") { Description = "The person's name; the user name when not given" };
        var membership = new MembershipOptions();
        var link = new Option<bool>("--link") { Description = "Print a one-time sign-in link instead of asking for a password" };
        var hours = HoursOption();
        var url = UrlOption();
        var common = new CommonOptions();
        var command = new Command(
            "add",
            "Add an account. The password is asked for, or read from standard input.\n"
            + "Example: pathfinder user add anna --name \"Anna Smith\" --role administrator\n"
            + "Example: pathfinder user add cllr.jones --organisation camden --organisation-name \"Camden Council\" --role partner --borough E09000007 --link")
        { user, name, link, hours, url };
        membership.AddTo(command);
        common.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(common.Store), async services =>
        {
            var people = services.GetRequiredService<IPeople>();
            var userName = parse.GetValue(user)!;
            var context = StoreOption.Person(parse.GetValue(common.Why) ?? "account added");
            string? password = null;
            if (!parse.GetValue(link))
            {
                var typed = Passwords.Read();
                if (!typed.Succeeded)
                {
                    return Screen.Refuse(typed.Problems);
                }

                password = typed.Value;
            }

            await membership.SaveOrganisationAsync(people, context, parse, cancellation);
            var account = new Account(parse.GetValue(name) ?? userName, true, [membership.Read(parse)]);
            var added = await people.AddAccountAsync(context, userName, account, password, cancellation);
            if (!added.Succeeded)
            {
                return Screen.Refuse(added.Problems);
            }

            return parse.GetValue(link)
                ? await MakeLinkAsync(services, context, userName, parse.GetValue(hours), parse.GetValue(url)!, parse.GetValue(common.Json), cancellation)
                : Say(added.Value, parse.GetValue(common.Json));
        }));
        return command;
    }

    private static Command ListAll()
    {
        var store = StoreOption.New();
        var json = StoreOption.NewJson();
        var command = new Command("list", "List accounts with their organisations and roles.\nExample: pathfinder user list --json") { store, json };
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(
            parse.GetValue(store),
            async services =>
            {
                var accounts = await services.GetRequiredService<IPeople>().ListAccountsAsync(cancellation);
                if (parse.GetValue(json))
                {
                    return StoreOption.PrintJson(accounts);
                }

                var table = new Table().AddColumns("User name", "Name", "Roles", "State");
                foreach (var account in accounts)
                {
                    table.AddRow(new[] { account.UserName, account.Account.Name, Describe(account.Account), State(account) }.Select(Markup.Escape).ToArray());
                }

                Screen.Print(table);
                return ExitCodes.Done;
            },
            readOnly: true));
        return command;
    }

    private static Command Roles()
    {
        var user = UserArgument();
        var membership = new MembershipOptions();
        var common = new CommonOptions();
        var command = new Command(
            "roles", "Set the roles of an account in one organisation, in place of those it had there.\nExample: pathfinder user roles anna --role planner --role analyst") { user };
        membership.AddTo(command);
        common.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(common.Store), async services =>
        {
            var people = services.GetRequiredService<IPeople>();
            var context = StoreOption.Person(parse.GetValue(common.Why) ?? "roles changed");
            await membership.SaveOrganisationAsync(people, context, parse, cancellation);
            var held = membership.Read(parse);
            var changed = await people.ChangeAccountAsync(
                context, parse.GetValue(user)!,
                account => account with { Memberships = [.. account.Memberships.Where(other => other.Organisation != held.Organisation), held] }, cancellation);
            return changed.Succeeded ? Say(changed.Value, parse.GetValue(common.Json)) : Screen.Refuse(changed.Problems);
        }));
        return command;
    }

    private static Command Reset()
    {
        var user = UserArgument();
        var common = new CommonOptions();
        var command = new Command(
            "reset", "Set a new password; unlocks the account, ends its sessions and withdraws its links.\nExample: pathfinder user reset anna") { user };
        common.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(common.Store), async services =>
        {
            var typed = Passwords.Read();
            if (!typed.Succeeded)
            {
                return Screen.Refuse(typed.Problems);
            }

            var changed = await services.GetRequiredService<IPeople>().SetPasswordAsync(
                StoreOption.Person(parse.GetValue(common.Why) ?? "password reset"), parse.GetValue(user)!, typed.Value, cancellation);
            return changed.Succeeded ? Say(changed.Value, parse.GetValue(common.Json)) : Screen.Refuse(changed.Problems);
        }));
        return command;
    }

    private static Command Link()
    {
        var user = UserArgument();
        var hours = HoursOption();
        var url = UrlOption();
        var common = new CommonOptions();
        var command = new Command(
            "link", "Print a link that signs in once.\nExample: pathfinder user link anna --hours 2 --url https://pathfinder.example") { user, hours, url };
        common.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(common.Store), services => MakeLinkAsync(
            services, StoreOption.Person(parse.GetValue(common.Why) ?? "sign-in link asked for"), parse.GetValue(user)!, parse.GetValue(hours),
            parse.GetValue(url)!, parse.GetValue(common.Json), cancellation)));
        return command;
    }

    private static Command Switch(string verb, string what, bool enabled)
    {
        var user = UserArgument();
        var common = new CommonOptions();
        var command = new Command(verb, $"{what}.\nExample: pathfinder user {verb} anna --why \"left the programme\"") { user };
        common.AddTo(command);
        command.SetAction((parse, cancellation) => StoreOption.RunAsync(parse.GetValue(common.Store), async services =>
        {
            var changed = await services.GetRequiredService<IPeople>().ChangeAccountAsync(
                StoreOption.Person(parse.GetValue(common.Why) ?? "account " + verb + "d"), parse.GetValue(user)!, account => account with { Enabled = enabled }, cancellation);
            return changed.Succeeded ? Say(changed.Value, parse.GetValue(common.Json)) : Screen.Refuse(changed.Problems);
        }));
        return command;
    }

    private static async Task<int> MakeLinkAsync(
        IServiceProvider services, ChangeContext context, string userName, double hours, string url, bool json, CancellationToken cancellation)
    {
        if (hours is not (> 0 and <= 24 * 14))
        {
            return Screen.Refuse([new Problem("Choose how long the link works", Field: "--hours", Found: hours.ToString(CultureInfo.InvariantCulture), Accepted: "more than 0, at most 336")]);
        }

        var token = await services.GetRequiredService<ISignIn>().MakeLinkAsync(context, userName, TimeSpan.FromHours(hours), cancellation);
        if (!token.Succeeded)
        {
            return Screen.Refuse(token.Problems);
        }

        var link = $"{url.TrimEnd('/')}/account/link/{token.Value}";
        if (json)
        {
            return StoreOption.PrintJson(new { userName, link, token = token.Value, hours });
        }

        Console.Out.WriteLine(link);
        return ExitCodes.Done;
    }

    private static int Say(AccountSummary account, bool json)
    {
        if (json)
        {
            return StoreOption.PrintJson(account);
        }

        Console.Out.WriteLine($"{account.UserName}: {account.Account.Name}, {Describe(account.Account)}, {State(account)}.");
        return ExitCodes.Done;
    }

    private static string Describe(Account account) => string.Join("; ", account.Memberships.Select(held =>
        string.Concat(held.Organisation, ": ", string.Join(", ", held.Roles), held.Boroughs.Count == 0 ? "" : $" ({string.Join(", ", held.Boroughs)})")));

    private static string State(AccountSummary account) => account switch
    {
        { Account.Enabled: false } => "disabled",
        { LockedUntil: { } until } => string.Create(CultureInfo.InvariantCulture, $"locked until {until.UtcDateTime:HH:mm} UTC"),
        { HasPassword: false } => "enabled, by link only",
        _ => "enabled",
    };

    private static Argument<string> UserArgument() => new("NAME") { Description = "The user name: a–z, 0–9, dot, hyphen, underscore, @" };

    private static Option<double> HoursOption() => new("--hours") { Description = "How long the link works", DefaultValueFactory = _ => 24 };

    private static Option<string> UrlOption() => new("--url") { Description = "Where Pathfinder is served", DefaultValueFactory = _ => "http://127.0.0.1:5080" };

    /// <summary>Options that every subcommand that changes something has.</summary>
    private sealed class CommonOptions
    {
        public Option<string?> Store { get; } = StoreOption.New();

        public Option<bool> Json { get; } = StoreOption.NewJson();

        public Option<string?> Why { get; } = new("--why") { Description = "The reason, for the log" };

        public void AddTo(Command command)
        {
            command.Options.Add(Why);
            command.Options.Add(Store);
            command.Options.Add(Json);
        }
    }

    /// <summary>Options that say what a person is in an organisation.</summary>
    private sealed class MembershipOptions
    {
        private readonly Option<string> _organisation = new("--organisation") { Description = "Code of the organisation acted for", DefaultValueFactory = _ => "force" };
        private readonly Option<string?> _name = new("--organisation-name") { Description = "Adds the organisation, or renames it" };
        private static readonly Dictionary<string, Role> RolesByName = Enum.GetValues<Role>().ToDictionary(
            role => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()), StringComparer.OrdinalIgnoreCase);

        private static readonly string RoleNames = string.Join(", ", RolesByName.Keys);

        private readonly Option<Role[]> _roles = new("--role")
        {
            Description = $"{RoleNames}; may be repeated",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = ReadRoles,
        };
        private readonly Option<string[]> _boroughs = new("--borough") { Description = "Code of a borough a partner speaks for; may be repeated", AllowMultipleArgumentsPerToken = true };

        public void AddTo(Command command)
        {
            command.Options.Add(_organisation);
            command.Options.Add(_name);
            command.Options.Add(_roles);
            command.Options.Add(_boroughs);
        }

        public Membership Read(ParseResult parse) => new(
            parse.GetValue(_organisation)!, (parse.GetValue(_roles) ?? []).Distinct().Order().ToList(), parse.GetValue(_boroughs) ?? []);

        public async Task SaveOrganisationAsync(IPeople people, ChangeContext context, ParseResult parse, CancellationToken cancellation)
        {
            var code = parse.GetValue(_organisation)!;
            var known = (await people.ListOrganisationsAsync(cancellation)).Where(organisation => organisation.Key == code).Select(organisation => organisation.Value).SingleOrDefault();
            var name = parse.GetValue(_name) ?? (code == "force" && known is null ? "The force" : null);
            if (name is not null && name != known?.Name)
            {
                await people.SaveOrganisationAsync(context, code, new Organisation(name, known?.Boroughs ?? parse.GetValue(_boroughs) ?? []), cancellation);
            }
        }

        private static Role[] ReadRoles(System.CommandLine.Parsing.ArgumentResult result)
        {
            var roles = new List<Role>();
            foreach (var token in result.Tokens)
            {
                if (RolesByName.Keys.FirstOrDefault(known => string.Equals(Plain(known), Plain(token.Value), StringComparison.OrdinalIgnoreCase)) is { } name)
                {
                    roles.Add(RolesByName[name]);
                }
                else
                {
                    result.AddError($"There is no role '{token.Value}'. Roles: {RoleNames}");
                }
            }

            return [.. roles];
        }

        private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);
    }
}
