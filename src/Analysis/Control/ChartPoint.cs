namespace Pathfinder.Analysis.Control;

/// <summary>Which way is better for a measure.</summary>
public enum Improvement
{
    /// <summary>Neither way is stated: a signal is a change, not good or bad.</summary>
    Neither = 0,

    /// <summary>Higher is better.</summary>
    Up = 1,

    /// <summary>Lower is better.</summary>
    Down = -1,
}

/// <summary>The names of the rules a point can break, in the order of their priority.</summary>
public static class Flag
{
    /// <summary>Beyond the outer limits.</summary>
    public const string Outside = "outside";

    /// <summary>Part of seven points that all rise or all fall.</summary>
    public const string Trend = "trend";

    /// <summary>One of at least two of three neighbours near a limit, all three on one side of the centre.</summary>
    public const string TwoOfThree = "two-of-three";

    /// <summary>Part of an unusually long run on one side of the centre (seven points on an XmR chart).</summary>
    public const string Shift = "shift";
}

/// <summary>One value on a chart with its limits, in the unit of the measure.</summary>
/// <param name="Value">The value plotted; a share between 0 and 1 on proportion charts.</param>
/// <param name="Centre">The centre line here.</param>
/// <param name="Lower">The lower limit; not a number on a run chart, which has none.</param>
/// <param name="Upper">The upper limit; not a number on a run chart.</param>
/// <param name="Segment">Which segment the point belongs to, from 0.</param>
/// <param name="Rules">Every rule the point breaks, by priority; empty for common cause variation.</param>
/// <param name="Direction">Which way the first rule points: 1 high or rising, −1 low or falling, 0 no signal.</param>
public sealed record ChartPoint(double Value, double Centre, double Lower, double Upper, int Segment, IReadOnlyList<string> Rules, int Direction)
{
    /// <summary>The one rule of highest priority, as NHSRplotthedots reports it; empty where there is no signal.</summary>
    public IReadOnlyList<string> Flags => Rules.Count == 0 ? [] : [Rules[0]];
}

/// <summary>A stretch of the series with limits of its own.</summary>
/// <param name="Start">Index of its first point.</param>
/// <param name="Baseline">How many of its first points set the limits; all of them when null. Fewer means a frozen baseline: later points are tested, not learnt from.</param>
public sealed record Segment(int Start, int? Baseline = null);

/// <summary>What a chart says of a whole segment.</summary>
/// <param name="Start">Index of its first point.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="BaselinePoints">How many of them set the limits.</param>
/// <param name="Runs">The run test about the centre.</param>
public sealed record SegmentSummary(int Start, int Points, int BaselinePoints, RunTest Runs)
{
    /// <summary>Whether so few points set the limits that they will still move: under 12.</summary>
    public bool TrialLimits => BaselinePoints < 12;
}

/// <summary>A chart: points in the order given, and its segments.</summary>
public sealed record ControlChart(IReadOnlyList<ChartPoint> Points, IReadOnlyList<SegmentSummary> Segments);
