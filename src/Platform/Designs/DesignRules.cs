using System.Globalization;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Designs;

/// <summary>What a check found: problems forbid saving and running; warnings are shown and forbid nothing.</summary>
public sealed record DesignCheck(IReadOnlyList<Problem> Problems, IReadOnlyList<string> Warnings);

/// <summary>What a design must satisfy to be saved and simulated.</summary>
public static class DesignRules
{
    /// <summary>Finds every problem and warning at once.</summary>
    public static DesignCheck Check(Design design, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        var check = new Findings(design, pack);
        check.Identity();
        check.Groupings();
        check.Contiguity();
        check.DespatchGroups();
        check.Crews();
        check.Policy();
        check.Assumptions();
        return new DesignCheck(check.Problems, check.Warnings);
    }

    private sealed class Findings(Design design, ForcePack pack)
    {
        private readonly Dictionary<string, Borough> _boroughs = pack.Boroughs.ToDictionary(borough => borough.Code, StringComparer.Ordinal);

        public List<Problem> Problems { get; } = [];

        public List<string> Warnings { get; } = [];

        public void Identity()
        {
            if (string.IsNullOrWhiteSpace(design.Name))
            {
                Problems.Add(new Problem("Give the design a name", Field: "name", Accepted: "1 to 120 characters"));
            }
            else if (design.Name.Length > 120)
            {
                Problems.Add(new Problem("The name is too long", Field: "name", Found: design.Name, Accepted: "1 to 120 characters"));
            }

            if (!string.Equals(design.Force, pack.Manifest.Name, StringComparison.Ordinal))
            {
                Problems.Add(new Problem("The design is of another force", Field: "force", Found: design.Force, Accepted: pack.Manifest.Name));
            }
        }

        public void Groupings()
        {
            foreach (var (code, name) in Functions.All)
            {
                var groupings = design.Functions.Where(grouping => grouping.Function == code).ToList();
                if (groupings.Count != 1)
                {
                    Problems.Add(new Problem(
                        $"{name} needs one grouping of the boroughs", Field: $"functions.{code}",
                        Found: groupings.Count.ToString(CultureInfo.InvariantCulture), Accepted: "one"));
                    continue;
                }

                Partition(
                    $"functions.{code}", name,
                    [.. groupings[0].Units.Select(unit => (unit.Code, unit.Name, unit.Boroughs))], "command unit", "command units");
            }

            foreach (var extra in design.Functions.Where(grouping => Functions.All.All(function => function.Code != grouping.Function)))
            {
                Problems.Add(new Problem(
                    "There is no such function", Field: "functions", Found: extra.Function,
                    Accepted: string.Join(", ", Functions.All.Select(function => function.Code))));
            }
        }

        public void Contiguity()
        {
            foreach (var grouping in design.Functions)
            {
                foreach (var unit in grouping.Units.Where(unit => unit.Boroughs.Count > 1))
                {
                    var parts = Parts(unit.Boroughs);
                    if (parts.Count > 1)
                    {
                        var cutOff = parts.OrderBy(part => part.Count).ThenBy(part => part[0], StringComparer.Ordinal).First();
                        Warnings.Add(
                            $"{Functions.Name(grouping.Function)}: {unit.Name} is in {parts.Count.ToString(CultureInfo.InvariantCulture)} parts; "
                            + $"{Names(cutOff)} {(cutOff.Count == 1 ? "is" : "are")} cut off from the rest");
                    }
                }
            }
        }

        public void DespatchGroups()
        {
            Partition(
                "despatchGroups", "Despatch",
                [.. design.DespatchGroups.Select(group => (group.Code, group.Name, group.Boroughs))], "despatch group", "despatch groups");
            foreach (var group in design.DespatchGroups)
            {
                Number($"despatchGroups.{group.Code}.controllers", $"{group.Name}: controllers", group.Controllers, 1, 50);
                Number($"despatchGroups.{group.Code}.channels", $"{group.Name}: radio channels", group.Channels, 1, 20);
            }
        }

