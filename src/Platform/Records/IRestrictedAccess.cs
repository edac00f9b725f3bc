using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>What was done with a record.</summary>
public enum AccessKind
{
    /// <summary>A reader opened it.</summary>
    Consulted,

    /// <summary>It was passed on to somebody.</summary>
    Disclosed,
}

/// <summary>One consultation or disclosure, as the log holds it.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="At">When.</param>
/// <param name="Account">Who.</param>
/// <param name="Organisation">For which organisation.</param>
/// <param name="Why">Why.</param>
/// <param name="ToWhom">Of a disclosure: to whom.</param>
/// <param name="What">Of a disclosure: what was passed on.</param>
/// <param name="Version">The version of the record.</param>
public sealed record RecordAccess(
    AccessKind Kind, DateTimeOffset At, string Account, string Organisation, string Why, string? ToWhom, string? What, long Version);

/// <summary>
/// Opening and passing on what is restricted: each opening owes a reason, and both are logged with who, when, why and to whom, in the
/// same log as every change.
/// </summary>
public interface IRestrictedAccess
{
    /// <summary>Whether opening the record owes a reason: it is closed to some who may read the rest.</summary>
    bool NeedsReason(StoredRecord record);

    /// <summary>Logs that a reader opens a record. Refused without a reason, or when the reader may not read it.</summary>
    Task<Outcome<bool>> LogConsultationAsync(Actor actor, StoredRecord record, string? why, CancellationToken cancellation = default);

    /// <summary>
    /// Logs that whoever operates the store reads records outside the pages, on its command line; only what is restricted is logged.
    /// Refused without a reason where there is anything to log.
    /// </summary>
    Task<Outcome<int>> LogOperatorAsync(ChangeContext who, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default);

    /// <summary>
    /// Logs that a record is passed on. Refused without to whom or why, or for a person who may not read and change it.
    /// </summary>
    /// <param name="actor">Who passes it on.</param>
    /// <param name="record">The record.</param>
    /// <param name="toWhom">A person, an organisation.</param>
    /// <param name="why">Why.</param>
    /// <param name="what">Which part or form of it; empty for the whole.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<Outcome<bool>> LogDisclosureAsync(
        Actor actor, StoredRecord record, string? toWhom, string? why, string? what = null, CancellationToken cancellation = default);

    /// <summary>Consultations and disclosures of a record that the view's reader may read, newest first; empty for one they may not.</summary>
    Task<IReadOnlyList<RecordAccess>> ListAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default);
}
