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
