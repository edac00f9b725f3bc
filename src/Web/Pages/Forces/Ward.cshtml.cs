using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>A ward: its borough and command unit, its editions, its zones and their demand.</summary>
[RequirePermission(Permission.Read)]
public sealed class WardModel : ForcePageModel
{
    /// <summary>The ward in the edition of the date, else its newest.</summary>
    public Ward Ward { get; private set; } = null!;

    /// <summary>Its borough.</summary>
    public Borough? Borough { get; private set; }

    /// <summary>Who commands its borough on the date.</summary>
    public CommandUnit? Unit { get; private set; }

    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>Its place on the map.</summary>
    public Components.Maps.MapView? Map { get; private set; }

    /// <summary>Expected incidents a day by grade.</summary>
    public IReadOnlyList<(string Grade, double PerDay)> Demand { get; private set; } = [];

    /// <summary>Its editions.</summary>
    public DataTable Editions { get; private set; } = null!;

    /// <summary>Zones whose centre lies in it.</summary>
    public DataTable Zones { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string code)
    {
        var editions = Force.ListEditions(code);
        if (editions.Count == 0)
        {
            return NotFound();
        }

        var date = At.Effective;
        Ward = editions.LastOrDefault(w => Api.Forces.ForceView.Holds(w.From, w.To, date)) ?? editions[^1];
        Borough = Force.FindBorough(Ward.Borough);
        var name = Force.BoroughName(Ward.Borough);
        var found = Force.FindUnitOf(Ward.Borough, date);
        Unit = found?.Unit;
        Finding = found is var (unit, member)
            ? ForceWords.IsMerged(unit)
                ? $"{Ward.Name} in {name} has been commanded by {unit.Name} ({unit.Code}) {ForceWords.Since(member)}"
                : $"{Ward.Name} is commanded with the rest of {name}, a command of its own"
            : Borough?.InForce == false
                ? $"{Ward.Name} in {name} is outside the force"
                : $"Who commanded {Ward.Name} on {Format.Date(date)} is not known";
        if (Force.Layers.Keys.FirstOrDefault(k => k.EndsWith("-" + Ward.Edition, StringComparison.Ordinal)) is not null && Force.WardLayer is not null)
        {
            Map = ForceWords.AreaMap(Force, date, [Ward.Borough], $"Map of {Ward.Name} in {name}", code) with { TableId = null };
        }

        Demand = Force.Pack.Demand.Grades.Select(g => (g, Force.DemandPerDayOfWard(g, code))).ToList();
        Editions = Offer(new DataTable(
            "editions", "Editions of its boundaries",
            [new("Edition"), new("Name"), new("From"), new("Until"), new("Area, km²", true), new("Residents", true)],
            editions.Select(w => (IReadOnlyList<DataCell>)
            [
                w.Edition.ToString(System.Globalization.CultureInfo.InvariantCulture), w.Name, DataCell.Of(w.From, ""), DataCell.Of(w.To, "still"),
                DataCell.Of(w.AreaKm2, 2), DataCell.Of((long?)w.Population),
            ]).ToList()));
        Zones = Offer(new DataTable(
            "zones", "Zones whose population-weighted centre lies in this ward",
            [new("Zone"), new("Code"), new("Residents", true), new("I a day", true), new("S a day", true)],
            Force.Pack.Zones.Select((z, i) => (z, i)).Where(p => string.Equals(p.z.Ward, code, StringComparison.Ordinal))
                .Select(p => (IReadOnlyList<DataCell>)
                [
                    p.z.Name, p.z.Code, DataCell.Of(p.z.Population), DataCell.Of(Force.DemandPerDayOfZone("I", p.i), 2), DataCell.Of(Force.DemandPerDayOfZone("S", p.i), 2),
                ]).ToList())
        {
            Empty = "No zone has its centre in this ward; its demand is counted in its neighbours.",
        });
        await GatherRecordsAsync(code, Ward.Name);
        return Page();
    }
}
