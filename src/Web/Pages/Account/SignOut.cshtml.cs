using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Pathfinder.Web.Pages.Account;

/// <summary>Ends the session in this browser.</summary>
[OpenToAll("Signing out twice must not ask to sign in.")]
public sealed class SignOutModel : PageModel
{
    /// <summary>Shows that nobody is signed in, or the button to sign out.</summary>
    public void OnGet()
    {
    }

    /// <summary>Signs out.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync();
        return RedirectToPage();
    }
}
