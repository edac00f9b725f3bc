using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Programme.Publications;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Reports;

/// <summary>An edition is drafted, checked and published by its own steps, which keep the bytes, and by nothing else.</summary>
internal sealed class EditionRule : IRecordRule
{
    public Task<IReadOnlyList<Problem>> CheckAsync(RecordView view, IReadOnlyList<RecordChange> changes, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Problem>>([.. changes.Where(change => change is { Body: Edition, Step: null })
            .Select(change => new Problem("An edition is drafted, checked, published and corrected on its own page, not typed", Field: "state", Found: change.Key, Accepted: "the page of its series under Reports"))]);
}
