using System.Globalization;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>One thing in which two designs differ.</summary>
/// <param name="Topic">What it is about: a function, "Despatch", "Crews", "Policy", "Assumptions" or "Design".</param>
/// <param name="What">Which part of it: a borough, a site, a label.</param>
/// <param name="From">How it is in the first.</param>
/// <param name="To">How it is in the second.</param>
/// <param name="Boroughs">The boroughs it touches; empty for the whole force.</param>
public sealed record DesignChange(string Topic, string What, string From, string To, IReadOnlyList<string> Boroughs);

/// <summary>What changes between two designs, for a reader: the difference from the force as it is, or from one version to the next.</summary>
public static class DesignDifferences
{
    /// <summary>Every difference, in the order of pages; empty when the two would be simulated and shown the same.</summary>
    public static IReadOnlyList<DesignChange> Between(Design from, Design to, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(pack);
        var names = pack.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
        string Name(string code) => names.GetValueOrDefault(code, code);
        var changes = new List<DesignChange>();
        if (from.Dated != to.Dated)
        {
            changes.Add(new DesignChange("Design", "Date", Day(from.Dated), Day(to.Dated), []));
        }

        Groupings(from, to, Name, changes);
        Despatch(from, to, Name, changes);
        Crews(from, to, Name, pack, changes);
        SharedVehicles(from, to, pack, changes);
        Policy(from.Policy, to.Policy, changes);
        Assumptions(from, to, pack, changes);
        return changes;
    }

    /// <summary>The same, with changes of name and purpose: what one version of a design did to the one before.</summary>
    public static IReadOnlyList<DesignChange> OfVersion(Design before, Design after, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<DesignChange>();
        if (before.Name != after.Name)
        {
            changes.Add(new DesignChange("Design", "Name", before.Name, after.Name, []));
        }

        if (before.Purpose != after.Purpose)
        {
            changes.Add(new DesignChange("Design", "Purpose", before.Purpose, after.Purpose, []));
        }

        changes.AddRange(Between(before, after, pack));
        return changes;
    }

