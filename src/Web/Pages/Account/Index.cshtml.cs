using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Account;

/// <summary>One's own account: who one is here, for whom one acts, and the password.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IPeople people) : PageModel
{
    /// <summary>The account as kept.</summary>
    public AccountSummary? Summary { get; private set; }

    /// <summary>Organisations one may act for.</summary>
    public IReadOnlyList<FieldOption> Organisations { get; private set; } = [];

    /// <summary>What to correct.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the account.</summary>
    public Task OnGetAsync() => LoadAsync();

    /// <summary>Sets a new password; every session ends, this one too.</summary>
    public async Task<IActionResult> OnPostPasswordAsync(string? password, string? again)
    {
        await LoadAsync();
        if (string.IsNullOrEmpty(password) || !string.Equals(password, again, StringComparison.Ordinal))
        {
            Problems = [new Problem(string.IsNullOrEmpty(password) ? "Enter a new password" : "The two passwords differ", Field: string.IsNullOrEmpty(password) ? "password" : "again")];
        }
        else
        {
            var outcome = await people.SetPasswordAsync(User.Change("set their own password"), User.Actor().Account, password, HttpContext.RequestAborted);
            if (outcome.Succeeded)
            {
                return LocalRedirect("/account/sign-in");
            }

            Problems = outcome.Problems;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Acts for another organisation from now on.</summary>
    public async Task<IActionResult> OnPostOrganisationAsync(string? organisation)
    {
        if (organisation is not null && await SignedIn.ActForAsync(HttpContext, organisation))
        {
            return LocalRedirect("/account");
        }

        await LoadAsync();
        Problems = [new Problem("Choose an organisation that you belong to", Field: "organisation")];
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task LoadAsync()
    {
        Summary = await people.FindAccountAsync(User.Actor().Account, HttpContext.RequestAborted);
        var names = (await people.ListOrganisationsAsync(HttpContext.RequestAborted)).ToDictionary(o => o.Key, o => o.Value.Name, StringComparer.Ordinal);
        Organisations = (Summary?.Account.Memberships ?? [])
            .Select(m => new FieldOption(m.Organisation, names.GetValueOrDefault(m.Organisation, m.Organisation), string.Join(", ", m.Roles))).ToList();
    }
}
