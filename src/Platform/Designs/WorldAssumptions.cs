using System.Globalization;
using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>
/// Assumptions of how the world is, as against what an organisation chooses (<see cref="AssumptionKey.IsChoice"/>). Two
/// designs are only compared fairly while both assume the same of the world.
/// </summary>
public static class WorldAssumptions
{
    /// <summary>Whether an assumption is one of travel, which a design may have for itself.</summary>
    public static bool IsTravel(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith("travel.", StringComparison.Ordinal);
    }

    /// <summary>
    /// What a design assumes of the world that its pack does not, by key; empty when it changes none. Travel that is the design's own
    /// (<see cref="Design.OwnTravel"/>) is not the world's.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Of(Design design)
    {
        ArgumentNullException.ThrowIfNull(design);
        return new SortedDictionary<string, double>(
            design.Changed.Where(changed => IsOfWorld(design, changed.Key)).ToDictionary(changed => changed.Key, changed => changed.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>The design under the world of another: the same organisation, with these assumptions over its own; travel that is its own stays.</summary>
    public static Design Carry(Design design, IReadOnlyDictionary<string, double> carried)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(carried);
        if (carried.Count == 0)
        {
            return design;
        }

        var changed = new SortedDictionary<string, double>(design.Changed.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (key, value) in carried.Where(each => !(design.OwnTravel && IsTravel(each.Key) && design.Changed.ContainsKey(each.Key))))
        {
            changed[key] = value;
        }

        return design with { Changed = changed };
    }

    /// <summary>The design under the world of another and of nothing else: its own assumptions of the world are left out, but for travel that is its own.</summary>
    public static Design Under(Design design, Design world)
    {
        ArgumentNullException.ThrowIfNull(design);
        return Carry(
            design with { Changed = new SortedDictionary<string, double>(design.Changed.Where(changed => !IsOfWorld(design, changed.Key)).ToDictionary(changed => changed.Key, changed => changed.Value, StringComparer.Ordinal), StringComparer.Ordinal) },
            Of(world));
    }

    /// <summary>What both designs assume of the world in the same way and otherwise than the pack, each in words: "label: 70 minutes instead of 50".</summary>
    public static IReadOnlyList<string> Shared(Design a, Design b, ForcePack pack) =>
        [.. Values(a, b, pack).Where(each => each.A.Equals(each.B) && !each.A.Equals(each.Pack)).Select(each => $"{each.Label}, {Number(each.A)} {each.Unit} instead of {Number(each.Pack)}")];

    /// <summary>What the two assume differently of the world, each in words: "label: 50 and 70 minutes"; a fair comparison has none.</summary>
    public static IReadOnlyList<string> Differing(Design a, Design b, ForcePack pack) =>
        [.. Values(a, b, pack).Where(each => !each.A.Equals(each.B)).Select(each => $"{each.Label}, {Number(each.A)} before and {Number(each.B)} {each.Unit} after")];

    private static bool IsOfWorld(Design design, string key) => AssumptionKeys.Find(AssumptionKeys.Parts(key).Key) is { IsChoice: false } && !(design.OwnTravel && IsTravel(key));

    private static IEnumerable<(string Label, string Unit, double A, double B, double Pack)> Values(Design a, Design b, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(pack);
        var plain = a with { Changed = new Dictionary<string, double>(StringComparer.Ordinal) };
        foreach (var key in AssumptionKeys.All.Where(key => !key.IsChoice))
        {
            var given = ScenarioWriter.Value(plain, pack, key.Key);
            yield return (key.Label, key.Unit, ScenarioWriter.Value(a, pack, key.Key), ScenarioWriter.Value(b, pack, key.Key), given);
            foreach (var same in BoroughAssumption.WithOwn([a, b], key.Key, pack)
                .GroupBy(borough => (A: ScenarioWriter.Value(a, pack, key.Key, borough), B: ScenarioWriter.Value(b, pack, key.Key, borough))))
            {
                yield return ($"{key.Label}, in {BoroughAssumption.PlaceOf([.. same], b, pack)}", key.Unit, same.Key.A, same.Key.B, given);
            }
        }
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
