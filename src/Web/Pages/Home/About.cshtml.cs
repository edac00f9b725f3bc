using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.History;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Home;

/// <summary>What the product is, and whose data and libraries it uses under which licence.</summary>
[OpenToAll("Licences and attributions must be readable by everybody; they hold no data of the force.")]
public sealed class AboutModel(ICurrentForce current, PageDates dates) : PageModel, IHasTables
{
    /// <summary>The force, or null while none is imported.</summary>
    public ForceView? Force { get; private set; }

    /// <summary>Files of the pack with their hashes.</summary>
    public DataTable? Files { get; private set; }

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables => Files is null ? [] : [Files];

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        Force = await current.FindAsync(new AsAt(dates.At.Effective, dates.At.Known), HttpContext.RequestAborted);
        if (Force is not null)
        {
            Files = new DataTable(
                "files", $"Files of the force pack {Force.Pack.Manifest.Name}, version {Force.Pack.Manifest.Version}",
                [new("File"), new("What it holds"), new("Bytes", true), new("SHA-256")],
                Force.Pack.Manifest.Files.OrderBy(f => f.Path, StringComparer.Ordinal)
                    .Select(f => (IReadOnlyList<DataCell>)[f.Path, f.Description, DataCell.Of(f.Bytes), new DataCell(f.Sha256[..12] + "…", Csv: f.Sha256)]).ToList());
        }
    }
}
