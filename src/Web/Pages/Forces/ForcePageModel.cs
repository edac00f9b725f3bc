using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Components.Records;
using Pathfinder.Web.Pages.Performance;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>A page about the force; while no pack has been imported it says so and how to import one.</summary>
public abstract class ForcePageModel : AsAtPageModel
{
    /// <summary>The force as known at the dates of the page.</summary>
    public ForceView Force { get; private set; } = null!;

    /// <summary>What the programme recorded about the area of the page; null on pages about no area.</summary>
    public AreaRecords? Recorded { get; private set; }

    /// <summary>Gathers what the programme recorded about an area and offers its tables.</summary>
    protected async Task GatherRecordsAsync(string code, string name)
    {
        var services = HttpContext.RequestServices;
        var view = services.GetRequiredService<IRecords>().View(User.Actor(), At);
        Recorded = await AreaRecords.OfAsync(view, services.GetRequiredService<RecordLists>(), code, name, cancellation: HttpContext.RequestAborted);
        foreach (var (_, table, _) in Recorded.Tables)
        {
            Offer(table);
        }

        services.GetRequiredService<PageMarking>().Raise(Recorded.Shown);
        // What has a better way stands first; counts that may rise for good or ill follow.
        Charts = [.. (await services.GetRequiredService<IMeasureCharts>().DrawAreaAsync(view, code, HttpContext.RequestAborted))
            .Where(one => one.Chart.Succeeded)
            .OrderBy(one => one.Series.Measure.Body.Direction == MeasureDirection.Neither)
            .Select(one => new SmallSeries(one.Series, $"/performance/{Uri.EscapeDataString(one.Series.Measure.Key)}/{Uri.EscapeDataString(one.Series.Area.Path)}", SeriesFigures.Small(one.Chart.Value), ""))];
    }

    /// <summary>Control charts of the area, a small one for each measure that has values enough.</summary>
    public IReadOnlyList<SmallSeries> Charts { get; private set; } = [];

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
