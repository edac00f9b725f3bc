using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Resources;

/// <summary>What is said of assets: how much of the whole a change is.</summary>
internal sealed class AssetReading : IRecordReading
{
    public string Kind => "asset";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.Cast<StoredRecord<Asset>>().ToList();
        var fewer = all.Where(each => each.Body.Change < 0).ToList();
        return Task.FromResult(new ListReading(
            all.Count == 0 ? "No asset is recorded as at these dates"
            : fewer.Count > 0 ? string.Join("; ", fewer.Take(3).Select(each => $"{each.Body.What}: {Words(each.Body).Text}"))
            : $"{FieldWords.Number(all.Count, null)} assets, none of them cut",
            ["Comes to"], all.ToDictionary(each => each.Key, each => (IReadOnlyList<Said>)[Words(each.Body)], StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default) =>
        Task.FromResult(new RecordReading(Words(((StoredRecord<Asset>)record).Body).Text, []));

    internal static Said Words(Asset asset) => asset switch
    {
        { Change: < 0 and { } change, OutOf: > 0 and { } all } => new Said(
            $"{FieldWords.Number(-change, null)} of {FieldWords.Number(all, null)} to go ({Share(-change, all)})", Standing.Watch),
        { Change: > 0 and { } change, OutOf: > 0 and { } all } => $"{FieldWords.Number(change, null)} more than {FieldWords.Number(all, null)} ({Share(change, all)})",
        { Change: { } change } => new Said($"{(change < 0 ? FieldWords.Number(-change, null) + " fewer" : FieldWords.Number(change, null) + " more")}, of how many is not recorded", Standing.Watch),
        { Count: { } count, OutOf: > 0 and { } all } => $"{FieldWords.Number(count, null)} of {FieldWords.Number(all, null)} ({Share(count, all)})",
        { Count: { } count } => FieldWords.Number(count, null),
        _ => new Said("no number recorded", Standing.Missing),
    };

    private static string Share(decimal part, decimal all) => FieldWords.Number(Math.Round(100 * part / all, MidpointRounding.AwayFromZero), "%");
}

/// <summary>What is said of capabilities: which work contributes to each.</summary>
internal sealed class CapabilityReading : IRecordReading
{
    public string Kind => "capability";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.Cast<StoredRecord<Capability>>().ToList();
        var bare = all.Count(each => each.Body.ContributedBy.Count == 0);
        return Task.FromResult(new ListReading(
            all.Count == 0 ? "No capability is recorded as at these dates"
            : bare == 0 ? $"Work contributes to each of {FieldWords.Number(all.Count, null)} capabilities"
            : $"No work contributes to {FieldWords.Number(bare, null)} of {FieldWords.Number(all.Count, null)} capabilities",
            ["Contributions"], all.ToDictionary(
                each => each.Key,
                each => (IReadOnlyList<Said>)[each.Body.ContributedBy.Count == 0 ? new Said("none", Standing.Missing) : FieldWords.Number(each.Body.ContributedBy.Count, null)],
                StringComparer.Ordinal)));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var capability = ((StoredRecord<Capability>)record).Body;
        var work = (await view.ListAsync<WorkItem>(cancellation)).ToDictionary(each => each.Key, StringComparer.Ordinal);
        return new(capability.ContributedBy.Count == 0 ? "No work is recorded as contributing to it" : null,
        [
            new("contributions", "Work that delivers it or helps to", null, ["Work"],
                [.. capability.ContributedBy.Select(key => (IReadOnlyList<Said>)[new Said(work.TryGetValue(key, out var found) ? found.Body.Title : key, Standing.Plain, "work:" + key)])]),
        ]);
    }
}

/// <summary>What is said of abstractions: how long officers were away, and whether the ring-fence allowed it.</summary>
internal sealed class AbstractionReading : IRecordReading
{
    public string Kind => "abstraction";

    public Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var all = records.Cast<StoredRecord<Abstraction>>().ToList();
        var outside = all.Count(each => !each.Body.Exception);
        return Task.FromResult(new ListReading(
            all.Count == 0 ? "No abstraction is recorded as at these dates"
            : outside == 0 ? "Every abstraction is a dated exception of the ring-fence"
            : $"{FieldWords.Number(outside, null)} of {FieldWords.Number(all.Count, null)} abstractions are outside the exceptions of the ring-fence",
            ["How long", "Ring-fence"], all.ToDictionary(
                each => each.Key,
                each => (IReadOnlyList<Said>)[HowLong(each.Body, view.At.Effective), each.Body.Exception ? new Said("dated exception", Standing.Good) : new Said("no exception", Standing.Bad)],
                StringComparer.Ordinal)));
    }

    public Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var abstraction = ((StoredRecord<Abstraction>)record).Body;
        return Task.FromResult(new RecordReading(
            $"{(abstraction.Officers is { } officers ? FieldWords.Number(officers, "officers") : "Officers, how many is not stated,")} lent to {abstraction.LentTo ?? "others"}: {HowLong(abstraction, view.At.Effective).Text}"
            + (abstraction.Exception ? ", a dated exception of the ring-fence" : ", no exception of the ring-fence"),
            []));
    }

    // Dates as stated may be spans: the shortest and the longest time that they allow.
    private static Said HowLong(Abstraction abstraction, DateOnly today)
    {
        if (abstraction.Starts is not { } starts)
        {
            return new Said("since when is not stated", Standing.Missing);
        }

        var (first, last) = abstraction.Ends is { } ends ? (ends.First, ends.Last) : (today, today);
        var shortest = Math.Max(0, first.DayNumber - starts.Last.DayNumber);
        var longest = Math.Max(0, last.DayNumber - starts.First.DayNumber);
        var days = shortest == longest ? FieldWords.Number(longest, "days") : $"{FieldWords.Number(shortest, null)} to {FieldWords.Number(longest, "days")}";
        return abstraction.Ends is null ? new Said($"{days} so far, no end recorded", Standing.Watch) : days;
    }
}