    private static void Groupings(Design from, Design to, Func<string, string> name, List<DesignChange> changes)
    {
        foreach (var (code, title) in Functions.All)
        {
            var before = UnitsByBorough(from, code);
            var after = UnitsByBorough(to, code);
            var units = to.Functions.FirstOrDefault(grouping => grouping.Function == code)?.Units ?? [];
            foreach (var unit in units)
            {
                var old = unit.Boroughs.Select(borough => before.GetValueOrDefault(borough)).OfType<DesignUnit>().Distinct().ToList();
                if (old.Count == 1 && old[0].Boroughs.Order(StringComparer.Ordinal).SequenceEqual(unit.Boroughs.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                {
                    if (old[0].Name != unit.Name)
                    {
                        changes.Add(new DesignChange(title, "Name of a unit", old[0].Name, unit.Name, unit.Boroughs));
                    }

                    continue;
                }

                changes.Add(new DesignChange(
                    title,
                    Names(unit.Boroughs, name),
                    string.Join("; ", old.Select(each => each.Boroughs.Count == 1 ? $"{each.Name} on its own" : $"in {each.Name}").Distinct(StringComparer.Ordinal)),
                    unit.Boroughs.Count == 1 ? $"{unit.Name} on its own" : $"one unit, {unit.Name} ({unit.Code})",
                    unit.Boroughs));
            }

            foreach (var lost in before.Keys.Where(borough => !after.ContainsKey(borough)).Order(StringComparer.Ordinal))
            {
                changes.Add(new DesignChange(title, name(lost), before[lost].Name, "in no unit", [lost]));
            }
        }
    }

    private static void Despatch(Design from, Design to, Func<string, string> name, List<DesignChange> changes)
    {
        foreach (var group in to.DespatchGroups)
        {
            var old = from.DespatchGroups.Where(each => each.Boroughs.Any(borough => group.Boroughs.Contains(borough, StringComparer.Ordinal))).ToList();
            var same = old.Count == 1 && old[0].Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(group.Boroughs);
            if (!same || old[0].Controllers != group.Controllers || old[0].Channels != group.Channels)
            {
                changes.Add(new DesignChange(
                    "Despatch", Names(group.Boroughs, name), string.Join("; ", old.Select(Describe)), Describe(group), group.Boroughs));
            }
        }
    }

    private static void Crews(Design from, Design to, Func<string, string> name, ForcePack pack, List<DesignChange> changes)
    {
        var sites = pack.ParadeSites.ToDictionary(site => site.Code, site => site.Name, StringComparer.Ordinal);
        var before = from.Crews.GroupBy(line => (line.ParadeSite, line.Borough, line.Shift)).ToDictionary(same => same.Key, same => same.First());
        var after = to.Crews.GroupBy(line => (line.ParadeSite, line.Borough, line.Shift)).ToDictionary(same => same.Key, same => same.First());
        foreach (var key in before.Keys.Union(after.Keys)
            .OrderBy(key => key.Borough, StringComparer.Ordinal).ThenBy(key => key.ParadeSite, StringComparer.Ordinal).ThenBy(key => key.Shift, StringComparer.Ordinal))
        {
            var old = before.GetValueOrDefault(key);
            var now = after.GetValueOrDefault(key);
            if ((old?.Crews ?? 0) != (now?.Crews ?? 0) || (old?.Vehicles ?? 0) != (now?.Vehicles ?? 0))
            {
                changes.Add(new DesignChange(
                    "Crews", $"{name(key.Borough)}, {key.Shift}, at {sites.GetValueOrDefault(key.ParadeSite, key.ParadeSite)}", Describe(old), Describe(now), [key.Borough]));
            }
        }
    }

    private static void SharedVehicles(Design from, Design to, ForcePack pack, List<DesignChange> changes)
    {
        static string Told(Design design, string site) => design.SharedVehicles.TryGetValue(site, out var vehicles) ? Number(vehicles) : "vehicles by shift";
        foreach (var site in from.SharedVehicles.Keys.Union(to.SharedVehicles.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(site => Told(from, site) != Told(to, site)))
        {
            var boroughs = to.Crews.Concat(from.Crews).Where(line => line.ParadeSite == site).Select(line => line.Borough).Distinct(StringComparer.Ordinal);
            changes.Add(new DesignChange(
                "Crews", $"Vehicles shared by all shifts at {pack.ParadeSites.FirstOrDefault(each => each.Code == site)?.Name ?? site}", Told(from, site), Told(to, site), [.. boroughs]));
        }
    }

    private static void Policy(DesignPolicy from, DesignPolicy to, List<DesignChange> changes)
    {
        if (from.Mode != to.Mode)
        {
            changes.Add(new DesignChange("Policy", "Who may be sent, in the whole force", Called(DesignPolicy.Modes, from.Mode), Called(DesignPolicy.Modes, to.Mode), []));
        }

        if (!from.WidenAfterMinutesI.Equals(to.WidenAfterMinutesI))
        {
            changes.Add(new DesignChange("Policy", "Immediate: whole unit asked after, in the whole force", Minutes(from.WidenAfterMinutesI), Minutes(to.WidenAfterMinutesI), []));
        }

        if (!from.WidenAfterMinutesS.Equals(to.WidenAfterMinutesS))
        {
            changes.Add(new DesignChange("Policy", "Significant: whole unit asked after, in the whole force", Minutes(from.WidenAfterMinutesS), Minutes(to.WidenAfterMinutesS), []));
        }

        if (from.WhenFree != to.WhenFree)
        {
            changes.Add(new DesignChange("Policy", "A free unit, in the whole force", Called(DesignPolicy.FreePlaces, from.WhenFree), Called(DesignPolicy.FreePlaces, to.WhenFree), []));
        }

        void Told(string what, string before, string after)
        {
            if (before != after)
            {
                changes.Add(new DesignChange("Policy", what + ", in the whole force", before, after, []));
            }
        }

        Told("Patrol in one zone", Patrol(from), Patrol(to));
        Told("At the start of a shift", Called(DesignPolicy.ShiftStarts, from.StartOfShift), Called(DesignPolicy.ShiftStarts, to.StartOfShift));
        Told("Immediate: any unit of the force asked after", Never(from.ForceAfterMinutesI), Never(to.ForceAfterMinutesI));
        Told("Significant: any unit of the force asked after", Never(from.ForceAfterMinutesS), Never(to.ForceAfterMinutesS));
        Told("Immediate: units a borough keeps", Number(from.KeepFreeI), Number(to.KeepFreeI));
        Told("Significant: units a borough keeps", Number(from.KeepFreeS), Number(to.KeepFreeS));
        Told("Of the incidents that wait", Called(DesignPolicy.Queues, from.Queue), Called(DesignPolicy.Queues, to.Queue));
        Told("Duty inspectors", Called(DesignPolicy.InspectorSpans, from.InspectorSpan), Called(DesignPolicy.InspectorSpans, to.InspectorSpan));
    }

    private static void Assumptions(Design from, Design to, ForcePack pack, List<DesignChange> changes)
    {
        if (from.OwnTravel != to.OwnTravel)
        {
            static string Whose(bool own) => own ? "the design’s own" : "of the whole run";
            changes.Add(new DesignChange("Assumptions", "Travel", Whose(from.OwnTravel), Whose(to.OwnTravel), []));
        }

        foreach (var key in AssumptionKeys.All)
        {
            var before = ScenarioWriter.Value(from, pack, key.Key);
            var after = ScenarioWriter.Value(to, pack, key.Key);
            if (!before.Equals(after))
            {
                changes.Add(new DesignChange("Assumptions", key.Label, $"{Number(before)} {key.Unit}", $"{Number(after)} {key.Unit}", []));
            }

            foreach (var same in BoroughAssumption.WithOwn([from, to], key.Key, pack)
                .GroupBy(borough => (Before: ScenarioWriter.Value(from, pack, key.Key, borough), After: ScenarioWriter.Value(to, pack, key.Key, borough)))
                .Where(same => !same.Key.Before.Equals(same.Key.After)))
            {
                changes.Add(new DesignChange(
                    "Assumptions", $"{key.Label}, in {BoroughAssumption.PlaceOf([.. same], to, pack)}", $"{Number(same.Key.Before)} {key.Unit}", $"{Number(same.Key.After)} {key.Unit}", [.. same]));
            }
        }
    }

    private static Dictionary<string, DesignUnit> UnitsByBorough(Design design, string function)
    {
        var byBorough = new Dictionary<string, DesignUnit>(StringComparer.Ordinal);
        foreach (var unit in design.Functions.FirstOrDefault(grouping => grouping.Function == function)?.Units ?? [])
        {
            foreach (var borough in unit.Boroughs)
            {
                byBorough[borough] = unit;
            }
        }

        return byBorough;
    }

    private static string Describe(DesignDespatchGroup group) => string.Create(
        CultureInfo.InvariantCulture,
        $"{group.Name}: {group.Controllers} {(group.Controllers == 1 ? "controller" : "controllers")}, {group.Channels} {(group.Channels == 1 ? "channel" : "channels")}");

    private static string Describe(DesignCrews? line) => line is null ? "none" : string.Create(
        CultureInfo.InvariantCulture, $"{line.Crews} {(line.Crews == 1 ? "crew" : "crews")}, {line.Vehicles} {(line.Vehicles == 1 ? "vehicle" : "vehicles")}");

    private static string Called(IReadOnlyList<(string Code, string Name)> list, string code) => list.FirstOrDefault(each => each.Code == code).Name ?? code;

    private static string Names(IReadOnlyList<string> boroughs, Func<string, string> name)
    {
        var names = boroughs.Select(name).Order(StringComparer.Ordinal).ToList();
        return names.Count < 2 ? string.Concat(names) : string.Join(", ", names.SkipLast(1)) + " and " + names[^1];
    }

    private static string Patrol(DesignPolicy policy) => policy.PatrolMinutes > 0 ? Minutes(policy.PatrolMinutes) : "until sent";

    private static string Never(double? minutes) => minutes is { } after ? Minutes(after) : "never";

    private static string Minutes(double value) => Number(value) + " minutes";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", DesignStart.Dates);
}
