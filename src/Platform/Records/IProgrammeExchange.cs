using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>What an import did with the versions of one kind.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Recorded">Versions recorded.</param>
/// <param name="Present">Versions that were there already.</param>
public sealed record ImportedKind(string Kind, int Recorded, int Present);

/// <summary>What an import did.</summary>
/// <param name="Kinds">By kind, in the order of the catalogue; kinds that the files do not speak of are left out.</param>
public sealed record ProgrammeImport(IReadOnlyList<ImportedKind> Kinds)
{
    /// <summary>Versions recorded.</summary>
    public int Recorded => Kinds.Sum(kind => kind.Recorded);

    /// <summary>Versions that were there already.</summary>
    public int Present => Kinds.Sum(kind => kind.Present);
}

/// <summary>What an export holds.</summary>
/// <param name="Kinds">Names of the kinds; null for all.</param>
/// <param name="At">Only what holds as at the dates; null for every version.</param>
public sealed record ProgrammeSelection(IReadOnlyList<string>? Kinds = null, AsAt? At = null);

/// <summary>Brings programme files into the store and writes them out.</summary>
public interface IProgrammeExchange
{
    /// <summary>Reads a file; see <see cref="ProgrammeFile.Read"/>.</summary>
    Outcome<ProgrammeFile> Read(ReadOnlyMemory<byte> content, string name);

    /// <summary>
    /// Records the versions of several files in one transaction, all or none; references may lead from one file to another, and a version
    /// that is there already is skipped. Refused with every problem that <see cref="IRecords.SaveAsync"/> names, with file and row.
    /// </summary>
    /// <param name="actor">Who must be permitted to make every change; null for whoever operates the store.</param>
    /// <param name="who">Who it is logged for; its reason is that of versions for which neither record nor file gives one.</param>
    Task<Outcome<ProgrammeImport>> ImportAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default);

    /// <summary>What <see cref="ImportAsync"/> would do; records nothing.</summary>
    Task<Outcome<ProgrammeImport>> CheckAsync(Actor? actor, ChangeContext who, IReadOnlyList<ProgrammeFile> files, CancellationToken cancellation = default);

    /// <summary>Everything that is wrong with files of which some cannot be read: their faults, and what <see cref="ImportAsync"/> would refuse of the rest.</summary>
    Task<IReadOnlyList<Problem>> FaultsAsync(
        Actor? actor, ChangeContext who, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> files, CancellationToken cancellation = default);

    /// <summary>
    /// The versions that a reader may see, with their clocks, as a programme file; all when <paramref name="reader"/> is null. Importing it
    /// into an empty store gives the reader's answers on all dates. Refused for a kind that there is not.
    /// </summary>
    Task<Outcome<byte[]>> ExportAsync(Actor? reader, ProgrammeSelection selection, CancellationToken cancellation = default);

    /// <summary>Whether the store has ever had a record of any kind.</summary>
    Task<bool> IsEmptyAsync(CancellationToken cancellation = default);
}
