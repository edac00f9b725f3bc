using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Studio;
using Pathfinder.Web.Api.Studio;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>A page about the state of the studio in its address.</summary>
public abstract class StudioPageModel(StudioDesk desk, StudioForces forces) : PageModel, IHasTables
{
    private readonly List<DataTable> _tables = [];

    /// <summary>The force; null while no pack has been imported.</summary>
    public StudioForce? Force { get; private set; }

    /// <summary>The state.</summary>
    public StudioState State { get; private set; } = null!;

    /// <summary>What is wrong with the address or the form.</summary>
    public IReadOnlyList<Problem> Problems { get; protected set; } = [];

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables => _tables;

    /// <summary>What answers.</summary>
    protected StudioDesk Desk => desk;

    /// <summary>The state's query, for links.</summary>
    public string Query => State.ToQuery();

    /// <summary>Adds a table to those the page offers as CSV, and returns it.</summary>
    protected DataTable Offer(DataTable table)
    {
        _tables.Add(table);
        return table;
    }

    /// <summary>Names of boroughs for a sentence.</summary>
    public string Names(IEnumerable<string> codes) => Components.Format.List([.. codes.Select(code => Force!.Names[code])]);

    /// <summary>Reads the force and the state of the address; null when the page can go on, else what to answer.</summary>
    protected async Task<IActionResult?> LoadAsync()
    {
        var read = await StudioAddress.ReadAsync(Request, forces, HttpContext.RequestAborted);
        if (read.Force is null)
        {
            ViewData["HasProblems"] = read.Problems.Count > 0;
            return read.Problems.Count > 0 ? RefusedPage.Result(this, read.Problems) : null;
        }

        (Force, State) = (read.Force, read.State ?? read.Force.Start);
        return read.State is null ? RefusedPage.Result(this, read.Problems) : null;
    }
}
