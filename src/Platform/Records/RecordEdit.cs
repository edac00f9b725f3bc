namespace Pathfinder.Platform.Records;

/// <summary>A version to be added to a record, or its end, wherever it comes from: a form, an answer, a file.</summary>
internal sealed record RecordEdit
{
    /// <summary>Name of the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its key; null makes one from the title.</summary>
    public string? Key { get; init; }

    /// <summary>What it says; null where it ceases to hold.</summary>
    public ProgrammeRecord? Body { get; init; }

    /// <summary>First day on which it holds, or no longer does; null for today.</summary>
    public DateOnly? From { get; init; }

    /// <summary>First day on which it no longer holds.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>When the programme knew it; null for today.</summary>
    public DateOnly? Known { get; init; }

    /// <summary>The version it was made on; null to skip the check, 0 for one that must not exist yet.</summary>
    public long? Expected { get; init; }

    /// <summary>The step of a process that makes it, which asked for the right of the step; null where the right of the register is asked for.</summary>
    public string? Step { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>The file it stands in; null for none.</summary>
    public string? File { get; init; }

    /// <summary>Its place in the file or set of changes, from 1; null for a single change.</summary>
    public int? Row { get; init; }
}

/// <summary>What a set of edits comes to.</summary>
/// <param name="Problems">Why they cannot be made.</param>
/// <param name="Keys">The key of each edit, in order.</param>
/// <param name="Versions">The versions to record, in order; an edit that changes nothing has none.</param>
/// <param name="Newest">The newest version of every record that gets one, as the plan saw it; 0 for a new record.</param>
internal sealed record RecordPlan(
    List<Problems.Problem> Problems, IReadOnlyList<string> Keys, IReadOnlyList<PlannedVersion> Versions, IReadOnlyDictionary<(RecordKind Kind, string Key), long> Newest);

/// <summary>A version to record.</summary>
internal sealed record PlannedVersion(RecordKind Kind, string Key, ProgrammeRecord? Body, DateOnly From, DateOnly? Until, DateOnly Known, string Why);
