using Pathfinder.Platform.Studio;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Studio;

/// <summary>A unit as its marker on the map says it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Lines">Its figures, one a line.</param>
/// <param name="Kept">Whether it is under a padlock.</param>
public sealed record StudioMarker(string Code, IReadOnlyList<string> Lines, bool Kept, double Longitude, double Latitude);

/// <summary>What the script draws anew when the plan changes.</summary>
/// <param name="Query">The state, for the address.</param>
/// <param name="Frame">Colours, tips and borders.</param>
/// <param name="Markers">One a unit.</param>
/// <param name="UnitOf">Unit by borough.</param>
public sealed record StudioFrame(string Query, MapFrame Frame, IReadOnlyList<StudioMarker> Markers, IReadOnlyDictionary<string, string> UnitOf);

/// <summary>The map of a plan.</summary>
public static class StudioMap
{
    /// <summary>Colours of the units: those that touch never share one.</summary>
    public static IReadOnlyDictionary<string, string> Colours(StudioForce force, StudioState state)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        return Palette.Assign(
            state.Plan.ToDictionary(unit => unit.Code, unit => unit.Boroughs, StringComparer.Ordinal),
            force.Pack.Borders.Where(border => force.Names.ContainsKey(border.A) && force.Names.ContainsKey(border.B)).Select(border => (border.A, border.B)));
    }

    /// <summary>What changes with the plan.</summary>
    public static StudioFrame Frame(StudioForce force, StudioView view)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(view);
        var colours = Colours(force, view.State);
        var unitOf = view.Units.SelectMany(unit => unit.Boroughs.Select(code => (code, unit))).ToDictionary(pair => pair.code, pair => pair.unit, StringComparer.Ordinal);
        var fill = new Dictionary<string, string>(StringComparer.Ordinal);
        var tip = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var borough in force.Pack.Boroughs)
        {
            fill[borough.Code] = unitOf.TryGetValue(borough.Code, out var unit) ? colours[unit.Code] : Palette.Outside;
            tip[borough.Code] = unit is null
                ? [borough.Name, "outside the force"]
                : [borough.Name, $"in {unit.Code}", $"{Format.Count(borough.Population)} residents", $"{Format.Number(force.Columns["calls"][force.PlaceOf(borough.Code)])} calls a day"];
        }

        return new StudioFrame(
            view.State.ToQuery(),
            new MapFrame("plan", "", fill, tip, unitOf.ToDictionary(pair => pair.Key, pair => pair.Value.Code, StringComparer.Ordinal), []),
            [.. view.Units.Select(unit => Marker(force, unit))],
            unitOf.ToDictionary(pair => pair.Key, pair => pair.Value.Code, StringComparer.Ordinal));
    }

    /// <summary>The map; null where the pack has no drawn boroughs.</summary>
    public static MapView? Of(ForceView drawn, StudioFrame frame)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(frame);
        return !drawn.Layers.ContainsKey("boroughs") ? null : new MapView
        {
            Id = "studio-map",
            Description = "Map of the plan: drag a borough into another unit, or choose it and then the unit",
            Layer = drawn.GeoAddress("boroughs"),
            Bounds = drawn.Bounds,
            Frames = [frame.Frame],
            SelectName = "studio-chosen",
            Attribution = ForceWords.Attribution(drawn),
            TableId = "units",
        };
    }

    private static StudioMarker Marker(StudioForce force, StudioUnitView unit)
    {
        var places = unit.Boroughs.Select(code => force.Boroughs[force.PlaceOf(code)]).ToList();
        var weight = places.Sum(place => place.AreaKm2);
        return new StudioMarker(
            unit.Code,
            [
                $"{Format.Count((long)Math.Round(unit.Residents / 1000))}k {StudioText.Signed(unit.Deviations.GetValueOrDefault("residents"))}",
                $"{Format.Number(unit.CallsPerDay, 0)} calls",
                unit.Officers is { } officers ? $"{Format.Count(officers)} officers" : "",
            ],
            unit.Kept, places.Sum(place => place.Longitude * place.AreaKm2) / weight, places.Sum(place => place.Latitude * place.AreaKm2) / weight);
    }
}
