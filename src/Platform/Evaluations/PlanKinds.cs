using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Evaluations;

/// <summary>A question that an evaluation is to answer.</summary>
public sealed record PlanQuestion : RecordRow
{
    [Field("Number", Required = true)]
    public int Number { get; init; }

    [Field("Question", Required = true, Lines = 2)]
    public string Question { get; init; } = "";
}

/// <summary>At which level a criterion counts; results are shown for both.</summary>
public enum CriterionLevel
{
    /// <summary>The command unit as a whole.</summary>
    CommandUnit,

    /// <summary>Each borough of the unit: met only where every borough meets it.</summary>
    EachBorough,
}

/// <summary>What is held against what.</summary>
public enum CriterionTest
{
    /// <summary>The mean of the window is at least the value.</summary>
    AtLeast,

    /// <summary>The mean of the window is at most the value.</summary>
    AtMost,

    /// <summary>The effect against the comparator is not worse than the value, a margin (non-inferiority).</summary>
    NotWorse,

    /// <summary>The effect against the comparator is better than the value.</summary>
    Better,
}

/// <summary>How the effect against the comparator is estimated.</summary>
public enum CriterionMethod
{
    /// <summary>Difference in differences.</summary>
    Did,

    /// <summary>Synthetic difference in differences.</summary>
    Sdid,

    /// <summary>Synthetic control.</summary>
    Sc,

    /// <summary>Demeaned synthetic control.</summary>
    Difp,

    /// <summary>Interrupted time series, without a comparator.</summary>
    Its,
}

/// <summary>A criterion: what must be seen, where, when, against what, by which method.</summary>
public sealed record Criterion : RecordRow
{
    [Field("Id", Required = true, Hint = "Short, lower case, unique in the plan: i-against-met-ea")]
    public string Id { get; init; } = "";

    [Field("What is to be shown", Required = true, Lines = 2)]
    public string Says { get; init; } = "";

    [Field("Question", Hint = "Number of the question it answers")]
    public int? Question { get; init; }

    [Field("Measure", RefersTo = "measure", Required = true)]
    public string Measure { get; init; } = "";

    [Field("Area", Required = true, Hint = "Code of the command unit, borough or ward")]
    public string Area { get; init; } = "";

    [Field("Level")]
    public CriterionLevel Level { get; init; }

    [Field("Comparators", Hint = "Codes of the areas it is compared with, one a line; empty for none")]
    public IReadOnlyList<string> Comparators { get; init; } = [];

    [Field("Test")]
    public CriterionTest Test { get; init; }

    [Field("Value", Hint = "Threshold or margin, in the unit of the measure; a margin is not below zero")]
    public decimal Value { get; init; }

    [Field("Revert from", Hint = "An effect against the comparator this much worse, or more, calls for the pilot to be reverted; above zero; empty for none")]
    public decimal? RevertFrom { get; init; }

    [Field("Before", Hint = "July 2016 to February 2017")]
    public PartialDate? Before { get; init; }

    [Field("Transition", Hint = "Months that count neither as before nor as after")]
    public PartialDate? Transition { get; init; }

    [Field("Window", Hint = "Months in which the criterion is to be met: May 2017 to August 2017")]
    public PartialDate? Window { get; init; }

    [Field("Method")]
    public CriterionMethod Method { get; init; }

    [Field("Mandatory", Hint = "The pilot cannot go on as it is while this is not met")]
    public bool Mandatory { get; init; }

    [Field("Primary", Hint = "Its error is held by Holm's rule; that of the others by Benjamini and Hochberg's")]
    public bool Primary { get; init; }

    [Field("Expected", Hint = "What is expected in the window, such as a simulation's forecast")]
    public decimal? Expected { get; init; }

    [Field("Expected, lower end")]
    public decimal? ExpectedLower { get; init; }

    [Field("Expected, upper end")]
    public decimal? ExpectedUpper { get; init; }

    [Field("Run", Hint = "Key of the simulation run whose forecast it is")]
    public string? ExpectedRun { get; init; }
}

/// <summary>That a party agreed to the plan.</summary>
public sealed record PlanAgreement : RecordRow
{
    [Field("Party", RefersTo = "party", Required = true)]
    public string Party { get; init; } = "";

    [Field("On")]
    public PartialDate? On { get; init; }

    [Field("By", Hint = "Post or name")]
    public string? By { get; init; }
}

/// <summary>How much of a published comparator a tested area makes up.</summary>
public sealed record ComparatorShare : RecordRow
{
    [Field("Comparator", Required = true)]
    public string Comparator { get; init; } = "";

    [Field("Area in it", Required = true)]
    public string Area { get; init; } = "";

