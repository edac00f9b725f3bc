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
        if (result.Phases.Count > 0)
        {
            var phases = result.Phases.Select(phase => (Phase: phase, Told: OfPhase(phase, ScenarioDays.Grades(scenario, phase.From)))).ToList();
            return phases.TrueForAll(each => each.Told.Length == 0)
                ? "No grade of this run has a target"
                : string.Join(". ", phases.Select(each => $"{each.Phase.Name}, {RunWords.Days(each.Phase.From, each.Phase.To)}: {each.Told}"));
        }

        var parts = new List<string>();
        foreach (var grade in scenario.Grades.Where(grade => grade.TargetShare is not null))
        {
            var target = grade.TargetShare ?? 0;
            if (result.Areas[0].Grades.FirstOrDefault(each => each.Grade == grade.Code)?.InTarget is { Value: { } share } estimate)
            {
                parts.Add($"{Percent(share)} of {Calls(grade.Code)} would be reached within {Number(grade.TargetMinutes ?? 0)} minutes, {Verdict(estimate, target)} the target of {Percent(target, 0)}");
            }
        }

        return parts.Count == 0 ? "No grade of this run has a target" : string.Join("; ", parts);
    }

    private static string OfPhase(PhaseResult phase, IReadOnlyList<ScenarioGrade> grades) => string.Join(", ", grades.Where(grade => grade.TargetShare is not null).Select(grade =>
        phase.Areas[0].Grades.FirstOrDefault(each => each.Grade == grade.Code)?.InTarget is { Value: { } share } estimate
            ? $"{Percent(share)} of {Calls(grade.Code)} within {Number(grade.TargetMinutes ?? 0)} minutes ({Verdict(estimate, grade.TargetShare ?? 0)} the target of {Percent(grade.TargetShare ?? 0, 0)})"
            : null).OfType<string>());

    private static string Verdict(Estimate share, double target) => share.Lower >= target ? "above" : share.Upper < target ? "below" : "about at";

    /// <summary>
    /// What a comparison found in one area: how the share in time moves, with its interval, and what most of the longer or
    /// shorter wait is. Says that it is no more than chance where the interval holds no change. Where either run has a change inside it,
    /// speaks of each phase over the same days of both and never of an average across them.
    /// </summary>
    public static string OfComparison(RunComparison comparison, string level, string code, string grade)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Phases.Count > 0)
        {
            return OfPhases(comparison, level, code, grade);
        }

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

    private static string OfPhases(RunComparison comparison, string level, string code, string grade)
    {
        var area = comparison.Areas.FirstOrDefault(each => each.Level == level && each.Code == code);
        var where = level == "force" || area is null ? "" : $" in {area.Name}";
        var alike = new List<string>();
        var differ = new List<string>();
        var apart = new List<string>();
        foreach (var phase in comparison.Phases)
        {
            var change = phase.Areas.FirstOrDefault(each => each.Level == level && each.Code == code)?.Grades.FirstOrDefault(each => each.Grade == grade);
            var days = RunWords.Days(phase.From, phase.To);
            if ((change?.InTargetA.Value ?? change?.InTargetB.Value) is not { } either)
            {
                continue;
            }

            if (phase.A is null || phase.B is null)
            {
                apart.Add($"{Percent(either)} under {phase.A ?? phase.B}, {days}");
            }
            else if (change is { InTargetA.Value: { } from, InTargetB.Value: { } to, InTargetDifference: { Value: { } points } difference })
            {
                if (phase.IsAlike)
                {
                    alike.Add(Percent(from) == Percent(to) ? $"{Percent(to)} on both sides under {phase.B}, {days}" : $"{Percent(from)} and {Percent(to)} under {phase.B}, {days}");
                    continue;
                }

                var verb = difference is { Lower: > 0 } ? "rise" : difference is { Upper: < 0 } ? "fall" : null;
                var interval = $"{Points(points)}, 95% interval {Signed(difference.Lower)} to {Signed(difference.Upper)}";
                differ.Add(verb is null
                    ? $"under {phase.B}, {days}, would not differ by more than chance: {Percent(from)} and {Percent(to)} ({interval})"
                    : $"under {phase.B}, {days}, would {verb} from {Percent(from)} to {Percent(to)} ({interval})");
            }
        }

        if (apart.Count > 0)
        {
            return $"{Capital(Calls(grade))} in time{where}: {string.Join("; ", apart)}. The other run gives no figures for just these days, so the change cannot be told from the weeks";
        }

        return differ.Count + alike.Count == 0
            ? $"Nothing can be said of {Calls(grade)}: none was observed on both sides"
            : $"{Capital(Calls(grade))} in time{where} {string.Join("; ", differ)}{(differ.Count > 0 && alike.Count > 0 ? "; " : "")}{string.Join("; ", alike)}";
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>The part of the wait that moved most, as a sentence; null when the mean hardly moved.</summary>
    public static string? Cause(RunComparison comparison, string level, string code, string grade)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        if (comparison.Phases.Count > 0)
        {
            var told = comparison.Phases.Where(phase => !phase.IsAlike && phase is { A: not null, B: not null })
                .Select(phase => (phase, Cause: Cause(comparison with { Areas = phase.Areas, Phases = [] }, level, code, grade)))
                .Where(each => each.Cause is not null).Select(each => $"Under {each.phase.B}, {RunWords.Days(each.phase.From, each.phase.To)}: {char.ToLowerInvariant(each.Cause![0])}{each.Cause[1..]}").ToList();
            return told.Count == 0 ? null : string.Join(" ", told);
        }

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
