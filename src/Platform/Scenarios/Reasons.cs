using System.Globalization;

namespace Pathfinder.Platform.Scenarios;

/// <summary>Says in words why two results differ, from what a caller's wait is made of and how busy units, controllers and channels were.</summary>
public static class Reasons
{
    /// <summary>
    /// The reasons for one area and grade, from what a wait is made of, most important first; each a sentence. Says so when the difference may be chance.
    /// Empty when the area or grade is not in the comparison.
    /// </summary>
    public static IReadOnlyList<string> Of(RunComparison comparison, string level, string code, string grade)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Phases.Count > 0)
        {
            return
            [
                .. from phase in comparison.Phases
                   where !phase.IsAlike
                   from reason in Of(comparison with { Areas = phase.Areas, Phases = [] }, level, code, grade)
                   select Text($"Under {phase.B}, from {phase.From:d MMMM yyyy}: {char.ToLowerInvariant(reason[0])}{reason[1..]}"),
            ];
        }

        var change = comparison.Areas.FirstOrDefault(x => x.Level == level && x.Code == code)?.Grades.FirstOrDefault(g => g.Grade == grade);
        if (change?.MeanMinutesDifference.Value is not { } minutes)
        {
            return [];
        }

        var reasons = new List<string>();
        if (change.MeanMinutesDifference.P is > 0.05)
        {
            reasons.Add(Text($"The mean response to {grade} differs by {minutes:+0.0;−0.0;0.0} minutes, which may be chance."));
        }

        reasons.AddRange(Waits(change, minutes));
        return reasons;
    }

    /// <summary>
    /// What moved for all grades at once in one area: units free, how busy they are, deployments outside the borough, and the
    /// busiest channel and controllers of the whole result. Empty when the area is not on both sides.
    /// </summary>
    public static IReadOnlyList<string> OverAllGrades(RunResult a, RunResult b, string level, string code)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var from = a.Areas.FirstOrDefault(x => x.Level == level && x.Code == code);
        var to = b.Areas.FirstOrDefault(x => x.Level == level && x.Code == code);
        if (from is null || to is null)
        {
            return [];
        }

        List<string> told = [.. Units(from, to), .. Stages(a, b)];
        return told.Count > 0 && (a.Phases.Count > 0 || b.Phases.Count > 0) ? ["Over all days of the run, its phases together:", .. told] : told;
    }

    private static List<string> Waits(GradeComparison change, double minutes)
    {
        (string What, double Minutes)[] parts =
        [
            ("with the controllers", change.WaitDifference.Controllers.Value ?? 0),
            ("waiting for the radio channel", change.WaitDifference.Channel.Value ?? 0),
            ("waiting because no unit that may go is free", change.WaitDifference.NoUnit.Value ?? 0),
            ("travelling", change.WaitDifference.Travel.Value ?? 0),
            ("waiting for a duty inspector’s decision", change.WaitDifference.Inspector?.Value ?? 0),
        ];
        if (Math.Abs(minutes) < 0.05)
        {
            return [];
        }

        var same = parts.Where(p => Math.Sign(p.Minutes) == Math.Sign(minutes) && Math.Abs(p.Minutes) >= 0.05).OrderByDescending(p => Math.Abs(p.Minutes)).ToList();
        var against = parts.Where(p => Math.Sign(p.Minutes) == -Math.Sign(minutes) && Math.Abs(p.Minutes) >= 0.05).OrderByDescending(p => Math.Abs(p.Minutes)).ToList();
        var (size, word) = (Math.Abs(minutes), minutes > 0 ? "more" : "fewer");
        var sentences = new List<string>();
        if (same.Count > 0)
        {
            // A share of the whole is only honest where nothing pulls the other way.
            var shares = same.Select(p => against.Count == 0
                ? Text($"{Math.Abs(p.Minutes):0.0} are {p.What} ({Math.Min(Math.Abs(p.Minutes) / size, 1):0%})")
                : Text($"{Math.Abs(p.Minutes):0.0} {word} {p.What}"));
            sentences.Add(against.Count == 0
                ? Text($"Of the {size:0.0} {word} minutes, {Join(shares)}.")
                : Text($"The mean is {size:0.0} minutes {(minutes > 0 ? "longer" : "shorter")}: {Join(shares)}."));
        }

        if (against.Count > 0)
        {
            sentences.Add(Text($"Against it, {Join(against.Select(p => Text($"{Math.Abs(p.Minutes):0.0} {(minutes > 0 ? "fewer" : "more")} {p.What}")))}."));
        }

        return sentences;
    }

    private static IEnumerable<string> Units(AreaResult from, AreaResult to)
    {
        if (Moved(from.UnitsAvailable, to.UnitsAvailable) is { } available)
        {
            yield return Text($"On average {to.UnitsAvailable.Value:0.0} units are free at once, {(available > 0 ? "up" : "down")} from {from.UnitsAvailable.Value:0.0}.");
        }

        if (Moved(from.Utilisation, to.Utilisation) is { } utilisation)
        {
            yield return Text($"Units spend {to.Utilisation.Value:0.0%} of their time on incidents and what follows from them, {(utilisation > 0 ? "up" : "down")} from {from.Utilisation.Value:0.0%}.");
        }

        if (Moved(from.CrossBoroughPerDay, to.CrossBoroughPerDay) is not null && (to.CrossBoroughPerDay.Value >= 1 || from.CrossBoroughPerDay.Value >= 1))
        {
            yield return Text($"Deployments outside the unit's own borough go from {from.CrossBoroughPerDay.Value:0.0} to {to.CrossBoroughPerDay.Value:0.0} a day.");
        }
    }

    private static IEnumerable<string> Stages(RunResult a, RunResult b)
    {
        var (channelA, channelB) = (Busiest(a, g => g.ChannelUtilisation), Busiest(b, g => g.ChannelUtilisation));
        if (channelA is { } fromChannel && channelB is { } toChannel && Math.Abs(toChannel.Share - fromChannel.Share) >= 0.02)
        {
            yield return Text($"The busiest radio channel is in use {toChannel.Share:0%} of the time ({toChannel.Name}), against {fromChannel.Share:0%} ({fromChannel.Name}).");
        }

        var (deskA, deskB) = (Busiest(a, g => g.ControllerUtilisation), Busiest(b, g => g.ControllerUtilisation));
        if (deskA is { } fromDesk && deskB is { } toDesk && Math.Abs(toDesk.Share - fromDesk.Share) >= 0.02)
        {
            yield return Text($"The busiest controllers are occupied {toDesk.Share:0%} of the time ({toDesk.Name}), against {fromDesk.Share:0%} ({fromDesk.Name}).");
        }

        if (Inspectors(b) is { } toInspector && Inspectors(a) is var fromInspector && Math.Abs(toInspector.Share - (fromInspector?.Share ?? 0)) >= 0.02)
        {
            yield return Text($"The busiest duty inspectors are occupied {toInspector.Share:0%} of the time ({toInspector.Name}), against {(fromInspector is { } from ? Text($"{from.Share:0%} ({from.Name})") : "none")}.");
        }
    }

    private static (string Name, double Share)? Busiest(RunResult result, Func<DespatchGroupResult, Estimate> utilisation)
    {
        var known = result.DespatchGroups.Where(g => utilisation(g).Value is not null).ToList();
        return known.Count == 0 ? null : known.Select(g => (g.Name, Share: utilisation(g).Value!.Value)).MaxBy(p => p.Share);
    }

    private static (string Name, double Share)? Inspectors(RunResult result)
    {
        var known = result.InspectorAreas.Where(area => area.Utilisation.Value is not null).ToList();
        return known.Count == 0 ? null : known.Select(area => (area.Name, Share: area.Utilisation.Value!.Value)).MaxBy(p => p.Share);
    }

    /// <summary>The change, where it is larger than both standard errors and at least one part in a hundred.</summary>
    private static double? Moved(Estimate from, Estimate to)
    {
        if (from.Value is not { } a || to.Value is not { } b)
        {
            return null;
        }

        var noise = 2 * Math.Sqrt(((from.Se ?? 0) * (from.Se ?? 0)) + ((to.Se ?? 0) * (to.Se ?? 0)));
        return Math.Abs(b - a) > noise && Math.Abs(b - a) >= 0.01 * Math.Abs(a) ? b - a : null;
    }

    private static string Join(IEnumerable<string> parts)
    {
        var list = parts.ToList();
        return list.Count < 2 ? string.Concat(list) : string.Join(", ", list[..^1]) + " and " + list[^1];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
