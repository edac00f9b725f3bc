using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;

namespace Pathfinder.Web.Pages.Handling;

/// <summary>Takes the reason for opening a restricted record, logs it, and goes on to the page that was asked for.</summary>
[RequirePermission(Permission.Read)]
public sealed class OpenModel(IRecords records, RestrictedGate gate) : PageModel
{
    // After every day on which anything holds or is known: the version is found by its number.
    private static readonly AsAt Any = new(new DateOnly(9999, 1, 1), new DateOnly(9999, 1, 1));

    /// <summary>There is nothing to see without a record.</summary>
    public IActionResult OnGet() => Redirect("/programme");

    /// <summary>Opens a record for a reason.</summary>
    public async Task<IActionResult> OnPostAsync(string? path, string? key, long version, string? then, string? why)
    {
        var kind = records.Catalogue.FindByPath(path ?? "");
        var timeline = kind is null || key is null ? [] : await records.View(User.Actor(), Any).TimelineAsync(kind, key, HttpContext.RequestAborted);
        return timeline.FirstOrDefault(stored => stored.VersionId == version && stored.Stated is not null) is { } record
            ? await gate.OpenAsync(this, record, Url.IsLocalUrl(then) ? then : "/programme", why)
            : NotFound();
    }
}
