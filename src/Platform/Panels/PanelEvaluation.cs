using Pathfinder.Analysis.Effects;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Panels;

/// <summary>Evaluates a panel that was read: asks first whether the method may be used, then estimates, then tests the answer.</summary>
public static class PanelEvaluation
{
    /// <summary>Placebos of synthetic methods computed at most; difference in differences is cheap and has ten times as many.</summary>
    public const int MostSyntheticPlacebos = 500;

    private static readonly double[] Sizes = [0.5, 1, 1.5, 2];

    /// <summary>The short name of each method, as the command line and links use it.</summary>
    public static IReadOnlyDictionary<string, EffectMethod> Names { get; } = new SortedDictionary<string, EffectMethod>(StringComparer.Ordinal)
    {
        ["did"] = EffectMethod.DifferenceInDifferences,
        ["att-gt"] = EffectMethod.StaggeredAdoption,
        ["sdid"] = EffectMethod.SyntheticDifferenceInDifferences,
        ["sc"] = EffectMethod.SyntheticControl,
        ["difp"] = EffectMethod.DemeanedSyntheticControl,
        ["its"] = EffectMethod.InterruptedTimeSeries,
    };

    /// <summary>Every method with the reasons why it is not offered, if it is not.</summary>
    public static IReadOnlyList<MethodAnswer> Methods(PanelTable table, ComparisonGroup comparison = ComparisonGroup.NeverTreated) =>
        [.. Suitability.OfAll(table.WithoutTransition, comparison).Select(s => new MethodAnswer(NameOf(s.Method), s.Offered, s.Refusals, s.Cautions))];

    /// <summary>The effect. Refused with every reason why the method cannot be used on these data.</summary>
    public static Outcome<EffectAnswer> Evaluate(PanelTable table, EffectRequest request)
    {
        var panel = table.WithoutTransition;
        var suitability = Suitability.Of(request.Method, panel, request.Comparison);
        if (!suitability.Offered)
        {
            return suitability.Refusals.Select(reason => new Problem(reason.TrimEnd('.'), table.File, Field: "method", Found: NameOf(request.Method), Accepted: Offered(panel, request.Comparison))).ToList();
        }

        try
        {
            return request.Method switch
            {
                EffectMethod.DifferenceInDifferences => DifferenceInDifferencesOf(panel, request, suitability),
                EffectMethod.StaggeredAdoption => StaggeredOf(panel, request, suitability),
                EffectMethod.InterruptedTimeSeries => InterruptedOf(table, request, suitability),
                _ => SyntheticOf(panel, request, suitability),
            };
        }
        catch (ArgumentException refusal)
        {
            // The estimators refuse by exception what only the numbers show, such as collinearity.
            return new Problem(refusal.Message.Split(" (Parameter", 2)[0].TrimEnd('.'), table.File, Field: "method", Found: NameOf(request.Method));
        }
    }

    private static string Offered(Panel panel, ComparisonGroup comparison)
    {
        var offered = Suitability.OfAll(panel, comparison).Where(s => s.Offered).Select(s => NameOf(s.Method)).ToList();
        return offered.Count == 0 ? "no method can be used on these data" : "methods that these data allow: " + string.Join(", ", offered);
    }

    private static EffectAnswer DifferenceInDifferencesOf(Panel panel, EffectRequest request, Suitability suitability)
    {
        var result = DifferenceInDifferences.Estimate(panel);
        PlaceboTest? placebo = null;
        var usePlacebo = request.Error == ErrorKind.Placebo || (request.Error == ErrorKind.Usual && result.Effect.Se is null && panel.Controls.Count >= 5);
        if (usePlacebo)
        {
            placebo = Placebos.InSpace(panel, p => DifferenceInDifferences.Estimate(p).Effect.Estimate, panel.Cohorts.Count == 1 ? 10 * MostSyntheticPlacebos : MostSyntheticPlacebos);
        }

        var effect = request.Error == ErrorKind.None ? new EffectEstimate(result.Effect.Estimate) : placebo is null ? result.Effect : WithPlacebo(result.Effect.Estimate, placebo);
        var along = request.Error == ErrorKind.Time ? AlongTime(panel) : null;
        if (request.Error == ErrorKind.Time)
        {
            effect = along is null ? new EffectEstimate(result.Effect.Estimate) : along.Effect with { Estimate = result.Effect.Estimate };
        }

        var kind = effect.Se is null ? "none" : along is not null ? "time" : placebo is null ? "cluster" : "placebo";
        var asked = request.Error == ErrorKind.Time && along is null
            ? suitability with { Cautions = [.. suitability.Cautions, "An error along time needs two times before, one after and four in all, one date of treatment, every value and no covariates: it cannot be had here."] } : suitability;
        var answer = Answer(panel, request, asked, effect, kind) with
        {
            Observations = result.Observations,
            Covariates = [.. result.Covariates.Select(c => Named(c.Name, c.Estimate))],
            Placebo = placebo is null ? null : Of(placebo),
            AlongTime = along,
        };
        if (panel.Cohorts is not [var start])
        {
            return answer;
        }

        var study = DifferenceInDifferences.EventStudy(panel);
        return answer with
        {
            EventStudy = [.. study.Effects.Select(e => Named(e.Time, e.Estimate))],
            PlaceboInTime = Placebos.InTime(panel, p => DifferenceInDifferences.Estimate(p).Effect.Estimate),
            Sensitivity = Sensitive([.. study.Effects.Take(start).Select(e => e.Estimate.Estimate)], effect, panel.Times.Count - start),
        };
    }

