using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>
/// Changes to a design: each takes one and gives another, and none refuses. What is wrong with the outcome is for
/// <see cref="DesignRules"/> to say, all at once, before it is saved.
/// </summary>
public static class DesignEdits
{
    /// <summary>
    /// Puts boroughs together as one unit for the functions named. Units that lose a borough keep the rest; units that lose
    /// all disappear.
    /// </summary>
    public static Design Merge(Design design, IReadOnlyCollection<string> functions, IReadOnlyCollection<string> boroughs, string code, string name)
    {
        ArgumentNullException.ThrowIfNull(design);
        var chosen = boroughs.ToHashSet(StringComparer.Ordinal);
        return InFunctions(design, functions, units =>
        [
            .. units.Select(unit => unit with { Boroughs = [.. unit.Boroughs.Where(borough => !chosen.Contains(borough))] })
                .Where(unit => unit.Boroughs.Count > 0),
            new DesignUnit(code, name, [.. chosen.Order(StringComparer.Ordinal)]),
        ]);
    }

    /// <summary>Gives each borough of a unit a unit of its own again, named as the pack names its single-borough command.</summary>
    public static Design Split(Design design, ForcePack pack, IReadOnlyCollection<string> functions, string unit)
    {
        ArgumentNullException.ThrowIfNull(design);
        return InFunctions(design, functions, units =>
        [
            .. units.Where(candidate => !string.Equals(candidate.Code, unit, StringComparison.Ordinal)),
            .. units.Where(candidate => string.Equals(candidate.Code, unit, StringComparison.Ordinal))
                .SelectMany(candidate => candidate.Boroughs)
                .Select(borough =>
                {
                    var (code, name) = UnitName(pack, [borough]);
                    return new DesignUnit(code, name, [borough]);
                }),
        ]);
    }

    /// <summary>Gives a unit another name, in every function that has it.</summary>
    public static Design Rename(Design design, string unit, string name) => InFunctions(
        design,
        [.. Functions.All.Select(function => function.Code)],
        units => [.. units.Select(candidate => string.Equals(candidate.Code, unit, StringComparison.Ordinal) ? candidate with { Name = name } : candidate)]);

    /// <summary>
    /// The code and name of a set of boroughs: the pack's own where it ever had a command unit of exactly these (East, EA);
    /// otherwise the borough's, or made from the boroughs' names.
    /// </summary>
    public static (string Code, string Name) UnitName(ForcePack pack, IReadOnlyCollection<string> boroughs)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var wanted = boroughs.ToHashSet(StringComparer.Ordinal);
        foreach (var unit in pack.CommandUnits)
        {
            if (unit.Members.Any(member => wanted.SetEquals(unit.Members
                .Where(other => other.From <= member.From && (other.To is null || other.To >= member.From)).Select(other => other.Borough))))
            {
                return (unit.Code, unit.Name);
            }
        }

