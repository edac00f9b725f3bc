using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Programme;

/// <summary>A record that does not stand on the dates of the page.</summary>
/// <param name="At">The dates asked for.</param>
/// <param name="NearestHref">The page as at the nearest dates on which it stands; null where there are none.</param>
/// <param name="TodayHref">The page as at today; null where it does not stand today.</param>
public sealed record AbsentRecord(RecordKind Kind, RecordAbsence Absence, AsAt At, string? NearestHref, string? TodayHref);

/// <summary>Answers for a record that is not on record as at the dates of a page: when it is, where the reader may know of it.</summary>
public static class AbsentPage
{
    /// <summary>
    /// Status 404 and, of a record that the reader may read on other dates, a page that says which; of anything else no more than that there is
    /// none, so that what is withheld cannot be told from what never was.
    /// </summary>
    public static async Task<IActionResult> ResultAsync(PageModel page, RecordView view, RecordKind kind, string key)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(view);
        var dates = page.HttpContext.RequestServices.GetRequiredService<PageDates>();
        if (await view.FindAbsenceAsync(kind, key, dates.Today, page.HttpContext.RequestAborted) is not { } absence)
        {
            return page.NotFound();
        }

        page.HttpContext.RequestServices.GetRequiredService<PageMarking>().Raise(absence.Marking);
        string On(DateOnly effective, DateOnly known) => PageDates.Replace(
            page.Request, (PageDates.EffectiveName, PageDates.Iso(effective)), (PageDates.KnownName, PageDates.Iso(known)), ("csv", null));
        var absent = new AbsentRecord(
            kind, absence, view.At, absence.Nearest is { } nearest ? On(nearest.Effective, nearest.Known) : null, absence.StandsToday ? On(dates.Today, dates.Today) : null);
        return new ViewResult
        {
            ViewName = "/Pages/Programme/Absent.cshtml",
            StatusCode = StatusCodes.Status404NotFound,
            ViewData = new ViewDataDictionary<AbsentRecord>(page.ViewData, absent),
        };
    }
}
