using System.Globalization;

namespace Pathfinder.Platform.History;

/// <summary>Proves that the log and the governed rows are what was written, and reads the log.</summary>
public interface IAudit
{
    /// <summary>
    /// Checks the chain, rebuilds every governed row from the log and compares, hashes every kept content, and compares
    /// the chain with anchors: those given and those the store noted itself. Changes nothing.
    /// </summary>
    Task<AuditReport> VerifyAsync(IReadOnlyList<Anchor> anchors, CancellationToken cancellation = default);

    /// <summary>Notes the head of the chain in the store and returns it, to be kept elsewhere; null for an empty log.</summary>
    Task<Anchor?> AnchorAsync(CancellationToken cancellation = default);

    /// <summary>The head of the chain, noted nowhere; null for an empty log. A published report prints it.</summary>
    Task<Anchor?> FindHeadAsync(CancellationToken cancellation = default);

    /// <summary>Entries of the log, newest first.</summary>
    Task<IReadOnlyList<LogEntry>> ListAsync(LogQuery query, CancellationToken cancellation = default);
}

/// <summary>Which entries of the log to list; null for any.</summary>
/// <param name="Kind">Of one kind.</param>
/// <param name="Key">About one key.</param>
/// <param name="Account">By one account.</param>
/// <param name="Before">Only entries before this sequence, to page on.</param>
/// <param name="Take">At most so many.</param>
/// <param name="Action">Of one action: "record", "end", "keep" or "note".</param>
public sealed record LogQuery(
    string? Kind = null, string? Key = null, string? Account = null, long? Before = null, int Take = 50, string? Action = null);

/// <summary>One entry of the change log; old and new bodies are JSON.</summary>
public sealed record LogEntry(
    long Sequence, DateTimeOffset At, string Account, string Organisation, string Why, string Action, string Kind, string Key,
    DateOnly? Known, DateOnly? EffectiveFrom, DateOnly? EffectiveUntil, string? Old, string? New, string Hash);

/// <summary>The head of the chain at some moment: kept outside the store it shows later that nothing up to it was rewritten.</summary>
/// <param name="Sequence">Sequence of the head.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When it was noted; null where not known.</param>
public sealed record Anchor(long Sequence, string Hash, DateTimeOffset? At = null)
{
    /// <summary>The anchor on one line: sequence:hash, then a space and the time when it is known.</summary>
    public override string ToString() => string.Concat(
        Sequence.ToString(CultureInfo.InvariantCulture), ":", Hash,
        At is { } at ? " " + at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture) : "");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Anchor? anchor)
    {
        anchor = null;
        var parts = (text ?? "").Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var head = parts.Length > 0 ? parts[0].Split(':') : [];
        if (head.Length != 2
            || !long.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            || sequence < 1
            || head[1].Length != 64
            || !head[1].All(char.IsAsciiHexDigit))
        {
            return false;
        }

        DateTimeOffset? at = null;
        if (parts.Length == 2)
        {
            if (!DateTimeOffset.TryParse(parts[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return false;
            }

            at = time;
        }

        anchor = new Anchor(sequence, head[1].ToLowerInvariant(), at);
        return true;
    }
}

/// <summary>What a verification found.</summary>
/// <param name="Entries">Entries of the log that were read.</param>
/// <param name="Versions">Versions compared.</param>
/// <param name="Contents">Kept contents hashed.</param>
/// <param name="Head">The head of the chain; null for an empty log.</param>
/// <param name="AnchorsGiven">Anchors compared that came from outside the store. With none, a removed tail or a recomputed chain may go unnoticed.</param>
/// <param name="AnchorsInStore">Anchors compared that the store noted itself; whoever can rewrite the log can rewrite those.</param>
/// <param name="Findings">Every fault, in the order of the log.</param>
public sealed record AuditReport(
    long Entries, long Versions, long Contents, Anchor? Head, int AnchorsGiven, int AnchorsInStore, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool Intact => Findings.Count == 0;
}

/// <summary>What kind of fault.</summary>
public enum AuditFault
{
    /// <summary>An entry of the log does not fit its own hash.</summary>
    EntryAltered,

    /// <summary>An entry does not follow from the one before.</summary>
    ChainBroken,

    /// <summary>Entries are missing between two others.</summary>
    EntriesMissing,

    /// <summary>A governed row differs from what the log says.</summary>
    RowEdited,

    /// <summary>A governed row that the log does not know.</summary>
    RowInserted,

    /// <summary>A governed row that the log has and the table lacks.</summary>
    RowDeleted,

    /// <summary>Kept bytes do not fit their hash.</summary>
    ContentAltered,

    /// <summary>The log ends before an anchor.</summary>
    TailRemoved,

    /// <summary>The log has another hash at an anchor: it was written anew.</summary>
    ChainRecomputed,

    /// <summary>A trigger that refuses changes is gone or disabled.</summary>
    GuardMissing,
}

/// <summary>One fault.</summary>
/// <param name="Fault">Its kind.</param>
/// <param name="Sequence">The entry of the log, when there is one.</param>
/// <param name="Fact">The fact as kind/key, when there is one.</param>
/// <param name="Field">The column that differs, when it is known.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Logged">What the log or the anchor says, shortened.</param>
/// <param name="Found">What the table or the log holds, shortened.</param>
public sealed record AuditFinding(
    AuditFault Fault, long? Sequence, string? Fact, string? Field, string Message, string? Logged = null, string? Found = null);
