using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Programme files in and out of the store.</summary>
internal sealed class ProgrammeExchange(IHistory history, RecordCatalogue catalogue, RecordStore records, RecordPlanner planner) : IProgrammeExchange
{
    public Outcome<ProgrammeFile> Read(ReadOnlyMemory<byte> content, string name) => ProgrammeFile.Read(content, name, catalogue);

    public async Task<Outcome<ProgrammeImport>> ImportAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default) =>
        await RefusedAsync(actor, Edits(files, who.Why), cancellation) is { Count: > 0 } problems
            ? problems : Report(await records.CommitAsync(actor, who, Edits(files, who.Why), isCopy: true, cancellation), files);

    public async Task<Outcome<ProgrammeImport>> CheckAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default) =>
        await RefusedAsync(actor, Edits(files, who.Why), cancellation) is { Count: > 0 } problems
            ? problems : Report(await planner.PlanAsync(actor, Edits(files, who.Why), isCopy: true, cancellation), files);

    public async Task<IReadOnlyList<Problem>> FaultsAsync(
        Actor? actor, ChangeContext who, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> files, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(files);
        var (problems, unread) = (new List<Problem>(), new HashSet<string>(StringComparer.Ordinal));
        var read = files.Select(file => ProgrammeFile.ReadAsFar(file.Content, file.Name, catalogue, problems, unread)).ToList();
        // A record that cannot be read is no reason to say that what refers to it leads nowhere.
        problems.AddRange((await RefusedAsync(actor, Edits(read, who.Why), cancellation)).Where(problem => problem.Found is not { } led || !unread.Contains(led)));
        var order = files.Select((file, place) => (file.Name, place)).DistinctBy(file => file.Name).ToDictionary(file => file.Name, file => file.place, StringComparer.Ordinal);
        return problems.OrderBy(problem => problem.File is { } name ? order.GetValueOrDefault(name) : -1).ThenBy(problem => problem.Row ?? 0).ToList();
    }

    private async Task<List<Problem>> RefusedAsync(Actor? actor, List<RecordEdit> edits, CancellationToken cancellation) =>
        [.. (await planner.PlanAsync(actor, edits, isCopy: true, cancellation)).Problems, .. await records.CheckCopiesAsync(edits, cancellation)];

    public async Task<Outcome<byte[]>> ExportAsync(Actor? reader, ProgrammeSelection selection, CancellationToken cancellation = default)
    {
        var unknown = (selection.Kinds ?? []).Where(name => catalogue.Find(name) is null)
            .Select(name => new Problem("There is no such kind of record", Field: "kind", Found: name, Accepted: string.Join(", ", catalogue.Kinds.Select(kind => kind.Name)))).ToList();
        if (unknown.Count > 0)
        {
            return unknown;
        }

        var versions = new List<ProgrammeFileRecord>();
        var withheld = WithheldReferences.Of(reader is null ? [] : await WithheldReferences.ClosedAsync(history, catalogue, cancellation), reader, new AsAt(DateOnly.MaxValue, DateOnly.MaxValue));
        foreach (var kind in catalogue.Kinds.Where(kind => selection.Kinds?.Contains(kind.Name, StringComparer.Ordinal) ?? true))
        {
            var stored = selection.At is { } at
                ? await records.View(reader, at).ListAsync(kind, cancellation)
                : (await kind.VersionsAsync(history, (IReadOnlyCollection<string>?)null, cancellation)).GroupBy(version => version.Key, StringComparer.Ordinal).SelectMany(record => Seen(reader, [.. record])).Select(withheld.Mask).ToList();
            versions.AddRange(stored.Select(version => new ProgrammeFileRecord(
                kind, version.Key, version.Stated, version.Effective.From, version.Stated is null ? null : version.Effective.Until, version.Known, version.Why, 0)));
        }

        return ProgrammeFile.Write("Records of the programme", versions);
    }

    public async Task<bool> IsEmptyAsync(CancellationToken cancellation = default)
    {
        foreach (var kind in catalogue.Kinds)
        {
            if ((await history.ListKeysAsync(kind.Name, cancellation: cancellation)).Count > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The versions of one record that a reader may see. Where one is withheld the copy says that the record ends there, as the reader's
    /// own lists do, and not why; of a record that may never be seen there is nothing, not even its end.
    /// </summary>
    private static IEnumerable<StoredRecord> Seen(Actor? reader, IReadOnlyList<StoredRecord> versions)
    {
        if (!versions.Any(version => version.Stated is { } body && Handlings.MayRead(reader, body.Handling)))
        {
            yield break;
        }

        var readable = true;
        foreach (var version in versions)
        {
            readable = version.Stated is { } body ? Handlings.MayRead(reader, body.Handling) : readable;
            yield return readable ? version : version with { Stated = null, Why = "Withheld from whoever made this copy" };
        }
    }

    private static List<RecordEdit> Edits(IReadOnlyList<ProgrammeFile> files, string why) => files.SelectMany(file => file.Records.Select(record => new RecordEdit
    {
        Kind = record.Kind.Name,
        Key = record.Key,
        Body = record.Body,
        From = record.From,
        Until = record.Until,
        Known = record.Known,
        Why = record.Why ?? why,
        File = file.Name,
        Row = record.Row,
    })).ToList();

    private Outcome<ProgrammeImport> Report(RecordPlan plan, IReadOnlyList<ProgrammeFile> files)
    {
        if (plan.Problems.Count > 0)
        {
            return plan.Problems;
        }

        var given = files.SelectMany(file => file.Records).CountBy(record => record.Kind).ToDictionary();
        var recorded = plan.Versions.CountBy(version => version.Kind).ToDictionary();
        return new ProgrammeImport(catalogue.Kinds.Where(given.ContainsKey)
            .Select(kind => new ImportedKind(kind.Name, recorded.GetValueOrDefault(kind), given[kind] - recorded.GetValueOrDefault(kind))).ToList());
    }
}
