using Pathfinder.Platform.People;

namespace Pathfinder.Web.Pages.Home;

/// <summary>What is known of the force today, and what needs attention.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel : AsAtPageModel
{
    /// <summary>Shows the page.</summary>
    public void OnGet()
    {
    }
}
