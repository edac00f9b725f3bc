using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Search;

/// <summary>The codes that stand for an area in records.</summary>
internal static class SearchArea
{
    /// <summary>
    /// Codes of an area named by code or name: itself, of a ward its borough, of a borough the units that ever command it, of a unit its
    /// boroughs. Empty, with a problem, where the force has none such.
    /// </summary>
    public static IReadOnlySet<string> Find(ForcePack? pack, string named, List<Problem> problems)
    {
        bool Is(string code, string name) => string.Equals(code, named, StringComparison.OrdinalIgnoreCase)
            || SearchWords.Fold(name).TrimEnd() == SearchWords.Fold(named).TrimEnd();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        if (pack is null)
        {
            // Without a force a code can only be taken at its word.
            codes.Add(named);
            return codes;
        }

        var boroughs = pack.Boroughs.Where(borough => Is(borough.Code, borough.Name)).Select(borough => borough.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var ward in pack.Wards.Where(ward => Is(ward.Code, ward.Name)))
        {
            codes.Add(ward.Code);
            boroughs.Add(ward.Borough);
        }

        foreach (var unit in pack.CommandUnits)
        {
            if (Is(unit.Code, unit.Name))
            {
                codes.Add(unit.Code);
                codes.UnionWith(unit.Members.Select(member => member.Borough));
            }
            else if (unit.Members.Any(member => boroughs.Contains(member.Borough)))
            {
                codes.Add(unit.Code);
            }
        }

        codes.UnionWith(boroughs);
        if (codes.Count == 0)
        {
            problems.Add(new Problem("The force has no such area", Field: "area", Found: named, Accepted: "code or name of a borough, ward or command unit"));
        }

        return codes;
    }
}
