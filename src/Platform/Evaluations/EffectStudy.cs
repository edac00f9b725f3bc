using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Evaluations;

/// <summary>What a panel says of an effect, with where its interval comes from in words.</summary>
/// <param name="Answer">The answer of the method, as the command line gives it.</param>
/// <param name="Effect">Its effect with the interval to read.</param>
/// <param name="Basis">Where the interval comes from, a sentence; what is missing where there is none.</param>
public sealed record EffectStudy(EffectAnswer Answer, EffectEstimate Effect, string Basis)
{
    /// <summary>The command that answers the same estimate, interval and drift from the panel saved as a file.</summary>
    public string Command(string file, PanelColumns columns, IReadOnlyList<string> exclude) => PanelText.Command(file, columns, Answer.Method, exclude, Answer.Error == "time" ? "time" : null);

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
        // One area beside few comparators has no error across areas; how their gap moves gives one along time, which is asked for by name.
        if (found.Se is null && request is { Method: EffectMethod.DifferenceInDifferences, Error: ErrorKind.Usual } && PanelEvaluation.Evaluate(table, request with { Error = ErrorKind.Time }) is { Succeeded: true, Value: { Se: not null } along })
        {
            found = along;
        }

        return new EffectStudy(found, new EffectEstimate(found.Estimate, found.Se, found.Lower, found.Upper, found.P), BasisOf(found));
    }

    private static string BasisOf(EffectAnswer answer) => answer.Error switch
    {
        "cluster" => "how the areas differ from each other (clustered by area)",
        "influence" => "how the areas differ from each other (influence functions)",
        "placebo" => "what the same method finds in areas where nothing was done",
        "time" => "how the gap between area and comparator moved from one time to the next; no error across areas can be had from so few",
        "newey-west" => "how the series moved from one time to the next (Newey–West)",
        "likelihood" => "the likelihood of the counts",
        _ => "no interval can be had from these data",
    };
}
