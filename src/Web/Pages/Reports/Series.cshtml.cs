using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>A report as at the dates of the page, and the way to an edition of it.</summary>
[RequirePermission(Permission.Read)]
public sealed class SeriesModel(ReportBuilder builder, Publishing publishing) : AsAtPageModel
{
    /// <summary>Key of the series, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "series")]
    public string Series { get; set; } = "";

    /// <summary>Why an edition is drafted.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>The report.</summary>
    public ReportDocument Report { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>The address of the report in a format, with all three dates.</summary>
    public string Address(string format, string? table = null) =>
        $"/api/v1/reports/{Uri.EscapeDataString(Series)}?format={format}&effective={PageDates.Iso(Report.Effective)}&known={PageDates.Iso(Report.Known)}&recorded={Uri.EscapeDataString(Report.Recorded.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture))}{(table is null ? "" : "&table=" + table)}";

    /// <summary>Shows the report.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    /// <summary>Drafts an edition as at the dates of the page.</summary>
    [RequirePermission(Permission.KeepRecords)]
    public async Task<IActionResult> OnPostAsync()
    {
        var drafted = await publishing.DraftAsync(User.Actor(), Series, At.Effective, At.Known, null, Why ?? "", HttpContext.RequestAborted);
        if (drafted.Succeeded)
        {
            return Redirect($"/reports/editions/{drafted.Value}");
        }

        Problems = drafted.Problems;
        return await LoadAsync() ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync()
    {
        var built = await builder.BuildAsync(User.Actor(), Series, At, cancellation: HttpContext.RequestAborted);
        Report = built.Succeeded ? built.Value : null!;
        return built.Succeeded;
    }
}
