using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Studio;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>The design paper of a plan, to read and to print.</summary>
[RequirePermission(Permission.Read)]
public sealed class PaperModel(StudioDesk desk, StudioForces forces) : StudioPageModel(desk, forces)
{
    /// <summary>The paper.</summary>
    public Paper? Paper { get; private set; }

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await LoadAsync() is { } refused)
        {
            return refused;
        }

        if (Force is not null)
        {
            var answer = Desk.Answer(Force, State, HttpContext.RequestAborted);
            if (!answer.Succeeded)
            {
                return RefusedPage.Result(this, answer.Problems);
            }

            Paper = StudioPaper.Of(Force, answer.Value);
        }

        return Page();
    }
}
