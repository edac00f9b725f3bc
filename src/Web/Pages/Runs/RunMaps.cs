using Pathfinder.Platform.Scenarios;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Components;
using Pathfinder.Web.Components.Charts;
using Pathfinder.Web.Components.Maps;
using Pathfinder.Web.Pages.Forces;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>The maps of a run and of a comparison, by zone.</summary>
public static class RunMaps
{
    // Points of change that take the last colour of the scale.
    private const double Reach = 0.2;

    /// <summary>Share in target by zone; null where the pack draws no zones.</summary>
    public static MapView? Share(ForceView force, RunResult result, string grade)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(result);
        var zones = result.Zones.Where(zone => zone.Grade == grade && zone.InTarget is not null).ToDictionary(zone => zone.Zone, StringComparer.Ordinal);
        const double low = 0.5;
        return Zones(
            force, $"Map of the share of {Platform.Runs.Findings.Calls(grade)} in target by zone", "table-zones",
            zones.ToDictionary(zone => zone.Key, zone => Palette.OnScale(zone.Value.InTarget!.Value, low, 1), StringComparer.Ordinal),
            zones.ToDictionary(zone => zone.Key, zone => (IReadOnlyList<string>)
                [ZoneName(force, zone.Key), $"{Format.Percent(zone.Value.InTarget!.Value)} in time", $"{Format.Number(zone.Value.IncidentsPerDay, 2)} a day", $"mean {Format.Number(zone.Value.MeanMinutes ?? 0)} minutes"], StringComparer.Ordinal),
            [.. Palette.Sequential.Select((colour, index) =>
            {
                var from = low + ((1 - low) * index / Palette.Sequential.Count);
                var to = low + ((1 - low) * (index + 1) / Palette.Sequential.Count);
                return new MapLegend(colour, index == 0 ? $"under {Format.Percent(to, 0)}" : $"{Format.Percent(from, 0)} to {Format.Percent(to, 0)}");
            })]);
    }

    /// <summary>Change of the share in target by zone; null where the pack draws no zones.</summary>
    public static MapView? Change(ForceView force, RunResult a, RunResult b, string grade)
    {
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var before = a.Zones.Where(zone => zone.Grade == grade && zone.InTarget is not null).ToDictionary(zone => zone.Zone, StringComparer.Ordinal);
        var after = b.Zones.Where(zone => zone.Grade == grade && zone.InTarget is not null && before.ContainsKey(zone.Zone)).ToDictionary(zone => zone.Zone, StringComparer.Ordinal);
        var step = 2 * Reach * 100 / Palette.Diverging.Count;
        return Zones(
            force, $"Map of the change of the share of {Platform.Runs.Findings.Calls(grade)} in target by zone", "table-zones",
            after.ToDictionary(zone => zone.Key, zone => Palette.OnChange(zone.Value.InTarget!.Value - before[zone.Key].InTarget!.Value, Reach), StringComparer.Ordinal),
            after.ToDictionary(zone => zone.Key, zone => (IReadOnlyList<string>)
            [
                ZoneName(force, zone.Key), $"{Format.Signed((zone.Value.InTarget!.Value - before[zone.Key].InTarget!.Value) * 100)} points",
                $"from {Format.Percent(before[zone.Key].InTarget!.Value)} to {Format.Percent(zone.Value.InTarget!.Value)}",
            ], StringComparer.Ordinal),
            [.. Palette.Diverging.Select((colour, index) =>
            {
                var from = (-Reach * 100) + (step * index);
                return new MapLegend(colour, index == 0 ? $"below {Format.Signed(from + step, 0)} points"
                    : index == Palette.Diverging.Count - 1 ? $"above {Format.Signed(from, 0)}" : $"{Format.Signed(from, 0)} to {Format.Signed(from + step, 0)}");
            })]);
    }

    private static MapView? Zones(
        ForceView force, string description, string tableId, Dictionary<string, string> fill, Dictionary<string, IReadOnlyList<string>> tip, IReadOnlyList<MapLegend> legend) =>
        !force.Layers.ContainsKey("zones") ? null : new MapView
        {
            Id = "zone-map",
            Description = description,
            Layer = force.GeoAddress("zones"),
            Outlines = force.Layers.ContainsKey("boroughs") ? force.GeoAddress("boroughs") : null,
            Bounds = force.Bounds,
            Frames = [new MapFrame("run", "run", fill, tip, new Dictionary<string, string>(StringComparer.Ordinal), [])],
            Legend = legend,
            Attribution = ForceWords.Attribution(force),
            TableId = tableId,
        };

    private static string ZoneName(ForceView force, string code) =>
        force.FindZone(code) is { } zone ? $"{zone.Name}, {force.BoroughName(zone.Borough)}" : code;
}
