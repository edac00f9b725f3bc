namespace Pathfinder.Web.Components.Charts;

/// <summary>One value of a control chart as it is drawn.</summary>
/// <param name="Label">Its period or area.</param>
/// <param name="Value">The value.</param>
/// <param name="Centre">The centre line here; null where there is none yet.</param>
/// <param name="Lower">The lower limit; null where there is none.</param>
/// <param name="Upper">The upper limit.</param>
/// <param name="Signal">What it signals, in a word or two; null for ordinary variation.</param>
/// <param name="Meaning">concern, improvement or change, where it signals.</param>
/// <param name="Segment">Which stretch of limits it belongs to.</param>
/// <param name="Comparator">The comparator's value; null where there is none.</param>
/// <param name="AfterGap">Whether periods before it have no value, so that no line leads to it.</param>
public sealed record ControlPicturePoint(
    string Label, double Value, double? Centre, double? Lower, double? Upper, string? Signal = null, string? Meaning = null, int Segment = 0, double? Comparator = null, bool AfterGap = false);

/// <summary>Everything that is drawn of a control chart.</summary>
public sealed record ControlPicture
{
    /// <summary>What it shows, for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>The values in order.</summary>
    public required IReadOnlyList<ControlPicturePoint> Points { get; init; }

    /// <summary>The target.</summary>
    public double? Target { get; init; }

    /// <summary>Name of the comparator, written at its line.</summary>
    public string? ComparatorName { get; init; }

    /// <summary>Events: where, and their number in the list below the chart.</summary>
    public IReadOnlyList<(double Position, int Number)> Marks { get; init; } = [];

    /// <summary>Whether the values are joined; not where they are areas.</summary>
    public bool Joined { get; init; } = true;

    /// <summary>A small picture, one of many beside each other.</summary>
    public bool Small { get; init; }

    /// <summary>Number of values that set the limits, marked off at the foot; null where all do.</summary>
    public int? Baseline { get; init; }
}
