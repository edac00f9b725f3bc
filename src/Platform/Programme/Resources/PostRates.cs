using Pathfinder.Platform.Forces;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What a rate of posts comes to on a day: "2 a ward × 649 wards = 1,298 posts".</summary>
/// <param name="Places">How many wards, boroughs or command units there were; null where the force does not say.</param>
/// <param name="Posts">Rate times places; null where the places are not known.</param>
/// <param name="Words">The arithmetic, or why there is none.</param>
public sealed record RateResult(int? Places, decimal? Posts, string Words);

/// <summary>Multiplies posts "a ward" or "a command unit" by the wards or units of the force as they were on a day.</summary>
public static class PostRates
{
    /// <summary>Whether an entry's number is a rate.</summary>
    public static bool IsRate(EstablishmentEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !string.IsNullOrWhiteSpace(entry.Per);
    }

    /// <summary>What a rate comes to on a day; the pack is null while no force is loaded.</summary>
    public static RateResult Of(EstablishmentEntry entry, ForcePack? pack, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var per = entry.Per?.Trim() ?? "";
        var rate = FieldWords.Number(entry.Posts, null);
        if (pack is null)
        {
            return new(null, null, $"{rate} a {per}; no force is loaded whose {Plural(per)} could be counted");
        }

        if (Count(pack, per, entry.Areas, day) is not { } places)
        {
            return new(null, null, $"{rate} a {per}; how many there are is not recorded");
        }

        var posts = entry.Posts * places;
        return new(
            places, posts,
            $"{rate} a {per} × {FieldWords.Number(places, null)} {Plural(per)} on {PartialDate.Of(day).Text} = {FieldWords.Number(posts, null)} posts{(entry.Minimum ? " at least" : "")}");
    }

    private static int? Count(ForcePack pack, string per, IReadOnlyList<string> areas, DateOnly day)
    {
        var boroughs = Boroughs(pack, areas, day);
        if (per.Contains("ward", StringComparison.OrdinalIgnoreCase))
        {
            var wards = areas.Where(code => pack.Wards.Any(ward => ward.Code == code)).ToHashSet(StringComparer.Ordinal);
            return pack.Wards.Where(ward => ward.From <= day && (ward.To is not { } to || to >= day) && (wards.Contains(ward.Code) || boroughs.Contains(ward.Borough)))
                .Select(ward => ward.Code).Distinct(StringComparer.Ordinal).Count() is > 0 and var count ? count : null;
        }

        if (per.Contains("borough", StringComparison.OrdinalIgnoreCase))
        {
            return boroughs.Count > 0 ? boroughs.Count : null;
        }

        if (per.Contains("unit", StringComparison.OrdinalIgnoreCase) || per.Contains("BCU", StringComparison.OrdinalIgnoreCase))
        {
            // Of units both sizes may exist at once; the rate is meant for those of several boroughs.
            var units = pack.CommandUnits.Where(unit => unit.Kind == "BCU" && Members(unit, day).Any(boroughs.Contains)).ToList();
            return units.Count > 0 ? units.Count : null;
        }

        return null;
    }

    private static HashSet<string> Boroughs(ForcePack pack, IReadOnlyList<string> areas, DateOnly day)
    {
        var force = pack.Boroughs.Where(borough => borough.InForce).Select(borough => borough.Code);
        return areas.Count == 0 || areas.Any(code => code is "MPS")
            ? force.ToHashSet(StringComparer.Ordinal)
            : areas.SelectMany(code => pack.CommandUnits.FirstOrDefault(unit => unit.Code == code) is { } unit ? Members(unit, day) : force.Where(borough => borough == code)).ToHashSet(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Members(CommandUnit unit, DateOnly day) =>
        unit.Members.Where(member => member.From <= day && (member.To is not { } to || to >= day)).Select(member => member.Borough);

    private static string Plural(string per) => per + "s";
}
