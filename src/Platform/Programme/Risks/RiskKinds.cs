using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Risks;

/// <summary>How a risk is judged at one point: before controls, now, with all controls, as wanted.</summary>
public sealed record RiskLevel : RecordRow
{
    [Field("Rating", Hint = "A word of the scale")]
    public string? Rating { get; init; }

    [Field("Likelihood", Hint = "1 to 5")]
    public int? Likelihood { get; init; }

    [Field("Impact", Hint = "1 to 5")]
    public int? Impact { get; init; }
}

/// <summary>Whether a control works.</summary>
public enum ControlEffect
{
    /// <summary>Not judged.</summary>
    NotAssessed,

    /// <summary>Works.</summary>
    Effective,

    /// <summary>Works in part.</summary>
    Partial,

    /// <summary>Does not work.</summary>
    Ineffective,
}

/// <summary>What is done about a risk or issue.</summary>
public sealed record RiskControl : RecordRow
{
    [Field("Control", Required = true)]
    public string What { get; init; } = "";

    [Field("Owner", RefersTo = "post")]
    public string? Owner { get; init; }

    [Field("Due")]
    public PartialDate? Due { get; init; }

    [Field("Done")]
    public PartialDate? Done { get; init; }

    [Field("Effect")]
    public ControlEffect Effect { get; init; }
}

/// <summary>A risk: a cause may lead to an event that has an effect.</summary>
public sealed record Risk : ProgrammeRecord
{
    [Field("Cause", Lines = 2)]
    public string? Cause { get; init; }

    [Field("Event", Lines = 2, Required = true)]
    public string Event { get; init; } = "";

    [Field("Effect", Lines = 2)]
    public string? Effect { get; init; }

    [Field("Category", InList = true)]
    public string? Category { get; init; }

    [Field("Inherent", Hint = "Before any control")]
    public RiskLevel? Inherent { get; init; }

    [Field("Current")]
    public RiskLevel? Current { get; init; }

    [Field("Residual", Hint = "Once all controls are in place")]
    public RiskLevel? Residual { get; init; }

    [Field("Target")]
    public RiskLevel? Target { get; init; }

    [Field("Proximity", Hint = "When it may happen")]
    public PartialDate? Proximity { get; init; }

    [Field("Controls")]
    public IReadOnlyList<RiskControl> Controls { get; init; } = [];

    [Field("Published rating", InList = true)]
    public PublishedRating? Published { get; init; }

    [Field("Threatens", RefersTo = "*", Hint = "Milestones, benefits, work it threatens, as kind:key")]
    public IReadOnlyList<string> Threatens { get; init; } = [];

    [Field("Became the issue", RefersTo = "issue")]
    public string? BecameIssue { get; init; }

    [Field("Accepted by decision", RefersTo = "decision")]
    public string? AcceptedBy { get; init; }

    [Field("Acceptance ends")]
    public DateOnly? AcceptanceEnds { get; init; }

    [Field("Stated again as", Hint = "How another place of a source words the same risk: one row a place")]
    public IReadOnlyList<RiskWording> Wordings { get; init; } = [];

    [Field("Closed")]
    public PartialDate? Closed { get; init; }

    [Field("Why it was on record as open after that", Hint = "Needed where it was last reported as open later than it was closed")]
    public string? OpenAfter { get; init; }
}

/// <summary>The same risk as another place words it.</summary>
public sealed record RiskWording : RecordRow
{
    [Field("Where", Required = true)]
    public string Where { get; init; } = "";

    [Field("Number there")]
    public int? Number { get; init; }

    [Field("How it is put", Lines = 2, Hint = "In our own words")]
    public string? Says { get; init; }

    [Field("Lines of the document")]
    public string? Lines { get; init; }
}

/// <summary>Something that has happened and must be dealt with.</summary>
public sealed record Issue : ProgrammeRecord
{
    [Field("What happened", Lines = 2, Required = true)]
    public string Event { get; init; } = "";

    [Field("Effect", Lines = 2)]
    public string? Effect { get; init; }

    [Field("Came from the risk", RefersTo = "risk", InList = true)]
    public string? FromRisk { get; init; }

    [Field("Raised", InList = true)]
    public PartialDate? Raised { get; init; }

    [Field("Severity", Hint = "A word of the scale")]
    public string? Severity { get; init; }

    [Field("Controls")]
    public IReadOnlyList<RiskControl> Controls { get; init; } = [];

    [Field("Published rating", InList = true)]
    public PublishedRating? Published { get; init; }

    [Field("Closed", InList = true)]
    public PartialDate? Closed { get; init; }

    [Field("Why it was on record as open after that", Hint = "Needed where it was last reported as open later than it was closed")]
    public string? OpenAfter { get; init; }
}
