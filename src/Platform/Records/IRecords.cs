using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>One record to be saved.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Key">Its key; null makes one from the title.</param>
/// <param name="Body">What it says.</param>
/// <param name="From">First day on which it holds; null for today.</param>
/// <param name="Until">First day on which it no longer holds; null while open.</param>
/// <param name="Known">When the programme knew it; null for today.</param>
/// <param name="Expected">The version the change was made on: refused when somebody saved since. Null to skip the check; 0 for one that must not exist yet.</param>
public sealed record RecordChange(
    string Kind, string? Key, ProgrammeRecord Body, DateOnly? From = null, DateOnly? Until = null, DateOnly? Known = null, long? Expected = null)
{
    /// <summary>
    /// The step of a process that makes the change, such as the signing of a decision; null for a plain edit. The process asks for the right of
    /// its step, so that the register asks for none; a rule may ask for the step. Nothing that a user sends can set it.
    /// </summary>
    public string? Step { get; init; }
}

/// <summary>The one way to read and change records of the programme, for pages, API, command line and import alike.</summary>
public interface IRecords
{
    /// <summary>The kinds there are.</summary>
    RecordCatalogue Catalogue { get; }

    /// <summary>The records as at dates, as far as a person may see them; null for the product itself.</summary>
    RecordView View(Actor? reader, AsAt at);

    /// <summary>
    /// Saves records in one transaction, all or none, and gives their keys in order. Refused with every problem found: a field, a rule
    /// of the kind, a reference that leads nowhere, a missing reason, somebody else's save in between (field "version"), a change not
    /// permitted. A save that changes nothing is no version. Of several changes a problem's row says which, from 1.
    /// </summary>
    Task<Outcome<IReadOnlyList<string>>> SaveAsync(Actor actor, IReadOnlyList<RecordChange> changes, string why, CancellationToken cancellation = default);

    /// <summary>The problems that <see cref="SaveAsync"/> would refuse the changes with; empty when it would save them. Saves nothing.</summary>
    Task<IReadOnlyList<Problem>> CheckAsync(Actor actor, IReadOnlyList<RecordChange> changes, string why, CancellationToken cancellation = default);

    /// <summary>
    /// Records that something ceases to hold from a day on. Refused as <see cref="SaveAsync"/> is; what no longer holds by then stays as it is.
    /// </summary>
    Task<Outcome<string>> EndAsync(Actor actor, string kind, string key, DateOnly from, string why, CancellationToken cancellation = default);
}
