using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>
/// A rule of a register that needs other records than the one to be saved. Asked of what a person saves; copies of a programme file
/// are kept as they were.
/// </summary>
public interface IRecordRule
{
    /// <summary>What is wrong with changes, given the store as it is known today; problems name fields by JSON path.</summary>
    Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default);
}

/// <summary>
/// A rule that several records of one save must meet together, and with what the store says. It holds behind every door, for copies of a programme
/// file too.
/// </summary>
public interface IRecordSetRule
{
    /// <summary>What is wrong with changes, each with the place of the change in the list; problems name fields by JSON path.</summary>
    Task<IReadOnlyList<(int Place, Problem Problem)>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default);
}
