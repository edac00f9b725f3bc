namespace Pathfinder.Analysis.Effects;

/// <summary>The methods of estimation that can be asked for.</summary>
public enum EffectMethod
{
    /// <summary>Difference in differences.</summary>
    DifferenceInDifferences,

    /// <summary>Group-time effects under staggered adoption.</summary>
    StaggeredAdoption,

    /// <summary>Synthetic difference in differences.</summary>
    SyntheticDifferenceInDifferences,

    /// <summary>Synthetic control.</summary>
    SyntheticControl,

    /// <summary>Demeaned synthetic control.</summary>
    DemeanedSyntheticControl,

    /// <summary>Interrupted time series of the treated units' mean.</summary>
    InterruptedTimeSeries,
}

/// <summary>Whether a method can be used on the data at hand, and why not.</summary>
/// <param name="Method">The method.</param>
/// <param name="Refusals">Assumptions that the data cannot meet, a sentence each; the method is offered when there are none.</param>
/// <param name="Cautions">What limits the answer though the method is offered.</param>
public sealed record Suitability(EffectMethod Method, IReadOnlyList<string> Refusals, IReadOnlyList<string> Cautions)
{
    /// <summary>Comparators below which weights over them mean nothing.</summary>
    public const int FewestComparators = 3;

    /// <summary>Times before treatment below which a fit over them means nothing.</summary>
    public const int FewestTimesToFit = 4;

    /// <summary>Times before an interruption that a trend needs.</summary>
    public const int FewestTimesForTrend = 8;

    /// <summary>Clusters below which clustered errors are known to be too small (Cameron, Gelbach and Miller 2008).</summary>
    public const int FewClusters = 20;

    /// <summary>Whether the method is offered.</summary>
    public bool Offered => Refusals.Count == 0;

    /// <summary>Every method, in the order of the enumeration.</summary>
    public static IReadOnlyList<Suitability> OfAll(Panel panel, ComparisonGroup comparison = ComparisonGroup.NeverTreated) =>
        [.. Enum.GetValues<EffectMethod>().Select(method => Of(method, panel, comparison))];

    /// <summary>Whether one method can be used on a panel.</summary>
    /// <param name="method">The method.</param>
    /// <param name="panel">The panel, transition windows already left out.</param>
    /// <param name="comparison">Whom cohorts would be compared with, for staggered adoption.</param>
    public static Suitability Of(EffectMethod method, Panel panel, ComparisonGroup comparison = ComparisonGroup.NeverTreated)
    {
        var refusals = new List<string>();
        var cautions = new List<string>();
        if (panel.Treated.Count == 0)
        {
            refusals.Add("No unit is treated at any time of the panel.");
            return new Suitability(method, refusals, cautions);
        }

        switch (method)
        {
            case EffectMethod.DifferenceInDifferences:
                DifferenceInDifferences(panel, refusals, cautions);
                break;
            case EffectMethod.StaggeredAdoption:
                Staggered(panel, comparison, refusals, cautions);
                break;
            case EffectMethod.InterruptedTimeSeries:
                Interrupted(panel, refusals, cautions);
                break;
            default:
                Synthetic(method, panel, refusals, cautions);
                break;
        }

        return new Suitability(method, refusals, cautions);
    }

    private static void DifferenceInDifferences(Panel panel, List<string> refusals, List<string> cautions)
    {
        NeverUntreated(panel, refusals);
        if (panel.Controls.Count == 0)
        {
            refusals.Add("Every unit is treated in the end: there is no comparator.");
        }

        if (panel.Cohorts.Count > 1)
        {
            cautions.Add("Treatment starts at several dates: if effects change with time, two-way fixed effects weights some of them negatively; prefer staggered adoption.");
        }

        if (panel.Cohorts[0] == 1)
        {
            cautions.Add("One time before treatment: parallel trends cannot be looked at.");
        }

        if (panel.Treated.Count == 1 || panel.Controls.Count == 1)
        {
            cautions.Add("One treated or one untreated unit: nothing tells how units differ by chance. An interval along time covers chance from one time to the next, not another shock at the date; use placebos, and say how little one comparator proves.");
        }
        else if (panel.Units.Count < FewClusters)
        {
            cautions.Add($"{panel.Units.Count} units: errors clustered over fewer than {FewClusters} are too small; set a placebo beside them.");
        }

        Gaps(panel, cautions);
    }

