using Pathfinder.Analysis.Power;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>What a criterion could find, from the months before as they are known at the dates of a panel.</summary>
internal static class PlanPowers
{
    private const int FewestBefore = 3;
    private const int Digits = 6;

    public static PlanPower Of(Criterion criterion, MeasurePanel panel)
    {
        var after = criterion.Window is { } window ? Months(window) : 0;
        var none = new PlanPower { Criterion = criterion.Id, After = after };
        if (criterion.Test is CriterionTest.AtLeast or CriterionTest.AtMost)
        {
            return none with { Why = "A threshold is read off, not tested" };
        }

        if (criterion.Level == CriterionLevel.EachBorough)
        {
            return none with { Why = "It counts borough by borough, and each borough has its own" };
        }

        if (criterion.Before is not { } before || criterion.Comparators.Count == 0)
        {
            return none with { Why = "No months before and no comparator are named" };
        }

        var gaps = Gaps(criterion, panel, before);
        if (gaps.Count < FewestBefore)
        {
            return none with { Before = gaps.Count, Why = $"{gaps.Count} of the months before are observed in area and comparator; three are needed" };
        }

        var noise = SeriesNoise.Of(gaps);
        if (!(noise.Sigma > 0) || after == 0)
        {
            return none with { Before = gaps.Count, Why = "The gap before did not move at all" };
        }

        // Less than no autocorrelation from so few months is no ground to promise more power.
        var rho = Math.Clamp(noise.Autocorrelation, 0, 0.9);
        var smallest = DetectableEffect.Minimum(new PilotPlan(noise.Sigma, gaps.Count, after, rho));
        return new PlanPower
        {
            Criterion = criterion.Id,
            Before = gaps.Count,
            After = after,
            Sigma = Rounded(noise.Sigma),
            Autocorrelation = Rounded(rho),
            Smallest = Rounded(smallest),
        };
    }

    /// <summary>Whole months in some days.</summary>
    public static int Months(PartialDate days) => ((days.Last.Year - days.First.Year) * 12) + days.Last.Month - days.First.Month + 1;

    private static List<double> Gaps(Criterion criterion, MeasurePanel panel, PartialDate before)
    {
        var gaps = new List<double>();
        foreach (var one in panel.Within(criterion.Area, before))
        {
            var beside = criterion.Comparators.Select(area => panel.Points(area).FirstOrDefault(other => other.Period.First == one.Period.First && other.Period.Last == one.Period.Last)?.Value).ToList();
            if (beside.TrueForAll(value => value is not null))
            {
                gaps.Add(one.Value - beside.Average()!.Value);
            }
        }

        return gaps;
    }

    private static decimal Rounded(double value) => Math.Round((decimal)value, Digits);
}
