using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>A document that facts come from or go into: a report, a paper, a briefing. Its text may be attached.</summary>
public sealed record Document : ProgrammeRecord
{
    [Field("Published by", RefersTo = "party", InList = true)]
    public string? Publisher { get; init; }

    [Field("Author")]
    public string? Author { get; init; }

    [Field("Dated", InList = true)]
    public PartialDate? Dated { get; init; }

    [Field("Kind of document", InList = true, Hint = "Highlight report, decision paper, briefing, portfolio report …")]
    public string? Genre { get; init; }

    [Field("Audience", Hint = "Whom it was written for or sent to, one a line")]
    public IReadOnlyList<string> Audience { get; init; } = [];

    [Field("Where it can be had", Hint = "An address, or where it is filed")]
    public string? Location { get; init; }

    [Field("Hash of the attached text", Hint = "SHA-256 of the text, which is kept in the store once attached")]
    public string? Content { get; init; }

    [Field("Hash of the attached original", Hint = "SHA-256 of the PDF or DOCX, which is kept in the store once attached")]
    public string? Original { get; init; }

    [Field("Name of the attached original")]
    public string? OriginalName { get; init; }

    [Field("Documents it names", RefersTo = "document")]
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>Something a party stated, kept as stated: a figure, a saving, a claim. With a query it is checked against what is known.</summary>
public sealed record Statement : ProgrammeRecord
{
    [Field("Stated by", RefersTo = "party", InList = true)]
    public string? By { get; init; }

    [Field("Subject", InList = true, Hint = "What it is about, the same words for statements that can be held against each other")]
    public string? Subject { get; init; }

    [Field("Category", InList = true)]
    public StatementCategory Category { get; init; }

    [Field("Stated on", InList = true)]
    public PartialDate? StatedOn { get; init; }

    [Field("What is stated", Lines = 3, Required = true, Hint = "In our own words")]
    public string Says { get; init; } = "";

    [Field("Figure")]
    public decimal? Quantity { get; init; }

    [Field("Unit of the figure", Hint = "£, officers, posts, boroughs …")]
    public string? Unit { get; init; }

    [Field("For the period or by the date")]
    public PartialDate? Period { get; init; }

    [Field("Query that tests it", IsQuery = true, Lines = 2, Hint = "For example i-in-target[CN, 2017-08] >= i-in-target[MPS, 2017-08]; left empty, it is not testable")]
    public string? Query { get; init; }

    [Field("Why it cannot be tested", Hint = "Where there is no query")]
    public string? NotTestable { get; init; }

    [Field("Contradicts", RefersTo = "*", Hint = "Records that say otherwise, as kind:key")]
    public IReadOnlyList<string> Contradicts { get; init; } = [];
}

/// <summary>What a statement is about.</summary>
public enum StatementCategory
{
    /// <summary>A plain fact.</summary>
    Fact,

    /// <summary>A saving, made or to be made.</summary>
    Savings,

    /// <summary>How something performs.</summary>
    Performance,

    /// <summary>A figure of people, posts or places.</summary>
    Figure,

    /// <summary>What is intended.</summary>
    Intention,

    /// <summary>A judgement or view.</summary>
    View,
}
