using System.Text.RegularExpressions;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.People;

/// <summary>What is accepted of user names, passwords, organisations and memberships.</summary>
internal static partial class PeopleChecks
{
    public const int ShortestPassword = 12;
    private const int LongestPassword = 256;

    public static List<Problem> Account(
        string userName, Account account, IReadOnlySet<string> organisations, IReadOnlyDictionary<string, string>? boroughs, IEnumerable<string>? heldBefore = null)
    {
        var problems = new List<Problem>();
        if (!Codes().IsMatch(userName))
        {
            problems.Add(new Problem("Enter a user name", Field: "userName", Found: userName, Accepted: "1 to 64 of a–z, 0–9, dot, hyphen, underscore, @"));
        }

        if (string.IsNullOrWhiteSpace(account.Name))
        {
            problems.Add(new Problem("Enter the person's name", Field: "name"));
        }

        if (account.Memberships.Count == 0)
        {
            problems.Add(new Problem("Give the account a role in an organisation", Field: "organisation"));
        }

        foreach (var membership in account.Memberships)
        {
            if (!organisations.Contains(membership.Organisation))
            {
                problems.Add(new Problem(
                    "There is no such organisation", Field: "organisation", Found: membership.Organisation,
                    Accepted: string.Join(", ", organisations.Order(StringComparer.Ordinal))));
            }

            if (membership.Roles.Count == 0)
            {
                problems.Add(new Problem("Choose at least one role", Field: "role", Accepted: string.Join(", ", Enum.GetNames<Role>())));
            }

            if (membership.Roles.Contains(Role.Partner) && membership.Boroughs.Count == 0)
            {
                problems.Add(new Problem("Name the boroughs a partner speaks for", Field: "borough", Accepted: "codes, as E09000007"));
            }

            if (boroughs is not null)
            {
                problems.AddRange(membership.Boroughs.Where(code => !boroughs.ContainsKey(code) && heldBefore?.Contains(code, StringComparer.Ordinal) != true).Select(code => Borough(code, boroughs)));
            }
        }

        if (account.Memberships.Select(membership => membership.Organisation).Distinct(StringComparer.Ordinal).Count() < account.Memberships.Count)
        {
            problems.Add(new Problem("Name each organisation once", Field: "organisation"));
        }

        return problems;
    }

    private static Problem Borough(string given, IReadOnlyDictionary<string, string> boroughs)
    {
        // Whoever writes a name means the borough of that name; the code is what is kept, since names are not unique and change.
        var meant = boroughs.Where(borough => borough.Value.Contains(given.Trim(), StringComparison.OrdinalIgnoreCase)).Select(borough => $"{borough.Key} ({borough.Value})").Order(StringComparer.Ordinal).ToList();
        return new Problem(
            "There is no borough with this code", Field: "borough", Found: given,
            Accepted: string.Join(", ", meant.Count > 0 ? meant : boroughs.Select(borough => $"{borough.Key} ({borough.Value})").Order(StringComparer.Ordinal)));
    }

    public static List<Problem> Organisation(string code, Organisation organisation)
    {
        var problems = new List<Problem>();
        if (!Codes().IsMatch(code))
        {
            problems.Add(new Problem("Enter a short code for the organisation", Field: "organisation", Found: code, Accepted: "1 to 64 of a–z, 0–9, dot, hyphen, underscore"));
        }

        if (string.IsNullOrWhiteSpace(organisation.Name))
        {
            problems.Add(new Problem("Enter the organisation's name", Field: "name"));
        }

        return problems;
    }

    public static Problem? Password(string userName, string password)
    {
        // Length and not composition, as the National Cyber Security Centre advises.
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            return new Problem(
                "Choose another password", Field: "password", Found: $"{password.Length} characters", Accepted: $"{ShortestPassword} to {LongestPassword} characters");
        }

        return password.Contains(userName, StringComparison.OrdinalIgnoreCase) || password.Distinct().Count() < 5
            ? new Problem("Choose another password", Field: "password", Accepted: "one without the user name in it, of more than four different characters")
            : null;
    }

    [GeneratedRegex("^[a-z0-9@._-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex Codes();
}
