using System.Globalization;
using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Panels;

namespace Pathfinder.Platform.Evaluations;

/// <summary>An effect in plain words, in the order in which people ask.</summary>
/// <param name="Answer">What was found, a sentence without a full stop.</param>
/// <param name="HowSure">How sure that is.</param>
/// <param name="ComparedWith">With what it was compared.</param>
/// <param name="SomethingElse">Whether it could be something else, a sentence each.</param>
public sealed record EffectInWords(string Answer, string HowSure, string ComparedWith, IReadOnlyList<string> SomethingElse);

/// <summary>Says a study in plain words; says what was found, whichever way it went.</summary>
public static class EffectWords
{
    private const int FewestForDrift = 3;

    /// <summary>What a study found.</summary>
    /// <param name="study">The study.</param>
    /// <param name="table">The panel it was made on.</param>
    /// <param name="unit">Unit of the outcome; "%" reads as points, null as nothing.</param>
    public static EffectInWords Of(EffectStudy study, PanelTable table, string? unit = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(table);
        var (effect, answer, panel) = (study.Effect, study.Answer, table.WithoutTransition);
        var of = unit == "%" ? " points" : unit is null ? "" : " " + unit;
        var treated = Names([.. panel.Treated.Select(i => panel.Units[i])]);
        var size = Number(Math.Abs(effect.Estimate));
        var said = answer.Method == "its"
            ? $"The level of {treated} {(effect.Estimate < 0 ? "fell" : "rose")} by {size}{of} at the change"
            : $"{treated} {(panel.Treated.Count == 1 ? "is" : "are")} {size}{of} {(effect.Estimate < 0 ? "lower" : "higher")} after the change than {(panel.Treated.Count == 1 ? "it" : "they")} would have been";
        return new EffectInWords(said, Sure(effect, study.Basis, of), Compared(answer, panel, table), [.. Else(study, effect, of)]);
    }

    private static string Sure(EffectEstimate effect, string basis, string of)
    {
        if (effect is not { Lower: { } lower, Upper: { } upper })
        {
            return "How sure that is cannot be said: " + basis;
        }

        var range = $"95% interval {Signed(lower)} to {Signed(upper)}{of}, from {basis}";
        return lower > 0 || upper < 0 ? $"More than chance would do: {range}" : $"It may be no more than chance: {range}";
    }

    private static string Compared(EffectAnswer answer, Panel panel, PanelTable table)
    {
        var left = table.LeftOut.Count == 0 ? "" : $"; {string.Join(", ", table.LeftOut.Order().Select(i => table.Panel.Times[i]))} {(table.LeftOut.Count == 1 ? "counts" : "count")} neither as before nor as after";
        var comparators = panel.Controls.Count == 0 ? "nothing" : panel.Controls.Count <= 4 ? Names([.. panel.Controls.Select(i => panel.Units[i])]) : $"{panel.Controls.Count} other areas";
        return answer.Method == "its"
            ? $"Its own course before{left}"
            : $"{comparators}, over {panel.Cohorts[0]} times before and {panel.Times.Count - panel.Cohorts[0]} after{left}";
    }

    private static IEnumerable<string> Else(EffectStudy study, EffectEstimate effect, string of)
    {
        var answer = study.Answer;
        if (answer.PlaceboInTime is { Count: > 0 } before)
        {
            var largest = before.MaxBy(placebo => Math.Abs(placebo.Statistic))!;
            yield return Drifts(before, effect.Estimate)
                ? $"Pretending an earlier start finds something the same way each time, {Signed(before[0].Statistic)}{of} ({before[0].Time}) to {Signed(before[^1].Statistic)}{of} ({before[^1].Time}): it may have been moving that way before the change"
                : Math.Abs(largest.Statistic) * 2 < Math.Abs(effect.Estimate)
                ? $"Pretending an earlier start finds at most {Signed(largest.Statistic)}{of} ({largest.Time}): little before the change looks like it"
                : $"Pretending the change came at {largest.Time} finds {Signed(largest.Statistic)}{of} already: something had begun before";
        }

        if (answer.Placebo is { } space)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Of {space.Count} {(space.Exhaustive ? "" : "sampled ")}placebos in untreated areas, {space.Placebos.Count(p => Math.Abs(p.Statistic) >= Math.Abs(answer.Estimate))} {(space.Placebos.Count(p => Math.Abs(p.Statistic) >= Math.Abs(answer.Estimate)) == 1 ? "is" : "are")} as large ({PValue.Said(space.P)})");
        }

        if (answer.Sensitivity is { } drift)
        {
            var breakdown = drift.Breakdown;
            yield return breakdown <= 0 ? "Zero lies within the interval, so drift need not be asked for"
                : double.IsInfinity(breakdown) ? "The gap never moved before, so drift cannot be sized"
                : string.Create(CultureInfo.InvariantCulture, $"If area and comparator had drifted apart each time by {breakdown:0.0#} times their largest step before ({Number(drift.LargestStepBefore)}{of}), it would explain all of it");
        }

        foreach (var caution in answer.Cautions)
        {
            yield return caution.TrimEnd('.');
        }
    }

    // Every pretended start finds something the same way as the effect, of a size that matters beside it.
    private static bool Drifts(IReadOnlyList<PlaceboInTime> before, double estimate) =>
        before.Count >= FewestForDrift && before.All(one => one.Statistic * estimate > 0) && before.Max(one => Math.Abs(one.Statistic)) * 5 >= Math.Abs(estimate);

    private static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        <= 4 => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
        _ => $"{names.Count} areas",
    };

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.0##", CultureInfo.InvariantCulture);

    private static string Signed(double value) => (value < 0 ? "−" : "+") + Number(Math.Abs(value));
}
