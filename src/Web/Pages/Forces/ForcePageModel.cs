using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Web.Api.Forces;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>A page about the force; while no pack has been imported it says so and how to import one.</summary>
public abstract class ForcePageModel : AsAtPageModel
{
    /// <summary>The force as known at the dates of the page.</summary>
    public ForceView Force { get; private set; } = null!;

    /// <inheritdoc />
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        var current = HttpContext.RequestServices.GetRequiredService<ICurrentForce>();
        if (await current.FindAsync(At, HttpContext.RequestAborted) is { } force)
        {
            Force = force;
            await base.OnPageHandlerExecutionAsync(context, next);
            return;
        }

        context.Result = NoForce(this);
    }

    private static ViewResult NoForce(PageModel page) => new()
    {
        ViewName = "/Pages/Forces/NoForce.cshtml",
        ViewData = new Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary(page.ViewData) { Model = null },
    };
}
