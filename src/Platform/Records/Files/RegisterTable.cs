using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records.Files;

/// <summary>A table read from a file: its headings and rows, each row with the line or sheet row it stands in.</summary>
internal sealed record RegisterTable(IReadOnlyList<string> Headings, IReadOnlyList<RegisterRow> Rows)
{
    /// <summary>More rows than any register of a force has; what is longer is refused rather than read.</summary>
    public const int MaximumRows = 20_000;

    /// <summary>More columns than any record needs.</summary>
    public const int MaximumColumns = 4_000;

    /// <summary>The longest text of a cell that spreadsheets hold.</summary>
    public const int MaximumText = 32_767;

    public static Problem TooLong(string file) => new(
        "The table is too large", file, Accepted: $"at most {MaximumRows} rows, {MaximumColumns} columns, {MaximumText} characters a cell");
}

/// <summary>A row of a table: its line, counted from 1, and its cells in the order of the headings.</summary>
/// <param name="IsRefused">Whether a cell of it could not be taken, which stands among the problems.</param>
internal sealed record RegisterRow(int Line, IReadOnlyList<string> Cells, bool IsRefused = false);
