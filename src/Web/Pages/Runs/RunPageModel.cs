using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Runs;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>A page about one run: it opens with the run as at the dates of the address.</summary>
public abstract class RunPageModel(RunRegister runs) : AsAtPageModel
{
    /// <summary>Key of the run.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The run.</summary>
    public RunView View { get; private set; } = null!;

    /// <summary>Runs in the store.</summary>
    protected RunRegister Runs => runs;

    /// <summary>Finds the run; false where there is none.</summary>
    protected async Task<bool> OpenAsync()
    {
        View = (await runs.FindAsync(Key, At, HttpContext.RequestAborted))!;
        return View is not null;
    }
}
