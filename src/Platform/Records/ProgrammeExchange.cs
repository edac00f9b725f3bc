using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>Programme files in and out of the store.</summary>
internal sealed class ProgrammeExchange(IHistory history, RecordCatalogue catalogue, RecordStore records, RecordPlanner planner) : IProgrammeExchange
{
    public Outcome<ProgrammeFile> Read(ReadOnlyMemory<byte> content, string name) => ProgrammeFile.Read(content, name, catalogue);

    public async Task<Outcome<ProgrammeImport>> ImportAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default) =>
        Report(await records.CommitAsync(actor, who, Edits(files, who.Why), isCopy: true, cancellation), files);

    public async Task<Outcome<ProgrammeImport>> CheckAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default) =>
        Report(await planner.PlanAsync(actor, Edits(files, who.Why), isCopy: true, cancellation), files);

    public async Task<Outcome<byte[]>> ExportAsync(Actor? reader, ProgrammeSelection selection, CancellationToken cancellation = default)
    {
        var unknown = (selection.Kinds ?? []).Where(name => catalogue.Find(name) is null)
            .Select(name => new Problem("There is no such kind of record", Field: "kind", Found: name, Accepted: string.Join(", ", catalogue.Kinds.Select(kind => kind.Name)))).ToList();
        if (unknown.Count > 0)
        {
            return unknown;
        }

        var versions = new List<ProgrammeFileRecord>();
        foreach (var kind in catalogue.Kinds.Where(kind => selection.Kinds?.Contains(kind.Name, StringComparer.Ordinal) ?? true))
        {
            var stored = selection.At is { } at
                ? await records.View(reader, at).ListAsync(kind, cancellation)
                : (await kind.VersionsAsync(history, (IReadOnlyCollection<string>?)null, cancellation)).GroupBy(version => version.Key, StringComparer.Ordinal).SelectMany(record => Seen(reader, [.. record])).ToList();
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
