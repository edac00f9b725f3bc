namespace Pathfinder.Analysis.Effects;

/// <summary>How the comparison is made up from the controls.</summary>
public enum SyntheticMethod
{
    /// <summary>All controls and all times alike: difference in differences.</summary>
    DifferenceInDifferences,

    /// <summary>Controls weighted to follow the treated before treatment; no unit effects (Abadie, Diamond and Hainmueller 2010).</summary>
    SyntheticControl,

    /// <summary>As synthetic control, but level differences are allowed (demeaned; Doudchenko and Imbens 2016, Ferman and Pinto 2021).</summary>
    DemeanedSyntheticControl,

    /// <summary>Controls and times weighted, with unit and time effects (Arkhangelsky et al. 2021).</summary>
    SyntheticDifferenceInDifferences,
}

/// <summary>A weight with its name.</summary>
public sealed record NamedWeight(string Name, double Weight);

/// <summary>One time of treated and synthetic outcome.</summary>
/// <param name="Time">The time.</param>
/// <param name="Treated">Mean outcome of the treated units.</param>
/// <param name="Synthetic">Their outcome without treatment as the method has it, level difference included where it allows one.</param>
public sealed record TrajectoryPoint(string Time, double Treated, double Synthetic);

/// <summary>The answer for units first treated at one date.</summary>
/// <param name="Start">Index of their first treated time.</param>
/// <param name="TreatedUnits">How many units.</param>
/// <param name="Effect">The average effect on them after treatment.</param>
/// <param name="UnitWeights">Weights of the controls, which sum to one.</param>
/// <param name="TimeWeights">Weights of the times before treatment, which sum to one; empty for synthetic control, which does not use them.</param>
/// <param name="NoiseLevel">σ̂: standard deviation of first differences of the controls before treatment.</param>
/// <param name="Zeta">ζω: the penalty on unit weights; 0 where the method has none.</param>
/// <param name="Trajectory">Treated and synthetic outcome over time.</param>
/// <param name="PreRmspe">Root mean squared gap before treatment.</param>
/// <param name="PostRmspe">Root mean squared gap after.</param>
public sealed record CohortSynthetic(
    int Start,
    int TreatedUnits,
    double Effect,
    IReadOnlyList<NamedWeight> UnitWeights,
    IReadOnlyList<NamedWeight> TimeWeights,
    double NoiseLevel,
    double Zeta,
    IReadOnlyList<TrajectoryPoint> Trajectory,
    double PreRmspe,
    double PostRmspe);

/// <summary>A synthetic estimate: its cohorts, and their average weighted by treated unit-times.</summary>
public sealed record SyntheticResult(double Effect, IReadOnlyList<CohortSynthetic> Cohorts)
{
    /// <summary>Gap after treatment relative to the gap before, the statistic of Abadie's placebo test; null when the fit before is exact or there are several cohorts.</summary>
    public double? RmspeRatio => Cohorts is [{ PreRmspe: > 0 } only] ? only.PostRmspe / only.PreRmspe : null;
}

/// <summary>
/// Synthetic difference in differences, synthetic control and its demeaned form, on a balanced panel. Unit weights minimise
/// ‖ω₀ + Σωᵢ Yᵢ − Y‖² + ζω² T_pre ‖ω‖² over the times before, time weights ‖λ₀ + Σλₜ Yₜ − Y_post‖² + ζλ² N₀ ‖λ‖² over the
/// controls, ζω = (N₁ T₁)^¼ σ̂, ζλ = 1e−6 σ̂ (Arkhangelsky et al. 2021, American Economic Review 111(12), algorithm 1), each by
/// an exact quadratic programme. Cohorts of several dates are estimated one by one against the units never treated.
/// </summary>
public static class SyntheticControls
{
    /// <summary>
    /// Estimates the effect. Throws <see cref="ArgumentException"/> when values are missing, no unit is never treated, or a
    /// cohort has no time before treatment. Covariates must have been taken out first
    /// (<see cref="DifferenceInDifferences.WithoutCovariates"/>).
    /// </summary>
    /// <param name="panel">The panel.</param>
    /// <param name="method">The method.</param>
    /// <param name="noiseLevel">σ̂ for the penalties; computed from the controls when null.</param>
    public static SyntheticResult Estimate(Panel panel, SyntheticMethod method, double? noiseLevel = null)
    {
        if (!panel.Balanced)
        {
            throw new ArgumentException("Synthetic methods need an outcome for every unit at every time.", nameof(panel));
        }

        if (panel.Controls.Count == 0 || panel.Treated.Count == 0 || panel.Cohorts[0] == 0)
        {
            throw new ArgumentException("Synthetic methods need untreated units, treated units, and times before treatment.", nameof(panel));
        }

        var cohorts = panel.Cohorts.Select(start => OfCohort(panel, start, method, noiseLevel)).ToList();
        double sum = 0, weight = 0;
        foreach (var cohort in cohorts)
        {
            var cells = cohort.TreatedUnits * (double)(panel.Times.Count - cohort.Start);
            sum += cells * cohort.Effect;
            weight += cells;
        }

        return new SyntheticResult(sum / weight, cohorts);
    }

