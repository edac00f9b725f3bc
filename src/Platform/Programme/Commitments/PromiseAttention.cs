using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Draws attention to promises that are broken.</summary>
internal sealed class PromiseAttention(PromiseCheck promises) : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var lines = new List<AttentionLine>();
        foreach (var verdict in (await promises.ListAsync(view, cancellation)).Where(verdict => verdict.Verdict == Verdict.Broken))
        {
            var since = await promises.SinceAsync(view, verdict, cancellation);
            lines.Add(new AttentionLine("Promises", $"{verdict.BrokenWords(since)}: {verdict.Promise.Body.Title}", verdict.Promise.Reference, Standing.Bad, since.Day));
        }

        return lines.OrderBy(line => line.Since).ToList();
    }
}
