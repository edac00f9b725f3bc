using System.Globalization;
using Pathfinder.Platform.Scenarios;

namespace Pathfinder.Platform.Runs;

/// <summary>What a run or a comparison found, in a sentence. Says what was found, whichever way it went.</summary>
public static class Findings
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>What a run found: immediate and significant incidents in time against their targets.</summary>
    /// <param name="result">The result.</param>
    /// <param name="scenario">Its scenario, for the targets.</param>
    public static string OfRun(RunResult result, ScenarioFile scenario)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(scenario);
        var parts = new List<string>();
        foreach (var grade in scenario.Grades.Where(grade => grade.TargetShare is not null))
        {
            var target = grade.TargetShare ?? 0;
            if (result.Areas[0].Grades.FirstOrDefault(each => each.Grade == grade.Code)?.InTarget is { Value: { } share } estimate)
            {
                var verdict = estimate.Lower >= target ? "above" : estimate.Upper < target ? "below" : "about at";
                parts.Add($"{Percent(share)} of {Calls(grade.Code)} would be reached within {Number(grade.TargetMinutes ?? 0)} minutes, {verdict} the target of {Percent(target, 0)}");
            }
        }

        return parts.Count == 0 ? "No grade of this run has a target" : string.Join("; ", parts);
    }

    /// <summary>
    /// What a comparison found in one area: how the share in time moves, with its interval, and what most of the longer or
    /// shorter wait is. Says that it is no more than chance where the interval holds no change.
    /// </summary>
    public static string OfComparison(RunComparison comparison, string level, string code, string grade)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var area = comparison.Areas.FirstOrDefault(each => each.Level == level && each.Code == code);
        var change = area?.Grades.FirstOrDefault(each => each.Grade == grade);
        if (area is null || change is not { InTargetA.Value: { } from, InTargetB.Value: { } to, InTargetDifference: { Value: { } points } difference })
        {
            return $"Nothing can be said of {Calls(grade)}: none was observed on both sides";
        }

        var verb = difference is { Lower: > 0 } ? "rise" : difference is { Upper: < 0 } ? "fall" : null;
        var interval = $"{Points(points)}, 95% interval {Signed(difference.Lower)} to {Signed(difference.Upper)}";
        var where = level == "force" ? "" : $" in {area.Name}";
        return verb is null
            ? $"Under {comparison.B}, {Calls(grade)} in time{where} would not differ by more than chance: {Percent(from)} and {Percent(to)} ({interval})"
            : $"Under {comparison.B}, {Calls(grade)} in time{where} would {verb} from {Percent(from)} to {Percent(to)} ({interval})";
    }

    /// <summary>
    /// That a comparison is not like with like, as the beginning of its headline: how many assumptions of the world differ and the first of
    /// them; null where none differs.
    /// </summary>
    /// <param name="differing">The assumptions that differ, in words.</param>
    public static string? Unlike(IReadOnlyList<string> differing)
    {
        ArgumentNullException.ThrowIfNull(differing);
        const int Named = 2;
        var more = differing.Count - Named;
        return differing.Count == 0
            ? null
            : string.Create(British, $"Not like with like: {differing.Count} {(differing.Count == 1 ? "assumption differs" : "assumptions differ")} ({string.Join("; ", differing.Take(Named))}{(more > 0 ? $"; and {more.ToString(British)} more" : "")})");
    }

    /// <summary>The part of the wait that moved most, as a sentence; null when the mean hardly moved.</summary>
    public static string? Cause(RunComparison comparison, string level, string code, string grade)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var change = comparison.Areas.FirstOrDefault(each => each.Level == level && each.Code == code)?.Grades.FirstOrDefault(each => each.Grade == grade);
        if (change?.MeanMinutesDifference.Value is not { } minutes || Math.Abs(minutes) < 0.1)
        {
            return null;
        }

        (string Name, double Minutes)[] parts =
        [
            ("the controllers", change.WaitDifference.Controllers.Value ?? 0), ("the radio channel", change.WaitDifference.Channel.Value ?? 0),
            ("a free unit", change.WaitDifference.NoUnit.Value ?? 0), ("travel", change.WaitDifference.Travel.Value ?? 0),
            ("a duty inspector’s decision", change.WaitDifference.Inspector?.Value ?? 0),
        ];
        var most = parts.Where(part => Math.Sign(part.Minutes) == Math.Sign(minutes)).OrderByDescending(part => Math.Abs(part.Minutes)).First();
        var share = most.Minutes / parts.Where(part => Math.Sign(part.Minutes) == Math.Sign(minutes)).Sum(part => part.Minutes);
        var waited = most.Name == "travel" ? "travel" : $"waiting for {most.Name}";
        return $"The mean wait for {Calls(grade)} would be {Number(Math.Abs(minutes))} minutes {(minutes > 0 ? "longer" : "shorter")}; {Share(share)} of what makes it {(minutes > 0 ? "longer" : "shorter")} is {waited}.";
    }

    /// <summary>What a grade's incidents are called.</summary>
    public static string Calls(string grade) => grade switch
    {
        "I" => "immediate calls",
        "S" => "significant calls",
        "E" => "appointments",
        _ => $"calls of grade {grade}",
    };

    private static string Share(double share) => share switch
    {
        > 0.97 => "all",
        > 0.85 => "nine tenths",
        > 0.77 => "four fifths",
        > 0.7 => "three quarters",
        > 0.62 => "two thirds",
        > 0.55 => "three fifths",
        > 0.45 => "half",
        _ => Percent(share, 0),
    };

    private static string Percent(double share, int decimals = 1) => Fixed(share * 100, decimals) + "%";

    private static string Points(double share) => Signed(share) + " points";

    private static string Signed(double? share) => share is not { } value ? "unknown" : (value > 0 ? "+" : "") + Fixed(value * 100, 1);

    private static string Number(double value) => value.ToString("0.#", British);

    private static string Fixed(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), British).Replace('-', '−');
    }
}
