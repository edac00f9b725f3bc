using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Access;

/// <summary>The signed-in person in the cookie, and back.</summary>
public static class SignedIn
{
    /// <summary>Claim type of each permission held.</summary>
    public const string PermissionClaim = "pathfinder:permission";

    private const string Organisation = "pathfinder:organisation";
    private const string Borough = "pathfinder:borough";

    /// <summary>The principal a cookie carries.</summary>
    public static ClaimsPrincipal Principal(Actor actor, IEnumerable<Permission> permissions)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(permissions);
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, actor.Account), new(ClaimTypes.Name, actor.Name), new(Organisation, actor.Organisation)];
        claims.AddRange(actor.Roles.Order().Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        claims.AddRange(actor.Boroughs.Select(borough => new Claim(Borough, borough)));
        claims.AddRange(permissions.Distinct().Order().Select(permission => new Claim(PermissionClaim, permission.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }

    /// <summary>The person behind a principal. Throws <see cref="InvalidOperationException"/> when nobody signed in.</summary>
    public static Actor Actor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } account)
        {
            throw new InvalidOperationException("Nobody is signed in.");
        }

        return new Actor(
            account,
            user.Identity?.Name ?? account,
            user.FindFirstValue(Organisation) ?? "",
            user.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet(),
            user.FindAll(Borough).Select(c => c.Value).ToList());
    }

    /// <summary>Whether a principal holds a permission.</summary>
    public static bool May(this ClaimsPrincipal user, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.HasClaim(PermissionClaim, permission.ToString());
    }

    /// <summary>The context of a change this person makes, for a reason.</summary>
    public static ChangeContext Change(this ClaimsPrincipal user, string why)
    {
        var actor = user.Actor();
        return new ChangeContext(actor.Account, actor.Organisation, why);
    }
}
