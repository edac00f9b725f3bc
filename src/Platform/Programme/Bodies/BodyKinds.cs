using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>What a party is.</summary>
public enum PartyKind
{
    /// <summary>A police force.</summary>
    Force,

    /// <summary>A body that oversees the force.</summary>
    Oversight,

    /// <summary>A council, or an association of councils.</summary>
    Council,

    /// <summary>An inspectorate or assurer.</summary>
    Inspectorate,

    /// <summary>A supplier.</summary>
    Supplier,

    /// <summary>A statutory or local partner.</summary>
    Partner,

    /// <summary>A group of people: the public, victims, staff.</summary>
    Audience,

    /// <summary>A part of an organisation: a directorate, a unit.</summary>
    Unit,
}

/// <summary>An organisation, a part of one, or a group of people that takes part.</summary>
public sealed record Party : ProgrammeRecord
{
    [Field("Kind", InList = true)]
    public PartyKind Kind { get; init; }

    [Field("Short name", InList = true)]
    public string? ShortName { get; init; }

    [Field("Organisation it signs in as", Hint = "Code of the organisation whose people sign in here, where there is one")]
    public string? Organisation { get; init; }

    [Field("Part of", RefersTo = "party")]
    public string? PartOf { get; init; }
}

/// <summary>A person in public office or named by a document.</summary>
public sealed record Person : ProgrammeRecord
{
    [Field("Account", Hint = "User name, where the person signs in here")]
    public string? Account { get; init; }

    [Field("Rank or title", InList = true)]
    public string? Rank { get; init; }
}

/// <summary>A post that a person can hold.</summary>
public sealed record Post : ProgrammeRecord
{
    [Field("Of", RefersTo = "party", InList = true)]
    public string? Party { get; init; }

    [Field("Rank", InList = true)]
    public string? Rank { get; init; }

    [Field("Reports to", RefersTo = "post")]
    public string? ReportsTo { get; init; }

    [Field("How many", Hint = "Posts of this description; 1 unless said otherwise")]
    public int Count { get; init; } = 1;

    [Field("Tenure expected", Unit = "years")]
    public decimal? TenureYears { get; init; }
}

/// <summary>That a person holds a post.</summary>
public sealed record Appointment : ProgrammeRecord
{
    [Field("Person", RefersTo = "person", Required = true, InList = true)]
    public string Person { get; init; } = "";

    [Field("Post", RefersTo = "post", Required = true, InList = true)]
    public string Post { get; init; } = "";

    [Field("From", InList = true)]
    public PartialDate? From { get; init; }

    [Field("Until", InList = true)]
    public PartialDate? Until { get; init; }

    [Field("Acting")]
    public bool Acting { get; init; }
}

/// <summary>What a body is.</summary>
public enum BodyKind
{
    /// <summary>A board.</summary>
    Board,

    /// <summary>A committee or sub-committee.</summary>
    Committee,

    /// <summary>A steering, working or user group.</summary>
    Group,

    /// <summary>A forum or panel.</summary>
    Forum,

    /// <summary>A workshop or event that meets once or now and then.</summary>
    Event,
}

/// <summary>A member or chair of a body, by post.</summary>
public sealed record BodyMember : RecordRow
{
    [Field("Post", RefersTo = "post")]
    public string? Post { get; init; }

    [Field("Party", RefersTo = "party", Hint = "Where only the organisation is known")]
    public string? Party { get; init; }

    [Field("Described as", Hint = "As the source says it: a Leader or chief executive …")]
    public string? Described { get; init; }

    [Field("Chairs or co-chairs")]
    public bool Chairs { get; init; }
}

/// <summary>A board, committee, group or forum.</summary>
public sealed record Body : ProgrammeRecord
{
    [Field("Kind", InList = true)]
    public BodyKind Kind { get; init; }

    [Field("Short name", InList = true)]
    public string? ShortName { get; init; }

    [Field("Of", RefersTo = "party", InList = true)]
    public string? Party { get; init; }

    [Field("Under", RefersTo = "body")]
    public string? Parent { get; init; }

    [Field("Members by post")]
    public IReadOnlyList<BodyMember> Members { get; init; } = [];

    [Field("Open to the public")]
    public bool? Public { get; init; }

    [Field("Meets", Hint = "Monthly, quarterly …")]
    public string? Cadence { get; init; }
}

/// <summary>An item on an agenda, or a paper that will be.</summary>
public sealed record AgendaItem : RecordRow
{
    [Field("Item", Required = true)]
    public string What { get; init; } = "";

    [Field("About", RefersTo = "*", Hint = "The record it is about, as kind:key")]
    public string? About { get; init; }

    [Field("By")]
    public string? By { get; init; }

    [Field("Outcome", Lines = 2)]
    public string? Outcome { get; init; }
}

/// <summary>An action of a meeting.</summary>
public sealed record MeetingAction : RecordRow
{
    [Field("Action", Required = true)]
    public string What { get; init; } = "";

    [Field("Who")]
    public string? Who { get; init; }

    [Field("Due")]
    public PartialDate? Due { get; init; }

    [Field("Done")]
    public PartialDate? Done { get; init; }
}

/// <summary>A meeting of a body, past or planned.</summary>
public sealed record Meeting : ProgrammeRecord
{
    [Field("Body", RefersTo = "body", Required = true, InList = true)]
    public string Body { get; init; } = "";

    [Field("When", InList = true)]
    public PartialDate? When { get; init; }

    [Field("Held", InList = true)]
    public bool Held { get; init; }

    [Field("Present", Hint = "One a line")]
    public IReadOnlyList<string> Present { get; init; } = [];

    [Field("Agenda and papers")]
    public IReadOnlyList<AgendaItem> Agenda { get; init; } = [];

    [Field("Actions")]
    public IReadOnlyList<MeetingAction> Actions { get; init; } = [];
}

/// <summary>An inspection or piece of assurance.</summary>
public sealed record Inspection : ProgrammeRecord
{
    [Field("By", RefersTo = "party", InList = true)]
    public string? By { get; init; }

    [Field("Of", RefersTo = "*", InList = true)]
    public string? Of { get; init; }

    [Field("When", InList = true)]
    public PartialDate? When { get; init; }

    [Field("Independent")]
    public bool Independent { get; init; }

    [Field("Finding", Lines = 3)]
    public string? Finding { get; init; }
}
