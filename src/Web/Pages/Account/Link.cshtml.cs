using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Pages.Account;

/// <summary>
/// A one-time sign-in link. Opening it shows a button; only pressing the button uses the link up, so that a mail scanner or a chat's
/// preview that opens it does not.
/// </summary>
[OpenToAll("The link itself is what lets its holder in.")]
[EnableRateLimiting(PathfinderWeb.SignInLimit)]
public sealed class LinkModel(ISignIn signIn) : PageModel
{
    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the button.</summary>
    public void OnGet()
    {
    }

    /// <summary>Uses the link up and signs in.</summary>
    public async Task<IActionResult> OnPostAsync(string token)
    {
        var session = await signIn.WithLinkAsync(token, HttpContext.RequestAborted);
        if (session.Succeeded)
        {
            await SignedIn.StartAsync(HttpContext, session.Value);
            return LocalRedirect("/");
        }

        Problems = session.Problems.Select(p => p with { Field = null }).ToList();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
