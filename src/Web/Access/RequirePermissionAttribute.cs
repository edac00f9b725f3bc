using Microsoft.AspNetCore.Authorization;
using Pathfinder.Platform.People;

namespace Pathfinder.Web.Access;

/// <summary>
/// Names the permission that a page, a page handler or an API route asks for. Every endpoint carries this or
/// <see cref="OpenToAllAttribute"/>; a test fails when one carries neither.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission) : Attribute, IAuthorizeData
{
    /// <summary>What the caller must be permitted.</summary>
    public Permission Permission => permission;

    /// <inheritdoc />
    public string? Policy { get => PolicyName(permission); set => throw new NotSupportedException("The policy follows from the permission."); }

    /// <inheritdoc />
    public string? Roles { get; set; }

    /// <inheritdoc />
    public string? AuthenticationSchemes { get; set; }

    internal static string PolicyName(Permission permission) => "permission:" + permission;
}

/// <summary>Opens a page or route to people who have not signed in, and says why that is safe.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAllAttribute(string why) : Attribute, IAllowAnonymous
{
    /// <summary>Why nobody needs to be known here.</summary>
    public string Why => why;
}
