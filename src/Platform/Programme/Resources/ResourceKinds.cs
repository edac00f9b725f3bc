using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>A line of a budget.</summary>
public sealed record BudgetLine : RecordRow
{
    [Field("For", Required = true)]
    public string For { get; init; } = "";

    [Field("Amount", Unit = "£", Required = true)]
    public decimal Amount { get; init; }

    [Field("Contingency")]
    public bool Contingency { get; init; }

    [Field("Notes", Lines = 2)]
    public string? Notes { get; init; }
}

/// <summary>Money spent, or expected to be.</summary>
public sealed record Spend : RecordRow
{
    [Field("Period", Required = true)]
    public PartialDate? Period { get; init; }

    [Field("Line", Hint = "The budget line it is charged to")]
    public string? Line { get; init; }

    [Field("Actual", Unit = "£")]
    public decimal? Actual { get; init; }

    [Field("Forecast", Unit = "£")]
    public decimal? Forecast { get; init; }
}

/// <summary>Money moved between lines.</summary>
public sealed record Virement : RecordRow
{
    [Field("From", Required = true)]
    public string From { get; init; } = "";

    [Field("To", Required = true)]
    public string To { get; init; } = "";

    [Field("Amount", Unit = "£", Required = true)]
    public decimal Amount { get; init; }

    [Field("On")]
    public PartialDate? On { get; init; }

    [Field("Why", Required = true)]
    public string Why { get; init; } = "";
}

/// <summary>Funding of work.</summary>
public sealed record Funding : ProgrammeRecord
{
    [Field("Paid from", InList = true)]
    public string? Fund { get; init; }

    [Field("Stated total", Unit = "£", InList = true)]
    public decimal? StatedTotal { get; init; }

    [Field("Approved", Unit = "£", InList = true)]
    public decimal? Approved { get; init; }

    [Field("Approved by decision", RefersTo = "decision")]
    public string? Decision { get; init; }

    [Field("Lines")]
    public IReadOnlyList<BudgetLine> Lines { get; init; } = [];

    [Field("Spend")]
    public IReadOnlyList<Spend> Spend { get; init; } = [];

    [Field("Virements")]
    public IReadOnlyList<Virement> Virements { get; init; } = [];
}

/// <summary>How an entry moves the establishment.</summary>
public enum EntryKind
{
    /// <summary>The posts there are or shall be.</summary>
    Total,

    /// <summary>Posts added.</summary>
    Uplift,

    /// <summary>Posts taken away.</summary>
    Reduction,

    /// <summary>Posts moved from one place to another.</summary>
    Transfer,

    /// <summary>People held.</summary>
    Strength,

    /// <summary>Posts without people.</summary>
    Vacancy,
}

/// <summary>An entry in the ledger of posts.</summary>
public sealed record EstablishmentEntry : ProgrammeRecord
{
    [Field("Entry", Required = true, InList = true)]
    public EntryKind Entry { get; init; }

    [Field("Function", InList = true, Hint = "Neighbourhoods, response, safeguarding, investigation, programme …")]
    public string? Function { get; init; }

    [Field("Role", InList = true, Hint = "Dedicated ward officer, PCSO, schools officer …")]
    public string? Role { get; init; }

    [Field("Posts", Required = true, InList = true, Unit = "posts")]
    public decimal Posts { get; init; }

    [Field("A ward, or a unit", Hint = "Where the number is a rate: \"ward\", \"command unit\"; empty for a plain number")]
    public string? Per { get; init; }

    [Field("At least")]
    public bool Minimum { get; init; }

    [Field("By or from", InList = true)]
    public PartialDate? When { get; init; }

    [Field("Part of", RefersTo = "establishment-entry", Hint = "The entry whose number contains this one")]
    public string? PartOf { get; init; }

    [Field("Moved from")]
    public string? From { get; init; }

    [Field("Moved to")]
    public string? To { get; init; }

    [Field("Saving", Unit = "£")]
    public decimal? Saving { get; init; }

    [Field("Ring-fenced")]
    public bool RingFenced { get; init; }
}

/// <summary>Officers on duty outside their normal role, for a time.</summary>
public sealed record Abstraction : ProgrammeRecord
{
    [Field("Role", Required = true, InList = true, Hint = "Dedicated ward officer …")]
    public string Role { get; init; } = "";

    [Field("Lent to", InList = true)]
    public string? LentTo { get; init; }

    [Field("Officers", Hint = "Empty where the number was not stated")]
    public int? Officers { get; init; }

    [Field("Starts", InList = true, Holds = HoldingEnd.First, Hint = "As exact as it is known: 3 August 2017, early August 2017")]
    public PartialDate? Starts { get; init; }

    [Field("Ends", InList = true, Holds = HoldingEnd.Last, Hint = "The last day; between the first and the last day it can mean, no verdict is given")]
    public PartialDate? Ends { get; init; }

    [Field("Dated exception of the ring-fence", Hint = "Yes for an event that the ring-fence allows")]
    public bool Exception { get; init; }

    [Field("Why")]
    public string? Why { get; init; }
}

/// <summary>Vehicles and other assets.</summary>
public sealed record Asset : ProgrammeRecord
{
    [Field("Asset", Required = true, InList = true)]
    public string What { get; init; } = "";

    [Field("Count", InList = true)]
    public decimal? Count { get; init; }

    [Field("Change", InList = true, Hint = "Less than 0 for a reduction")]
    public decimal? Change { get; init; }

    [Field("Out of", InList = true)]
    public decimal? OutOf { get; init; }

    [Field("Why")]
    public string? Why { get; init; }
}

/// <summary>An objective of work.</summary>
public sealed record Objective : ProgrammeRecord
{
    [Field("Number", InList = true)]
    public int? Number { get; init; }

    [Field("List", InList = true, Hint = "Which list of objectives it stands in")]
    public string? Series { get; init; }

    [Field("Drives", Hint = "What it leads to")]
    public string? Drives { get; init; }
}

/// <summary>What a benefit is.</summary>
public enum BenefitKind
{
    /// <summary>Better quality, not counted in money.</summary>
    Quality,

    /// <summary>Money that can be taken out.</summary>
    Cashable,

    /// <summary>Worth money that cannot be taken out.</summary>
    NonCashable,

    /// <summary>A bad consequence that was foreseen.</summary>
    Disbenefit,
}

/// <summary>A benefit, from its objective to its measured outcome.</summary>
public sealed record Benefit : ProgrammeRecord
{
    [Field("Objective", RefersTo = "objective", InList = true)]
    public string? Objective { get; init; }

    [Field("Kind", InList = true)]
    public BenefitKind Kind { get; init; }

    [Field("Measure", RefersTo = "measure")]
    public string? Measure { get; init; }

    [Field("Baseline", Hint = "Value before")]
    public decimal? Baseline { get; init; }

    [Field("Target")]
    public decimal? Target { get; init; }

    [Field("By")]
    public PartialDate? By { get; init; }

    [Field("Value", Unit = "£")]
    public decimal? Value { get; init; }

    [Field("Query that measures the outcome", IsQuery = true)]
    public string? Outcome { get; init; }
}

/// <summary>A capability of a portfolio that work contributes to.</summary>
public sealed record Capability : ProgrammeRecord
{
    [Field("Roadmap", InList = true)]
    public string? Roadmap { get; init; }

    [Field("Delivered or helped by", RefersTo = "work", InList = true)]
    public IReadOnlyList<string> ContributedBy { get; init; } = [];
}
