namespace Pathfinder.Analysis.Effects;

/// <summary>Whom a cohort is compared with.</summary>
public enum ComparisonGroup
{
    /// <summary>Units never treated.</summary>
    NeverTreated,

    /// <summary>Units not yet treated at the time, and those never treated.</summary>
    NotYetTreated,
}

/// <summary>The effect on one cohort at one time.</summary>
/// <param name="Cohort">Index of the cohort's first treated time.</param>
/// <param name="Time">Index of the time.</param>
/// <param name="Estimate">ATT(g, t).</param>
public sealed record CohortTimeEffect(int Cohort, int Time, EffectEstimate Estimate);

/// <summary>An effect at one value of what is aggregated over: a cohort, a time since treatment, or a time.</summary>
public sealed record AggregatedEffect(int Key, EffectEstimate Estimate);

/// <summary>An aggregation: its overall effect and its parts.</summary>
public sealed record Aggregation(EffectEstimate Overall, IReadOnlyList<AggregatedEffect> Parts);

/// <summary>The joint test that all effects before treatment are zero.</summary>
/// <param name="Statistic">Wald statistic.</param>
/// <param name="Degrees">Its degrees of freedom.</param>
/// <param name="P">Its p value.</param>
public sealed record PreTrendTest(double Statistic, int Degrees, double P);

/// <summary>Answer of a staggered adoption.</summary>
/// <param name="Effects">ATT(g, t) of every cohort and time that has a comparison, pre-treatment ones included.</param>
/// <param name="Simple">Average over cohorts and times after treatment, weighted by cohort size.</param>
/// <param name="Group">By cohort.</param>
/// <param name="Dynamic">By time since treatment; overall over times from 0 on.</param>
/// <param name="Calendar">By time.</param>
/// <param name="PreTrends">Joint test of the pre-treatment effects; null when there are none, or they cannot be tested.</param>
/// <param name="Units">Units used.</param>
/// <param name="LeftOut">Units left out because they are treated from the first time on, or have gaps.</param>
public sealed record StaggeredResult(
    IReadOnlyList<CohortTimeEffect> Effects,
    EffectEstimate Simple,
    Aggregation Group,
    Aggregation Dynamic,
    Aggregation Calendar,
    PreTrendTest? PreTrends,
    int Units,
    IReadOnlyList<string> LeftOut);

/// <summary>
/// Group-time average treatment effects without covariates (Callaway and Sant'Anna 2021, Journal of Econometrics 225(2)):
/// ATT(g, t) is the mean change of cohort g less that of its comparison group, from the time before treatment (before
/// treatment: from the time before) to t. Errors come from influence functions, those of the aggregations with the part due
/// to estimated weights.
/// </summary>
public static class StaggeredAdoption
{
    /// <summary>Estimates the effects. Throws <see cref="ArgumentException"/> when no cohort has a comparison after treatment.</summary>
    public static StaggeredResult Estimate(Panel panel, ComparisonGroup comparison)
    {
        int[] used = [.. Enumerable.Range(0, panel.Units.Count).Where(unit => panel.FirstTreated[unit] != 0 && Complete(panel, unit))];
        var leftOut = panel.Units.Where((_, unit) => Array.IndexOf(used, unit) < 0).ToList();
        var sample = panel.OfUnits(used);
        var n = used.Length;
        var cells = new List<Cell>();
        foreach (var cohort in sample.Cohorts)
        {
            for (var time = 1; time < sample.Times.Count; time++)
            {
                if (Measure(sample, cohort, time, comparison) is { } cell)
                {
                    cells.Add(cell);
                }
            }
        }

        var after = cells.Where(cell => cell.Time >= cell.Cohort).ToList();
        if (after.Count == 0)
        {
            throw new ArgumentException("No treated cohort has a comparison group after treatment.", nameof(panel));
        }

        var weights = new Weights(sample);
        var groups = after.GroupBy(cell => cell.Cohort).OrderBy(g => g.Key)
            .Select(g => Combined.Mean([.. g.Select(cell => new Combined(g.Key, cell.Att, cell.Influence))], g.Key)).ToList();
        var dynamic = cells.GroupBy(cell => cell.Time - cell.Cohort).OrderBy(g => g.Key).Select(g => weights.Combine([.. g], g.Key)).ToList();
        var calendar = after.GroupBy(cell => cell.Time).OrderBy(g => g.Key).Select(g => weights.Combine([.. g], g.Key)).ToList();
        return new StaggeredResult(
            [.. cells.Select(cell => new CohortTimeEffect(cell.Cohort, cell.Time, new Combined(0, cell.Att, cell.Influence).Estimate()))],
            weights.Combine(after, 0).Estimate(),
            new Aggregation(weights.Combine([.. groups.Select(g => new Cell(g.Key, 0, g.Value, g.Influence))], 0).Estimate(), Parts(groups)),
            new Aggregation(Combined.Mean([.. dynamic.Where(d => d.Key >= 0)], 0).Estimate(), Parts(dynamic)),
            new Aggregation(Combined.Mean(calendar, 0).Estimate(), Parts(calendar)),
            PreTrends([.. cells.Where(cell => cell.Time < cell.Cohort)], n),
            n,
            leftOut);
    }

