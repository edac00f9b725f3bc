using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Every design, newest save first.</summary>
[RequirePermission(Permission.Read)]
public sealed class IndexModel(DesignRegister register) : AsAtPageModel
{
    /// <summary>The designs.</summary>
    public DataTable Designs { get; private set; } = null!;

    /// <summary>What is found, a sentence.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync()
    {
        var designs = await register.ListAsync(At, HttpContext.RequestAborted);
        var own = designs.Count(version => !DesignRegister.IsForceAsItIs(version.Key));
        Headline = own switch
        {
            0 => "No design has been drawn yet",
            1 => "One design has been drawn",
            _ => $"{Format.Words(own, capital: true)} designs have been drawn",
        };
        var rows = new List<IReadOnlyList<DataCell>>(designs.Count);
        foreach (var version in designs)
        {
            rows.Add(await RowAsync(version));
        }

        Designs = Offer(new DataTable(
            "designs", "Designs", [new("Design"), new("What changes"), new("Drawn on the force of"), new("Last saved"), new("By"), new("Why")], rows)
        {
            Empty = "A design says which boroughs would be commanded together, with which crews and despatch. Draw the first with the button above.",
        });
    }

    private async Task<IReadOnlyList<DataCell>> RowAsync(FactVersion<Design> version)
    {
        var design = version.Body!;
        var pack = await register.PackOfAsync(design, HttpContext.RequestAborted);
        return
        [
            new DataCell(design.Name, $"/designs/{version.Key}"),
            pack is null ? "The force pack is no longer in the store" : DesignHeadline.Of(design, pack),
            DataCell.Of(design.Dated, ""),
            Format.Instant(version.Recorded),
            version.Account,
            version.Why,
        ];
    }
}
