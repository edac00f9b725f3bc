using Pathfinder.Platform.Forces;

namespace Pathfinder.Platform.Designs;

/// <summary>What the results of a design rest on: which unsourced assumptions can matter to it, and what it leaves out.</summary>
/// <param name="Weak">Labels of fitted assumptions, kept as the pack has them, that can change its results.</param>
/// <param name="Background">Labels of those without a source at hand.</param>
/// <param name="LeftOut">Ways of working that the simulation knows and this design has none of.</param>
public sealed record DesignBasis(IReadOnlyList<string> Weak, IReadOnlyList<string> Background, IReadOnlyList<string> LeftOut)
{
    /// <summary>The basis of a design on its pack.</summary>
    public static DesignBasis Of(Design design, ForcePack pack)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(pack);
        var status = pack.Assumptions.ToDictionary(given => given.Key, given => given.Status, StringComparer.Ordinal);
        double Value(string key) => BoroughAssumption.WithOwn([design], key, pack).Select(borough => ScenarioWriter.Value(design, pack, key, borough)).Append(ScenarioWriter.Value(design, pack, key)).Max();
        IReadOnlyList<string> With(string wanted) =>
            [.. AssumptionKeys.All.Where(key => !design.Changed.ContainsKey(key.Key) && status.GetValueOrDefault(key.Key) == wanted && Matters(key.Key, Value)).Select(key => key.Label)];
        var left = new List<string>();
        if (Value("endToEnd.share") <= 0)
        {
            left.Add("crimes kept end to end by the attending unit");
        }

        if (Value("telephone.share") <= 0)
        {
            left.Add("calls resolved by telephone or online");
        }

        if (Value("inspector.I.share") <= 0 && Value("inspector.S.share") <= 0)
        {
            left.Add("a duty inspector’s decision before a unit is sent");
        }

        return new DesignBasis(With("fit"), With("background"), left);
    }

    // A share of nothing: what follows from it never happens, whatever is assumed of it.
    private static bool Matters(string key, Func<string, double> value) => key switch
    {
        "casework.crimeShare" or "casework.minutes" or "casework.logSigma" => value("endToEnd.share") > 0,
        "passback.share" => value("telephone.share") > 0,
        "passback.afterMinutes" => value("telephone.share") > 0 && value("passback.share") > 0,
        "inspector.minutes" or "inspector.logSigma" or "inspector.onDuty" => value("inspector.I.share") > 0 || value("inspector.S.share") > 0,
        "telephone.vulnerable.share" => value("telephone.share") > 0,
        "custody.meanMinutes" or "custody.logSigma" => ScenarioWriter.GradeCodes.Any(grade => value($"arrest.{grade}.probability") > 0),
        _ => true,
    };
}
