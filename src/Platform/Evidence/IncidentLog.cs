namespace Pathfinder.Platform.Evidence;

/// <summary>
/// A despatch log in the store: what was imported, how it was read and what was left out. Its rows stand in a table of their
/// own, under <see cref="Rows"/>; who imported it, when and why is in the log of changes.
/// </summary>
public sealed record IncidentLog
{
    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Where the file comes from and under which licence.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the file.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file as it was imported; the file itself is not kept.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>SHA-256 of the mapping, which is kept.</summary>
    public required string MappingSha256 { get; init; }

    /// <summary>Name of the force pack whose zones the incidents were put in.</summary>
    public required string Force { get; init; }

    /// <summary>Hash of that pack.</summary>
    public required string PackSha256 { get; init; }

    /// <summary>Time zone of the force, in which days and hours are told.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Grades, in the order of their numbers in the rows.</summary>
    public required IReadOnlyList<string> Grades { get; init; }

    /// <summary>Stations named in the log, in the order of their numbers in the rows.</summary>
    public IReadOnlyList<string> Stations { get; init; } = [];

    /// <summary>Under which the rows stand in their table; made from what decides them.</summary>
    public required string Rows { get; init; }

    /// <summary>SHA-256 over the rows, to find a changed table.</summary>
    public required string RowsSha256 { get; init; }

    /// <summary>Rows of the file, its header not counted.</summary>
    public required long InFile { get; init; }

    /// <summary>Rows kept.</summary>
    public required long Kept { get; init; }

    /// <summary>Rows left out, by reason.</summary>
    public required IReadOnlyDictionary<string, long> LeftOut { get; init; }

    /// <summary>Of those kept, with a time of arrival.</summary>
    public required long Arrived { get; init; }

    /// <summary>Of those kept, with a time of clearing.</summary>
    public required long Cleared { get; init; }

    /// <summary>Of those kept, put in a zone of their borough or ward by chance (in proportion to population), for want of coordinates.</summary>
    public required long PlacedByArea { get; init; }

    /// <summary>First creation.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last creation.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The ground on which coordinates were kept; null when they were dropped.</summary>
    public string? CoordinatesGround { get; init; }

    /// <summary>The local day of an instant, in the time zone of the force.</summary>
    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
}

/// <summary>One incident of a log.</summary>
/// <param name="Number">Its place among the rows kept, in the order of the file, from 0.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Grade">Its grade.</param>
/// <param name="Zone">Code of the zone it happened in.</param>
/// <param name="Borough">Code of that zone's borough.</param>
/// <param name="Units">Units sent; null where the log does not say.</param>
/// <param name="Despatched">When the first unit was despatched.</param>
/// <param name="Arrived">When the first unit arrived.</param>
/// <param name="Cleared">When it was cleared.</param>
/// <param name="Station">Where the first unit came from.</param>
public sealed record LoggedIncident(
    long Number, DateTimeOffset Created, string Grade, string Zone, string Borough, int? Units,
    DateTimeOffset? Despatched, DateTimeOffset? Arrived, DateTimeOffset? Cleared, string? Station);

/// <summary>Why a row of a log cannot be used.</summary>
public enum RowFault
{
    /// <summary>It has another number of fields than the header, or a quotation mark out of place.</summary>
    Malformed,

    /// <summary>It has no id.</summary>
    NoId,

    /// <summary>Its id stood in an earlier row.</summary>
    DuplicateId,

    /// <summary>A time is in no stated format.</summary>
    UnreadableTime,

    /// <summary>A time told in seconds after creation is no number of them.</summary>
    UnreadableSeconds,

    /// <summary>A time has an offset of its own, which the mapping does not expect.</summary>
    AnotherTimeZone,

    /// <summary>A local time that was skipped when clocks went forward.</summary>
    TimeDoesNotExist,

    /// <summary>A local time that happened twice when clocks went back.</summary>
    TimeHappensTwice,

    /// <summary>The grade is not mapped.</summary>
    UnknownGrade,

    /// <summary>It has neither coordinates nor an area.</summary>
    NoPlace,

    /// <summary>Coordinates or area cannot be read.</summary>
    UnreadablePlace,

    /// <summary>It lies outside the force.</summary>
    OutsideForce,

    /// <summary>It lies among the boroughs of the force, and in none of them.</summary>
    InNoBorough,

    /// <summary>It lies outside the force, and inside when its two coordinates change places.</summary>
    CoordinatesExchanged,

    /// <summary>The number of units is none.</summary>
    UnreadableUnits,

    /// <summary>It was despatched before it was created.</summary>
    DespatchBeforeCreation,

    /// <summary>A unit arrived before it was created.</summary>
    ArrivalBeforeCreation,

    /// <summary>It was cleared before it was created, or before a unit arrived.</summary>
    ClearedTooEarly,

    /// <summary>It was despatched, reached or cleared later than is plausible.</summary>
    TooLongAfterCreation,

    /// <summary>It was created after the day on which it is imported.</summary>
    CreatedAfterImport,

    /// <summary>It was created outside the period of the mapping.</summary>
    OutsidePeriod,
}

/// <summary>Faults in words.</summary>
public static class RowFaults
{
    /// <summary>What is wrong, in a sentence without a full stop.</summary>
    public static string Sentence(this RowFault fault) => fault switch
    {
        RowFault.Malformed => "The row has another number of fields than the header, or a quotation mark out of place",
        RowFault.NoId => "The row has no id",
        RowFault.DuplicateId => "The id stood in an earlier row",
        RowFault.UnreadableTime => "The time is in none of the formats that the mapping states",
        RowFault.UnreadableSeconds => "The seconds after creation are no number",
        RowFault.AnotherTimeZone => "The time has an offset of its own, and the mapping states a local time",
        RowFault.TimeDoesNotExist => "The local time does not exist: clocks went forward over it",
        RowFault.TimeHappensTwice => "The local time happened twice: clocks went back over it",
        RowFault.UnknownGrade => "The mapping gives this grade no meaning",
        RowFault.NoPlace => "The row has neither coordinates nor an area",
        RowFault.UnreadablePlace => "The coordinates or the area cannot be read",
        RowFault.OutsideForce => "The place lies outside the force",
        RowFault.InNoBorough => "The place is in no borough of the force",
        RowFault.CoordinatesExchanged => "The place lies outside the force, and inside it when the two coordinates change places",
        RowFault.UnreadableUnits => "The number of units is not a whole number from 0 to 999",
        RowFault.DespatchBeforeCreation => "The despatch is before the creation",
        RowFault.ArrivalBeforeCreation => "The arrival is before the creation",
        RowFault.ClearedTooEarly => "The clearing is before the creation or the arrival",
        RowFault.TooLongAfterCreation => "The time is too long after the creation",
        RowFault.CreatedAfterImport => "The creation is after the day of import",
        RowFault.OutsidePeriod => "The creation lies outside the period of the log",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <summary>The name it is counted under: lower-case with hyphens.</summary>
    public static string Name(this RowFault fault) =>
        string.Concat(fault.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
