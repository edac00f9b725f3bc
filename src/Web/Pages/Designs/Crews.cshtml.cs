using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>Changes crews, vehicles and parade sites of a design.</summary>
[RequirePermission(Permission.Design)]
public sealed class CrewsModel(DesignRegister register, TimeProvider time) : DesignPageModel(register, time)
{
    /// <summary>Sites of one borough, then those of its response unit.</summary>
    public IReadOnlyList<ParadeSite> SitesFor(string borough)
    {
        var unit = Design.Functions.First(grouping => grouping.Function == Functions.Response).Units
            .FirstOrDefault(candidate => candidate.Boroughs.Contains(borough, StringComparer.Ordinal))?.Boroughs ?? [borough];
        return [.. Pack.ParadeSites.Where(site => unit.Contains(site.Borough, StringComparer.Ordinal))
            .OrderBy(site => site.Borough == borough ? 0 : 1).ThenBy(site => site.Name, StringComparer.Ordinal)];
    }

    /// <summary>The sites where crews of the design parade, by name.</summary>
    public IReadOnlyList<(string Code, string Name)> Sites =>
        [.. Pack.ParadeSites.Where(site => Design.Crews.Any(line => line.ParadeSite == site.Code)).OrderBy(site => site.Name, StringComparer.Ordinal).Select(site => (site.Code, site.Name))];

    /// <summary>Vehicles shared at a site as typed or as the design has them; empty for vehicles by shift.</summary>
    public string Shared(string site) => Request.HasFormContentType && Request.Form.TryGetValue("sharedVehicles." + site, out var typed) ? typed.ToString()
        : Design.SharedVehicles.TryGetValue(site, out var vehicles) ? vehicles.ToString(System.Globalization.CultureInfo.InvariantCulture) : "";

    /// <summary>Shows the form.</summary>
    public async Task<IActionResult> OnGetAsync() => await LoadNewestAsync() ? Page() : NotFound();

    /// <summary>Saves every line that is different.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadNewestAsync())
        {
            return NotFound();
        }

        var problems = new List<Problem>();
        var changed = Design;
        foreach (var line in Design.Crews)
        {
            var name = $"crews.{line.ParadeSite}.{line.Borough}.{line.Shift}";
            var what = $"{BoroughName(line.Borough)}, {line.Shift}";
            var crews = Whole(Request.Form, name, $"{what}: crews", problems) ?? line.Crews;
            var vehicles = Whole(Request.Form, name + ".vehicles", $"{what}: vehicles", problems) ?? line.Vehicles;
            changed = DesignEdits.SetCrews(changed, line with { Crews = crews, Vehicles = vehicles });
        }

        foreach (var (code, name) in Sites.Where(site => Request.Form.ContainsKey("sharedVehicles." + site.Code)))
        {
            var vehicles = string.IsNullOrWhiteSpace(Request.Form["sharedVehicles." + code]) ? null : Whole(Request.Form, "sharedVehicles." + code, $"{name}: vehicles shared", problems);
            changed = DesignEdits.ShareVehicles(changed, code, vehicles);
        }

        foreach (var (borough, site) in Design.Crews.Select(line => (line.Borough, line.ParadeSite)).Distinct())
        {
            var wanted = Request.Form[$"site.{borough}.{site}"].ToString();
            if (wanted.Length > 0 && wanted != site)
            {
                changed = DesignEdits.MoveParade(changed, borough, site, wanted);
            }
        }

        if (problems.Count > 0)
        {
            Problems = problems;
            return Page();
        }

        return await SaveAsync(changed);
    }
}
