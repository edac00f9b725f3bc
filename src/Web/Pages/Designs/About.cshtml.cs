using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Changes the name, question and date of a design.</summary>
[RequirePermission(Permission.Design)]
public sealed class AboutModel(DesignRegister register, TimeProvider time) : DesignPageModel(register, time)
{
    /// <summary>The name.</summary>
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    /// <summary>The question.</summary>
    [BindProperty(Name = "purpose")]
    public string? Purpose { get; set; }

    /// <summary>The date it is compared on.</summary>
    [BindProperty(Name = "dated")]
    public DateOnly? Dated { get; set; }

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        Name = Design.Name;
        Purpose = Design.Purpose;
        Dated = Design.Dated;
        return Page();
    }

    /// <summary>Saves.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        if (Dated is not { } dated)
        {
            Problems = [new Problem("Give the date of the force that the design is compared with", Field: "dated", Accepted: "a date")];
            return Page();
        }

        return await SaveAsync(Design with { Name = Name?.Trim() ?? "", Purpose = Purpose?.Trim() ?? "", Dated = dated });
    }
}
