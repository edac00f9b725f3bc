using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages;

/// <summary>A page that offers its tables as CSV under <c>?csv=ID</c>.</summary>
public interface IHasTables
{
    /// <summary>The tables of the page, once its handler ran.</summary>
    IReadOnlyList<DataTable> Tables { get; }
}

/// <summary>
/// A page about governed facts: both dates stand in its address (a request without them is sent to today's), the bar shows them,
/// and its tables can be had as CSV.
/// </summary>
public abstract class AsAtPageModel : PageModel, IHasTables
{
    private readonly List<DataTable> _tables = [];

    /// <summary>The dates asked for.</summary>
    public AsAt At => Dates.At;

    /// <inheritdoc />
    public IReadOnlyList<DataTable> Tables => _tables;

    /// <summary>The dates of the address.</summary>
    protected PageDates Dates => HttpContext.RequestServices.GetRequiredService<PageDates>();

    /// <summary>Adds a table to those the page offers as CSV, and returns it.</summary>
    protected DataTable Offer(DataTable table)
    {
        _tables.Add(table);
        return table;
    }

    /// <summary>A 400 page that lists problems of the address or the form.</summary>
    protected IActionResult Refuse(IReadOnlyList<Problem> problems) => RefusedPage.Result(this, problems);

    /// <inheritdoc />
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ViewData["AsAt"] = true;
        if (Dates.Problems.Count > 0)
        {
            ViewData["AsAt"] = false;
            context.Result = Refuse(Dates.Problems);
            return Task.CompletedTask;
        }

        if (!Dates.InAddress && HttpMethods.IsGet(Request.Method))
        {
            context.Result = new RedirectResult(PageDates.Replace(
                Request, (PageDates.EffectiveName, PageDates.Iso(At.Effective)), (PageDates.KnownName, PageDates.Iso(At.Known))));
            return Task.CompletedTask;
        }

        return base.OnPageHandlerExecutionAsync(context, next);
    }
}

/// <summary>Shows what was wrong with a request that no form of its own can show.</summary>
public static class RefusedPage
{
    /// <summary>The result: status 400 and the list of problems.</summary>
    public static IActionResult Result(PageModel page, IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.ViewData["Problems"] = problems;
        return new ViewResult
        {
            ViewName = "/Pages/Shared/Refused.cshtml",
            StatusCode = StatusCodes.Status400BadRequest,
            ViewData = new Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary(page.ViewData) { Model = null },
        };
    }
}

/// <summary>Answers <c>?csv=ID</c> with the table of that id instead of the page.</summary>
public sealed class CsvFilter : IPageFilter
{
    /// <inheritdoc />
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // Nothing to do before the handler ran.
    }

    /// <inheritdoc />
    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // Nothing to do before the handler ran.
    }

    /// <inheritdoc />
    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = context.HttpContext.Request.Query["csv"].ToString();
        if (id.Length > 0 && context.Result is PageResult && context.HandlerInstance is IHasTables page)
        {
            context.Result = page.Tables.FirstOrDefault(t => string.Equals(t.Id, id, StringComparison.Ordinal)) is { } table
                ? new FileContentResult(table.ToCsv(), "text/csv; charset=utf-8") { FileDownloadName = $"pathfinder-{table.Id}.csv" }
                : new NotFoundResult();
        }
    }
}
