using System.Globalization;

namespace Pathfinder.Platform.Evaluations;

/// <summary>
/// The rule from criteria to a proposed verdict (docs/methods/gate.md), the same for every pilot:
/// revert where a mandatory criterion's effect is shown to be at or beyond its limit of reverting (its whole 95% interval is);
/// go where every mandatory criterion is met; else adapt and extend.
/// </summary>
public static class GateRule
{
    private static readonly string[] Openings = ["No", "Not", "The", "A", "Met"];

    /// <summary>The verdict for one pilot's criteria, with its reasons.</summary>
    public static (GateVerdict Verdict, IReadOnlyList<string> Reasons) Of(IReadOnlyList<CriterionResult> results, IReadOnlyDictionary<string, bool> higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(higherIsBetter);
        var mandatory = results.Where(result => result.Criterion.Mandatory).ToList();
        if (mandatory.Count == 0)
        {
            return (GateVerdict.None, ["No mandatory criterion concerns it, so the rule proposes nothing"]);
        }

        var beyond = mandatory.SelectMany(Counting).Where(finding => IsBeyond(finding, higherIsBetter.GetValueOrDefault(finding.Criterion.Measure, true))).ToList();
        if (beyond.Count > 0)
        {
            return (GateVerdict.Revert, [.. beyond.Select(finding => string.Create(
                CultureInfo.InvariantCulture,
                $"“{finding.Criterion.Says}” is not met in {finding.AreaName}, and the whole 95% interval of the effect, {Signed(finding.Study!.Effect.Lower)} to {Signed(finding.Study.Effect.Upper)}, lies beyond the limit of reverting, {finding.Criterion.RevertFrom}"))]);
        }

        var open = mandatory.Where(result => result.Verdict != CriterionVerdict.Met).ToList();
        return open.Count == 0
            ? (GateVerdict.Go, ["Every mandatory criterion is met"])
            : (GateVerdict.AdaptAndExtend, [.. open.Select(result => result.Verdict == CriterionVerdict.NotMet
                ? $"“{result.Criterion.Says}” is not met{(result.Criterion.RevertFrom is null ? "" : ", and it is not shown that the effect is beyond the limit of reverting")}"
                : $"“{result.Criterion.Says}” cannot be tested: {LowerFirst(result.Why)}")]);
    }

    /// <summary>The findings that count: of the unit, or of each borough.</summary>
    public static IEnumerable<CriterionFinding> Counting(CriterionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Criterion.Level == CriterionLevel.CommandUnit ? [result.Unit] : result.Boroughs;
    }

    /// <summary>Whether the whole interval of an effect lies at or beyond the limit of reverting, on the worse side.</summary>
    public static bool IsBeyond(CriterionFinding finding, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding is { Criterion.RevertFrom: { } limit, Study.Effect: { Lower: { } lower, Upper: { } upper } }
            && (higherIsBetter ? upper <= -(double)limit : lower >= (double)limit);
    }

    /// <summary>The verdict in words.</summary>
    public static string Words(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Go => "go",
        GateVerdict.AdaptAndExtend => "adapt and extend",
        GateVerdict.Revert => "revert",
        _ => "no proposal",
    };

    private static string Signed(double? value) => (value ?? 0).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture);

    // A sentence may begin with the name of an area, which keeps its capital.
    private static string LowerFirst(string text) => Openings.Any(opening => text.StartsWith(opening + " ", StringComparison.Ordinal)) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
