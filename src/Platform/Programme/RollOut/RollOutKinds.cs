using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>A command unit in a wave.</summary>
public sealed record WaveUnit : RecordRow
{
    [Field("Name as stated", Required = true, Hint = "A name is never a key: two clusters of one document are called West")]
    public string Name { get; init; } = "";

    [Field("Code of the command unit", Required = true)]
    public string Code { get; init; } = "";

    [Field("Boroughs", IsArea = true)]
    public IReadOnlyList<string> Boroughs { get; init; } = [];

    [Field("Commander", RefersTo = "post")]
    public string? Commander { get; init; }
}

/// <summary>A wave of a roll-out: units that go live together.</summary>
public sealed record Wave : ProgrammeRecord
{
    [Field("Series", Required = true, InList = true)]
    public string Series { get; init; } = "";

    [Field("Number", Required = true, InList = true)]
    public int Number { get; init; }

    [Field("Goes live", InList = true)]
    public PartialDate? GoesLive { get; init; }

    [Field("Went live")]
    public PartialDate? WentLive { get; init; }

    [Field("Units", InList = true)]
    public IReadOnlyList<WaveUnit> Units { get; init; } = [];

    [Field("Engagement begins", Hint = "Counted from the announcement where it is left empty")]
    public PartialDate? EngagementBegins { get; init; }
}

/// <summary>How long each phase before and after a go-live was promised to last, and from when it is counted.</summary>
public sealed record RollOutTerms : ProgrammeRecord
{
    [Field("Series", Required = true, InList = true)]
    public string Series { get; init; } = "";

    [Field("Announced", Required = true, InList = true)]
    public PartialDate? Announced { get; init; }

    [Field("Engagement", Unit = "months", InList = true)]
    public int EngagementMonths { get; init; }

    [Field("Preparation", Unit = "months", InList = true)]
    public int PreparationMonths { get; init; }

    [Field("Go-live period, at least", Unit = "months", InList = true)]
    public int GoLiveMonths { get; init; }

    [Field("What happens during them", Lines = 2)]
    public string? During { get; init; }
}

/// <summary>What is restored, and how, if a test is called off.</summary>
public sealed record ReversalStep : RecordRow
{
    [Field("Restore", Required = true)]
    public string What { get; init; } = "";

    [Field("How")]
    public string? How { get; init; }

    [Field("Trigger", Hint = "What calls for it")]
    public string? Trigger { get; init; }

    [Field("Lead time", Unit = "days")]
    public int? LeadDays { get; init; }

    [Field("Cost", Unit = "£")]
    public decimal? Cost { get; init; }

    [Field("Rehearsed on")]
    public PartialDate? RehearsedOn { get; init; }
}

/// <summary>Whether a council agreed to a test.</summary>
public enum ConsentState
{
    /// <summary>Approached, not answered.</summary>
    Approached,

    /// <summary>Agreed.</summary>
    Agreed,

    /// <summary>Refused.</summary>
    Refused,

    /// <summary>Withdrawn.</summary>
    Withdrawn,

    /// <summary>Takes part; the agreement itself is not on record.</summary>
    TakesPart,
}

/// <summary>A council's agreement to a test.</summary>
public sealed record Consent : RecordRow
{
    [Field("Council", RefersTo = "party", Required = true)]
    public string Council { get; init; } = "";

    [Field("State")]
    public ConsentState State { get; init; }

    [Field("On")]
    public PartialDate? On { get; init; }

    [Field("Conditions")]
    public string? Conditions { get; init; }
}

/// <summary>A change of the model during a test.</summary>
public sealed record Adaptation : RecordRow
{
    [Field("On", Required = true)]
    public PartialDate? On { get; init; }

    [Field("What changed", Required = true, Lines = 2)]
    public string What { get; init; } = "";

    [Field("Function")]
    public string? Function { get; init; }
}

