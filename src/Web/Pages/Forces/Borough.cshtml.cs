using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>A borough: who commands it since when, its functions, demand, crime, sites and wards.</summary>
[RequirePermission(Permission.Read)]
public sealed class BoroughModel : AreaPageModel
{
    /// <summary>The borough.</summary>
    public Borough Borough { get; private set; } = null!;

    /// <summary>Its unit on the date.</summary>
    public CommandUnit? Unit { get; private set; }

    /// <summary>Every unit that commanded it.</summary>
    public DataTable Command { get; private set; } = null!;

    /// <summary>Its wards on the date.</summary>
    public DataTable Wards { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (Force.FindBorough(code) is not { } borough)
        {
            return NotFound();
        }

        Borough = borough;
        var date = At.Effective;
        var found = Force.FindUnitOf(code, date);
        Unit = found?.Unit;
        Finding = ForceWords.Commanded(Force, borough, date);
        Rests = found?.Member.Basis;
        Map = ForceWords.AreaMap(Force, date, [code], $"Map of {borough.Name} with its parade sites");
        Functions = FunctionTable(Unit);
        Command = Offer(new DataTable(
            "command", $"Who commanded {borough.Name}, oldest first",
            [new("Unit"), new("From"), new("Until"), new("Planned"), new("Basis")],
            Force.ListUnitsOf(code).Select(p => (IReadOnlyList<DataCell>)
            [
                new DataCell(ForceWords.IsMerged(p.Unit) ? ForceWords.Label(p.Unit) : "its own command", $"/areas/unit/{p.Unit.Code}"), ForceWords.From(p.Member), ForceWords.Until(Force, p.Member),
                p.Member.Planned, p.Member.Basis,
            ]).ToList()));
        Wards = Offer(new DataTable(
            "wards", $"Wards of {borough.Name} on {Format.Date(date)}",
            [new("Ward"), new("Code"), new("Residents", true), new("Area, km²", true), new("Boundaries of", true)],
            Force.Pack.Wards.Where(w => string.Equals(w.Borough, code, StringComparison.Ordinal) && Pathfinder.Web.Api.Forces.ForceView.Holds(w.From, w.To, date))
                .OrderBy(w => w.Name, StringComparer.Ordinal)
                .Select(w => (IReadOnlyList<DataCell>)
                [
                    new DataCell(w.Name, $"/areas/ward/{w.Code}"), w.Code, DataCell.Of((long?)w.Population), DataCell.Of(w.AreaKm2, 2), w.Edition.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ]).ToList())
        {
            Empty = "The pack has no edition of the wards for this date.",
            Fold = 10,
        });
        Gather([code]);
        await GatherRecordsAsync(code, borough.Name);
        return Page();
    }
}
