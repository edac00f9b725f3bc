namespace Pathfinder.Web.Components.Charts;

/// <summary>
/// The colours of charts and maps. Qualitative colours are those of the Government Analysis Function, chosen to stay apart for
/// colour-blind readers; a colour never carries a meaning alone, its code or word is always written beside it.
/// </summary>
public static class Palette
{
    /// <summary>Text and axes.</summary>
    public const string Ink = "#0b0c0c";

    /// <summary>An area about which nothing is said.</summary>
    public const string Quiet = "#dfe3e8";

    /// <summary>An area outside the force.</summary>
    public const string Outside = "#ffffff";

    /// <summary>Series and command units.</summary>
    public static IReadOnlyList<string> Qualitative { get; } = ["#12436d", "#28a197", "#801650", "#f46a25", "#a285d1", "#3d3d3d", "#5694ca", "#b08a12"];

    /// <summary>Parts of a wait, in the order controllers, channel, no unit, travel.</summary>
    public static IReadOnlyList<string> Wait { get; } = ["#a285d1", "#801650", "#f46a25", "#12436d"];

    /// <summary>The same with the duty inspector, between channel and no unit.</summary>
    public static IReadOnlyList<string> WaitWithInspector { get; } = ["#a285d1", "#801650", "#28a197", "#f46a25", "#12436d"];

    /// <summary>Low to high.</summary>
    public static IReadOnlyList<string> Sequential { get; } = ["#e3effa", "#b9d6f0", "#86b6e0", "#4f92cb", "#2073bc", "#12436d"];

    /// <summary>Much worse over no change to much better.</summary>
    public static IReadOnlyList<string> Diverging { get; } = ["#9c3d0c", "#e07b3c", "#f7cba9", "#f1f1f1", "#b7d3ea", "#5f9bcb", "#12436d"];

    /// <summary>The sequential colour of a value between two ends.</summary>
    public static string OnScale(double value, double low, double high) =>
        Pick(Sequential, high > low ? (value - low) / (high - low) : 0.5);

    /// <summary>The diverging colour of a change; <paramref name="reach"/> is the change that takes the last colour, positive is better.</summary>
    public static string OnChange(double change, double reach) =>
        Pick(Diverging, reach > 0 ? ((change / reach) + 1) / 2 : 0.5);

    /// <summary>
    /// A colour for each unit such that units which touch never share one (greedy, in ordinal order of code; of the colours free, the one used least).
    /// </summary>
    /// <param name="units">Code to member areas.</param>
    /// <param name="borders">Pairs of areas that touch.</param>
    public static IReadOnlyDictionary<string, string> Assign(
        IReadOnlyDictionary<string, IReadOnlyList<string>> units, IEnumerable<(string A, string B)> borders)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(borders);
        var unitsOf = units.SelectMany(u => u.Value.Select(area => (area, unit: u.Key))).ToLookup(p => p.area, p => p.unit, StringComparer.Ordinal);
        var touching = units.Keys.ToDictionary(u => u, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (a, b) in borders)
        {
            foreach (var (left, right) in unitsOf[a].SelectMany(l => unitsOf[b].Select(r => (l, r))))
            {
                touching[left].Add(right);
                touching[right].Add(left);
            }
        }

        var colours = new Dictionary<string, string>(StringComparer.Ordinal);
        var used = Qualitative.ToDictionary(c => c, _ => 0, StringComparer.Ordinal);
        foreach (var unit in units.Keys.Order(StringComparer.Ordinal))
        {
            var taken = touching[unit].Select(other => colours.GetValueOrDefault(other)).ToHashSet(StringComparer.Ordinal);
            var colour = Qualitative.Where(c => !taken.Contains(c)).DefaultIfEmpty(Qualitative[0]).MinBy(c => used[c])!;
            colours[unit] = colour;
            used[colour]++;
        }

        return colours;
    }

    private static string Pick(IReadOnlyList<string> colours, double place) =>
        colours[Math.Clamp((int)Math.Floor(place * colours.Count), 0, colours.Count - 1)];
}
