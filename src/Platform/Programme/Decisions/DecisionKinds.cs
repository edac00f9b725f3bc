using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Decisions;

/// <summary>A section of a paper; a section that is owed may be answered with nil.</summary>
public sealed record PaperSection : RecordRow
{
    [Field("Section", Required = true, Hint = "Introduction and background, issues for consideration, financial, legal, equality, background papers …")]
    public string Name { get; init; } = "";

    [Field("What it says", Lines = 6)]
    public string? Says { get; init; }

    [Field("Nil return", Hint = "There is nothing to say, and that was considered")]
    public bool Nil { get; init; }
}

/// <summary>A numbered recommendation.</summary>
public sealed record Recommendation : RecordRow
{
    [Field("Number", Required = true)]
    public int Number { get; init; }

    [Field("What is recommended", Required = true, Lines = 2)]
    public string What { get; init; } = "";

    [Field("Amount", Unit = "£")]
    public decimal? Amount { get; init; }

    [Field("Outcome")]
    public RecommendationOutcome Outcome { get; init; }
}

/// <summary>What became of a recommendation.</summary>
public enum RecommendationOutcome
{
    /// <summary>Not decided yet.</summary>
    Open,

    /// <summary>Agreed.</summary>
    Agreed,

    /// <summary>Agreed with changes.</summary>
    Amended,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Put off.</summary>
    Deferred,
}

/// <summary>An option that was looked at and rejected.</summary>
public sealed record RejectedOption : RecordRow
{
    [Field("Option", Required = true)]
    public string Option { get; init; } = "";

    [Field("Why not", Required = true)]
    public string Why { get; init; } = "";
}

/// <summary>Whose advice.</summary>
public enum AdviceKind
{
    /// <summary>Head of unit.</summary>
    UnitHead,

    /// <summary>Legal.</summary>
    Legal,

    /// <summary>Financial.</summary>
    Financial,

    /// <summary>Equality.</summary>
    Equality,

    /// <summary>Originating officer.</summary>
    Officer,

    /// <summary>Other.</summary>
    Other,
}

/// <summary>Advice taken, or a declaration made, before a decision.</summary>
public sealed record Advice : RecordRow
{
    [Field("Kind")]
    public AdviceKind Kind { get; init; }

    [Field("By", Hint = "Post or team")]
    public string? By { get; init; }

    [Field("What it says", Lines = 2)]
    public string? Says { get; init; }

    [Field("Confirmed")]
    public bool Confirmed { get; init; }
}

/// <summary>A signature.</summary>
public sealed record Signature : RecordRow
{
    [Field("Post", RefersTo = "post")]
    public string? Post { get; init; }

    [Field("Name", Hint = "As it reads; left empty where it cannot be read")]
    public string? Name { get; init; }

    [Field("Date")]
    public PartialDate? Date { get; init; }

    [Field("As", Hint = "Decision maker, officer approval …")]
    public string? As { get; init; }
}

/// <summary>A condition of a decision.</summary>
public sealed record Condition : RecordRow
{
    [Field("Condition", Required = true)]
    public string What { get; init; } = "";

    [Field("Due")]
    public PartialDate? Due { get; init; }

    [Field("Met")]
    public PartialDate? Met { get; init; }

    [Field("Evidence")]
    public string? Evidence { get; init; }
}

/// <summary>An exact version of a record that a decision rests on.</summary>
public sealed record Reliance : RecordRow
{
    [Field("Record", RefersTo = "*", Required = true, Hint = "As kind:key")]
    public string On { get; init; } = "";

    [Field("Version", Hint = "Number of the version relied on; set when the decision is taken")]
    public long? Version { get; init; }

    [Field("For", Hint = "What it shows")]
    public string? For { get; init; }

    [Field("Fingerprint", Hint = "Of what that version says, by which it is known again in another store; set when the decision is taken")]
    public string? Fingerprint { get; init; }

    [Field("Fingerprint looked at again", Hint = "Of the version seen when the decision was reconsidered; set then")]
    public string? Seen { get; init; }
}

/// <summary>That a decision was looked at again after what it rests on had changed.</summary>
public sealed record Reconsideration : RecordRow
{
    [Field("On")]
    public PartialDate? On { get; init; }

    [Field("By")]
    public string? By { get; init; }

    [Field("Result", Required = true, Lines = 2)]
    public string Result { get; init; } = "";
}

/// <summary>What was to be done after a decision, and whether it was.</summary>
public sealed record FollowThrough : RecordRow
{
    [Field("Action", Required = true)]
    public string What { get; init; } = "";

    [Field("Who", RefersTo = "post")]
    public string? Who { get; init; }

    [Field("Agreed")]
    public PartialDate? Agreed { get; init; }

    [Field("Due")]
    public PartialDate? Due { get; init; }

    [Field("Reminded")]
    public PartialDate? Reminded { get; init; }

    [Field("Done")]
    public PartialDate? Done { get; init; }
}

/// <summary>Where a decision stands.</summary>
public enum DecisionState
{
    /// <summary>Being drafted.</summary>
    Draft,

    /// <summary>With the decision maker.</summary>
    Submitted,

    /// <summary>Taken.</summary>
    Taken,

    /// <summary>Put off.</summary>
    Deferred,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Withdrawn.</summary>
    Withdrawn,
}