        public void Crews()
        {
            var sites = pack.ParadeSites.ToDictionary(site => site.Code, StringComparer.Ordinal);
            var shifts = pack.Resources.Shifts.Select(shift => shift.Code).ToHashSet(StringComparer.Ordinal);
            foreach (var line in design.Crews)
            {
                var field = $"crews.{line.ParadeSite}.{line.Borough}.{line.Shift}";
                var what = $"{Name(line.Borough)}, {line.Shift}";
                if (!sites.ContainsKey(line.ParadeSite))
                {
                    Problems.Add(new Problem($"{what}: there is no such parade site", Field: field, Found: line.ParadeSite, Accepted: "a parade site of the pack"));
                }

                if (!_boroughs.TryGetValue(line.Borough, out var borough) || !borough.InForce)
                {
                    Problems.Add(new Problem("Crews of a borough that is not in the force", Field: field, Found: line.Borough, Accepted: "a borough of the force"));
                }

                if (!shifts.Contains(line.Shift))
                {
                    Problems.Add(new Problem($"{what}: there is no such shift", Field: field, Found: line.Shift, Accepted: string.Join(", ", shifts.Order(StringComparer.Ordinal))));
                }

                Number(field, $"{what}: crews", line.Crews, 0, 200);
                Number(field + ".vehicles", $"{what}: vehicles", line.Vehicles, 0, 200);
            }

            foreach (var twice in design.Crews.GroupBy(line => (line.ParadeSite, line.Borough, line.Shift)).Where(same => same.Skip(1).Any()))
            {
                Problems.Add(new Problem(
                    $"{Name(twice.Key.Borough)}, {twice.Key.Shift}: crews at the same parade site are stated twice",
                    Field: $"crews.{twice.Key.ParadeSite}.{twice.Key.Borough}.{twice.Key.Shift}", Accepted: "one line a site, borough and shift"));
            }

            foreach (var (site, vehicles) in design.SharedVehicles)
            {
                var lines = design.Crews.Where(line => line.ParadeSite == site).ToList();
                var named = sites.TryGetValue(site, out var known) ? known.Name : site;
                if (lines.Count == 0)
                {
                    Problems.Add(new Problem("Vehicles are shared at a site where no crew parades", Field: "sharedVehicles." + site, Found: site, Accepted: "a parade site of the design's crews"));
                }

                Number("sharedVehicles." + site, $"{named}: vehicles shared by all shifts", vehicles, 0, 400);
                if (lines.GroupBy(line => line.Shift, StringComparer.Ordinal).Select(shift => shift.Sum(line => line.Crews)).DefaultIfEmpty(0).Max() is var most && most > vehicles)
                {
                    Warnings.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{named}: {most} crews of one shift share {vehicles} vehicles with the other shifts, so some wait until one comes back"));
                }
            }

            var response = design.Functions.FirstOrDefault(grouping => grouping.Function == Functions.Response);
            foreach (var unit in response?.Units ?? [])
            {
                var lines = design.Crews.Where(line => unit.Boroughs.Contains(line.Borough, StringComparer.Ordinal)).ToList();
                if (lines.Count == 0)
                {
                    Problems.Add(new Problem($"{unit.Name} has no parade site", Field: $"crews.{unit.Code}", Accepted: "at least one site with crews"));
                }
                else if (lines.Sum(design.Deployable) <= 0)
                {
                    Problems.Add(new Problem(
                        $"{unit.Name} has no crew that could deploy", Field: $"crews.{unit.Code}", Found: "0", Accepted: "at least one crew with a vehicle"));
                }
                else
                {
                    foreach (var shift in pack.Resources.Shifts.Where(shift => lines.Where(line => line.Shift == shift.Code).Sum(design.Deployable) <= 0))
                    {
                        Warnings.Add($"{unit.Name} has no crew on the {shift.Code} shift");
                    }

                    foreach (var line in lines.Where(line => line.Vehicles < line.Crews && !design.SharedVehicles.ContainsKey(line.ParadeSite)))
                    {
                        Warnings.Add(
                            $"{Name(line.Borough)}, {line.Shift}: {line.Crews.ToString(CultureInfo.InvariantCulture)} crews share "
                            + $"{line.Vehicles.ToString(CultureInfo.InvariantCulture)} vehicles, so some crews do not deploy");
                    }
                }
            }
        }

