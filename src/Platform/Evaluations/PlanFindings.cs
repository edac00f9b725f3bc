using Pathfinder.Platform.Panels;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>How a criterion stands.</summary>
public enum CriterionVerdict
{
    /// <summary>Met.</summary>
    Met,

    /// <summary>Not met, or not shown to be met.</summary>
    NotMet,

    /// <summary>What is recorded does not tell.</summary>
    NotTestable,
}

/// <summary>What the rule proposes for a pilot.</summary>
public enum GateVerdict
{
    /// <summary>Go on.</summary>
    Go,

    /// <summary>Adapt and extend the test.</summary>
    AdaptAndExtend,

    /// <summary>Revert.</summary>
    Revert,

    /// <summary>Nothing: the plan is not locked, was changed outside an amendment, or holds the pilot to nothing mandatory.</summary>
    None,
}

/// <summary>The change of a comparator without the tested areas in it, over the range of their shares, and the effect against that.</summary>
/// <param name="ComparatorChange">How the published comparator moved.</param>
/// <param name="RestLow">Lowest movement of the rest of it.</param>
/// <param name="RestHigh">Highest.</param>
/// <param name="EffectLow">Lowest effect against the rest.</param>
/// <param name="EffectHigh">Highest.</param>
public sealed record ContaminationFinding(double ComparatorChange, double RestLow, double RestHigh, double EffectLow, double EffectHigh);

/// <summary>One value of a series drawn beside the finding.</summary>
/// <param name="Time">As panels write it: 2017-05.</param>
/// <param name="First">First day of its period.</param>
/// <param name="Value">The value.</param>
/// <param name="Reference">"kind:key" of the record it was read from.</param>
public sealed record FindingPoint(string Time, DateOnly First, double Value, string Reference);

/// <summary>The values of one area over all periods recorded.</summary>
public sealed record FindingSeries(string Area, string Name, IReadOnlyList<FindingPoint> Points);

/// <summary>What a criterion found in one area.</summary>
public sealed record CriterionFinding
{
    /// <summary>The criterion.</summary>
    public required Criterion Criterion { get; init; }

    /// <summary>The area judged: that of the criterion, or a borough of it.</summary>
    public required string Area { get; init; }

    /// <summary>Its name.</summary>
    public required string AreaName { get; init; }

    /// <summary>Key of the pilot; null where the area belongs to none of the plan.</summary>
    public string? Pilot { get; init; }

    /// <summary>How it stands.</summary>
    public CriterionVerdict Verdict { get; init; }

    /// <summary>Why, in a sentence without a full stop.</summary>
    public string Why { get; init; } = "";

    /// <summary>Means of the months before and of the window.</summary>
    public double? Before { get; init; }

    /// <summary>Mean of the window.</summary>
    public double? After { get; init; }

    /// <summary>The comparator's mean before.</summary>
    public double? ComparatorBefore { get; init; }

    /// <summary>The comparator's mean in the window.</summary>
    public double? ComparatorAfter { get; init; }

    /// <summary>The study behind it; null where none was made.</summary>
    public EffectStudy? Study { get; init; }

    /// <summary>One-sided p of the criterion's own hypothesis; null where it has no error.</summary>
    public double? P { get; init; }

    /// <summary>The same after Holm's rule (primary) or Benjamini and Hochberg's (the others).</summary>
    public double? AdjustedP { get; init; }

    /// <summary>Smallest effect that these months would find, from the months before; null where it cannot be computed.</summary>
    public PlanPower? Power { get; init; }

    /// <summary>The effect with the transition counted as before; null where there is none.</summary>
    public double? WithTransition { get; init; }

    /// <summary>What the comparator's own content does; null where no shares are given.</summary>
    public ContaminationFinding? Contamination { get; init; }

    /// <summary>The panel as a file; null where none was made.</summary>
    public string? PanelCsv { get; init; }

    /// <summary>Name of its table on a page.</summary>
    public string PanelId => "panel-" + Criterion.Id + (string.Equals(Area, Criterion.Area, StringComparison.OrdinalIgnoreCase) && !IsBorough ? "" : "-" + Area.ToLowerInvariant());

    /// <summary>The file it is downloaded as.</summary>
    public string PanelFile => $"pathfinder-{PanelId}.csv";

    /// <summary>Whether it is one borough of the criterion's area.</summary>
    public bool IsBorough { get; init; }

    /// <summary>The command that answers the same from that file.</summary>
    public string? Command { get; init; }

    /// <summary>Area, then comparators.</summary>
    public IReadOnlyList<FindingSeries> Series { get; init; } = [];

    /// <summary>The exact versions of the observations used.</summary>
    public IReadOnlyList<Reliance> Inputs { get; init; } = [];
}

/// <summary>What a criterion comes to: at its own area, and borough by borough.</summary>
/// <param name="Unit">At the command unit (or whatever area the criterion names).</param>
/// <param name="Boroughs">Each borough of the pilot; empty where the area is no pilot's unit.</param>
/// <param name="Verdict">That of the level at which the criterion counts.</param>
/// <param name="Why">Why, in a sentence.</param>
public sealed record CriterionResult(CriterionFinding Unit, IReadOnlyList<CriterionFinding> Boroughs, CriterionVerdict Verdict, string Why)
{
    /// <summary>The criterion.</summary>
    public Criterion Criterion => Unit.Criterion;
}

/// <summary>What the gate says of one pilot.</summary>
/// <param name="Pilot">The pilot.</param>
/// <param name="Verdict">What the rule proposes.</param>
/// <param name="Reasons">Why, sentences without full stop.</param>
/// <param name="Results">Its criteria.</param>
/// <param name="Chart">The control chart of its first criterion's measure, watched month by month; null where it cannot be drawn.</param>
/// <param name="ChartWhy">Why there is no chart; null where there is one.</param>
public sealed record PilotFinding(StoredRecord<Pilot> Pilot, GateVerdict Verdict, IReadOnlyList<string> Reasons, IReadOnlyList<CriterionResult> Results, ChartAnswer? Chart, string? ChartWhy);

/// <summary>What a plan comes to as at dates.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Headline">A finding.</param>
/// <param name="Holds">Whether it says what its lock vouches for; false is a change made outside the product.</param>
/// <param name="Pilots">Each pilot.</param>
/// <param name="Results">Every criterion, in the order of the plan.</param>
/// <param name="Measures">The measures used, by key.</param>
/// <param name="Redefined">Measures whose definition is not the one locked, sentences.</param>
public sealed record PlanFinding(
    StoredRecord<EvaluationPlan> Plan, string Headline, bool Holds, IReadOnlyList<PilotFinding> Pilots, IReadOnlyList<CriterionResult> Results,
    IReadOnlyDictionary<string, StoredRecord<Measure>> Measures, IReadOnlyList<string> Redefined)
{
    /// <summary>Everything the finding was computed from, in exact versions: the plan, its measures, the observations.</summary>
    public IReadOnlyList<Reliance> Evidence { get; } =
    [
        Of(Plan, "The plan"),
        .. Measures.Values.Select(measure => Of(measure, "The measure's definition")),
        .. Results.SelectMany(result => result.Boroughs.Prepend(result.Unit)).SelectMany(finding => finding.Inputs).DistinctBy(input => input.On, StringComparer.Ordinal),
    ];

    private static Reliance Of(StoredRecord record, string what) => new() { On = record.Reference, Version = record.VersionId, Fingerprint = Reliances.Fingerprint(record), For = what };
}
