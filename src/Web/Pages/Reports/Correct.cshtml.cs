using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>Begins the correction of a published edition.</summary>
[RequirePermission(Permission.KeepRecords)]
public sealed class CorrectModel(Publishing publishing) : PageModel
{
    /// <summary>Key of the edition, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Why it is corrected.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The edition.</summary>
    public StoredRecord<Edition> Record { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Drafts the correction, with the same dates.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
        {
            return NotFound();
        }

        var drafted = await publishing.DraftAsync(User.Actor(), Record.Body.Series, Record.Body.AsAt!.Value, Record.Body.KnownOn!.Value, Key, Why ?? "", HttpContext.RequestAborted);
        Problems = drafted.Problems;
        return drafted.Succeeded ? Redirect($"/reports/editions/{drafted.Value}") : Page();
    }

    private async Task<bool> LoadAsync()
    {
        Record = (await publishing.FindAsync(User.Actor(), Key, HttpContext.RequestAborted))!;
        return Record is not null;
    }
}