/// <summary>A phase of a test.</summary>
public sealed record PilotPhase : RecordRow
{
    [Field("Phase", Required = true)]
    public string What { get; init; } = "";

    [Field("Starts")]
    public PartialDate? Starts { get; init; }

    [Field("Ends")]
    public PartialDate? Ends { get; init; }
}

/// <summary>A live, reversible test of the model in some boroughs: a pathfinder.</summary>
public sealed record Pilot : ProgrammeRecord
{
    [Field("Code of the command unit", Required = true, InList = true)]
    public string Unit { get; init; } = "";

    [Field("Boroughs", IsArea = true)]
    public IReadOnlyList<string> Boroughs { get; init; } = [];

    [Field("Fully live", InList = true)]
    public PartialDate? Live { get; init; }

    [Field("Commander", RefersTo = "post")]
    public string? Commander { get; init; }

    [Field("Overseen by", RefersTo = "body")]
    public string? Board { get; init; }

    [Field("Phases")]
    public IReadOnlyList<PilotPhase> Phases { get; init; } = [];

    [Field("Consents")]
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    [Field("Adaptations")]
    public IReadOnlyList<Adaptation> Adaptations { get; init; } = [];

    [Field("Reversal")]
    public IReadOnlyList<ReversalStep> Reversal { get; init; } = [];

    [Field("Evaluated for", Hint = "The command unit, each borough …")]
    public IReadOnlyList<string> EvaluatedFor { get; init; } = [];
}

/// <summary>A plan to bring performance back.</summary>
public sealed record RecoveryPlan : ProgrammeRecord
{
    [Field("Test", RefersTo = "pilot", InList = true)]
    public string? Pilot { get; init; }

    [Field("Measure", RefersTo = "measure", InList = true)]
    public string? Measure { get; init; }

    [Field("Starts", InList = true)]
    public PartialDate? Starts { get; init; }

    [Field("Steps", Hint = "One a line")]
    public IReadOnlyList<string> Steps { get; init; } = [];

    [Field("Recovered when", IsQuery = true)]
    public string? Recovered { get; init; }
}

/// <summary>How people outside are spoken with.</summary>
public enum EngagementKind
{
    /// <summary>A workshop or meeting with partners.</summary>
    Engagement,

    /// <summary>A consultation.</summary>
    Consultation,

    /// <summary>A communication sent out.</summary>
    Communication,

    /// <summary>Feedback received.</summary>
    Feedback,

    /// <summary>Training or briefing of staff.</summary>
    Training,
}

/// <summary>Engagement, consultation, communication or feedback.</summary>
public sealed record Engagement : ProgrammeRecord
{
    [Field("Kind", InList = true)]
    public EngagementKind Kind { get; init; }

    [Field("When", InList = true)]
    public PartialDate? When { get; init; }

    [Field("With or to", RefersTo = "party", InList = true)]
    public IReadOnlyList<string> With { get; init; } = [];

    [Field("Channel")]
    public string? Channel { get; init; }

    [Field("What was said", Hint = "One thing a line")]
    public IReadOnlyList<string> Said { get; init; } = [];

    [Field("What was asked for or follows", Hint = "One thing a line")]
    public IReadOnlyList<string> Asked { get; init; } = [];
}

/// <summary>An assessment of impact: equality, privacy, community, health and safety, estates.</summary>
public sealed record ImpactAssessment : ProgrammeRecord
{
    [Field("Of what", InList = true, Hint = "Equality, privacy, estates, environment …")]
    public string? Subject { get; init; }

    [Field("Finding", Lines = 3)]
    public string? Finding { get; init; }

    [Field("Advised by")]
    public string? AdvisedBy { get; init; }

    [Field("Owed for", RefersTo = "*", Hint = "What still needs one, as kind:key")]
    public IReadOnlyList<string> OwedFor { get; init; } = [];

    [Field("Done", InList = true)]
    public PartialDate? Done { get; init; }
}
