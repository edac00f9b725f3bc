namespace Pathfinder.Analysis.Effects;

/// <summary>A coefficient with the name of its regressor.</summary>
public sealed record NamedEstimate(string Name, EffectEstimate Estimate);

/// <summary>Answer of a difference in differences.</summary>
/// <param name="Effect">The average effect on the treated; its standard error is null where one cannot be had.</param>
/// <param name="Covariates">Coefficients of the covariates; those that unit and time effects explain are left out.</param>
/// <param name="Observations">Unit-times used.</param>
/// <param name="Clusters">Units used, which are the clusters.</param>
public sealed record DifferenceInDifferencesResult(EffectEstimate Effect, IReadOnlyList<NamedEstimate> Covariates, int Observations, int Clusters);

/// <summary>One time of an event study.</summary>
/// <param name="Time">The time.</param>
/// <param name="Relative">Times since treatment started; negative before.</param>
/// <param name="Estimate">Difference from the reference time, which itself is zero without error.</param>
public sealed record EventEffect(string Time, int Relative, EffectEstimate Estimate);

/// <summary>An event study: effects by time since treatment.</summary>
/// <param name="Effects">One a time, in order, the reference included.</param>
/// <param name="Reference">Index of the reference time in <paramref name="Effects"/>.</param>
public sealed record EventStudy(IReadOnlyList<EventEffect> Effects, int Reference);

/// <summary>Difference in differences by two-way fixed effects: outcome = unit + time + τ·treated + covariates.</summary>
public static class DifferenceInDifferences
{
    /// <summary>
    /// The average effect τ with errors clustered by unit, t on G − 1 degrees of freedom. With one treated or one untreated
    /// unit the clustered error is meaningless (its residuals sum to zero by construction), so it is null: use a placebo.
    /// Throws <see cref="ArgumentException"/> when treatment does not vary beyond unit and time effects.
    /// </summary>
    public static DifferenceInDifferencesResult Estimate(Panel panel)
    {
        var fit = Fit(panel, [new Regressor("treated", (unit, time) => panel.IsTreated(unit, time) ? 1 : 0)]);
        if (!fit.Identified(0))
        {
            throw new ArgumentException("Treatment does not vary beyond unit and time effects: a treated and an untreated unit, both before and after, are needed.", nameof(panel));
        }

        var covariates = panel.Covariates.Select((c, i) => (c.Name, Place: i + 1)).Where(c => fit.Identified(c.Place))
            .Select(c => new NamedEstimate(c.Name, fit.Estimate(c.Place))).ToList();
        var effect = panel.Treated.Count > 1 && panel.Units.Count - panel.Treated.Count > 1 ? fit.Estimate(0) : new EffectEstimate(fit.Coefficient(0));
        return new DifferenceInDifferencesResult(effect, covariates, fit.Observations, fit.Clusters);
    }

    /// <summary>
    /// Effects by time against a reference, for treatment that starts at one date: treated × time indicators beside unit and
    /// time effects. Throws <see cref="ArgumentException"/> when treatment starts at several dates.
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="reference">The reference time; the last before treatment when null.</param>
    public static EventStudy EventStudy(Panel panel, int? reference = null)
    {
        var start = panel.Cohorts is [var only] ? only : throw new ArgumentException("An event study by two-way fixed effects needs one date of treatment; use staggered adoption.", nameof(panel));
        var zero = reference ?? start - 1;
        var times = Enumerable.Range(0, panel.Times.Count).Where(time => time != zero).ToList();
        var fit = Fit(panel, [.. times.Select(k => new Regressor(panel.Times[k], (unit, time) => time == k && panel.FirstTreated[unit] is not null ? 1 : 0))]);
        var several = panel.Treated.Count > 1 && panel.Controls.Count > 1;
        var effects = Enumerable.Range(0, panel.Times.Count).Select(time =>
        {
            var place = times.IndexOf(time);
            var estimate = place < 0 ? new EffectEstimate(0) : several ? fit.Estimate(place) : new EffectEstimate(fit.Coefficient(place));
            return new EventEffect(panel.Times[time], time - start, estimate);
        }).ToList();
        return new EventStudy(effects, zero);
    }

    /// <summary>
    /// The panel with covariates taken out of the outcome: their coefficients are estimated with unit and time effects on
    /// unit-times not under treatment only, so that the effect cannot leak into them (Kranz 2022; Clarke et al. 2024).
    /// </summary>
    public static Panel WithoutCovariates(Panel panel)
    {
        if (panel.Covariates.Count == 0)
        {
            return panel;
        }

        var fit = TwoWayFixedEffects.Fit(panel, Regressors(panel), (unit, time) => !panel.IsTreated(unit, time));
        var outcome = (double[,])panel.Outcome.Clone();
        for (var unit = 0; unit < panel.Units.Count; unit++)
        {
            for (var time = 0; time < panel.Times.Count; time++)
            {
                for (var c = 0; c < panel.Covariates.Count; c++)
                {
                    outcome[unit, time] -= fit.Identified(c) ? fit.Coefficient(c) * panel.Covariates[c].Values[unit, time] : 0;
                }
            }
        }

        return new Panel(panel.Units, panel.Times, outcome, panel.FirstTreated);
    }

    private static TwoWayFixedEffects Fit(Panel panel, List<Regressor> regressors) => TwoWayFixedEffects.Fit(panel, [.. regressors, .. Regressors(panel)]);

    private static IReadOnlyList<Regressor> Regressors(Panel panel) =>
        [.. panel.Covariates.Select(c => new Regressor(c.Name, (unit, time) => c.Values[unit, time]))];
}
