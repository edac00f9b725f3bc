using Pathfinder.Platform.People;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Records;

namespace Pathfinder.Web.Pages.Reports;

/// <summary>Where what is stated contradicts itself, another statement, or the data.</summary>
[RequirePermission(Permission.Read)]
public sealed class ContradictionsModel(IRecords records, ContradictionFinder finder) : AsAtPageModel
{
    /// <summary>What is found, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>The contradictions.</summary>
    public DataTable Table { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var list = await finder.ListAsync(records.View(User.Actor(), At), HttpContext.RequestAborted);
        Headline = list.Headline;
        Table = Offer(new DataTable("contradictions", "What contradicts", [new("What"), new("Kind"), new("Found"), new("One says"), new("Where"), new("The other says"), new("Where it does")],
            [.. list.Contradictions.Select(one => (IReadOnlyList<DataCell>)
            [
                new DataCell(one.Title, ReferenceNames.Href(records.Catalogue, one.First.Reference)), one.Category, one.Computed ? "computed" : "as stated", one.First.Says, string.Join("; ", one.First.Where),
                new DataCell(one.Second.Says, ReferenceNames.Href(records.Catalogue, one.Second.Reference)), string.Join("; ", one.Second.Where),
            ])])
        {
            Empty = "Nothing that is known on these dates contradicts. A statement that names what says otherwise appears here.",
        });
    }
}