        public void Policy()
        {
            if (DesignPolicy.Modes.All(mode => mode.Code != design.Policy.Mode))
            {
                Problems.Add(new Problem(
                    "There is no such despatch policy", Field: "policy.mode", Found: design.Policy.Mode,
                    Accepted: string.Join(", ", DesignPolicy.Modes.Select(mode => mode.Code))));
            }

            if (DesignPolicy.FreePlaces.All(place => place.Code != design.Policy.WhenFree))
            {
                Problems.Add(new Problem(
                    "A free unit has no such place to go", Field: "policy.whenFree", Found: design.Policy.WhenFree,
                    Accepted: string.Join(", ", DesignPolicy.FreePlaces.Select(place => place.Code))));
            }

            if (DesignPolicy.ShiftStarts.All(start => start.Code != design.Policy.StartOfShift))
            {
                Problems.Add(new Problem(
                    "A shift does not start so", Field: "policy.startOfShift", Found: design.Policy.StartOfShift,
                    Accepted: string.Join(", ", DesignPolicy.ShiftStarts.Select(start => start.Code))));
            }

            if (DesignPolicy.InspectorSpans.All(span => span.Code != design.Policy.InspectorSpan))
            {
                Problems.Add(new Problem(
                    "Duty inspectors have no such span", Field: "policy.inspectorSpan", Found: design.Policy.InspectorSpan,
                    Accepted: string.Join(", ", DesignPolicy.InspectorSpans.Select(span => span.Code))));
            }

            if (DesignPolicy.Queues.All(queue => queue.Code != design.Policy.Queue))
            {
                Problems.Add(new Problem(
                    "Incidents do not wait in such an order", Field: "policy.queue", Found: design.Policy.Queue,
                    Accepted: string.Join(", ", DesignPolicy.Queues.Select(queue => queue.Code))));
            }

            Number("policy.patrolMinutes", "Minutes on patrol in one zone", design.Policy.PatrolMinutes, 0, 1440);
            Number("policy.forceAfterMinutesI", "Immediate: minutes before any unit of the force is asked", design.Policy.ForceAfterMinutesI ?? 0, 0, 1440);
            Number("policy.forceAfterMinutesS", "Significant: minutes before any unit of the force is asked", design.Policy.ForceAfterMinutesS ?? 0, 0, 1440);
            Number("policy.keepFreeI", "Immediate: free units that a borough keeps", design.Policy.KeepFreeI, 0, 50);
            Number("policy.keepFreeS", "Significant: free units that a borough keeps", design.Policy.KeepFreeS, 0, 50);
            Number("policy.widenAfterMinutesI", "Immediate: minutes before the whole unit is asked", design.Policy.WidenAfterMinutesI, 0, 240);
            Number("policy.widenAfterMinutesS", "Significant: minutes before the whole unit is asked", design.Policy.WidenAfterMinutesS, 0, 240);
        }

        public void Assumptions()
        {
            foreach (var (key, value) in design.Changed)
            {
                var (name, borough) = AssumptionKeys.Parts(key);
                if (AssumptionKeys.Find(name) is not { } known)
                {
                    Problems.Add(new Problem("There is no such assumption", Field: $"changed.{key}", Found: key, Accepted: "a key of the pack's assumptions"));
                }
                else if (borough is null)
                {
                    Number($"changed.{key}", known.Label, value, known.Least, known.Greatest, known.Unit);
                }
                else if (!known.MayDifferByBorough)
                {
                    Problems.Add(new Problem($"{known.Label}: one value holds for the whole force", Field: $"changed.{key}", Found: borough, Accepted: name));
                }
                else if (!_boroughs.TryGetValue(borough, out var own) || !own.InForce)
                {
                    Problems.Add(new Problem($"{known.Label}: a value of its own for a borough that is not in the force", Field: $"changed.{key}", Found: borough, Accepted: "codes of boroughs of the force"));
                }
                else
                {
                    Number($"changed.{key}", $"{known.Label}, in {own.Name}", value, known.Least, known.Greatest, known.Unit);
                }
            }

            if (design.Changed.TryGetValue("inspector.onDuty", out var inspectors) && inspectors != Math.Floor(inspectors))
            {
                Problems.Add(new Problem(
                    "Inspectors come whole", Field: "changed.inspector.onDuty", Found: inspectors.ToString(CultureInfo.InvariantCulture), Accepted: "a whole number"));
            }

            foreach (var grade in ScenarioWriter.GradeCodes)
            {
                UnitShares(grade, "", "", units => ScenarioWriter.Value(design, pack, units));
                foreach (var borough in ScenarioWriter.UnitCounts.SelectMany(units => BoroughAssumption.WithOwn([design], $"units.{grade}.{units}", pack)).Distinct(StringComparer.Ordinal))
                {
                    UnitShares(grade, $", in {Name(borough)}", "@" + borough, units => ScenarioWriter.Value(design, pack, units, borough));
                }
            }

            foreach (var missing in AssumptionKeys.All.Where(known =>
                !design.Changed.ContainsKey(known.Key) && double.IsNaN(ScenarioWriter.Value(design, pack, known.Key))))
            {
                Problems.Add(new Problem(
                    $"{missing.Label}: neither the pack nor the design gives a value", File: pack.Manifest.Name, Field: missing.Key,
                    Accepted: string.Create(CultureInfo.InvariantCulture, $"{missing.Least} to {missing.Greatest} {missing.Unit}")));
            }
        }