/// <summary>Whether the public part of a decision is published.</summary>
public enum PublicationState
{
    /// <summary>Not published yet.</summary>
    NotPublished,

    /// <summary>To be published on approval.</summary>
    OnApproval,

    /// <summary>Put off to a date.</summary>
    Deferred,

    /// <summary>Published.</summary>
    Published,

    /// <summary>Exempt from publication.</summary>
    Exempt,
}

/// <summary>Publication of a decision.</summary>
public sealed record Publication : RecordRow
{
    [Field("Part 1")]
    public PublicationState State { get; init; }

    [Field("Deferred until", Hint = "Owed where it is deferred; kept as short as is necessary")]
    public DateOnly? DeferredUntil { get; init; }

    [Field("Why it is deferred")]
    public string? DeferralReason { get; init; }

    [Field("There is a Part 2")]
    public bool HasPart2 { get; init; }

    [Field("Ground of Part 2", Hint = "Commercial sensitivity …")]
    public string? Part2Ground { get; init; }
}

/// <summary>A decision and its paper.</summary>
public sealed record Decision : ProgrammeRecord
{
    [Field("State", InList = true)]
    public DecisionState State { get; init; }

    [Field("Decision maker", RefersTo = "post", InList = true)]
    public string? DecisionMaker { get; init; }

    [Field("Body", RefersTo = "body")]
    public string? Body { get; init; }

    [Field("Decided on", InList = true)]
    public PartialDate? DecidedOn { get; init; }

    [Field("Due", Hint = "By when it is wanted")]
    public PartialDate? Due { get; init; }

    [Field("Amount", Unit = "£", InList = true)]
    public decimal? Amount { get; init; }

    [Field("Recommendations")]
    public IReadOnlyList<Recommendation> Recommendations { get; init; } = [];

    [Field("Paper")]
    public IReadOnlyList<PaperSection> Sections { get; init; } = [];

    [Field("Options rejected")]
    public IReadOnlyList<RejectedOption> OptionsRejected { get; init; } = [];

    [Field("Advice and declarations")]
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    [Field("Interests declared", Hint = "\"None\" is an answer; empty means not asked")]
    public string? Interests { get; init; }

    [Field("Signatures")]
    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    [Field("Authority", RefersTo = "authority-rule", Hint = "The rule that says who must decide")]
    public string? Authority { get; init; }

    [Field("Publication")]
    public Publication? Publication { get; init; }

    [Field("Exemption", Hint = "From a step of the route, and the rationale")]
    public string? Exemption { get; init; }

    [Field("Deferred to")]
    public PartialDate? DeferredTo { get; init; }

    [Field("Conditions")]
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    [Field("Rests on")]
    public IReadOnlyList<Reliance> RestsOn { get; init; } = [];

    [Field("Follow-through")]
    public IReadOnlyList<FollowThrough> FollowThrough { get; init; } = [];

    [Field("Reconsidered", Hint = "When it was looked at again after what it rests on had changed, and with what result")]
    public string? Reconsidered { get; init; }

    [Field("Looked at again")]
    public IReadOnlyList<Reconsideration> Reconsiderations { get; init; } = [];
}

/// <summary>The confidential part of a decision's paper, for its readers alone.</summary>
public sealed record ConfidentialPart : ProgrammeRecord
{
    [Field("Decision", RefersTo = "decision", Required = true, InList = true)]
    public string Decision { get; init; } = "";

    [Field("Legal rationale", Lines = 2, Required = true)]
    public string Rationale { get; init; } = "";

    [Field("What it says", Lines = 10)]
    public string? Says { get; init; }
}

/// <summary>Who must decide what.</summary>
public sealed record AuthorityRule : ProgrammeRecord
{
    [Field("Applies from an amount of", Unit = "£", InList = true)]
    public decimal? FromAmount { get; init; }

    [Field("Up to, not including", Unit = "£")]
    public decimal? UpToAmount { get; init; }

    [Field("Applies to", InList = true)]
    public string? AppliesTo { get; init; }

    [Field("Who must decide", RefersTo = "post", Required = true, InList = true)]
    public string Decider { get; init; } = "";
}

/// <summary>A stage of a business case.</summary>
public enum CaseStage
{
    /// <summary>Mandate.</summary>
    Mandate,

    /// <summary>Strategic outline case.</summary>
    Soc,

    /// <summary>Outline business case.</summary>
    Obc,

    /// <summary>Full business case.</summary>
    Fbc,
}

/// <summary>A passage of a stage through a body.</summary>
public sealed record Passage : RecordRow
{
    [Field("Stage", Required = true)]
    public CaseStage Stage { get; init; }

    [Field("Through", RefersTo = "body")]
    public string? Body { get; init; }

    [Field("Planned")]
    public PartialDate? Planned { get; init; }

    [Field("Actual")]
    public PartialDate? Actual { get; init; }

    [Field("Outcome", Hint = "Submitted, approved, updated, revision required …")]
    public string? Outcome { get; init; }
}

/// <summary>A business case on its way from mandate to full case.</summary>
public sealed record BusinessCase : ProgrammeRecord
{
    [Field("Passages", InList = true)]
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    [Field("Presented by")]
    public string? PresentedBy { get; init; }

    [Field("On behalf of")]
    public string? OnBehalfOf { get; init; }
}