    private static void Staggered(Panel panel, ComparisonGroup comparison, List<string> refusals, List<string> cautions)
    {
        var late = panel.Treated.Where(unit => panel.FirstTreated[unit] > 0).ToList();
        if (late.Count == 0)
        {
            refusals.Add("Every treated unit is treated from the first time on: there is nothing before to compare with.");
        }
        else if (late.Count < panel.Treated.Count)
        {
            cautions.Add($"{panel.Treated.Count - late.Count} units treated from the first time on are left out.");
        }

        if (comparison == ComparisonGroup.NeverTreated && panel.Controls.Count == 0)
        {
            refusals.Add(panel.Cohorts.Count(cohort => cohort > 0) > 1
                ? "No unit is never treated: compare with units not yet treated instead (controls: notyet)."
                : "Every unit is treated, and all from one date on: there is nobody to compare with at any time. An interrupted series (its) needs no comparator.");
        }
        else if (comparison == ComparisonGroup.NotYetTreated && panel.Controls.Count == 0 && panel.Cohorts.Count < 2)
        {
            refusals.Add("All units are treated at one date: nobody is not yet treated.");
        }

        foreach (var cohort in panel.Cohorts.Where(cohort => cohort > 0))
        {
            if (panel.FirstTreated.Count(start => start == cohort) == 1)
            {
                cautions.Add($"The cohort of {panel.Times[cohort]} is one unit: its standard error shows the comparators' variation only.");
            }
        }

        if (panel.Controls.Count == 1)
        {
            cautions.Add("A single unit is never treated: errors show the treated units' variation only.");
        }

        Gaps(panel, cautions);
    }

    private static void Synthetic(EffectMethod method, Panel panel, List<string> refusals, List<string> cautions)
    {
        NeverUntreated(panel, refusals);
        if (panel.Missing > 0)
        {
            refusals.Add($"{panel.Missing} values are missing: weights need every unit at every time.");
        }

        if (panel.Controls.Count < FewestComparators)
        {
            refusals.Add($"{Count(panel.Controls.Count, "comparator")}: weights need at least {FewestComparators} to choose from, and a placebo test over so few can show nothing.");
        }
        else if (panel.Controls.Count < 19)
        {
            cautions.Add($"{panel.Controls.Count} comparators: the smallest p a placebo test can give is 1/{panel.Controls.Count + 1}.");
        }

        if (panel.Cohorts[0] is > 0 and < FewestTimesToFit)
        {
            refusals.Add($"{Count(panel.Cohorts[0], "time")} before treatment: weights fitted over fewer than {FewestTimesToFit} follow noise.");
        }

        if (panel.Cohorts.Count > 1 && method != EffectMethod.SyntheticDifferenceInDifferences)
        {
            cautions.Add("Treatment starts at several dates: cohorts are estimated one by one and averaged by treated unit-times.");
        }

        if (method == EffectMethod.SyntheticControl && refusals.Count == 0)
        {
            Hull(panel, refusals, cautions);
        }
    }

    // Without unit effects the weighted comparators cannot reach a unit that lies beyond all of them.
    private static void Hull(Panel panel, List<string> refusals, List<string> cautions)
    {
        foreach (var start in panel.Cohorts)
        {
            var units = panel.Treated.Where(unit => panel.FirstTreated[unit] == start).ToList();
            var beyond = Enumerable.Range(0, start).Count(time =>
            {
                var treated = units.Average(unit => panel.Outcome[unit, time]);
                var controls = panel.Controls.Select(unit => panel.Outcome[unit, time]).ToList();
                return treated < controls.Min() || treated > controls.Max();
            });
            if (beyond == start)
            {
                refusals.Add("The treated lie beyond every comparator at all times before treatment: no weights can follow them; allow for their level (demeaned synthetic control, synthetic difference in differences).");
            }
            else if (2 * beyond > start)
            {
                cautions.Add("The treated lie beyond every comparator at most times before treatment: the synthetic control will be biased towards the others.");
            }
        }
    }

    private static void Interrupted(Panel panel, List<string> refusals, List<string> cautions)
    {
        if (panel.Cohorts.Count > 1)
        {
            refusals.Add("Treatment starts at several dates: an interrupted series has one.");
        }

        var before = panel.Cohorts[0];
        var after = panel.Times.Count - before;
        if (before < FewestTimesForTrend)
        {
            refusals.Add($"{Count(before, "time")} before the interruption: a trend needs at least {FewestTimesForTrend}.");
        }

        if (after < 3)
        {
            refusals.Add($"{Count(after, "time")} after the interruption: a change of level and trend needs at least 3.");
        }
        else if (after < FewestTimesForTrend)
        {
            cautions.Add($"{after} times after the interruption: the change of trend is weakly known.");
        }

        if (before < 24)
        {
            cautions.Add("Less than two years before the interruption, if times are months: a season cannot be told from a change.");
        }

        cautions.Add("No comparator: whatever else happened at that date is part of the effect.");
    }

    private static void NeverUntreated(Panel panel, List<string> refusals)
    {
        var always = panel.Treated.Where(unit => panel.FirstTreated[unit] == 0).Select(unit => panel.Units[unit]).ToList();
        if (always.Count > 0)
        {
            refusals.Add($"Treated at every time, so without a before: {string.Join(", ", always)}.");
        }
    }

    private static void Gaps(Panel panel, List<string> cautions)
    {
        if (panel.Missing > 0)
        {
            cautions.Add($"{panel.Missing} unit-times have no outcome.");
        }
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
