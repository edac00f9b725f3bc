using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Resources;

/// <summary>Money, posts and benefits added up: the ledger of posts, what is not accounted for, savings as stated.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(IRecords records, IForces forces, PageMarking marking) : AsAtPageModel
{
    /// <summary>The parts with their tables.</summary>
    public IReadOnlyList<(ReadingPart Part, DataTable Table)> Parts { get; private set; } = [];

    /// <summary>The finding of the page.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        var view = records.View(User.Actor(), At);
        var overview = await ResourceOverview.ReadAsync(view, await forces.FindCurrentAsync(HttpContext.RequestAborted), HttpContext.RequestAborted);
        Headline = overview.Headline ?? "";
        Parts = [.. overview.Parts.Select(part => (part, Offer(SaidCells.Table(view.Catalogue, part))))];
        marking.Raise([.. await view.ListAsync<Funding>(HttpContext.RequestAborted), .. await view.ListAsync<EstablishmentEntry>(HttpContext.RequestAborted)]);
        return Page();
    }
}
