using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.People;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Govuk;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>A command unit: its boroughs over time, functions, demand, crime, sites and crews.</summary>
[RequirePermission(Permission.Read)]
public sealed class UnitModel : AreaPageModel
{
    /// <summary>The unit.</summary>
    public CommandUnit Unit { get; private set; } = null!;

    /// <summary>Its boroughs with their dates.</summary>
    public DataTable Members { get; private set; } = null!;

    /// <summary>Whether it holds on the date of the page.</summary>
    public bool Holds { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (Force.FindUnit(code) is not { } unit)
        {
            return NotFound();
        }

        Unit = unit;
        var date = At.Effective;
        var now = unit.Members.Where(m => Api.Forces.ForceView.Holds(m.From, m.To, date)).ToList();
        Holds = now.Count > 0;
        var boroughs = (Holds ? now : unit.Members).Select(m => m.Borough).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var names = Format.List(boroughs.Select(Force.BoroughName).ToList());
        Finding = Holds && !ForceWords.IsMerged(unit)
            ? $"{unit.Name} is a command of its own"
            : Holds
            ? $"{unit.Name} ({unit.Code}) has commanded {names} {ForceWords.Since(now.MaxBy(m => m.From)!)}"
            : unit.Members.All(m => m.From > date)
                ? $"{unit.Name} ({unit.Code}) does not exist yet on {Format.Date(date)}; it is to command {names} {Start(unit.Members.MinBy(m => m.From)!)}"
                : $"{unit.Name} ({unit.Code}) no longer exists on {Format.Date(date)}; it commanded {names}";
        Rests = now.Count > 0 ? string.Join(" · ", now.Select(m => m.Basis).Distinct(StringComparer.Ordinal)) : null;
        Map = ForceWords.AreaMap(Force, date, boroughs, $"Map of {unit.Name} with its boroughs and parade sites");
        Functions = FunctionTable(unit);
        Members = Offer(new DataTable(
            "members", $"Boroughs of {unit.Name}",
            [new("Borough"), new("From"), new("Until"), new("Planned"), new("Basis")],
            unit.Members.OrderBy(m => m.From).ThenBy(m => m.Borough, StringComparer.Ordinal).Select(m => (IReadOnlyList<DataCell>)
            [
                new DataCell(Force.BoroughName(m.Borough), $"/areas/borough/{m.Borough}"), ForceWords.From(m), ForceWords.Until(Force, m), m.Planned, m.Basis,
            ]).ToList()));
        Gather(boroughs);
        await GatherRecordsAsync(code, (ForceWords.IsMerged(unit) ? unit.Code : unit.Name));
        return Page();
    }

    private static string Start(CommandUnitMember member) =>
        member.Imprecise is { } known ? $"from a day not known ({known})" : $"from {Format.Date(member.From)}";
}
