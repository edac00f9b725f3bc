using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>Which way a measure should go.</summary>
public enum MeasureDirection
{
    /// <summary>More is better.</summary>
    Up,

    /// <summary>Less is better.</summary>
    Down,

    /// <summary>Neither.</summary>
    Neither,
}

/// <summary>A measure in the catalogue. A change of definition is a new version, and breaks its series.</summary>
public sealed record Measure : ProgrammeRecord
{
    [Field("Definition", Lines = 3, Required = true)]
    public string Definition { get; init; } = "";

    [Field("Version of the definition")]
    public int Version { get; init; } = 1;

    [Field("Unit", InList = true, Hint = "%, minutes, count …")]
    public string? Unit { get; init; }

    [Field("Better is", InList = true)]
    public MeasureDirection Direction { get; init; }

    [Field("Numerator")]
    public string? Numerator { get; init; }

    [Field("Denominator")]
    public string? Denominator { get; init; }

    [Field("Target", InList = true, Hint = "90 for 90%")]
    public decimal? Target { get; init; }

    [Field("Threshold", Hint = "15 for attended within 15 minutes")]
    public decimal? Threshold { get; init; }

    [Field("Unit of the threshold")]
    public string? ThresholdUnit { get; init; }

    [Field("Steward", RefersTo = "party")]
    public string? Steward { get; init; }

    [Field("Level", InList = true, Hint = "Force, command unit, borough, ward")]
    public string? Level { get; init; }

    [Field("Disclosure rule", Hint = "Counts below this are suppressed in what is published")]
    public int? SuppressBelow { get; init; }

    [Field("Compared with", Hint = "Code of the area that every other is held beside; MPS, the whole force, where it is left empty")]
    public string? Comparator { get; init; }

    [Field("Adds up over areas", Hint = "A count, or a share with its numerator and denominator: the value of a command unit is made of its boroughs' where it has none of its own")]
    public bool AddsUp { get; init; }

    [Field("Each value is a rolling average", Hint = "Such values share data with their neighbours, and are put on no control chart")]
    public bool Rolling { get; init; }
}

/// <summary>A value of a measure for an area and a period. A revision is a new version.</summary>
public sealed record Observation : ProgrammeRecord
{
    [Field("Measure", RefersTo = "measure", Required = true, InList = true)]
    public string Measure { get; init; } = "";

    [Field("Area", Required = true, InList = true, Hint = "Code of a command unit, borough or ward; MPS for the force")]
    public string Area { get; init; } = "";

    [Field("Period", Required = true, InList = true)]
    public PartialDate? Period { get; init; }

    [Field("Value", InList = true)]
    public decimal? Value { get; init; }

    [Field("Numerator")]
    public decimal? Numerator { get; init; }

    [Field("Denominator")]
    public decimal? Denominator { get; init; }

    [Field("Said in words", Hint = "Where no figure is given: above the force's average, improving …")]
    public string? Words { get; init; }

    [Field("What the area contained", Hint = "Where an average contains the areas it is compared with, say so")]
    public string? Contains { get; init; }

    [Field("Where others state it otherwise", Hint = "Only where another record states another value for this area and period: kept beside it, or in its place")]
    public Rivalry? Rivalry { get; init; }
}
