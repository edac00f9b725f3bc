using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.RollOut;

/// <summary>Draws attention to waves whose date breaks, or may break, what was promised before go-live.</summary>
internal sealed class RollOutAttention(RollOutPlanner planner) : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default) =>
        [.. (await planner.PlanAsync(view, cancellation: cancellation)).Waves
            .Where(wave => wave.IsBound && wave.GoesLive is not null && wave.Kept != Truth.True && wave.Wave.Body.WentLive is null)
            .OrderBy(wave => wave.GoesLive!.First)
            .Select(wave => new AttentionLine("Promises", $"{wave.Wave.Body.Title}: {char.ToLowerInvariant(wave.Words[0])}{wave.Words[1..]}", wave.Wave.Reference, wave.Kept == Truth.False ? Standing.Bad : Standing.Watch))];
}