        private void UnitShares(string grade, string where, string suffix, Func<string, double> value)
        {
            var sum = ScenarioWriter.UnitCounts.Sum(units => value($"units.{grade}.{units}"));
            if (Math.Abs(sum - 1) > 1e-6)
            {
                Problems.Add(new Problem(
                    $"Grade {grade}{where}: the shares that need one, two and three units do not add to 1", Field: $"changed.units.{grade}.one{suffix}",
                    Found: sum.ToString(CultureInfo.InvariantCulture), Accepted: "three shares that add to 1"));
            }
        }

        private void Partition(string field, string what, List<(string Code, string Name, IReadOnlyList<string> Boroughs)> groups, string one, string many)
        {
            foreach (var twice in groups.GroupBy(group => group.Code, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
            {
                Problems.Add(new Problem($"{what}: two {many} have the same code", Field: field, Found: twice.Key, Accepted: "a code of its own for each"));
            }

            foreach (var (code, name, boroughs) in groups)
            {
                if (string.IsNullOrWhiteSpace(code) || string.IsNullOrWhiteSpace(name))
                {
                    Problems.Add(new Problem($"{what}: a {one} lacks a code or a name", Field: field, Found: $"{code} {name}".Trim(), Accepted: "a code and a name"));
                }

                if (boroughs.Count == 0)
                {
                    Problems.Add(new Problem($"{what}: {name} has no borough", Field: $"{field}.{code}", Accepted: "at least one borough"));
                }

                foreach (var stranger in boroughs.Where(borough => !_boroughs.TryGetValue(borough, out var known) || !known.InForce))
                {
                    Problems.Add(new Problem(
                        $"{what}: {name} holds a borough that is not in the force", Field: $"{field}.{code}",
                        Found: _boroughs.TryGetValue(stranger, out var known) ? known.Name : stranger, Accepted: "boroughs of the force"));
                }
            }

            foreach (var borough in pack.Boroughs.Where(borough => borough.InForce))
            {
                var holders = groups.Where(group => group.Boroughs.Contains(borough.Code, StringComparer.Ordinal)).Select(group => group.Name).ToList();
                var times = groups.Sum(group => group.Boroughs.Count(member => member == borough.Code));
                if (times == 0)
                {
                    Problems.Add(new Problem($"{what}: {borough.Name} is in no {one}", Field: field, Found: borough.Code, Accepted: $"every borough of the force in exactly one {one}"));
                }
                else if (times > 1)
                {
                    Problems.Add(new Problem(
                        $"{what}: {borough.Name} is in {(times == 2 ? "two" : times.ToString(CultureInfo.InvariantCulture))} {many}, {string.Join(" and ", holders)}",
                        Field: field, Found: borough.Code, Accepted: $"every borough of the force in exactly one {one}"));
                }
            }
        }

        private void Number(string field, string what, double value, double least, double greatest, string unit = "")
        {
            if (!double.IsFinite(value) || value < least || value > greatest)
            {
                Problems.Add(new Problem(
                    $"{what} is out of bounds", Field: field, Found: value.ToString(CultureInfo.InvariantCulture),
                    Accepted: string.Create(CultureInfo.InvariantCulture, $"{least} to {greatest} {unit}").TrimEnd()));
            }
        }

        private List<List<string>> Parts(IReadOnlyList<string> boroughs)
        {
            var left = new SortedSet<string>(boroughs, StringComparer.Ordinal);
            var parts = new List<List<string>>();
            while (left.Min is { } first)
            {
                left.Remove(first);
                var part = new List<string> { first };
                for (var next = 0; next < part.Count; next++)
                {
                    foreach (var border in pack.Borders)
                    {
                        var other = border.A == part[next] ? border.B : border.B == part[next] ? border.A : null;
                        if (other is not null && left.Remove(other))
                        {
                            part.Add(other);
                        }
                    }
                }

                parts.Add(part);
            }

            return parts;
        }

        private string Name(string borough) => _boroughs.TryGetValue(borough, out var known) ? known.Name : borough;

        private string Names(List<string> boroughs)
        {
            var names = boroughs.Order(StringComparer.Ordinal).Select(Name).ToList();
            return names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + " and " + names[^1];
        }
    }
}
