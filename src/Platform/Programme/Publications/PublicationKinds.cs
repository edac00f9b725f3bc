using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Publications;

/// <summary>How often a series appears.</summary>
public enum SeriesCadence
{
    /// <summary>Each month.</summary>
    Monthly,

    /// <summary>Each quarter.</summary>
    Quarterly,

    /// <summary>When there is something to decide or to tell.</summary>
    WhenNeeded,
}

/// <summary>A series of reports: one template, for one work and its readers, again and again.</summary>
public sealed record ReportSeries : ProgrammeRecord
{
    [Field("Template", Required = true, InList = true, Hint = "highlight-report, performance-briefing, decision-paper, member-briefing or portfolio-progress-report")]
    public string Template { get; init; } = "";

    [Field("Cadence", InList = true)]
    public SeriesCadence Cadence { get; init; }

    [Field("Written for", InList = true, Hint = "One a line")]
    public IReadOnlyList<string> Audience { get; init; } = [];

    [Field("Class of the publication register", InList = true, Hint = "Decisions, performance, programme reports …")]
    public string? Class { get; init; }

    [Field("About", RefersTo = "*", Hint = "The one record that each edition is about, as kind:key; of a decision paper the decision, else the last one decided")]
    public string? About { get; init; }
}

/// <summary>Where an edition stands.</summary>
public enum EditionState
{
    /// <summary>Being written; built anew each time it is opened.</summary>
    Draft,

    /// <summary>Built and checked; its author has seen the verdicts.</summary>
    Checked,

    /// <summary>Published: its bytes are kept.</summary>
    Published,

    /// <summary>Published, and followed by a later edition.</summary>
    Superseded,

    /// <summary>Published, and replaced by a correction.</summary>
    Corrected,
}

/// <summary>A sentence that the author of an edition adds.</summary>
public sealed record AuthorSentence : RecordRow
{
    [Field("Sentence", Required = true, Lines = 2)]
    public string Says { get; init; } = "";

    [Field("Query that tests it", IsQuery = true, Hint = "For example i-in-target[EA, 2017-08] > i-in-target[EA, 2017-07]; left empty, it cannot be tested")]
    public string? Query { get; init; }

    [Field("Verdict seen", Hint = "What the check said when the author last saw it")]
    public string? Verdict { get; init; }

    [Field("What showed it")]
    public string? Shown { get; init; }
}

/// <summary>Something that the readers of an edition do not see, and on which ground.</summary>
public sealed record WithheldPart : RecordRow
{
    [Field("What", Required = true)]
    public string What { get; init; } = "";

    [Field("Ground", Required = true)]
    public string Ground { get; init; } = "";
}

/// <summary>One edition of a series, from its draft to what replaced it. Its steps are taken on its own page, never typed.</summary>
public sealed record Edition : ProgrammeRecord
{
    [Field("Series", RefersTo = "report-series", Required = true, InList = true)]
    public string Series { get; init; } = "";

    [Field("State", InList = true)]
    public EditionState State { get; init; }

    [Field("As at", Required = true, InList = true)]
    public DateOnly? AsAt { get; init; }

    [Field("As known on", Required = true, InList = true)]
    public DateOnly? KnownOn { get; init; }

    [Field("As recorded by", Hint = "The moment up to which the store's record was read")]
    public string? RecordedBy { get; init; }

    [Field("What the author says")]
    public IReadOnlyList<AuthorSentence> Sentences { get; init; } = [];

    [Field("Published on", InList = true)]
    public DateOnly? PublishedOn { get; init; }

    [Field("Class of the publication register", InList = true)]
    public string? Class { get; init; }

    [Field("Open without an account", InList = true, Hint = "Only a Part 1 may be")]
    public bool Open { get; init; }

    [Field("Opens on", Hint = "Where publication is deferred")]
    public DateOnly? OpensOn { get; init; }

    [Field("Why it is deferred")]
    public string? DeferralReason { get; init; }

    [Field("Withheld")]
    public IReadOnlyList<WithheldPart> Withheld { get; init; } = [];

    [Field("Hash of the page", Hint = "SHA-256 of the published HTML")]
    public string? Html { get; init; }

    [Field("Hash of the document", Hint = "SHA-256 of the published DOCX")]
    public string? Docx { get; init; }

    [Field("Hash of the data", Hint = "SHA-256 of the published JSON")]
    public string? Json { get; init; }

    [Field("Head of the audit log", Hint = "Sequence and hash when it was published")]
    public string? AuditHead { get; init; }

    [Field("Written by version of the product")]
    public string? Product { get; init; }

    [Field("Corrects", RefersTo = "edition")]
    public string? Corrects { get; init; }

    [Field("What was wrong", Lines = 2)]
    public string? Correction { get; init; }
}
