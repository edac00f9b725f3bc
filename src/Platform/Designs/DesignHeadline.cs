using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>What a design does, in one sentence.</summary>
public static class DesignHeadline
{
    /// <summary>The finding that stands above a design: what changes against the force as it is on the design's date.</summary>
    public static string Of(Design design, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        var start = DesignStart.FromForce(pack, design.Dated, design.Name);
        var day = design.Dated.ToString("d MMMM yyyy", DesignStart.Dates);
        return start.Succeeded ? Of(design, start.Value, pack) : $"The force had no complete command on {day}, so there is nothing to compare with";
    }

    /// <summary>The same against a given start.</summary>
    public static string Of(Design design, Design start, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(pack);
        var changes = DesignDifferences.Between(start, design, pack);
        if (changes.Count == 0)
        {
            return $"Nothing is changed: this is the force as at {design.Dated.ToString("d MMMM yyyy", DesignStart.Dates)}";
        }

        var names = pack.Boroughs.ToDictionary(borough => borough.Code, borough => borough.Name, StringComparer.Ordinal);
        var before = start.Functions.First(grouping => grouping.Function == Functions.Response).Units;
        var response = design.Functions.FirstOrDefault(grouping => grouping.Function == Functions.Response)?.Units ?? [];
        var merged = response
            .Where(unit => unit.Boroughs.Count > 1 && !before.Any(old => old.Boroughs.ToHashSet(StringComparer.Ordinal).SetEquals(unit.Boroughs))).ToList();
        var parts = merged.Count > 3
            ? [$"{merged.Sum(unit => unit.Boroughs.Count).ToString(DesignStart.Dates)} boroughs respond as {merged.Count.ToString(DesignStart.Dates)} units"]
            : merged.Select(unit =>
                $"{List([.. unit.Boroughs.Select(code => names.GetValueOrDefault(code, code))])} respond as one unit, {unit.Name}{Channel(design, start, unit.Boroughs)}").ToList();
        if (parts.Count == 0)
        {
            parts.AddRange(changes.GroupBy(change => change.Topic, StringComparer.Ordinal).Select(topic =>
                topic.Take(2).Count() == 1
                    ? $"{topic.Key}: {topic.First().What} goes from {topic.First().From} to {topic.First().To}"
                    : $"{topic.Key}: {topic.Count().ToString(DesignStart.Dates)} changes"));
        }
        else
        {
            var others = changes.Select(change => change.Topic).Distinct(StringComparer.Ordinal)
                .Where(topic => topic is "Crews" or "Policy" or "Assumptions").Select(topic => topic.ToLowerInvariant()).ToList();
            if (others.Count > 0)
            {
                parts.Add($"{List(others)} changed too");
            }
        }

        return string.Join("; ", parts);
    }

    private static string Channel(Design design, Design start, IReadOnlyList<string> boroughs)
    {
        var group = design.DespatchGroups.FirstOrDefault(each => boroughs.All(borough => each.Boroughs.Contains(borough, StringComparer.Ordinal)));
        var before = start.DespatchGroups.Any(each => boroughs.All(borough => each.Boroughs.Contains(borough, StringComparer.Ordinal)));
        return group is not null && !before
            ? group.Channels == 1 ? ", on one channel" : $", on {group.Channels.ToString(DesignStart.Dates)} shared channels"
            : group is null ? ", each borough's despatch apart" : "";
    }

    internal static string List(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => string.Join(", ", words.SkipLast(1)) + " and " + words[^1],
    };
}