    [Field("Lowest share", Unit = "%")]
    public decimal Lowest { get; init; }

    [Field("Highest share", Unit = "%")]
    public decimal Highest { get; init; }

    [Field("Basis")]
    public string? Basis { get; init; }
}

/// <summary>Something else that could explain what is seen, and what is known of it.</summary>
public sealed record OtherExplanation : RecordRow
{
    [Field("Explanation", Required = true)]
    public string What { get; init; } = "";

    [Field("How it would show")]
    public string? Shows { get; init; }

    [Field("What is known of it", Lines = 2)]
    public string? Known { get; init; }
}

/// <summary>What a criterion could find, from what was known when the plan was locked; computed then.</summary>
public sealed record PlanPower : RecordRow
{
    [Field("Criterion", Required = true)]
    public string Criterion { get; init; } = "";

    [Field("Months before")]
    public int Before { get; init; }

    [Field("Months after")]
    public int After { get; init; }

    [Field("Standard deviation of the gap")]
    public decimal? Sigma { get; init; }

    [Field("Autocorrelation of the gap")]
    public decimal? Autocorrelation { get; init; }

    [Field("Minimum detectable effect", Hint = "Found with a chance of 80% at the two-sided level of 5%")]
    public decimal? Smallest { get; init; }

    [Field("Why there is none")]
    public string? Why { get; init; }
}

/// <summary>The definition of a measure as it was when the plan was locked.</summary>
public sealed record PlanMeasure : RecordRow
{
    [Field("Measure", RefersTo = "measure", Required = true)]
    public string Measure { get; init; } = "";

    [Field("Version of the definition")]
    public int Version { get; init; }

    [Field("Definition", Lines = 2)]
    public string Definition { get; init; } = "";
}

/// <summary>That a plan is locked; set by the step that locks it.</summary>
public sealed record PlanLock : RecordRow
{
    [Field("Locked on")]
    public DateOnly? On { get; init; }

    [Field("By")]
    public string? By { get; init; }

    [Field("Hash", Hint = "SHA-256 of what is locked")]
    public string? Hash { get; init; }

    [Field("Results had been seen", Hint = "Whether values of a window were known by then")]
    public bool ResultsSeen { get; init; }

    [Field("What of them")]
    public string? Seen { get; init; }
}

/// <summary>A change of a locked plan; set by the step that makes it.</summary>
public sealed record PlanAmendment : RecordRow
{
    [Field("On")]
    public DateOnly? On { get; init; }

    [Field("By")]
    public string? By { get; init; }

    [Field("Reason", Required = true, Lines = 2)]
    public string Reason { get; init; } = "";

    [Field("Results had been seen")]
    public bool ResultsSeen { get; init; }

    [Field("What changed", Lines = 2)]
    public string? Changed { get; init; }

    [Field("Hash before")]
    public string? Before { get; init; }

    [Field("Hash after")]
    public string? After { get; init; }
}

/// <summary>
/// What an evaluation will hold a pilot to, agreed and locked before it is known how it went. Once locked, questions, criteria,
/// agreements, shares, power and definitions change by an amendment alone, through whatever door (<see cref="PlanSeal"/>).
/// </summary>
public sealed record EvaluationPlan : ProgrammeRecord
{
    [Field("Pilots", RefersTo = "pilot", InList = true)]
    public IReadOnlyList<string> Pilots { get; init; } = [];

    [Field("Questions")]
    public IReadOnlyList<PlanQuestion> Questions { get; init; } = [];

    [Field("Criteria")]
    public IReadOnlyList<Criterion> Criteria { get; init; } = [];

    [Field("Agreed by", InList = true)]
    public IReadOnlyList<PlanAgreement> AgreedBy { get; init; } = [];

    [Field("Tested areas within the comparator")]
    public IReadOnlyList<ComparatorShare> Shares { get; init; } = [];

    [Field("What else it could be")]
    public IReadOnlyList<OtherExplanation> Explanations { get; init; } = [];

    [Field("Limits", Lines = 3, Hint = "What the evaluation cannot say")]
    public string? Limits { get; init; }

    [Field("Power", ByStep = true, Hint = "Computed when the plan is locked")]
    public IReadOnlyList<PlanPower> Power { get; init; } = [];

    [Field("Definitions", ByStep = true, Hint = "As they were when the plan was locked")]
    public IReadOnlyList<PlanMeasure> Definitions { get; init; } = [];

    [Field("Lock", ByStep = true, Hint = "Set by the step that locks the plan")]
    public PlanLock? Lock { get; init; }

    [Field("Amendments", ByStep = true, Hint = "Set by the step that amends the plan")]
    public IReadOnlyList<PlanAmendment> Amendments { get; init; } = [];
}