    private static List<double> Gaps(Panel panel) => panel.Treated.Count == 0 || panel.Controls.Count == 0 ? []
        : [.. Enumerable.Range(0, panel.Times.Count).Select(time => panel.Treated.Average(unit => panel.Outcome[unit, time]) - panel.Controls.Average(unit => panel.Outcome[unit, time]))];

    // Covariates move the gap, and are not taken out of it here: with them no error along time is given.
    private static GapComparisonResult? AlongTime(Panel panel) =>
        panel.Cohorts is [var start] && panel.Missing == 0 && panel.Covariates.Count == 0 && Gaps(panel) is { } gaps && start >= 2 && gaps.Count - start >= 1 && gaps.Count >= 4
            && GapComparison.Estimate([.. gaps.Take(start)], [.. gaps.Skip(start)]) is { Effect.Se: not null } along ? along : null;

    private static EffectAnswer StaggeredOf(Panel panel, EffectRequest request, Suitability suitability)
    {
        var result = StaggeredAdoption.Estimate(new Panel(panel.Units, panel.Times, panel.Outcome, panel.FirstTreated), request.Comparison);
        string Time(int index) => panel.Times[index];
        IReadOnlyList<string> cautions = panel.Covariates.Count == 0 ? suitability.Cautions : [.. suitability.Cautions, "Covariates are not used: the effects are unconditional."];
        if (request.Error is ErrorKind.Time or ErrorKind.Placebo)
        {
            cautions = [.. cautions, "Errors of group-time effects come from influence functions: they are given."];
        }

        return Answer(panel, request, suitability with { Cautions = cautions }, request.Error == ErrorKind.None ? new EffectEstimate(result.Simple.Estimate) : result.Simple, request.Error == ErrorKind.None ? "none" : "influence") with
        {
            Staggered = new StaggeredAnswer(
                [.. result.Effects.Select(e => new GroupTimeAnswer(Time(e.Cohort), Time(e.Time), e.Estimate.Estimate, e.Estimate.Se, e.Estimate.Lower, e.Estimate.Upper, e.Estimate.P))],
                result.Simple,
                Aggregated(result.Group, Time),
                Aggregated(result.Dynamic, key => key.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Aggregated(result.Calendar, Time),
                result.PreTrends,
                result.LeftOut),
        };
    }

    private static EffectAnswer SyntheticOf(Panel panel, EffectRequest request, Suitability suitability)
    {
        var method = request.Method switch
        {
            EffectMethod.SyntheticControl => SyntheticMethod.SyntheticControl,
            EffectMethod.DemeanedSyntheticControl => SyntheticMethod.DemeanedSyntheticControl,
            _ => SyntheticMethod.SyntheticDifferenceInDifferences,
        };
        var plain = DifferenceInDifferences.WithoutCovariates(panel);
        double Effect(Panel p) => SyntheticControls.Estimate(p, method).Effect;
        (double, double?) WithRatio(Panel p) => SyntheticControls.Estimate(p, method) is var one ? (one.Effect, one.RmspeRatio) : default;
        var result = SyntheticControls.Estimate(plain, method);
        var cautions = request.Error is ErrorKind.Cluster or ErrorKind.Time
            ? [.. suitability.Cautions, $"{(request.Error == ErrorKind.Cluster ? "Clustered errors" : "Errors along time")} do not go with weights: placebo errors are given."] : suitability.Cautions;
        var placebo = request.Error == ErrorKind.None ? null : Placebos.InSpace(plain, WithRatio, plain.Cohorts.Count == 1 ? MostSyntheticPlacebos : MostSyntheticPlacebos / 5);
        var effect = placebo is null ? new EffectEstimate(result.Effect) : WithPlacebo(result.Effect, placebo);
        var answer = Answer(panel, request, suitability with { Cautions = cautions }, effect, effect.Se is null ? "none" : "placebo") with
        {
            Cohorts = [.. result.Cohorts.Select(c => new CohortAnswer(plain.Times[c.Start], c.TreatedUnits, c.Effect, c.NoiseLevel, c.Zeta, c.PreRmspe, c.PostRmspe, c.UnitWeights, c.TimeWeights, c.Trajectory))],
            RmspeRatio = result.RmspeRatio,
            RmspeRatioP = placebo?.RatioP,
            Placebo = placebo is null ? null : Of(placebo),
        };
        if (result.Cohorts is not [var only])
        {
            return answer;
        }

        return answer with
        {
            PlaceboInTime = Placebos.InTime(plain, Effect, fewestBefore: Suitability.FewestTimesToFit),
            Sensitivity = Sensitive([.. only.Trajectory.Take(only.Start).Select(t => t.Treated - t.Synthetic)], effect, only.Trajectory.Count - only.Start),
        };
    }

    private static EffectAnswer InterruptedOf(PanelTable table, EffectRequest request, Suitability suitability)
    {
        // Times keep their place here, so that a transition window is a gap in the trend and not a jump.
        var panel = table.Panel;
        var start = Enumerable.Range(panel.Cohorts[0], panel.Times.Count - panel.Cohorts[0]).First(time => !table.LeftOut.Contains(time));
        var counts = request.Family != SeriesFamily.Linear || table.Denominators is not null;
        double Over(double[,] values, int time) => counts ? panel.Treated.Sum(unit => values[unit, time]) : panel.Treated.Average(unit => values[unit, time]);
        var times = Enumerable.Range(0, panel.Times.Count).ToList();
        var series = new InterruptedSeries(
            [.. times.Select(time => table.LeftOut.Contains(time) ? double.NaN : Over(panel.Outcome, time))],
            start,
            table.Denominators is null ? null : [.. times.Select(time => Over(table.Denominators, time))]);
        var model = new InterruptionModel(request.SlopeChange, request.Harmonics, request.Period, request.FirstSeason);
        var result = request.Family == SeriesFamily.Linear
            ? InterruptedTimeSeries.Linear(series, model, request.Lag, request.SmallSample)
            : InterruptedTimeSeries.Counts(series, model, request.Family == SeriesFamily.QuasiPoisson);
        var cautions = panel.Controls.Count == 0 ? suitability.Cautions : [.. suitability.Cautions, $"{panel.Controls.Count} untreated units are not used; a method with a comparator would use them."];
        var kind = request.Family == SeriesFamily.Linear ? "newey-west" : "likelihood";
        return Answer(table.WithoutTransition, request, suitability with { Cautions = cautions }, request.Error == ErrorKind.None ? new EffectEstimate(result.Level.Estimate) : result.Level, request.Error == ErrorKind.None ? "none" : kind) with
        {
            Interruption = new InterruptionAnswer([.. result.Coefficients.Select(c => Named(c.Name, c.Estimate))], result.Slope, result.RateRatio, result.Lag, result.Dispersion, result.Fitted, result.Counterfactual),
        };
    }

    private static EffectAnswer Answer(Panel panel, EffectRequest request, Suitability suitability, EffectEstimate effect, string error) => new(
        NameOf(request.Method), effect.Estimate, effect.Se, effect.Lower, effect.Upper, effect.P, error, panel.Units.Count, panel.Treated.Count, panel.Times.Count, suitability.Cautions);

    private static EffectEstimate WithPlacebo(double estimate, PlaceboTest placebo) => placebo.StandardError is { } se
        ? EffectEstimate.Normal(estimate, se) with { P = placebo.P }
        : new EffectEstimate(estimate);

    private static TrendSensitivityResult? Sensitive(double[] gaps, EffectEstimate effect, int after) =>
        gaps.Length < 2 ? null : TrendSensitivity.Bound(gaps, effect, after, Sizes);

    private static PlaceboAnswer Of(PlaceboTest test) => new(test.P, test.StandardError, test.Exhaustive, test.Placebos.Count, test.Placebos);

    private static AggregationAnswer Aggregated(Aggregation aggregation, Func<int, string> name) =>
        new(aggregation.Overall, [.. aggregation.Parts.Select(part => Named(name(part.Key), part.Estimate))]);

    private static NamedAnswer Named(string name, EffectEstimate e) => new(name, e.Estimate, e.Se, e.Lower, e.Upper, e.P);

    private static string NameOf(EffectMethod method) => Names.First(pair => pair.Value == method).Key;
}
