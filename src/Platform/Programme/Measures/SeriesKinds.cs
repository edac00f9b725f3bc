using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Measures;

/// <summary>
/// Many values of one measure that came as one table: an import, or a computation from a log. One record and one entry of the log hold
/// them all; each is read as an <see cref="Observation"/> (<see cref="ObservedValues"/>). Sets are imported, never typed.
/// </summary>
public sealed record ObservationSet : ProgrammeRecord
{
    [Field("Measure", RefersTo = "measure", Required = true, InList = true)]
    public string Measure { get; init; } = "";

    [Field("Series", InList = true, Hint = "The return or log that the values belong to: a later set of the same series revises the values that it repeats")]
    public string? Series { get; init; }

    [Field("Known after", Unit = "days", Hint = "Days after the end of its period on which each value became known; where it is left empty, all of them on the day the set became known")]
    public int? KnownAfterDays { get; init; }

    [Field("What the areas contained", Hint = "Where an average contains the areas it is compared with, say so")]
    public string? Contains { get; init; }

    [Field("Where others state it otherwise", Hint = "Only where other records state other values for the same areas and periods: kept beside them, or in their place")]
    public Rivalry? Rivalry { get; init; }

    [Field("Values", InList = true)]
    public int Count { get; init; }

    [Field("First period", InList = true)]
    public PartialDate? First { get; init; }

    [Field("Last period", InList = true)]
    public PartialDate? Last { get; init; }

    [Field("Fingerprint of the values", Hint = "SHA-256; it changes with any value")]
    public string? Fingerprint { get; init; }

    /// <summary>The values, a line each: area, period, value, numerator, denominator, with commas between and nothing where there is none.</summary>
    public string Values { get; init; } = "";
}

/// <summary>
/// A stretch of a series with limits of its own: where the limits of a control chart start afresh, and up to when its values set them.
/// Whoever moves a limit says why, and it stays on record.
/// </summary>
public sealed record ChartSegment : ProgrammeRecord
{
    [Field("Measure", RefersTo = "measure", Required = true, InList = true)]
    public string Measure { get; init; } = "";

    [Field("Area", InList = true, Hint = "Code of one area; every series of the measure where it is left empty")]
    public string? Area { get; init; }

    [Field("Limits start afresh on", InList = true, Hint = "First day of the first period of the segment; the start of the series where it is left empty")]
    public DateOnly? Starts { get; init; }

    [Field("Baseline ends on", InList = true, Hint = "Last day whose value sets the limits; later values are tested against them. Every value of the segment sets them where it is left empty")]
    public DateOnly? BaselineEnds { get; init; }

    [Field("Why", Required = true, Lines = 2, InList = true)]
    public string Reason { get; init; } = "";
}
