using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Access;

/// <summary>
/// The signed-in person and the cookie. The cookie names account, organisation and stamp; who that is and what they may do is asked
/// of the store on every request, so that a role taken away or a session ended holds at once.
/// </summary>
public static class SignedIn
{
    /// <summary>Claim type of each permission held.</summary>
    public const string PermissionClaim = "pathfinder:permission";

    private const string OrganisationClaim = "pathfinder:organisation";
    private const string StampClaim = "pathfinder:stamp";
    private const string BoroughClaim = "pathfinder:borough";

    /// <summary>Starts a session in the browser.</summary>
    public static Task StartAsync(HttpContext context, Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(session.Actor, session.Stamp));
    }

    /// <summary>Goes on for another organisation that the person may act for; false when they may not.</summary>
    public static async Task<bool> ActForAsync(HttpContext context, string organisation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var stamp = context.User.FindFirstValue(StampClaim) ?? "";
        var people = context.RequestServices.GetRequiredService<ISignIn>();
        if (await people.FindActorAsync(context.User.Actor().Account, organisation, stamp, context.RequestAborted) is not { } actor)
        {
            return false;
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Principal(actor, stamp));
        return true;
    }

    /// <summary>Replaces what the cookie says by what the store says now, and drops a session that was ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var claimed = context.Principal;
        var stamp = claimed?.FindFirstValue(StampClaim);
        if (claimed?.FindFirstValue(ClaimTypes.NameIdentifier) is { } account && stamp is not null
            && await context.HttpContext.RequestServices.GetRequiredService<ISignIn>()
                .FindActorAsync(account, claimed.FindFirstValue(OrganisationClaim) ?? "", stamp, context.HttpContext.RequestAborted) is { } actor)
        {
            context.ReplacePrincipal(Principal(actor, stamp));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
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
            user.FindFirstValue(OrganisationClaim) ?? "",
            user.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet(),
            user.FindAll(BoroughClaim).Select(c => c.Value).ToList());
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

    private static ClaimsPrincipal Principal(Actor actor, string stamp)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, actor.Account), new(ClaimTypes.Name, actor.Name), new(OrganisationClaim, actor.Organisation), new(StampClaim, stamp),
        ];
        claims.AddRange(actor.Roles.Order().Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        claims.AddRange(actor.Boroughs.Select(borough => new Claim(BoroughClaim, borough)));
        claims.AddRange(Permissions.Of(actor).Select(permission => new Claim(PermissionClaim, permission.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }
}
