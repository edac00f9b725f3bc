using Pathfinder.Engine.Grouping;

namespace Pathfinder.Platform.Studio;

/// <summary>How a criterion's value is written.</summary>
public enum StudioFigure
{
    /// <summary>A share from 0, as a percentage.</summary>
    Share,

    /// <summary>Kilometres.</summary>
    Km,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number that only compares.</summary>
    Index,
}

/// <summary>Something that plans are judged by in the studio.</summary>
/// <param name="Key">As it stands in an address; never renamed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="About">What its value says, in a sentence.</param>
/// <param name="Figure">How it is written.</param>
/// <param name="IsBalance">Whether it is the deviation of a column from its mean over the units.</param>
/// <param name="MoreIsBetter">Whether more is better.</param>
public sealed record StudioCriterion(string Key, string Name, string About, StudioFigure Figure, bool IsBalance = false, bool MoreIsBetter = false)
{
    /// <summary>Whether a plan's value is that of its worst unit, rather than a sum.</summary>
    public bool IsWorst => IsBalance || Key is "diameter" or "late";

    /// <summary>Whether its values come from the simulation of every possible unit.</summary>
    public bool IsForecast => Key is "in-time" or "significant-in-time" or "late";
}

/// <summary>Every criterion of the studio, and its value for a group of boroughs.</summary>
public static class StudioCriteria
{
    /// <summary>The key of the weighted score.</summary>
    public const string Overall = "overall";

    /// <summary>All of them, in the order of pages.</summary>
    public static IReadOnlyList<StudioCriterion> All { get; } =
    [
        new("residents", "Residents", "Largest deviation of a unit from the mean number of residents", StudioFigure.Share, IsBalance: true),
        new("calls", "Calls", "Largest deviation from the mean of immediate and significant calls, by the simulation’s own demand", StudioFigure.Share, IsBalance: true),
        new("immediate", "Immediate calls", "Largest deviation from the mean of immediate calls", StudioFigure.Share, IsBalance: true),
        new("significant", "Significant calls", "Largest deviation from the mean of significant calls", StudioFigure.Share, IsBalance: true),
        new("crime", "Recorded crime", "Largest deviation from the mean of offences recorded in the last twelve months of the pack", StudioFigure.Share, IsBalance: true),
        new("area", "Area", "Largest deviation from the mean area", StudioFigure.Share, IsBalance: true),
        new("diameter", "Diameter", "Longest way between the centres of two boroughs of one unit", StudioFigure.Km),
        new("compactness", "Compactness", "Residents × squared distance from their unit’s centre, millions of km²; less is more compact", StudioFigure.Index),
        new("border", "Borders kept inside", "Kilometres of borough border that lie inside units", StudioFigure.Km, MoreIsBetter: true),
        new("external", "Borders between units", "Kilometres of border between units, counted from both sides", StudioFigure.Km),
        new("ties", "Partner ties", "Weight of the partner ties that are kept", StudioFigure.Index, MoreIsBetter: true),
        new("officers", "Officers", "Response officers that it takes to meet the targets at every hour, by formula", StudioFigure.Count),
        new("in-time", "Immediate calls in time", "Forecast share of the force’s immediate calls attended in time, every unit simulated alone", StudioFigure.Share, MoreIsBetter: true),
        new("significant-in-time", "Significant calls in time", "Forecast share of the force’s significant calls attended in time, every unit simulated alone", StudioFigure.Share, MoreIsBetter: true),
        new("late", "Immediate calls late in the worst unit", "Forecast share of immediate calls not attended in time in the unit where it is largest", StudioFigure.Share),
    ];

    /// <summary>A criterion by its key, or null.</summary>
    public static StudioCriterion? Find(string key) => All.FirstOrDefault(criterion => string.Equals(criterion.Key, key, StringComparison.Ordinal));

    /// <summary>Whether a criterion says anything about this force and state: ties need ties, crime needs records.</summary>
    public static bool Applies(StudioCriterion criterion, StudioForce force, StudioState state)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        return criterion.Key switch
        {
            "in-time" or "significant-in-time" or "late" => force.Forecast?.Covers(state) == true,
            "ties" => state.Ties.Count > 0,
            "officers" => force.Crews.Problem is null,
            "border" or "external" => force.LandBorders.Any(border => border.BorderKm > 0),
            "diameter" or "compactness" => true,
            "immediate" or "significant" => force.Columns[criterion.Key].Sum() > 0 && !IsAsCalls(force, criterion.Key),
            _ => force.Columns[criterion.Key].Sum() > 0,
        };
    }

    /// <summary>The value of each group by a criterion.</summary>
    public static double[] Values(StudioCriterion criterion, StudioForce force, StudioState state, ReadOnlySpan<ulong> groups, int groupCount)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(force);
        ArgumentNullException.ThrowIfNull(state);
        var columns = force.Columns;
        switch (criterion.Key)
        {
            case "diameter":
                return GroupMeasures.Diameters(groups, columns["x"], columns["y"]);
            case "compactness":
                return Array.ConvertAll(GroupMeasures.Inertias(groups, columns["residents"], columns["x"], columns["y"]), value => value / 1e6);
            case "border":
                return GroupMeasures.InternalBorders(groups, force.Graph(state));
            case "external":
                return GroupMeasures.ExternalBorders(groups, force.Graph(state));
            case "ties":
                return Ties(force, state, groups);
            case "officers":
                var officers = new double[groups.Length];
                for (var i = 0; i < officers.Length; i++)
                {
                    officers[i] = force.Crews.Of(groups[i]).Strength.Officers;
                }

                return officers;
            case "in-time":
                return InTime(force, groups, "immediate", shares => shares.Immediate);
            case "significant-in-time":
                return InTime(force, groups, "significant", shares => shares.Significant);
            case "late":
                return [.. groups.ToArray().Select(group => 1 - (force.Forecast!.Find(force.Codes(group))?.Immediate ?? 0))];
            default:
                return GroupMeasures.Deviations(groups, columns[criterion.Key], groupCount);
        }
    }

    // Where both grades are spread over the boroughs alike, one line says it.
    private static bool IsAsCalls(StudioForce force, string column)
    {
        var (own, calls) = (force.Columns[column], force.Columns["calls"]);
        var share = own.Sum() / calls.Sum();
        return own.Zip(calls).All(pair => Math.Abs(pair.First - (share * pair.Second)) <= 1e-6 * pair.Second);
    }

    // Of all calls of the force, those of the unit that are in time: units add up to the force's share. A unit that was not simulated, because
    // it does not hang together, counts as never in time, so that no such plan comes out well.
    private static double[] InTime(StudioForce force, ReadOnlySpan<ulong> groups, string column, Func<(double Immediate, double Significant), double> share)
    {
        var (calls, all) = (force.Columns[column], force.Columns[column].Sum());
        var values = new double[groups.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var codes = force.Codes(groups[i]);
            values[i] = force.Forecast!.Find(codes) is { } shares ? share(shares) * codes.Sum(code => calls[force.PlaceOf(code)]) / all : 0;
        }

        return values;
    }

    private static double[] Ties(StudioForce force, StudioState state, ReadOnlySpan<ulong> groups)
    {
        var values = new double[groups.Length];
        foreach (var (set, weight) in state.Ties.Select(tie => (force.Mask(tie.Boroughs), tie.Weight)))
        {
            for (var i = 0; i < groups.Length; i++)
            {
                values[i] += (groups[i] & set) == set ? weight : 0;
            }
        }

        return values;
    }
}
