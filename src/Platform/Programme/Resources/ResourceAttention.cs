using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>Money and posts that somebody must look at: totals that contradict themselves, spend beyond approval, parts that are more than their whole, benefits due and not measured.</summary>
internal sealed class ResourceAttention : IProgrammeAttention
{
    public async Task<IReadOnlyList<AttentionLine>> ListAsync(RecordView view, CancellationToken cancellation = default)
    {
        var lines = new List<AttentionLine>();
        foreach (var record in await view.ListAsync<Funding>(cancellation))
        {
            var ledger = FundingLedger.Of(record.Body);
            if (ledger.Overspend > 0 || FundingReading.Contradicts(ledger))
            {
                lines.Add(new("Decisions", $"{record.Body.Title}: {FundingReading.Headline(ledger)}", record.Reference, ledger.Overspend > 0 ? Standing.Bad : Standing.Watch, record.Known));
            }
        }

        var entries = await view.ListAsync<EstablishmentEntry>(cancellation);
        lines.AddRange(entries.Select(entry => EstablishmentLedger.Of(entry, entries)).Where(each => each.Parts.Count > 0 && each.NotAccounted < 0).Select(each => new AttentionLine(
            "Decisions", $"{each.Whole.Body.Title}: {EstablishmentReading.Parts(each)}", each.Whole.Reference, Standing.Bad, each.Whole.Known)));
        lines.AddRange((await view.ListAsync<Benefit>(cancellation)).Where(each => each.Body.By is { } by && by.Last < view.At.Effective && !BenefitReading.IsMeasurable(each.Body)).Select(each => new AttentionLine(
            "Overdue", $"The benefit \"{each.Body.Title}\" was due {each.Body.By!.Text} and is not measurable as recorded", each.Reference, Standing.Watch, each.Body.By.Last)));
        return [.. lines.OrderByDescending(line => line.Standing == Standing.Bad).ThenBy(line => line.Reference, StringComparer.Ordinal)];
    }
}