        var names = pack.Boroughs.Where(borough => wanted.Contains(borough.Code)).Select(borough => borough.Name).ToList();
        return names.Count == 1
            ? (wanted.First(), names[0])
            : (string.Concat(names.Select(name => name[..Math.Min(2, name.Length)].ToUpperInvariant())), string.Join(", ", names.SkipLast(1)) + " and " + names.LastOrDefault());
    }

    /// <summary>
    /// One despatch group for each response unit: the controllers of its boroughs are put together, and all messages go over
    /// one channel. A unit that is one group already keeps it as it is.
    /// </summary>
    public static Design DespatchByUnit(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var units = design.Functions.FirstOrDefault(function => function.Function == Functions.Response)?.Units ?? [];
        return design with
        {
            DespatchGroups = [.. units.Select(unit => design.DespatchGroups.FirstOrDefault(group => group.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(unit.Boroughs))
                ?? new DesignDespatchGroup(unit.Code, unit.Name, [.. unit.Boroughs.Order(StringComparer.Ordinal)], Controllers(design, unit.Boroughs), 1))],
        };
    }

    /// <summary>
    /// One despatch group for the given boroughs, taken out of the groups they are in: its controllers are those that the
    /// groups had for them, in proportion to boroughs, at least one.
    /// </summary>
    public static Design DespatchTogether(Design design, IReadOnlyCollection<string> boroughs, string code, string name)
    {
        ArgumentNullException.ThrowIfNull(design);
        var chosen = boroughs.ToHashSet(StringComparer.Ordinal);
        var groups = new List<DesignDespatchGroup>();
        foreach (var group in design.DespatchGroups)
        {
            var rest = group.Boroughs.Where(borough => !chosen.Contains(borough)).ToList();
            if (rest.Count > 0)
            {
                groups.Add(rest.Count == group.Boroughs.Count
                    ? group
                    : group with { Boroughs = rest, Controllers = Math.Max(1, Controllers(design, rest)) });
            }
        }

        groups.Add(new DesignDespatchGroup(code, name, [.. chosen.Order(StringComparer.Ordinal)], Math.Max(1, Controllers(design, boroughs)), 1));
        return design with { DespatchGroups = groups };
    }

    /// <summary>One despatch group a borough: the pack's own where it has one, otherwise one controller and one channel.</summary>
    public static Design DespatchByBorough(Design design, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        return design with
        {
            DespatchGroups = [.. pack.Boroughs.Where(borough => borough.InForce).Select(borough =>
            {
                var own = pack.Resources.DespatchGroups.FirstOrDefault(group => group.Boroughs.Count == 1 && group.Boroughs[0] == borough.Code);
                return own is null
                    ? new DesignDespatchGroup(borough.Code, borough.Name, [borough.Code], 1, 1)
                    : new DesignDespatchGroup(own.Code, own.Name, [borough.Code], own.Controllers, own.Channels);
            })],
        };
    }

    /// <summary>Puts each borough into the group named for it: groups no longer named disappear, new ones get one controller a borough and one channel.</summary>
    /// <param name="design">The design.</param>
    /// <param name="groupOf">Group code by borough code.</param>
    public static Design DespatchByHand(Design design, IReadOnlyDictionary<string, string> groupOf)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(groupOf);
        var groups = new List<DesignDespatchGroup>();
        foreach (var members in groupOf.OrderBy(pair => pair.Key, StringComparer.Ordinal).GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var boroughs = members.ToList();
            var old = design.DespatchGroups.FirstOrDefault(group => string.Equals(group.Code, members.Key, StringComparison.Ordinal));
            groups.Add(old is null
                ? new DesignDespatchGroup(members.Key, members.Key, boroughs, boroughs.Count, 1)
                : old with { Boroughs = boroughs });
        }

        return design with { DespatchGroups = groups };
    }

    /// <summary>Sets the controllers and channels of one group.</summary>
    public static Design StaffDespatch(Design design, string group, int controllers, int channels)
    {
        ArgumentNullException.ThrowIfNull(design);
        return design with
        {
            DespatchGroups = [.. design.DespatchGroups.Select(candidate =>
                string.Equals(candidate.Code, group, StringComparison.Ordinal) ? candidate with { Controllers = controllers, Channels = channels } : candidate)],
        };
    }

    /// <summary>Sets the crews and vehicles of one borough at one site and shift; a line that is not there is added.</summary>
    public static Design SetCrews(Design design, DesignCrews line)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(line);
        var found = false;
        var lines = new List<DesignCrews>(design.Crews.Count + 1);
        foreach (var crews in design.Crews)
        {
            if (crews.ParadeSite == line.ParadeSite && crews.Borough == line.Borough && crews.Shift == line.Shift)
            {
                lines.Add(line);
                found = true;
            }
            else
            {
                lines.Add(crews);
            }
        }

        if (!found)
        {
            lines.Add(line);
        }

        return design with { Crews = lines };
    }

    /// <summary>Lets all shifts of a parade site share so many vehicles; null for vehicles by shift again.</summary>
    public static Design ShareVehicles(Design design, string site, int? vehicles)
    {
        ArgumentNullException.ThrowIfNull(design);
        var shared = new SortedDictionary<string, int>(design.SharedVehicles.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        if (vehicles is { } number)
        {
            shared[site] = number;
        }
        else
        {
            shared.Remove(site);
        }

        return design with { SharedVehicles = shared };
    }

    /// <summary>
    /// Moves the crews of a borough to another parade site, all shifts. Vehicles shared at a site that the last crew leaves go with it, where
    /// the other shares vehicles too or had no crew.
    /// </summary>
    public static Design MoveParade(Design design, string borough, string from, string to)
    {
        ArgumentNullException.ThrowIfNull(design);
        var moved = design with
        {
            Crews = [.. design.Crews.Select(crews =>
                crews.Borough == borough && crews.ParadeSite == from ? crews with { ParadeSite = to } : crews)
                .GroupBy(crews => (crews.ParadeSite, crews.Borough, crews.Shift))
                .Select(same => same.First() with { Crews = same.Sum(crews => crews.Crews), Vehicles = same.Sum(crews => crews.Vehicles) })],
        };
        if (from == to || !moved.SharedVehicles.TryGetValue(from, out var shared) || moved.Crews.Any(crews => crews.ParadeSite == from))
        {
            return moved;
        }

        var there = moved.SharedVehicles.TryGetValue(to, out var already);
        moved = there || design.Crews.All(crews => crews.ParadeSite != to) ? ShareVehicles(moved, to, shared + already) : moved;
        return ShareVehicles(moved, from, null);
    }

    /// <summary>Changes an assumption, or puts it back to the pack's value when <paramref name="value"/> is null or equal to it.</summary>
    public static Design Assume(Design design, ForcePack pack, string key, double? value)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        var changed = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (other, kept) in design.Changed)
        {
            changed[other] = kept;
        }

        var given = pack.Assumptions.FirstOrDefault(assumption => string.Equals(assumption.Key, key, StringComparison.Ordinal));
        if (value is { } wanted && given?.Value.Equals(wanted) != true)
        {
            changed[key] = wanted;
        }
        else
        {
            changed.Remove(key);
        }

        return design with { Changed = changed };
    }

    /// <summary>Gives an assumption another value in some boroughs alone, or the whole force's again when <paramref name="value"/> is null.</summary>
    public static Design AssumeIn(Design design, ForcePack pack, string key, IEnumerable<string> boroughs, double? value)
    {
        ArgumentNullException.ThrowIfNull(boroughs);
        return boroughs.Aggregate(design, (changed, borough) => Assume(changed, pack, AssumptionKeys.In(key, borough), value));
    }

    private static int Controllers(Design design, IReadOnlyCollection<string> boroughs) => (int)Math.Round(
        design.DespatchGroups.Sum(group => group.Boroughs.Count == 0
            ? 0
            : (double)group.Controllers * group.Boroughs.Count(boroughs.Contains) / group.Boroughs.Count),
        MidpointRounding.AwayFromZero);

    private static Design InFunctions(Design design, IReadOnlyCollection<string> functions, Func<IReadOnlyList<DesignUnit>, IEnumerable<DesignUnit>> edit) => design with
    {
        Functions = [.. design.Functions.Select(grouping => functions.Contains(grouping.Function)
            ? grouping with { Units = [.. edit(grouping.Units).OrderBy(unit => unit.Code, StringComparer.Ordinal)] }
            : grouping)],
    };
}
