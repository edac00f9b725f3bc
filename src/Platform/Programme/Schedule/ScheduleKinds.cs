using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>A date that was approved to be held to.</summary>
public sealed record Baseline : RecordRow
{
    [Field("Date", Required = true)]
    public PartialDate? Date { get; init; }

    [Field("Approved by", RefersTo = "body")]
    public string? ApprovedBy { get; init; }

    [Field("Approved on")]
    public PartialDate? ApprovedOn { get; init; }

    [Field("Why")]
    public string? Why { get; init; }
}

/// <summary>When something is expected, as somebody expected it on a day.</summary>
public sealed record Forecast : RecordRow
{
    [Field("Date", Required = true)]
    public PartialDate? Date { get; init; }

    [Field("Made on")]
    public PartialDate? MadeOn { get; init; }

    [Field("Why", Hint = "What moved it")]
    public string? Why { get; init; }
}

/// <summary>When it happened.</summary>
public sealed record Actual : RecordRow
{
    [Field("Date")]
    public PartialDate? Date { get; init; }

    [Field("Evidence", Hint = "What shows it")]
    public string? Evidence { get; init; }

    [Field("Why it was on record as open after that", Hint = "Needed where it was last reported as open later than it happened")]
    public string? OpenAfter { get; init; }
}

/// <summary>Completion in n of N places.</summary>
public sealed record Completion : RecordRow
{
    [Field("In place for")]
    public int? Done { get; init; }

    [Field("Out of", Hint = "Empty where the whole number was not stated")]
    public int? Of { get; init; }

    [Field("Unit", Hint = "MASH, boroughs, wards …")]
    public string? Unit { get; init; }
}

/// <summary>How one thing waits for another.</summary>
public enum DependencyKind
{
    /// <summary>Can start once the other is finished.</summary>
    FinishToStart,

    /// <summary>Can finish once the other is finished.</summary>
    FinishToFinish,

    /// <summary>Can start once the other has started.</summary>
    StartToStart,
}

/// <summary>A dependency of a milestone.</summary>
public sealed record Dependency : RecordRow
{
    [Field("Waits for", RefersTo = "*", Required = true, Hint = "milestone:KEY, decision:KEY …")]
    public string On { get; init; } = "";

    [Field("How")]
    public DependencyKind Kind { get; init; }

    [Field("Lag", Unit = "days")]
    public int? LagDays { get; init; }

    [Field("Why")]
    public string? Why { get; init; }
}

/// <summary>A rating that was published, kept beside the one that the rule computes.</summary>
public sealed record PublishedRating : RecordRow
{
    [Field("Rating", Hint = "A word of the scale")]
    public string? Rating { get; init; }

    [Field("Scale", RefersTo = "rating-scale")]
    public string? Scale { get; init; }

    [Field("Reason", Lines = 3, Hint = "Needed where it differs from the computed rating")]
    public string? Reason { get; init; }

    [Field("Holds until", Hint = "When a rating that differs must be looked at again")]
    public DateOnly? Expires { get; init; }
}

/// <summary>Something to be reached by a date.</summary>
public sealed record Milestone : ProgrammeRecord
{
    [Field("Place in the report")]
    public int? Order { get; init; }

    [Field("Baselines", InList = true, Hint = "The first is the oldest; the last holds")]
    public IReadOnlyList<Baseline> Baselines { get; init; } = [];

    [Field("Forecasts", InList = true, Hint = "The last holds")]
    public IReadOnlyList<Forecast> Forecasts { get; init; } = [];

    [Field("Actual")]
    public Actual? Actual { get; init; }

    [Field("Completion")]
    public Completion? Completion { get; init; }

    [Field("Depends on")]
    public IReadOnlyList<Dependency> DependsOn { get; init; } = [];

    [Field("On track while", IsQuery = true, Lines = 2, Hint = "What its measures must show, as a query: i-in-target[EA, latest] >= 90; empty where no measure says whether it is on track")]
    public string? OnTrackWhile { get; init; }

    [Field("Needs", Hint = "Enablers: estates, fleet, technology, staffing, one a line")]
    public IReadOnlyList<string> Enablers { get; init; } = [];

    [Field("Published rating")]
    public PublishedRating? Published { get; init; }

    [Field("Tranche", RefersTo = "tranche")]
    public string? Tranche { get; init; }

    [Field("Activities of the next period", Hint = "One a line")]
    public IReadOnlyList<string> NextActivities { get; init; } = [];
}

/// <summary>A tranche within a named series: two documents may number theirs differently.</summary>
public sealed record Tranche : ProgrammeRecord
{
    [Field("Series", Required = true, InList = true, Hint = "Whose numbering it is: SLP programme plan, pathfinder go-live …")]
    public string Series { get; init; } = "";

    [Field("Number", Required = true, InList = true)]
    public int Number { get; init; }

    [Field("Starts", InList = true)]
    public PartialDate? Starts { get; init; }

    [Field("Ends", InList = true)]
    public PartialDate? Ends { get; init; }

    [Field("What it enables", Hint = "One a line")]
    public IReadOnlyList<string> Enables { get; init; } = [];
}

/// <summary>Something that may not happen before, or between, dates.</summary>
public sealed record Embargo : ProgrammeRecord
{
    [Field("What is embargoed", Required = true, InList = true)]
    public string What { get; init; } = "";

    [Field("Not before", InList = true)]
    public PartialDate? NotBefore { get; init; }

    [Field("Applies to", RefersTo = "*", Hint = "Milestones or waves it holds back, as kind:key")]
    public IReadOnlyList<string> AppliesTo { get; init; } = [];

    [Field("Agreed by", RefersTo = "body")]
    public string? AgreedBy { get; init; }
}