    private static bool Complete(Panel panel, int unit)
    {
        for (var time = 0; time < panel.Times.Count; time++)
        {
            if (!double.IsFinite(panel.Outcome[unit, time]))
            {
                return false;
            }
        }

        return true;
    }

    private static Cell? Measure(Panel panel, int cohort, int time, ComparisonGroup comparison)
    {
        var reference = time < cohort ? time - 1 : cohort - 1;
        var n = panel.Units.Count;
        var inCohort = new bool[n];
        var inComparison = new bool[n];
        double treatedSum = 0, controlSum = 0;
        int treatedCount = 0, controlCount = 0;
        for (var unit = 0; unit < n; unit++)
        {
            var start = panel.FirstTreated[unit];
            inCohort[unit] = start == cohort;
            inComparison[unit] = !inCohort[unit] && (start is null || (comparison == ComparisonGroup.NotYetTreated && start > Math.Max(time, reference)));
            var change = panel.Outcome[unit, time] - panel.Outcome[unit, reference];
            treatedSum += inCohort[unit] ? change : 0;
            treatedCount += inCohort[unit] ? 1 : 0;
            controlSum += inComparison[unit] ? change : 0;
            controlCount += inComparison[unit] ? 1 : 0;
        }

        if (treatedCount == 0 || controlCount == 0)
        {
            return null;
        }

        var treatedMean = treatedSum / treatedCount;
        var controlMean = controlSum / controlCount;
        var influence = new double[n];
        for (var unit = 0; unit < n; unit++)
        {
            var change = panel.Outcome[unit, time] - panel.Outcome[unit, reference];
            influence[unit] = inCohort[unit] ? (double)n / treatedCount * (change - treatedMean)
                : inComparison[unit] ? -(double)n / controlCount * (change - controlMean)
                : 0;
        }

        return new Cell(cohort, time, treatedMean - controlMean, influence);
    }

    private static List<AggregatedEffect> Parts(IEnumerable<Combined> parts) => [.. parts.Select(part => new AggregatedEffect(part.Key, part.Estimate()))];

    // W = n θ' V⁻¹ θ with V the covariance of the influence functions; θ' V⁻¹ θ is had by regression of θ on V's root.
    private static PreTrendTest? PreTrends(List<Cell> before, int n)
    {
        var k = before.Count;

        // Influence functions of n units span at most n − 1 dimensions: with as many effects the test does not exist.
        if (k == 0 || k >= n)
        {
            return null;
        }

        var covariance = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(k, k, (i, j) =>
        {
            var sum = 0.0;
            for (var unit = 0; unit < n; unit++)
            {
                sum += before[i].Influence[unit] * before[j].Influence[unit];
            }

            return sum / n;
        });
        var scale = Math.Sqrt(covariance.Diagonal().Maximum());
        if (scale == 0 || covariance.ConditionNumber() > 1e12)
        {
            return null;
        }

        var theta = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfEnumerable(before.Select(cell => cell.Att));
        var statistic = n * theta.DotProduct(covariance.LU().Solve(theta));
        return new PreTrendTest(statistic, k, Distributions.ChiSquaredTail(statistic, k));
    }

    private sealed record Cell(int Cohort, int Time, double Att, double[] Influence);

    private sealed record Combined(int Key, double Value, double[] Influence)
    {
        public EffectEstimate Estimate()
        {
            var n = Influence.Length;
            return EffectEstimate.Normal(Value, Math.Sqrt(Influence.Sum(x => x * x) / n / n));
        }

        public static Combined Mean(IReadOnlyList<Combined> parts, int key)
        {
            var influence = new double[parts[0].Influence.Length];
            foreach (var part in parts)
            {
                for (var unit = 0; unit < influence.Length; unit++)
                {
                    influence[unit] += part.Influence[unit] / parts.Count;
                }
            }

            return new Combined(key, parts.Average(part => part.Value), influence);
        }
    }

    /// <summary>Cohort shares as weights; they are estimated, and their influence is part of the error.</summary>
    private sealed class Weights(Panel panel)
    {
        private readonly int _n = panel.Units.Count;

        public Combined Combine(List<Cell> cells, int key)
        {
            var shares = cells.Select(cell => panel.FirstTreated.Count(start => start == cell.Cohort) / (double)_n).ToArray();
            var total = shares.Sum();
            var value = 0.0;
            for (var k = 0; k < cells.Count; k++)
            {
                value += shares[k] / total * cells[k].Att;
            }

            var influence = new double[_n];
            for (var unit = 0; unit < _n; unit++)
            {
                var deviation = 0.0;
                for (var k = 0; k < cells.Count; k++)
                {
                    deviation += (panel.FirstTreated[unit] == cells[k].Cohort ? 1 : 0) - shares[k];
                }

                for (var k = 0; k < cells.Count; k++)
                {
                    var own = (panel.FirstTreated[unit] == cells[k].Cohort ? 1 : 0) - shares[k];
                    var weight = (own / total) - (deviation * shares[k] / (total * total));
                    influence[unit] += (shares[k] / total * cells[k].Influence[unit]) + (weight * cells[k].Att);
                }
            }

            return new Combined(key, value, influence);
        }
    }
}
