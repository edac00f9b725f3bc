using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

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
public sealed record RegisterImport(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, int Unchanged, bool Saved);

/// <summary>
/// Any register as a table that people edit in a spreadsheet, and back. The columns follow from the kind's fields: key, record.version,
/// record.known, record.from, record.until, then each field; lists of words joined by " | "; rows as <c>forecasts[1].date</c>, counted from 1.
/// </summary>
public interface IRegisterFiles
{
    /// <summary>The format that a file name or an address ends with, or null.</summary>
    static RegisterFormat? FormatOf(string name) =>
        name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? RegisterFormat.Csv
        : name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? RegisterFormat.Xlsx : null;

    /// <summary>
    /// The records of a kind that the view's reader may read, as a table. Restricted records are in it only for a reason, and each is
    /// then logged as opened.
    /// </summary>
    Task<Outcome<RegisterFile>> ExportAsync(
        RecordView view, RecordKind kind, RegisterFormat format, string? why = null, CancellationToken cancellation = default);

    /// <summary>
    /// Saves the rows of a table that differ from what the store says: all or none, with every problem by row and column. A row with a
    /// key not in the store, or without key, is new; records not in the table stay. Formulas are refused, never evaluated. With
    /// <paramref name="trial"/> nothing is saved.
    /// </summary>
    Task<Outcome<RegisterImport>> ImportAsync(
        Actor actor, RecordKind kind, string fileName, ReadOnlyMemory<byte> bytes, string? why, bool trial, CancellationToken cancellation = default);
}
