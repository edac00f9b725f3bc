using Pathfinder.Platform.Designs;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>The map of a design: response units of several boroughs in colours, the others quiet.</summary>
public static class DesignMap
{
    /// <summary>Draws the response units.</summary>
    /// <param name="force">The force, for its borders.</param>
    /// <param name="design">The design.</param>
    /// <param name="id">Id on the page.</param>
    /// <param name="tableId">The table that says the same.</param>
    /// <param name="selectName">Name of checkboxes that clicking a borough ticks; null for none.</param>
    public static MapView? Of(ForceView force, Design design, string id, string? tableId, string? selectName = null)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(design);
        if (!force.Layers.ContainsKey("boroughs"))
        {
            return null;
        }

        var units = design.Functions.First(grouping => grouping.Function == Functions.Response).Units;
        var merged = units.Where(unit => unit.Boroughs.Count > 1).ToDictionary(unit => unit.Code, unit => unit.Boroughs, StringComparer.Ordinal);
        var colours = Palette.Assign(merged, force.Pack.Borders.Select(border => (border.A, border.B)));
        var fill = new Dictionary<string, string>(StringComparer.Ordinal);
        var tip = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var group = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var borough in force.Pack.Boroughs)
        {
            var unit = units.FirstOrDefault(candidate => candidate.Boroughs.Contains(borough.Code, StringComparer.Ordinal));
            fill[borough.Code] = !borough.InForce ? Palette.Outside : unit is not null && colours.TryGetValue(unit.Code, out var colour) ? colour : Palette.Quiet;
            group[borough.Code] = unit?.Code ?? borough.Code;
            tip[borough.Code] = borough.InForce
                ? [borough.Name, unit is null ? "in no unit" : unit.Boroughs.Count == 1 ? "responds on its own" : $"responds in {unit.Name} ({unit.Code})"]
                : [borough.Name, "outside the force"];
        }

        var labels = units.Where(unit => unit.Boroughs.Count > 1).Select(unit =>
        {
            var places = unit.Boroughs.Select(force.FindBorough).OfType<Platform.Forces.Borough>().ToList();
            return new MapLabel(unit.Code, places.Average(place => place.Longitude), places.Average(place => place.Latitude));
        }).ToList();
        var legend = units.Where(unit => unit.Boroughs.Count > 1)
            .Select(unit => new MapLegend(colours[unit.Code], $"{unit.Code} {unit.Name}: {Format.List([.. unit.Boroughs.Select(force.BoroughName)])}")).ToList();
        if (units.Any(unit => unit.Boroughs.Count == 1))
        {
            legend.Add(new MapLegend(Palette.Quiet, "responds on its own"));
        }

        return new MapView
        {
            Id = id,
            Description = "Map of the boroughs by response unit in this design",
            Layer = force.GeoAddress("boroughs"),
            Bounds = force.Bounds,
            Frames = [new MapFrame("design", "design", fill, tip, group, labels)],
            Legend = legend,
            SelectName = selectName,
            AreaHref = selectName is null ? "/areas/borough/{code}" : null,
            Attribution = ForceWords.Attribution(force),
            TableId = tableId,
        };
    }
}