    private static CohortSynthetic OfCohort(Panel panel, int start, SyntheticMethod method, double? noiseLevel)
    {
        var before = start;
        var after = panel.Times.Count - start;
        var treated = Enumerable.Range(0, panel.Units.Count).Where(unit => panel.FirstTreated[unit] == start).ToList();
        var path = MeanPath(panel, treated);
        var paths = panel.Controls.Select(unit => MeanPath(panel, [unit])).ToArray();
        var noise = noiseLevel ?? NoiseLevel(paths, before);
        var zeta = method == SyntheticMethod.SyntheticDifferenceInDifferences ? Math.Pow(treated.Count * after, 0.25) * noise : 0;
        var levels = method != SyntheticMethod.SyntheticControl;

        var units = method == SyntheticMethod.DifferenceInDifferences
            ? Uniform(paths.Length)
            : SimplexLeastSquares.Solve([.. paths.Select(p => p[..before])], path[..before], zeta * zeta * before, levels);
        var times = method switch
        {
            SyntheticMethod.SyntheticControl => [],
            SyntheticMethod.SyntheticDifferenceInDifferences => TimeWeights(paths, before, noise),
            _ => Uniform(before),
        };

        var synthetic = new double[path.Length];
        for (var t = 0; t < path.Length; t++)
        {
            for (var i = 0; i < paths.Length; i++)
            {
                synthetic[t] += units[i] * paths[i][t];
            }
        }

        var level = 0.0;
        for (var t = 0; t < times.Length; t++)
        {
            level += times[t] * (path[t] - synthetic[t]);
        }

        var trajectory = path.Select((y, t) => new TrajectoryPoint(panel.Times[t], y, synthetic[t] + level)).ToList();
        return new CohortSynthetic(
            start,
            treated.Count,
            trajectory.Skip(before).Average(point => point.Treated - point.Synthetic),
            [.. units.Select((weight, i) => new NamedWeight(panel.Units[panel.Controls[i]], weight))],
            [.. times.Select((weight, t) => new NamedWeight(panel.Times[t], weight))],
            noise,
            zeta,
            trajectory,
            Rmspe(trajectory.Take(before)),
            Rmspe(trajectory.Skip(before)));
    }

    private static double[] TimeWeights(double[][] paths, int before, double noise)
    {
        var penalty = 1e-6 * noise;
        var columns = Enumerable.Range(0, before).Select(t => paths.Select(path => path[t]).ToArray()).ToList();
        var target = paths.Select(path => path[before..].Average()).ToArray();
        return SimplexLeastSquares.Solve(columns, target, penalty * penalty * paths.Length, intercept: true);
    }

    /// <summary>σ̂: the standard deviation (N − 1) of all first differences of the controls before treatment; 0 for a single time.</summary>
    internal static double NoiseLevel(double[][] paths, int before)
    {
        var differences = paths.SelectMany(path => Enumerable.Range(1, Math.Max(0, before - 1)).Select(t => path[t] - path[t - 1])).ToList();
        if (differences.Count < 2)
        {
            return 0;
        }

        var mean = differences.Average();
        return Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Count - 1));
    }

    private static double[] MeanPath(Panel panel, List<int> units)
    {
        var path = new double[panel.Times.Count];
        for (var t = 0; t < path.Length; t++)
        {
            foreach (var unit in units)
            {
                path[t] += panel.Outcome[unit, t] / units.Count;
            }
        }

        return path;
    }

    private static double[] Uniform(int count) => [.. Enumerable.Repeat(1.0 / count, count)];

    private static double Rmspe(IEnumerable<TrajectoryPoint> points) => Math.Sqrt(points.Average(p => (p.Treated - p.Synthetic) * (p.Treated - p.Synthetic)));
}
