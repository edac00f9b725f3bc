using Pathfinder.Platform.People;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Components.Govuk;
using Pathfinder.Web.Components.Maps;

namespace Pathfinder.Web.Pages.Forces;

/// <summary>Who commands what on a date: map, units, boroughs, and when it changed.</summary>
[RequirePermission(Permission.Read)]
public sealed class MapModel : ForcePageModel
{
    /// <summary>The headline.</summary>
    public string Finding { get; private set; } = "";

    /// <summary>The map with its dates.</summary>
    public MapView Map { get; private set; } = null!;

    /// <summary>Command units on the date.</summary>
    public DataTable Units { get; private set; } = null!;

    /// <summary>Boroughs with their command unit on the date.</summary>
    public DataTable Boroughs { get; private set; } = null!;

    /// <summary>Every change of command the pack knows.</summary>
    public DataTable Changes { get; private set; } = null!;

    /// <summary>Shows the page.</summary>
    public void OnGet()
    {
        var date = At.Effective;
        Finding = ForceWords.Finding(Force, date);
        Map = ForceWords.Map(Force, date, PageDates.Iso(At.Known), "units");
        Units = Offer(new DataTable(
            "units", $"Command units on {Format.Date(date)}",
            [new("Unit"), new("Boroughs"), new("Residents", true), new("I a day", true), new("S a day", true), new("Since")],
            Force.UnitsOn(date).OrderBy(u => ForceWords.IsMerged(u.Unit) ? 0 : 1).Select(UnitRow).ToList())
        {
            Empty = $"The pack knows of no command unit on {Format.Date(date)}. Change the date above.",
            Fold = 14,
        });
        Boroughs = Offer(new DataTable(
            "boroughs", $"Boroughs on {Format.Date(date)}",
            [new("Borough"), new("Commanded by"), new("Since"), new("Planned"), new("Basis of the date")],
            Force.Pack.Boroughs.OrderBy(b => b.Name, StringComparer.Ordinal).Select(b => BoroughRow(b, date)).ToList()) { Fold = 12 });
        Changes = Offer(new DataTable(
            "changes", "Every change of command known, oldest first",
            [new("Date"), new("Borough"), new("From"), new("To"), new("Planned"), new("Basis")],
            ChangeRows().ToList())
        {
            Empty = "The pack knows of no change of command.",
            Fold = 12,
        });
    }

    private IReadOnlyList<DataCell> UnitRow(UnitOn unit)
    {
        var boroughs = unit.Members.Select(m => m.Borough).ToList();
        return
        [
            new DataCell(ForceWords.Label(unit.Unit), $"/areas/unit/{unit.Unit.Code}"),
            Format.List(boroughs.Select(Force.BoroughName).ToList()),
            DataCell.Of(boroughs.Sum(b => Force.FindBorough(b)?.Population ?? 0)),
            DataCell.Of(Force.DemandPerDay("I", boroughs), 0),
            DataCell.Of(Force.DemandPerDay("S", boroughs), 0),
            ForceWords.From(unit.Members.MinBy(m => m.From)!),
        ];
    }

    private IReadOnlyList<DataCell> BoroughRow(Platform.Forces.Borough borough, DateOnly date)
    {
        var name = new DataCell(borough.Name, $"/areas/borough/{borough.Code}");
        if (!borough.InForce)
        {
            return [name, "outside the force", "", "", ""];
        }

        return Force.FindUnitOf(borough.Code, date) is var (unit, member)
            ? [name, new DataCell(ForceWords.IsMerged(unit) ? ForceWords.Label(unit) : "its own command", $"/areas/unit/{unit.Code}"), ForceWords.From(member), member.Planned, member.Basis]
            : [name, Format.NotKnown, "", "", ""];
    }

    private IEnumerable<IReadOnlyList<DataCell>> ChangeRows() =>
        from borough in Force.BoroughsInForce
        let units = Force.ListUnitsOf(borough.Code)
        from i in Enumerable.Range(1, Math.Max(0, units.Count - 1))
        orderby units[i].Member.From, borough.Name
        select (IReadOnlyList<DataCell>)
        [
            ForceWords.From(units[i].Member),
            new DataCell(borough.Name, $"/areas/borough/{borough.Code}"),
            new DataCell(ForceWords.IsMerged(units[i - 1].Unit) ? ForceWords.Label(units[i - 1].Unit) : "its own command", $"/areas/unit/{units[i - 1].Unit.Code}"),
            new DataCell(ForceWords.IsMerged(units[i].Unit) ? ForceWords.Label(units[i].Unit) : "its own command", $"/areas/unit/{units[i].Unit.Code}"),
            units[i].Member.Planned,
            units[i].Member.Basis,
        ];
}
