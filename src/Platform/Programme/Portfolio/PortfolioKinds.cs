using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>A level of the portfolio.</summary>
public enum WorkLevel
{
    /// <summary>All change of an organisation.</summary>
    Portfolio,

    /// <summary>A theme of a portfolio.</summary>
    Strand,

    /// <summary>A programme.</summary>
    Programme,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A reversible test of a change: a pathfinder.</summary>
    Pilot,

    /// <summary>A function within a programme: response, neighbourhoods, safeguarding, investigation.</summary>
    Function,
}

/// <summary>Where a plan stands.</summary>
public enum PlanStatus
{
    /// <summary>Not said.</summary>
    NotStated,

    /// <summary>To be developed, or being scoped.</summary>
    InDevelopment,

    /// <summary>A plan is drafted.</summary>
    Drafted,

    /// <summary>A drafted plan is being or was amended.</summary>
    Amended,

    /// <summary>Presented to those who agree it.</summary>
    Presented,

    /// <summary>Agreed.</summary>
    Agreed,
}

/// <summary>How somebody leads or oversees work.</summary>
public enum LeadRole
{
    /// <summary>Leads.</summary>
    Lead,

    /// <summary>Leads with another.</summary>
    CoLead,

    /// <summary>Helps the lead ("with …").</summary>
    Supports,

    /// <summary>The committee that leads.</summary>
    LeadCommittee,

    /// <summary>The parent committee.</summary>
    ParentCommittee,

    /// <summary>Oversees.</summary>
    Oversight,

    /// <summary>A committee linked to it.</summary>
    LinkedCommittee,
}

/// <summary>A lead of work: a person, a post or a body.</summary>
public sealed record WorkLead : RecordRow
{
    [Field("Role")]
    public LeadRole Role { get; init; }

    [Field("Person", RefersTo = "person")]
    public string? Person { get; init; }

    [Field("Post", RefersTo = "post")]
    public string? Post { get; init; }

    [Field("Body", RefersTo = "body")]
    public string? Body { get; init; }
}

/// <summary>Portfolio, strand, programme, project or pilot. Its <see cref="ProgrammeRecord.Work"/> is the work above it.</summary>
public sealed record WorkItem : ProgrammeRecord
{
    [Field("Level", Required = true, InList = true)]
    public WorkLevel Level { get; init; }

    [Field("Place among its siblings", Hint = "Order in which reports list it")]
    public int? Order { get; init; }

    [Field("Leads")]
    public IReadOnlyList<WorkLead> Leads { get; init; } = [];

    [Field("Plan", InList = true)]
    public PlanStatus Plan { get; init; }

    [Field("Plan goes to", RefersTo = "body")]
    public string? PlanGoesTo { get; init; }

    [Field("Plan due or presented")]
    public PartialDate? PlanDate { get; init; }

    [Field("Starts")]
    public PartialDate? Starts { get; init; }

    [Field("Ends")]
    public PartialDate? Ends { get; init; }

    [Field("Vision", Lines = 3)]
    public string? Vision { get; init; }

    [Field("Functions and what changes", Hint = "What the work does, one a line")]
    public IReadOnlyList<string> Scope { get; init; } = [];
}

/// <summary>What was reported on work for a period: progress, next deliverables, or why nothing was.</summary>
public sealed record ProgressReport : ProgrammeRecord
{
    [Field("Period", Required = true, InList = true)]
    public PartialDate? Period { get; init; }

    [Field("Place in the report")]
    public int? Order { get; init; }

    [Field("Progress", Lines = 6, Hint = "One thing a line")]
    public IReadOnlyList<string> Progress { get; init; } = [];

    [Field("Deliverables of the next period", Lines = 6)]
    public IReadOnlyList<Deliverable> Next { get; init; } = [];

    [Field("Why nothing was reported", InList = true)]
    public string? NotReported { get; init; }
}

/// <summary>Something to be delivered in the next period.</summary>
public sealed record Deliverable : RecordRow
{
    [Field("What", Required = true)]
    public string What { get; init; } = "";

    [Field("When")]
    public PartialDate? When { get; init; }

    [Field("For", RefersTo = "body", Hint = "The body it goes to")]
    public string? For { get; init; }
}
