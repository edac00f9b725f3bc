using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Pages.Account;

/// <summary>Sign in with user name and password.</summary>
[OpenToAll("Somebody who has not signed in yet must reach the form.")]
[EnableRateLimiting(PathfinderWeb.SignInLimit)]
public sealed class SignInModel(ISignIn signIn) : PageModel
{
    /// <summary>The user name typed.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public void OnGet()
    {
    }

    /// <summary>Signs in and goes on to the page that was asked for.</summary>
    public async Task<IActionResult> OnPostAsync(string? password, string? then)
    {
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(UserName))
        {
            problems.Add(new Problem("Enter your user name", Field: "userName"));
        }

        if (string.IsNullOrEmpty(password))
        {
            problems.Add(new Problem("Enter your password", Field: "password"));
        }

        if (problems.Count == 0)
        {
            var session = await signIn.WithPasswordAsync(UserName!.Trim(), password!, HttpContext.RequestAborted);
            if (session.Succeeded)
            {
                await SignedIn.StartAsync(HttpContext, session.Value);
                return LocalRedirect(Url.IsLocalUrl(then) ? then : "/");
            }

            problems.AddRange(session.Problems);
        }

        Problems = problems;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
