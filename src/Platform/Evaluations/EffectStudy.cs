using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Evaluations;

/// <summary>What a panel says of an effect, with an interval along time where there is none across units.</summary>
/// <param name="Answer">The answer of the method, as the command line gives it.</param>
/// <param name="Effect">The effect with the interval to read: the method's own, else that of the gap along time.</param>
/// <param name="Basis">Where the interval comes from, a sentence; what is missing where there is none.</param>
/// <param name="AlongTime">The comparison of the gap; null where the method has an interval of its own or it cannot be had.</param>
public sealed record EffectStudy(EffectAnswer Answer, EffectEstimate Effect, string Basis, GapComparisonResult? AlongTime)
{
    /// <summary>Studies a panel. Refused as <see cref="PanelEvaluation.Evaluate"/> is.</summary>
    public static Outcome<EffectStudy> Of(PanelTable table, EffectRequest request)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(request);
        var answer = PanelEvaluation.Evaluate(table, request);
        if (!answer.Succeeded)
        {
            return Outcome.Refused<EffectStudy>(answer.Problems);
        }

        var found = answer.Value;
        var own = new EffectEstimate(found.Estimate, found.Se, found.Lower, found.Upper, found.P);
        if (found.Se is not null)
        {
            return new EffectStudy(found, own, BasisOf(found.Error), null);
        }

        if (request.Method == EffectMethod.DifferenceInDifferences && request.Error != ErrorKind.None && table.WithoutTransition.Cohorts is [var start] && Gaps(table) is { } gaps && start >= 2 && gaps.Count - start >= 1 && gaps.Count >= 4)
        {
            var along = GapComparison.Estimate([.. gaps.Take(start)], [.. gaps.Skip(start)]);
            if (along.Effect.Se is not null)
            {
                return new EffectStudy(found, along.Effect with { Estimate = found.Estimate }, "how the gap between area and comparator moved from one time to the next; no error across areas can be had from so few", along);
            }
        }

        return new EffectStudy(found, own, "no interval can be had from these data", null);
    }

    /// <summary>Mean of the treated less mean of the comparators at each time that was not left out, in order.</summary>
    public static IReadOnlyList<double> Gaps(PanelTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var panel = table.WithoutTransition;
        return panel.Treated.Count == 0 || panel.Controls.Count == 0 ? []
            : [.. Enumerable.Range(0, panel.Times.Count).Select(time => panel.Treated.Average(unit => panel.Outcome[unit, time]) - panel.Controls.Average(unit => panel.Outcome[unit, time]))];
    }

    private static string BasisOf(string error) => error switch
    {
        "cluster" => "how the areas differ from each other (clustered by area)",
        "influence" => "how the areas differ from each other (influence functions)",
        "placebo" => "what the same method finds in areas where nothing was done",
        "newey-west" => "how the series moved from one time to the next (Newey–West)",
        _ => "the likelihood of the counts",
    };
}
