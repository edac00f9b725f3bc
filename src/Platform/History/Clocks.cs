namespace Pathfinder.Platform.History;

/// <summary>
/// The three dates of an answer: what held on <see cref="Effective"/>, as the programme knew it at the end of
/// <see cref="Known"/> (Europe/London), as the store had recorded it by <see cref="Recorded"/> (null for now).
/// </summary>
public sealed record AsAt(DateOnly Effective, DateOnly Known, DateTimeOffset? Recorded = null);

/// <summary>When a version holds: from its first day up to, not including, <see cref="Until"/>; null for open.</summary>
public readonly record struct EffectivePeriod(DateOnly From, DateOnly? Until = null);

/// <summary>Who changes something, for which organisation, and why.</summary>
/// <param name="Account">The account's key; "system" for the product itself.</param>
/// <param name="Organisation">The organisation acted for.</param>
/// <param name="Why">The reason, in the user's words.</param>
public sealed record ChangeContext(string Account, string Organisation, string Why);

/// <summary>One version of a governed fact.</summary>
public sealed record FactVersion<T>(
    string Kind, string Key, long VersionId, EffectivePeriod Effective, DateOnly Known, DateTimeOffset Recorded, T? Body,
    string Account, string Organisation, string Why)
    where T : class;

/// <summary>A kind of governed fact: its name in the store and the type of its body, a record serialised as camelCase JSON.</summary>
/// <param name="Name">Lower-case with hyphens, never renamed: "design", "run", "command-unit".</param>
public sealed record GovernedKind<T>(string Name)
    where T : class;

/// <summary>Days on which what holds, or what is known, can turn.</summary>
/// <param name="Effective">Days on which something begins or ceases to hold.</param>
/// <param name="Known">Days on which something became known.</param>
public sealed record FactTurns(IReadOnlyList<DateOnly> Effective, IReadOnlyList<DateOnly> Known);

/// <summary>The version of a fact that holds as at some dates.</summary>
/// <param name="Key">The fact's key.</param>
/// <param name="VersionId">The version.</param>
/// <param name="IsOpen">Whether its body contains <see cref="OpenBodies.Text"/>.</param>
public sealed record HeldVersion(string Key, long VersionId, bool IsOpen);

/// <summary>A version of a fact, by when it was known.</summary>
/// <param name="Key">Key of the fact.</param>
/// <param name="VersionId">Id of the version.</param>
/// <param name="Known">When it was known.</param>
public sealed record KnownVersion(string Key, long VersionId, DateOnly Known);

/// <summary>A fact that may be closed to somebody.</summary>
public sealed record ClosedFact(string Kind, string Key);

/// <summary>Facts whose turns are asked for.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Key">Key of the one fact; null for all of the kind.</param>
/// <param name="Text">What the text of a version's body must contain to count; null for every version. Ends always count.</param>
public sealed record TurningFact(string Kind, string? Key, string? Text = null);
