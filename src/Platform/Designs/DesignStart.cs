using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Designs;

/// <summary>The force as it was organised on a date, as a design.</summary>
public static class DesignStart
{
    private const int MostNamed = 5;

    /// <summary>
    /// Groupings by function, despatch groups and crews as the pack has them on <paramref name="dated"/>, with nothing changed.
    /// Refused when a borough of the force is in no command unit on that date.
    /// </summary>
    public static Outcome<Design> FromForce(ForcePack pack, DateOnly dated, string name, string purpose = "")
    {
        ArgumentNullException.ThrowIfNull(pack);
        var alone = new List<string>();
        var unitOf = new Dictionary<string, CommandUnit>(StringComparer.Ordinal);
        foreach (var borough in pack.Boroughs.Where(borough => borough.InForce))
        {
            var unit = pack.CommandUnits.FirstOrDefault(candidate => candidate.Members.Any(member =>
                string.Equals(member.Borough, borough.Code, StringComparison.Ordinal) && Holds(member.From, member.To, dated)));
            if (unit is null)
            {
                alone.Add(borough.Name);
            }
            else
            {
                unitOf[borough.Code] = unit;
            }
        }

        if (alone.Count > 0)
        {
            var who = unitOf.Count == 0 ? "No borough is in a command unit"
                : alone.Count == 1 ? $"{alone[0]} is in no command unit"
                : $"{string.Join(", ", alone.Take(MostNamed))}{(alone.Count > MostNamed ? $" and {(alone.Count - MostNamed).ToString(Dates)} more" : "")} are in no command unit";
            return new Problem(
                $"{who} on {dated.ToString("d MMMM yyyy", Dates)}", Field: "dated", Found: dated.ToString("O", Dates), Accepted: "a date on which every borough of the force has a command unit");
        }

        return new Design
        {
            Name = name,
            Purpose = purpose,
            Force = pack.Manifest.Name,
            PackSha256 = pack.Sha256,
            Dated = dated,
            Functions = [.. Functions.All.Select(function => new FunctionGrouping(function.Code, Grouping(pack, unitOf, function.Code, dated)))],
            DespatchGroups = [.. pack.Resources.DespatchGroups
                .Select(group => new DesignDespatchGroup(group.Code, group.Name, [.. group.Boroughs.Order(StringComparer.Ordinal)], group.Controllers, group.Channels))],
            Crews = [.. pack.Resources.Crews.Select(crews => new DesignCrews(crews.ParadeSite, crews.Borough, crews.Shift, crews.Crews, crews.Vehicles))],
            Policy = new DesignPolicy("command-unit"),
        };
    }

    /// <summary>The last day on which every borough was commanded on its own; null where the pack knows of no merged unit.</summary>
    public static DateOnly? LastDayApart(ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var merged = pack.CommandUnits.SelectMany(unit => unit.Members.Where(member => unit.Members.Any(other =>
            other.Borough != member.Borough && other.From <= (member.To ?? DateOnly.MaxValue) && (other.To ?? DateOnly.MaxValue) >= member.From))).ToList();
        return merged.Count == 0 ? null : merged.Min(member => member.From).AddDays(-1);
    }

    /// <summary>Culture of dates in messages.</summary>
    internal static readonly System.Globalization.CultureInfo Dates = System.Globalization.CultureInfo.GetCultureInfo("en-GB");

    private static List<DesignUnit> Grouping(ForcePack pack, Dictionary<string, CommandUnit> unitOf, string function, DateOnly dated)
    {
        var units = new SortedDictionary<string, DesignUnit>(StringComparer.Ordinal);
        foreach (var borough in pack.Boroughs.Where(borough => borough.InForce))
        {
            var commandUnit = unitOf[borough.Code];
            var arrangement = pack.Functions.FirstOrDefault(candidate =>
                string.Equals(candidate.CommandUnit, commandUnit.Code, StringComparison.Ordinal)
                && string.Equals(candidate.Function, function, StringComparison.Ordinal)
                && Holds(candidate.From, candidate.To, dated));
            var (code, name) = arrangement?.OrganisedBy switch
            {
                "borough" when unitOf.Values.Count(unit => ReferenceEquals(unit, commandUnit)) > 1 => (borough.Code, borough.Name),
                "force" => ("force", pack.Manifest.Force),
                _ => (commandUnit.Code, commandUnit.Name),
            };
            units[code] = units.TryGetValue(code, out var unit)
                ? unit with { Boroughs = [.. unit.Boroughs, borough.Code] }
                : new DesignUnit(code, name, [borough.Code]);
        }

        return [.. units.Values];
    }

    private static bool Holds(DateOnly from, DateOnly? to, DateOnly on) => from <= on && (to is null || to >= on);
}
