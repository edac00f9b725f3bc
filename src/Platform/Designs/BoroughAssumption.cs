using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>A value of an assumption that holds in some boroughs alone: a pilot changes its own units only.</summary>
/// <param name="Key">The assumption.</param>
/// <param name="Value">Its value there.</param>
/// <param name="Boroughs">The boroughs, by code.</param>
/// <param name="Place">What they are called together: the command unit that they are, or their names.</param>
public sealed record BoroughAssumption(AssumptionKey Key, double Value, IReadOnlyList<string> Boroughs, string Place)
{
    /// <summary>All of a design, in the order of <see cref="AssumptionKeys"/>; boroughs with the same value stand together.</summary>
    public static IReadOnlyList<BoroughAssumption> Of(Design design, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        return
        [
            .. from key in AssumptionKeys.All
               from same in WithOwn([design], key.Key, pack).GroupBy(borough => ScenarioWriter.Value(design, pack, key.Key, borough))
               let boroughs = same.ToList()
               select new BoroughAssumption(key, same.Key, boroughs, PlaceOf(boroughs, design, pack)),
        ];
    }

    /// <summary>Boroughs in which any of some designs has a value of its own, in the order of the pack.</summary>
    internal static IEnumerable<string> WithOwn(IEnumerable<Design> designs, string key, ForcePack pack)
    {
        var own = designs.SelectMany(design => design.Changed.Keys).Select(AssumptionKeys.Parts).Where(parts => parts.Key == key).Select(parts => parts.Borough).ToHashSet(StringComparer.Ordinal);
        return pack.Boroughs.Select(borough => borough.Code).Where(own.Contains);
    }

    /// <summary>What boroughs are called together.</summary>
    internal static string PlaceOf(IReadOnlyList<string> boroughs, Design design, ForcePack pack)
    {
        var names = DesignHeadline.List([.. boroughs.Select(code => pack.Boroughs.FirstOrDefault(borough => borough.Code == code)?.Name ?? code).Order(StringComparer.Ordinal)]);
        var unit = boroughs.Count < 2 ? null : design.Functions.FirstOrDefault(function => function.Function == Functions.Response)?.Units.FirstOrDefault(one => one.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(boroughs));
        return unit is null ? names : $"{unit.Name} ({names})";
    }
}
