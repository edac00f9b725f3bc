using Pathfinder.Analysis.Effects;

namespace Pathfinder.Platform.Panels;

/// <summary>Where the standard error of an effect comes from.</summary>
public enum ErrorKind
{
    /// <summary>The one that goes with the method and the data.</summary>
    Usual,

    /// <summary>Clustered by unit.</summary>
    Cluster,

    /// <summary>The spread of placebos in space.</summary>
    Placebo,

    /// <summary>How the gap between treated and comparators moved from one time to the next.</summary>
    Time,

    /// <summary>None.</summary>
    None,
}

/// <summary>How the counts or values of an interrupted series vary.</summary>
public enum SeriesFamily
{
    /// <summary>Least squares with Newey–West errors.</summary>
    Linear,

    /// <summary>Poisson counts.</summary>
    Poisson,

    /// <summary>Counts that vary more (or less) than Poisson counts.</summary>
    QuasiPoisson,
}

/// <summary>What is asked.</summary>
/// <param name="Method">The method.</param>
/// <param name="Comparison">Whom cohorts are compared with (staggered adoption).</param>
/// <param name="Error">Where the standard error comes from.</param>
/// <param name="Family">Family of an interrupted series.</param>
/// <param name="Lag">Lag of Newey–West; automatic when null.</param>
/// <param name="SmallSample">Whether Newey–West is corrected for a small sample.</param>
/// <param name="SlopeChange">Whether the trend of an interrupted series may change.</param>
/// <param name="Harmonics">Pairs of harmonics of an interrupted series.</param>
/// <param name="Period">Times in a season.</param>
/// <param name="FirstSeason">Place of the first time in its season, from 1.</param>
public sealed record EffectRequest(
    EffectMethod Method,
    ComparisonGroup Comparison = ComparisonGroup.NeverTreated,
    ErrorKind Error = ErrorKind.Usual,
    SeriesFamily Family = SeriesFamily.Linear,
    int? Lag = null,
    bool SmallSample = true,
    bool SlopeChange = true,
    int Harmonics = 0,
    int Period = 12,
    int FirstSeason = 1);

/// <summary>An estimate with a name.</summary>
public sealed record NamedAnswer(string Name, double Estimate, double? Se, double? Lower, double? Upper, double? P);

/// <summary>ATT(g, t).</summary>
public sealed record GroupTimeAnswer(string Group, string Time, double Estimate, double? Se, double? Lower, double? Upper, double? P);

/// <summary>An aggregation: overall and by part.</summary>
public sealed record AggregationAnswer(EffectEstimate Overall, IReadOnlyList<NamedAnswer> Parts);

/// <summary>Staggered adoption in full.</summary>
public sealed record StaggeredAnswer(
    IReadOnlyList<GroupTimeAnswer> AttGt,
    EffectEstimate Simple,
    AggregationAnswer Group,
    AggregationAnswer Dynamic,
    AggregationAnswer Calendar,
    PreTrendTest? PreTrends,
    IReadOnlyList<string> LeftOut);

/// <summary>Placebos in space.</summary>
/// <param name="P">(1 + placebos at least as large) / (1 + placebos).</param>
/// <param name="Se">Their standard deviation.</param>
/// <param name="Exhaustive">Whether they are all there are.</param>
/// <param name="Count">How many.</param>
/// <param name="Placebos">Each with the units that stood in.</param>
public sealed record PlaceboAnswer(double P, double? Se, bool Exhaustive, int Count, IReadOnlyList<Placebo> Placebos);

/// <summary>A synthetic comparison for one date of treatment.</summary>
public sealed record CohortAnswer(
    string Start,
    int TreatedUnits,
    double Estimate,
    double NoiseLevel,
    double Zeta,
    double PreRmspe,
    double PostRmspe,
    IReadOnlyList<NamedWeight> UnitWeights,
    IReadOnlyList<NamedWeight> TimeWeights,
    IReadOnlyList<TrajectoryPoint> Trajectory);

/// <summary>An interrupted series in full.</summary>
public sealed record InterruptionAnswer(
    IReadOnlyList<NamedAnswer> Coefficients,
    EffectEstimate? Slope,
    EffectEstimate? RateRatio,
    int? Lag,
    double? Dispersion,
    IReadOnlyList<double> Fitted,
    IReadOnlyList<double> Counterfactual);

/// <summary>An effect as pages and the command line give it; parts that a method does not have are null.</summary>
/// <param name="Method">did, att-gt, sdid, sc, difp or its.</param>
/// <param name="Estimate">The average effect on the treated after treatment, in the unit of the outcome; for counts the change of level on the log scale.</param>
/// <param name="Se">Its standard error; null where none can be had honestly.</param>
/// <param name="Lower">Lower end of the 95% interval.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="P">Two-sided p value; with placebo errors the rank p.</param>
/// <param name="Error">Where se comes from: cluster, influence, placebo, time (the gap from one time to the next), newey-west, likelihood or none.</param>
/// <param name="Units">Units used.</param>
/// <param name="TreatedUnits">Of them treated at some time.</param>
/// <param name="Times">Times used.</param>
/// <param name="Cautions">What limits the answer.</param>
public sealed record EffectAnswer(
    string Method,
    double Estimate,
    double? Se,
    double? Lower,
    double? Upper,
    double? P,
    string Error,
    int Units,
    int TreatedUnits,
    int Times,
    IReadOnlyList<string> Cautions)
{
    /// <summary>Unit-times used, for difference in differences.</summary>
    public int? Observations { get; init; }

    /// <summary>The comparison of the gap over time; null where the error comes from elsewhere.</summary>
    public GapComparisonResult? AlongTime { get; init; }

    /// <summary>Coefficients of covariates.</summary>
    public IReadOnlyList<NamedAnswer>? Covariates { get; init; }

    /// <summary>Effects by time against the last one before treatment.</summary>
    public IReadOnlyList<NamedAnswer>? EventStudy { get; init; }

    /// <summary>Staggered adoption.</summary>
    public StaggeredAnswer? Staggered { get; init; }

    /// <summary>Synthetic comparisons by date of treatment.</summary>
    public IReadOnlyList<CohortAnswer>? Cohorts { get; init; }

    /// <summary>Gap after relative to the gap before treatment.</summary>
    public double? RmspeRatio { get; init; }

    /// <summary>Rank p of that ratio among the placebos' (Abadie, Diamond and Hainmueller 2010); null without placebos.</summary>
    public double? RmspeRatioP { get; init; }

    /// <summary>Placebos in space.</summary>
    public PlaceboAnswer? Placebo { get; init; }

    /// <summary>Placebos in time.</summary>
    public IReadOnlyList<PlaceboInTime>? PlaceboInTime { get; init; }

    /// <summary>Sensitivity to trends that were not parallel.</summary>
    public TrendSensitivityResult? Sensitivity { get; init; }

    /// <summary>An interrupted series.</summary>
    public InterruptionAnswer? Interruption { get; init; }
}

/// <summary>Whether a method may be used on a panel.</summary>
public sealed record MethodAnswer(string Method, bool Offered, IReadOnlyList<string> Refusals, IReadOnlyList<string> Cautions);
