using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Portfolios;

/// <summary>One project over the rounds, with how each line came to it.</summary>
[RequirePermission(Permission.Read)]
public sealed class ProjectModel(IRecords records, PortfolioBooks books) : AsAtPageModel
{
    /// <summary>Key of the portfolio, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>Key of the project, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "project")]
    public string ProjectKey { get; set; } = "";

    /// <summary>The project.</summary>
    public PortfolioProject Project { get; private set; } = null!;

    /// <summary>Its lines.</summary>
    public DataTable Lines { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (await books.OpenAsync(records.View(User.Actor(), At), Key, HttpContext.RequestAborted) is not { } book || book.Find(ProjectKey) is not { } project)
        {
            return NotFound();
        }

        Project = project;
        var unit = book.Returns[^1].Unit;
        Lines = Offer(new DataTable("lines", "Its returns", [new("Round", true), new("Name in the return"), new("Department"), new("Rating"), new("Starts"), new("Ends"), new($"Budget of the year, {unit}", true), new($"Forecast of the year, {unit}", true), new($"Whole-life cost, {unit}", true), new("Held to be this project")],
            [.. project.Lines.Select(line => (IReadOnlyList<DataCell>)
            [
                line.Round.ToString(CultureInfo.InvariantCulture), line.Line.Name, line.Line.Department, line.Line.Rating ?? "no rating", DataCell.Of(line.Line.Start, "not given"), DataCell.Of(line.Line.End, "not given"),
                Number(line.Line.Budget), Number(line.Line.Forecast), Number(line.Line.Cost), Words(line),
            ])]));
        return Page();
    }

    internal static string Words(ProjectLine line) => line.By switch
    {
        MatchedBy.Id => "by its id",
        MatchedBy.Confirmed => "confirmed by somebody",
        MatchedBy.SameName => "proposed: the same name and department",
        MatchedBy.LikeName => $"proposed: a name like it ({(100 * line.Likeness).ToString("0", CultureInfo.InvariantCulture)}% of the words shared), the same department",
        MatchedBy.SameDates => "proposed: another name, but the same dates and department",
        _ => "no other return is held to be it",
    };

    private static DataCell Number(decimal? number) => number is { } value ? DataCell.Of((double)value, 2) : new DataCell("not given", Csv: "");
}
