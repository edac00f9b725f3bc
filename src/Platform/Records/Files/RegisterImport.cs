namespace Pathfinder.Platform.Records.Files;

/// <summary>How a register is written as a table.</summary>
public enum RegisterFormat
{
    /// <summary>RFC 4180 CSV in UTF-8.</summary>
    Csv,

    /// <summary>An Office Open XML workbook of one sheet.</summary>
    Xlsx,
}

/// <summary>A register as a file.</summary>
/// <param name="Name">Its name: "pathfinder-milestones.csv".</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Bytes">Its bytes; the same for the same records.</param>
/// <param name="Records">Records in it.</param>
/// <param name="LeftOut">Restricted records that the reader may read and that were left out because no reason was given.</param>
public sealed record RegisterFile(string Name, string MediaType, byte[] Bytes, int Records, int LeftOut);

/// <summary>What an import does, or would do.</summary>
/// <param name="Added">Keys of new records; empty text where a key is still to be made from the title.</param>
/// <param name="Changed">Keys of records that get another version.</param>
/// <param name="Unchanged">Rows that say what the store says already.</param>
/// <param name="Saved">Whether it was done.</param>
/// <param name="DaysRead">Days in numbers that could be read two ways, and how they were read.</param>
public sealed record RegisterImport(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, int Unchanged, bool Saved, IReadOnlyList<DayRead> DaysRead)
{
    /// <summary>What each row that is not left as it is says anew, in the order of the file.</summary>
    public IReadOnlyList<RowDifference> Differences { get; init; } = [];
}

/// <summary>What a row changes, from what to what; of a new record, everything that it says.</summary>
/// <param name="Row">The line, counted from 1 with the header as line 1.</param>
/// <param name="Title">What the record is called.</param>
/// <param name="IsNew">Whether it is a new record.</param>
/// <param name="Changes">Field by field in reading order; empty where only the days change on which it holds or is known.</param>
public sealed record RowDifference(int Row, string Title, bool IsNew, IReadOnlyList<RecordDifference> Changes);

/// <summary>A day written in numbers that somebody else could read month first.</summary>
/// <param name="Row">The line, counted from 1 with the header as line 1.</param>
/// <param name="Column">The heading.</param>
/// <param name="Text">As it was written: "04/05/2017".</param>
/// <param name="Read">As it was read: "4 May 2017".</param>
public sealed record DayRead(int Row, string Column, string Text, string Read);
