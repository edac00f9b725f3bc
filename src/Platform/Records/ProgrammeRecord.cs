namespace Pathfinder.Platform.Records;

/// <summary>
/// What every record of the programme has. A kind of record is a C# record with properties marked <see cref="FieldAttribute"/>;
/// forms, lists, API, import and export, search and history follow from the marks.
/// </summary>
public abstract record ProgrammeRecord
{
    /// <summary>What it is called, in a few words.</summary>
    [Field("Title", Required = true, Hint = "A few words that say what it is")]
    public string Title { get; init; } = "";

    /// <summary>Key of the work it belongs to; of a work item, the work above it.</summary>
    [Field("Work", RefersTo = "work", Hint = "The portfolio, strand, programme, project or pilot it belongs to")]
    public string? Work { get; init; }

    /// <summary>Key of the post that answers for it.</summary>
    [Field("Owner", RefersTo = "post", Hint = "The post that answers for it and is asked for it each month")]
    public string? Owner { get; init; }

    /// <summary>What a reader must know of it, in our own words.</summary>
    [Field("Summary", Lines = 4)]
    public string? Summary { get; init; }

    /// <summary>Codes of the boroughs, command units or wards it concerns; empty for the whole force.</summary>
    [Field("Areas", IsArea = true, Hint = "Codes of boroughs, command units or wards; empty for the whole force")]
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Who may read it, and how it is marked.</summary>
    [Field("Handling")]
    public Handling Handling { get; init; } = new();

    /// <summary>Where it says so.</summary>
    [Field("Sources", Hint = "Where it says so: document, section, lines")]
    public IReadOnlyList<Locator> Sources { get; init; } = [];
}

/// <summary>A row in a list field of a record: a forecast of a milestone, a control of a risk.</summary>
public abstract record RecordRow;

/// <summary>How a record is marked, and to whom it is open.</summary>
public sealed record Handling : RecordRow
{
    /// <summary>The protective marking; OFFICIAL unless said otherwise.</summary>
    [Field("Marking")]
    public Marking Marking { get; init; } = Marking.Official;

    /// <summary>
    /// Who alone may read it: "organisation:CODE", "account:NAME" or "role:NAME" (a name of the roles). Empty: everybody signed in
    /// who may read, so that partners see what the police see.
    /// </summary>
    [Field("Readers", Hint = "Leave empty unless it must be withheld: organisation:CODE, account:NAME or role:NAME, one a line")]
    public IReadOnlyList<string> Readers { get; init; } = [];

    /// <summary>Why it is withheld from everybody else; owed as soon as there are readers.</summary>
    [Field("Ground for withholding", Hint = "Needed when readers are named: commercial sensitivity, personal data …")]
    public string? Ground { get; init; }

    /// <summary>Whether it is closed to some who may read the rest.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRestricted => Readers.Count > 0;
}

/// <summary>Protective markings in use; OFFICIAL-SENSITIVE is a handling caveat, not a tier.</summary>
public enum Marking
{
    /// <summary>OFFICIAL, the default.</summary>
    Official,

    /// <summary>OFFICIAL-SENSITIVE.</summary>
    OfficialSensitive,
}

/// <summary>A place in a document where something is said.</summary>
public sealed record Locator : RecordRow
{
    /// <summary>Key of the document.</summary>
    [Field("Document", RefersTo = "document", Required = true)]
    public string Document { get; init; } = "";

    /// <summary>Section, table or heading.</summary>
    [Field("Section")]
    public string? Section { get; init; }

    /// <summary>Paragraph, row or cell.</summary>
    [Field("Paragraph or cell")]
    public string? Paragraph { get; init; }

    /// <summary>Lines of the document's text, counted from 1: "23" or "23-25". With them a locator opens the passage.</summary>
    [Field("Lines", Hint = "23 or 23-25, counted from 1 in the document's text")]
    public string? Lines { get; init; }
}
